//! What makes a target vague.

use serde::Deserialize;

/// Words and bounds by which vague targets are found.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VagueWords {
    /// Targets that say nothing that could be measured: 完成, 达标.
    pub empty: Vec<String>,
    /// Second levels whose targets are numbers: 数量指标.
    pub counted: Vec<String>,
    /// A name with one of these says what its percent is of: 办结率.
    pub rates: Vec<String>,
    /// Names of indicators of which less is better: with one of these, no target is a lower bound.
    pub less_is_better: Vec<String>,
    /// Names with one of these are exempt from it: 降低率 says itself that it should grow.
    pub except: Vec<String>,
    /// Names of the first level.
    pub first: Vec<String>,
    /// Names of the second level.
    pub second: Vec<String>,
    /// Percent of the points of all indicators above which one has too many.
    pub weight_percent: i64,
}
