//! Numbers of a column with equally many digits behind the point, so that they stand below each other; money in 万元 has two, as in
//! statutory tables. Rates are left as they are: they are rounded, and a zero behind their last digit would say what is not so.

use std::collections::BTreeMap;

use juesuan_model::money::Decimal;
use juesuan_model::{Block, Cell, CellRole, FigureId, Package, Table, TableCell, Unit};

/// Sign of a rate.
const PERCENT: char = '%';

/// Digits behind the point of money in 万元.
const MONEY_DECIMALS: u8 = 2;

/// Where a number stands: first grid column, and how many it covers.
type Column = (usize, u16);

/// Evens out the columns of all tables of a package that are no statutory ones, which have the digits of their unit.
pub(crate) fn even_out(package: &mut Package) {
    let mut longer: Vec<(FigureId, u8)> = Vec::new();
    let figures = std::mem::take(&mut package.figures);
    let unit = |cell: &TableCell| {
        let figure = cell.figure.and_then(|id| figures.get(usize::try_from(id.0).ok()?));
        figure.and_then(|figure| figure.cell.number()).map(|printed| printed.unit)
    };
    // None for a rate.
    let least = |cell: &TableCell| match unit(cell) {
        Some(Unit::Percent) => None,
        _ if cell.text.ends_with(PERCENT) => None,
        Some(Unit::WanYuan) => Some(MONEY_DECIMALS),
        _ => Some(0),
    };
    for block in package.document.parts.iter_mut().flat_map(|part| &mut part.blocks) {
        if let Block::Table(table) = block
            && table.form.is_empty()
        {
            of_table(table, &least, &mut longer);
        }
    }
    package.figures = figures;
    for (id, decimals) in longer {
        let figure = usize::try_from(id.0).ok().and_then(|at| package.figures.get_mut(at));
        if let Some(figure) = figure
            && let Cell::Number(printed) = figure.cell
        {
            figure.cell = Cell::Number(printed.with_decimals_at_least(decimals));
        }
    }
}

/// `least` tells how many digits a number has at least; none for one that is left as it is.
fn of_table(table: &mut Table, least: &dyn Fn(&TableCell) -> Option<u8>, longer: &mut Vec<(FigureId, u8)>) {
    let mut most: BTreeMap<Column, u8> = BTreeMap::new();
    for row in &table.rows {
        for (column, cell) in placed(&row.cells) {
            if let Some((decimals, least)) = decimals(cell).zip(least(cell)) {
                let most = most.entry((column, cell.columns.max(1))).or_default();
                *most = (*most).max(decimals).max(least);
            }
        }
    }
    for row in &mut table.rows {
        let columns: Vec<usize> = placed(&row.cells).map(|(column, _)| column).collect();
        for (column, cell) in columns.into_iter().zip(&mut row.cells).filter(|(_, cell)| least(cell).is_some()) {
            let wanted = most.get(&(column, cell.columns.max(1))).copied().unwrap_or_default();
            let Some(own) = decimals(cell).filter(|own| *own < wanted) else { continue };
            let point = if own == 0 { "." } else { "" };
            cell.text.push_str(&format!("{point}{}", "0".repeat(usize::from(wanted - own))));
            longer.extend(cell.figure.map(|id| (id, wanted)));
        }
    }
}

/// The cells of a row with their first grid columns.
fn placed(cells: &[TableCell]) -> impl Iterator<Item = (usize, &TableCell)> {
    cells.iter().scan(0, |column, cell| {
        let own = *column;
        *column += usize::from(cell.columns.max(1));
        Some((own, cell))
    })
}

/// Digits behind the point of a cell that is a number.
fn decimals(cell: &TableCell) -> Option<u8> {
    let number = Decimal::parse(&cell.text).ok().filter(|_| cell.role == CellRole::Number)?;
    Some(number.decimals)
}

#[cfg(test)]
mod tests {
    use juesuan_model::{Document, Figure, Meaning, Measure, Part, Place, Printed, Seen, TableBuilder};

    use super::*;

    #[test]
    fn numbers_of_a_column_get_the_digits_of_the_longest_and_rates_keep_their_own() {
        let figure = Figure {
            meanings: vec![Meaning::new()],
            measure: Measure::Amount,
            cell: Cell::Number(Printed::parse("8", Unit::Point).unwrap()),
            exact_fen: None,
            seen: Seen::Text,
            place: Place::default(),
        };
        let mut package = Package::default();
        let id = package.push(figure);
        let mut table = TableBuilder::grid(vec![1, 1]);
        let number = |text: &str, figure| TableCell::number(text.to_owned(), figure);
        for (left, right) in
            [(number("8", Some(id)), "100%"), (number("4.74", None), "89.3%"), (TableCell::middle("3次"), "5")]
        {
            table.row(vec![left, number(right, None)]);
        }
        let blocks = vec![Block::Table(table.finish())];
        package.document = Document { parts: vec![Part { blocks, ..Part::default() }], ..Document::default() };
        even_out(&mut package);
        let texts: Vec<&str> = package
            .document
            .tables()
            .flat_map(|table| &table.rows)
            .flat_map(|row| &row.cells)
            .map(|cell| cell.text.as_str())
            .collect();
        assert_eq!(texts, ["8.00", "100%", "4.74", "89.3%", "3次", "5"]);
        assert_eq!(package.figure(id).unwrap().cell.number().unwrap().digits(), "8.00");
    }

    #[test]
    fn money_has_two_digits_behind_the_point_though_all_of_a_column_are_whole() {
        let figure = Figure {
            meanings: vec![Meaning::new()],
            measure: Measure::Amount,
            cell: Cell::Number(Printed::parse("5", Unit::WanYuan).unwrap()),
            exact_fen: None,
            seen: Seen::Text,
            place: Place::default(),
        };
        let mut package = Package::default();
        let id = package.push(figure);
        let mut table = TableBuilder::grid(vec![1]);
        table.row(vec![TableCell::number("5".to_owned(), Some(id))]);
        let blocks = vec![Block::Table(table.finish())];
        package.document = Document { parts: vec![Part { blocks, ..Part::default() }], ..Document::default() };
        even_out(&mut package);
        let table = package.document.tables().next().unwrap();
        assert_eq!(table.rows[0].cells[0].text, "5.00");
        assert_eq!(package.figure(id).unwrap().cell.number().unwrap().digits(), "5.00");
    }
}
