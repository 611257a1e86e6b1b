//! Cells of tables: their numbers are figures with table, row and column as their place.

use juesuan_catalog::performance::documents::CellLook;
use juesuan_model::{Ask, Cell, Figure, FigureId, Meaning, Measure, Money, Place, Printed, Seen, TableCell};

use crate::narrate::Written;
use crate::narrate::line::Bit;

/// Stands where something must be supplied.
const MISSING: &str = "【请补充】";

/// Where a cell stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Spot<'s> {
    /// Title of the document around it.
    pub(super) section: &'s str,
    /// Title of the table.
    pub(super) table: &'s str,
    /// Name of its row.
    pub(super) row: &'s str,
    /// Name of its column.
    pub(super) column: &'s str,
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Text,
    Middle,
    Number,
}

impl Look {
    /// As a form has it.
    pub(super) const fn of(look: CellLook) -> Look {
        match look {
            CellLook::Text => Look::Text,
            CellLook::Middle => Look::Middle,
            CellLook::Number => Look::Number,
        }
    }
}

impl Spot<'_> {
    fn place(&self) -> Place {
        let named = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Place {
            section: named(self.section),
            table: named(self.table),
            row: named(self.row),
            column: named(self.column),
            ..Place::default()
        }
    }
}

/// Enters the figures of a text that stands in one place: the printed text, and its figures in order.
pub(super) fn entered(bits: Vec<Bit>, spot: &Spot, written: &mut Written) -> (String, Vec<FigureId>) {
    let (mut text, mut figures) = (String::new(), Vec::new());
    for bit in bits {
        match bit {
            // Row and column say what it is that is missing.
            Bit::Missing { ask, .. } => {
                text.push_str(MISSING);
                written.asks.push(Ask { place: spot.place(), ..*ask });
            }
            Bit::Figure(draft) => {
                text.push_str(&draft.digits);
                let own = figure(draft.meanings, draft.measure, draft.printed, draft.exact, spot.place());
                figures.push(written.package.push(own));
            }
            Bit::Used(key) => {
                written.used.insert(key);
            }
            other => text.push_str(other.shown()),
        }
    }
    (text, figures)
}

/// A printed number as a figure.
pub(super) fn figure(
    meanings: Vec<Meaning>,
    measure: Measure,
    printed: Printed,
    exact_fen: Option<Money>,
    place: Place,
) -> Figure {
    Figure { meanings, measure, cell: Cell::Number(printed), exact_fen, seen: Seen::Text, place }
}

/// A cell, and its figures in order; it holds the one, if there is one only.
pub(super) fn cell(
    bits: Vec<Bit>,
    look: Look,
    columns: u16,
    spot: &Spot,
    written: &mut Written,
) -> (TableCell, Vec<FigureId>) {
    let (text, figures) = entered(bits, spot, written);
    let figure = match figures.as_slice() {
        [one] => Some(*one),
        _ => None,
    };
    let cell = match look {
        // A place for a number with a mark in it is text: the mark is broken into lines.
        Look::Number if text.contains('【') => TableCell { figure, ..TableCell::words(text) },
        Look::Number => TableCell::number(text, figure),
        Look::Middle => TableCell { figure, ..TableCell::middle(text) },
        Look::Text => TableCell { figure, ..TableCell::words(text) },
    };
    (TableCell { columns, ..cell }, figures)
}
