//! 填报表.xlsx: everything that an accountant enters, in one workbook.

use std::iter::{once, repeat};

use juesuan_catalog::section::keys::{KeyKind, narrative_keys};
use juesuan_catalog::{Catalog, ChoicesFrom, EntrySheet, InputFile, ProfileRow};
use juesuan_model::BudgetUnit;
use juesuan_read::grid::column_letters;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, FormatAlign, FormatBorder, Formula,
    Url, Workbook, Worksheet, XlsxError,
};

use super::entry_sheet::{self, CHOICES_CHARACTERS_MAX, EXAMPLE_HEAD, LAST_ROW, MAY, MUST};
use super::looks::{base, print};
use super::{Answers, indicator_sheet, kind_word};

/// Column that names the unit of a row.
const UNIT: &str = "unit";
/// Kinds whose rows are there from the beginning.
const PROFILE: &str = "profile";
const UNITS: &str = "units";
const CAUSES: &str = "causes";
const TEXTS: &str = "texts";
/// Where a cell is to be filled in.
const FILL_MUST: Color = Color::RGB(0xFF_F2_CC);
/// Widths of the list of sheets.
const START_WIDTHS: [u16; 4] = [20, 72, 12, 22];
/// Characters of a line of the second of them.
const START_CHARACTERS: usize = 34;

/// The workbook, the same bytes for the same catalogue and answers.
pub fn workbook(catalog: &Catalog, answers: &Answers) -> Result<Vec<u8>, XlsxError> {
    let book = &catalog.entry;
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new().set_title(&book.start.title).set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?),
    );
    start(workbook.add_worksheet(), catalog, answers)?;
    for entry in &book.sheet {
        let Some(spec) = book.spec(&entry.kind, &catalog.inputs) else { continue };
        let sheet = workbook.add_worksheet();
        sheet.set_name(&entry.name)?.set_tab_color(if entry.asked { MUST } else { MAY });
        one(sheet, spec, catalog, answers)?;
        if entry.kind == indicator_sheet::SHEET {
            indicator_sheet::write(workbook.add_worksheet(), spec, &catalog.performance.library)?;
        }
    }
    workbook.save_to_buffer()
}

/// One sheet with its rows: those that are known, else the example.
fn one(sheet: &mut Worksheet, spec: &InputFile, catalog: &Catalog, answers: &Answers) -> Result<(), XlsxError> {
    match spec.key.as_str() {
        PROFILE => profile(sheet, spec, catalog, answers),
        CAUSES | TEXTS => texts(sheet, spec, catalog, answers),
        UNITS if !units(catalog, answers).is_empty() => {
            entry_sheet::head(sheet, spec, "")?;
            unit_rows(sheet, spec, &units(catalog, answers))
        }
        _ => {
            entry_sheet::head(sheet, spec, EXAMPLE_HEAD)?;
            entry_sheet::example(sheet, spec, answers.year)?;
            units_to_choose(sheet, spec, catalog)
        }
    }
}

/// The rows with which the sheet of units begins.
fn units(catalog: &Catalog, answers: &Answers) -> Vec<BudgetUnit> {
    answers.begun_units(&catalog.entry.words.headquarters)
}

/// One row for each unit; the first is headquarters.
fn unit_rows(sheet: &mut Worksheet, spec: &InputFile, units: &[BudgetUnit]) -> Result<(), XlsxError> {
    for ((row, unit), is_first) in (1u32..).zip(units).zip(once(true).chain(repeat(false))) {
        for (column, index) in spec.column.iter().zip(0u16..) {
            let text = match column.key.as_str() {
                "name" => unit.name.clone(),
                // The last choice says that it is.
                "headquarters" if is_first => column.choices.last().cloned().unwrap_or_default(),
                "kind" => kind_word(unit.kind),
                "note" if !unit.note.is_empty() => unit.note.clone(),
                _ => continue,
            };
            sheet.write_string(row, index, text)?;
        }
    }
    Ok(())
}

