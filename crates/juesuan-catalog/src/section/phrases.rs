//! Wording that depends on values, and how numbers print in running text: `catalog/phrases.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::sentence::{Sentence, Version};

/// The whole file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    /// By the key of the variant.
    #[serde(default)]
    pub variant: BTreeMap<String, Wording>,
    /// By the level of government.
    #[serde(default)]
    pub level: BTreeMap<String, LevelWords>,
    /// What money of a function class is for, in general words; by code.
    #[serde(default)]
    pub purpose: BTreeMap<String, String>,
}

/// Wording of a variant.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// Digits behind the point of a percentage.
    pub percent_decimals: u8,
    /// Zeros at the end are dropped: 683.2, 10, 155%.
    pub trimmed: bool,
    /// Phrases by name.
    #[serde(default)]
    pub phrase: BTreeMap<String, Phrase>,
}

/// A phrase `{slot.name}`: the slot compared with a version of itself. Inside, `{变动}` is the difference without its
/// sign, `{变动率}` its percentage of the base, `{完成率}` the slot in percent of the base. A case that is not given has
/// no value: the stretch around it vanishes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// Compared with.
    pub against: Version,
    /// Greater, less or equal, unless one of these says otherwise.
    #[serde(default)]
    pub any: Option<Sentence>,
    /// Greater than the base.
    #[serde(default)]
    pub up: Option<Sentence>,
    /// Less than the base.
    #[serde(default)]
    pub down: Option<Sentence>,
    /// Equal, and something.
    #[serde(default)]
    pub level: Option<Sentence>,
    /// The base is zero and the slot is not: there is no percentage.
    #[serde(default)]
    pub from_zero: Option<Sentence>,
    /// Both are zero.
    #[serde(default)]
    pub nothing: Option<Sentence>,
}

/// How the level of government is named.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelWords {
    /// 区级.
    pub name: String,
    /// 副区级.
    pub vice: String,
}
