//! Columns of a table that stand in a grid of their own: a workbook that is wider than its paper, a page whose columns were taken
//! for two tables. They have headings of the form and numbers, and nothing that names a row.

use std::collections::BTreeSet;

use juesuan_forms::{cells, words};
use juesuan_model::{Seen, Unit};
use juesuan_read::grid::{Merged, MergedRegions};
use juesuan_read::{Grid, PageLine, Row, Value};
use juesuan_text::plain;

use super::join::{self, Joint};
use super::outline::RawTable;
use super::row_names::Rows;

/// Rows of headings that the left part has above those of the right part, at most.
const HEADS_MAX: usize = 3;

/// Puts the columns of `grid` behind those of `table`, if each of their rows stands beside one row of it for certain.
pub(super) fn take(joint: &Joint<'_>, table: &mut RawTable, caption: &[PageLine], grid: &Grid) -> bool {
    if caption.iter().any(|line| cells::unit(&line.text).is_none()) || !has_columns_only(joint, table, grid) {
        return false;
    }
    let Some(rows) = beside(joint, table, grid) else { return false };
    let base = table.grid.width().max(table.grid.columns);
    for (row, at) in grid.rows.iter().zip(&rows) {
        if let Some(own) = at.and_then(|at| table.grid.rows.get_mut(at)) {
            append(own, row, base);
        }
    }
    let moved = grid.merged.iter().filter_map(|m| {
        let at = |row: usize| rows.get(row).copied().flatten();
        Some(Merged { top: at(m.top)?, bottom: at(m.bottom)?, left: m.left + base, right: m.right + base })
    });
    table.grid.merged = MergedRegions::new(table.grid.merged.iter().copied().chain(moved).collect());
    table.grid.columns = table.grid.columns.max(base + grid.width());
    let pages: BTreeSet<u32> = grid.rows.iter().filter_map(|row| row.page).collect();
    table.pages.extend(pages.into_iter().filter(|page| !table.pages.contains(page)).collect::<Vec<_>>());
    true
}

fn is_blank(row: &Row) -> bool {
    row.cells.iter().all(Value::is_blank)
}

fn is_number(text: &str) -> bool {
    cells::cell(text, Unit::WanYuan).is_some()
}

/// True if a grid has headings of the form of the table that the table does not have, and only numbers below them.
fn has_columns_only(joint: &Joint<'_>, table: &RawTable, grid: &Grid) -> bool {
    let words = join::head_words(joint.catalog, join::form(joint.catalog, table).as_deref());
    let texts = |grid: &Grid| -> Vec<String> {
        grid.rows.iter().flat_map(|row| &row.cells).map(|cell| plain(cell.as_str())).collect()
    };
    let numeric = |row: &&Row| row.cells.iter().all(|cell| is_number(cell.as_str()));
    let heads = grid.rows.iter().take_while(|row| is_blank(row) || !numeric(row)).count();
    let body = grid.rows.iter().skip(heads);
    let amounts = body.clone().flat_map(|row| &row.cells).any(|cell| cell.as_str().contains('.'));
    if !amounts || !body.clone().all(|row| numeric(&row)) {
        return false;
    }
    let own: BTreeSet<String> = texts(&table.grid).into_iter().collect();
    texts(grid).iter().any(|text| words.contains(text) && !own.contains(text))
}

/// For each row of the right part the row that it goes on with: rows with numbers stand beside rows with names, headings beside
/// others.
fn beside(joint: &Joint<'_>, table: &RawTable, right: &Grid) -> Option<Vec<Option<usize>>> {
    let left = &table.grid;
    let page = right.rows.iter().find_map(|row| row.page);
    let rows = if page.is_some() { at_height(joint, left, right) } else { counted(left, right) }?;
    let names = Rows::new(joint.catalog, join::form(joint.catalog, table).as_deref());
    let named = |at: usize| {
        let mut texts = left.cells_of(at).iter().map(|cell| plain(cell.as_str()));
        texts.any(|text| words::code(&text).is_some() || names.knows(&text) || join::is_total(&text, joint.catalog))
    };
    let mut taken = BTreeSet::new();
    for (row, at) in right.rows.iter().zip(&rows).filter(|(row, _)| !is_blank(row)) {
        if row.cells.iter().all(|cell| is_number(cell.as_str())) {
            let at = (*at)?;
            if !taken.insert(at) || !named(at) {
                return None;
            }
        } else if at.is_some_and(named) {
            return None;
        }
    }
    Some(rows)
}

/// By their number, counted from below: the left part may have more rows of headings.
fn counted(left: &Grid, right: &Grid) -> Option<Vec<Option<usize>>> {
    let filled = |grid: &Grid| grid.rows.iter().rposition(|row| !is_blank(row)).map(|last| last + 1);
    let more = filled(left)?.checked_sub(filled(right)?).filter(|more| *more <= HEADS_MAX)?;
    // Columns of amounts on the left may have rows without an amount, and then nobody knows how the parts lie to each other.
    let amounts =
        left.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.as_str().contains('.') && is_number(cell.as_str()));
    (!amounts).then(|| (0..right.rows.len()).map(|row| Some(row + more)).collect())
}

