//! The heading rows of a table: paths of headings merged into spanning cells, then 栏次.

use juesuan_catalog::FormColumn;
use juesuan_model::{CellRole, HeaderCell};
pub use juesuan_recognize::forms::columns::{column_place, is_label};

/// What stands before the column numbers.
const COLUMN_NUMBERS: &str = "栏次";

/// The heading rows of `columns`, all blocks in a row.
pub fn head(columns: &[&FormColumn]) -> Vec<Vec<HeaderCell>> {
    let depth = columns.iter().map(|c| c.head.len()).max().unwrap_or(0);
    let paths: Vec<Vec<&str>> = columns.iter().map(|column| path(column, depth)).collect();
    let mut rows: Vec<Vec<HeaderCell>> = vec![Vec::new(); depth];
    let mut done = vec![vec![false; columns.len()]; depth];
    for level in 0..depth {
        for first in 0..columns.len() {
            if done[level][first] {
                continue;
            }
            let text = paths[first][level];
            let mut last = first;
            while last + 1 < columns.len()
                && paths[last + 1][..=level] == paths[first][..=level]
                && !done[level][last + 1]
            {
                last += 1;
            }
            let mut below = level;
            while below + 1 < depth && (first..=last).all(|c| paths[c][below + 1] == text) {
                below += 1;
            }
            for covered in &mut done[level..=below] {
                covered[first..=last].fill(true);
            }
            rows[level].push(HeaderCell {
                text: text.to_owned(),
                column: small(first),
                columns: small(last - first + 1),
                rows: small(below - level + 1),
            });
        }
    }
    rows
}

/// The headings of a column on every level; the last one reaches down.
fn path(column: &FormColumn, depth: usize) -> Vec<&str> {
    let last = column.head.last().map_or("", String::as_str);
    (0..depth).map(|level| column.head.get(level).map_or(last, String::as_str)).collect()
}

/// The row of column numbers: 栏次 over the label columns of each block, then 1, 2, 3 … over the figures.
pub fn column_numbers(blocks: &[Vec<&FormColumn>]) -> Vec<HeaderCell> {
    let mut row = Vec::new();
    let (mut at, mut number) = (0, 0);
    for columns in blocks {
        let labels = columns.iter().take_while(|c| is_label(c)).count();
        if labels > 0 {
            row.push(cell(COLUMN_NUMBERS.to_owned(), at, labels));
        }
        for (index, column) in columns.iter().enumerate().skip(labels) {
            let text = if column.kind == CellRole::Number {
                number += 1;
                number.to_string()
            } else {
                String::new()
            };
            row.push(cell(text, at + index, 1));
        }
        at += columns.len();
    }
    row
}

fn cell(text: String, column: usize, columns: usize) -> HeaderCell {
    HeaderCell { text, column: small(column), columns: small(columns), rows: 1 }
}

fn small(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan_catalog::Catalog;

    fn cells(variant: &str, form: &str) -> Vec<Vec<(String, u16, u16, u16)>> {
        let variants = Catalog::load(&[]).unwrap().variants;
        let form = variants.get(variant, 2024).unwrap().form(form).unwrap();
        let columns: Vec<&FormColumn> = form.block.iter().flat_map(|b| &b.column).collect();
        head(&columns)
            .into_iter()
            .map(|row| row.into_iter().map(|c| (c.text, c.column, c.columns, c.rows)).collect())
            .collect()
    }

    #[test]
    fn equal_headings_merge_sideways_and_downwards() {
        let rows = cells("shanghai", "three-public");
        assert_eq!(rows.len(), 4);
        assert_eq!(rows[0], [("财政拨款“三公”经费".to_owned(), 0, 12, 1)]);
        assert_eq!(rows[1][0], ("合计".to_owned(), 0, 2, 2));
        assert_eq!(rows[1][2], ("公务用车购置及运行维护费".to_owned(), 4, 6, 1));
        assert_eq!(rows[2].len(), 3);
        assert_eq!(rows[3].len(), 12);
    }

    #[test]
    fn a_short_heading_reaches_down_to_the_last_heading_row() {
        let rows = cells("state", "government-fund");
        assert_eq!(rows[0][1], ("年初结转和结余".to_owned(), 2, 1, 2));
        assert_eq!(rows[0][3], ("本年支出".to_owned(), 4, 3, 1));
    }
}
