//! How values that are aimed at or reached are written: `catalog/performance/values.toml`.

use std::collections::BTreeMap;

use juesuan_model::{Operator, Problem};
use juesuan_text::plain;
use serde::Deserialize;

use crate::source::Source;

const PATH: &str = "performance/values.toml";

/// How values that are aimed at or reached are written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueWords {
    /// Words before a number.
    pub before: Vec<OperatorWords>,
    /// Words behind a number and its unit.
    pub behind: Vec<OperatorWords>,
    /// Ranges and units.
    pub number: ValueNumber,
}

/// Words that say how a number is meant.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperatorWords {
    /// How it is meant.
    pub operator: Operator,
    /// Spellings, in half-width signs and without spaces.
    pub words: Vec<String>,
    /// True for words that are read at the end of a value and not in running text.
    #[serde(default)]
    pub value: bool,
}

/// Ranges and units of values.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueNumber {
    /// Between the numbers of a range; the first that is found counts.
    pub upto: Vec<String>,
    /// Units of time that are no dates.
    pub periods: Vec<String>,
    /// Number from which on even a period is a date.
    pub dates_from: i64,
    /// Beginnings of units of numbers that are not exact.
    pub about_first: Vec<String>,
    /// Endings of the same.
    pub about_last: Vec<String>,
    /// Characters that no unit has.
    pub no_unit: String,
    /// Longest unit, in characters.
    pub unit_length: usize,
    /// Ends of units that say for how long.
    pub per: Vec<String>,
}

impl ValueWords {
    /// Reads the file; a word with two senses, one that no printed text can match, and an operator that no word says are
    /// problems.
    pub fn load(source: &Source, problems: &mut Vec<Problem>) -> ValueWords {
        let words: ValueWords = source.toml(PATH, problems).unwrap_or_default();
        for side in [&words.before, &words.behind] {
            for (word, message) in faults(side) {
                problems.push(source.fault(PATH, &[word], &message));
            }
        }
        words
    }

    /// The longest word that a value begins with, and its sense.
    pub fn first_of(&self, value: &str) -> Option<(Operator, &str)> {
        longest(&self.before, |word| value.starts_with(word))
    }

    /// The longest word that a value ends with, and its sense.
    pub fn last_of(&self, value: &str) -> Option<(Operator, &str)> {
        longest(&self.behind, |word| value.ends_with(word))
    }

    /// Words behind a number that make a limit of it in running text.
    pub fn limits(&self) -> impl Iterator<Item = &str> {
        self.behind.iter().filter(|entry| !entry.value).flat_map(|entry| &entry.words).map(String::as_str)
    }
}

fn longest(entries: &[OperatorWords], fits: impl Fn(&str) -> bool) -> Option<(Operator, &str)> {
    let words = entries.iter().flat_map(|entry| entry.words.iter().map(|word| (entry.operator, word.as_str())));
    words.filter(|(_, word)| fits(word)).max_by_key(|(_, word)| word.len())
}

/// The words in which something is wrong, and what.
fn faults(entries: &[OperatorWords]) -> Vec<(&str, String)> {
    let mut faults = Vec::new();
    let mut known: BTreeMap<&str, Operator> = BTreeMap::new();
    for entry in entries {
        for word in &entry.words {
            if word.is_empty() || plain(word) != *word {
                faults.push((word.as_str(), format!("“{word}”要用半角符号书写，不带空格，否则读不到")));
            }
            if known.insert(word, entry.operator).is_some_and(|before| before != entry.operator) {
                faults.push((word.as_str(), format!("“{word}”有两种意思，请只留一处")));
            }
            if entry.operator == Operator::Between {
                faults.push((word.as_str(), "区间由 upto 的词读出，不写在这里".to_owned()));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_cannot_be_read_or_have_two_senses_are_faults() {
        let entry = |operator, word: &str| OperatorWords { operator, words: vec![word.to_owned()], value: false };
        let entries = [
            entry(Operator::AtLeast, "不少于"),
            entry(Operator::AtMost, "不少于"),
            entry(Operator::AtLeast, "（含）以上"),
            entry(Operator::Between, "介于"),
        ];
        let wrong: Vec<&str> = faults(&entries).into_iter().map(|(word, _)| word).collect();
        assert_eq!(wrong, ["不少于", "（含）以上", "介于"]);
    }

    #[test]
    fn the_longest_word_counts_and_short_endings_are_no_limits_of_sentences() {
        let mut problems = Vec::new();
        let words = ValueWords::load(&Source::embedded(), &mut problems);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(words.first_of("小于等于5天"), Some((Operator::AtMost, "小于等于")));
        assert_eq!(words.last_of("12个及以上"), Some((Operator::AtLeast, "及以上")));
        assert_eq!(words.last_of("15日内"), Some((Operator::AtMost, "内")));
        assert!(words.limits().any(|word| word == "以内") && !words.limits().any(|word| word == "内"));
    }
}
