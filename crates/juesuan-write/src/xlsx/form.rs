//! A table on a sheet, in the official layout: title, number, entity and unit, merged heads, frames, notes.

use juesuan_model::money::Decimal;
use juesuan_model::{Cell, HeaderCell, Orientation, Package, Printed, Table, TableCell, TableRow, Unit};
use rust_xlsxwriter::{Format, FormatAlign, Formula, IgnoreError, Note, Worksheet, XlsxError};

use super::amount::Amount;
use super::formats::{self, Bold};
use super::formula::{Sum, Sums};
use crate::grid::{Measure, columns, covered, is_covered, placed, shares, span, text_units};

/// Pixels of a sheet's columns together.
const WIDE: u32 = 1060;
const MIDDLE: u32 = 940;
const NARROW: u32 = 860;
/// More columns than these ask for the width of a wide table, whatever the page.
const NARROW_COLUMNS: usize = 6;

/// A table of at most this many rows is printed on one page.
const ONE_PAGE: usize = 48;

/// One table on a sheet of its own, with print setup.
pub(super) fn sheet(sheet: &mut Worksheet, table: &Table, package: &Package) -> Result<(), XlsxError> {
    for (column, width) in widths(table).into_iter().enumerate() {
        sheet.set_column_width_pixels(column_number(column), width)?;
    }
    let placed = write(sheet, table, package, 0)?;
    if !table.header.is_empty() {
        sheet.set_repeat_rows(placed.head, placed.body - 1)?;
        sheet.set_freeze_panes(placed.body, 0)?;
    }
    print_setup(sheet, turned(table));
    if table.rows.len() <= ONE_PAGE {
        sheet.set_print_fit_to_pages(1, 1);
    }
    Ok(())
}

/// Pixels of an upright page that are printed on, across and down.
const PAGE: [u32; 2] = [680, 980];

/// How the sheet is turned: a statutory table as it is laid down, another one so that it is printed larger.
fn turned(table: &Table) -> Orientation {
    if !table.form.is_empty() {
        return table.orientation;
    }
    let widths = widths(table);
    let points: u32 = table.rows.iter().map(|row| row_height(row, &widths)).sum();
    let (wide, high) = (widths.iter().sum::<u32>(), points * 4 / 3);
    // How much of its size is left when the width, and on one page the height, is made to fit, in percent.
    let share = |across: u32, down: u32| {
        let whole = across * 100 / wide.max(1);
        if table.rows.len() <= ONE_PAGE { whole.min(down * 100 / high.max(1)) } else { whole }
    };
    let [across, down] = PAGE;
    if share(down, across) > share(across, down) * 115 / 100 { Orientation::Landscape } else { Orientation::Portrait }
}

/// Several tables below each other.
pub(super) fn stacked(sheet: &mut Worksheet, tables: &[&Table], package: &Package) -> Result<(), XlsxError> {
    let mut widest: Vec<u32> = Vec::new();
    let mut row = 0;
    for table in tables {
        for (column, width) in widths(table).into_iter().enumerate() {
            match widest.get_mut(column) {
                Some(known) => *known = width.max(*known),
                None => widest.push(width),
            }
        }
        row = write(sheet, table, package, row)?.end + 2;
    }
    for (column, width) in widest.into_iter().enumerate() {
        sheet.set_column_width_pixels(column_number(column), width)?;
    }
    print_setup(sheet, Orientation::Portrait);
    Ok(())
}

/// A4, as wide as the page, centred, page number below.
pub(crate) fn print_setup(sheet: &mut Worksheet, orientation: Orientation) {
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_margins(0.6, 0.6, 0.7, 0.7, 0.3, 0.3).set_footer("&C— &P —");
    match orientation {
        Orientation::Portrait => sheet.set_portrait(),
        Orientation::Landscape => sheet.set_landscape(),
    };
}

fn widths(table: &Table) -> Vec<u32> {
    let whole = match (table.orientation, columns(table) > NARROW_COLUMNS) {
        (Orientation::Landscape, _) => WIDE,
        // Printed upright: what is too wide becomes too small.
        (Orientation::Portrait, true) if !table.form.is_empty() => MIDDLE,
        (Orientation::Portrait, true) => WIDE,
        (Orientation::Portrait, false) => NARROW,
    };
    shares(table, Measure { whole, letter: 15, padding: 14 }).into_iter().map(|width| width.max(44)).collect()
}

