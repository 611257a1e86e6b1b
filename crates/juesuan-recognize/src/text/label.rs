//! Names and numbers that stand outside any sentence: labels of charts, rows of tables that came as text.

use std::collections::BTreeSet;

use juesuan_text::form::half_width;
use juesuan_text::unit;

/// Longest name in a label, in characters.
const NAME_MAX: usize = 20;
/// Numbers that the labels of one stretch have, at most: more of them are the row of a table.
const NUMBERS_MAX: usize = 8;
const PER_MILLE: &str = "‰";
/// Characters of statements: no name of a slice or a bar has them in front of its number.
const STATES: [char; 12] = ['为', '占', '比', '增', '减', '降', '共', '计', '是', '达', '约', '第'];
/// Digits of an amount that is no number of a page, at least.
const AMOUNT_MIN: usize = 4;
/// What divides columns.
const GAPS: [&str; 3] = ["  ", "\t", "\u{3000}"];
/// Marks that stand in sentences, and not in names of rows.
const SENTENCES: [char; 3] = ['。', '，', '；'];
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

/// Which paragraphs are rows of a table, by their numbers from `first` on: names with a number set apart behind them, or numbers
/// alone, one below the other.
pub(super) fn rows<'t>(first: usize, texts: impl Iterator<Item = &'t str>) -> BTreeSet<usize> {
    let texts: Vec<(bool, bool)> = texts.map(|text| (is_alone(text), is_apart(text))).collect();
    let alone = |at: Option<usize>| at.and_then(|at| texts.get(at)).is_some_and(|(alone, _)| *alone);
    let in_row = |at: usize| alone(Some(at)) && (alone(at.checked_sub(1)) || alone(Some(at + 1)));
    let rows = texts.iter().enumerate().filter(|(at, (_, apart))| *apart || in_row(*at));
    rows.map(|(at, _)| first + at).collect()
}

/// True for a line that ends in an amount set apart: a row of a table, whatever it begins with. A small number may be that of a
/// page.
pub(crate) fn ends_in_amount(text: &str) -> bool {
    let last = text.split_whitespace().next_back().unwrap_or_default();
    is_apart(text) && (last.contains('.') || last.chars().filter(char::is_ascii_digit).count() >= AMOUNT_MIN)
}

/// A number, and nothing else.
fn is_alone(text: &str) -> bool {
    let text = text.trim();
    is_number(text) && text.chars().all(is_digit)
}

/// A number at the end of a line, set apart from words by more than one blank.
pub(crate) fn is_apart(text: &str) -> bool {
    let text = text.trim();
    let Some((before, last)) = text.rsplit_once(char::is_whitespace) else { return false };
    is_alone(last)
        && !text.contains(SENTENCES)
        && before.contains(char::is_alphabetic)
        && GAPS.iter().any(|gap| text.contains(gap))
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
    fn amounts_set_apart_and_numbers_below_each_other_are_rows() {
        let texts = [
            "单位：元",
            "一、支出合计   250000",
            "2、公务接待费\t15",
            "12",
            "说明",
            "2840",
            "90",
            "公务接待费 15万元。",
        ];
        assert_eq!(rows(4, texts.into_iter()).into_iter().collect::<Vec<_>>(), [5, 6, 9, 10]);
        assert!(ends_in_amount("一、支出合计   250000"));
        for title in ["一、部门职责   12", "二、2023年度收入 支出", "三、收入 2023"] {
            assert!(!ends_in_amount(title), "{title}");
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
