//! One file laid over another.
//!
//! - Tables are laid over each other key by key, anything else takes the place of what was there.
//! - Entries of a list that have a name ([`super::kinds`]) are laid over the entry of the same name; new ones are added.
//! - Other lists are added to, without what they have already. Lists that are one value (the widths of a table) are not.
//! - `replace = true` in a table: this table takes the place of the other. `replace = ["words", "adds"]`: these keys of it do.

use super::kinds::{self, Joined, Kind};
use super::written::{Entry, Value, Written};
use crate::near::choice;

/// The directive, which is no part of what a file says.
const REPLACE: &str = "replace";

/// What of a table takes the place of what was there.
enum Replaced {
    All,
    Keys(Vec<String>),
}

/// Lays `over` over `under`, both of the file `path`. Gives the words of directives that name nothing, with what is wrong.
pub(super) fn merge<'a>(under: &mut Written<'a>, over: Written<'a>, path: &str) -> Vec<(usize, String)> {
    let mut faults = Vec::new();
    idle(&over, &mut faults);
    laid(under, over, kinds::of(path), &mut Vec::new());
    faults
}

/// Keys that are to be replaced and are not written: they would stay as they are.
fn idle(over: &Written<'_>, faults: &mut Vec<(usize, String)>) {
    let written = || over.table().iter().map(|entry| entry.key.as_ref()).filter(|key| *key != REPLACE);
    for key in over.get(REPLACE).map(Written::list).into_iter().flatten() {
        if let Some(word) = key.text().filter(|word| !written().any(|own| own == *word)) {
            let message = format!("replace 提到“{word}”，这里没有写这一项{}", choice(word, written()));
            faults.push((key.at, message));
        }
    }
    let below = over.table().iter().map(|entry| &entry.value).chain(over.list());
    below.for_each(|value| idle(value, faults));
}

/// A value without its directives, where there is nothing to lay it over.
pub(super) fn alone(mut written: Written<'_>) -> Written<'_> {
    strip(&mut written);
    written
}

fn laid<'a>(under: &mut Written<'a>, mut over: Written<'a>, kind: &Kind, at: &mut Vec<String>) {
    let replaced = directive(&mut over);
    if matches!(replaced, Replaced::All) {
        *under = alone(over);
        return;
    }
    match (&mut under.value, over.value) {
        (Value::Table(_), Value::Table(entries)) => {
            for entry in entries {
                let whole = matches!(&replaced, Replaced::Keys(keys) if keys.iter().any(|key| *key == entry.key));
                at.push(entry.key.to_string());
                set(under, entry, whole, kind, at);
                at.pop();
            }
        }
        (Value::List(items), Value::List(more)) if kind.joined(at) != Joined::Whole => {
            for item in more {
                join(items, item, kind, at);
            }
        }
        (_, value) => *under = alone(Written { at: over.at, value }),
    }
}

fn set<'a>(under: &mut Written<'a>, entry: Entry<'a>, whole: bool, kind: &Kind, at: &mut Vec<String>) {
    let Value::Table(entries) = &mut under.value else { return };
    match entries.iter_mut().find(|own| own.key == entry.key) {
        Some(own) if !whole => {
            // A value that takes the place of another stands where it was written, key and all.
            if !matches!(entry.value.value, Value::Table(_) | Value::List(_)) {
                own.at = entry.at;
            }
            laid(&mut own.value, entry.value, kind, at);
        }
        _ => under.set(Entry { value: alone(entry.value), ..entry }),
    }
}

/// Adds an item to a list, or lays it over the one of the same name.
fn join<'a>(items: &mut Vec<Written<'a>>, item: Written<'a>, kind: &Kind, at: &mut Vec<String>) {
    let name = kind.name(at, &item);
    let same = name.and_then(|name| items.iter().position(|own| kind.name(at, own).as_ref() == Some(&name)));
    match same.and_then(|index| items.get_mut(index)) {
        Some(own) => laid(own, item, kind, at),
        None => {
            if !items.iter().any(|own| own.says(&item)) {
                items.push(alone(item));
            }
        }
    }
}

/// Takes the directive out of a table.
fn directive(table: &mut Written<'_>) -> Replaced {
    // A value that is neither stays where it is and is refused as an unknown key.
    match table.get(REPLACE).map(|value| &value.value) {
        Some(Value::Truth(true)) => {
            table.take(REPLACE);
            Replaced::All
        }
        Some(Value::List(_)) => {
            let keys = table.take(REPLACE);
            let texts = keys.iter().flat_map(Written::list).filter_map(Written::text);
            Replaced::Keys(texts.map(str::to_owned).collect())
        }
        _ => Replaced::Keys(Vec::new()),
    }
}

fn strip(written: &mut Written<'_>) {
    directive(written);
    match &mut written.value {
        Value::Table(entries) => entries.iter_mut().for_each(|entry| strip(&mut entry.value)),
        Value::List(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

/// Lays one entry over a table as a variant is laid over its base: tables key by key, anything else, lists too, in place of
/// what was there.
pub(crate) fn lay<'a>(under: &mut Written<'a>, over: &Entry<'a>) {
    let Value::Table(entries) = &mut under.value else { return };
    match entries.iter_mut().find(|own| own.key == over.key) {
        Some(own) if matches!((&own.value.value, &over.value.value), (Value::Table(_), Value::Table(_))) => {
            over.value.table().iter().for_each(|entry| lay(&mut own.value, entry));
        }
        Some(own) => own.value.clone_from(&over.value),
        None => entries.push(over.clone()),
    }
}
