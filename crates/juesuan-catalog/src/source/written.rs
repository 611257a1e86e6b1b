//! A TOML value that knows where it was written.

use std::borrow::Cow;
use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::syntax::toml_fault;

/// A value with its position (see [`super::Source::place`]).
#[derive(Clone, Debug)]
pub(crate) struct Written<'a> {
    pub(crate) at: usize,
    pub(crate) value: Value<'a>,
}

/// What stands there.
#[derive(Clone, Debug)]
pub(crate) enum Value<'a> {
    Text(Cow<'a, str>),
    Whole(i64),
    Truth(bool),
    List(Vec<Written<'a>>),
    Table(Vec<Entry<'a>>),
    /// What no catalogue file needs: a number with a point, a day, a number too large. As written.
    Other(String),
}

/// A key with its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) key: Cow<'a, str>,
    pub(crate) at: usize,
    pub(crate) value: Written<'a>,
}

impl<'a> Written<'a> {
    /// Parses a text whose first byte has position `start`; the faults of writing with their positions, one a line: what follows
    /// on the same line mostly comes from the first.
    pub(crate) fn parse(text: &'a str, start: usize) -> Result<Written<'a>, Vec<(usize, String)>> {
        let (table, errors) = DeTable::parse_recoverable(text);
        if errors.is_empty() {
            return Ok(Written { at: start + table.span().start, value: read_table(table.into_inner(), start) });
        }
        let at = |error: &toml::de::Error| start + error.span().map_or(0, |span| span.start.min(text.len()));
        let line =
            |error: &toml::de::Error| text.get(..at(error) - start).map_or(0, |before| before.matches('\n').count());
        let mut told = BTreeSet::new();
        let firsts = errors.iter().filter(|error| told.insert(line(error)));
        Err(firsts.map(|error| (at(error), toml_fault(error, text))).collect())
    }

    /// A table without entries.
    pub(crate) const fn nothing(at: usize) -> Written<'static> {
        Written { at, value: Value::Table(Vec::new()) }
    }

    pub(crate) fn table(&self) -> &[Entry<'a>] {
        if let Value::Table(entries) = &self.value { entries } else { &[] }
    }

    pub(crate) fn list(&self) -> &[Written<'a>] {
        if let Value::List(items) = &self.value { items } else { &[] }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Written<'a>> {
        self.table().iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// Takes a key out.
    pub(crate) fn take(&mut self, key: &str) -> Option<Written<'a>> {
        let Value::Table(entries) = &mut self.value else { return None };
        let index = entries.iter().position(|entry| entry.key == key)?;
        Some(entries.remove(index).value)
    }

    /// Sets a key.
    pub(crate) fn set(&mut self, entry: Entry<'a>) {
        let Value::Table(entries) = &mut self.value else { return };
        match entries.iter_mut().find(|own| own.key == entry.key) {
            Some(own) => *own = entry,
            None => entries.push(entry),
        }
    }

    /// Adds to the list of a key.
    pub(crate) fn extend(&mut self, key: &str, more: &[Written<'a>]) {
        let Value::Table(entries) = &mut self.value else { return };
        let list = entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.value.value);
        if let Some(Value::List(items)) = list {
            items.extend_from_slice(more);
        }
    }

    /// True if both say the same, wherever they were written.
    pub(crate) fn says(&self, other: &Written<'_>) -> bool {
        match (&self.value, &other.value) {
            (Value::Text(a), Value::Text(b)) => a == b,
            (Value::Whole(a), Value::Whole(b)) => a == b,
            (Value::Truth(a), Value::Truth(b)) => a == b,
            (Value::Other(a), Value::Other(b)) => a == b,
            (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.says(b)),
            (Value::Table(a), Value::Table(b)) => {
                a.len() == b.len() && a.iter().all(|own| b.iter().any(|b| b.key == own.key && own.value.says(&b.value)))
            }
            _ => false,
        }
    }

    /// Where `words` lead from here: to the first table that has the first one, and on with the others in it. What is not
    /// found is passed over; `None` if none is.
    pub(crate) fn find(&self, words: &[&str]) -> Option<usize> {
        let (word, rest) = words.split_first()?;
        let found = [Match::Whole, Match::Place, Match::Part].into_iter().find_map(|how| self.holder(word, how));
        match found.filter(|_| !word.is_empty()) {
            Some((holder, at)) => holder.find(rest).or(Some(at)),
            None => self.find(rest),
        }
    }

    /// The first table with a word, and the position of the word.
    fn holder(&self, word: &str, how: Match) -> Option<(&Written<'a>, usize)> {
        let here = |value: &Written<'_>| {
            let text = value.text()?;
            let found = match how {
                Match::Whole => text == word,
                Match::Place => text.split('{').skip(1).any(|place| place.starts_with(word)),
                Match::Part => text.contains(word),
            };
            found.then_some(value.at)
        };
        let direct = |value: &Written<'_>| here(value).or_else(|| value.list().iter().find_map(here));
        for entry in self.table() {
            if how == Match::Whole && entry.key == word {
                let inside = if entry.value.table().is_empty() { self } else { &entry.value };
                return Some((inside, entry.at));
            }
            if let Some(at) = direct(&entry.value) {
                return Some((self, at));
            }
        }
        let below = self.table().iter().map(|entry| &entry.value).chain(self.list());
        below.filter_map(|value| value.holder(word, how)).next()
    }
}

/// How a text has a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Match {
    /// It is the word; or a key is.
    Whole,
    /// `{word}` stands in it.
    Place,
    /// It contains the word.
    Part,
}

fn read_table<'a>(table: DeTable<'a>, start: usize) -> Value<'a> {
    let entries = table.into_iter().map(|(key, value)| {
        let at = start + key.span().start;
        Entry { key: key.into_inner(), at, value: read(value, start) }
    });
    Value::Table(entries.collect())
}

fn read<'a>(value: Spanned<DeValue<'a>>, start: usize) -> Written<'a> {
    let at = start + value.span().start;
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(whole) => Value::Whole(whole),
            Err(_) => Value::Other(number.to_string()),
        },
        DeValue::Float(number) => Value::Other(number.to_string()),
        DeValue::Boolean(truth) => Value::Truth(truth),
        DeValue::Datetime(day) => Value::Other(day.to_string()),
        DeValue::Array(items) => Value::List(items.into_iter().map(|item| read(item, start)).collect()),
        DeValue::Table(table) => read_table(table, start),
    };
    Written { at, value }
}