/// The units of the sheet of units as choices of the column that names one. Another name may be pasted: reading refuses it.
fn units_to_choose(sheet: &mut Worksheet, spec: &InputFile, catalog: &Catalog) -> Result<(), XlsxError> {
    let at = spec.column.iter().zip(0u16..).find(|(column, _)| column.key == UNIT);
    let Some((_, index)) = at else { return Ok(()) };
    let units = format!("='{}'!$A$2:$A$400", catalog.entry.name_of(UNITS));
    let list = DataValidation::new()
        .allow_list_formula(Formula::new(units))
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_message(&catalog.entry.words.units)?;
    sheet.add_data_validation(1, index, LAST_ROW, index, &list)?;
    Ok(())
}

fn profile(sheet: &mut Worksheet, spec: &InputFile, catalog: &Catalog, answers: &Answers) -> Result<(), XlsxError> {
    entry_sheet::head(sheet, spec, "")?;
    let fill = base().set_border(FormatBorder::Thin).set_text_wrap().set_num_format("@");
    let must = fill.clone().set_background_color(FILL_MUST);
    let label = base().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    for (row, line) in (1u32..).zip(&catalog.entry.profile) {
        let format = if line.required { &must } else { &fill };
        sheet.write_string_with_format(row, 0, &line.label, &label)?;
        match known(line, catalog, answers) {
            text if text.is_empty() => sheet.write_blank(row, 1, format)?,
            text => sheet.write_string_with_format(row, 1, text, format)?,
        };
        sheet.write_string_with_format(row, 2, &line.help, &label)?;
        let choices = choices(line, catalog);
        if !choices.is_empty() && choices.join(",").chars().count() <= CHOICES_CHARACTERS_MAX {
            sheet.add_data_validation(row, 1, row, 1, &DataValidation::new().allow_list_strings(&choices)?)?;
        }
    }
    let widths: [u16; 3] = [20, 50, 56];
    for (index, width) in (0u16..).zip(widths) {
        sheet.set_column_width(index, width)?;
    }
    print(sheet, 0, widths.into_iter().map(u32::from).sum())
}

/// What is known of a row when the workbook is made.
fn known(line: &ProfileRow, catalog: &Catalog, answers: &Answers) -> String {
    match line.key.as_str() {
        "name" => answers.name.clone(),
        "year" => answers.year.to_string(),
        "scope" => line.choices.first().cloned().unwrap_or_default(),
        "variant" => catalog.variant(&answers.variant, answers.year).map(|v| v.name.clone()).unwrap_or_default(),
        "level" => answers.level.clone(),
        "region" => answers.region.clone(),
        _ => String::new(),
    }
}

fn choices(line: &ProfileRow, catalog: &Catalog) -> Vec<String> {
    let mut choices = match line.from {
        Some(ChoicesFrom::Variants) => catalog.writable().map(|variant| variant.name.clone()).collect(),
        Some(ChoicesFrom::Levels) => catalog.sections.phrases.level.keys().cloned().collect(),
        None => line.choices.clone(),
    };
    choices.dedup();
    choices
}

/// The keys that the document asks for, in its order, each with the place where it stands.
fn texts(sheet: &mut Worksheet, spec: &InputFile, catalog: &Catalog, answers: &Answers) -> Result<(), XlsxError> {
    let words = &catalog.entry.words;
    entry_sheet::head(sheet, spec, "")?;
    units_to_choose(sheet, spec, catalog)?;
    let wrapped = base().set_text_wrap().set_align(FormatAlign::Top);
    let fill = wrapped.clone().set_border(FormatBorder::Thin);
    let must = fill.clone().set_background_color(FILL_MUST);
    let keys = narrative_keys(catalog, &answers.variant);
    let keys = keys.iter().filter(|info| (info.kind == KeyKind::Cause) == (spec.key == CAUSES));
    for (row, info) in (1u32..).zip(keys) {
        let need = match info.kind {
            _ if info.key.contains('<') => &words.pattern,
            KeyKind::Cause => &words.change,
            KeyKind::Text => &words.always,
            KeyKind::OptionalText => &words.optional,
        };
        for (column, index) in spec.column.iter().zip(0u16..) {
            match column.key.as_str() {
                "place" => sheet.write_string_with_format(row, index, &info.place, &wrapped)?,
                "of" => sheet.write_string_with_format(row, index, &info.of, &wrapped)?,
                "need" => sheet.write_string_with_format(row, index, need, &wrapped)?,
                "text" if info.kind == KeyKind::OptionalText => sheet.write_blank(row, index, &fill)?,
                "text" => sheet.write_blank(row, index, &must)?,
                "key" => sheet.write_string_with_format(row, index, &info.key, &wrapped)?,
                _ => continue,
            };
        }
    }
    let widths: [u16; 6] = [24, 40, 40, 18, 60, 30];
    for (index, width) in (0u16..).zip(widths) {
        sheet.set_column_width(index, width)?;
    }
    print(sheet, 0, widths.into_iter().map(u32::from).sum())
}

