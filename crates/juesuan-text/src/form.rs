//! One character, and one label, as they are compared and as they may be shown.

use std::borrow::Cow;

use crate::script::ideograph;

/// How far a full-width sign stands from its ASCII one.
const WIDTH: u32 = 0xfee0;

/// What is a sign of regular expressions, in brackets too.
const SIGNS: &str = r"()[]{}.*+?|^$\-&~#";

/// The character that stands for `c` in comparisons; `None` where it makes no difference.
pub fn compared(c: char) -> Option<char> {
    if c.is_ascii_alphanumeric() || ('\u{4e00}'..='\u{9fff}').contains(&c) {
        return Some(c);
    }
    Some(match c {
        _ if c.is_whitespace() || c.is_control() || is_invisible(c) || is_quotation_mark(c) => return None,
        '(' | '（' | '〔' | '［' | '[' => '(',
        ')' | '）' | '〕' | '］' | ']' => ')',
        ',' | '，' | '﹐' => '，',
        ';' | '；' => '；',
        ':' | '：' | '∶' => '：',
        '!' | '！' => '！',
        '?' | '？' => '？',
        '﹪' => '%',
        '—' | '－' | '–' | '−' | '―' => '-',
        '≧' | '⩾' => '≥',
        '≦' | '⩽' => '≤',
        '\u{ff01}'..='\u{ff5e}' => half_width(c),
        '\u{2e80}'..='\u{2fdf}' => ideograph(c),
        _ => c,
    })
}

/// The ASCII sign for its full-width form; any other character as it is.
pub fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - WIDTH).unwrap_or(c),
        c => c,
    }
}

/// A word, label or title as it is compared. Nothing but its characters counts: digits that white space sets apart meet,
/// since a code may be printed over two lines.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // What stays as it is goes over in one piece: most of a text does.
    while let Some((at, c)) = rest.char_indices().find(|(_, c)| compared(*c) != Some(*c)) {
        let (same, changed) = rest.split_at(at);
        out.push_str(same);
        out.extend(compared(c));
        rest = changed.strip_prefix(c).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// As [`plain`], as characters.
pub fn characters(text: &str) -> Vec<char> {
    text.chars().filter_map(compared).collect()
}

/// A regular expression that was written as text looks, for texts in the compared form: `（类）` looks for brackets. Signs of
/// ASCII keep what they mean in expressions.
pub fn pattern(expression: &str) -> String {
    let mut out = String::with_capacity(expression.len());
    for c in expression.chars() {
        if c.is_ascii() {
            out.push(c);
        } else if let Some(own) = compared(c) {
            out.extend(SIGNS.contains(own).then_some('\\'));
            out.push(own);
        }
    }
    out
}

/// True for quotation marks of any kind and width.
pub const fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '＂' | '＇' | '「' | '」' | '『' | '』')
}

/// What stands for a character that cannot be shown; every Chinese face has it.
pub const BOX: char = '□';

/// True for characters that steer a terminal or turn the order of what stands around them: controls of both sets, marks and overrides of
/// direction, separators of lines and paragraphs, and what is no character at all. Source: Unicode 15, 23.2 and 23.7; UAX 9.
pub fn steers(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let none = matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe;
    c.is_control() || turns || none || matches!(c, '\u{2028}' | '\u{2029}')
}

/// True for characters that no standard gives a meaning: each face draws them as it likes. Systems of personnel and of the police use
/// them for rare characters of names.
pub const fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

/// True for what steers and is no white space of running text (tab and line end).
pub fn is_unshowable(c: char) -> bool {
    steers(c) && !matches!(c, '\t' | '\n' | '\r')
}

/// A text in which a [`BOX`] stands for each character that cannot be shown; it has as many characters as before.
pub fn shown(text: &str) -> Cow<'_, str> {
    if text.contains(is_unshowable) {
        Cow::Owned(text.chars().map(|c| if is_unshowable(c) { BOX } else { c }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// True for characters that take no room.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_turns_a_line_round_steers_and_letters_do_not() {
        assert!(
            ['\u{1b}', '\u{9b}', '\u{202e}', '\u{2066}', '\u{200f}', '\u{2028}', '\u{ffff}'].into_iter().all(steers)
        );
        assert!(!"决算，A·９—\u{e000}😀".chars().any(steers));
    }

    #[test]
    fn what_is_shown_has_a_box_for_each_character_that_steers_or_is_none() {
        assert_eq!(shown("甲\u{202e}乙\u{0}\u{fdd0}\u{1fffe}\t丙\n"), "甲□乙□□□\t丙\n");
        assert!(matches!(shown("一\u{e000}😀"), Cow::Borrowed(_)));
        assert!(is_private('\u{e000}') && is_private('\u{f0000}') && !is_private('一') && !is_private('\u{fffff}'));
    }

    #[test]
    fn width_space_quotation_marks_and_kinds_of_brackets_make_no_difference() {
        assert_eq!(plain("“三公” 经费(境)９．１ ％；A／B"), "三公经费(境)9.1%；A/B");
        assert_eq!(plain("〔2016〕143号,【附】:１—３！"), "(2016)143号，【附】：1-3！");
        assert_eq!(plain("\u{feff}总\u{3000}计\n"), "总计");
    }

    #[test]
    fn an_expression_looks_for_brackets_where_they_are_written_as_in_print() {
        assert_eq!(pattern("^（?([一二]+)）“三公”[（）—x]{2,3}％"), r"^\(?([一二]+)\)三公[\(\)\-x]{2,3}%");
    }

    proptest! {
        #[test]
        fn what_is_compared_is_in_its_form_already(text in any::<String>()) {
            let once = plain(&text);
            prop_assert_eq!(plain(&once), once);
        }
    }
}
