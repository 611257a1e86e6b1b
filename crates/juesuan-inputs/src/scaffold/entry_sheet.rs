//! One workbook to fill in: a sheet with head, choices and example row, and a sheet that explains the columns.

use juesuan_catalog::{ColumnKind, InputColumn, InputFile, Library};
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use super::indicator_sheet;
use super::looks::{base, head_letters, note, print};

/// Last row that has choices and formats ready, counted from 0.
pub(super) const LAST_ROW: u32 = 2_000;
/// What the example row says of money.
const EXAMPLE_YUAN: f64 = 1234.5;
/// Widths of what explains the columns, and of what stands behind them.
const EXPLAINED: [u16; 4] = [20, 8, 60, 50];
const BEHIND_WIDTH: u16 = 56;
/// Behind the columns, and behind the example row.
pub(super) const EXAMPLE_HEAD: &str = "填写说明";
/// What stands behind the example row.
pub const EXAMPLE: &str = "示例行，不会读入；填写时请删去。确实没有发生的，也请删去这一行。";
/// Colours of heads: of columns that must be filled in, and of others.
pub(super) const MUST: Color = Color::RGB(0x9D_C3_E6);
pub(super) const MAY: Color = Color::RGB(0xED_F3_FA);
/// Longest list of choices that a spreadsheet keeps in a cell. Source: limit of the XLSX format.
pub(super) const CHOICES_CHARACTERS_MAX: usize = 255;

/// The entry sheet of a kind, the same bytes for the same catalogue; behind that of indicators the library to copy from.
pub fn workbook(spec: &InputFile, year: u16, library: &Library) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new().set_title(&spec.title).set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?),
    );
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_name(&spec.title))?;
    head(sheet, spec, EXAMPLE_HEAD)?;
    example(sheet, spec, year)?;
    explanation(workbook.add_worksheet(), spec)?;
    if spec.key == indicator_sheet::SHEET {
        indicator_sheet::write(workbook.add_worksheet(), spec, library)?;
    }
    workbook.save_to_buffer()
}

/// The head of a sheet with notes, formats and choices; `last` is the head behind the columns.
pub(super) fn head(sheet: &mut Worksheet, spec: &InputFile, last: &str) -> Result<(), XlsxError> {
    let head = base().set_bold().set_align(FormatAlign::Center).set_border(FormatBorder::Thin);
    let optional = head.clone().set_background_color(MAY);
    let required = head.set_background_color(MUST);
    sheet.set_freeze_panes(1, 0)?;
    let mut letters = 0;
    for (column, index) in spec.column.iter().zip(0u16..) {
        let name = head_of(column);
        sheet.write_string_with_format(0, index, name, if column.required { &required } else { &optional })?;
        sheet.insert_note(0, index, &note(column))?;
        let wide = width(column).max(head_letters(column));
        letters += u32::from(wide);
        sheet.set_column_width(index, wide)?;
        sheet.set_column_format(index, &entered(column.kind))?;
        let choices: Vec<&str> = column.choices.iter().map(String::as_str).collect();
        if !choices.is_empty() && choices.join(",").chars().count() <= CHOICES_CHARACTERS_MAX {
            let list = DataValidation::new().allow_list_strings(&choices)?.set_error_message("请从下拉列表里选")?;
            sheet.add_data_validation(1, index, LAST_ROW, index, &list)?;
        }
    }
    let behind = u16::try_from(spec.column.len()).unwrap_or(u16::MAX);
    if !last.is_empty() {
        sheet.write_string_with_format(0, behind, last, &optional)?;
        sheet.set_column_width(behind, BEHIND_WIDTH)?;
        letters += u32::from(BEHIND_WIDTH);
    }
    print(sheet, 0, letters)
}

/// How what is entered in a column looks: long words go on below, nothing runs into the next column.
fn entered(kind: ColumnKind) -> Format {
    let format = base().set_num_format(number_format(kind)).set_align(FormatAlign::Top);
    if kind == ColumnKind::Text { format.set_text_wrap() } else { format }
}

/// The row that shows what to enter; what stands behind it says that it is not read.
pub(super) fn example(sheet: &mut Worksheet, spec: &InputFile, year: u16) -> Result<(), XlsxError> {
    let example = base().set_italic().set_font_color(Color::RGB(0x80_80_80));
    for (column, index) in spec.column.iter().zip(0u16..) {
        let example = example.clone().set_num_format(number_format(column.kind));
        write_example(sheet, column, index, year, &example)?;
    }
    let behind = u16::try_from(spec.column.len()).unwrap_or(u16::MAX);
    sheet.write_string_with_format(1, behind, EXAMPLE, &example)?;
    Ok(())
}

