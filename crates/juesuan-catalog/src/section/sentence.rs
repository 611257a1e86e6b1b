//! The sentence language: text with places for figures, words, causes and free text.

use juesuan_model::measure::Against;
use serde::Deserialize;

/// A parsed sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Sentence {
    /// Pieces in order.
    pub pieces: Vec<Piece>,
}

/// Which version of a slot's meaning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Version {
    /// The slot's own meaning, usually 决算.
    #[default]
    #[serde(rename = "决算")]
    Own,
    /// One year earlier.
    #[serde(rename = "上年")]
    Prior,
    /// 年初预算.
    #[serde(rename = "年初预算")]
    Initial,
    /// 全年预算.
    #[serde(rename = "全年预算")]
    FullYear,
}

/// What of a slot is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SlotMeasure {
    /// The amount or count.
    Amount(Version),
    /// Percent of the slot named in `of`.
    Share,
    /// A phrase of the variant.
    Phrase(String),
}

/// Whether a text must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Missing makes the document a draft.
    Demanded,
    /// Missing is no value: the stretch around it vanishes, or nothing is printed.
    Optional,
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Printed as it stands.
    Text(String),
    /// `{name}`, `{name.measure}`: a slot of the section, or a word.
    Place {
        /// Slot or word.
        name: String,
        /// What of it.
        measure: SlotMeasure,
    },
    /// `{@cause key slot against}`.
    Cause {
        /// Key in `[cause]`; `<编码>` and other words in angle brackets are filled in.
        key: String,
        /// What differs.
        slot: String,
        /// From what.
        against: Against,
    },
    /// `{@text key}`, `{@text? key}`.
    Narrative {
        /// Key in `[text]`.
        key: String,
        /// Demanded or not.
        need: Need,
    },
    /// `[…]`.
    Optional(Vec<Piece>),
}

/// `slot` or `slot.version`, in conditions and sums.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct SlotPath {
    /// Slot.
    pub slot: String,
    /// Version.
    pub version: Version,
}

impl Version {
    /// The version named by a word.
    pub fn parse(word: &str) -> Option<Version> {
        Some(match word {
            "决算" => Version::Own,
            "上年" => Version::Prior,
            "年初预算" => Version::Initial,
            "全年预算" => Version::FullYear,
            _ => return None,
        })
    }

    /// What a comparison with this version is a comparison against.
    pub const fn against(self) -> Option<Against> {
        match self {
            Version::Own => None,
            Version::Prior => Some(Against::PriorYear),
            Version::Initial => Some(Against::InitialBudget),
            Version::FullYear => Some(Against::FullYearBudget),
        }
    }

    /// The version that a comparison needs.
    pub const fn of(against: Against) -> Version {
        match against {
            Against::PriorYear => Version::Prior,
            Against::InitialBudget => Version::Initial,
            Against::FullYearBudget => Version::FullYear,
        }
    }
}

impl TryFrom<String> for SlotPath {
    type Error = String;

    fn try_from(text: String) -> Result<SlotPath, String> {
        let (slot, version) = match text.split_once('.') {
            None => (text.as_str(), Version::Own),
            Some((slot, word)) => {
                (slot, Version::parse(word).ok_or_else(|| format!("“{word}”不是决算、上年、年初预算或全年预算"))?)
            }
        };
        Ok(SlotPath { slot: slot.to_owned(), version })
    }
}

impl TryFrom<String> for Sentence {
    type Error = String;

    fn try_from(text: String) -> Result<Sentence, String> {
        let mut rest = text.as_str();
        let pieces = pieces(&mut rest, Depth::Outside)?;
        Ok(Sentence { pieces })
    }
}

/// Whether the parser stands inside brackets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Outside,
    Inside,
}

fn pieces(rest: &mut &str, depth: Depth) -> Result<Vec<Piece>, String> {
    let mut out = Vec::new();
    loop {
        let end = rest.find(['{', '}', '[', ']']).unwrap_or(rest.len());
        if end > 0 {
            out.push(Piece::Text(rest[..end].to_owned()));
        }
        let mark = rest[end..].chars().next();
        *rest = rest.get(end + 1..).unwrap_or("");
        match (mark, depth) {
            (None, Depth::Outside) => return Ok(out),
            (None, Depth::Inside) => return Err("“[”没有对应的“]”".to_owned()),
            (Some('{'), _) => {
                let close = rest.find('}').ok_or("“{”没有对应的“}”")?;
                out.push(place(&rest[..close])?);
                *rest = &rest[close + 1..];
            }
            (Some('['), _) => out.push(Piece::Optional(pieces(rest, Depth::Inside)?)),
            (Some(']'), Depth::Inside) => return Ok(out),
            (Some(other), _) => return Err(format!("多了一个“{other}”")),
        }
    }
}

fn place(inside: &str) -> Result<Piece, String> {
    let words: Vec<&str> = inside.split_whitespace().collect();
    match words.as_slice() {
        ["@cause", key, slot, word] => {
            let against = Version::parse(word)
                .and_then(Version::against)
                .ok_or_else(|| format!("{{{inside}}}：“{word}”不是上年、年初预算或全年预算"))?;
            Ok(Piece::Cause { key: (*key).to_owned(), slot: (*slot).to_owned(), against })
        }
        ["@text", key] => Ok(Piece::Narrative { key: (*key).to_owned(), need: Need::Demanded }),
        ["@text?", key] => Ok(Piece::Narrative { key: (*key).to_owned(), need: Need::Optional }),
        [one] if !one.starts_with('@') => Ok(match one.split_once('.') {
            None => Piece::Place { name: (*one).to_owned(), measure: SlotMeasure::Amount(Version::Own) },
            Some((name, measure)) => Piece::Place { name: name.to_owned(), measure: slot_measure(measure) },
        }),
        _ => Err(format!("不明白“{{{inside}}}”")),
    }
}

fn slot_measure(word: &str) -> SlotMeasure {
    match Version::parse(word) {
        Some(version) => SlotMeasure::Amount(version),
        None if word == "占比" => SlotMeasure::Share,
        None => SlotMeasure::Phrase(word.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Sentence, String> {
        Sentence::try_from(text.to_owned())
    }

    #[test]
    fn a_sentence_is_text_places_causes_and_optional_stretches() {
        let sentence = parse("共{合计}[，占{合计.占比}]。{@cause 收入.上年 合计 上年}{@text? 绩效.说明}").unwrap();
        let own = SlotMeasure::Amount(Version::Own);
        assert_eq!(sentence.pieces[1], Piece::Place { name: "合计".into(), measure: own });
        let Piece::Optional(inside) = &sentence.pieces[2] else { panic!() };
        assert_eq!(inside[1], Piece::Place { name: "合计".into(), measure: SlotMeasure::Share });
        let (key, slot) = ("收入.上年".into(), "合计".into());
        assert_eq!(sentence.pieces[4], Piece::Cause { key, slot, against: Against::PriorYear });
        assert_eq!(sentence.pieces[5], Piece::Narrative { key: "绩效.说明".into(), need: Need::Optional });
    }

    #[test]
    fn brackets_that_do_not_close_are_named() {
        for text in ["{合计", "[，占{合计.占比}", "多]了", "多}了", "{@cause 少了词}", "{@why 收入.上年}"]
        {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
