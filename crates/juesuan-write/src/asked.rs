//! 待填清单: everything that is missing, one row a question, with a cell for the answer. It is filled in, put back into the
//! department's folder and read there.

use juesuan_catalog::AskWords;
use juesuan_model::{Printed, Unit};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationRule, DocProperties, ExcelDateTime, FormatAlign, FormatBorder,
    ProtectionOptions, Workbook, Worksheet,
};

use crate::container::settled;
use crate::error::Error;
use crate::xlsx::amount::Amount;
use crate::xlsx::formats;

/// What a cell for an answer takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskCell {
    /// Words.
    Text,
    /// Money in 元.
    Yuan,
    /// A number of things.
    Count,
    /// Nothing: it is answered elsewhere.
    Nothing,
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskRow {
    /// Whose document asks; empty: the department.
    pub unit: String,
    /// Where it will stand.
    pub place: String,
    /// What to fill in.
    pub what: String,
    /// Why.
    pub why: String,
    /// Whether it must be filled in, in words.
    pub need: String,
    /// Whether its cell has the colour of what must be filled in.
    pub must: bool,
    /// What the cell takes.
    pub cell: AskCell,
    /// What was answered before; empty: nothing.
    pub answer: String,
    /// By what the answer is known again.
    pub code: String,
}

/// Widths of the columns.
const WIDTHS: [u16; 8] = [6, 22, 30, 34, 40, 12, 42, 10];
/// Widths of the columns of what was taken of last year.
const TAKEN_WIDTHS: [u16; 4] = [22, 44, 18, 90];
/// Place of the answer and of the code among them.
const ANSWER: u16 = 6;
const CODE: u16 = 7;
/// Heads of columns that are filled in, and of others; what must be filled in. As in the workbook of the department.
const HEAD_FILLED: Color = Color::RGB(0x9D_C3_E6);
const HEAD: Color = Color::RGB(0xED_F3_FA);
const MUST: Color = Color::RGB(0xFF_F2_CC);
/// What nobody types in.
const LOCKED: Color = Color::RGB(0xF2_F2_F2);
/// Height of a line of instructions that goes over two lines.
const LINE_HEIGHT: u16 = 32;
/// Height of a line of text, and most lines of a row.
const TEXT_HEIGHT: u16 = 17;
const LINES_MAX: u16 = 20;
/// Most 元 and things that a cell takes. Far above any department.
const YUAN_BOUNDS: [f64; 2] = [-1_000_000_000_000.0, 1_000_000_000_000.0];
/// A4.
const PAPER: u8 = 9;

/// The list, the same bytes for the same rows; behind it what was `taken` of last year's published accounts: whose it became, what it is
/// of, how much, where it stands.
///
/// # Errors
/// A library that cannot write it.
pub fn asked(title: &str, rows: &[AskRow], taken: &[[String; 4]], words: &AskWords) -> Result<Vec<u8>, Error> {
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new().set_title(title).set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?),
    );
    let sheet = workbook.add_worksheet();
    sheet.set_name(&words.sheet)?;
    let top = head(sheet, title, words)?;
    for (row, (number, ask)) in (top..).zip((1u32..).zip(rows)) {
        line(sheet, row, number, ask)?;
        validation(sheet, row, ask.cell, words)?;
    }
    if !taken.is_empty() {
        taken_from(workbook.add_worksheet(), taken, words)?;
    }
    Ok(settled(workbook.save_to_buffer()?))
}

/// What was taken of last year's published accounts, to be looked at.
fn taken_from(sheet: &mut Worksheet, taken: &[[String; 4]], words: &AskWords) -> Result<(), Error> {
    let words = &words.taken;
    sheet.set_name(&words.sheet)?;
    sheet.set_landscape().set_paper_size(PAPER).set_print_fit_to_pages(1, 0).set_repeat_rows(1, 1)?;
    sheet.set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3).set_footer("&C— &P —");
    sheet.write_string_with_format(0, 0, &words.about, &formats::base())?;
    let cell = formats::base().set_text_wrap().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
    let head = formats::base().set_bold().set_border(FormatBorder::Thin).set_background_color(HEAD);
    for (column, (text, width)) in (0u16..).zip(words.heads.iter().zip(TAKEN_WIDTHS)) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(1, column, text, &head)?;
    }
    for (row, cells) in (2u32..).zip(taken) {
        for (column, text) in (0u16..).zip(cells) {
            sheet.write_string_with_format(row, column, text, &cell)?;
        }
    }
    sheet.set_freeze_panes(2, 0)?;
    Ok(())
}

