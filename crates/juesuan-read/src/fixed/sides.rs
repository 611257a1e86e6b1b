//! Tables of two sides, each with names and amounts: their columns overlap where names of the left side move what stands behind them.
//! The rows that have everything tell what the columns are, and another row has its cells in those of their kind, in the same order.

use super::{Column, Line};
use crate::text_cells::{Cell, Kind};

/// Rows that have everything, at least.
const WHOLE_MIN: usize = 2;
/// How much farther from its columns a row would lie in any other way, at least.
const TIMES_FARTHER: usize = 2;

/// The columns of rows, and for each row those of its cells; `None` where that is not certain.
pub(super) fn columns(rows: &[Line<'_>]) -> Option<(Vec<Column>, Vec<Vec<usize>>)> {
    let most = rows.iter().map(|line| line.cells.len()).max()?;
    let whole: Vec<&Line<'_>> = rows.iter().filter(|line| line.cells.len() == most).collect();
    let kinds = kinds(whole.first()?);
    let same = whole.iter().all(|line| self::kinds(line) == kinds);
    let names = kinds.iter().filter(|amount| !**amount).count();
    // Names alone, or amounts in front of the first name, are no side.
    let sides = kinds.windows(2).all(|pair| pair != [false, false]) && kinds.first() == Some(&false);
    if whole.len() < WHOLE_MIN || !same || names < 2 || !sides || kinds.last() != Some(&true) {
        return None;
    }
    let columns: Vec<Column> =
        kinds.iter().enumerate().map(|(at, amounts)| column(&whole, at, *amounts)).collect::<Option<_>>()?;
    let places = rows.iter().map(|line| placed(line, &columns)).collect::<Option<Vec<_>>>()?;
    Some((columns, places))
}

/// Which cells of a row are amounts.
fn kinds(line: &Line<'_>) -> Vec<bool> {
    line.cells.iter().map(is_amount).collect()
}

fn is_amount(cell: &Cell<'_>) -> bool {
    cell.kind != Kind::Words
}

/// Where most rows have this column: the middle one of them.
fn column(whole: &[&Line<'_>], at: usize, amounts: bool) -> Option<Column> {
    let mut cells: Vec<(usize, usize)> =
        whole.iter().filter_map(|line| line.cells.get(at)).map(|cell| (cell.left, cell.right)).collect();
    cells.sort_unstable();
    let (left, right) = *cells.get(cells.len() / 2)?;
    Some(Column { left, right, amounts, headed: false })
}

/// The columns of the cells of a row: the one way in which kinds and order agree, or the one that lies much nearer than any other.
fn placed(line: &Line<'_>, columns: &[Column]) -> Option<Vec<usize>> {
    let mut ways = ways(&line.cells, columns, 0);
    ways.sort_unstable();
    match ways.as_slice() {
        [(_, only)] => Some(only.clone()),
        [(near, first), (far, _), ..] if near * TIMES_FARTHER < *far => Some(first.clone()),
        _ => None,
    }
}

/// Each way to lay cells into the columns from `from` on, with how far they lie from them.
fn ways(cells: &[Cell<'_>], columns: &[Column], from: usize) -> Vec<(usize, Vec<usize>)> {
    let Some((cell, rest)) = cells.split_first() else { return vec![(0, Vec::new())] };
    let fitting = columns.iter().enumerate().skip(from).filter(|(_, column)| column.amounts == is_amount(cell));
    let with = |(at, column): (usize, &Column)| {
        let own = if column.amounts { column.right.abs_diff(cell.right) } else { column.left.abs_diff(cell.left) };
        let behind = ways(rest, columns, at + 1);
        behind.into_iter().map(move |(distance, places)| (distance + own, [vec![at], places].concat()))
    };
    fitting.flat_map(with).collect()
}
