//! What all entry sheets look like: one face, heads that repeat on each printed page, page numbers.

use juesuan_catalog::InputColumn;
use rust_xlsxwriter::{Format, Note, Worksheet, XlsxError};

use super::entry_sheet::{head_of, help};

/// The face of all cells.
const FACE: &str = "宋体";
/// A4 and A3 among the paper sizes of a workbook.
const A4: u8 = 9;
const A3: u8 = 8;
/// Columns together wider than this, in letters of half width, are too small to read on A4.
const A4_LETTERS: u32 = 190;
/// Letters of half width on a line of a note, and pixels of a line and of what is around it.
const NOTE_LETTERS: u32 = 34;
const NOTE_LINE: u32 = 18;
const NOTE_AROUND: u32 = 24;
const NOTE_WIDTH: u32 = 270;

/// A format in the face of all cells.
pub(super) fn base() -> Format {
    Format::new().set_font_name(FACE)
}

/// On its side, as wide as the page, page number below, the rows down to `head` on each page. `letters` is how wide the
/// columns are together.
pub(super) fn print(sheet: &mut Worksheet, head: u32, letters: u32) -> Result<(), XlsxError> {
    let paper = if letters > A4_LETTERS { A3 } else { A4 };
    sheet.set_landscape().set_paper_size(paper).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3).set_footer("&C— &P —");
    sheet.set_repeat_rows(0, head)?;
    Ok(())
}

/// Letters of half width that a text takes.
pub(super) fn letters(text: &str) -> u32 {
    text.chars().map(|c| if c < '\u{2000}' { 1 } else { 2 }).sum()
}

/// Width with which the head of a column stands on one line.
pub(super) fn head_letters(column: &InputColumn) -> u16 {
    u16::try_from(letters(head_of(column)) + 4).unwrap_or(u16::MAX)
}

/// The note of a column, large enough for what it says.
pub(super) fn note(column: &InputColumn) -> Note {
    let text = help(column);
    let lines = letters(&text).div_ceil(NOTE_LETTERS);
    let note = Note::new(text).set_author("juesuan").add_author_prefix(false);
    note.set_width(NOTE_WIDTH).set_height(NOTE_LINE * lines + NOTE_AROUND)
}
