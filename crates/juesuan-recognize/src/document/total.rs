//! The total of a table that was set as a table of its own: a row with other widths below the last one.

use juesuan_catalog::Catalog;
use juesuan_forms::cells;
use juesuan_model::{Seen, Unit};
use juesuan_read::{Grid, PageLine, Row, Value};
use juesuan_text::plain;

use super::join::is_total;
use super::outline::RawTable;

/// Columns of amounts, at least: with one, the row may be of any table.
const NUMBERS_MIN: usize = 2;

/// Puts the row of `grid` below those of `table`, if it is a total with as many amounts as the table has columns of amounts at its
/// right edge, no line stands between, and the table has no total.
pub(super) fn take(table: &mut RawTable, caption: &[PageLine], grid: &Grid, catalog: &Catalog) -> bool {
    let own = &table.grid;
    let filled = |row: &Row| row.cells.iter().any(|cell| !cell.is_blank());
    let mut rows = grid.rows.iter().enumerate().filter(|(_, row)| filled(row));
    let (Some((at, row)), None) = (rows.next(), rows.next()) else { return false };
    let cells: Vec<(usize, &Value)> = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()).collect();
    let Some(((_, name), amounts)) = cells.split_first() else { return false };
    let numbers = numbers(own);
    // 合计 among the headings is no total.
    let amount = |row: &Row| row.cells.iter().any(|cell| !cell.is_blank() && is_number(cell.as_str()));
    let named = |row: &Row| amount(row) && row.cells.iter().any(|cell| is_total(&plain(cell.as_str()), catalog));
    if !caption.is_empty()
        || !is_total(&plain(name.as_str()), catalog)
        || amounts.len() < NUMBERS_MIN
        || amounts.len() != numbers.len()
        || !amounts.iter().all(|(_, cell)| is_number(cell.as_str()))
        || own.rows.iter().any(named)
    {
        return false;
    }
    let width = own.width();
    let mut total = Row { line: row.line, page: row.page, beside: row.beside.clone(), ..Row::default() };
    total.cells.resize(width, Value::Blank);
    let bounds = |column: usize| row.bounds.get(column).copied().flatten();
    if !row.bounds.is_empty() {
        total.bounds.resize(width, None);
    }
    if !row.seen.is_empty() {
        total.seen.resize(width, Seen::Text);
    }
    let places = std::iter::once((0, at_first(&cells)))
        .chain(numbers.iter().copied().zip(amounts.iter().map(|(from, _)| *from)));
    for (to, from) in places {
        if let (Some(place), Some(cell)) =
            (total.cells.get_mut(to), grid.rows.get(at).and_then(|row| row.cells.get(from)))
        {
            *place = cell.clone();
        }
        if let Some(place) = total.bounds.get_mut(to) {
            *place = bounds(from);
        }
        if let (Some(place), Some(seen)) = (total.seen.get_mut(to), row.seen.get(from)) {
            *place = *seen;
        }
        total.others.extend(row.others.get(&from).map(|others| (to, others.clone())));
        total.pictured.extend(row.pictured.get(&from).map(|place| (to, place.clone())));
    }
    table.pages.extend(row.page.filter(|page| !table.pages.contains(page)));
    table.grid.rows.push(total);
    true
}

fn at_first(cells: &[(usize, &Value)]) -> usize {
    cells.first().map_or(0, |(at, _)| *at)
}

fn is_number(text: &str) -> bool {
    cells::cell(text, Unit::WanYuan).is_some()
}

/// The columns of amounts at the right edge of a table: in its last rows nothing but amounts stands there.
fn numbers(grid: &Grid) -> Vec<usize> {
    const ROWS: usize = 3;
    let filled: Vec<&Row> =
        grid.rows.iter().rev().filter(|row| row.cells.iter().any(|cell| !cell.is_blank())).take(ROWS).collect();
    let width = filled.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let amounts = |column: &usize| {
        let cells = || filled.iter().filter_map(|row| row.cells.get(*column)).filter(|cell| !cell.is_blank());
        cells().count() > 0 && cells().all(|cell| is_number(cell.as_str()))
    };
    let mut columns: Vec<usize> = (0..width).rev().take_while(amounts).collect();
    columns.reverse();
    // A name stands before them.
    let names = columns.first().and_then(|first| first.checked_sub(1));
    if filled.len() < ROWS || names.is_none() { Vec::new() } else { columns }
}
