//! The library of usual indicators behind the entry sheet of indicators, in the same columns: rows to copy.

use juesuan_catalog::{InputColumn, InputFile, Library, UsualIndicator};
use rust_xlsxwriter::{FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::entry_sheet::head_of;
use super::looks::{base, print};

/// Key of the sheet of indicators among the input files.
pub const SHEET: &str = "perf-indicators";
/// Its name says that it explains, so that nobody's rows are read from it.
const NAME: &str = "常用指标（说明，供复制）";
/// Columns behind those of the entry sheet.
const MORE: [&str; 4] = ["用于", "适用工作", "通常的佐证", "又名"];
/// Widths of the columns with short and with long texts.
const NARROW: u16 = 14;
const WIDE: u16 = 40;

/// What the library says for a column of the entry sheet; empty for what the department fills in itself.
pub fn entry<'o>(own: &'o UsualIndicator, column: &InputColumn) -> &'o str {
    let [first, second] = &own.path;
    match column.key.as_str() {
        "level1" => first,
        "level2" => second,
        "level3" => &own.name,
        "class" => &own.class,
        "point" => &own.point,
        "target" => &own.usual,
        "computed" => &own.computed,
        "method" => &own.method,
        _ => "",
    }
}

/// Rows in the columns of the entry sheet, as a file that spreadsheets open.
///
/// # Errors
/// None but a fault of this function: memory takes all that is written.
pub fn rows<'o>(
    found: impl IntoIterator<Item = &'o UsualIndicator>,
    spec: Option<&InputFile>,
) -> Result<Vec<u8>, csv::Error> {
    let columns = spec.map_or(&[][..], |file| &file.column);
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record(columns.iter().map(head_of))?;
    for own in found {
        rows.write_record(columns.iter().map(|column| entry(own, column)))?;
    }
    // Spreadsheets take a file for UTF-8 only if it begins with this mark.
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    bytes.extend(rows.into_inner().map_err(|error| csv::Error::from(error.into_error()))?);
    Ok(bytes)
}

/// Writes the sheet.
pub fn write(sheet: &mut Worksheet, spec: &InputFile, library: &Library) -> Result<(), XlsxError> {
    sheet.set_name(NAME)?;
    let head = base().set_bold().set_align(FormatAlign::Center).set_border(FormatBorder::Thin);
    let wrapped = base().set_text_wrap().set_align(FormatAlign::Top);
    let heads: Vec<&str> = spec.column.iter().map(head_of).chain(MORE).collect();
    let mut letters = 0;
    for (index, name) in (0u16..).zip(&heads) {
        sheet.write_string_with_format(0, index, *name, &head)?;
        let is_long =
            spec.column.get(usize::from(index)).is_none_or(|column| matches!(column.key.as_str(), "level3" | "point"));
        let wide = if is_long { WIDE } else { NARROW };
        letters += u32::from(wide);
        sheet.set_column_width(index, wide)?;
    }
    let mut last = 0;
    for (row, own) in (1u32..).zip(library.iter()) {
        let more = [own.scope().word(), &own.fields.join("、"), &own.evidence, &own.aliases.join("、")];
        let texts = spec.column.iter().map(|column| entry(own, column)).chain(more);
        for (index, text) in (0u16..).zip(texts).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string_with_format(row, index, text, &wrapped)?;
        }
        last = row;
    }
    sheet.set_freeze_panes(1, 0)?;
    print(sheet, 0, letters)?;
    let right = u16::try_from(heads.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, last, right)?;
    Ok(())
}
