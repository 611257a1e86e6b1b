//! One character, and one label, as they are compared.

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
    text.chars().filter_map(compared).collect()
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

/// True for characters that take no room.
/// True for characters that steer a terminal or turn the order of what stands around them: controls of both sets, marks and overrides of
/// direction, separators of lines and paragraphs, and what is no character at all. Source: Unicode 15, 23.2 and 23.7; UAX 9.
pub fn steers(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

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
