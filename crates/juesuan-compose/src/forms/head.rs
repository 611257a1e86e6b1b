//! The last heading row of a table: 栏次.

use juesuan_catalog::FormColumn;
use juesuan_forms::columns::is_label;
use juesuan_model::{CellRole, HeaderCell};

/// What stands before the column numbers.
const COLUMN_NUMBERS: &str = "栏次";

/// The row of column numbers: 栏次 over the label columns of each block, then 1, 2, 3 … over the figures.
pub fn column_numbers(blocks: &[Vec<&FormColumn>]) -> Vec<HeaderCell> {
    let mut row = Vec::new();
    let (mut at, mut number) = (0, 0);
    for columns in blocks {
        let labels = columns.iter().take_while(|c| is_label(c)).count();
        if labels > 0 {
            row.push(HeaderCell::new(COLUMN_NUMBERS, at, labels));
        }
        for (index, column) in columns.iter().enumerate().skip(labels) {
            let text = if column.kind == CellRole::Number {
                number += 1;
                number.to_string()
            } else {
                String::new()
            };
            row.push(HeaderCell::new(text, at + index, 1));
        }
        at += columns.len();
    }
    row
}
