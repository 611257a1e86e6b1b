//! Tables as word processors and web pages have them: cells that span columns and rows, with paragraphs and further tables
//! inside. Here they become grids.

use juesuan_model::Place;
use juesuan_text::part_mut;

use crate::budget::{Budget, COLUMNS_MAX, Cost};
use crate::grid::{Grid, Merged, MergedRegions, Row, Value};
use crate::pages::{PageLine, Piece};

/// Regions that are looked at to find the one above a cell: those of one column follow each other closely.
const REGIONS_NEAR: usize = 4 * COLUMNS_MAX as usize;
/// A cell with more lines than this is the frame of a page and not a cell.
const LINES_OF_A_CELL_MAX: usize = 40;

/// How a cell goes on below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Down {
    /// It covers this many rows (HTML).
    Rows(usize),
    /// Cells below may continue it (DOCX).
    Begins,
    /// It continues the one above (DOCX).
    Continues,
}

/// A table while its rows are read.
#[derive(Debug, Default)]
pub struct Layout {
    rows: Vec<u32>,
    cells: Vec<Placed>,
    merged: Vec<Merged>,
    /// For each column, the rows below the current one that a cell above still covers.
    covered: Vec<usize>,
    column: usize,
    width: usize,
    /// The first region that may still end too low.
    uncut: usize,
}

#[derive(Debug)]
struct Placed {
    row: usize,
    column: usize,
    pieces: Vec<Piece>,
}

impl Layout {
    /// Begins a row that stands at `line`.
    pub fn row(&mut self, line: u32, budget: &mut Budget) {
        if !self.rows.is_empty() {
            for rows in &mut self.covered {
                *rows = rows.saturating_sub(1);
            }
        }
        // What spans many columns costs time in every row below.
        if budget.take(Cost::Cells, 1 + self.covered.len() / 16) {
            self.rows.push(line);
            self.column = 0;
        } else {
            self.column = COLUMNS_MAX as usize;
        }
    }

    /// Leaves this many columns of the current row empty.
    pub fn skip(&mut self, columns: usize) {
        self.column = self.column.saturating_add(columns).min(COLUMNS_MAX as usize);
    }

    /// Ends every cell that covers further rows: a `tbody` is over.
    pub fn cut(&mut self) {
        self.covered.clear();
        let last = self.rows.len().saturating_sub(1);
        for region in self.merged.iter_mut().skip(self.uncut).filter(|region| region.bottom > last) {
            region.bottom = last;
        }
        self.uncut = self.merged.len();
    }

    /// Takes a row away that turned out to be deleted.
    pub fn drop_row(&mut self) {
        self.rows.pop();
        let rows = self.rows.len();
        while self.cells.last().is_some_and(|cell| cell.row >= rows) {
            self.cells.pop();
        }
        while self.merged.last().is_some_and(|region| region.top >= rows) {
            self.merged.pop();
        }
        self.uncut = self.uncut.min(self.merged.len());
        for region in self.merged.iter_mut().rev().take(REGIONS_NEAR).filter(|region| region.bottom == rows) {
            region.bottom = rows.saturating_sub(1);
        }
    }

    /// Adds the next cell of the current row. Cells beyond [`COLUMNS_MAX`] columns are left out.
    pub fn cell(&mut self, columns: usize, down: Down, pieces: Vec<Piece>, budget: &mut Budget) {
        let Some(row) = self.rows.len().checked_sub(1) else { return };
        let limit = COLUMNS_MAX as usize;
        let free = |covered: &[usize], column: usize| covered.get(column).is_none_or(|rows| *rows == 0);
        while self.column < limit && !free(&self.covered, self.column) {
            self.column += 1;
        }
        let left = self.column;
        if left >= limit {
            return;
        }
        let mut right = left;
        while right + 1 < limit && right + 1 < left.saturating_add(columns) && free(&self.covered, right + 1) {
            right += 1;
        }
        self.column = right + 1;
        if down == Down::Continues && self.continues(row, left, right) {
            return;
        }
        let bottom = match down {
            Down::Rows(rows) => row.saturating_add(rows.max(1) - 1),
            Down::Begins | Down::Continues => row,
        };
        if let Down::Rows(rows) = down
            && rows > 1
        {
            if self.covered.len() <= right {
                self.covered.resize(right + 1, 0);
            }
            part_mut(&mut self.covered, left..=right).fill(rows);
        }
        let kept = !pieces.is_empty();
        if kept {
            // A row holds all cells up to its last one.
            if !budget.take(Cost::Cells, left + 1) {
                return;
            }
        }
        self.width = self.width.max(right + 1);
        if right > left || bottom > row || down == Down::Begins {
            self.merged.push(Merged { top: row, left, bottom, right });
        }
        if kept {
            self.cells.push(Placed { row, column: left, pieces });
        }
    }

    /// Lets the region that ends in the row above grow by one row.
    fn continues(&mut self, row: usize, left: usize, right: usize) -> bool {
        let near = self.merged.iter_mut().rev().take(REGIONS_NEAR);
        let above = near.filter(|region| region.left == left && region.right == right).find(|r| r.bottom + 1 == row);
        above.map(|region| region.bottom = row).is_some()
    }

