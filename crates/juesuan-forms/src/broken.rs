//! Headings that are broken over rows, as a text has them.

use juesuan_read::Grid;
use juesuan_text::plain;

use super::columns::LEVELS;

/// Rows over which one heading is broken, at most.
const ROWS_MAX: usize = 3;

/// True for a row with a part of a heading that is broken over rows, between the rows `from` and `body`.
pub fn is_part(grid: &Grid, row: usize, from: usize, body: usize, words: &[String]) -> bool {
    let text = |row: usize, column: usize| plain(grid.cell(row, column).as_str());
    let whole = |begin: usize, column: usize| {
        let below = (begin..body).filter(|row| !text(*row, column).is_empty()).take(ROWS_MAX);
        let rows: Vec<usize> = below.collect();
        (2..=rows.len()).any(|count| {
            let rows = rows.iter().take(count);
            rows.clone().any(|own| *own == row) && words.contains(&rows.map(|row| text(*row, column)).collect())
        })
    };
    let begins = row.saturating_sub(ROWS_MAX - 1).max(from)..=row;
    let columns = (0..grid.cells_of(row).len()).filter(|column| !text(row, *column).is_empty());
    columns.into_iter().any(|column| begins.clone().any(|begin| whole(begin, column)))
}

/// Puts a heading together whose last rows are one only as a whole; 类, 款, 项 may stand below it.
pub fn put_together(path: &mut Vec<String>, words: &[String]) {
    let level = path.pop_if(|last| LEVELS.contains(&last.as_str()));
    put_last_together(path, words);
    path.extend(level);
}

fn put_last_together(path: &mut Vec<String>, words: &[String]) {
    if path.last().is_none_or(|last| words.contains(last)) {
        return;
    }
    for count in 2..=ROWS_MAX.min(path.len()) {
        let begin = path.len() - count;
        let whole: String = path.iter().skip(begin).map(String::as_str).collect();
        if words.contains(&whole) {
            path.truncate(begin);
            path.push(whole);
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use juesuan_read::{Row, Value};

    use super::*;

    #[test]
    fn each_row_of_a_broken_heading_is_one_of_headings_and_others_are_not() {
        let row =
            |cells: &[&str]| Row { cells: cells.iter().map(|text| Value::text(text)).collect(), ..Row::default() };
        let rows = vec![
            row(&["", "某县"]),
            row(&["", "一般公共"]),
            row(&["", "预算财政"]),
            row(&["", "拨款"]),
            row(&["", "甲"]),
        ];
        let grid = Grid { rows, ..Grid::default() };
        let words = ["一般公共预算财政拨款".to_owned()];
        let told: Vec<bool> = (0..5).map(|row| is_part(&grid, row, 0, 5, &words)).collect();
        assert_eq!(told, [false, true, true, true, false]);
    }

    #[test]
    fn a_heading_is_put_together_only_where_its_last_row_is_none() {
        let words = ["附属单位上缴收入", "收入"].map(str::to_owned);
        let told = |texts: &[&str]| {
            let mut path: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            put_together(&mut path, &words);
            path.join("/")
        };
        assert_eq!(told(&["本年", "附属单位", "上缴收入"]), "本年/附属单位上缴收入");
        assert_eq!(told(&["附属单位上缴", "收入"]), "附属单位上缴/收入");
        assert_eq!(told(&["附属单位", "其他"]), "附属单位/其他");
        assert_eq!(told(&["项目", "附属单位", "上缴收入", "款"]), "项目/附属单位上缴收入/款");
    }
}
