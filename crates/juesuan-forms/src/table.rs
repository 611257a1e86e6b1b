//! What a region of a sheet was recognised as.

use juesuan_catalog::Form;
use juesuan_model::{Cell, Unit};

use crate::columns::BlockColumns;
use crate::rows::Found;

/// A table that was recognised, row by row.
pub struct SheetTable<'a> {
    /// The layout that explains it best.
    pub form: &'a Form,
    /// Unit of the amounts.
    pub unit: Unit,
    /// True if the table says so itself.
    pub unit_printed: bool,
    /// Heading rows, repeated ones too.
    pub heads: Vec<usize>,
    /// Columns of each block.
    pub columns: Vec<BlockColumns>,
    /// First row of the body.
    pub body: usize,
    /// Rows of the body that print something.
    pub rows: Vec<SheetRow<'a>>,
    /// Lines below the table that stand in its grid.
    pub notes: Vec<usize>,
}

/// A row of the body.
pub struct SheetRow<'a> {
    /// Row of the sheet.
    pub at: usize,
    /// What it says in each block that has something there.
    pub sides: Vec<SheetSide<'a>>,
}

/// A row in one block.
pub struct SheetSide<'a> {
    /// Block of the form.
    pub block: usize,
    /// Code as read, without white space.
    pub code: Option<String>,
    /// Name as printed.
    pub name: String,
    /// The row of the form that it is.
    pub found: Option<Found<'a>>,
    /// For each figure column of the block: column of the sheet and what stands there.
    pub cells: Vec<Option<(usize, Cell)>>,
}

impl SheetSide<'_> {
    /// Code and name, as places name the row.
    pub fn label(&self) -> String {
        let words = self.code.iter().map(String::as_str).chain([self.name.as_str()]).filter(|w| !w.is_empty());
        words.collect::<Vec<_>>().join(" ")
    }
}
