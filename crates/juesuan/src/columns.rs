//! Rows of texts as columns of a terminal.

use crate::check::{padded, width};

/// Widest column, in columns of a terminal; a longer entry moves the rest of its row.
const WIDEST: usize = 36;
/// Between two columns.
const GAP: &str = "  ";

/// Each row as one line.
pub fn columns(rows: &[Vec<String>]) -> Vec<String> {
    let mut widths = vec![0; rows.iter().map(Vec::len).max().unwrap_or(0)];
    for row in rows {
        for (widest, text) in widths.iter_mut().zip(row) {
            let own = width(text);
            if own <= WIDEST {
                *widest = own.max(*widest);
            }
        }
    }
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(text, width)| padded(text, *width)).collect();
        cells.join(GAP).trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_characters_take_two_columns_and_a_long_entry_widens_no_other_row() {
        let long = "长".repeat(30);
        let rows = [["名称", "数"], ["甲", "1"], [long.as_str(), "2"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(columns(&rows), ["名称  数".to_owned(), "甲    1".to_owned(), format!("{long}  2")]);
    }
}
