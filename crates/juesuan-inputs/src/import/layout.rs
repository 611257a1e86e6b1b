//! Head, labels and codes of a sheet whose rows and columns may be merged, numbered or shifted.

use juesuan_catalog::workbook::Workbook;
use juesuan_model::Place;
use juesuan_read::grid::column_letters;
use juesuan_read::{Grid, Value};

use super::spec::is_word;
use crate::words::bare_head;

/// Rows of a head at most.
const HEAD_ROWS_MAX: usize = 8;

/// A sheet with its head found.
pub struct Sheet<'a> {
    /// The sheet.
    pub grid: &'a Grid,
    spec: &'a Workbook,
    /// First row below the head.
    pub data: usize,
    /// Per column the head words from the top, in their plain form.
    pub heads: Vec<Vec<String>>,
}

impl<'a> Sheet<'a> {
    /// Finds the head: from the first row with an anchor word to the row that numbers the columns, or to the first row of
    /// data (a total or a code).
    pub fn new(grid: &'a Grid, spec: &'a Workbook) -> Option<Sheet<'a>> {
        let width = grid.width();
        let row_has =
            |row: usize, words: &[String]| (0..width).any(|column| is_word(grid.cell(row, column).as_str(), words));
        let top = (0..grid.rows.len()).find(|row| row_has(*row, &spec.anchors))?;
        let end = (top + 1..grid.rows.len().min(top + HEAD_ROWS_MAX)).find(|row| {
            row_has(*row, &spec.column_numbers)
                || (0..width).any(|c| !grid.cell(*row, c).is_blank() && is_data(grid, *row, c, spec))
        })?;
        let numbered = row_has(end, &spec.column_numbers);
        let heads = (0..width)
            .map(|column| {
                let mut words: Vec<String> = Vec::new();
                for row in top..end {
                    let word = bare_head(grid.seen(row, column).as_str());
                    if !word.is_empty() && words.last() != Some(&word) {
                        words.push(word);
                    }
                }
                words
            })
            .collect();
        Some(Sheet { grid, spec, data: if numbered { end + 1 } else { end }, heads })
    }

    /// The column whose head words contain those of `path` (`本年支出/合计`) from the top, and end with its last; alternatives
    /// behind `|`, the first that fits. `from..to` are the columns looked at; heads with a word of `except` are passed over.
    pub fn column(&self, path: &str, columns: std::ops::Range<usize>, except: &[String]) -> Option<usize> {
        path.split('|').find_map(|path| {
            let words: Vec<String> = path.split('/').map(bare_head).collect();
            columns.clone().find(|column| {
                let Some(heads) = self.heads.get(*column) else {
                    return false;
                };
                let ends = heads.last().zip(words.last()).is_some_and(|(head, word)| same_head(head, word));
                let mut rest = heads.iter();
                let inside = words.iter().all(|word| rest.any(|head| same_head(head, word)));
                let passed = heads.iter().any(|head| except.iter().any(|word| head.contains(&bare_head(word))));
                ends && inside && !passed && !self.is_ordinal(*column)
            })
        })
    }

    /// True for a column that numbers the rows.
    pub fn is_ordinal(&self, column: usize) -> bool {
        self.heads.get(column).and_then(|heads| heads.last()).is_some_and(|head| is_word(head, &self.spec.ordinals))
    }

    /// The code of a row: in one cell, or split over the columns 类, 款, 项. Codes stand left of `before`.
    pub fn code(&self, row: usize, before: usize) -> Option<String> {
        let mut code = String::new();
        for column in 0..before {
            let in_code_column = self
                .heads
                .get(column)
                .is_some_and(|heads| heads.iter().any(|head| is_word(head, &self.spec.code_heads)));
            let digits = match digits(self.grid.cell(row, column)) {
                none if none.is_empty() => leading_code(self.grid.cell(row, column)),
                digits => digits,
            };
            if digits.is_empty() || !in_code_column || self.is_ordinal(column) {
                continue;
            }
            match digits.len() {
                3 | 5 | 7 => code = digits,
                2 if matches!(code.len(), 3 | 5) => code.push_str(&digits),
                // A spreadsheet takes 05 for the number 5.
                1 if matches!(code.len(), 3 | 5) => {
                    code.push('0');
                    code.push_str(&digits);
                }
                _ => return None,
            }
        }
        matches!(code.len(), 3 | 5 | 7).then_some(code)
    }

    /// The first text of a row that is no number, left of `before`.
    pub fn label(&self, row: usize, before: usize) -> Option<(usize, &str)> {
        (0..before).find_map(|column| match self.grid.cell(row, column) {
            Value::Text(text) if digits(self.grid.cell(row, column)).is_empty() => Some((column, text.as_str())),
            _ => None,
        })
    }

    /// A cell for a message: file, sheet, row, and the column's letters with its head.
    pub fn place(&self, row: usize, column: usize) -> Place {
        let head = self.heads.get(column).map(|heads| heads.join("·")).unwrap_or_default();
        let name = format!("{} {head}", column_letters(column));
        Place { column: Some(name.trim().to_owned()), ..self.grid.place(row) }
    }
}

/// `决算数（元）` is `决算数`.
fn same_head(head: &str, word: &str) -> bool {
    head == word || head.strip_prefix(word).is_some_and(|rest| rest.starts_with('(') && rest.ends_with(')'))
}

fn digits(value: &Value) -> String {
    let text = bare_head(value.as_str());
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) { text } else { String::new() }
}

/// The code with which a cell begins, its name behind it: `[2080505]机关事业单位基本养老保险缴费支出`.
fn leading_code(value: &Value) -> String {
    let text = bare_head(value.as_str());
    let code: String = text.trim_start_matches('(').chars().take_while(char::is_ascii_digit).collect();
    if matches!(code.len(), 3 | 5 | 7) { code } else { String::new() }
}

fn is_data(grid: &Grid, row: usize, column: usize, spec: &Workbook) -> bool {
    let value = grid.cell(row, column);
    // 合计 in the first cells of a row begins the data; over figure columns it is a head.
    let leads = (0..column).all(|left| grid.seen(row, left).is_blank());
    matches!(value, Value::Number(_)) || digits(value).len() >= 3 || (leads && is_word(value.as_str(), &spec.totals))
}