fn column_number(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// Sheet rows of a table.
struct Rows {
    head: u32,
    body: u32,
    end: u32,
}

fn write(sheet: &mut Worksheet, table: &Table, package: &Package, start: u32) -> Result<Rows, XlsxError> {
    let last = column_number(columns(table).saturating_sub(1));
    let mut row = start;
    if !table.title.is_empty() {
        across(sheet, row, last, &table.title, &formats::title())?;
        sheet.set_row_height(row, 30)?;
        row += 1;
    }
    let right = formats::plain(10).set_align(FormatAlign::Right);
    for (left, at_right) in [("", &table.number), (table.entity.as_str(), &table.unit)] {
        if left.is_empty() && at_right.is_empty() {
            continue;
        }
        if !left.is_empty() {
            sheet.write_string_with_format(row, 0, left, &formats::plain(10))?;
        }
        if !at_right.is_empty() && last > 0 {
            sheet.write_string_with_format(row, last, at_right, &right)?;
        }
        row += 1;
    }
    let head = row;
    let widths = widths(table);
    head_rows(sheet, table, &widths, head)?;
    let body = head + u32::try_from(table.header.len()).unwrap_or(0);
    let mut sums = Sums::new(table, package, body);
    row = body;
    let covered = covered(table);
    for (number, data) in table.rows.iter().enumerate() {
        sheet.set_row_height(row, row_height(data, &widths))?;
        for (column, cell) in placed(data).filter(|(column, _)| !is_covered(&covered, number, *column)) {
            body_cell(sheet, package, &mut sums, (row, column_number(column)), data, cell)?;
        }
        row += 1;
    }
    // Codes and column numbers are text on purpose.
    if row > head {
        sheet.ignore_error_range(head, 0, row - 1, last, IgnoreError::NumberStoredAsText)?;
    }
    for note in &table.notes {
        // 2. stands below 1., not below 注.
        let indent = if note.starts_with(|first: char| first.is_ascii_digit()) { 2 } else { 0 };
        across(sheet, row, last, note, &formats::plain(10).set_text_wrap().set_indent(indent))?;
        let lines = (text_units(note) * 7).div_ceil(widths.iter().sum::<u32>().saturating_sub(30).max(14));
        sheet.set_row_height(row, 5 + 13 * lines.max(1))?;
        row += 1;
    }
    Ok(Rows { head, body, end: row })
}

/// Points that a row needs for its texts; a letter of 10 points is about 14 pixels wide.
fn row_height(row: &TableRow, widths: &[u32]) -> u32 {
    let lines = placed(row).map(|(column, cell)| {
        let width: u32 = widths.iter().skip(column).take(span(cell.columns)).sum();
        let room = width.saturating_sub(10 + 12 * u32::from(cell.indent)).max(14);
        (text_units(&cell.text) * 7).div_ceil(room).max(1).div_ceil(u32::from(cell.rows.max(1)))
    });
    6 + 13 * lines.max().unwrap_or(1)
}

/// A text over the whole width.
fn across(sheet: &mut Worksheet, row: u32, last: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    span_cells(sheet, (row, 0), (row, last), text, format)
}

fn span_cells(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    (last_row, last_column): (u32, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if row == last_row && column == last_column {
        sheet.write_string_with_format(row, column, text, format)?;
    } else {
        sheet.merge_range(row, column, last_row, last_column, text, format)?;
    }
    Ok(())
}

/// Points that a row of titles needs; a title over several rows has their heights together.
fn head_height(cells: &[HeaderCell], widths: &[u32]) -> u32 {
    let lines = cells.iter().map(|cell| {
        let width: u32 = widths.iter().skip(usize::from(cell.column)).take(span(cell.columns)).sum();
        let lines = (text_units(&cell.text) * 15 / 2).div_ceil(width.saturating_sub(8).max(15));
        lines.div_ceil(u32::from(cell.rows.max(1)))
    });
    (8 + 14 * lines.max().unwrap_or(1)).max(22)
}

fn head_rows(sheet: &mut Worksheet, table: &Table, widths: &[u32], first: u32) -> Result<(), XlsxError> {
    let format = formats::head();
    let end = first + u32::try_from(table.header.len()).unwrap_or(0);
    for (row, cells) in (first..).zip(&table.header) {
        sheet.set_row_height(row, head_height(cells, widths))?;
        for cell in cells {
            let last_row = (row + u32::from(cell.rows.max(1)) - 1).min(end - 1);
            let last_column = cell.column + cell.columns.max(1) - 1;
            span_cells(sheet, (row, cell.column), (last_row, last_column), &cell.text, &format)?;
        }
    }
    Ok(())
}

fn body_cell(
    sheet: &mut Worksheet,
    package: &Package,
    sums: &mut Sums,
    (row, column): (u32, u16),
    data: &TableRow,
    cell: &TableCell,
) -> Result<(), XlsxError> {
    let bold = if data.total { Bold::Yes } else { Bold::No };
    let format = formats::body(cell.align, cell.indent, &bold);
    let last = column + column_number(span(cell.columns)) - 1;
    let last_row = row + u32::from(cell.rows.max(1)) - 1;
    let Some(amount) = amount(package, cell) else {
        return if cell.text.is_empty() && last == column && last_row == row {
            sheet.write_blank(row, column, &format).map(|_| ())
        } else {
            span_cells(sheet, (row, column), (last_row, last), &cell.text, &format)
        };
    };
    let format = format.set_num_format(formats::number_format(amount.decimals, &cell.text));
    if last > column || last_row > row {
        sheet.merge_range(row, column, last_row, last, "", &format)?;
    }
    let note = match sums.sum(cell, amount) {
        Some(Sum::Live { formula, note }) => {
            let formula = Formula::new(formula).set_result(amount.text());
            sheet.write_formula_with_format(row, column, formula, &format)?;
            note
        }
        Some(Sum::Constant { note }) => {
            sheet.write_number_with_format(row, column, amount.number(), &format)?;
            note
        }
        None => {
            sheet.write_number_with_format(row, column, amount.number(), &format)?;
            None
        }
    };
    if let Some(note) = note {
        let note = Note::new(note).add_author_prefix(false).set_author("juesuan").set_width(220).set_height(60);
        sheet.insert_note(row, column, &note)?;
    }
    Ok(())
}

/// The number a cell prints, if it prints one.
fn amount(package: &Package, cell: &TableCell) -> Option<Amount> {
    let shown = Decimal::parse(&cell.text).ok()?;
    match cell.figure.and_then(|id| package.figure(id)) {
        Some(figure) => match figure.cell {
            Cell::Number(_) => Amount::of_figure(figure),
            _ => None,
        },
        None if cell.role == juesuan_model::CellRole::Number => {
            Some(Amount::of_printed(Printed { mantissa: shown.mantissa, decimals: shown.decimals, unit: Unit::Piece }))
        }
        None => None,
    }
}
