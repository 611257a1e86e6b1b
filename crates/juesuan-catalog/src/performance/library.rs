//! The library of usual indicators: `catalog/performance/library/*.toml`, placed in the trees of `tree.toml`.
//!
//! A record is a row that an accountant copies: where it stands, what is counted, how, and what proves it. It never says
//! how much is aimed at: that is for the department to decide.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::{Operator, Problem};
use juesuan_text::plain;
use serde::Deserialize;

use super::RateSpec;
use crate::source::Source;

const FOLDER: &str = "performance/library/";
const TREES: &str = "performance/tree.toml";

/// For what an indicator is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
pub enum IndicatorUse {
    /// The whole department or unit.
    #[serde(rename = "整体")]
    Whole,
    /// One project.
    #[default]
    #[serde(rename = "项目")]
    Project,
    /// Either.
    #[serde(rename = "两者")]
    Both,
}

impl IndicatorUse {
    /// True if an indicator for this is of use to who asks for `wanted`.
    pub fn serves(self, wanted: IndicatorUse) -> bool {
        self == wanted || self == IndicatorUse::Both || wanted == IndicatorUse::Both
    }

    /// As people read it.
    pub const fn word(self) -> &'static str {
        match self {
            IndicatorUse::Whole => "整体",
            IndicatorUse::Project => "项目",
            IndicatorUse::Both => "整体、项目",
        }
    }
}

/// In which direction an indicator is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
pub enum IndicatorDirection {
    /// More is better.
    #[serde(rename = "正向")]
    More,
    /// Less is better.
    #[serde(rename = "反向")]
    Less,
    /// It has no number.
    #[serde(rename = "定性")]
    Words,
}

impl IndicatorDirection {
    /// As people read it.
    pub const fn word(self) -> &'static str {
        match self {
            IndicatorDirection::More => "正向",
            IndicatorDirection::Less => "反向",
            IndicatorDirection::Words => "定性",
        }
    }
}

/// A usual third-level indicator.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsualIndicator {
    /// Path of its file in the catalogue.
    #[serde(skip)]
    pub file: String,
    /// Its name.
    pub name: String,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// First and second level.
    pub path: [String; 2],
    /// For what it is used; the file says it where the record does not.
    #[serde(default, rename = "for")]
    pub scope: Option<IndicatorUse>,
    /// In which kinds of work: 会议, 培训, 信息化 …
    pub fields: Vec<String>,
    /// 绩效基本型 or 绩效创新型; filled when it is loaded.
    #[serde(default)]
    pub class: String,
    /// In which direction it is better.
    pub direction: IndicatorDirection,
    /// What is counted; empty for words.
    #[serde(default)]
    pub unit: String,
    /// How its target is usually meant; `None` for words.
    #[serde(default)]
    pub operator: Option<Operator>,
    /// How its points are given: one of the words of the catalogue's methods.
    pub method: String,
    /// What is aimed at in words, for an indicator without a number.
    #[serde(default)]
    pub usual: String,
    /// Name of the rate or count that gives what was reached; empty if it must be entered.
    #[serde(default)]
    pub computed: String,
    /// What is judged, or the formula. That of a rate is the rate's own.
    #[serde(default)]
    pub point: String,
    /// What usually proves it.
    pub evidence: String,
    /// Words by which it is found.
    #[serde(default)]
    pub keywords: Vec<String>,
}

impl UsualIndicator {
    /// For what it is used.
    pub fn scope(&self) -> IndicatorUse {
        self.scope.unwrap_or_default()
    }
}

/// The first two levels of indicators of a scheme.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorTree {
    /// Key.
    pub key: String,
    /// For people.
    pub name: String,
    /// What it rests on.
    pub basis: String,
    /// First level, in the order of the form.
    pub level: Vec<IndicatorLevel>,
}

impl IndicatorTree {
    /// Where it puts a first and second level, for sorting: place of the first level, then of the second below it. A level may be
    /// written without the word that all of one level end with (产出 for 产出指标). `None` for a first level that it has not;
    /// without a first level that which has the second.
    pub fn rank(&self, first: &str, second: &str) -> Option<(usize, usize)> {
        let holds = |level: &IndicatorLevel| match first.is_empty() {
            true => level.below.iter().any(|name| is_level(name, second)),
            false => is_level(&level.name, first),
        };
        let at = self.level.iter().position(holds)?;
        let place = self.level.get(at)?.below.iter().position(|name| is_level(name, second));
        Some((at, place.unwrap_or(usize::MAX)))
    }
}

/// A first-level indicator with those below it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorLevel {
    /// Its name.
    pub name: String,
    /// Second level, in the order of the form.
    pub below: Vec<String>,
}

