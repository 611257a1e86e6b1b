//! Live sums: which cells of the sheet add up to which, and how that is written.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::{Cell, FigureId, Package, Table, TableCell};
use rust_xlsxwriter::utility::row_col_to_cell;

use super::amount::{Amount, decimal};
use crate::grid::placed;

/// A figure's cell on the sheet.
#[derive(Clone, Copy, Debug)]
struct Spot {
    row: u32,
    column: u16,
    content: Content,
}

#[derive(Clone, Copy, Debug)]
enum Content {
    Number(Amount),
    /// Empty: zero in a sum.
    Empty,
    /// A dash: `+` fails on it, `SUM` does not.
    Text,
    /// Nobody knows.
    Unreadable,
}

/// What is written into a cell that is a sum.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sum {
    /// A formula, and what to say of printed parts that do not add up.
    Live { formula: String, note: Option<String> },
    /// The number itself, and why.
    Constant { note: Option<String> },
}

/// The sums of a table on a sheet.
pub(super) struct Sums {
    spots: BTreeMap<FigureId, Spot>,
    /// Formulas given so far, cell → operands: none may lead back to itself.
    leads: BTreeMap<FigureId, Vec<FigureId>>,
}

impl Sums {
    /// `first_row` is the sheet row of the first body row.
    pub(super) fn new(table: &Table, package: &Package, first_row: u32) -> Sums {
        let mut spots = BTreeMap::new();
        for (number, row) in (first_row..).zip(&table.rows) {
            for (column, cell) in placed(row) {
                let Some(id) = cell.figure else { continue };
                let column = u16::try_from(column).unwrap_or(u16::MAX);
                spots.entry(id).or_insert(Spot { row: number, column, content: content(cell, package, id) });
            }
        }
        Sums { spots, leads: BTreeMap::new() }
    }

    /// How to write a cell; `None` where it is no sum inside this table.
    pub(super) fn sum(&mut self, cell: &TableCell, value: Amount) -> Option<Sum> {
        let id = cell.figure?;
        if cell.adds.is_empty() && cell.takes.is_empty() {
            return None;
        }
        let find = |ids: &[FigureId]| ids.iter().map(|id| self.spots.get(id).copied()).collect::<Option<Vec<Spot>>>();
        let (adds, takes) = (find(&cell.adds)?, find(&cell.takes)?);
        if adds.iter().chain(&takes).any(|spot| matches!(spot.content, Content::Unreadable)) {
            return None;
        }
        let total = |pick: fn(Amount) -> i128| {
            let sum = |spots: &[Spot]| -> i128 {
                spots.iter().map(|s| if let Content::Number(amount) = s.content { pick(amount) } else { 0 }).sum()
            };
            sum(&adds) - sum(&takes)
        };
        let note = note(total(|amount| amount.printed), value, adds.len() + takes.len());
        let operands: Vec<FigureId> = cell.adds.iter().chain(&cell.takes).copied().collect();
        if total(|amount| amount.scaled) != value.scaled || self.leads_to(&operands, id) {
            return Some(Sum::Constant { note });
        }
        self.leads.insert(id, operands);
        Some(Sum::Live { formula: write(&adds, &takes), note })
    }

    fn leads_to(&self, from: &[FigureId], target: FigureId) -> bool {
        let mut open = from.to_vec();
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            if id == target {
                return true;
            }
            if seen.insert(id) {
                open.extend(self.leads.get(&id).into_iter().flatten());
            }
        }
        false
    }
}

fn content(cell: &TableCell, package: &Package, id: FigureId) -> Content {
    let figure = package.figure(id);
    match figure.map(|figure| figure.cell) {
        _ if cell.text.is_empty() => Content::Empty,
        Some(Cell::Number(_)) => figure.and_then(Amount::of_figure).map_or(Content::Unreadable, Content::Number),
        Some(Cell::Dash | Cell::Blank | Cell::Absent) => Content::Text,
        Some(Cell::Unreadable) | None => Content::Unreadable,
    }
}

