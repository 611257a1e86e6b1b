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
    let columns: Vec<&FormColumn> = form.block.iter().flat_map(|block| &block.column).collect();
    let all = columns.iter().enumerate().flat_map(|(number, column)| {
        paths.iter().enumerate().map(move |(at, path)| (score(column, path), number, at))
    });
    let mut pairs: Vec<(usize, usize, usize)> = all.filter(|(score, ..)| *score > 0).collect();
    // The best pairs first, so that a heading with strange words takes none that another column names exactly; of equal
    // ones from the left.
    pairs.sort_by_key(|(score, number, at)| (std::cmp::Reverse(*score), *number, *at));
    let mut taken = vec![false; paths.len()];
    let mut places: Vec<Vec<usize>> = vec![Vec::new(); columns.len()];
    for (_, number, at) in pairs {
        let (Some(column), Some(place)) = (columns.get(number), places.get_mut(number)) else { continue };
        if !place.is_empty() || taken.get(at).copied().unwrap_or(true) {
            continue;
        }
        place.push(at);
        if column.kind == CellRole::Code {
            place.extend(levels_behind(paths, at));
        }
        for at in place.iter() {
            if let Some(taken) = taken.get_mut(*at) {
                *taken = true;
            }
        }
    }
    let mut places = places.into_iter();
    let mut matched = 0;
    let blocks = form.block.iter().map(|block| {
        let mut found = BlockColumns::default();
        for (column, at) in block.column.iter().zip(places.by_ref()) {
            match column.kind {
                CellRole::Code => found.code = at,
                CellRole::Label => found.label = at.first().copied(),
                CellRole::Ordinal => {}
                CellRole::Number => {
                    matched += usize::from(!at.is_empty());
                    found.numbers.push(at.first().copied());
                }
            }
        }
        found
    });
    (blocks.collect(), matched)
}

/// The columns of 款 and 项 behind one of 类.
fn levels_behind(paths: &[Vec<String>], at: usize) -> Vec<usize> {
    let last = |at: usize| paths.get(at).and_then(|path| path.last()).map(String::as_str);
    let behind = [(at + 1, "款"), (at + 2, "项")].into_iter().filter(|_| last(at) == Some("类"));
    behind.filter(|(at, word)| last(*at) == Some(word)).map(|(at, _)| at).collect()
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
