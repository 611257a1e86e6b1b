//! The same words otherwise written. Nothing here changes what is said.

use crate::random::Random;

/// How one office writes; the same throughout a document.
#[derive(Clone, Copy, Debug)]
pub struct Wording {
    /// `(类)` for `（类）`.
    half_brackets: bool,
    /// `５６２８．１６` for `5628.16`, now and then.
    wide_digits: bool,
    /// `％` for `%`.
    wide_percent: bool,
    /// `5628.16 万元` for `5628.16万元`.
    spaces: bool,
    /// `增长` and `下降` by their synonyms.
    synonyms: bool,
}

/// Words that mean the same wherever the sentences of a document use them.
const SYNONYMS: [(&str, &str); 4] = [
    ("与2023年度相比", "与上年相比"),
    ("，下降", "，降低"),
    ("万元，增长", "万元，上升"),
    ("主要原因是", "主要是由于"),
];

/// Every this many digits one number is written wide.
const WIDE_ONE_IN: i64 = 4;

impl Wording {
    /// A way of writing by chance.
    pub fn by_chance(random: &mut Random) -> Wording {
        let mut coin = || random.between(0, 1) == 1;
        Wording { half_brackets: coin(), wide_digits: coin(), wide_percent: coin(), spaces: coin(), synonyms: coin() }
    }

    /// The text in this way of writing.
    pub fn write(self, text: &str, random: &mut Random) -> String {
        let mut text = text.to_owned();
        if self.synonyms {
            text = SYNONYMS.iter().fold(text, |text, (plain, other)| text.replace(plain, other));
        }
        if self.half_brackets {
            text = text.replace('（', "(").replace('）', ")");
        }
        let mut out = String::new();
        let mut wide = false;
        let mut inside = false;
        for c in text.chars() {
            let number = c.is_ascii_digit() || (inside && c == '.');
            if number && !inside {
                wide = self.wide_digits && random.between(1, WIDE_ONE_IN) == 1;
                if self.spaces && out.chars().next_back().is_some_and(is_chinese) {
                    out.push(' ');
                }
            }
            if !number && inside && self.spaces && is_chinese(c) {
                out.push(' ');
            }
            inside = number;
            out.push(match c {
                '0'..='9' | '.' if number && wide => widened(c),
                '%' if self.wide_percent => '％',
                c => c,
            });
        }
        out
    }
}

/// The full-width form of a digit or point.
fn widened(c: char) -> char {
    u32::from(c).checked_add(0xfee0).and_then(char::from_u32).unwrap_or(c)
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_otherwise_says_the_same() {
        let all = Wording { half_brackets: true, wide_digits: true, wide_percent: true, spaces: true, synonyms: true };
        let text = "（一）支出5628.16万元，下降13.4%。";
        let written = all.write(text, &mut Random::new(3));
        let narrow: String = written
            .chars()
            .filter(|c| *c != ' ')
            .map(|c| match c {
                '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap(),
                c => c,
            })
            .collect();
        assert_eq!(narrow, "(一)支出5628.16万元,降低13.4%。");
    }
}
