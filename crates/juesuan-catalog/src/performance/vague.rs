//! What makes a target vague.

use juesuan_model::Problem;
use serde::Deserialize;

use crate::source::Source;
use crate::template::{Allowed, Template};

const FILE: &str = "performance/vague.toml";

/// Words and bounds by which vague targets are found.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VagueWords {
    /// Targets that say nothing that could be measured: 完成, 达标.
    #[serde(deserialize_with = "crate::compared::words")]
    pub empty: Vec<String>,
    /// Second levels whose targets are numbers: 数量指标.
    #[serde(deserialize_with = "crate::compared::words")]
    pub counted: Vec<String>,
    /// A name with one of these says what its percent is of: 办结率.
    pub rates: Vec<String>,
    /// Names of indicators of which less is better: with one of these, no target is a lower bound.
    #[serde(deserialize_with = "crate::compared::words")]
    pub less_is_better: Vec<String>,
    /// Names with one of these are exempt from it: 降低率 says itself that it should grow.
    #[serde(deserialize_with = "crate::compared::words")]
    pub except: Vec<String>,
    /// Names of the first level.
    #[serde(deserialize_with = "crate::compared::words")]
    pub first: Vec<String>,
    /// Names of the second level.
    #[serde(deserialize_with = "crate::compared::words")]
    pub second: Vec<String>,
    /// Percent of the points of all indicators above which one has too many.
    pub weight_percent: i64,
    /// What is said of each.
    pub says: VagueSays,
}

/// A sentence for each way in which a target is vague.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct VagueSays {
    /// It has no name.
    pub nameless: Template,
    /// Another one has the same name.
    pub double: Template,
    /// The tree does not have its level.
    pub misplaced: Template,
    /// It has no value.
    pub valueless: Template,
    /// Its number has no unit.
    pub unitless: Template,
    /// A percentage of nobody knows what.
    pub share: Template,
    /// A word where a number should stand.
    pub wordy: Template,
    /// A word that nobody can measure.
    pub empty: Template,
    /// A lower bound of what should be small.
    pub lower_bound: Template,
    /// An exact number of it.
    pub exact: Template,
    /// It has more of the points than all others together.
    pub heavy: Template,
}

impl VagueWords {
    /// Reads the file. Sentences that name what they are not given are problems.
    pub(super) fn load(source: &Source, problems: &mut Vec<Problem>) -> VagueWords {
        let words: VagueWords = source.toml(FILE, problems).unwrap_or_default();
        let says = &words.says;
        let valued = [&says.unitless, &says.share, &says.wordy, &says.empty];
        let turned = [&says.lower_bound, &says.exact];
        let given = [
            (&says.nameless, ""),
            (&says.double, "名称 第几"),
            (&says.misplaced, "级别 名称 可以写"),
            (&says.valueless, ""),
        ]
        .into_iter()
        .chain(valued.map(|template| (template, "指标值")))
        .chain(turned.map(|template| (template, "词 指标值")))
        .chain([(&says.heavy, "分值 合计 占比 上限")]);
        for (template, names) in given {
            Allowed::default().names(names.split_whitespace()).check(template, FILE, source, problems);
        }
        words
    }
}
