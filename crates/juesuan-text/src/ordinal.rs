//! Numbers of headings and lists: `一、` `（一）` `1.` `1、` `1）` `（1）`.

use crate::form::compared;
use crate::{numeral, part};

/// How a heading or an item of a list is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// （1）
    DigitsInBrackets,
    /// `1.`, `1、`, `1)`: digits and the mark behind them.
    Digits(char),
    /// 一、
    Chinese,
    /// （一）
    ChineseInBrackets,
}

/// A number at the beginning of a text in the form in which it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ordinal {
    /// How it is written.
    pub style: Style,
    /// The number.
    pub number: u32,
    /// Its characters, with the mark behind it.
    pub length: usize,
}

/// Most numerals of a number.
const LONGEST: usize = 3;
/// Most digits of a number without brackets: 100. is an amount.
const DIGITS: usize = 2;
/// Digits of the codes of items, and most of them: no amount has so many decimals.
const CODES: [usize; 2] = [5, 7];
const CODE_MAX: usize = 7;

impl Ordinal {
    /// The number at the beginning of `chars`.
    pub fn at(chars: &[char]) -> Option<Ordinal> {
        let bracket = chars.first() == Some(&'(');
        let body = if bracket { chars.get(1..)? } else { chars };
        let run = |fits: fn(char) -> bool| body.iter().take_while(|c| fits(**c)).take(LONGEST + 1).count();
        let (digits, numerals) = (run(|c| c.is_ascii_digit()), run(numeral::counts));
        let length = digits.max(numerals);
        let text: String = body.get(..length)?.iter().collect();
        let number = if digits > 0 { text.parse().ok()? } else { numeral::parse(&text)? };
        let (mark, behind) = (*body.get(length)?, body.get(length + 1));
        let style = match (bracket, digits > 0, mark) {
            (true, false, ')') => Style::ChineseInBrackets,
            (true, true, ')') => Style::DigitsInBrackets,
            (false, false, '、') => Style::Chinese,
            (false, true, '.') if behind.is_some_and(char::is_ascii_digit) && !is_code(part(body, length + 1..)) => {
                return None;
            }
            (false, true, '.' | '、' | ')') if digits <= DIGITS => Style::Digits(mark),
            _ => return None,
        };
        (length <= LONGEST).then_some(Ordinal { style, number, length: length + 1 + usize::from(bracket) })
    }

    /// As [`Ordinal::at`], for a text.
    pub fn of(text: &str) -> Option<Ordinal> {
        Ordinal::at(&text.chars().take(LONGEST + CODE_MAX + 4).collect::<Vec<_>>())
    }

    /// False for a text that begins with no number, told by its first character.
    pub fn may_begin(text: &str) -> bool {
        let first = text.chars().find_map(compared);
        first.is_some_and(|first| first == '(' || first.is_ascii_digit() || numeral::counts(first))
    }

    /// The text behind the number.
    pub fn rest(self, text: &str) -> &str {
        text.char_indices().nth(self.length).map_or("", |(at, _)| text.get(at..).unwrap_or_default())
    }
}

/// True where a code of an item begins: `1.20103 …` is the first of a list, not a number.
fn is_code(chars: &[char]) -> bool {
    let digits = chars.iter().take_while(|c| c.is_ascii_digit()).take(CODE_MAX + 1).count();
    let named = |c: &char| (c.is_alphabetic() && !matches!(c, '万' | '亿' | '元')) || *c == '-';
    CODES.contains(&digits) && chars.get(digits).is_some_and(named)
}

impl Style {
    /// The number in this style, as it is printed.
    pub fn written(self, number: u32) -> String {
        let chinese = || numeral::written(number, numeral::Script::Usual);
        match self {
            Style::Chinese => format!("{}、", chinese()),
            Style::ChineseInBrackets => format!("（{}）", chinese()),
            Style::Digits(mark) => format!("{number}{mark}"),
            Style::DigitsInBrackets => format!("（{number}）"),
        }
    }

    /// True for numbers in Chinese.
    pub const fn is_chinese(self) -> bool {
        matches!(self, Style::Chinese | Style::ChineseInBrackets)
    }

    /// True for numbers in brackets.
    pub const fn is_in_brackets(self) -> bool {
        matches!(self, Style::ChineseInBrackets | Style::DigitsInBrackets)
    }
}

/// The `number`th in the style whose first is `first`: `1.`, `（1）`, `一、`, `（一）`.
pub fn numbered(first: &str, number: usize) -> String {
    if first.contains('一') {
        first.replace('一', &numeral::usual(number))
    } else {
        first.replace('1', &number.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plain;

    #[test]
    fn numbers_of_headings_and_lists_are_read_and_written() {
        for (text, style, number, length) in [
            ("(十二)绩效", Style::ChineseInBrackets, 12, 4),
            ("十一、其他", Style::Chinese, 11, 3),
            ("3.未完成", Style::Digits('.'), 3, 2),
            ("12、其他", Style::Digits('、'), 12, 3),
            ("1)其他", Style::Digits(')'), 1, 2),
            ("(3)其他", Style::DigitsInBrackets, 3, 3),
            ("2.20104发展", Style::Digits('.'), 2, 2),
            ("3.2010401-行政", Style::Digits('.'), 3, 2),
        ] {
            assert_eq!(Ordinal::of(text), Some(Ordinal { style, number, length }), "{text}");
            assert!(text.starts_with(&plain(&style.written(number))), "{text}");
            assert!(Ordinal::may_begin(text) && Ordinal::may_begin(&format!(" {}", style.written(number))), "{text}");
        }
        assert_eq!(Ordinal::of("(二十一)甲").map(|own| own.rest("(二十一)甲")), Some("甲"));
    }

    #[test]
    fn amounts_years_and_words_are_no_numbers_of_a_list() {
        for text in [
            "3.5万元",
            "1.204万元",
            "1.20412%",
            "1.20412亿元",
            "2023年度",
            "(2023年)",
            "(2023)",
            "100.其他",
            "一一、",
            "一",
            "",
            "(",
            "()",
            "十",
        ] {
            assert_eq!(Ordinal::of(text), None, "{text}");
            assert!(!Ordinal::may_begin(&format!("共{text}")), "{text}");
        }
    }

    #[test]
    fn items_are_numbered_like_the_first_one() {
        assert_eq!(numbered("（一）", 14), "（十四）");
        assert_eq!(numbered("一、", 20), "二十、");
        assert_eq!(numbered("1.", 12), "12.");
    }
}