/// True if a cell holds what the example row of a new sheet holds.
pub fn is_example(column: &InputColumn, text: &str) -> bool {
    match column.kind {
        ColumnKind::Yuan => text == EXAMPLE_YUAN.to_string(),
        ColumnKind::Count | ColumnKind::Number => text == "1",
        // Of which year the sheet was made is not known here.
        ColumnKind::Year | ColumnKind::Date => true,
        ColumnKind::Choice | ColumnKind::Code | ColumnKind::Text => text == example_text(column),
    }
}

/// What the example row says in a column of words or codes.
fn example_text(column: &InputColumn) -> &str {
    match column.kind {
        ColumnKind::Choice => column.choices.first().map_or("", String::as_str),
        ColumnKind::Code if column.key == "economic" => "30201",
        ColumnKind::Code => "2010301",
        _ => "示例",
    }
}

fn write_example(
    sheet: &mut Worksheet,
    column: &InputColumn,
    index: u16,
    year: u16,
    format: &Format,
) -> Result<(), XlsxError> {
    match column.kind {
        ColumnKind::Yuan => {
            return sheet.write_number_with_format(1, index, EXAMPLE_YUAN, format).map(|_| ());
        }
        ColumnKind::Count | ColumnKind::Number => {
            return sheet.write_number_with_format(1, index, 1, format).map(|_| ());
        }
        ColumnKind::Year => {
            return sheet.write_number_with_format(1, index, year, format).map(|_| ());
        }
        ColumnKind::Date => {
            let day = ExcelDateTime::from_ymd(year, 5, 1)?;
            return sheet.write_datetime_with_format(1, index, &day, format).map(|_| ());
        }
        ColumnKind::Choice | ColumnKind::Code | ColumnKind::Text => {}
    }
    sheet.write_string_with_format(1, index, example_text(column), format).map(|_| ())
}

fn explanation(sheet: &mut Worksheet, spec: &InputFile) -> Result<(), XlsxError> {
    let bold = base().set_bold();
    let wrapped = base().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(EXAMPLE_HEAD)?;
    sheet.write_string_with_format(0, 0, &spec.title, &bold)?;
    sheet.merge_range(1, 0, 1, 3, &spec.about, &wrapped)?;
    sheet.set_row_height(1, 48)?;
    for (index, head) in (0u16..).zip(["列名", "必填", "填什么", "也认得的列名"]) {
        sheet.write_string_with_format(3, index, head, &bold)?;
    }
    for (row, column) in (4u32..).zip(&spec.column) {
        sheet.write_string_with_format(row, 0, head_of(column), &wrapped)?;
        sheet.write_string_with_format(row, 1, if column.required { "必填" } else { "" }, &wrapped)?;
        sheet.write_string_with_format(row, 2, help(column), &wrapped)?;
        sheet.write_string_with_format(row, 3, column.header.get(1..).unwrap_or_default().join("、"), &wrapped)?;
    }
    for (index, width) in (0u16..).zip(EXPLAINED) {
        sheet.set_column_width(index, width)?;
    }
    print(sheet, 3, EXPLAINED.into_iter().map(u32::from).sum())
}

/// The usual head of a column.
pub fn head_of(column: &InputColumn) -> &str {
    column.header.first().map_or(column.key.as_str(), String::as_str)
}

/// What to enter in a column, in one or two sentences.
pub fn help(column: &InputColumn) -> String {
    let kind = match column.kind {
        ColumnKind::Text => "文字".to_owned(),
        ColumnKind::Choice => format!("选填：{}", column.choices.join("、")),
        ColumnKind::Code => "科目编码，只填数字".to_owned(),
        ColumnKind::Yuan => "金额，单位为元，最多两位小数".to_owned(),
        ColumnKind::Count => "整数".to_owned(),
        ColumnKind::Number => "数，可以有小数，不带单位".to_owned(),
        ColumnKind::Date => "日期，例如 2023-05-01".to_owned(),
        ColumnKind::Year => "四位年份".to_owned(),
    };
    if column.help.is_empty() {
        format!("{kind}。")
    } else {
        format!("{kind}。{}。", column.help.trim_end_matches('。'))
    }
}

/// Codes stay text, amounts show two decimals.
const fn number_format(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text | ColumnKind::Choice | ColumnKind::Code => "@",
        ColumnKind::Yuan => "#,##0.00",
        ColumnKind::Number => "General",
        ColumnKind::Count | ColumnKind::Year => "0",
        ColumnKind::Date => "yyyy-mm-dd",
    }
}

const fn width(column: &InputColumn) -> u16 {
    match column.kind {
        ColumnKind::Text => 24,
        ColumnKind::Choice => 18,
        ColumnKind::Code | ColumnKind::Date => 14,
        ColumnKind::Yuan => 16,
        ColumnKind::Count | ColumnKind::Number | ColumnKind::Year => 10,
    }
}

/// Names of sheets have at most 31 characters and none of `[]:*?/\`.
fn sheet_name(title: &str) -> String {
    title.chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\')).take(31).collect()
}
