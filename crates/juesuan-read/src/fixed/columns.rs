//! The columns of a table of text: where the rows of its body stand, and which of them its headings name.

use std::ops::Range;

use super::Line;
use crate::budget::COLUMNS_MAX;
use crate::text_cells::{Cell, Kind};

/// A column: where its texts stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) left: usize,
    pub(super) right: usize,
    pub(super) amounts: bool,
    pub(super) headed: bool,
}

/// The columns that a cell touches.
pub(super) fn covered(columns: &[Column], cell: &Cell<'_>) -> Range<usize> {
    let first = columns.partition_point(|column| column.right <= cell.left);
    let end = columns.partition_point(|column| column.left < cell.right);
    first..end.max(first)
}

/// Columns by the rows of a body; `None` where they are not certain.
pub(super) fn body(rows: &[Line<'_>]) -> Option<Vec<Column>> {
    let several = || rows.iter().filter(|line| line.cells.len() > 1);
    let mut columns = united(several().flat_map(|line| &line.cells));
    let mut numbers = vec![0usize; columns.len()];
    let mut words = numbers.clone();
    for line in several() {
        let mut taken = None;
        for cell in &line.cells {
            let at = covered(&columns, cell).start;
            if taken == Some(at) {
                return None;
            }
            taken = Some(at);
            let (column, count) =
                (columns.get_mut(at)?, if cell.kind == Kind::Words { &mut words } else { &mut numbers });
            column.amounts |= cell.kind == Kind::Amount;
            *count.get_mut(at)? += usize::from(cell.kind != Kind::None);
        }
    }
    let mixed = columns.iter().zip(&words).any(|(column, words)| column.amounts && *words > 0);
    let amounts = columns.iter().filter(|column| column.amounts).count();
    let fits = columns.len() > 1 && columns.len() <= COLUMNS_MAX as usize && amounts > 0 && !mixed;
    let only_words = |at: usize| words.get(at).is_some_and(|words| *words > 0) && numbers.get(at) == Some(&0);
    fits.then(|| names_together(&columns, rows, only_words))
}

/// The columns with those taken together that have nothing but words, stand beside each other, and say something in no row both: a
/// total that stands in the middle beside names that begin at the left.
fn names_together(columns: &[Column], rows: &[Line<'_>], only_words: impl Fn(usize) -> bool) -> Vec<Column> {
    let mut out: Vec<Column> = Vec::with_capacity(columns.len());
    let says = |line: &Line<'_>, column: &Column| {
        line.cells.iter().any(|cell| cell.left < column.right && column.left < cell.right)
    };
    for (at, column) in columns.iter().enumerate() {
        let beside = at.checked_sub(1).is_some_and(&only_words) && only_words(at);
        match out.last_mut() {
            Some(last) if beside && !rows.iter().any(|line| says(line, last) && says(line, column)) => {
                last.right = column.right;
            }
            _ => out.push(*column),
        }
    }
    out
}

/// The columns of a body, and those that only headings have; `None` where they are not certain.
pub(super) fn columns(heads: &[Line<'_>], mut columns: Vec<Column>) -> Option<Vec<Column>> {
    for line in heads {
        let mut taken = None;
        for cell in &line.cells {
            let covered = covered(&columns, cell);
            if covered.len() == 1 {
                if taken == Some(covered.start) {
                    return None;
                }
                taken = Some(covered.start);
                columns.get_mut(covered.start)?.headed = true;
            }
        }
    }
    // The lowest headings first: those above them may stand over several.
    for cell in heads.iter().rev().flat_map(|line| &line.cells) {
        stands_beside(&mut columns, cell)?;
    }
    let headed = heads.is_empty() || columns.iter().all(|column| column.headed || !column.amounts);
    headed.then_some(columns)
}

/// Gives a heading that stands over no column to the one beside it that has none, or a column of its own; `None` if there are two.
fn stands_beside(columns: &mut Vec<Column>, cell: &Cell<'_>) -> Option<()> {
    let at = covered(columns, cell);
    if !at.is_empty() {
        return Some(());
    }
    let waits = |at: Option<usize>| at.filter(|at| columns.get(*at).is_some_and(|column| !column.headed));
    match (waits(at.start.checked_sub(1)), waits(Some(at.start))) {
        (Some(_), Some(_)) => return None,
        (Some(at), None) | (None, Some(at)) => {
            let column = columns.get_mut(at)?;
            *column = Column {
                left: column.left.min(cell.left),
                right: column.right.max(cell.right),
                headed: true,
                ..*column
            };
        }
        (None, None) => {
            columns.insert(at.start, Column { left: cell.left, right: cell.right, amounts: false, headed: true });
        }
    }
    Some(())
}

/// What cells cover, taken together where they overlap.
pub(super) fn united<'c, 't: 'c>(cells: impl Iterator<Item = &'c Cell<'t>>) -> Vec<Column> {
    let mut ranges: Vec<(usize, usize)> = cells.map(|cell| (cell.left, cell.right)).collect();
    ranges.sort_unstable();
    let mut columns: Vec<Column> = Vec::new();
    for (left, right) in ranges {
        match columns.last_mut() {
            Some(open) if left < open.right => open.right = open.right.max(right),
            _ => columns.push(Column { left, right, amounts: false, headed: false }),
        }
    }
    columns
}
