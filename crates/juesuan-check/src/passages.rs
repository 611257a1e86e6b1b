//! The texts of a document in order, as the rules of wording read them: as compared, with the place of every stretch.

use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock};

use juesuan_catalog::{NAME, YEAR};
use juesuan_model::{Block, DocumentKind, Package, Place, Table};
use juesuan_text::{Text, plain};
use regex::Regex;
use rustc_hash::FxHashMap;

use crate::sought::{Letters, Sought};

/// Longest quote, in characters.
const QUOTED: usize = 60;

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A line of the cover.
    Cover,
    /// An entry of the contents page.
    Contents,
    /// The heading of a part.
    Part,
    /// A heading inside a part.
    Heading,
    /// Running text.
    Paragraph,
    /// The title of a table.
    Title,
    /// The line of a table that names who files it.
    Entity,
    /// A line below a table.
    Note,
    /// A cell without a figure.
    Cell,
}

/// A text with its place.
pub(crate) struct Passage<'a> {
    /// What it is.
    pub(crate) kind: Kind,
    /// The text as it is compared, and the way back to what is printed.
    pub(crate) text: Text<'a>,
    /// Number of the part, from 0.
    pub(crate) part: usize,
    /// The heading above it, or the title of its part.
    pub(crate) section: String,
    place: Place,
    letters: Letters,
}

impl<'a> Passage<'a> {
    fn new(kind: Kind, text: Text<'a>, part: usize, section: &str) -> Passage<'a> {
        let letters = Letters::of(std::iter::once(text.as_str()));
        Passage { kind, text, part, section: section.to_owned(), place: Place::default(), letters }
    }

    /// As compared.
    pub(crate) fn text(&self) -> &str {
        self.text.as_str()
    }

    /// What tells that a pattern does not fit.
    pub(crate) const fn letters(&self) -> &Letters {
        &self.letters
    }

    /// The place of a stretch, in bytes of the text, with the clause around it as its quote.
    pub(crate) fn place(&self, from: usize, to: usize) -> Place {
        let range = self.text.range_of_bytes(from..to);
        self.place_of(range.start..range.end.max(range.start + 1))
    }

    /// The place of a range of compared characters, with the clause around it as its quote.
    pub(crate) fn place_of(&self, range: Range<usize>) -> Place {
        let own = !self.text.origins().is_empty();
        let mut place = if own { self.text.place(range.clone()) } else { self.place.clone() };
        if place.section.is_none() && place.table.is_none() && !self.section.is_empty() {
            place.section = Some(self.section.clone());
        }
        place.quote = Some(self.clause(range));
        place
    }

    /// The printed clause around a range, cut where it is long.
    fn clause(&self, range: Range<usize>) -> String {
        let ends = |c: &char| "。；！？".contains(*c);
        let chars = self.text.chars();
        let (from, to) = (range.start.min(chars.len()), range.end.min(chars.len()));
        let inside = self.text.slice(from..to);
        let room = (QUOTED.saturating_sub(inside.len()) / 2).max(8);
        // What is farther away is cut off, wherever the clause begins and ends.
        let near = from.saturating_sub(room + 1);
        let begin = self.text.slice(near..from).iter().rposition(ends).map_or(0, |at| near + at + 1);
        let end = match self.text.slice(to..chars.len().min(to + room)).iter().position(ends) {
            _ if inside.last().is_some_and(ends) => to,
            Some(at) => to + at + 1,
            None => chars.len(),
        };
        let (head, tail) = (begin.max(from.saturating_sub(room)), end.min(to + room));
        let dots = |cut: bool| if cut { "…" } else { "" };
        format!("{}{}{}", dots(head > begin), self.text.printed(head..tail), dots(tail < end))
    }

    /// True for the texts that name what stands below them.
    pub(crate) fn is_title(&self) -> bool {
        matches!(self.kind, Kind::Part | Kind::Heading | Kind::Title)
    }

    /// True for running text.
    pub(crate) fn is_paragraph(&self) -> bool {
        self.kind == Kind::Paragraph
    }
}

/// All texts of a document in order; none of a form that has not been filled in, or of something else.
pub(crate) fn passages(package: &Package) -> Vec<Passage<'_>> {
    if matches!(package.kind, DocumentKind::Template | DocumentKind::Unknown) {
        return Vec::new();
    }
    let document = &package.document;
    let mut out = Vec::new();
    for (number, line) in document.title.iter().enumerate() {
        let place = document.title_origin.get(number).cloned().unwrap_or_default();
        out.push(Passage { place, ..Passage::new(Kind::Cover, Text::new(line), 0, "封面") });
    }
    for entry in &document.contents {
        out.push(Passage {
            place: entry.place.clone(),
            ..Passage::new(Kind::Contents, Text::new(&entry.text), 0, "目录")
        });
    }
    for (number, part) in document.parts.iter().enumerate() {
        let mut section = part.title.trim().to_owned();
        if !section.is_empty() {
            out.push(Passage::new(Kind::Part, Text::placed(&part.title, &part.origin), number, &section));
        }
        for block in &part.blocks {
            match block {
                Block::Heading { text, origin, .. } => {
                    text.trim().clone_into(&mut section);
                    out.push(Passage::new(Kind::Heading, Text::placed(text, origin), number, &section));
                }
                Block::Paragraph { runs, origin } => {
                    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
                    out.push(Passage::new(Kind::Paragraph, Text::placed(&text, origin), number, &section));
                }
                Block::Table(table) => of_table(table, package, number, &section, &mut out),
                Block::Chart(_) => {}
            }
        }
    }
    out.retain(|passage| !passage.text.is_empty());
    out
}

