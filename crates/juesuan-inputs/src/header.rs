//! Where the head of a sheet stands, and which column holds what.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::{ColumnKind, InputColumn, InputFile, SheetWords};
use juesuan_model::Problem;
use juesuan_read::{Grid, Value};
use juesuan_text::{part, part_of_text};

use super::mapping::Mapping;
use crate::words::{bare_head, filled};

/// Rows in which the head is looked for.
const ROWS_LOOKED_AT: usize = 20;
/// Most rows of one head.
const HEAD_ROWS_MAX: usize = 3;

/// The head of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// First row of the head, as an index of the grid's rows.
    pub top: usize,
    /// First row below the head.
    pub data: usize,
    /// Key of the column → its index in the grid.
    pub columns: BTreeMap<String, usize>,
    /// Key of the column → its head as it stands there.
    pub heads: BTreeMap<String, String>,
    /// Key of the column → index of another column with the same head.
    pub doubles: BTreeMap<String, usize>,
    /// Heads that no column of the specification matches.
    pub unmatched: Vec<String>,
}

impl Header {
    /// The power of ten by which the amounts of a sheet are more than 元, as its heads or a line above them say.
    pub fn power(&self, grid: &Grid, spec: &InputFile, words: &SheetWords, problems: &mut Vec<Problem>) -> u32 {
        let amounts = spec.column.iter().filter(|column| column.kind == ColumnKind::Yuan);
        let heads = amounts.filter_map(|column| self.heads.get(&column.key)).map(String::as_str);
        let above = grid.rows.iter().take(self.top).flat_map(|row| &row.cells).map(Value::as_str);
        let told = heads.chain(above.filter(|text| bare_head(text).contains("单位：")));
        // Of 百万元 not 万元.
        let unit = |text: &str| {
            let said = words.unit_powers.iter().filter(|(unit, _)| text.contains(unit.as_str()));
            said.max_by_key(|(unit, _)| unit.len())
        };
        let Some((unit, power)) = told.filter_map(unit).next() else { return 0 };
        problems.push(Problem::doubt(grid.place(self.top), filled(&words.says.scaled, &[("unit", unit)])));
        *power
    }
}

/// Finds the head: the rows, among the first twenty, whose cells match the most columns. Heads may have up to three rows,
/// with merged cells or without; titles may stand above.
pub fn find(grid: &Grid, spec: &InputFile, mapping: &Mapping) -> Option<Header> {
    let all = |top: usize, height: usize| (top, height, mapping.compared(whole_names(grid, top, height).into_iter()));
    if mapping.tells_of(|kind| kind == spec.key) {
        let rows = || heads_of(grid).map(|(top, height)| all(top, height));
        let exactly =
            rows().find_map(|(top, height, names)| Some((top, height, mapping.exactly(&names)?.keys_of(names))));
        let nearly =
            || rows().find_map(|(t, h, names)| Some((t, h, mapping.nearly(&spec.key, &names)?.keys_of(names))));
        if let Some((top, height, keys)) = exactly.or_else(nearly) {
            return Some(matched(grid, &words_of(spec, mapping), &keys, top, height));
        }
    }
    let words = words_of(spec, mapping);
    let mut best: Option<(usize, usize, Header)> = None;
    // Among equals the lowest head wins: a title above a head is no part of it.
    for (top, height) in heads_of(grid) {
        let header = matched(grid, &words, &[], top, height);
        let exact = header.heads.iter().filter(|(key, head)| is_exact(&words, key, head)).count();
        let score = (header.columns.len(), exact);
        if score.0 > 0 && best.as_ref().is_none_or(|(columns, exact, _)| score > (*columns, *exact)) {
            best = Some((score.0, score.1, header));
        }
    }
    best.map(|(_, _, header)| header)
}

/// First row and height of all that may be a head.
fn heads_of(grid: &Grid) -> impl Iterator<Item = (usize, usize)> {
    let rows = grid.rows.len();
    (1..=HEAD_ROWS_MAX.min(rows))
        .flat_map(move |height| (0..(rows + 1 - height).min(ROWS_LOOKED_AT)).map(move |top| (top, height)))
}

/// The columns of a kind with the words of their heads.
fn words_of(spec: &InputFile, mapping: &Mapping) -> Vec<(String, Vec<String>)> {
    let words =
        |c: &InputColumn| c.header.iter().chain(mapping.words(&spec.key, &c.key)).map(|w| bare_head(w)).collect();
    spec.column.iter().map(|c| (c.key.clone(), words(c))).collect()
}

/// The whole name of each column below a head: what stands over it from the top.
pub fn whole_names(grid: &Grid, top: usize, height: usize) -> Vec<String> {
    let name = |column| head_texts(grid, column, top, height).pop().map_or_else(String::new, |name| bare_head(&name));
    (0..grid.width()).map(name).collect()
}

