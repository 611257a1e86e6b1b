//! Findings as a workbook: one row a finding with room for what became of it, counts that follow what is filled in, and
//! what was not read.

use juesuan_catalog::Catalog;
use juesuan_text::shown;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Documents, Teller, each};
use crate::container::settled;
use crate::error::Error;
use crate::xlsx::form::print_setup;
use crate::xlsx::formats;

mod findings;
mod summary;
mod unread;

/// Name of the sheet with the findings; formulas of the summary refer to it.
const FINDINGS: &str = "发现";
/// Row of the column heads on every sheet, from 0; the title stands above.
const HEAD: u32 = 1;
/// A3, so that the rows can be read when they are printed.
const PAPER: u8 = 8;

/// Writes the workbook: 发现, 汇总, 没有读懂 and, where there are any, 已豁免. The catalogue says the sentences and what to do. The
/// same input gives the same bytes.
pub fn xlsx<D: Documents + ?Sized>(documents: &D, catalog: &Catalog) -> Result<Vec<u8>, Error> {
    let mut workbook = Workbook::new();
    let properties =
        DocProperties::new().set_title("审核发现清单").set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    let (mut findings, mut unread, mut waived) =
        (findings::Findings::new()?, unread::Unread::new()?, unread::Waivers::new()?);
    let mut counts = Vec::new();
    for document in each(documents) {
        let document = &*document?;
        let teller = Teller::of(catalog, document);
        findings.add(document, &teller)?;
        unread.add(document)?;
        waived.add(document, &teller)?;
        counts.push(summary::Counts::of(document));
    }
    let (list, last) = findings.end()?;
    workbook.push_worksheet(list);
    workbook.push_worksheet(summary::sheet(&counts, last)?);
    workbook.push_worksheet(unread.end()?);
    if let Some(sheet) = waived.end()? {
        workbook.push_worksheet(sheet);
    }
    Ok(settled(workbook.save_to_buffer()?))
}

/// A sheet of this name, not yet in a workbook.
fn named(name: &str) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    Ok(sheet)
}

/// Title, column heads with widths (in letters of half width), repeated on each printed page, frozen, A3 on its side.
/// `frozen` columns at the left stay in sight.
fn start(sheet: &mut Worksheet, title: &str, columns: &[(&str, u32)], frozen: u16) -> Result<(), XlsxError> {
    for (column, (name, width)) in (0u16..).zip(columns) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(HEAD, column, *name, &formats::head().set_bold())?;
    }
    sheet.write_string_with_format(0, 0, title, &formats::plain(14).set_bold())?;
    sheet.set_row_height(0, 28)?;
    sheet.set_row_height(HEAD, 24)?;
    sheet.set_repeat_rows(0, HEAD)?;
    sheet.set_freeze_panes(HEAD + 1, frozen)?;
    print_setup(sheet, juesuan_model::Orientation::Landscape);
    sheet.set_paper_size(PAPER);
    Ok(())
}

/// Most letters of a cell that are written; a workbook holds 32,767.
const LETTERS: usize = 30_000;

/// Writes a text, cut where a cell cannot hold it, with a box for what cannot be shown.
fn write_text(sheet: &mut Worksheet, row: u32, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    let text = &shown(text);
    match text.char_indices().nth(LETTERS) {
        Some((end, _)) => {
            let cut = format!("{}…（全文见原报告）", text.get(..end).unwrap_or(""));
            sheet.write_string_with_format(row, column, cut, format)?;
        }
        None => {
            sheet.write_string_with_format(row, column, text.as_ref(), format)?;
        }
    }
    Ok(())
}

/// Height of a row, in points, that shows every line of these texts in columns of these widths.
fn height<'t>(cells: impl Iterator<Item = (&'t str, u32)>) -> u32 {
    let lines = |(text, width): (&str, u32)| -> u32 {
        let line = |line: &str| (crate::grid::text_units(line) + 1).div_ceil(width.saturating_sub(1).max(2)).max(1);
        text.lines().map(line).sum()
    };
    // A row of a workbook is at most 409 points high.
    (6 + 13 * cells.map(lines).max().unwrap_or(1)).clamp(20, 409)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_as_high_as_its_longest_text() {
        assert_eq!(height([("短", 10)].into_iter()), 20);
        assert_eq!(height([("十个汉字十个汉字十个", 10), ("短", 4)].into_iter()), 6 + 13 * 3);
        assert_eq!(height([("一\n二\n三", 10)].into_iter()), 6 + 13 * 3);
        assert_eq!(height(["字".repeat(5000)].iter().map(|text| (text.as_str(), 4))), 409);
    }
}
