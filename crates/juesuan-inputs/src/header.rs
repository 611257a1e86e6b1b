//! Where the head of a sheet stands, and which column holds what.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::{ColumnKind, InputFile, SheetWords};
use juesuan_model::Problem;
use juesuan_read::{Grid, Value};
use juesuan_text::{part, part_of_text};

use super::words::Mapping;
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
    let words: Vec<(String, Vec<String>)> = spec
        .column
        .iter()
        .map(|c| {
            (c.key.clone(), c.header.iter().chain(mapping.words(&spec.key, &c.key)).map(|w| bare_head(w)).collect())
        })
        .collect();
    let width = grid.width();
    let mut best: Option<(usize, usize, Header)> = None;
    // Among equals the lowest head wins: a title above a head is no part of it.
    for height in 1..=HEAD_ROWS_MAX.min(grid.rows.len()) {
        for top in 0..(grid.rows.len() + 1 - height).min(ROWS_LOOKED_AT) {
            let header = matched(grid, &words, width, top, height);
            let exact = header.heads.iter().filter(|(key, head)| is_exact(&words, key, head)).count();
            let score = (header.columns.len(), exact);
            if score.0 > 0 && best.as_ref().is_none_or(|(columns, exact, _)| score > (*columns, *exact)) {
                best = Some((score.0, score.1, header));
            }
        }
    }
    best.map(|(_, _, header)| header)
}

fn is_exact(words: &[(String, Vec<String>)], key: &str, head: &str) -> bool {
    let head = bare_head(head);
    words.iter().any(|(k, words)| k == key && words.contains(&head))
}

fn matched(grid: &Grid, words: &[(String, Vec<String>)], width: usize, top: usize, height: usize) -> Header {
    let mut candidates: Vec<(Score, &str, usize, String)> = Vec::new();
    let mut heads: BTreeMap<usize, String> = BTreeMap::new();
    for column in 0..width {
        for text in head_texts(grid, column, top, height) {
            heads.entry(column).or_insert_with(|| text.clone());
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
    let mut header = Header { top, data: top + height, ..Header::default() };
    let mut taken: BTreeSet<usize> = BTreeSet::new();
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
