//! The patterns of a parameter of a rule, compiled once a run.

use std::sync::Arc;

use regex::Regex;

/// Patterns of a rule.
#[derive(Clone, Debug, Default)]
pub(crate) struct Patterns {
    /// Each, with whether it has a year as its group.
    pub(crate) each: Vec<(Arc<Regex>, bool)>,
    /// All of them in one.
    pub(crate) any: Option<Arc<Regex>>,
}

impl Patterns {
    /// Whether one of them fits.
    pub(crate) fn any(&self, text: &str) -> bool {
        !self.each.is_empty() && self.any.as_ref().is_none_or(|any| any.is_match(text))
    }
}
