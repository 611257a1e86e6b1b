//! Characters as people mean them.

use juesuan_text::script::ideograph;
use unicode_normalization::UnicodeNormalization;

/// The character that a reader sees. Some producers write the radical ⼀ or a compatibility form where they mean the
/// ideograph 一; both look the same and only one is found by a search. NUL is what is to be dropped.
pub(super) fn plain(character: char) -> char {
    match character {
        '\u{2e80}'..='\u{2fdf}' => ideograph(character),
        '\u{f900}'..='\u{faff}' => std::iter::once(character).nfkc().next().unwrap_or(character),
        '\u{a0}' | '\t' | '\r' | '\n' | '\u{2000}'..='\u{200a}' | '\u{3000}' | '\u{202f}' => ' ',
        '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{202a}'..='\u{202e}' => '\0',
        character if character.is_control() => '\0',
        character => character,
    }
}

/// True for characters between which no space is written: ideographs, their punctuation, full-width forms.
pub(super) fn is_wide(character: char) -> bool {
    matches!(character,
        '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{33ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}'
        | '\u{20000}'..='\u{3ffff}' | '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

/// True for what numbers are written with.
pub(super) fn is_numeric(character: char) -> bool {
    character.is_ascii_digit() || matches!(character, '.' | ',' | '-' | '%' | '−')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_radical_is_read_as_the_ideograph_it_looks_like() {
        assert_eq!(plain('⼀'), '一');
        assert_eq!(plain('⾦'), '金');
        assert_eq!(plain('⻓'), '长');
        assert_eq!(plain('\u{f90a}'), '金');
        assert_eq!(plain('\u{3000}'), ' ');
        assert_eq!(plain('\u{200b}'), '\0');
    }
}
