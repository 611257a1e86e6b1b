//! Names, trades and wording, as `plans/load.toml` gives them.

use serde::Deserialize;

use crate::load::budget::BudgetWords;
use crate::random::Random;

/// The file.
const FILE: &str = include_str!("../../plans/load.toml");

/// What stands for a name of a village in the parts of a text.
const PLACE: &str = "{place}";

/// All of the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Provinces, by the names with which documents begin.
    pub provinces: Vec<String>,
    /// First characters of names.
    pub first: Vec<String>,
    /// Second characters of names.
    pub second: Vec<String>,
    /// What the made department says.
    pub base: Base,
    /// What a budget says.
    pub budget: BudgetWords,
    /// Trades of departments.
    #[serde(rename = "trade")]
    pub trades: Vec<Trade>,
    /// Kinds of texts that are each body's own.
    #[serde(rename = "wording")]
    pub wordings: Vec<Wording>,
}

/// What the made department says, so that something else can stand for it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Base {
    /// Its city.
    pub place: String,
    /// The county that stands for the city in moulds.
    pub county: String,
    /// Its level and that of the county, as lines of `department.toml`.
    pub level: [String; 2],
    /// 类 of its own 项.
    pub class: String,
    /// 项 of its trade.
    pub codes: Vec<String>,
    /// Names and duties of its trade.
    pub words: Vec<String>,
}

/// A trade: what stands for the codes and words of the base, one for one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trade {
    /// Name in programs.
    pub key: String,
    /// 类.
    pub class: String,
    /// 项.
    pub codes: Vec<String>,
    /// Names and duties: its organ with 县 before it and alone, its units, and so on.
    pub words: Vec<String>,
}

impl Trade {
    /// The name of its organ without the region.
    pub fn organ(&self) -> &str {
        self.words.get(1).map_or("", String::as_str)
    }
}

/// A kind of text and the parts it is put together of.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// What it is: a cause, a goal, a paragraph, or something short.
    pub kind: Kind,
    /// Keys of the narrative that have such a text; `*` at the end stands for anything.
    pub keys: Vec<String>,
    /// Parts one after another, of each one by chance.
    pub parts: Vec<Vec<String>>,
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Why something changed.
    Cause,
    /// What a project was to reach and did.
    Goal,
    /// A statement of some length.
    Paragraph,
    /// What money is for.
    Purpose,
    /// Whom or what something served.
    Use,
    /// The name of a thing.
    Thing,
}

impl Kind {
    /// Name in the lists of what is true; `None` for what is too short to be copied from somebody.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Kind::Cause => Some("cause"),
            Kind::Goal => Some("goal"),
            Kind::Paragraph => Some("paragraph"),
            Kind::Purpose | Kind::Use | Kind::Thing => None,
        }
    }
}

impl Words {
    /// The words of the repository.
    ///
    /// # Errors
    /// The file is not valid.
    pub fn load() -> Result<Words, toml::de::Error> {
        toml::from_str(FILE)
    }

    /// How many names there are.
    pub fn names(&self) -> usize {
        self.first.len() * self.second.len()
    }

    /// A name by its number; the numbers below [`Words::names`] give all of them, neighbours unlike each other.
    pub fn name(&self, number: usize) -> String {
        // A step that shares no factor with the number of names.
        const STEP: usize = 7_919;
        let at = (number % self.names().max(1)) * STEP % self.names().max(1);
        let first = self.first.get(at % self.first.len().max(1));
        let second = self.second.get(at / self.first.len().max(1));
        [first, second].into_iter().flatten().map(String::as_str).collect()
    }

    /// The number of the kind of text that a key of the narrative has.
    pub fn wording(&self, key: &str) -> Option<usize> {
        let fits = |pattern: &String| match pattern.strip_suffix('*') {
            Some(start) => key.starts_with(start),
            None => key == pattern,
        };
        // An exact key counts before a pattern.
        let exact = self.wordings.iter().position(|wording| wording.keys.iter().any(|pattern| pattern == key));
        exact.or_else(|| self.wordings.iter().position(|wording| wording.keys.iter().any(fits)))
    }

    /// A text of a kind by chance.
    pub fn text(&self, wording: usize, random: &mut Random) -> String {
        let mut out = String::new();
        for part in self.wordings.get(wording).into_iter().flat_map(|wording| &wording.parts) {
            let mut rest = part.get(below(random, part.len())).map_or("", String::as_str);
            while let Some((before, after)) = rest.split_once(PLACE) {
                out.push_str(before);
                out.push_str(&self.name(below(random, self.names())));
                rest = after;
            }
            out.push_str(rest);
        }
        out
    }
}

/// A number below a limit by chance; 0 if there is none.
pub fn below(random: &mut Random, limit: usize) -> usize {
    let last = i64::try_from(limit).unwrap_or(i64::MAX) - 1;
    usize::try_from(random.between(0, last)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop")]
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_trade_has_something_for_each_word_and_code_of_the_base() {
        let words = Words::load().unwrap();
        for trade in &words.trades {
            assert_eq!(trade.words.len(), words.base.words.len(), "{}", trade.key);
            let codes: BTreeSet<&String> = trade.codes.iter().collect();
            assert_eq!(codes.len(), words.base.codes.len(), "{}", trade.key);
            assert!(codes.iter().all(|code| code.starts_with(trade.class.as_str())), "{}", trade.key);
        }
    }

    #[test]
    fn every_number_has_a_name_of_its_own() {
        let words = Words::load().unwrap();
        let names: BTreeSet<String> = (0..words.names()).map(|number| words.name(number)).collect();
        assert_eq!(names.len(), words.names());
        assert!(names.len() > 2000 && names.iter().all(|name| name.chars().count() == 2));
    }

    #[test]
    fn two_texts_of_a_kind_are_hardly_ever_the_same() {
        let words = Words::load().unwrap();
        let kinds: Vec<usize> =
            (0..words.wordings.len()).filter(|at| words.wordings[*at].kind.name().is_some()).collect();
        let mut random = Random::new(5);
        for kind in kinds {
            let texts: BTreeSet<String> = (0..20_000).map(|_| words.text(kind, &mut random)).collect();
            assert_eq!(texts.len(), 20_000, "{:?}", words.wordings[kind].keys);
        }
    }
}
