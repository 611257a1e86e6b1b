//! Rows of cells as they stand in a sheet.

use std::collections::BTreeMap;

use juesuan_model::{InPicture, Place, Seen};
use serde::{Deserialize, Serialize};

use crate::pages::Beside;

/// The content of one cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// Empty, or nothing but white space.
    #[default]
    Blank,
    /// Text, trimmed.
    Text(String),
    /// A number of a spreadsheet as decimal text, e.g. `-1234.5`; see [`crate::number::decimal_text`].
    Number(String),
    /// A day as `2023-05-01`.
    Date(String),
    /// A cell whose content is known to be missing: a formula that failed (`#REF!`) or was never calculated.
    Unread(String),
}

impl Value {
    /// The text of the cell; empty for [`Value::Blank`].
    pub fn as_str(&self) -> &str {
        match self {
            Value::Blank => "",
            Value::Text(text) | Value::Number(text) | Value::Date(text) | Value::Unread(text) => text,
        }
    }

    /// True if nothing stands there.
    pub const fn is_blank(&self) -> bool {
        matches!(self, Value::Blank)
    }

    /// Text or, if it is only white space, a blank.
    pub fn text(text: &str) -> Value {
        match text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{a0}' | '\u{3000}' | '\u{feff}')) {
            "" => Value::Blank,
            text => Value::Text(text.to_owned()),
        }
    }
}

/// One row. Cells beyond its end are blank.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Row of the sheet, or line of the text file where the row begins; counts from 1. On a page: row of the table.
    pub line: u32,
    /// Cells from the first column on.
    pub cells: Vec<Value>,
    /// Page, for documents that have pages.
    pub page: Option<u32>,
    /// Left, top, right, bottom of what stands in each cell, in points; empty, or as long as `cells`.
    pub bounds: Vec<Option<[i32; 4]>>,
    /// How each cell was seen; empty where all of them are text, else as long as `cells`.
    pub seen: Vec<Seen>,
    /// Pages beside that of the row that are one sheet with it, from left to right.
    pub beside: Vec<Beside>,
    /// What else may stand in cells that were seen in a picture, by their columns, the likeliest first.
    pub others: BTreeMap<usize, Vec<String>>,
    /// Where in a picture cells were read, by their columns.
    #[serde(default)]
    pub pictured: BTreeMap<usize, InPicture>,
}

/// A merged region, counted from 0, both ends included. Its content stands in the upper left cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Merged {
    /// First row, as an index of [`Grid::rows`].
    pub top: usize,
    /// First column.
    pub left: usize,
    /// Last row.
    pub bottom: usize,
    /// Last column.
    pub right: usize,
}

/// The merged regions of a sheet. They do not overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergedRegions {
    /// Ordered by their first row.
    regions: Vec<Merged>,
    /// Rows of the tallest, so that a look-up needs only its neighbours.
    rows_max: usize,
}

impl MergedRegions {
    /// From regions in any order.
    pub fn new(mut regions: Vec<Merged>) -> MergedRegions {
        regions.sort_unstable();
        let rows_max = regions.iter().map(|m| m.bottom.saturating_sub(m.top) + 1).max().unwrap_or(0);
        MergedRegions { regions, rows_max }
    }

    /// The region that covers a cell.
    pub fn at(&self, row: usize, column: usize) -> Option<Merged> {
        let first = self.regions.partition_point(|m| m.top + self.rows_max <= row);
        let covers = |m: &&Merged| row <= m.bottom && m.left <= column && column <= m.right;
        self.regions.get(first..)?.iter().take_while(|m| m.top <= row).find(covers).copied()
    }

    /// All, ordered by their first row.
    pub fn iter(&self) -> impl Iterator<Item = &Merged> {
        self.regions.iter()
    }
}

/// One sheet of a workbook, or one CSV file. Rows without any content at the end are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid {
    /// Name of the file.
    pub file: String,
    /// Name of the sheet; empty for CSV.
    pub sheet: String,
    /// Rows from the first row of the sheet on, blank ones too.
    pub rows: Vec<Row>,
    /// Merged regions.
    pub merged: MergedRegions,
    /// Columns that the source gives the table, empty ones too; 0 where it does not say.
    #[serde(default)]
    pub columns: usize,
}

static BLANK: Value = Value::Blank;

impl Grid {
    /// The cell as it is stored: of a merged region only the upper left one has content. Both indices count from 0.
    pub fn cell(&self, row: usize, column: usize) -> &Value {
        self.rows.get(row).and_then(|r| r.cells.get(column)).unwrap_or(&BLANK)
    }

    /// The cell as people see it: every cell of a merged region shows the content of the region.
    pub fn seen(&self, row: usize, column: usize) -> &Value {
        match self.cell(row, column) {
            Value::Blank => self.merged.at(row, column).map_or(&BLANK, |m| self.cell(m.top, m.left)),
            value => value,
        }
    }

    /// The cells of a row as they are stored: nothing for the part in which it is shorter than others.
    pub fn cells_of(&self, row: usize) -> &[Value] {
        self.rows.get(row).map_or(&[], |row| &row.cells)
    }

    /// Number of columns of the widest row. Looks at every row: a walk over rows asks it once, or takes [`Grid::cells_of`].
    pub fn width(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
    }

    /// True if no cell has content.
    pub fn is_blank(&self) -> bool {
        self.rows.iter().all(|row| row.cells.iter().all(Value::is_blank))
    }

    /// Where a row stands: file, sheet, and page or line.
    pub fn place(&self, row: usize) -> Place {
        let page = self.rows.get(row).and_then(|r| r.page);
        let line = self.rows.get(row).map(|r| r.line).filter(|_| page.is_none());
        Place { page, line, ..self.place_of_sheet() }
    }

    /// Where a cell stands: as [`Grid::place`], with its bounds.
    pub fn place_of_cell(&self, row: usize, column: usize) -> Place {
        let bounds = self.rows.get(row).and_then(|r| r.bounds.get(column).copied().flatten());
        let beside = self.rows.get(row).map_or(&[][..], |row| &row.beside);
        let picture = self.rows.get(row).and_then(|row| row.pictured.get(&column)).cloned().map(Box::new);
        Beside::told(beside, Place { bounds, picture, ..self.place(row) })
    }

    /// How a cell was seen.
    pub fn seen_as(&self, row: usize, column: usize) -> Seen {
        self.rows.get(row).and_then(|row| row.seen.get(column)).copied().unwrap_or_default()
    }

    /// File and sheet.
    pub fn place_of_sheet(&self) -> Place {
        Place {
            file: Some(self.file.clone()),
            table: (!self.sheet.is_empty()).then(|| self.sheet.clone()),
            ..Place::default()
        }
    }
}

/// The letters of a column as spreadsheets show them: 0 is `A`, 27 is `AB`.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    loop {
        letters.push(b'A' + u8::try_from(rest % 26).unwrap_or(0));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_in_spreadsheets() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(column_letters(column), letters);
        }
    }

    #[test]
    fn a_merged_region_shows_its_content_in_every_cell_but_stores_it_once() {
        let grid = Grid {
            rows: vec![
                Row { line: 1, cells: vec![Value::text("金额")], ..Row::default() },
                Row { line: 2, ..Row::default() },
            ],
            merged: MergedRegions::new(vec![Merged { top: 0, left: 0, bottom: 1, right: 1 }]),
            ..Grid::default()
        };
        assert_eq!(grid.seen(1, 1).as_str(), "金额");
        assert!(grid.cell(1, 1).is_blank());
        assert!(grid.seen(1, 2).is_blank());
    }
}
