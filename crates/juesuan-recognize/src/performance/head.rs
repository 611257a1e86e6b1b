//! Heads of forms and lists: which column holds what, and rows that are heads or totals.

use std::collections::BTreeMap;

use juesuan_catalog::FormHead;
use juesuan_text::form::compared;

use super::form::Cell;

/// Columns of a head by what they hold.
pub(super) type Columns = BTreeMap<Column, usize>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Project,
    Level(usize),
    Point,
    Class,
    Target,
    Actual,
    Weight,
    Score,
    Reason,
    InitialBudget,
    FullYearBudget,
    Executed,
    Rate,
}

/// The columns of a row by the words of a head; empty: it is no head.
pub(super) fn columns(row: &[Cell], head: &FormHead) -> Columns {
    let mut out = Columns::new();
    for (at, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty()) {
        let level = head.levels.iter().position(|word| same(word, &cell.text)).map(Column::Level);
        let named = [
            (Column::Project, &head.project),
            (Column::Point, &head.point),
            (Column::Class, &head.class),
            (Column::Target, &head.target),
            (Column::Actual, &head.actual),
            (Column::Weight, &head.weight),
            (Column::Score, &head.score),
            (Column::Reason, &head.reason),
            (Column::InitialBudget, &head.initial_budget),
            (Column::FullYearBudget, &head.full_year_budget),
            (Column::Executed, &head.executed),
            (Column::Rate, &head.rate),
        ];
        let fits = |words: &[String]| is(&cell.text, words) || is(without_note(&cell.text), words);
        let named = named.into_iter().find(|(_, words)| fits(words)).map(|(column, _)| column);
        if let Some(column) = level.or(named) {
            out.entry(column).or_insert(at);
        }
    }
    out
}

/// True for the head of a list of indicators.
pub(super) fn is_indicator_head(columns: &Columns) -> bool {
    let level = columns.keys().any(|c| matches!(c, Column::Level(_)));
    level && (columns.contains_key(&Column::Target) || columns.contains_key(&Column::Actual))
}

/// True for the head of the lines of money.
pub(super) fn is_fund_head(columns: &Columns) -> bool {
    columns.contains_key(&Column::FullYearBudget) && columns.contains_key(&Column::Executed)
}

/// True for a row that adds up the form.
pub(super) fn is_total(row: &[Cell], head: &FormHead) -> bool {
    let first = row.iter().find(|cell| !cell.text.is_empty());
    first.is_some_and(|cell| is(without_note(&cell.text), &head.grand_total))
}

/// True if a cell is one of these words.
pub(super) fn is(text: &str, words: &[String]) -> bool {
    let text = text.trim_end_matches('：');
    words.iter().any(|word| same(word, text))
}

/// True if a word is this text, which is in compared form. Asked of every cell of every table: nothing is copied for it.
fn same(word: &str, text: &str) -> bool {
    word.chars().filter_map(compared).eq(text.chars())
}

/// A head without the note in brackets behind it: `得分(20分*执行率)`.
pub(super) fn without_note(text: &str) -> &str {
    text.split_once('(').map_or(text, |(before, _)| before)
}
