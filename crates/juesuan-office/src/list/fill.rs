//! Answers that were given elsewhere than in the workbook of the list, put into it: one mechanism reads both.

use std::collections::BTreeMap;

use juesuan_catalog::Catalog;
use juesuan_inputs::arrangement::is_workbook;
use juesuan_inputs::cell;
use juesuan_inputs::entered::answers::{self, Row};
use juesuan_read::files::FileKind;
use juesuan_read::{Files, Grid, Value};
use juesuan_write::AskCell;

use super::item::Item;
use super::{Listed, written};
use crate::error::Error;

/// An answer to a question of the list. An empty one takes back what was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// [`Item::unit`] of the question.
    pub unit: String,
    /// [`Item::code`] of the question.
    pub code: String,
    /// What was typed.
    pub text: String,
}

/// The list with the answers in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// Where it belongs in the folder.
    pub path: String,
    /// The workbook.
    pub bytes: Vec<u8>,
    /// Other lists of the folder: all that stands in them stands in this one too, and they have to go.
    pub replaced: Vec<String>,
}

/// Why an answer cannot be taken, for people; `None` if it can. Amounts and counts may be typed as a spreadsheet shows them.
pub fn refused(kind: AskCell, text: &str) -> Option<String> {
    match kind {
        _ if text.trim().is_empty() => None,
        AskCell::Yuan => cell::yuan(&Value::text(text)).err(),
        AskCell::Count => cell::count(text).err(),
        AskCell::Text | AskCell::Nothing => None,
    }
}

/// The answers of a list that somebody filled in elsewhere.
pub fn given(name: &str, bytes: &[u8], catalog: &Catalog) -> Vec<Given> {
    let grids = juesuan_read::grids_entered(name, bytes).unwrap_or_default();
    let lists = grids.iter().filter(|grid| grid.sheet.trim() == catalog.asks.sheet);
    let rows = lists.filter_map(|grid| answers::rows(grid, catalog).ok()).flatten();
    let one =
        |row: Row| Given { unit: row.unit.unwrap_or_default(), code: row.code, text: row.value.as_str().to_owned() };
    rows.map(one).collect()
}

/// The list of a folder with these answers over those that it has. What could not be understood in an earlier list stays as it is there.
///
/// # Errors
/// A library that cannot write it.
pub fn fill(folder: &dyn Files, listed: &Listed, given: &[Given], catalog: &Catalog) -> Result<Filled, Error> {
    let mut items = listed.items.clone();
    for one in given {
        // Of the department, whether or not its name stands there.
        let unit = if one.unit == listed.entity.name { "" } else { one.unit.as_str() };
        match items.iter_mut().find(|item| item.code == one.code && item.unit == unit) {
            Some(item) => item.answer = plain(item.cell, &one.text),
            // Asked when the answer was typed and not any more: kept, and read if it is asked again.
            None => items.push(Item {
                unit: unit.to_owned(),
                place: Vec::new(),
                what: String::new(),
                why: String::new(),
                need: None,
                needed: catalog.asks.book.done.clone(),
                cell: AskCell::Text,
                answer: one.text.clone(),
                code: one.code.clone(),
            }),
        }
    }
    // A question that is not asked and has no answer says nothing.
    items.retain(|item| item.need.is_some() || !item.answer.trim().is_empty());
    let path = catalog.asks.file.clone();
    let replaced = lists(folder, catalog).into_iter().filter(|list| list.is_all && list.path != path);
    let replaced = replaced.map(|list| list.path).collect();
    let bytes = written(&Listed { items, ..listed.clone() }, catalog)?;
    Ok(Filled { path, bytes, replaced })
}

/// An answer as the cell keeps it: a number without what people put around it.
fn plain(kind: AskCell, text: &str) -> String {
    let text = text.trim();
    let number = match kind {
        AskCell::Yuan => cell::yuan(&Value::text(text)).ok().flatten().map(|money| money.to_string()),
        AskCell::Count => cell::count(text).ok().flatten().map(|count| count.to_string()),
        AskCell::Text | AskCell::Nothing => None,
    };
    number.unwrap_or_else(|| text.to_owned())
}

/// A workbook of the folder with the sheet of the list.
struct List {
    path: String,
    grids: Vec<Grid>,
    /// True if nothing else stands in it.
    is_all: bool,
}

/// The lists of a folder in the order in which they are read.
fn lists(folder: &dyn Files, catalog: &Catalog) -> Vec<List> {
    let words = &catalog.asks;
    let mut entries = folder.list("").unwrap_or_default();
    entries.retain(|entry| {
        entry.kind == FileKind::File && is_workbook(&entry.name) && !entry.name.starts_with(['.', '~'])
    });
    entries.sort_by(|one, other| one.name.cmp(&other.name));
    let list = |path: String| {
        let bytes = juesuan_read::file::bytes_of(folder, &path, &path).ok()?;
        let grids = juesuan_read::grids_entered(&path, &bytes).ok()?;
        let is_list = |grid: &Grid| grid.sheet.trim() == words.sheet;
        let is_own = |grid: &Grid| is_list(grid) || grid.sheet.trim() == words.taken.sheet || grid.is_blank();
        let is_all = grids.iter().all(is_own);
        let grids: Vec<Grid> = grids.into_iter().filter(is_list).collect();
        (!grids.is_empty()).then_some(List { path, grids, is_all })
    };
    entries.into_iter().filter_map(|entry| list(entry.name)).collect()
}

/// Every answered row of the lists of a folder, of two to one question the first: what reading it anew would take.
pub(crate) fn rows(folder: &dyn Files, catalog: &Catalog) -> Vec<Row> {
    let all = lists(folder, catalog).into_iter().flat_map(|list| list.grids);
    let all = all.filter_map(|grid| answers::rows(&grid, catalog).ok()).flatten();
    let mut seen = BTreeMap::new();
    let mut rows: Vec<Row> = Vec::new();
    for row in all {
        let key = (row.unit.clone(), row.code.clone());
        if row.code.is_empty() || seen.insert(key, ()).is_none() {
            rows.push(row);
        }
    }
    rows
}
