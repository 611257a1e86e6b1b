//! A row of a table that was read → its figures: the one place where a cell gets its meaning, its measure and the name of
//! its column, whether the table stands in a document, in a finished sheet or in JSON.

use juesuan_catalog::{Form, FormBlock, FormColumn};
use juesuan_model::{Cell, Figure, Measure, Place, Seen};
use juesuan_read::Grid;

use super::columns::column_place;
use super::rows::Found;
use super::table::SheetTable;

/// A figure column of a form.
pub struct FigureColumn<'f> {
    form: &'f Form,
    block: &'f FormBlock,
    column: &'f FormColumn,
    /// The words by which places name it.
    pub name: String,
}

/// A figure and the cell of the sheet that prints it.
pub struct SheetFigure {
    /// Row and column of the sheet.
    pub cell: (usize, usize),
    /// The figure.
    pub figure: Figure,
}

impl<'f> FigureColumn<'f> {
    /// The figure columns of each block of a form, in the order of its cells.
    pub fn of(form: &'f Form) -> Vec<Vec<FigureColumn<'f>>> {
        let named = |block: &'f FormBlock, column: &'f FormColumn| {
            let name = column_place(&form.block, column);
            FigureColumn { form, block, column, name }
        };
        form.block.iter().map(|block| block.numbers().map(|column| named(block, column)).collect()).collect()
    }

    /// The figure that a row of its block prints in this column. `place` names table and row.
    pub fn figure(&self, row: &Found<'_>, cell: Cell, place: Place) -> Figure {
        Figure {
            meanings: vec![self.form.meaning(self.block, row.row, row.code.as_deref(), self.column)],
            measure: if row.row.count { Measure::Count } else { self.column.measure() },
            cell,
            exact_fen: None,
            seen: Seen::Text,
            place: Place { column: Some(self.name.clone()), ..place },
        }
    }
}

/// The figures of a table, row by row; a cell that is not there has none, a blank one has.
pub fn figures(table: &SheetTable<'_>, grid: &Grid, title: &str) -> Vec<SheetFigure> {
    let columns = FigureColumn::of(table.form);
    let mut out = Vec::new();
    for row in &table.rows {
        for side in &row.sides {
            let (Some(found), Some(columns)) = (&side.found, columns.get(side.block)) else { continue };
            if found.row.heading {
                continue;
            }
            for (column, cell) in columns.iter().zip(&side.cells) {
                let Some((at, cell)) = cell.filter(|(_, cell)| *cell != Cell::Absent) else { continue };
                let cell_place = grid.place_of_cell(row.at, at);
                let place = Place { table: Some(title.to_owned()), row: Some(side.label()), ..cell_place };
                let figure = Figure { seen: grid.seen_as(row.at, at), ..column.figure(found, cell, place) };
                out.push(SheetFigure { cell: (row.at, at), figure });
            }
        }
    }
    out
}
