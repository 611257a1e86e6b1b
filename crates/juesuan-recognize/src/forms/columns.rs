//! Headings of a sheet → columns of a form.

use juesuan_catalog::{Form, FormBlock, FormColumn};
use juesuan_model::CellRole;

use super::words::plain;

/// Headings of the columns of a code whose levels stand apart.
pub const LEVELS: [&str; 3] = ["类", "款", "项"];

/// The columns of a sheet that belong to one block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockColumns {
    /// Columns of the code; several where 类, 款, 项 stand apart.
    pub code: Vec<usize>,
    /// Column of the name.
    pub label: Option<usize>,
    /// Column of each figure column of the form.
    pub numbers: Vec<Option<usize>>,
}

/// True for the columns that name a row.
pub fn is_label(column: &FormColumn) -> bool {
    matches!(column.kind, CellRole::Label | CellRole::Code)
}

/// How places name a number column: its path without what all number columns of the table share.
pub fn column_place(blocks: &[FormBlock], column: &FormColumn) -> String {
    let shared = (0..column.head.len().saturating_sub(1))
        .take_while(|level| {
            blocks.iter().flat_map(FormBlock::numbers).all(|c| c.head.get(*level) == column.head.get(*level))
        })
        .count();
    let mut words: Vec<&str> = column.head.iter().skip(shared).map(String::as_str).collect();
    words.dedup();
    words.join("·")
}

/// Every word that heads a column of the form.
pub fn head_words(form: &Form) -> Vec<String> {
    let columns = form.block.iter().flat_map(|b| &b.column);
    columns.flat_map(|c| c.head.iter().chain(&c.names).map(|w| plain(w))).collect()
}

/// Where the columns of a form stand among the headings of a sheet (a path from the top for each of its columns), and
/// how many figure columns were found.
pub fn assign(form: &Form, paths: &[Vec<String>]) -> (Vec<BlockColumns>, usize) {
    let mut taken = vec![false; paths.len()];
    let mut blocks = Vec::new();
    let mut matched = 0;
    for block in &form.block {
        let mut found = BlockColumns::default();
        for column in &block.column {
            let mut best: Option<(usize, usize)> = None;
            for (at, path) in paths.iter().enumerate().filter(|(at, _)| !taken.get(*at).copied().unwrap_or(true)) {
                let score = score(column, path);
                if score > 0 && best.is_none_or(|(most, _)| score > most) {
                    best = Some((score, at));
                }
            }
            let at = best.map(|(_, at)| at);
            let mut take = |at: usize| {
                if let Some(taken) = taken.get_mut(at) {
                    *taken = true;
                }
            };
            if let Some(at) = at {
                take(at);
            }
            match column.kind {
                CellRole::Code => {
                    found.code.extend(at);
                    // 类, 款, 项 under one heading.
                    let last = |at: usize| paths.get(at).and_then(|p| p.last()).map(String::as_str);
                    if let Some(first) = at.filter(|at| last(*at) == Some(LEVELS[0])) {
                        for (by, _) in LEVELS.iter().enumerate().skip(1).filter(|(by, w)| last(first + by) == Some(**w))
                        {
                            take(first + by);
                            found.code.push(first + by);
                        }
                    }
                }
                CellRole::Label => found.label = at,
                CellRole::Ordinal => {}
                CellRole::Number => {
                    matched += usize::from(at.is_some());
                    found.numbers.push(at);
                }
            }
        }
        blocks.push(found);
    }
    (blocks, matched)
}

/// How well a heading of a sheet fits a column: its last heading must be the same, or stand above (类 under 科目编码);
/// each shared heading above it counts.
fn score(column: &FormColumn, path: &[String]) -> usize {
    let mut own: Vec<String> = column.head.iter().map(|w| plain(w)).collect();
    own.dedup();
    let is_word = |text: &String| column.words().any(|w| plain(w) == *text);
    let Some(last) = path.last() else { return 0 };
    let fit = if is_word(last) {
        20
    } else if path.iter().any(is_word) && (is_label(column) || own.len() < path.len()) {
        10
    } else {
        return 0;
    };
    let exact = usize::from(own.last() == Some(last)) * 2;
    let above = own.iter().rev().skip(1).filter(|word| path.contains(word)).count();
    let strange = path.iter().filter(|word| !own.contains(word) && !is_word(word)).count();
    (fit + exact + 3 * above).saturating_sub(strange).max(1)
}