fn of_table<'a>(table: &'a Table, package: &'a Package, part: usize, section: &str, out: &mut Vec<Passage<'a>>) {
    let title = Some(table.title.clone()).filter(|title| !title.is_empty());
    let here = Place { table: title, ..table.place.clone() };
    let mut push = |kind, text: &str, place: Place| {
        out.push(Passage { place, ..Passage::new(kind, Text::new(text), part, section) })
    };
    push(Kind::Title, &table.title, here.clone());
    push(Kind::Entity, &table.entity, here.clone());
    for cell in table.header.iter().flatten() {
        push(Kind::Cell, &cell.text, here.clone());
    }
    for row in &table.rows {
        let known = row.cells.iter().find_map(|cell| package.figure(cell.figure?));
        let page = known.and_then(|figure| figure.place.page).or(here.page);
        for cell in row.cells.iter().filter(|cell| cell.figure.is_none()) {
            if cell.text.chars().filter(|c| !c.is_ascii()).count() > 1 {
                push(Kind::Cell, &cell.text, Place { page, row: Some(cell.text.clone()), ..here.clone() });
            }
        }
    }
    for (number, note) in table.notes.iter().enumerate() {
        let place = table.note_places.get(number).cloned().unwrap_or_else(|| here.clone());
        push(Kind::Note, note, Place { table: here.table.clone(), ..place });
    }
}

/// Most patterns of catalogues that are kept; the rules have some hundreds for each year.
const PATTERNS_MAX: usize = 4_000;
/// Most patterns with the words of documents that are kept: those of a few documents. Each takes some tens of kilobytes, and the next document
/// has other words.
const OWN_PATTERNS_MAX: usize = 200;

/// Patterns by how they are written; `None` for one that cannot be read.
type Known = Mutex<FxHashMap<String, Option<Arc<Sought>>>>;

/// A pattern of the catalogue, written as text looks in print, made once; `None` for one that cannot be read (such rules are refused when the
/// catalogue is loaded).
pub(crate) fn sought(text: &str) -> Option<Arc<Sought>> {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    made(text, KNOWN.get_or_init(Mutex::default), PATTERNS_MAX)
}

/// The same, compiled.
pub(crate) fn pattern(text: &str) -> Option<Arc<Regex>> {
    sought(text)?.regex().cloned()
}

/// The same for a pattern that has the words of a document in it.
fn pattern_of_document(text: &str) -> Option<Arc<Sought>> {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    made(text, KNOWN.get_or_init(Mutex::default), OWN_PATTERNS_MAX)
}

/// Characters of a name that are looked for; the longest real one has forty.
const NAME_MAX: usize = 200;

/// A pattern of the catalogue with the name of whoever files the document and years put in.
pub(crate) fn sought_with_name(text: &str, name: &str) -> Option<Arc<Sought>> {
    let text = text.replace(YEAR, "(20[0-9]{2})");
    if !text.contains(NAME) {
        return sought(&text);
    }
    let name = regex::escape(&plain(name).chars().take(NAME_MAX).collect::<String>());
    pattern_of_document(&text.replace(NAME, if name.is_empty() { "本部门" } else { &name }))
}

fn made(text: &str, known: &Known, most: usize) -> Option<Arc<Sought>> {
    let mut known = known.lock().ok()?;
    if let Some(found) = known.get(text) {
        return found.clone();
    }
    if known.len() >= most {
        known.clear();
    }
    let made = Sought::new(juesuan_text::pattern(text)).map(Arc::new);
    known.insert(text.to_owned(), made.clone());
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_the_printed_clause_around_the_words() {
        let text = Text::new("第一句。“三公”经费 (本级)写着XX局，还有别的。第三句。");
        let passage = Passage::new(Kind::Paragraph, text, 0, "一、概况");
        let at = passage.text().find("XX").unwrap();
        let quote = passage.place(at, at + 2).quote;
        assert_eq!(quote.as_deref(), Some("“三公”经费(本级)写着XX局，还有别的。"));
    }
}
