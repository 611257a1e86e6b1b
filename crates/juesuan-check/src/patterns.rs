//! The patterns of a parameter of a rule, compiled once a run.

use std::sync::Arc;

use regex::{Captures, Match, Regex};

/// A pattern of a rule.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    /// Compiled.
    pub(crate) regex: Arc<Regex>,
    /// Whether it has a year as its group.
    pub(crate) dated: bool,
    /// Its number in the list of the rule.
    pub(crate) number: usize,
}

/// Patterns of a rule.
#[derive(Clone, Debug, Default)]
pub(crate) struct Patterns {
    /// Each.
    pub(crate) each: Vec<Pattern>,
    /// All of them in one.
    pub(crate) any: Option<Arc<Regex>>,
}

impl Patterns {
    /// Whether one of them may fit.
    pub(crate) fn any(&self, text: &str) -> bool {
        !self.each.is_empty() && self.any.as_ref().is_none_or(|any| any.is_match(text))
    }

    /// Whether one of them finds something.
    pub(crate) fn find(&self, text: &str) -> bool {
        self.any(text) && self.each.iter().any(|one| one.regex.captures_iter(text).any(|found| value(&found).is_some()))
    }
}

/// What a pattern has found: its first group, or all of it where it has no group. Where it has one, but nothing of it is
/// there, it found what it should pass over.
pub(crate) fn value<'t>(captures: &Captures<'t>) -> Option<Match<'t>> {
    captures.get(usize::from(captures.len() > 1))
}
