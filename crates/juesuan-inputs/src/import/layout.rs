//! Head, labels and codes of a sheet whose rows and columns may be merged, numbered or shifted.

use juesuan_catalog::workbook::Workbook;
use juesuan_catalog::{Catalog, SheetWords};
use juesuan_facts::entry::is_dash;
use juesuan_model::money::AmountError;
use juesuan_model::{Money, Place, Problem};
use juesuan_read::grid::column_letters;
use juesuan_read::{Grid, Value};

use juesuan_text::plain;

use super::spec::is_word;
use super::tables::is_amount;
use crate::books::{code_in, scaled};
use crate::words::{bare_head, filled};

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
    /// Unit of money above the head, other than 元, and the power of ten by which it is more.
    pub unit: Option<(&'a str, u32)>,
}

impl<'a> Sheet<'a> {
    /// Finds the head: from the first row with an anchor word to the row that numbers the columns, or to the first row of
    /// data (a total or a code).
    pub fn new(grid: &'a Grid, catalog: &'a Catalog) -> Option<Sheet<'a>> {
        let spec = &catalog.workbook;
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
                    let word = bare_head(over(grid, row, column, end).as_str());
                    if !word.is_empty() && words.last() != Some(&word) {
                        words.push(word);
                    }
                }
                // 类, 款, 项 stand in the row that numbers the columns; unmerged they have no other head.
                let below = bare_head(grid.cell(end, column).as_str());
                if numbered && is_word(&below, &spec.code_heads) {
                    words.push(below);
                }
                words
            })
            .collect();
        let unit = unit_above(grid, end, &catalog.sheet_words);
        Some(Sheet { grid, spec, data: if numbered { end + 1 } else { end }, heads, unit })
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
                let same = |head: &str, word: &str| self.same_head(head, word);
                let ends = heads.last().zip(words.last()).is_some_and(|(head, word)| same(head, word));
                let mut rest = heads.iter();
                let inside = words.iter().all(|word| rest.any(|head| same(head, word)));
                let passed = heads.iter().any(|head| except.iter().any(|word| head.contains(&bare_head(word))));
                ends && inside && !passed && !self.is_ordinal(*column)
            })
        })
    }

    /// The same sheet for numbers that are no money.
    pub fn of_counts(&self) -> Sheet<'a> {
        Sheet { heads: self.heads.clone(), unit: None, ..*self }
    }

    /// The amount of a text in the unit of the sheet.
    pub fn money(&self, text: &str) -> Result<Money, AmountError> {
        match self.unit {
            Some((_, power)) => scaled(text, power),
            None => Money::parse_yuan(text),
        }
    }

    /// That amounts are in another unit than 元.
    pub fn told_unit(&self) -> Option<Problem> {
        let (unit, _) = self.unit?;
        Some(Problem::doubt(self.grid.place_of_sheet(), filled(&self.spec.says.scaled, &[("unit", unit)])))
    }

    /// True for a column that numbers the rows.
    pub fn is_ordinal(&self, column: usize) -> bool {
        self.heads.get(column).and_then(|heads| heads.last()).is_some_and(|head| is_word(head, &self.spec.ordinals))
    }

    /// The code of a row: in one cell, or split over the columns 类, 款, 项. Codes stand left of `before`.
    pub fn code(&self, row: usize, before: usize) -> Option<String> {
        let mut code = String::new();
        for column in 0..before {
            let in_code_column =
                self.heads.get(column).is_some_and(|heads| heads.iter().any(|head| self.holds_codes(head)));
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

    fn holds_codes(&self, head: &str) -> bool {
        is_word(head, &self.spec.code_heads) || self.spec.code_marks.iter().any(|mark| head.contains(mark.as_str()))
    }

    /// `决算数（元）` and `本年决算数` are `决算数`.
    fn same_head(&self, head: &str, word: &str) -> bool {
        let bare = |head: &str| {
            head == word || head.strip_prefix(word).is_some_and(|rest| rest.starts_with('(') && rest.ends_with(')'))
        };
        bare(head) || self.spec.head_prefixes.iter().filter_map(|p| head.strip_prefix(p.as_str())).any(bare)
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

/// The unit of money that a cell above the data names beside 单位, if it is not 元.
fn unit_above<'w>(grid: &Grid, end: usize, words: &'w SheetWords) -> Option<(&'w str, u32)> {
    let cells = grid.rows.iter().take(end).flat_map(|row| &row.cells).map(|cell| plain(cell.as_str()));
    let named = |cell: &str| {
        let units = words.unit_powers.iter().filter(|(unit, _)| cell.ends_with(unit.as_str()));
        units.max_by_key(|(unit, _)| unit.len())
    };
    let told =
        cells.filter(|cell| cell.contains(&words.unit_word)).find_map(|cell| named(cell.trim_end_matches([')', '）'])));
    told.map(|(unit, power)| (unit.as_str(), *power))
}

fn digits(value: &Value) -> String {
    let text = bare_head(value.as_str());
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) { text } else { String::new() }
}

/// The code with which a cell begins, its name behind it: `[2080505]机关事业单位基本养老保险缴费支出`, `208.05.05`.
fn leading_code(value: &Value) -> String {
    let code = code_in(&bare_head(value.as_str()));
    if matches!(code.len(), 3 | 5 | 7) { code } else { String::new() }
}

/// What stands in a cell of the head. A head over several columns that were not merged stands in the first of them alone: it counts for
/// those to its right that have nothing there and words of their own below, as it has.
fn over(grid: &Grid, row: usize, column: usize, end: usize) -> &Value {
    let own = grid.seen(row, column);
    let has_below = |column: usize| (row + 1..end).any(|below| !grid.seen(below, column).is_blank());
    if !own.is_blank() || !has_below(column) {
        return own;
    }
    let lead = (0..column).rev().find(|left| !grid.seen(row, *left).is_blank());
    lead.filter(|left| has_below(*left) && (*left..column).all(has_below)).map_or(own, |left| grid.seen(row, left))
}

fn is_data(grid: &Grid, row: usize, column: usize, spec: &Workbook) -> bool {
    let value = grid.cell(row, column);
    // 合计 in the first cells of a row begins the data; over figure columns it is a head.
    let is_head = |right: usize| matches!(grid.cell(row, right), Value::Text(_)) && !is_amount(grid.cell(row, right));
    let leads = (0..column).all(|left| grid.seen(row, left).is_blank())
        && !(column + 1..grid.width()).any(|right| is_head(right) && !is_dash(grid.cell(row, right).as_str()));
    matches!(value, Value::Number(_)) || digits(value).len() >= 3 || (leads && is_word(value.as_str(), &spec.totals))
}
