//! The patterns of a parameter of a rule, made once for a document.

use std::sync::Arc;

use regex::{Captures, Match, Regex};

use crate::passages::Passage;
use crate::sought::{Letters, Sought};

/// A pattern of a rule.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    /// The expression.
    sought: Arc<Sought>,
    /// Whether it has a year as its group.
    pub(crate) dated: bool,
    /// Its number in the list of the rule.
    pub(crate) number: usize,
}

/// Patterns of a rule.
#[derive(Clone, Debug, Default)]
pub(crate) struct Patterns {
    /// Each.
    each: Vec<Pattern>,
    /// Those that may fit a text of the document.
    here: Vec<Pattern>,
}

impl Pattern {
    /// The expression, the number of its list, and whether it has a year as its group.
    pub(crate) const fn new(sought: Arc<Sought>, dated: bool, number: usize) -> Pattern {
        Pattern { sought, dated, number }
    }
}

impl Patterns {
    /// Patterns for a document of these letters.
    pub(crate) fn new(each: Vec<Pattern>, document: &Letters) -> Patterns {
        let here = each.iter().filter(|one| one.sought.may_be_in(document)).cloned().collect();
        Patterns { each, here }
    }

    /// Those that may fit a text of the document, with their expressions.
    pub(crate) fn within<'p>(&'p self, passage: &'p Passage<'_>) -> impl Iterator<Item = (&'p Pattern, &'p Regex)> {
        self.here.iter().filter_map(|one| Some((one, &**one.sought.within(passage.text(), passage.letters())?)))
    }

    /// Whether one of them finds something in a text of the document.
    pub(crate) fn find_in(&self, passage: &Passage<'_>) -> bool {
        self.within(passage).any(|(_, regex)| finds(regex, passage.text()))
    }

    /// Whether one of them finds something in any text.
    pub(crate) fn find(&self, text: &str) -> bool {
        self.each_in(text).any(|regex| finds(regex, text))
    }

    /// What the first that fits a text fits there.
    pub(crate) fn first<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.each_in(text).find_map(|regex| Some(regex.find(text)?.as_str()))
    }

    fn each_in(&self, text: &str) -> impl Iterator<Item = &Regex> {
        let letters = Letters::of(std::iter::once(text));
        self.each.iter().filter_map(move |one| Some(&**one.sought.within(text, &letters)?))
    }
}

fn finds(regex: &Regex, text: &str) -> bool {
    regex.captures_iter(text).any(|found| value(&found).is_some())
}

/// What a pattern has found: its first group, or all of it where it has no group. Where it has one, but nothing of it is
/// there, it found what it should pass over.
pub(crate) fn value<'t>(captures: &Captures<'t>) -> Option<Match<'t>> {
    captures.get(usize::from(captures.len() > 1))
}
