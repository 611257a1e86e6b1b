//! What is said of a meaning without a figure.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::meaning::Meaning;
use crate::measure::Against;
use crate::place::Place;
use crate::seen::Seen;

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Statement {
    /// There is none: "无政府性基金预算财政拨款收入".
    Absent,
    /// There is some.
    Present,
    /// 增加, 增长, 大于 or an equivalent.
    Up(Against),
    /// 减少, 下降, 小于.
    Down(Against),
    /// 持平, 等于.
    Level(Against),
    /// A cause of the difference is given; the text is the cause.
    Cause(Against, String),
    /// A cause of the difference is demanded by the template and nobody gave one.
    CauseMissing(Against),
}

/// A statement about one or several meanings at a place.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Claim {
    /// Of what.
    pub meanings: Vec<Meaning>,
    /// What is said.
    pub statement: Statement,
    /// Where.
    pub place: Place,
    /// How it was seen.
    #[serde(default, skip_serializing_if = "Seen::is_text")]
    pub seen: Seen,
}
