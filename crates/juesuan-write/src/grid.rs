//! The head of a table as a grid: which heading covers which place.

use juesuan_model::{HeaderCell, Table, TableCell, TableRow};

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

/// For each body row and grid column, whether a cell of a row above covers it.
pub(crate) fn covered(table: &Table) -> Vec<Vec<bool>> {
    let mut covered = vec![vec![false; columns(table)]; table.rows.len()];
    for (number, row) in table.rows.iter().enumerate() {
        for (column, cell) in placed(row) {
            for line in covered.iter_mut().skip(number + 1).take(span(cell.rows) - 1) {
                line.iter_mut().skip(column).take(span(cell.columns)).for_each(|place| *place = true);
            }
        }
    }
    covered
}

/// True if the cell at a place is covered by one above.
pub(crate) fn is_covered(covered: &[Vec<bool>], row: usize, column: usize) -> bool {
    covered.get(row).and_then(|line| line.get(column)).copied().unwrap_or(false)
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

/// Longest label that asks for one line, in half letters.
const LABEL_WISH: u32 = 44;
/// A label up to this long, in half letters, asks before longer ones: broken, it would leave a letter alone on its last line.
const LABEL_SHORT: u32 = 24;

/// Widths of the grid columns, adding up to the whole: the shares that the table asks for, but wide enough for its
/// codes and figures, which must not be broken into two lines; room that columns do not need goes to labels that would
/// break.
pub(crate) fn shares(table: &Table, measure: Measure) -> Vec<u32> {
    let asked = asked(table, measure.whole);
    let mut least = vec![0u32; asked.len()];
    let (mut short, mut wished) = (vec![0u32; asked.len()], vec![0u32; asked.len()]);
    for (column, cell) in table.rows.iter().flat_map(placed) {
        let units = text_units(&cell.text);
        let (needs, width) = if !cell.is_unbreakable() {
            let needs = if units <= LABEL_SHORT { &mut short } else { &mut wished };
            let units = units.min(LABEL_WISH) + 1 + 2 * u32::from(cell.indent);
            (needs, units * measure.letter / 2 + measure.padding)
        } else {
            (&mut least, units * digit(measure.letter) + measure.padding)
        };
        // A cell over several columns asks each of them for its part: a column with no other cells would get nothing.
        let own = width.div_ceil(u32::from(cell.columns.max(1)));
        needs.iter_mut().skip(column).take(span(cell.columns)).for_each(|need| *need = own.max(*need));
    }
    for heading in table.header.iter().flatten().filter(|heading| span(heading.columns) == 1) {
        // A short title stands on one line, a longer one on two or three.
        let units = text_units(&heading.text);
        let lines = if units <= 8 { 1 } else { (units.div_ceil(2)).div_ceil(5).clamp(2, 3) };
        if let Some(least) = least.get_mut(usize::from(heading.column)) {
            // Half a half letter over, or rounding would break the title once more.
            let letters = units.div_ceil(2).div_ceil(lines);
            *least = (letters * measure.letter + measure.letter / 4 + measure.padding).max(*least);
        }
    }
    let higher = |some: &[u32], others: Vec<u32>| -> Vec<u32> {
        some.iter().zip(others).map(|(one, other)| other.max(*one)).collect()
    };
    let titled = level(&asked, &least);
    // A column of long labels gives a part of its own to short ones.
    let kept = wished.iter().zip(&titled).map(|(wish, width)| if *wish > 0 { width / 4 * 3 } else { 0 }).collect();
    let short = higher(&higher(&least, short), kept);
    let wished = higher(&short, wished);
    level(&level(&titled, &short), &wished)
}

/// Width of a digit that is sure to hold it: in a substitute face a fifth wider than half a letter.
pub(crate) fn digit(letter: u32) -> u32 {
    letter * 12 / 20
}

/// Widths moved from columns that have more than they need to those that have less; each of these gets a share if there is
/// not enough for all.
fn level(asked: &[u32], least: &[u32]) -> Vec<u32> {
    let lacking: u32 = asked.iter().zip(least).map(|(width, need)| need.saturating_sub(*width)).sum();
    let spare: u32 = asked.iter().zip(least).map(|(width, need)| width.saturating_sub(*need)).sum();
    let moved = lacking.min(spare);
    let (mut given, mut taken) = (Share::of(moved, lacking), Share::of(moved, spare));
    asked
        .iter()
        .zip(least)
        .map(|(width, need)| width + given.next(need.saturating_sub(*width)) - taken.next(width.saturating_sub(*need)))
        .collect()
}

/// Hands out an amount in proportion to parts of a sum, whole units, to the last one.
struct Share {
    amount: u32,
    sum: u32,
    passed: u32,
    handed: u32,
}

impl Share {
    fn of(amount: u32, sum: u32) -> Share {
        Share { amount, sum, passed: 0, handed: 0 }
    }

    fn next(&mut self, part: u32) -> u32 {
        self.passed += part;
        let until = proportion(self.passed, self.amount, self.sum);
        let share = until - self.handed;
        self.handed = until;
        share
    }
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
    use juesuan_model::CellRole;

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
        assert_eq!(widths[0], 7 * 120 + 140);
        assert!(widths[1] > 6_500 && widths[2] > 2_300, "{widths:?}");
        assert_eq!(shares(&table, Measure { letter: 1, ..measure }), [500, 7_000, 2_500]);
    }

    #[test]
    fn a_cell_covers_the_places_below_it_and_word_merges_them() {
        let cell = |text: &str, rows| TableCell { text: text.into(), rows, ..TableCell::default() };
        let row = |first: &str, rows, second: &str| TableRow {
            cells: vec![cell(first, rows), cell(second, 0)],
            total: false,
        };
        let table = Table {
            rows: vec![row("产出", 2, "甲"), row("", 0, "乙"), row("效益", 0, "丙")],
            ..Table::default()
        };
        let covered = covered(&table);
        assert_eq!(covered, [[false, false], [true, false], [false, false]]);
        let docx = crate::docx::table::block(&table, ("table-1", 1), u32::MAX, "", false);
        assert_eq!((docx.matches("w:val=\"restart\"").count(), docx.matches("<w:vMerge/>").count()), (1, 1));
    }

    #[test]
    fn room_that_figures_do_not_need_goes_to_labels_that_would_break() {
        let cell = |text: &str, role| TableCell { text: text.into(), role, ..TableCell::default() };
        let label = "三、国有资本经营预算财政拨款收入";
        let row = TableRow { cells: vec![cell(label, CellRole::Label), cell("1.00", CellRole::Number)], total: false };
        let table = Table { widths: vec![50, 50], rows: vec![row], ..Table::default() };
        let measure = Measure { whole: 5_000, letter: 200, padding: 140 };
        let widths = shares(&table, measure);
        assert!(widths[0] >= 16 * 200 + 140, "{widths:?}");
        assert_eq!(widths.iter().sum::<u32>(), 5_000);
        // Not enough for all: the figure keeps what it needs.
        let narrow = shares(&table, Measure { whole: 3_000, ..measure });
        assert!(narrow[1] >= 4 * 120 + 140 && narrow[0] > 2_000, "{narrow:?}");
    }

    #[test]
    fn short_labels_get_their_line_before_long_ones_that_break_anyway() {
        let cell = |text: &str| TableCell { text: text.into(), role: CellRole::Label, ..TableCell::default() };
        let texts = ["服务对象满意", "堤防隐患月月排查、处处登记、件件销号并由村民代表签字"];
        let row = TableRow { cells: texts.map(cell).to_vec(), total: false };
        let table = Table { widths: vec![10, 20], rows: vec![row], ..Table::default() };
        let widths = shares(&table, Measure { whole: 3_600, letter: 200, padding: 140 });
        assert!(widths[0] >= 6 * 200 + 140, "{widths:?}");
        assert_eq!(widths.iter().sum::<u32>(), 3_600);
    }
}