/// Title, instructions and heads; gives the first row of the list.
fn head(sheet: &mut Worksheet, title: &str, words: &AskWords) -> Result<u32, Error> {
    let wrapped = formats::base().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    sheet.set_landscape().set_paper_size(PAPER).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3).set_footer("&C— &P —");
    for (index, width) in (0u16..).zip(WIDTHS) {
        sheet.set_column_width(index, width)?;
    }
    sheet.set_column_hidden(CODE)?;
    sheet.merge_range(0, 0, 0, ANSWER, title, &formats::base().set_bold().set_font_size(14))?;
    let mut row = 1;
    for text in &words.book.lines {
        sheet.merge_range(row, 0, row, ANSWER, text, &wrapped)?;
        sheet.set_row_height(row, LINE_HEIGHT)?;
        row += 1;
    }
    let plain = formats::base().set_bold().set_align(FormatAlign::Center).set_border(FormatBorder::Thin);
    for (index, text) in (0u16..).zip(&words.book.heads) {
        let colour = if index == ANSWER { HEAD_FILLED } else { HEAD };
        sheet.write_string_with_format(row, index, text, &plain.clone().set_background_color(colour))?;
    }
    sheet.set_freeze_panes(row + 1, 0)?;
    sheet.set_repeat_rows(row, row)?;
    // Widths and heights stay everybody's own; only what nobody types in is locked.
    sheet.protect_with_options(&ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        use_autofilter: true,
        ..ProtectionOptions::new()
    });
    Ok(row + 1)
}

/// One question. Everything is a string or a number, never a formula, whatever it begins with.
fn line(sheet: &mut Worksheet, row: u32, number: u32, ask: &AskRow) -> Result<(), Error> {
    let plain = formats::base().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
    let middle = plain.clone().set_align(FormatAlign::Center);
    sheet.write_number_with_format(row, 0, number, &middle)?;
    let texts = [&ask.unit, &ask.place, &ask.what, &ask.why, &ask.need];
    let mut high = 1;
    for (index, text) in (1u16..).zip(texts) {
        sheet.write_string_with_format(row, index, text, &plain)?;
        high = high.max(lines(text, index));
    }
    sheet.set_row_height(row, TEXT_HEIGHT.saturating_mul(high.max(lines(&ask.answer, ANSWER))))?;
    let format = match ask.cell {
        AskCell::Text => plain.clone().set_num_format("@"),
        AskCell::Yuan => plain.clone().set_num_format("#,##0.00"),
        AskCell::Count => plain.clone().set_num_format("0"),
        AskCell::Nothing => plain.clone().set_background_color(LOCKED),
    };
    let format = if ask.must { format.set_background_color(MUST) } else { format };
    let format = if ask.cell == AskCell::Nothing { format } else { format.set_unlocked() };
    let number = Printed::parse(&ask.answer, Unit::Yuan).ok();
    match (ask.cell, number) {
        _ if ask.answer.is_empty() => sheet.write_blank(row, ANSWER, &format)?,
        (AskCell::Yuan | AskCell::Count, Some(number)) => {
            sheet.write_number_with_format(row, ANSWER, Amount::of_printed(number).number(), &format)?
        }
        _ => sheet.write_string_with_format(row, ANSWER, &ask.answer, &format)?,
    };
    sheet.write_string(row, CODE, &ask.code)?;
    Ok(())
}

/// How many lines a text takes in a column: not every program finds heights by itself.
fn lines(text: &str, column: u16) -> u16 {
    let width = WIDTHS.get(usize::from(column)).map_or(1, |width| usize::from(width.saturating_sub(1).max(1)));
    let of_line = |line: &str| {
        let wide: usize = line.chars().map(|character| if character.is_ascii() { 1 } else { 2 }).sum();
        wide.div_ceil(width).max(1)
    };
    u16::try_from(text.lines().map(of_line).sum::<usize>()).unwrap_or(LINES_MAX).clamp(1, LINES_MAX)
}

/// What a cell takes.
fn validation(sheet: &mut Worksheet, row: u32, cell: AskCell, words: &AskWords) -> Result<(), Error> {
    let (rule, says) = match cell {
        AskCell::Yuan => {
            let [least, most] = YUAN_BOUNDS;
            let rule = DataValidationRule::Between(least, most);
            (DataValidation::new().allow_decimal_number(rule), &words.book.amount)
        }
        AskCell::Count => {
            (DataValidation::new().allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0)), &words.book.count)
        }
        AskCell::Text | AskCell::Nothing => return Ok(()),
    };
    let rule = rule.set_input_message(says)?.set_error_message(says)?;
    sheet.add_data_validation(row, ANSWER, row, ANSWER, &rule)?;
    Ok(())
}