/// What to do, and every sheet with what has been filled in: cells that nobody types in are locked.
fn start(sheet: &mut Worksheet, catalog: &Catalog, answers: &Answers) -> Result<(), XlsxError> {
    let words = &catalog.entry.start;
    let wrapped = base().set_text_wrap().set_align(FormatAlign::Top);
    let head = base().set_bold().set_border(FormatBorder::Thin).set_background_color(MAY);
    sheet.set_name(&words.name)?;
    for (index, width) in (0u16..).zip(START_WIDTHS) {
        sheet.set_column_width(index, width)?;
    }
    sheet.write_string_with_format(0, 0, &words.title, &base().set_bold().set_font_size(16))?;
    let mut row = 1;
    for line in &words.lines {
        sheet.merge_range(row, 0, row, 3, line, &wrapped)?;
        sheet.set_row_height(row, 34)?;
        row += 1;
    }
    row += 1;
    for (index, text) in (0u16..).zip(&words.heads) {
        sheet.write_string_with_format(row, index, text, &head)?;
    }
    for entry in &catalog.entry.sheet {
        let Some(spec) = catalog.entry.spec(&entry.kind, &catalog.inputs) else { continue };
        row += 1;
        let link = Url::new(format!("internal:'{}'!A1", entry.name)).set_text(&entry.name);
        sheet.write_url_with_format(row, 0, link, &base().set_hyperlink())?;
        sheet.write_string_with_format(row, 1, &spec.about, &wrapped)?;
        if spec.about.chars().count() > START_CHARACTERS {
            sheet.set_row_height(row, 30)?;
        }
        let need = match (entry.need.as_str(), entry.asked) {
            ("", true) => &words.must,
            ("", false) => &words.may,
            (own, _) => own,
        };
        sheet.write_string_with_format(row, 2, need, &wrapped)?;
        sheet.write_formula_with_format(row, 3, counted(entry, spec, catalog, answers), &wrapped)?;
    }
    sheet.protect();
    print(sheet, 0, START_WIDTHS.into_iter().map(u32::from).sum())
}

/// How many rows of a sheet are filled in, or that its example still stands.
fn counted(entry: &EntrySheet, spec: &InputFile, catalog: &Catalog, answers: &Answers) -> Formula {
    let words = &catalog.entry.start;
    let counts = spec.column.iter().position(|column| column.key == "text" || column.key == "value");
    let required = || spec.column.iter().position(|column| column.required);
    let column = column_letters(counts.or_else(required).unwrap_or_default());
    let behind = column_letters(spec.column.len());
    let rows = |column: &str| format!("'{}'!${column}$2:${column}${}", entry.name, LAST_ROW + 1);
    let example = catalog.sheet_words.examples.first().map_or("", String::as_str);
    let formula = Formula::new(format!(
        "=IF(COUNTIF({},\"{example}*\")>0,\"{}\",COUNTA({})&\"{}\")",
        rows(&behind),
        words.untouched,
        rows(&column),
        words.rows
    ));
    // Readers that do not calculate show what is true of the new workbook.
    let filled = match spec.key.as_str() {
        PROFILE => catalog.entry.profile.iter().filter(|line| !known(line, catalog, answers).is_empty()).count(),
        UNITS => units(catalog, answers).len(),
        CAUSES | TEXTS => 0,
        _ => return formula.set_result(&words.untouched),
    };
    formula.set_result(format!("{filled}{}", words.rows))
}
