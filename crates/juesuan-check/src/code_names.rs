//! Names of classification codes as the rows of tables print them.

use std::collections::BTreeSet;

use juesuan_model::{Dimension, FigureId};
use juesuan_text::{numeral, plain};

use crate::ledger::Ledger;

/// Code, name as printed (without ordinal, code and marks) and a figure of each row.
pub(crate) fn rows<'a>(ledger: &Ledger<'a>) -> Vec<(Dimension, String, &'a str, FigureId)> {
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    for (id, figure, entry) in ledger.figures() {
        let (Some(table), Some(row)) = (&figure.place.table, &figure.place.row) else {
            continue;
        };
        for dimension in [Dimension::Function, Dimension::Economic] {
            // A row is one of a code if all its figures are; a column may be one of a code too (三公).
            let Some(code) = entry.keys.first().and_then(|(meaning, _)| meaning.get(dimension)) else {
                continue;
            };
            if seen.insert((table.as_str(), row.as_str(), code.to_owned())) && !bare(row).is_empty() {
                out.push((dimension, code.to_owned(), row.as_str(), id));
            }
        }
    }
    out
}

/// Equal but for ordinals, codes, brackets, blanks and the word 支出 at the end.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a == b || key(a) == key(b)
}

/// True if `a` is the beginning of `b`, long enough to be no other name.
pub(crate) fn clipped(a: &str, b: &str) -> bool {
    const LEAST: usize = 3;
    let (a, b) = (bare(a), bare(b));
    a.chars().count() >= LEAST && a.len() < b.len() && b.starts_with(&a)
}

/// A name as it is compared.
pub(crate) fn key(text: &str) -> String {
    let bare = bare(text);
    bare.strip_suffix("支出").map_or(bare.clone(), str::to_owned)
}

/// The levels of a code, as names have them behind.
const LEVELS: [&str; 3] = ["(类)", "(款)", "(项)"];

/// The name without `一、`, `（类）`, digits, brackets, blanks and marks.
pub(crate) fn bare(text: &str) -> String {
    let text = plain(text);
    let ordinal =
        text.split_once('、').filter(|(ordinal, _)| !ordinal.is_empty() && ordinal.chars().all(numeral::counts));
    let name = ordinal.map_or(text.as_str(), |(_, name)| name);
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(c) = rest.chars().next() {
        let level = if c == '(' { LEVELS.iter().find_map(|level| rest.strip_prefix(level)) } else { None };
        if level.is_none() && !is_mark(c) {
            out.push(c);
        }
        rest = level.or_else(|| rest.strip_prefix(c)).unwrap_or_default();
    }
    out
}

/// True for what tells no name from another.
fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation() || c.is_ascii_digit() || matches!(c, '：' | '，' | '、' | '·') || c.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_with_ordinal_code_and_level() {
        assert!(same("一、一般公共服务支出", "一般公共服务支出"));
        assert!(same("2010301 行政运行", "行政运行"));
        assert!(same("因公出国(境)费用", "因公出国（境）费用"));
        assert!(!same("行政运行", "事业运行"));
    }
}
