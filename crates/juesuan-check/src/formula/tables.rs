//! What statutory tables have.

use juesuan_catalog::formula::things::{TableNumber, TableText};
use juesuan_model::relation::{Given, Operand};
use juesuan_model::{CellRole, Dimension, FigureId, Meaning, Measure, Place, Printed, Table};
use juesuan_text::plain;

use crate::ledger::{Ledger, Value};

/// A text of a table.
pub(super) fn text(table: &Table, which: TableText) -> String {
    match which {
        TableText::Title => plain(&table.title),
        TableText::Unit => table.unit.trim().to_owned(),
        TableText::Labels => {
            let label = |row: &juesuan_model::TableRow| {
                row.cells.iter().find(|cell| cell.figure.is_none()).map(|cell| plain(&cell.text))
            };
            let labels: Vec<String> = table.rows.iter().filter_map(label).collect();
            [&table.form, &table.title, &table.entity].into_iter().map(|text| plain(text)).chain(labels).collect()
        }
    }
}

/// A number of a table.
pub(super) fn number(table: &Table, which: TableNumber, ledger: &Ledger<'_>) -> Option<Operand> {
    match which {
        TableNumber::Rows => {
            let rows = i64::try_from(table.rows.len()).ok()?;
            Some(Operand::Given(Given::number(i128::from(rows), Printed::count(rows))))
        }
        TableNumber::Amount => {
            let filled = |id: &FigureId| ledger.known(*id).is_some_and(|(printed, _)| !printed.is_zero());
            figures(table).find(filled).map(Operand::Figure)
        }
        TableNumber::InText => elsewhere(table, ledger).map(Operand::Figure),
    }
}

fn figures(table: &Table) -> impl Iterator<Item = FigureId> {
    table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.figure)
}

/// An amount other than nothing that the text prints for what a column of an empty table means, of whatever stage.
fn elsewhere(table: &Table, ledger: &Ledger<'_>) -> Option<FigureId> {
    let entity = &ledger.package.entity;
    let variant = ledger.catalog.variant(&entity.variant, entity.year)?;
    let form = variant.form(&table.form)?;
    let cells = form.block.iter().flat_map(|block| block.column.iter().map(move |column| (block, column)));
    let meant: Vec<Meaning> = cells
        .map(|(block, column)| form.means.overlaid_by(&block.means).overlaid_by(&column.means))
        .map(|meaning| ledger.canonical(&meaning).without(Dimension::Stage))
        .filter(|meaning| meaning.coordinates().count() > 1)
        .collect();
    ledger.figures().find_map(|(id, _, entry)| {
        let (meaning, measure) = entry.keys.first()?;
        let same = *measure == Measure::Amount && meant.contains(&meaning.clone().without(Dimension::Stage));
        let stands = ledger.known(id).is_some_and(|(printed, _)| !printed.is_zero());
        (same && stands && !ledger.in_table(id)).then_some(id)
    })
}

/// True if a cell prints money; `None` where nothing is seen but something cannot be read, or a number has no meaning.
pub(super) fn has_data(table: &Table, ledger: &Ledger<'_>) -> Option<bool> {
    let strange = |cell: &juesuan_model::TableCell| {
        let number = cell.text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'));
        // A spreadsheet shows ### for a number that its column is too narrow for.
        let shown = number && cell.text.contains(|c| ('1'..='9').contains(&c)) || cell.text.starts_with("##");
        cell.figure.is_none() && cell.role == CellRole::Number && shown
    };
    // Rows that could not be put below the others have no cell.
    let lost = |figure: &juesuan_model::Figure| {
        matches!(figure.cell, juesuan_model::Cell::Unreadable) && figure.place.table.as_ref() == Some(&table.title)
    };
    let mut unreadable =
        table.rows.iter().flat_map(|row| &row.cells).any(strange) || ledger.package.figures.iter().any(lost);
    for id in figures(table) {
        match ledger.value(id) {
            Value::Known { printed, .. } if !printed.is_zero() => return Some(true),
            Value::Unreadable => unreadable = true,
            _ => {}
        }
    }
    (!unreadable).then_some(false)
}

/// Where a table begins, by its title.
pub(crate) fn place(table: &Table) -> Place {
    let title = Some(table.title.clone());
    Place { table: title.clone(), quote: title, ..table.place.clone() }
}

/// Where a line below a table stands.
pub(crate) fn note_place(table: &Table, number: usize) -> Place {
    let here = table.note_places.get(number).cloned().unwrap_or_else(|| table.place.clone());
    Place { table: Some(table.title.clone()), quote: table.notes.get(number).cloned(), ..here }
}
