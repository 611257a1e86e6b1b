//! Which property of a meaning a figure prints.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::meaning::Meaning;

/// What a change or a rate is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
pub enum Against {
    /// The same meaning one year earlier.
    #[serde(rename = "上年")]
    PriorYear,
    /// The budget approved at the start of the year.
    #[serde(rename = "年初预算")]
    InitialBudget,
    /// The budget after all changes of the year.
    #[serde(rename = "全年预算")]
    FullYearBudget,
}

/// Property of a meaning.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Money.
    Amount,
    /// Money more (+) or less (−) than `against`. The printed figure may stand without its sign beside a
    /// direction word; the figure always carries the sign.
    Change(Against),
    /// The change in percent of what it is compared with, with its sign.
    Growth(Against),
    /// Percent of the amount of `of`.
    Share {
        /// The whole.
        of: Box<Meaning>,
    },
    /// The amount in percent of `against`.
    Completion(Against),
    /// Number of things.
    Count,
    /// Points.
    Score,
}