/// By the height at which they stand on their pages.
fn at_height(joint: &Joint<'_>, left: &Grid, right: &Grid) -> Option<Vec<Option<usize>>> {
    let heights: Vec<Option<(i32, i32)>> = left.rows.iter().map(|row| height(joint, row)).collect();
    let row = |row: &Row| -> Option<Option<usize>> {
        let Some((top, bottom)) = height(joint, row) else { return Some(None) };
        let middle = (top + bottom) / 2;
        let mut at = heights
            .iter()
            .enumerate()
            .filter(|(_, own)| own.is_some_and(|(top, bottom)| top <= middle && middle <= bottom));
        match (at.next(), at.next()) {
            (Some((at, _)), None) => Some(Some(at)),
            (None, _) => Some(None),
            _ => None,
        }
    };
    right.rows.iter().map(row).collect()
}

/// Top and bottom of what stands in a row.
fn height(joint: &Joint<'_>, row: &Row) -> Option<(i32, i32)> {
    let boxes = || row.bounds.iter().flatten().map(|bounds| joint.turned.upright(row.page, *bounds));
    Some((boxes().map(|[_, top, ..]| top).min()?, boxes().map(|[.., bottom]| bottom).max()?))
}

/// Puts the cells of a row behind those of another, from this column on.
fn append(own: &mut Row, row: &Row, base: usize) {
    let seen = !own.seen.is_empty() || !row.seen.is_empty();
    own.cells.resize(base, Value::Blank);
    own.cells.extend(row.cells.iter().cloned());
    if seen {
        own.seen.resize(base, Seen::Text);
        own.seen.extend((0..row.cells.len()).map(|at| row.seen.get(at).copied().unwrap_or_default()));
    }
    own.others.extend(row.others.iter().map(|(column, others)| (base + column, others.clone())));
    own.pictured.extend(row.pictured.iter().map(|(column, place)| (base + column, place.clone())));
    if !own.bounds.is_empty() {
        own.bounds.resize(base, None);
        own.bounds.extend((0..row.cells.len()).map(|at| row.bounds.get(at).copied().flatten()));
    }
}

#[cfg(test)]
mod tests {
    use juesuan_catalog::Catalog;

    use super::super::turned::Turned;
    use super::*;

    fn grid(rows: &[&[&str]]) -> Grid {
        let row =
            |cells: &&[&str]| Row { cells: cells.iter().map(|text| Value::text(text)).collect(), ..Row::default() };
        Grid { rows: rows.iter().map(row).collect(), ..Grid::default() }
    }

    fn joined(left: &[&[&str]], right: &[&[&str]]) -> Option<Vec<String>> {
        let catalog = Catalog::load(&[]).unwrap();
        let joint = Joint { catalog: &catalog, turned: &Turned::default() };
        let title =
            PageLine { text: "一般公共预算财政拨款支出决算表".to_owned(), ..PageLine::default() };
        let mut table = RawTable { caption: vec![title], grid: grid(left), ..RawTable::default() };
        let row = |row: &Row| row.cells.iter().map(Value::as_str).collect::<Vec<_>>().join("/");
        take(&joint, &mut table, &[], &grid(right)).then(|| table.grid.rows.iter().map(row).collect())
    }

    #[test]
    fn columns_that_stand_in_a_grid_of_their_own_go_behind_the_names_of_their_rows() {
        let names: &[&[&str]] = &[&["项目"], &["科目编码", "科目名称"], &["206", "科学技术支出"], &["", "合计"]];
        let amounts: &[&[&str]] = &[&["合计", "基本支出"], &["7.10", "7.10"], &["7.10", "7.10"]];
        let whole = ["项目", "科目编码/科目名称/合计/基本支出", "206/科学技术支出/7.10/7.10", "/合计/7.10/7.10"];
        assert_eq!(joined(names, amounts).unwrap(), whole);
    }

    #[test]
    fn what_names_rows_of_its_own_or_has_too_few_of_them_is_another_table() {
        let names: &[&[&str]] = &[&["科目编码", "科目名称"], &["206", "科学技术支出"], &["213", "农林水支出"]];
        assert_eq!(joined(names, &[&["合计", "基本支出"], &["7.10", "7.10"]]), None);
        assert_eq!(joined(names, &[&["项目", "合计"], &["桥", "7.10"], &["路", "7.10"]]), None);
        assert_eq!(joined(names, &[&["甲", "乙"], &["7.10", "7.10"], &["7.10", "7.10"]]), None);
    }
}
