//! What stands around a place of a formula while it is read: the names that are allowed there, and the refusal of others.

use std::cell::OnceCell;

use winnow::error::{ErrMode, ParserError};
use winnow::prelude::*;
use winnow::stream::LocatingSlice;

use super::having::Having;
use super::resolve::Names;
use super::things::{Field, Property, Set};

/// What may be asked everywhere: what the document is.
const FINAL: &str = "是决算文件";

/// The text of a formula, with the position reached.
pub(super) type Input<'i> = LocatingSlice<&'i str>;

/// Something read, or a refusal.
pub(super) type Parsed<T> = Result<T, ErrMode<Refusal>>;

/// Why a text is refused.
#[derive(Clone, Debug, Default)]
pub(super) struct Refusal {
    /// What should stand here; empty where nobody said it.
    pub(super) expected: String,
    /// Byte at which it stands, where that is not the place reached.
    pub(super) at: Option<usize>,
    /// Says all by itself.
    pub(super) whole: String,
}

impl<I: winnow::stream::Stream> ParserError<I> for Refusal {
    type Inner = Refusal;

    fn from_input(_: &I) -> Refusal {
        Refusal::default()
    }

    fn into_inner(self) -> Result<Refusal, Refusal> {
        Ok(self)
    }

    fn or(self, other: Refusal) -> Refusal {
        if other.expected.is_empty() { self } else { other }
    }
}

/// A final refusal: something else should stand here.
pub(super) fn refuse<T>(expected: impl Into<String>) -> Parsed<T> {
    Err(ErrMode::Cut(Refusal { expected: expected.into(), ..Refusal::default() }))
}

/// Something else may stand here.
pub(super) fn other<T>() -> Parsed<T> {
    Err(ErrMode::Backtrack(Refusal::default()))
}

/// What may be named at a place: the members of the sets around it, the innermost last.
#[derive(Clone)]
pub(super) struct Scope<'s> {
    /// What names in brackets may stand for.
    pub(super) names: Names<'s>,
    /// The sets.
    pub(super) sets: Vec<Set>,
    /// Numbers and texts of their members, put together when they are first asked for: a formula asks at every place.
    numbers: OnceCell<Vec<(&'static str, Field)>>,
    texts: OnceCell<Vec<(&'static str, Field)>>,
}

impl<'s> Scope<'s> {
    /// Inside these sets.
    pub(super) fn new(names: Names<'s>, sets: Vec<Set>) -> Scope<'s> {
        Scope { names, sets, numbers: OnceCell::new(), texts: OnceCell::new() }
    }

    /// The same with one more set inside.
    pub(super) fn with(&self, set: Set) -> Scope<'s> {
        let mut sets = self.sets.clone();
        sets.push(set);
        Scope::new(self.names, sets)
    }

    /// Numbers that may be named, the longest names first.
    pub(super) fn numbers(&self) -> &[(&'static str, Field)] {
        self.numbers.get_or_init(|| self.of_sets(|having| &having.numbers))
    }

    /// Texts that may be named, the longest names first.
    pub(super) fn texts(&self) -> &[(&'static str, Field)] {
        self.texts.get_or_init(|| self.of_sets(|having| &having.texts))
    }

    fn of_sets(&self, part: fn(&Having) -> &[(String, Field)]) -> Vec<(&'static str, Field)> {
        let named = self.sets.iter().rev().flat_map(|set| part(set.having()));
        longest_first(named.map(|(name, field)| (name.as_str(), *field)).collect())
    }

    /// Numbers and texts that may be named.
    pub(super) fn fields(&self) -> Vec<(&'static str, Field)> {
        longest_first(self.numbers().iter().chain(self.texts()).copied().collect())
    }

    /// Properties that may be named.
    pub(super) fn properties(&self) -> Vec<(&'static str, (Property, bool))> {
        let of_sets = self.sets.iter().rev().flat_map(|set| &set.having().properties);
        let named = of_sets.map(|(name, property, is)| (*name, (*property, *is)));
        longest_first(named.chain([(FINAL, (Property::Final, true))]).collect())
    }

    /// All names, for those who wrote another; not what other places say of the same.
    pub(super) fn known(&self) -> String {
        let numbers = self
            .fields()
            .into_iter()
            .map(|(name, _)| name)
            .filter(|name| !name.contains('的') || name.ends_with("目标"));
        let properties = self.properties().into_iter().map(|(name, _)| name).filter(|name| *name != FINAL);
        let mut names: Vec<&str> = numbers.chain(properties).collect();
        names.sort();
        names.dedup();
        names.join("、")
    }
}

pub(super) fn longest_first<T>(mut names: Vec<(&'static str, T)>) -> Vec<(&'static str, T)> {
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    names
}

/// Skips white space.
pub(super) fn blank(input: &mut Input<'_>) -> Parsed<()> {
    winnow::ascii::multispace0.void().parse_next(input)
}

/// Takes one of these words, white space around it; `false` where none of them stands here.
pub(super) fn eat(input: &mut Input<'_>, words: &[&str]) -> Parsed<bool> {
    blank(input)?;
    for word in words {
        if opt_literal(input, word)? {
            blank(input)?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// Takes one of these words or refuses.
pub(super) fn need(input: &mut Input<'_>, words: &[&str], expected: &str) -> Parsed<()> {
    if eat(input, words)? { Ok(()) } else { refuse(expected) }
}

fn opt_literal(input: &mut Input<'_>, word: &str) -> Parsed<bool> {
    let found: Option<&str> = winnow::combinator::opt(winnow::token::literal(word)).parse_next(input)?;
    Ok(found.is_some())
}

/// Takes the first of these names that stands here.
pub(super) fn name<T: Clone>(input: &mut Input<'_>, names: &[(&str, T)]) -> Parsed<Option<T>> {
    blank(input)?;
    for (name, value) in names {
        if opt_literal(input, name)? {
            blank(input)?;
            return Ok(Some(value.clone()));
        }
    }
    Ok(None)
}
