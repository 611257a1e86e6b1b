//! What of a figure a sentence, a condition or a sum asks for: a version of it, its share, a phrase.

use juesuan_model::measure::Against;
use serde::Deserialize;

use crate::template::Name;

/// Property of a slot: percent of the slot named in `of`.
pub const SHARE: &str = "占比";

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotMeasure<'n> {
    /// The amount or count.
    Amount(Version),
    /// Percent of the slot named in `of`.
    Share,
    /// A phrase of the variant.
    Phrase(&'n str),
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
    /// Every version by its word.
    pub const WORDS: [(&'static str, Version); 4] = [
        ("决算", Version::Own),
        ("上年", Version::Prior),
        ("年初预算", Version::Initial),
        ("全年预算", Version::FullYear),
    ];

    fn parse(word: &str) -> Option<Version> {
        Version::WORDS.iter().find(|(own, _)| *own == word).map(|(_, version)| *version)
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
}

impl<'n> SlotMeasure<'n> {
    /// What a name in a sentence asks of its slot.
    pub fn of(name: &'n Name) -> SlotMeasure<'n> {
        match name.property.as_str() {
            "" => SlotMeasure::Amount(Version::Own),
            SHARE => SlotMeasure::Share,
            word => Version::parse(word).map_or(SlotMeasure::Phrase(word), SlotMeasure::Amount),
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