/// All usual indicators, in the order of the files.
#[derive(Clone, Debug, Default)]
pub struct Library {
    indicators: Vec<UsualIndicator>,
    /// Every name with the place of its indicator.
    names: BTreeMap<String, usize>,
    trees: Vec<IndicatorTree>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LibraryFile {
    #[serde(rename = "for")]
    scope: IndicatorUse,
    indicator: Vec<UsualIndicator>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct TreeFile {
    /// Class of an indicator that names none.
    class: String,
    tree: Vec<IndicatorTree>,
}

impl Library {
    /// Reads the library. A name used twice, a place that no tree has and a number without unit are problems.
    pub fn load(source: &Source, rates: &[RateSpec], problems: &mut Vec<Problem>) -> Library {
        let TreeFile { class, tree: trees } = source.toml(TREES, problems).unwrap_or_default();
        let mut library = Library { trees, ..Library::default() };
        for (path, file) in source.tomls::<LibraryFile>(FOLDER, problems) {
            for mut indicator in file.indicator {
                indicator.file.clone_from(&path);
                indicator.scope.get_or_insert(file.scope);
                if indicator.class.is_empty() {
                    indicator.class.clone_from(&class);
                }
                if indicator.point.is_empty() {
                    let own = &indicator.computed;
                    let rate = rates.iter().find(|rate| rate.key == *own || rate.names.contains(own));
                    indicator.point = rate.map(|rate| rate.point.clone()).unwrap_or_default();
                }
                for (word, message) in library.faults(&indicator) {
                    let message = format!("指标“{}”{message}", indicator.name);
                    problems.push(source.fault(&path, &[&indicator.name, &word], message));
                }
                for name in std::iter::once(&indicator.name).chain(&indicator.aliases) {
                    library.names.entry(name.clone()).or_insert(library.indicators.len());
                }
                library.indicators.push(indicator);
            }
        }
        library
    }

    /// What is wrong with an indicator that is to join those read so far, each with the word that is wrong.
    fn faults(&self, new: &UsualIndicator) -> Vec<(String, String)> {
        let mut out = Vec::new();
        for name in std::iter::once(&new.name).chain(&new.aliases) {
            if let Some(other) = self.get(name) {
                out.push((name.clone(), format!("的名称“{name}”已属于指标“{}”，请改其中一个", other.name)));
            }
        }
        let [first, second] = &new.path;
        let known = |tree: &IndicatorTree| tree.level.iter().any(|l| l.name == *first && l.below.contains(second));
        if !self.trees.iter().any(known) {
            out.push(("path".to_owned(), format!("的层级“{first}／{second}”不在 tree.toml 里，请改 path")));
        }
        let words = new.direction == IndicatorDirection::Words;
        if words != new.operator.is_none() || words != new.unit.is_empty() || words == new.usual.is_empty() {
            let message = "应写 unit 和 operator（定量），或只写 usual（定性）";
            out.push(("direction".to_owned(), message.to_owned()));
        }
        if new.point.is_empty() {
            let message = "没有评价要点：请写 point，或在 computed 写一个内置比率的名称";
            out.push(("computed".to_owned(), message.to_owned()));
        }
        out
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &UsualIndicator> {
        self.indicators.iter()
    }

    /// The first two levels of every scheme.
    pub fn trees(&self) -> &[IndicatorTree] {
        &self.trees
    }

    /// The second levels that the schemes have below a first level, or all first levels for a text that is none; each once.
    pub fn levels(&self, first: &str) -> Vec<&str> {
        let levels = || self.trees.iter().flat_map(|tree| &tree.level);
        let below: Vec<&str> = levels()
            .filter(|level| !first.is_empty() && is_level(&level.name, first))
            .flat_map(|level| level.below.iter().map(String::as_str))
            .collect();
        let all = if below.is_empty() { levels().map(|level| level.name.as_str()).collect() } else { below };
        let mut seen = BTreeSet::new();
        all.into_iter().filter(|name| seen.insert(*name)).collect()
    }

    /// The indicator with this name or one of its other names, as printed.
    pub fn get(&self, name: &str) -> Option<&UsualIndicator> {
        self.names.get(name).and_then(|place| self.indicators.get(*place))
    }

    /// Names and other names of the indicators that serve `scope`.
    pub fn names(&self, scope: IndicatorUse) -> impl Iterator<Item = &str> {
        let those = self.indicators.iter().filter(move |own| own.scope().serves(scope));
        those.flat_map(|own| std::iter::once(&own.name).chain(&own.aliases)).map(String::as_str)
    }

    /// The indicators in which every word is found, the best first: words in the name stand before those in another name,
    /// these before keywords and fields of use, these before levels and explanation. Words are parted by blanks
    /// or commas; width
    /// of characters, letter case and quotation marks make no difference. No word: all of them.
    pub fn search(&self, words: &str) -> Vec<&UsualIndicator> {
        let words: Vec<String> =
            words.split([' ', '\u{3000}', '\t', '、', '，', ',']).map(plain).filter(|word| !word.is_empty()).collect();
        let mut found: Vec<(u32, &UsualIndicator)> = self
            .indicators
            .iter()
            .filter_map(|own| Some((words.iter().map(|word| rank(own, word)).sum::<Option<u32>>()?, own)))
            .collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, own)| own).collect()
    }
}

/// True for a level, and for the beginning of its name.
fn is_level(name: &str, entry: &str) -> bool {
    let entry = plain(entry);
    !entry.is_empty() && (name == entry || name.starts_with(&entry))
}

/// How far from the name a word is found: 0 is the name itself; `None`: nowhere.
fn rank(own: &UsualIndicator, word: &str) -> Option<u32> {
    let within = |text: &String| folded(text).contains(word);
    let [first, second] = &own.path;
    if folded(&own.name) == word {
        Some(0)
    } else if own.aliases.iter().any(|alias| folded(alias) == word) {
        Some(1)
    } else if within(&own.name) {
        Some(2)
    } else if own.aliases.iter().any(within) {
        Some(3)
    } else if own.keywords.iter().chain(&own.fields).any(within) {
        Some(4)
    } else if [first, second, &own.point, &own.evidence, &own.computed].into_iter().any(within) {
        Some(5)
    } else {
        None
    }
}

/// A text without what is written in more than one way: as compared, in small letters, without commas.
fn folded(text: &str) -> String {
    plain(text).chars().filter(|c| !matches!(c, '、' | '，')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests;
