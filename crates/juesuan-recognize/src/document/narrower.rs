//! The rest of a table without places, with fewer columns than the part above: a text has no column where nothing stands.

use juesuan_catalog::Catalog;
use juesuan_forms::cells;
use juesuan_model::Unit;
use juesuan_read::{Grid, Row};
use juesuan_text::plain;

use super::join::is_total;

/// True for parts of a table of which nothing says how many columns they have, nor where those stand.
pub(super) fn says_nothing(first: &Grid, next: &Grid) -> bool {
    let silent =
        |grid: &Grid| grid.columns == 0 && grid.sheet.is_empty() && grid.rows.iter().all(|row| row.page.is_none());
    silent(first) && silent(next)
}

/// For each column of `next` the column of `first`, if it is certain: as many columns have something in both, of the same kind, and
/// no other column can have an amount: there is none, or the total prints an amount in each of these.
pub(super) fn columns(catalog: &Catalog, first: &Grid, next: &Grid) -> Option<Vec<usize>> {
    let body = first.rows.iter().position(|row| row.cells.iter().any(|cell| is_amount(cell.as_str())))?;
    let body = first.rows.get(body..)?;
    let filled: Vec<usize> = (0..first.width()).filter(|column| is_filled(body, *column)).collect();
    let width = next.width();
    let amounts = |rows: &[Row], column: usize| {
        rows.iter().any(|row| row.cells.get(column).is_some_and(|cell| is_amount(cell.as_str())))
    };
    let alike = (0..width).zip(&filled).all(|(ours, own)| amounts(&next.rows, ours) == amounts(body, *own));
    let count = (0..width).filter(|column| amounts(&next.rows, *column)).count();
    let total = |row: &&Row| row.cells.iter().any(|cell| is_total(&plain(cell.as_str()), catalog));
    let printed = |row: &Row| row.cells.iter().filter(|cell| is_amount(cell.as_str())).count();
    let whole = || body.iter().chain(&next.rows).filter(total).any(|row| printed(row) == count);
    let fits = filled.len() == width && (0..width).all(|column| is_filled(&next.rows, column)) && alike;
    (fits && (width == first.width() || whole())).then_some(filled)
}

fn is_filled(rows: &[Row], column: usize) -> bool {
    rows.iter().any(|row| row.cells.get(column).is_some_and(|cell| !cell.is_blank()))
}

fn is_amount(text: &str) -> bool {
    (text.contains(['.', ',']) || text == "0") && cells::cell(text, Unit::WanYuan).is_some()
}

#[cfg(test)]
mod tests {
    use juesuan_read::Value;

    use super::*;

    fn grid(rows: &[&[&str]]) -> Grid {
        let row =
            |cells: &&[&str]| Row { cells: cells.iter().map(|text| Value::text(text)).collect(), ..Row::default() };
        Grid { rows: rows.iter().map(row).collect(), ..Grid::default() }
    }

    #[test]
    fn columns_without_an_amount_are_left_out_only_if_the_total_has_none_there_either() {
        let catalog = Catalog::load(&[]).unwrap();
        let first = |total: &[&str]| {
            grid(&[&["科目编码", "名称", "甲", "乙", "丙"], total, &["206", "科技", "7.10", "", "7.10"]])
        };
        let next = grid(&[&["213", "农林", "2.00", "2.00"]]);
        assert_eq!(columns(&catalog, &first(&["", "合计", "9.10", "", "9.10"]), &next), Some(vec![0, 1, 2, 4]));
        assert_eq!(columns(&catalog, &first(&["207", "文化", "9.10", "", "9.10"]), &next), None);
        assert_eq!(columns(&catalog, &first(&["", "合计", "9.10", "", "9.10"]), &grid(&[&["213", "2.00"]])), None);
    }
}
