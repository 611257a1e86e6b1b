//! A workbook as it leaves an accounting program and many hands: tables that begin somewhere, blank rows and columns, codes in
//! three columns, numbers that are text.

use juesuan_model::{Block, CellRole, Document, Table};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::grid;
use crate::random::Random;

/// Letters of a sheet name, at most.
const SHEET_NAME: usize = 31;

/// The tables, one on a sheet; the running text is not in it.
///
/// # Errors
/// The workbook cannot be written.
pub fn workbook(document: &Document, random: &mut Random) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let blocks = document.parts.iter().flat_map(|part| &part.blocks);
    for (number, block) in (1..).zip(blocks) {
        let Block::Table(table) = block else { continue };
        let sheet = book.add_worksheet();
        let name: String = format!("Z{number:02} {}", table.title).chars().take(SHEET_NAME).collect();
        sheet.set_name(name)?;
        put(sheet, table, &document.title, random)?;
    }
    book.save_to_buffer()
}

fn put(sheet: &mut Worksheet, table: &Table, title: &[String], random: &mut Random) -> Result<(), XlsxError> {
    let rows = grid::rows(table);
    let left = u16::try_from(random.between(0, 2)).unwrap_or(0);
    let mut line = u32::try_from(random.between(0, 2)).unwrap_or(0);
    let three = random.between(0, 1) == 1 && table.rows.iter().any(|row| row.cells.first().is_some_and(is_code));
    // Codes in three columns push what follows to the right.
    let wider = if three { 2 } else { 0 };
    let at = |column: usize| {
        let column = u16::try_from(column).unwrap_or(u16::MAX);
        left + column + if column > 0 { wider } else { 0 }
    };
    sheet.write(line, left, title.join(""))?;
    sheet.write(line + 1, left, &table.title)?;
    sheet.write(line + 2, left, &table.number)?;
    sheet.write(line + 3, left, &table.entity)?;
    sheet.write(line + 3, at(grid::columns(&rows).saturating_sub(1)), &table.unit)?;
    line += 5;
    let as_text = random.between(0, 1) == 1;
    for row in &rows {
        for cell in row {
            let (from, to) = (at(cell.column), at(cell.column + cell.columns) - 1);
            let below = line + u32::try_from(cell.rows - 1).unwrap_or(0);
            let digits = cell.text.as_str();
            match cell.role {
                CellRole::Code if three && cell.column == 0 => {
                    for (column, range) in (left..).zip([0..3, 3..5, 5..7]) {
                        if let Some(digits) = digits.get(range) {
                            sheet.write(line, column, digits)?;
                        }
                    }
                }
                CellRole::Label if three && digits == "栏次" && cell.column == 0 => {
                    for (column, level) in (left..).zip(["类", "款", "项", digits]) {
                        sheet.write(line, column, level)?;
                    }
                }
                CellRole::Number if digits.is_empty() => {}
                CellRole::Number if !as_text => {
                    number(sheet, line, from, digits)?;
                }
                _ if to > from || below > line => {
                    sheet.merge_range(line, from, below, to, digits, &Format::new())?;
                }
                _ => {
                    sheet.write(line, from, digits)?;
                }
            }
        }
        line += 1;
        if random.between(1, 12) == 1 && line > 12 {
            line += 1;
        }
    }
    for note in &table.notes {
        line += 1;
        sheet.write(line, left, note)?;
    }
    Ok(())
}

fn is_code(cell: &juesuan_model::TableCell) -> bool {
    cell.role == CellRole::Code
}

/// A cell that holds a number, shown as it is printed.
fn number(sheet: &mut Worksheet, line: u32, column: u16, digits: &str) -> Result<(), XlsxError> {
    let decimals = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let shown = if decimals == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(decimals)) };
    match digits.parse::<f64>() {
        Ok(value) => sheet.write_with_format(line, column, value, &Format::new().set_num_format(shown))?,
        Err(_) => sheet.write(line, column, digits)?,
    };
    Ok(())
}