/// What to say where the printed parts miss the printed total.
fn note(parts: i128, value: Amount, count: usize) -> Option<String> {
    let difference = parts - value.printed;
    if difference == 0 {
        return None;
    }
    let decimals = usize::from(value.decimals);
    let [sum, total, miss] = [parts, value.printed, difference.abs()].map(|scaled| decimal(scaled, decimals));
    // Each printed number is off by at most half a unit of its last place.
    let last_place = 10i128.pow(10u32.saturating_sub(u32::from(value.decimals)));
    let envelope = last_place * i128::try_from(count + 1).unwrap_or(i128::MAX) / 2;
    Some(if difference.abs() <= envelope {
        format!("尾差：各项之和为{sum}，本数为{total}，相差{miss}。")
    } else {
        format!("各项之和为{sum}，本数为{total}，相差{miss}，超出尾差，请核对。")
    })
}

fn write(adds: &[Spot], takes: &[Spot]) -> String {
    let mut out = String::from("=");
    out.push_str(&side(adds, "+"));
    if !takes.is_empty() {
        out.push('-');
        out.push_str(&side(takes, "-"));
    }
    out
}

/// One side of a sum: `C6+C7`, or `SUM(C6:C9,C12)` where cells form ranges or hold text.
fn side(spots: &[Spot], joint: &str) -> String {
    let mut cells: Vec<(u16, u32)> = spots.iter().map(|spot| (spot.column, spot.row)).collect();
    cells.sort_unstable();
    let text = spots.iter().any(|spot| matches!(spot.content, Content::Text));
    let name = |(column, row): (u16, u32)| row_col_to_cell(row, column);
    let follows = |a: (u16, u32), b: (u16, u32)| a.0 == b.0 && a.1 + 1 == b.1;
    let beside = |a: (u16, u32), b: (u16, u32)| a.1 == b.1 && a.0 + 1 == b.0;
    if cells.len() > 2
        && cells.iter().zip(cells.iter().skip(1)).all(|(a, b)| beside(*a, *b))
        && let [first, .., last] = cells.as_slice()
    {
        return format!("SUM({}:{})", name(*first), name(*last));
    }
    let (mut pieces, mut ranges) = (Vec::new(), 0);
    for run in cells.chunk_by(|a, b| follows(*a, *b)) {
        if let [first, _, .., last] = run {
            ranges += 1;
            pieces.push(format!("{}:{}", name(*first), name(*last)));
        } else {
            pieces.extend(run.iter().map(|cell| name(*cell)));
        }
    }
    if ranges > 0 || text { format!("SUM({})", pieces.join(",")) } else { pieces.join(joint) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(row: u32, column: u16) -> Spot {
        Spot { row, column, content: Content::Empty }
    }

    #[test]
    fn ranges_are_written_as_sums_and_single_cells_with_signs() {
        let column: Vec<Spot> = (5..9).map(|row| spot(row, 2)).collect();
        assert_eq!(write(&column, &[]), "=SUM(C6:C9)");
        assert_eq!(write(&[spot(5, 2), spot(8, 2)], &[spot(9, 2), spot(11, 2)]), "=C6+C9-C10-C12");
        assert_eq!(write(&[spot(3, 1), spot(3, 2), spot(3, 3)], &[]), "=SUM(B4:D4)");
        let dash = Spot { content: Content::Text, ..spot(6, 2) };
        assert_eq!(write(&[spot(5, 2), dash], &[]), "=SUM(C6,C7)");
    }

    #[test]
    fn a_miss_inside_the_rounding_is_called_so_and_a_larger_one_is_not() {
        let value = Amount { scaled: 0, printed: 7_708_500_000_000, decimals: 2 };
        assert_eq!(note(7_708_500_000_000, value, 2), None);
        assert_eq!(
            note(7_708_400_000_000, value, 2).as_deref(),
            Some("尾差：各项之和为770.84，本数为770.85，相差0.01。")
        );
        assert!(note(7_700_000_000_000, value, 2).unwrap().contains("请核对"));
    }
}
