//! The texts of a document in order, as the rules of wording read them: without white space, with one form of digits and
//! brackets, and with the place of every stretch.

use std::sync::{Arc, Mutex, OnceLock};

use juesuan_model::{Block, Kind as DocumentKind, Origin, Package, Place, Table, place_in};
use regex::Regex;
use rustc_hash::FxHashMap;

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
    /// The text without white space, digits, letters and brackets in one form.
    pub(crate) text: String,
    /// Number of the part, from 0.
    pub(crate) part: usize,
    /// The heading above it, or the title of its part.
    pub(crate) section: String,
    /// For each character, which one of the printed text it is.
    printed: Vec<usize>,
    origins: &'a [Origin],
    place: Place,
}

impl<'a> Passage<'a> {
    fn new(kind: Kind, text: &str, part: usize, section: &str) -> Passage<'a> {
        let mut plain = String::with_capacity(text.len());
        let mut printed = Vec::with_capacity(text.len() / 3);
        let mut characters = text.chars().enumerate().peekable();
        let mut before = ' ';
        while let Some((at, character)) = characters.next() {
            if character.is_whitespace() || character == '\u{feff}' {
                continue;
            }
            let after = characters.peek().map_or(' ', |(_, next)| *next);
            let character = one_form(character, before, after);
            plain.push(character);
            printed.push(at);
            before = character;
        }
        let section = section.to_owned();
        Passage { kind, text: plain, part, section, printed, origins: &[], place: Place::default() }
    }

    /// The place of a stretch, in bytes of the text, with the clause around it as its quote.
    pub(crate) fn place(&self, from: usize, to: usize) -> Place {
        let character = |byte: usize| self.text.get(..byte).map_or(0, |before| before.chars().count());
        let printed = |at: usize| self.printed.get(at).copied();
        let (first, last) = (character(from), character(to).max(character(from) + 1));
        let mut place = self.place.clone();
        if !self.origins.is_empty() {
            let begin = printed(first).unwrap_or(0);
            place = place_in(self.origins, begin, printed(last - 1).map_or(begin, |at| at + 1));
        }
        if place.section.is_none() && place.table.is_none() && !self.section.is_empty() {
            place.section = Some(self.section.clone());
        }
        place.quote = Some(self.clause(from, to));
        place
    }

    /// The clause around a stretch, cut where it is long.
    fn clause(&self, from: usize, to: usize) -> String {
        let ends = |c: char| "。；！？".contains(c);
        let before = self.text.get(..from).unwrap_or_default();
        let inside = self.text.get(from..to).unwrap_or_default();
        let after = self.text.get(to..).unwrap_or_default();
        let begin = before.rfind(ends).map_or(0, |at| at + '。'.len_utf8());
        let before: Vec<char> = before.get(begin..).unwrap_or_default().chars().collect();
        let after: Vec<char> = match after.find(ends) {
            Some(at) if inside.ends_with(ends) => after.get(..at).map(|_| Vec::new()).unwrap_or_default(),
            Some(at) => after.get(..at + '。'.len_utf8()).unwrap_or_default().chars().collect(),
            None => after.chars().collect(),
        };
        let room = QUOTED.saturating_sub(inside.chars().count()) / 2;
        let (head, tail) = (before.len().saturating_sub(room.max(8)), after.len().min(room.max(8)));
        let dots = |cut: bool| if cut { "…" } else { "" };
        let head_text: String = before.get(head..).unwrap_or_default().iter().collect();
        let tail_text: String = after.get(..tail).unwrap_or_default().iter().collect();
        format!("{}{head_text}{inside}{tail_text}{}", dots(head > 0), dots(tail < after.len()))
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
        out.push(Passage { place, ..Passage::new(Kind::Cover, line, 0, "封面") });
    }
    for entry in &document.contents {
        out.push(Passage { place: entry.place.clone(), ..Passage::new(Kind::Contents, &entry.text, 0, "目录") });
    }
    for (number, part) in document.parts.iter().enumerate() {
        let mut section = part.title.trim().to_owned();
        if !section.is_empty() {
            let title = Passage::new(Kind::Part, &part.title, number, &section);
            out.push(Passage { origins: &part.origin, ..title });
        }
        for block in &part.blocks {
            match block {
                Block::Heading { text, origin, .. } => {
                    text.trim().clone_into(&mut section);
                    let heading = Passage::new(Kind::Heading, text, number, &section);
                    out.push(Passage { origins: origin, ..heading });
                }
                Block::Paragraph { runs, origin } => {
                    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
                    let paragraph = Passage::new(Kind::Paragraph, &text, number, &section);
                    out.push(Passage { origins: origin, ..paragraph });
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
    let mut push =
        |kind, text: &str, place: Place| out.push(Passage { place, ..Passage::new(kind, text, part, section) });
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

/// One form of digits, letters, brackets and of the marks that typists set in either width.
fn one_form(character: char, before: char, after: char) -> char {
    let number = before.is_ascii_digit() && after.is_ascii_digit();
    match character {
        '(' => '（',
        ')' => '）',
        ',' if !number => '，',
        ';' => '；',
        ':' if !number => '：',
        '％' => '%',
        '．' => '.',
        '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => {
            char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character)
        }
        other => other,
    }
}

/// A text in the form in which passages are read.
pub(crate) fn plain(text: &str) -> String {
    Passage::new(Kind::Paragraph, text, 0, "").text
}

/// A pattern, compiled once; `None` for one that cannot be read (such rules are refused when the catalogue is loaded).
pub(crate) fn pattern(text: &str) -> Option<Arc<Regex>> {
    static KNOWN: OnceLock<Mutex<FxHashMap<String, Option<Arc<Regex>>>>> = OnceLock::new();
    let mut known = KNOWN.get_or_init(Mutex::default).lock().ok()?;
    if let Some(found) = known.get(text) {
        return found.clone();
    }
    let compiled = Regex::new(text).ok().map(Arc::new);
    known.insert(text.to_owned(), compiled.clone());
    compiled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_goes_and_brackets_take_one_form() {
        assert_eq!(plain("2023 年度 (本级), １２％ 10:30"), "2023年度（本级），12%10:30");
    }

    #[test]
    fn a_quote_is_the_clause_around_the_words() {
        let passage = Passage::new(Kind::Paragraph, "第一句。第二句写着XX局，还有别的。第三句。", 0, "一、概况");
        let at = passage.text.find("XX").unwrap();
        assert_eq!(passage.place(at, at + 2).quote.as_deref(), Some("第二句写着XX局，还有别的。"));
    }

    #[test]
    fn a_stretch_stands_where_it_is_printed() {
        let origin = |at, page| Origin { at, place: Place { page: Some(page), ..Place::default() }, edges: Vec::new() };
        let origins = [origin(0, 3), origin(6, 4)];
        let passage = Passage { origins: &origins, ..Passage::new(Kind::Paragraph, "2023 年度决算", 0, "") };
        let at = passage.text.find("度").unwrap();
        assert_eq!(passage.place(at, at + 3).page, Some(4));
    }
}
