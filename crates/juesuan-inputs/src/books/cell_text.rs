//! What stands in a cell of books: codes with and without their names.

use std::borrow::Cow;

use juesuan_text::form::half_width;
use juesuan_text::part_of_text;

/// The code that stands in a cell alone or beside its name: `[2010301]行政运行`, `行政运行（2010301）`, `201.03.01`.
pub fn code_in(word: &str) -> String {
    let trimmed = word.trim_start_matches(['[', '【', '(', '（', '\'', '〔', ' ']);
    let end = trimmed.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-')).unwrap_or(trimmed.len());
    let mut parts = part_of_text(trimmed, ..end).split(['.', '-']);
    let mut code = parts.next().unwrap_or_default().to_owned();
    if code.len() >= 3 {
        code.extend(parts.take_while(|more| more.len() == 2 && more.bytes().all(|b| b.is_ascii_digit())));
    }
    if code.is_empty() {
        let behind = word.trim_end_matches([']', '】', ')', '）', '〕', ' ']);
        let start = behind.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + char_length(behind, at));
        code = Some(part_of_text(behind, start..)).filter(|code| code.len() >= 3).unwrap_or_default().to_owned();
    }
    code
}

/// The first of the names of an account and those above it: `事业支出/基本支出` is `事业支出`.
pub fn first_name(text: &str) -> &str {
    text.trim().split(['/', '\\', '-', '—', '_', '>', '→', '|', ' ', '\u{3000}']).next().unwrap_or_default()
}

fn char_length(text: &str, at: usize) -> usize {
    part_of_text(text, at..).chars().next().map_or(0, char::len_utf8)
}

/// A word of a list without the code before it: `[111]一般公共预算资金`, `21 公用经费`.
pub fn without_code(word: &str) -> &str {
    let rest = word.trim_start_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '[' | ']' | '【' | '】' | '(' | ')' | '-' | '.' | ' ' | '_' | '、')
    });
    if rest.is_empty() { word } else { rest }
}

/// A field with full-width letters and digits as the plain ones; other characters stay as they are.
pub fn half_width_text(field: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(field);
    let wide = |c: char| matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '．' | '－' | '［' | '］');
    if text.contains(wide) {
        return Cow::Owned(text.chars().map(|c| if wide(c) { half_width(c) } else { c }).collect());
    }
    text
}
