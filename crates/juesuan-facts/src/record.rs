//! One row of an input file, its cells read by what their columns hold.

use std::collections::BTreeMap;
use std::sync::Arc;

use juesuan_model::{Money, Number, Place};
use juesuan_text::Day;

/// The content of a cell that is not blank.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    /// Text, a choice in its standard word, or a code.
    Text(String),
    /// Money.
    Yuan(Money),
    /// Number of things.
    Count(i64),
    /// Number of things, with decimals.
    Number(Number),
    /// A day.
    Date(Day),
    /// A year.
    Year(u16),
}

/// Where the columns of a sheet stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// File and sheet.
    pub place: Place,
    /// Key of the column → its head as it stands in the file.
    pub heads: BTreeMap<String, String>,
}

/// One row. Getters give `None` for a blank cell and for a column that the file does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    columns: Arc<Columns>,
    line: u32,
    entries: BTreeMap<String, Entry>,
}

impl Record {
    /// The row in `line` of a sheet; `entries` by the keys of the columns, without the blank ones.
    pub fn new(columns: Arc<Columns>, line: u32, entries: BTreeMap<String, Entry>) -> Record {
        Record { columns, line, entries }
    }

    /// The row with something in a column.
    #[must_use]
    pub fn with(mut self, key: &str, entry: Entry) -> Record {
        self.entries.insert(key.to_owned(), entry);
        self
    }

    /// What stands in a column.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.get(key)
    }

    /// The line in its sheet.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// File and sheet.
    pub fn sheet(&self) -> &Place {
        &self.columns.place
    }

    /// Text, choice or code; empty if blank.
    pub fn text(&self, key: &str) -> &str {
        self.filled(key).unwrap_or_default()
    }

    /// Text, choice or code, if there is one.
    pub fn filled(&self, key: &str) -> Option<&str> {
        match self.entries.get(key) {
            Some(Entry::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Money.
    pub fn yuan(&self, key: &str) -> Option<Money> {
        match self.entries.get(key) {
            Some(Entry::Yuan(amount)) => Some(*amount),
            _ => None,
        }
    }

    /// Number of things.
    pub fn count(&self, key: &str) -> Option<i64> {
        match self.entries.get(key) {
            Some(Entry::Count(number)) => Some(*number),
            _ => None,
        }
    }

    /// Number of things, with or without decimals.
    pub fn number(&self, key: &str) -> Option<Number> {
        match self.entries.get(key) {
            Some(Entry::Number(number)) => Some(*number),
            Some(Entry::Count(number)) => Some(Number::whole(*number)),
            _ => None,
        }
    }

    /// A day.
    pub fn date(&self, key: &str) -> Option<Day> {
        match self.entries.get(key) {
            Some(Entry::Date(day)) => Some(*day),
            _ => None,
        }
    }

    /// The first day among several columns.
    pub fn first_date(&self, keys: &[String]) -> Option<Day> {
        keys.iter().find_map(|key| self.date(key))
    }

    /// A year.
    pub fn year(&self, key: &str) -> Option<u16> {
        match self.entries.get(key) {
            Some(Entry::Year(year)) => Some(*year),
            _ => None,
        }
    }

    /// True if something stands in the column.
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// The row: file, sheet, line.
    pub fn row_place(&self) -> Place {
        Place { line: Some(self.line), ..self.columns.place.clone() }
    }

    /// The cell of a column.
    pub fn place(&self, key: &str) -> Place {
        Place { column: self.columns.heads.get(key).cloned(), ..self.row_place() }
    }
}
