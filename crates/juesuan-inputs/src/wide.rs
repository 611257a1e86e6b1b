//! Sheets with a column of amounts for each choice (年初预算数, 全年预算数) in place of a column that names it.

use std::borrow::Cow;

use juesuan_catalog::{InputFile, Wide};
use juesuan_read::{Grid, Value};

use crate::header::{self, Header, without_unit};
use crate::mapping::Mapping;
use crate::words::bare_head;

/// A sheet with its head; more than once, where it has a column of amounts for each choice.
pub fn found<'g>(grid: &'g Grid, spec: &InputFile, mapping: &Mapping) -> Vec<(Cow<'g, Grid>, Option<Header>)> {
    let header = header::find(grid, spec, mapping);
    let each = header.as_ref().map(|header| sheets(grid, header, spec)).unwrap_or_default();
    if each.is_empty() {
        return vec![(Cow::Borrowed(grid), header)];
    }
    each.into_iter().map(|(grid, header)| (Cow::Owned(grid), Some(header))).collect()
}

/// True for a sheet with a column of amounts for each choice.
pub fn is_wide(grid: &Grid, spec: &InputFile, mapping: &Mapping) -> bool {
    let header = header::find(grid, spec, mapping);
    header.is_some_and(|header| spec.wide.iter().any(|wide| columns(grid, &header, wide).is_some()))
}

/// A sheet once for each choice that has a column of amounts: that column is the one of amounts, and one behind all others names the
/// choice. Empty, if the sheet is not of this form.
fn sheets(grid: &Grid, header: &Header, spec: &InputFile) -> Vec<(Grid, Header)> {
    let Some((wide, columns)) = spec.wide.iter().find_map(|wide| Some((wide, columns(grid, header, wide)?))) else {
        return Vec::new();
    };
    let width = grid.width();
    let all: Vec<usize> = columns.iter().map(|(column, ..)| *column).collect();
    columns
        .iter()
        .enumerate()
        .map(|(number, column)| one(grid, (header, width), wide, (number, column), &all))
        .collect()
}

/// The columns of amounts with their heads and what each stands for; `None` where there are none, or where a column names the choice.
fn columns<'w>(grid: &Grid, header: &Header, wide: &'w Wide) -> Option<Vec<(usize, String, &'w str)>> {
    if header.columns.contains_key(&wide.choice) {
        return None;
    }
    let head = |column: usize| {
        let text = grid.seen(header.data.checked_sub(1)?, column).as_str();
        let bare = bare_head(text);
        let fits = |word: &String| [bare.as_str(), without_unit(&bare)].contains(&bare_head(word).as_str());
        let (choice, _) = wide.heads.iter().find(|(_, words)| words.iter().any(fits))?;
        Some((column, text.to_owned(), choice.as_str()))
    };
    let found: Vec<_> = (0..grid.width()).filter_map(head).collect();
    let beside = header.columns.values().filter(|column| found.iter().all(|(own, ..)| own != *column)).count();
    (!found.is_empty() && beside > 0).then_some(found)
}

/// The sheet as one of its columns of amounts shows it. A row without an amount there is none of it; one without any is left to the
/// first, which tells it.
fn one(
    grid: &Grid,
    (header, width): (&Header, usize),
    wide: &Wide,
    (number, (column, head, choice)): (usize, &(usize, String, &str)),
    all: &[usize],
) -> (Grid, Header) {
    let mut own = grid.clone();
    for row in header.data..grid.rows.len() {
        let blank = |column: &usize| grid.seen(row, *column).is_blank();
        let stays = !blank(column) || number == 0 && all.iter().all(blank);
        let Some(cells) = own.rows.get_mut(row).map(|row| &mut row.cells) else { continue };
        if stays && !cells.iter().all(Value::is_blank) {
            cells.resize(width, Value::Blank);
            cells.push(Value::Text((*choice).to_owned()));
        } else {
            cells.clear();
        }
    }
    let mut header = header.clone();
    header.columns.retain(|_, index| !all.contains(index));
    header.columns.insert(wide.choice.clone(), width);
    header.columns.insert(wide.amount.clone(), *column);
    header.heads.insert(wide.choice.clone(), head.clone());
    header.heads.insert(wide.amount.clone(), head.clone());
    header.doubles.retain(|key, _| *key != wide.amount);
    (own, header)
}
