//! Labels of charts: names and numbers that stand on a page outside any sentence.

use juesuan_text::form::half_width;
use juesuan_text::unit;

/// Longest name in a label, in characters.
const NAME_MAX: usize = 20;
/// Numbers that the labels of one stretch have, at most: more of them are the row of a table.
const NUMBERS_MAX: usize = 8;
const PER_MILLE: &str = "‰";
/// Characters of statements: no name of a slice or a bar has them in front of its number.
const STATES: [char; 12] = ['为', '占', '比', '增', '减', '降', '共', '计', '是', '达', '约', '第'];
/// Marks of sentences.
const MARKS: [char; 10] = ['。', '，', '；', '：', '！', '？', ':', ';', '《', '“'];

/// True for a stretch of nothing but numbers (`921.96 921.96`), or of names with one number each (`事业收入 0.00 经营收入
/// 0.00`). A number in a sentence stands in no label, and neither does the row of a table, with its several numbers behind
/// one name.
pub(super) fn is_label(text: &str) -> bool {
    if text.contains(MARKS) {
        return false;
    }
    let text: String = text.chars().map(half_width).collect();
    let (mut names, mut numbers, mut run, mut longest) = (0, 0, 0, 0);
    for word in words(&text) {
        if is_number(word) {
            (numbers, run) = (numbers + 1, run + 1);
            longest = longest.max(run);
        } else if run > 0 && unit_of(word) == Some(word) || is_year(word) {
            // A unit belongs to its number; a year is the name of a group of bars.
        } else if is_name(word) {
            (names, run) = (names + 1, 0);
        } else {
            return false;
        }
    }
    (1..=NUMBERS_MAX).contains(&numbers) && (names == 0 || (longest == 1 && numbers <= names))
}

/// What is set apart by spaces; lines that were put together meet without one, a name behind a number.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().flat_map(|word| {
        let digits = word.find(|c: char| !is_digit(c)).unwrap_or(0);
        let unit = word.get(digits..).and_then(unit_of);
        let cut =
            if is_year(word) { 0 } else { digits + unit.map_or(0, |unit| if digits > 0 { unit.len() } else { 0 }) };
        let (number, name) = word.split_at(cut);
        [number, name].into_iter().filter(|part| !part.is_empty())
    })
}

/// The unit with which a text begins.
fn unit_of(text: &str) -> Option<&'static str> {
    unit::leading(text).map(|(word, _)| word).or_else(|| text.starts_with(PER_MILLE).then_some(PER_MILLE))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',' | '-')
}

fn is_number(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| !is_digit(c));
    let unit = word.get(digits.len()..).unwrap_or_default();
    let digits = if unit_of(unit) == Some(unit) { digits } else { word };
    digits.starts_with(|c: char| c.is_ascii_digit() || c == '-') && digits.chars().all(is_digit)
}

fn is_year(word: &str) -> bool {
    ["年度", "年"].iter().find_map(|end| word.strip_suffix(end)).is_some_and(|year| year.len() == 4 && is_number(year))
}

fn is_name(word: &str) -> bool {
    word.chars().count() <= NAME_MAX
        && !word.contains(|c: char| c.is_ascii_digit())
        && !word.ends_with(STATES)
        && !word.starts_with(STATES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_of_charts_are_labels() {
        for text in [
            "921.96 921.96",
            "98.2%",
            "905.31万元",
            "877.33 877.33 905.31 905.31",
            "上级补助收入 0.00 事业收入 0.00 经营收入 0.00附属单位上缴收入 0.00",
            "2022年度 888.33",
            "基本支出 770.84 万元 项目支出 151.12 万元",
        ] {
            assert!(is_label(text), "{text}");
        }
    }

    #[test]
    fn sentences_and_rows_of_tables_are_none() {
        for text in [
            "2023年度收入合计921.96万元",
            "2023年度收入合计 921.96 万元，比上年增加 3 万元。",
            "本年支出为 921.96 万元",
            "增长 3.8%",
            "占 50%",
            "2010301 行政运行 701.84 550.72 151.12",
            "行政运行 701.84 550.72 151.12",
            "54.33 6.33 48.00 0.00 48.00 0.00 32.99 6.33 26.67 0.00 26.67 0.00",
            "支出总额",
        ] {
            assert!(!is_label(text), "{text}");
        }
    }
}
