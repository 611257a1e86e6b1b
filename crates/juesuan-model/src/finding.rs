//! A fault of a document, as data.

use serde::{Deserialize, Serialize};

use crate::place::Place;

/// How grave. Source: `error` is certainly wrong, `warning` a reader should explain, `notice` a hint or 尾差.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Certainly wrong; nothing is publishable while one stands.
    Error,
    /// A reader should explain it.
    Warning,
    /// A hint.
    Notice,
}

impl Severity {
    /// The word for people.
    pub const fn word(self) -> &'static str {
        match self {
            Severity::Error => "错误",
            Severity::Warning => "警告",
            Severity::Notice => "提示",
        }
    }
}

/// A figure named in a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedValue {
    /// What it is.
    pub label: String,
    /// Digits.
    pub value: String,
    /// Unit word.
    pub unit: String,
}

/// One cause, with everything that shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Two letters and three digits; never reused.
    pub code: String,
    /// How grave.
    pub severity: Severity,
    /// The relation that should hold.
    pub title: String,
    /// Place, what stands there, what should and why, what to do.
    pub message: String,
    /// The figures, wrong one first.
    pub figures: Vec<NamedValue>,
    /// Their places, in the same order.
    pub places: Vec<Place>,
    /// Difference in the unit of the figures, if there is one.
    #[serde(default)]
    pub difference: Option<String>,
    /// What probably happened.
    #[serde(default)]
    pub likely_cause: Option<String>,
    /// Legal ground.
    #[serde(default)]
    pub basis: Vec<String>,
    /// The other relations that point at the same figure.
    #[serde(default)]
    pub evidence: Vec<String>,
}
