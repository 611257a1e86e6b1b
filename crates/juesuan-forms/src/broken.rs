//! Headings that are broken over rows, as a text has them.

use juesuan_read::Grid;
use juesuan_text::plain;

/// Rows over which one heading is broken, at most.
const ROWS_MAX: usize = 3;

/// True for a row with the beginning of a heading that goes on below, above the row `body`.
pub fn begins(grid: &Grid, row: usize, body: usize, words: &[String]) -> bool {
    let begins = |column: usize| {
        let mut whole = plain(grid.cell(row, column).as_str());
        let below = (row + 1..body).map(|below| plain(grid.cell(below, column).as_str()));
        let mut below = below.filter(|text| !text.is_empty()).take(ROWS_MAX - 1);
        let mut goes_on = |text: String| {
            whole.push_str(&text);
            words.contains(&whole)
        };
        !plain(grid.cell(row, column).as_str()).is_empty() && below.any(&mut goes_on)
    };
    (0..grid.cells_of(row).len()).any(begins)
}

/// Puts a heading together whose last rows are one only as a whole.
pub fn put_together(path: &mut Vec<String>, words: &[String]) {
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
    use super::*;

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
    }
}
