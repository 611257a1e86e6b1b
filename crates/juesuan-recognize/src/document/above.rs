//! What stands above a table or a section, as lines: titles, units, numbers of forms.

use juesuan_catalog::Catalog;
use juesuan_forms::{cells, grid};
use juesuan_read::PageLine;
use juesuan_text::{Ordinal, characters, plain};

use super::joined::Joined;
use super::outline::RawTable;
use super::tables::is_form_number;
use crate::text::headings;

/// Longest title of a table, in characters.
pub(super) const TITLE_MAX: usize = 45;

/// True for a line that can be the title of a table of any kind.
pub(super) fn is_table_title(joined: &Joined) -> bool {
    !joined.text.is_empty()
        && joined.text.chars().count() <= TITLE_MAX
        && headings::is_title(&joined.text)
        && Ordinal::at(&characters(&joined.text)).is_none()
}

/// One character between the title of a table and the table: what stands for a picture that is not there.
pub(super) fn is_stray(line: &PageLine) -> bool {
    let mut letters = line.text.trim().chars();
    letters.next().is_some_and(|c| !c.is_ascii_digit()) && letters.next().is_none()
}

/// `单位：万元`, `公开01表`, alone or beside each other.
pub(super) fn is_unit_line(text: &str) -> bool {
    let short = text.chars().count() <= TITLE_MAX;
    short && (cells::unit(text).is_some() || is_form_number(text))
}

/// Paragraphs that are single lines: one that is a heading by its number or its last word.
pub(super) fn is_titled(catalog: &Catalog, text: &str) -> bool {
    let numbered = headings::inner(text).is_some() || headings::third(text);
    let ends = |word: &String| text.trim_end().ends_with(word.as_str());
    numbered || headings::is_title(text) && catalog.recognition.titles.iter().any(ends)
}

/// True for a title that ends as those of sections do.
pub(super) fn names_section(catalog: &Catalog, text: &str) -> bool {
    let (words, text) = (&catalog.recognition, plain(text));
    words.titles.iter().chain(&words.silent).any(|word| text.ends_with(word.as_str()))
}

/// The titles that a sheet prints above that of its table, each alone in its row: of the part, of the document.
pub(super) fn titles_of_sheet(catalog: &Catalog, raw: &RawTable) -> Vec<Joined> {
    let first = grid::titles(catalog, &raw.grid).first().map_or(0, |title| title.row);
    let alone = |row: usize| {
        let mut filled = raw.grid.cells_of(row).iter().filter(|cell| !cell.is_blank());
        let text = filled.next().filter(|_| filled.next().is_none())?.as_str();
        let titled = headings::is_title(text) && !is_unit_line(text) && text.chars().count() <= TITLE_MAX;
        (titled && !text.contains('：')).then(|| {
            Joined::line(&PageLine { text: text.to_owned(), place: raw.grid.place(row), ..PageLine::default() })
        })
    };
    let rows = if raw.grid.sheet.is_empty() { 0..0 } else { 0..first };
    rows.filter_map(alone).collect()
}