    /// The table as pieces: its grid, then the tables and pictures inside its cells. A table of one column, and one that only
    /// frames other things, is no grid: what stands in it follows in order.
    pub fn finish(mut self, file: &str) -> Vec<Piece> {
        self.cut();
        if self.width <= 1 || self.frames() {
            return self.cells.into_iter().flat_map(|cell| cell.pieces).collect();
        }
        let mut rows: Vec<Row> = self.rows.iter().map(|line| Row { line: *line, ..Row::default() }).collect();
        let mut inside = Vec::new();
        for cell in self.cells {
            let mut text = String::new();
            for piece in cell.pieces {
                match piece {
                    Piece::Line(line) => {
                        if !text.is_empty() {
                            text.push('\n');
                        }
                        text.push_str(&line.text);
                    }
                    other => inside.push(other),
                }
            }
            let Some(row) = rows.get_mut(cell.row) else { continue };
            if row.cells.len() <= cell.column {
                row.cells.resize(cell.column + 1, Value::Blank);
            }
            if let Some(into) = row.cells.get_mut(cell.column) {
                *into = Value::text(&text);
            }
        }
        while rows.last().is_some_and(|row| row.cells.iter().all(Value::is_blank)) {
            rows.pop();
        }
        let count = rows.len();
        let regions = self.merged.into_iter().filter(|m| m.top < count && (m.bottom > m.top || m.right > m.left));
        let regions = regions.map(|m| Merged { bottom: m.bottom.min(count - 1), ..m }).collect();
        let (file, merged) = (file.to_owned(), MergedRegions::new(regions));
        let grid = Grid { file, rows, merged, columns: self.width, ..Grid::default() };
        let own = (!grid.is_blank()).then_some(Piece::Grid(grid));
        own.into_iter().chain(inside).collect()
    }

    /// True if the table is the frame of a page: a cell holds whole tables or a long text.
    fn frames(&self) -> bool {
        let lines = |pieces: &[Piece]| pieces.iter().filter(|piece| matches!(piece, Piece::Line(_))).count();
        let inner: usize = self
            .cells
            .iter()
            .flat_map(|cell| &cell.pieces)
            .map(|piece| match piece {
                Piece::Grid(grid) => {
                    grid.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.is_blank()).count()
                }
                Piece::Line(_) | Piece::Picture(_) => 0,
            })
            .sum();
        let outer = self.cells.iter().filter(|cell| lines(&cell.pieces) == 1).count();
        inner > outer || self.cells.iter().any(|cell| lines(&cell.pieces) > LINES_OF_A_CELL_MAX)
    }
}

/// A line of text, if there is any in it.
pub fn line(text: &str, place: Place) -> Option<PageLine> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}');
    (!text.is_empty()).then(|| PageLine { text: text.to_owned(), place, ..PageLine::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Vec<Piece> {
        line(words, Place::default()).map(Piece::Line).into_iter().collect()
    }

    fn grid(layout: Layout) -> Grid {
        match layout.finish("a").into_iter().next() {
            Some(Piece::Grid(grid)) => grid,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_cell_over_two_rows_pushes_the_next_row_to_the_right() {
        let (mut layout, mut budget) = (Layout::default(), Budget::document());
        layout.row(1, &mut budget);
        layout.cell(1, Down::Rows(2), text("项目"), &mut budget);
        layout.cell(2, Down::Rows(1), text("金额"), &mut budget);
        layout.row(2, &mut budget);
        layout.cell(1, Down::Rows(1), text("上年"), &mut budget);
        layout.cell(1, Down::Rows(1), text("本年"), &mut budget);
        layout.row(3, &mut budget);
        layout.cell(1, Down::Rows(1), text("合计"), &mut budget);
        let grid = grid(layout);
        assert_eq!((grid.cell(1, 1).as_str(), grid.cell(1, 2).as_str()), ("上年", "本年"));
        assert_eq!((grid.seen(1, 0).as_str(), grid.seen(0, 2).as_str()), ("项目", "金额"));
        assert_eq!(grid.cell(2, 0).as_str(), "合计");
    }

    #[test]
    fn cells_that_word_merges_downwards_are_one_region() {
        let (mut layout, mut budget) = (Layout::default(), Budget::document());
        for (row, down) in [Down::Begins, Down::Continues, Down::Continues, Down::Begins].into_iter().enumerate() {
            layout.row(1, &mut budget);
            layout.cell(1, down, text("类"), &mut budget);
            layout.cell(1, Down::Rows(1), text(&format!("{row}")), &mut budget);
        }
        let grid = grid(layout);
        let regions: Vec<_> = grid.merged.iter().map(|m| (m.top, m.bottom)).collect();
        assert_eq!(regions, [(0, 2)]);
        assert!(grid.cell(1, 0).is_blank());
        assert_eq!(grid.cell(3, 0).as_str(), "类");
    }

    #[test]
    fn a_frame_around_text_is_no_table() {
        let (mut layout, mut budget) = (Layout::default(), Budget::document());
        layout.row(1, &mut budget);
        layout.cell(1, Down::Rows(1), text("一、收入"), &mut budget);
        layout.row(2, &mut budget);
        layout.cell(1, Down::Rows(1), text("收入 5 万元"), &mut budget);
        assert!(layout.finish("a").iter().all(|piece| matches!(piece, Piece::Line(_))));
    }

    #[test]
    fn spans_without_measure_cost_no_memory() {
        let (mut layout, mut budget) = (Layout::default(), Budget::document());
        for row in 0..30_000 {
            layout.row(row, &mut budget);
            layout.cell(1, Down::Rows(1), text("a"), &mut budget);
            layout.cell(usize::MAX / 2, Down::Rows(usize::MAX), text("b"), &mut budget);
        }
        let grid = grid(layout);
        assert!(grid.width() <= 2 && grid.rows.len() == 30_000);
    }
}