/// The kind that somebody has told of a head of this sheet.
pub fn told_kind<'m>(grid: &Grid, mapping: &'m Mapping) -> Option<&'m str> {
    let names = |(top, height)| mapping.compared(whole_names(grid, top, height).into_iter());
    heads_of(grid).find_map(|rows| Some(mapping.exactly(&names(rows))?.kind.as_str()))
}

/// The head of these rows: its first, and the first below it.
pub fn at(grid: &Grid, spec: &InputFile, mapping: &Mapping, (top, data): (usize, usize)) -> Header {
    matched(grid, &words_of(spec, mapping), &[], top, data.saturating_sub(top))
}

/// The row that looks most like a head, where nobody knows any of its words: the one with most words and no digits in them.
pub fn likeliest(grid: &Grid) -> (usize, usize) {
    let is_word = |cell: &Value| matches!(cell, Value::Text(text) if !text.contains(|c: char| c.is_ascii_digit()));
    let words = |row: &usize| grid.cells_of(*row).iter().filter(|cell| is_word(cell)).count();
    let rows = 0..grid.rows.len().min(ROWS_LOOKED_AT);
    let top = rows.max_by_key(|row| (words(row), std::cmp::Reverse(*row))).unwrap_or_default();
    (top, top + 1)
}

fn is_exact(words: &[(String, Vec<String>)], key: &str, head: &str) -> bool {
    let head = bare_head(head);
    words.iter().any(|(k, words)| k == key && words.contains(&head))
}

/// The head of these rows. What somebody has told of its columns (`told`, empty: nothing of any) comes before their words.
fn matched(grid: &Grid, words: &[(String, Vec<String>)], told: &[Option<String>], top: usize, height: usize) -> Header {
    let mut candidates: Vec<(Score, &str, usize, String)> = Vec::new();
    let mut heads: BTreeMap<usize, String> = BTreeMap::new();
    let mut header = Header { top, data: top + height, ..Header::default() };
    for column in 0..grid.width() {
        let key = told.get(column).and_then(Option::as_deref);
        for text in head_texts(grid, column, top, height) {
            heads.entry(column).or_insert_with(|| text.clone());
            if let Some(key) = key {
                if !key.is_empty() {
                    header.columns.insert(key.to_owned(), column);
                    header.heads.entry(key.to_owned()).or_insert(text);
                }
                continue;
            }
            let bare = bare_head(&text);
            for (key, words) in words {
                if let Some(score) = words.iter().filter_map(|word| score(&bare, word)).max() {
                    candidates.push((score, key, column, text.clone()));
                }
            }
        }
    }
    // Best matches first; among equals the left column.
    candidates.sort_by(|a, b| b.0.cmp(&a.0).then(a.2.cmp(&b.2)));
    let is_told = |column: &usize| told.get(*column).is_some_and(Option::is_some);
    let mut taken: BTreeSet<usize> = (0..grid.width()).filter(is_told).collect();
    for (_, key, column, text) in &candidates {
        if taken.contains(column) || header.columns.contains_key(*key) {
            continue;
        }
        taken.insert(*column);
        header.columns.insert((*key).to_owned(), *column);
        header.heads.insert((*key).to_owned(), text.clone());
    }
    for (_, key, column, text) in &candidates {
        if !taken.contains(column) && header.heads.get(*key) == Some(text) {
            header.doubles.entry((*key).to_owned()).or_insert(*column);
        }
    }
    header.unmatched = heads.into_iter().filter(|(column, _)| !taken.contains(column)).map(|(_, text)| text).collect();
    header
}

/// How well a head matches a word: exact before contained, longer words before shorter, early before late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    exact: u8,
    length: usize,
    early: isize,
}

fn score(head: &str, word: &str) -> Option<Score> {
    let length = word.chars().count();
    let bare = without_unit(head);
    if head == word || bare == word || bare == without_unit(word) {
        return Some(Score { exact: 1, length, early: 0 });
    }
    // A word of one character, or one that is a small part of a long head, says nothing.
    let at = head.find(word)?;
    if length < 2 || length * 3 < head.chars().count() {
        return None;
    }
    Some(Score { exact: 0, length, early: -isize::try_from(at).unwrap_or(isize::MAX) })
}

/// `金额（元）` is `金额`.
pub fn without_unit(head: &str) -> &str {
    match head.rfind('(') {
        Some(at) if head.ends_with(')') && at > 0 => part_of_text(head, ..at),
        _ => head,
    }
}

/// The texts by which a column may be known: its lowest head, then that with the heads above it.
fn head_texts(grid: &Grid, column: usize, top: usize, height: usize) -> Vec<String> {
    let mut levels: Vec<&str> = Vec::new();
    for row in top..top + height {
        if let Value::Text(text) = grid.seen(row, column)
            && levels.last() != Some(&text.as_str())
        {
            levels.push(text);
        }
    }
    let bottom_is_text = matches!(grid.seen(top + height - 1, column), Value::Text(_) | Value::Blank);
    if !bottom_is_text {
        return Vec::new();
    }
    (0..levels.len()).rev().map(|from| part(&levels, from..).concat()).collect()
}
