//! Which of the first rows of a file may be its head, and the names of the columns below each.

use std::collections::BTreeSet;

use juesuan_catalog::SheetWords;
use juesuan_text::part;

use super::records::Records;
use crate::words::head_form;

/// Rows in which the head is looked for.
pub const HEAD_ROWS: usize = 20;
/// Most rows of one head.
const HEAD_HEIGHT_MAX: usize = 3;
/// Longest head, in bytes: what is longer is text, and not compared with words.
pub const HEAD_BYTES_MAX: usize = 256;
const SEPARATORS: [u8; 3] = [b',', b'\t', b';'];

/// Rows that may be a head: the names of their columns, and where the data begin.
pub struct Head {
    /// The lowest word of each column, and the names by which it may be known.
    pub names: Vec<(String, Vec<String>)>,
    /// Byte between fields.
    pub separator: u8,
    /// Byte at which the first record behind the head begins.
    pub start: usize,
    /// Its line, counted from 0.
    pub line: u32,
    /// Rows of the head.
    pub height: usize,
    /// Records up to the end of the head, those above it too.
    pub records: usize,
}

/// With each of the first rows as the last, of one, two or three rows.
fn candidates(text: &[u8], separator: u8, words: &SheetWords) -> Vec<Head> {
    let mut records = Records::new(text, 0, separator);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut out = Vec::new();
    while rows.len() < HEAD_ROWS && records.advance() {
        let head = |field: &[u8]| match field.trim_ascii() {
            field if field.len() > HEAD_BYTES_MAX => "…".to_owned(),
            field => String::from_utf8_lossy(field).trim().to_owned(),
        };
        rows.push(records.fields().map(head).collect());
        for height in 1..=HEAD_HEIGHT_MAX.min(rows.len()) {
            let names = names(part(&rows, rows.len() - height..), words);
            let (start, line) = (records.position(), records.line_next());
            out.push(Head { names, separator, start, line, height, records: rows.len() });
        }
    }
    out
}

impl Head {
    /// The whole name of each column.
    pub fn whole_names(&self) -> Vec<String> {
        self.names.iter().map(|(_, names)| names.first().cloned().unwrap_or_default()).collect()
    }

    /// Columns that words stand over, as a head has them and data have not.
    fn worded(&self) -> usize {
        let is_word = |head: &str| !head.is_empty() && !head.contains(|c: char| c.is_ascii_digit());
        self.names.iter().filter(|(head, _)| is_word(head)).count()
    }
}

/// All rows that may be a head.
pub fn all<'t>(text: &'t [u8], words: &'t SheetWords) -> impl Iterator<Item = Head> + 't {
    SEPARATORS.into_iter().flat_map(|separator| candidates(text, separator, words))
}

/// The single row that looks most like a head, where nobody knows any of its words.
pub fn likeliest(text: &[u8], words: &SheetWords) -> Option<Head> {
    let single = all(text, words).filter(|head| head.height == 1).enumerate();
    single.max_by_key(|(index, head)| (head.worded(), std::cmp::Reverse(*index))).map(|(_, head)| head)
}

/// The names of the heads that each of the first rows may be the last row of.
pub fn names_of_all(text: &[u8], words: &SheetWords) -> Vec<BTreeSet<String>> {
    all(text, words).map(|one| one.names.into_iter().flat_map(|(_, names)| names).collect()).collect()
}

/// The names by which each column of a head may be known: its words from the top joined, and the lowest alone. Over a balance
/// the lowest says nothing: 借方 below 期末余额 is not what moved.
fn names(rows: &[Vec<String>], words: &SheetWords) -> Vec<(String, Vec<String>)> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let at = |row: usize, column: usize| rows.get(row).and_then(|row| row.get(column)).map_or("", String::as_str);
    let deeper = |row: usize, column: usize| (row + 1..rows.len()).any(|below| !at(below, column).is_empty());
    let mut out = Vec::with_capacity(width);
    for column in 0..width {
        let mut levels: Vec<&str> = Vec::new();
        for row in 0..rows.len() {
            let own = at(row, column);
            // A merged head stands over the columns to its right that have heads of their own below.
            let group = || (0..column).rev().find(|left| !at(row, *left).is_empty()).filter(|left| deeper(row, *left));
            let word = match own {
                "" if deeper(row, column) => group().map_or("", |left| at(row, left)),
                own => own,
            };
            if !word.is_empty() && levels.last() != Some(&word) {
                levels.push(word);
            }
        }
        let (last, above) = levels.split_last().map_or(("", &[][..]), |(last, above)| (*last, above));
        let mut names = vec![head_form(&levels.concat(), words)];
        let balance = above.iter().any(|head| words.balance_heads.iter().any(|word| head.contains(word.as_str())));
        if !above.is_empty() && !balance {
            names.push(head_form(last, words));
        }
        out.push((last.to_owned(), names));
    }
    out
}
