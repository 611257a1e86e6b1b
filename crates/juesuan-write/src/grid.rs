//! The head of a table as a grid: which heading covers which place.

use juesuan_model::{CellRole, HeaderCell, Table, TableCell, TableRow};

/// Where a heading begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// Header row, from 0.
    pub(crate) row: usize,
    /// Index among the cells of that row.
    pub(crate) index: usize,
}

/// Number of grid columns of a table.
pub(crate) fn columns(table: &Table) -> usize {
    let head = table.header.iter().flatten().map(|cell| usize::from(cell.column) + span(cell.columns)).max();
    let body = table.rows.iter().map(|row| row.cells.iter().map(|cell| span(cell.columns)).sum()).max();
    table.widths.len().max(head.unwrap_or(0)).max(body.unwrap_or(0))
}

/// A span as written; 0 counts as 1.
pub(crate) fn span(columns: u16) -> usize {
    usize::from(columns.max(1))
}

/// The cells of a row with the grid column each begins in.
pub(crate) fn placed(row: &TableRow) -> impl Iterator<Item = (usize, &TableCell)> {
    row.cells.iter().scan(0, |next, cell| {
        let column = *next;
        *next += span(cell.columns);
        Some((column, cell))
    })
}

/// For each header row and grid column the heading that covers it.
pub(crate) fn cover(table: &Table) -> Vec<Vec<Option<Spot>>> {
    let mut cover = vec![vec![None; columns(table)]; table.header.len()];
    for (row, cells) in table.header.iter().enumerate() {
        for (index, cell) in cells.iter().enumerate() {
            for line in cover.iter_mut().skip(row).take(span(cell.rows)) {
                for place in line.iter_mut().skip(usize::from(cell.column)).take(span(cell.columns)) {
                    *place = Some(Spot { row, index });
                }
            }
        }
    }
    cover
}

/// The heading at a spot.
pub(crate) fn heading(table: &Table, spot: Spot) -> Option<&HeaderCell> {
    table.header.get(spot.row)?.get(spot.index)
}

/// The headings above a grid column, from the top, each once.
pub(crate) fn above(cover: &[Vec<Option<Spot>>], column: usize) -> Vec<Spot> {
    let mut spots: Vec<Spot> = cover.iter().filter_map(|line| line.get(column).copied().flatten()).collect();
    spots.dedup();
    spots
}

/// How wide letters and cells are, in the unit of a format.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measure {
    /// Width of the whole table.
    pub(crate) whole: u32,
    /// Width of a full-width letter.
    pub(crate) letter: u32,
    /// Space beside the text of a cell, both sides together.
    pub(crate) padding: u32,
}

/// Widths of the grid columns, adding up to the whole: the shares that the table asks for, but wide enough for its
/// codes and figures, which must not be broken into two lines.
pub(crate) fn shares(table: &Table, measure: Measure) -> Vec<u32> {
    let asked = asked(table, measure.whole);
    let mut least = vec![0u32; asked.len()];
    for (column, cell) in table.rows.iter().flat_map(placed) {
        if cell.role != CellRole::Label && span(cell.columns) == 1 {
            // Digits of a substitute face can be a third wider than half a letter.
            let need = text_units(&cell.text) * measure.letter * 13 / 20 + measure.padding;
            if let Some(known) = least.get_mut(column) {
                *known = need.max(*known);
            }
        }
    }
    let lacking: u32 = asked.iter().zip(&least).map(|(width, need)| need.saturating_sub(*width)).sum();
    let spare: u32 = asked.iter().zip(&least).map(|(width, need)| width.saturating_sub(*need)).sum();
    if lacking == 0 || lacking > spare {
        return asked;
    }
    let mut taken = 0;
    let mut passed = 0;
    let mut give = |room: u32| {
        passed += room;
        let until = proportion(passed, lacking, spare);
        let part = until - taken;
        taken = until;
        part
    };
    asked.iter().zip(least).map(|(width, need)| if *width < need { need } else { width - give(width - need) }).collect()
}

fn asked(table: &Table, whole: u32) -> Vec<u32> {
    let weights: Vec<u32> =
        (0..columns(table)).map(|i| table.widths.get(i).map_or(10, |w| u32::from((*w).max(1)))).collect();
    let total = weights.iter().sum::<u32>().max(1);
    let mut before = 0u32;
    let mut out = Vec::with_capacity(weights.len());
    for weight in weights {
        let start = proportion(before, whole, total);
        before += weight;
        out.push(proportion(before, whole, total) - start);
    }
    out
}

/// `part` × `whole` / `total`, without overflow.
fn proportion(part: u32, whole: u32, total: u32) -> u32 {
    u32::try_from(u64::from(part) * u64::from(whole) / u64::from(total.max(1))).unwrap_or(u32::MAX)
}

/// Width of a text in half letters: full-width characters two, others one.
pub(crate) fn text_units(text: &str) -> u32 {
    text.chars().map(|c| if (c as u32) < 0x2000 { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_share_the_whole_and_a_code_is_never_broken() {
        let cell = |text: &str, role| TableCell { text: text.into(), role, ..TableCell::default() };
        let table = Table {
            widths: vec![5, 70, 25],
            rows: vec![TableRow {
                cells: vec![
                    cell("2010301", CellRole::Code),
                    cell("行政运行", CellRole::Label),
                    cell("1.00", CellRole::Number),
                ],
                total: false,
            }],
            ..Table::default()
        };
        let measure = Measure { whole: 10_000, letter: 200, padding: 140 };
        let widths = shares(&table, measure);
        assert_eq!(widths.iter().sum::<u32>(), 10_000);
        assert_eq!(widths[0], 7 * 130 + 140);
        assert!(widths[1] > 6_500 && widths[2] > 2_300, "{widths:?}");
        assert_eq!(shares(&table, Measure { letter: 1, ..measure }), [500, 7_000, 2_500]);
    }
}
