//! Tables of a text whose cells only blanks divide, as they are when a page is taken out of its file with its layout.
//!
//! Columns are what the rows of the body cover, taken together where they overlap: a table is one only if no row has two texts in
//! one column, and no column has words among its amounts. Headings go to the columns over which they stand, or beside which they
//! stand alone. Anything else stays lines.

use std::ops::Range;

use crate::barred::BARS;
use crate::budget::COLUMNS_MAX;
use crate::grid::{Grid, Merged, MergedRegions, Row, Value};
use crate::text_cells::{Cell, Kind, cells};

mod names;

/// Rows with numbers, at least; amounts of a row that is a table alone.
const ROWS_MIN: usize = 2;
const NUMBERS_MIN: usize = 4;

/// A line in cells; its number among the lines.
struct Line<'t> {
    at: usize,
    number: u32,
    cells: Vec<Cell<'t>>,
}

impl Line<'_> {
    /// True for a row of a body: a number beside something else, and not 1, 2, 3 … below headings.
    fn is_body(&self) -> bool {
        let mut numbers = self.cells.iter().filter(|cell| cell.kind != Kind::Words).peekable();
        let counted = numbers.clone().zip(1u32..).all(|(cell, at)| cell.text.parse() == Ok(at));
        self.cells.len() > 1 && numbers.peek().is_some() && !counted
    }

    /// True for lines that stand above tables: labels with what they say, in the right half of the page or beside each other.
    fn is_labelled(&self, width: usize) -> bool {
        let labelled = self.cells.iter().all(|cell| cell.text.contains(['：', ':']));
        let right = self.cells.first().is_some_and(|cell| cell.left * 2 > width || self.cells.len() > 1);
        !self.cells.is_empty() && labelled && right
    }

    /// True for a line that is in no such table: a sentence, or cells that bars or tabs divide.
    fn is_other(&self, text: &str) -> bool {
        let text = text.trim();
        text.contains(['。', '，', '；', '\t']) || text.contains(BARS)
    }

    /// True if more than one blank divides two of its cells.
    fn is_wide(&self) -> bool {
        self.cells.windows(2).any(|pair| matches!(pair, [a, b] if b.left > a.right + 1))
    }
}

/// The tables among the lines of a text, each with the lines that it takes.
pub fn tables(file: &str, lines: &[(u32, &str)]) -> Vec<(Range<usize>, Grid)> {
    let mut out = Vec::new();
    let mut open: Vec<Line<'_>> = Vec::new();
    let mut captioned = false;
    let width = |line: &Line<'_>| line.cells.last().map_or(0, |cell| cell.right);
    let split: Vec<Line<'_>> =
        (0..).zip(lines).map(|(at, (number, text))| Line { at, number: *number, cells: cells(bare(text)) }).collect();
    let others: Vec<bool> = split.iter().zip(lines).map(|(line, (_, text))| line.is_other(text)).collect();
    let widest =
        split.iter().zip(&others).filter(|(_, other)| !**other).map(|(line, _)| width(line)).max().unwrap_or(0);
    for (line, ((_, text), other)) in split.into_iter().zip(lines.iter().zip(others)) {
        let labelled = line.is_labelled(widest);
        if labelled || other || text.contains('\u{c}') {
            out.extend(table(file, &std::mem::take(&mut open), captioned));
            captioned = labelled;
            if labelled || other {
                continue;
            }
        }
        if !line.cells.is_empty() {
            open.push(line);
        }
    }
    out.extend(table(file, &open, captioned));
    out
}

/// A line without the sign of a new page before it.
fn bare(line: &str) -> &str {
    line.trim_start_matches('\u{c}')
}

