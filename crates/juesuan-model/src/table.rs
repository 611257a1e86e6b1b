//! A printed table put together: a head with spans, cells by what they hold, rows that cover the grid.
//!
//! Every table that the program writes is built here: statutory tables, forms and tables of performance, tables of sections,
//! the bulletin, the monitoring, lists of reports. What stands in it is not this module's business.

use crate::document::{Align, CellRole, HeaderCell, Table, TableCell, TableRow};
use crate::figure::FigureId;

/// A column with its headings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeadColumn<'c> {
    /// From the top. A short path reaches down to the last heading row.
    pub path: Vec<&'c str>,
    /// Relative width.
    pub width: u16,
}

/// A table while it is put together.
#[derive(Clone, Debug, Default)]
pub struct TableBuilder {
    table: Table,
}

impl<'c> HeadColumn<'c> {
    /// A column with one heading.
    pub fn new(head: &'c str, width: u16) -> HeadColumn<'c> {
        HeadColumn { path: vec![head], width }
    }
}

impl TableBuilder {
    /// A table below the headings of its columns; equal headings of neighbours are one cell, sideways and downwards.
    pub fn new(columns: &[HeadColumn]) -> TableBuilder {
        let widths = columns.iter().map(|column| column.width).collect();
        TableBuilder { table: Table { widths, header: head(columns), ..Table::default() } }
    }

    /// A table without a head, on a grid of these relative widths.
    pub fn grid(widths: Vec<u16>) -> TableBuilder {
        TableBuilder { table: Table { widths, ..Table::default() } }
    }

    /// Adds a row of headings below the others.
    pub fn heading(&mut self, row: Vec<HeaderCell>) {
        self.table.header.push(row);
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<TableCell>) {
        self.push(TableRow { cells, total: false });
    }

    /// Adds a row of totals.
    pub fn total(&mut self, cells: Vec<TableCell>) {
        self.push(TableRow { cells, total: true });
    }

    /// Adds a row, which covers the grid.
    pub fn push(&mut self, row: TableRow) {
        let width: usize = row.cells.iter().map(|cell| usize::from(cell.columns.max(1))).sum();
        debug_assert_eq!(width, self.table.widths.len(), "{row:?}");
        self.table.rows.push(row);
    }

    /// The table, without title, unit and notes.
    pub fn finish(self) -> Table {
        self.table
    }
}

impl HeaderCell {
    /// A heading one row high, over `columns` grid columns from `column` on.
    pub fn new(text: impl Into<String>, column: usize, columns: usize) -> HeaderCell {
        HeaderCell { text: text.into(), column: small(column), columns: small(columns), rows: 1 }
    }
}

impl TableCell {
    /// Words: to the left.
    pub fn words(text: impl Into<String>) -> TableCell {
        TableCell { text: text.into(), ..TableCell::default() }
    }

    /// A short entry: in the middle.
    pub fn middle(text: impl Into<String>) -> TableCell {
        TableCell { align: Align::Center, ..TableCell::words(text) }
    }

    /// A number that only counts: in the middle, never broken.
    pub fn ordinal(text: impl Into<String>) -> TableCell {
        TableCell { role: CellRole::Ordinal, ..TableCell::middle(text) }
    }

    /// A classification code.
    pub fn code(text: impl Into<String>) -> TableCell {
        TableCell { role: CellRole::Code, ..TableCell::words(text) }
    }

    /// A number, with its figure where it has a meaning: to the right.
    pub fn number(text: impl Into<String>, figure: Option<FigureId>) -> TableCell {
        TableCell { role: CellRole::Number, figure, align: Align::Right, ..TableCell::words(text) }
    }

    /// The same cell over several grid columns.
    #[must_use]
    pub fn over(self, columns: usize) -> TableCell {
        TableCell { columns: small(columns), ..self }
    }
}

/// The heading rows of columns.
fn head(columns: &[HeadColumn]) -> Vec<Vec<HeaderCell>> {
    let depth = columns.iter().map(|column| column.path.len()).max().unwrap_or(0);
    let paths: Vec<Vec<&str>> = columns.iter().map(|column| deepened(&column.path, depth)).collect();
    let heading = |column: usize, level: usize| paths.get(column).and_then(|path| path.get(level)).copied();
    let alike = |a: usize, b: usize, level: usize| (0..=level).all(|level| heading(a, level) == heading(b, level));
    let mut rows: Vec<Vec<HeaderCell>> = vec![Vec::new(); depth];
    let mut done = vec![vec![false; columns.len()]; depth];
    for (level, row) in rows.iter_mut().enumerate() {
        for first in 0..columns.len() {
            let is_done = |column: usize| done.get(level).and_then(|row| row.get(column)).copied().unwrap_or(true);
            let Some(text) = heading(first, level).filter(|_| !is_done(first)) else { continue };
            let mut last = first;
            while alike(last + 1, first, level) && !is_done(last + 1) {
                last += 1;
            }
            let mut below = level;
            while below + 1 < depth && (first..=last).all(|column| heading(column, below + 1) == Some(text)) {
                below += 1;
            }
            for covered in done.iter_mut().take(below + 1).skip(level) {
                covered.iter_mut().take(last + 1).skip(first).for_each(|cell| *cell = true);
            }
            let cell = HeaderCell::new(text, first, last - first + 1);
            row.push(HeaderCell { rows: small(below - level + 1), ..cell });
        }
    }
    rows
}

/// The headings of a column on every level; the last one reaches down.
fn deepened<'c>(path: &[&'c str], depth: usize) -> Vec<&'c str> {
    let last = path.last().copied().unwrap_or_default();
    (0..depth).map(|level| path.get(level).copied().unwrap_or(last)).collect()
}

fn small(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(columns: &[HeadColumn]) -> Vec<Vec<(String, u16, u16, u16)>> {
        let cell = |cell: HeaderCell| (cell.text, cell.column, cell.columns, cell.rows);
        let table = TableBuilder::new(columns).finish();
        table.header.into_iter().map(|row| row.into_iter().map(cell).collect()).collect()
    }

    #[test]
    fn equal_headings_of_neighbours_merge_sideways_and_a_short_path_reaches_down() {
        let column = |path: &[&'static str]| HeadColumn { path: path.to_vec(), width: 1 };
        let rows = told(&[column(&["项目"]), column(&["支出", "小计"]), column(&["支出", "其中"]), column(&["支出"])]);
        let cell = |text: &str, column, columns, rows| (text.to_owned(), column, columns, rows);
        assert_eq!(rows[0], [cell("项目", 0, 1, 2), cell("支出", 1, 3, 1)]);
        assert_eq!(rows[1], [cell("小计", 1, 1, 1), cell("其中", 2, 1, 1), cell("支出", 3, 1, 1)]);
    }

    #[test]
    fn rows_come_in_order_with_totals_marked() {
        let mut table = TableBuilder::new(&[HeadColumn::new("名称", 2), HeadColumn::new("数", 1)]);
        table.row(vec![TableCell::words("甲"), TableCell::number("1", Some(FigureId(0)))]);
        table.total(vec![TableCell::middle("合计").over(2)]);
        let table = table.finish();
        assert_eq!(table.widths, [2, 1]);
        assert_eq!(table.rows.iter().map(|row| row.total).collect::<Vec<_>>(), [false, true]);
        assert_eq!(table.rows[0].cells[1].align, Align::Right);
    }
}
