//! Wording that depends on values, and how numbers print in running text: `catalog/phrases/*.toml`, one file a variant;
//! words of the levels of government (`catalog/levels.toml`) and of what money is for (`catalog/purposes.toml`).

use std::collections::BTreeMap;

use juesuan_model::Problem;
use serde::Deserialize;

use super::slot::Version;
use crate::source::{Source, stem};
use crate::template::Template;

/// What a phrase may name: the change, its rate, the completion.
pub const COMPARISON: [&str; 3] = ["变动", "变动率", "完成率"];

const FOLDER: &str = "phrases/";

/// All of them.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    /// By the key of the variant: the name of its file.
    pub variant: BTreeMap<String, Wording>,
    /// By the level of government.
    pub level: BTreeMap<String, LevelWords>,
    /// What money of a function class is for, in general words; by code.
    pub purpose: BTreeMap<String, String>,
}

impl Phrases {
    /// Reads the files.
    pub(super) fn load(source: &Source, problems: &mut Vec<Problem>) -> Phrases {
        let files = source.tomls::<Wording>(FOLDER, problems).into_iter();
        Phrases {
            variant: files.map(|(path, wording)| (stem(&path, FOLDER).to_owned(), wording)).collect(),
            level: source.toml("levels.toml", problems).unwrap_or_default(),
            purpose: source.toml("purposes.toml", problems).unwrap_or_default(),
        }
    }
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
    pub any: Option<Template>,
    /// Greater than the base.
    #[serde(default)]
    pub up: Option<Template>,
    /// Less than the base.
    #[serde(default)]
    pub down: Option<Template>,
    /// Equal, and something.
    #[serde(default)]
    pub level: Option<Template>,
    /// The base is zero and the slot is not: there is no percentage.
    #[serde(default)]
    pub from_zero: Option<Template>,
    /// Both are zero.
    #[serde(default)]
    pub nothing: Option<Template>,
}

impl Phrase {
    /// Every case that is given.
    pub fn cases(&self) -> impl Iterator<Item = &Template> {
        let all = [&self.any, &self.up, &self.down, &self.level, &self.from_zero, &self.nothing];
        all.into_iter().flatten()
    }
}

/// How the level of government is named.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelWords {
    /// 区级.
    pub name: String,
    /// 副区级.
    pub vice: String,
    /// Other words that people use for it.
    #[serde(default)]
    pub words: Vec<String>,
}
