//! Lines above a table that were set as a table of their own: the unit on the right, the department on the left.

use juesuan_catalog::Catalog;
use juesuan_forms::cells;
use juesuan_read::{Grid, PageLine, Piece};
use juesuan_text::plain;

use super::tables::{entity, is_form_number};

/// Rows of such a table, at most.
const ROWS_MAX: usize = 2;

/// The pieces with such tables as lines.
pub(super) fn restored(pieces: Vec<Piece>, catalog: &Catalog) -> Vec<Piece> {
    pieces
        .into_iter()
        .map(|piece| if let Piece::Grid(grid) = &piece { line(grid, catalog).unwrap_or(piece) } else { piece })
        .collect()
}

fn line(grid: &Grid, catalog: &Catalog) -> Option<Piece> {
    let filled = |row: &usize| grid.cells_of(*row).iter().any(|cell| !cell.is_blank());
    let rows: Vec<usize> = (0..grid.rows.len()).filter(filled).collect();
    let texts: Vec<&str> = rows
        .iter()
        .flat_map(|row| grid.cells_of(*row))
        .map(|cell| cell.as_str())
        .filter(|text| !text.is_empty())
        .collect();
    let labels =
        |text: &&str| cells::unit(text).is_some() || entity(catalog, text).is_some() || is_form_number(&plain(text));
    let place = grid.place_of_cell(*rows.first()?, 0);
    let line = PageLine { text: texts.join("　"), place, ends: true, ..PageLine::default() };
    (rows.len() <= ROWS_MAX && texts.iter().all(labels)).then_some(Piece::Line(line))
}

#[cfg(test)]
mod tests {
    use juesuan_read::{Row, Value};

    use super::*;

    #[test]
    fn a_table_of_labels_is_a_line_and_one_with_a_number_is_none() {
        let catalog = Catalog::load(&[]).unwrap();
        let told = |texts: &[&str]| {
            let row = Row { cells: texts.iter().map(|text| Value::text(text)).collect(), ..Row::default() };
            let pieces = restored(vec![Piece::Grid(Grid { rows: vec![row], ..Grid::default() })], &catalog);
            pieces.into_iter().find_map(|piece| if let Piece::Line(line) = piece { Some(line.text) } else { None })
        };
        assert_eq!(
            told(&["编制单位：青峰县林业局", "", "单位：元"]).as_deref(),
            Some("编制单位：青峰县林业局　单位：元")
        );
        assert_eq!(told(&["单位：元", "31.50"]), None);
    }
}