/// The table in lines of one page; those above its first row of headings and below its last one are left out.
fn table(file: &str, lines: &[Line<'_>], captioned: bool) -> Option<(Range<usize>, Grid)> {
    let several = |line: &Line<'_>| line.cells.len() > 1;
    let first = if captioned { 0 } else { lines.iter().position(several)? };
    let lines = lines.get(first..=lines.iter().rposition(several)?)?;
    let body = lines.iter().position(Line::is_body)?;
    let (heads, rows) = lines.split_at_checked(body - usize::from(begins_name(lines, body)))?;
    let divided = lines.iter().filter(|line| several(line)).count();
    if lines.iter().filter(|line| line.is_wide()).count() * 2 < divided {
        return None;
    }
    let alone = rows.iter().filter(|line| line.is_body()).count() < ROWS_MIN;
    let columns = if alone { by_order(heads, rows)? } else { columns(heads, rows)? };
    let range = lines.first()?.at..lines.last()?.at + 1;
    // Where something is merged, a blank heading does not go on with the one to its left: here each stands where it is printed.
    let mut merged = vec![Merged { top: 0, bottom: 0, left: 0, right: 0 }];
    let mut grid_rows = Vec::new();
    for (at, line) in heads.iter().enumerate() {
        let mut own = row(line, columns.len());
        for cell in &line.cells {
            let covered = covered(&columns, cell);
            if covered.len() > 1 && (at, covered.start) != (0, 0) {
                merged.push(Merged { top: at, bottom: at, left: covered.start, right: covered.end - 1 });
            }
            put(&mut own, covered.start, cell.text);
        }
        grid_rows.push(own);
    }
    let body = rows.iter().map(|line| {
        let mut own = row(line, columns.len());
        for (order, cell) in line.cells.iter().enumerate() {
            put(&mut own, if alone { order } else { covered(&columns, cell).start }, cell.text);
        }
        own
    });
    grid_rows.extend(names::whole(body.collect()));
    let merged = MergedRegions::new(merged);
    Some((range, Grid { file: file.to_owned(), rows: grid_rows, merged, ..Grid::default() }))
}

/// True if words above the first row are the beginning of its name: they stand alone where other rows have their names and it has
/// nothing.
fn begins_name(lines: &[Line<'_>], body: usize) -> bool {
    let above = body.checked_sub(1).filter(|above| *above > 0).and_then(|above| lines.get(above));
    let Some([words]) = above.map(|line| line.cells.as_slice()) else { return false };
    let beside = |cell: &Cell<'_>| cell.left < words.right && words.left < cell.right;
    let named = |line: &Line<'_>| line.cells.iter().any(|cell| cell.kind == Kind::Words && beside(cell));
    let mut others = lines.iter().skip(body + 1).filter(|line| line.is_body());
    others.any(named) && lines.get(body).is_some_and(|line| !line.cells.iter().any(beside))
}

fn row(line: &Line<'_>, width: usize) -> Row {
    Row { line: line.number, cells: vec![Value::Blank; width], ..Row::default() }
}

/// The columns of a table of one row: it has as many cells as the lowest line of headings.
fn by_order(heads: &[Line<'_>], rows: &[Line<'_>]) -> Option<Vec<Column>> {
    let ([row], lowest) = (rows, heads.last()?) else { return None };
    let numbers = row.cells.iter().filter(|cell| cell.kind == Kind::Amount).count();
    let fits = numbers >= NUMBERS_MIN && lowest.cells.len() == row.cells.len();
    fits.then(|| united(lowest.cells.iter()))
}

fn put(row: &mut Row, column: usize, text: &str) {
    let last = row.cells.len().saturating_sub(1);
    if let Some(cell) = row.cells.get_mut(column.min(last)) {
        *cell = Value::text(&format!("{}{text}", cell.as_str()));
    }
}

/// A column: where its texts stand.
#[derive(Clone, Copy, Debug)]
struct Column {
    left: usize,
    right: usize,
    amounts: bool,
    headed: bool,
}

/// The columns that a cell touches.
fn covered(columns: &[Column], cell: &Cell<'_>) -> Range<usize> {
    let first = columns.partition_point(|column| column.right <= cell.left);
    let end = columns.partition_point(|column| column.left < cell.right);
    first..end.max(first)
}

/// Columns by the rows of a body, and those that only headings have; `None` where they are not certain.
fn columns(heads: &[Line<'_>], rows: &[Line<'_>]) -> Option<Vec<Column>> {
    let several = || rows.iter().filter(|line| line.cells.len() > 1);
    let mut columns = united(several().flat_map(|line| &line.cells));
    let mut numbers = vec![0usize; columns.len()];
    let mut words = numbers.clone();
    for line in several() {
        let mut taken = None;
        for cell in &line.cells {
            let at = covered(&columns, cell).start;
            if taken == Some(at) {
                return None;
            }
            taken = Some(at);
            let (column, count) =
                (columns.get_mut(at)?, if cell.kind == Kind::Words { &mut words } else { &mut numbers });
            column.amounts |= cell.kind == Kind::Amount;
            *count.get_mut(at)? += usize::from(cell.kind != Kind::None);
        }
    }
    let mixed = columns.iter().zip(&words).any(|(column, words)| column.amounts && *words > 0);
    let amounts = columns.iter().filter(|column| column.amounts).count();
    let fits = columns.len() > 1 && columns.len() <= COLUMNS_MAX as usize && amounts > 0 && !mixed;
    if !fits {
        return None;
    }
    for line in heads {
        let mut taken = None;
        for cell in &line.cells {
            let covered = covered(&columns, cell);
            if covered.len() == 1 {
                if taken == Some(covered.start) {
                    return None;
                }
                taken = Some(covered.start);
                columns.get_mut(covered.start)?.headed = true;
            }
        }
    }
    // The lowest headings first: those above them may stand over several.
    for cell in heads.iter().rev().flat_map(|line| &line.cells) {
        stands_beside(&mut columns, cell)?;
    }
    let headed = heads.is_empty() || columns.iter().all(|column| column.headed || !column.amounts);
    headed.then_some(columns)
}

/// Gives a heading that stands over no column to the one beside it that has none, or a column of its own; `None` if there are two.
fn stands_beside(columns: &mut Vec<Column>, cell: &Cell<'_>) -> Option<()> {
    let at = covered(columns, cell);
    if !at.is_empty() {
        return Some(());
    }
    let waits = |at: Option<usize>| at.filter(|at| columns.get(*at).is_some_and(|column| !column.headed));
    match (waits(at.start.checked_sub(1)), waits(Some(at.start))) {
        (Some(_), Some(_)) => return None,
        (Some(at), None) | (None, Some(at)) => {
            let column = columns.get_mut(at)?;
            *column = Column {
                left: column.left.min(cell.left),
                right: column.right.max(cell.right),
                headed: true,
                ..*column
            };
        }
        (None, None) => {
            columns.insert(at.start, Column { left: cell.left, right: cell.right, amounts: false, headed: true });
        }
    }
    Some(())
}

/// What cells cover, taken together where they overlap.
fn united<'c, 't: 'c>(cells: impl Iterator<Item = &'c Cell<'t>>) -> Vec<Column> {
    let mut ranges: Vec<(usize, usize)> = cells.map(|cell| (cell.left, cell.right)).collect();
    ranges.sort_unstable();
    let mut columns: Vec<Column> = Vec::new();
    for (left, right) in ranges {
        match columns.last_mut() {
            Some(open) if left < open.right => open.right = open.right.max(right),
            _ => columns.push(Column { left, right, amounts: false, headed: false }),
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Vec<Vec<String>> {
        let lines: Vec<(u32, &str)> = (1u32..).zip(text.lines()).collect();
        let row = |row: &Row| row.cells.iter().map(Value::as_str).collect::<Vec<_>>().join("/");
        tables("a.txt", &lines).iter().map(|(_, grid)| grid.rows.iter().map(row).collect()).collect()
    }

    #[test]
    fn columns_are_where_the_rows_stand_and_headings_go_over_or_beside_them() {
        let text = "        支出决算表\n                            单位：万元\n科目      科目       合计       项目\n编码      名称                支出\n206     科技支出     31.50\n20601   管理         1.50     1.50\n";
        assert_eq!(
            shape(text),
            [["科目/科目/合计/项目", "编码/名称//支出", "206/科技支出/31.50/", "20601/管理/1.50/1.50"]]
        );
    }

    #[test]
    fn names_that_are_broken_around_their_row_are_put_together() {
        let text = "编码     名称       合计\n       林业和草原\n213               8.20\n       管理支出\n214    水利支出      6.20\n215    交通支出      2.00\n";
        assert_eq!(
            shape(text),
            [["编码/名称/合计", "213/林业和草原管理支出/8.20", "214/水利支出/6.20", "215/交通支出/2.00"]]
        );
    }

    #[test]
    fn sentences_lists_of_pages_and_cells_with_bars_are_no_tables() {
        assert_eq!(shape("一、收入 3.20 万元\n二、支出 3.10 万元\n").len(), 0);
        assert_eq!(shape("一、收入决算表     3\n二、支出决算表     4\n").len(), 0);
        assert_eq!(shape("合计 |\n49.90 |\n7.69 |\n").len(), 0);
        assert_eq!(shape("名称    合计  其中\n甲    3.20 1.00\n乙       3.10  1.00\n").len(), 0);
    }
}
