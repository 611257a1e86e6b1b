//! One pass over a document: which blocks speak of performance, and of which evaluation. Nothing is read here yet.
//!
//! A report begins with its title, a summary with its lead inside a paragraph, the explanation of performance with its
//! heading; each goes on until the next begins or a heading of something else stands there. A form is a table, perhaps of
//! several pages; what stands above it is its title, below it its notes.

use juesuan_catalog::{Catalog, PerformanceWords};
use juesuan_model::{Entity, Stands, Table, Told};
use juesuan_text::{Ordinal, characters, plain};
use serde::Serialize;

use super::form::{Above, Grid};
use super::number;
use super::passage::{Passage, Piece};
use super::title::{self, Title};

/// Most lines of one title.
const TITLE_LINES: usize = 3;
/// Longest line of a title that goes on, in characters.
const TITLE_LINE: usize = 45;

/// What a block is for the performance part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The title of a report or form, or of a group of them.
    Title,
    /// Text of an evaluation.
    Text,
    /// A form of one project or of the whole.
    Form,
    /// A list of projects, a line each.
    List,
    /// What stands below a form and belongs to it.
    Note,
    /// The line below a chart of results.
    Caption,
}

/// An evaluation that is text, with the stretches of the document that it has.
#[derive(Clone, Debug)]
pub(super) struct Open<'p> {
    pub(super) stands: Stands,
    pub(super) project: String,
    pub(super) year: Option<u16>,
    pub(super) title: Told,
    pub(super) parts: Vec<(&'p Passage<'p>, usize, usize)>,
}

/// Something to read, in the order in which it ends.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "a document has few of them, one after the other")]
pub(super) enum Item<'p> {
    /// An evaluation that is text.
    Text(Open<'p>),
    /// A form or a list.
    Table(Found<'p>),
    /// A note below the form that was read last.
    Note(String),
}

/// A form or list, with what was known when it came.
#[derive(Clone, Debug)]
pub(super) struct Found<'p> {
    pub(super) grid: Grid,
    /// Everything before it.
    pub(super) before: &'p [Piece<'p>],
    /// The title above it, where that is text.
    pub(super) above: Option<Above>,
    /// The text around it, which it may be about.
    pub(super) around: Option<(Stands, String)>,
}

/// The pass.
pub(crate) struct Walk<'p> {
    pieces: &'p [Piece<'p>],
    catalog: &'p Catalog,
    entity: &'p Entity,
    open: Option<Open<'p>>,
    /// True where the table that was met last was a form: notes are its own.
    form: bool,
    items: Vec<Item<'p>>,
}

impl<'p> Walk<'p> {
    /// Over these blocks.
    pub(crate) fn new(pieces: &'p [Piece<'p>], entity: &'p Entity, catalog: &'p Catalog) -> Walk<'p> {
        Walk { pieces, catalog, entity, open: None, form: false, items: Vec::new() }
    }

    /// Looks at the block with this number: its role, and how many blocks it takes, itself included.
    pub(crate) fn step(&mut self, at: usize) -> (Option<Role>, usize) {
        match self.pieces.get(at) {
            Some(Piece::Text(passage)) => self.text(passage, at),
            Some(Piece::Table(table)) if table.form.is_empty() => self.table(table, at),
            Some(Piece::Table(_) | Piece::Chart) | None => (None, 1),
        }
    }

    /// Everything that is to be read.
    pub(super) fn finish(mut self) -> Vec<Item<'p>> {
        self.close();
        self.items
    }

    fn close(&mut self) {
        self.items.extend(self.open.take().map(Item::Text));
    }

    fn words(&self) -> &'p PerformanceWords {
        &self.catalog.performance.words
    }

    fn table(&mut self, table: &Table, at: usize) -> (Option<Role>, usize) {
        let words = self.words();
        let mut grid = Grid::new(table);
        if !grid.is_form(words) {
            return (None, 1);
        }
        let mut taken = 1;
        while let Some(Piece::Table(next)) = self.pieces.get(at + taken)
            && next.form.is_empty()
            && grid.goes_on(&Grid::new(next), words)
        {
            grid.add(next);
            taken += 1;
        }
        let titles = self.open.take_if(|open| open.stands == Stands::Form && open.parts.is_empty());
        let above = titles.map(|open| Above { told: open.title, year: open.year, project: open.project });
        // What is still open speaks of a project that the form may be about.
        let around = self.open.as_ref().map(|open| (open.stands, open.project.clone()));
        self.form = grid.list(&words.form_head).is_none();
        let role = if self.form { Role::Form } else { Role::List };
        let before = self.pieces.get(..at).unwrap_or_default();
        self.items.push(Item::Table(Found { grid, before, above, around }));
        (Some(role), taken)
    }

    fn text(&mut self, passage: &'p Passage<'p>, at: usize) -> (Option<Role>, usize) {
        let words = self.words();
        let text = passage.text.as_str().to_owned();
        if passage.level.is_none() && is_chart(&text, words) {
            return (Some(Role::Caption), 1);
        }
        if self.form && is_note(&text, words) {
            self.items.push(Item::Note(text));
            return (Some(Role::Note), 1);
        }
        if let Some((title, told, lines)) = self.title(at) {
            self.close();
            if !title.group {
                let Title { stands, year, project, .. } = title;
                self.open = Some(Open { stands, project, year, title: told, parts: Vec::new() });
            }
            return (Some(Role::Title), lines);
        }
        self.heading(passage, &text);
        self.leads(passage);
        (self.open.is_some().then_some(Role::Text), 1)
    }

    /// A heading ends what is open, or begins the explanation of performance, which speaks of the whole until a project is
    /// named.
    fn heading(&mut self, passage: &'p Passage<'p>, text: &str) {
        let holds = |all: &[String]| all.iter().any(|word| text.contains(plain(word).as_str()));
        let words = self.words();
        let stops = holds(&words.ends);
        if passage.level.is_some() && stops || passage.level == Some(0) {
            self.close();
        }
        let explains = passage.level.is_some_and(|level| level <= 1);
        if !explains || stops {
            return;
        }
        let about = holds(&words.explained);
        if about || self.open.as_ref().is_some_and(|open| open.stands == Stands::Summary) {
            self.close();
        }
        if about {
            let title = Told { text: text.to_owned(), place: passage.place(0, passage.text.chars().len()) };
            self.open =
                Some(Open { stands: Stands::Summary, project: String::new(), year: None, title, parts: Vec::new() });
        }
    }

    /// A summary of a project begins wherever its lead stands; a sentence each.
    fn leads(&mut self, passage: &'p Passage<'p>) {
        let mut from = 0;
        for (start, name_end, behind) in leads(passage, self.words()) {
            if let Some(open) = &mut self.open {
                open.parts.push((passage, from, start));
            }
            self.close();
            let project: String = passage.text.slice(start..name_end).iter().collect();
            let title = Told { text: project.clone(), place: passage.place(start, behind) };
            self.open = Some(Open { stands: Stands::Summary, project, year: None, title, parts: Vec::new() });
            from = behind;
        }
        if let Some(open) = &mut self.open {
            open.parts.push((passage, from, passage.text.chars().len()));
        }
    }

    /// The title that begins with a piece: of one line, or of several that end in no mark.
    fn title(&self, at: usize) -> Option<(Title, Told, usize)> {
        let Some(Piece::Text(first)) = self.pieces.get(at) else { return None };
        let mut joined = String::new();
        for lines in 1..=TITLE_LINES {
            let Some(Piece::Text(passage)) = self.pieces.get(at + lines - 1) else { return None };
            let line = passage.text.as_str().to_owned();
            let another = !begins_title(&joined) || begins_title(&line) || Ordinal::at(passage.text.chars()).is_some();
            if lines > 1 && another {
                return None;
            }
            joined.push_str(&line);
            if let Some(title) = title::title(&joined, self.words(), self.entity) {
                let place = first.place(0, first.text.chars().len());
                let text = title::alone(&joined, self.words()).to_owned();
                return Some((title, Told { text, place }, lines));
            }
            if line.chars().count() > TITLE_LINE || line.contains(['。', '；', '：']) {
                return None;
            }
        }
        None
    }
}

/// True for what stands below a chart; of several charts each has its number behind: `…绩效指标完成程度（1）`.
fn is_chart(text: &str, words: &PerformanceWords) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '(' | ')'));
    words.charts.iter().any(|word| text.ends_with(word.as_str()))
}

/// True for what stands below a form: `计算过程：…`, also behind a mark: `注：计算过程：…`.
pub(super) fn is_note(text: &str, words: &PerformanceWords) -> bool {
    text.split('：').take(2).any(|label| words.notes.iter().any(|word| word == label))
}

/// True if a line can be the first of a title: it begins with a year.
fn begins_title(line: &str) -> bool {
    line.split_once('年').is_some_and(|(year, _)| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()))
}

/// Leads of summaries in a passage: where the name begins, where it ends, and where the text begins.
fn leads(passage: &Passage<'_>, words: &PerformanceWords) -> Vec<(usize, usize, usize)> {
    let spelled = |words: &[String]| words.iter().map(|word| characters(word)).collect::<Vec<_>>();
    let (spellings, bare) = (spelled(&words.summary), spelled(&words.summary_name));
    let money = spelled(&words.summary_money);
    let chars = passage.text.chars();
    let mut out: Vec<(usize, usize, usize)> = Vec::new();
    // Behind the last full stop: looked for once, however long the passage goes on without one.
    let mut sentence = 0;
    for at in 0..chars.len() {
        if at > 0 && chars.get(at - 1) == Some(&'。') {
            sentence = at;
        }
        if out.last().is_some_and(|(_, _, behind)| at < *behind) {
            continue;
        }
        let leads = |word: &&Vec<char>| number::at(chars, at, word);
        let told = |word: &&Vec<char>| leads(word) && chars.get(at + word.len()) == Some(&'：');
        let start = out.last().map_or(0, |(_, _, behind)| *behind).max(sentence);
        let number = chars.get(start..at).and_then(Ordinal::at).map_or(0, |own| own.length);
        let start = start + number;
        let name = chars.get(start..at).unwrap_or_default();
        let by_name = |word: &&Vec<char>| {
            let mark = chars.get(at + word.len());
            // Behind a number of its own 甲项目，全年预算数… begins an item; elsewhere it may be the rest of a sentence.
            let leads_on = mark == Some(&'：') || number > 0 && matches!(mark, Some('。' | '，'));
            let behind = at + word.len() + 1;
            leads_on && leads(word) && is_name(name, words) && money.iter().any(|word| number::at(chars, behind, word))
        };
        let found = spellings.iter().filter(told).chain(bare.iter().filter(by_name)).max_by_key(|word| word.len());
        if let Some(end) = found.map(|word| at + word.len()).filter(|_| start < at) {
            out.push((start, at, end + 1));
        }
    }
    out
}

/// True for what can be the name of a project: words without marks and numbers that do not name projects in general.
fn is_name(name: &[char], words: &PerformanceWords) -> bool {
    const LEAST: usize = 3;
    const MOST: usize = 30;
    let text: String = name.iter().collect();
    (LEAST..=MOST).contains(&name.len()) && name.iter().all(|c| c.is_alphabetic()) && !words.general.contains(&text)
}
