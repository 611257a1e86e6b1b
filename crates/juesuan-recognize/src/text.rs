//! Running text to figures and claims, by vocabulary and context.
//!
//! In: sections with their headings and paragraphs, the entity, the catalogue. Out: [`Recognized`]. A sentence is cut into
//! words of the lexicon and numbers; a number belongs to the subject that was named last, in the measure whose word stands
//! before it; what the sentence leaves out comes from its section. A number for which this gives no meaning is put into
//! `unread`: it is never given to the nearest thing.
//!
//! - [`lexicon`] all words; [`token`] a paragraph cut into them; `path` names of the function classification
//! - [`subject`] what a phrase means in its context
//! - `state` what has been said so far; `sentence` from one word to the next; `number` what a number is a figure of

mod label;
pub mod lexicon;
mod number;
mod path;
mod sentence;
mod state;
pub mod subject;
pub mod token;

use juesuan_catalog::section::ListKind;
use juesuan_catalog::{Catalog, Section};
use juesuan_model::{Claim, Dimension, Figure, Kind, Meaning, Origin, Place};
use juesuan_text::{Ordinal, Text, characters};

use crate::headings::{self, Headings};
use lexicon::Words;
use path::Paths;
use sentence::Reader;

/// A section of running text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextSection {
    /// Heading as printed.
    pub heading: String,
    /// Paragraphs, or their lines: a line goes on with the one before unless that ended a sentence.
    pub paragraphs: Vec<(String, Place)>,
}

/// A section whose paragraphs are joined already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// Heading as printed.
    pub heading: String,
    /// Whole paragraphs, headings inside the section among them, each with where its lines stand.
    pub paragraphs: Vec<(String, Vec<Origin>)>,
}

/// What is known of the entity before its text is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntityContext {
    /// Full name, if known.
    pub name: String,
    /// Short name, if known.
    pub short: String,
    /// Year of the accounts.
    pub year: u16,
    /// What the document is: in a budget an amount whose stage is not named is the budget of the year.
    pub kind: Kind,
    /// Key of the variant; another's headings are tried where none of its own fits.
    pub variant: String,
    /// Names of projects.
    pub projects: Vec<String>,
    /// Function codes and their names as the tables of the document print them: names that the catalogue does not have,
    /// or has for another code, are read as the tables say.
    pub functions: Vec<(String, String)>,
}

/// A printed number, or another thing, that could not be given a meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Where.
    pub place: Place,
    /// First character of it in its paragraph, counted from 0.
    pub at: usize,
    /// What stands there.
    pub text: String,
    /// Why, for people.
    pub reason: &'static str,
}

/// What was recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recognized {
    /// Figures in the order of the text.
    pub figures: Vec<Figure>,
    /// Claims in the order of the text.
    pub claims: Vec<Claim>,
    /// What could not be assigned.
    pub unread: Vec<Unread>,
}

/// Reads sections.
pub fn text(sections: &[TextSection], entity: &EntityContext, catalog: &Catalog) -> Recognized {
    let sections = sections.iter().map(|section| {
        let flows = paragraphs(section).into_iter().map(|paragraph| {
            let flow = Text::of_lines(paragraph.iter().map(|(text, place)| (text.as_str(), *place)));
            (paragraph.iter().map(|(text, _)| text.as_str()).collect::<String>(), flow)
        });
        (section.heading.as_str(), flows.collect())
    });
    flows(sections, entity, catalog)
}

/// Reads sections whose paragraphs are joined already.
pub fn passages(passages: &[Passage], entity: &EntityContext, catalog: &Catalog) -> Recognized {
    let sections = passages.iter().map(|passage| {
        let flows = passage.paragraphs.iter().map(|(text, origins)| (text.clone(), Text::placed(text, origins)));
        (passage.heading.as_str(), flows.collect())
    });
    flows(sections, entity, catalog)
}

/// Reads sections: their headings, and their paragraphs as printed and as compared.
fn flows<'a>(
    sections: impl Iterator<Item = (&'a str, Vec<(String, Text<'a>)>)>,
    entity: &EntityContext,
    catalog: &Catalog,
) -> Recognized {
    let words = Words::new(catalog, entity);
    let paths = Paths::new(catalog, entity);
    let known = Headings::new(catalog, &entity.variant);
    let mut out = Recognized::default();
    for (title, paragraphs) in sections {
        let mut reader = Reader::new(catalog, entity, &words, &paths, title);
        let (means, _) = context(catalog, &known, &words, title);
        let projects = known.section(title).and_then(projects_of);
        reader.projects = projects.unwrap_or(reader.projects);
        reader.begin(&means);
        let told = paragraphs.iter().any(|(whole, _)| whole.trim_end().ends_with('。'));
        for (whole, flow) in paragraphs {
            if let Some(heading) = headings::inner(&whole) {
                let (own, section) = context(catalog, &known, &words, heading);
                reader.begin_inner(&means, &own, section);
            } else {
                let before = out.unread.len();
                reader.paragraph(&flow, &mut out);
                // The labels of a chart beside the text say nothing of their own.
                if told && label::is_label(&whole) {
                    out.unread.truncate(before);
                }
            }
        }
    }
    out
}

/// The default coordinates under a heading: those of the catalogue's section of that name, and what the heading itself
/// names. Also whether the catalogue has such a section.
fn context(catalog: &Catalog, known: &Headings<'_>, words: &Words, heading: &str) -> (Meaning, Option<Meaning>) {
    let place = Place::default();
    let flow = Text::of_lines([(heading, &place)]);
    let tokens = token::cut(&flow, words, &Paths::default());
    let mut phrase = subject::Phrase::default();
    for token in &tokens {
        if let token::Piece::Word(word) = &token.piece
            && word.entry.kind == juesuan_catalog::WordKind::Subject
            && !word.entry.means.is_empty()
        {
            phrase.add(catalog, &word.entry.means, word.entry.reach);
        }
    }
    let section = known.section(heading);
    let means = section.map(|section: &Section| section.means.clone());
    let mut base = means.clone().unwrap_or_default();
    for own in &phrase.means {
        // A heading that names several items (收入支出) names none.
        let own = if phrase.means.len() > 1 { own.clone().without(Dimension::Item) } else { own.clone() };
        let own = if base.get(Dimension::Item).is_some() { own.without(Dimension::Item) } else { own };
        base = subject::within(catalog, &base, &own);
    }
    (base, means)
}

/// Coordinates that the projects of a section have.
fn projects_of(section: &Section) -> Option<Meaning> {
    let list = section.lists().find(|list| list.kind == ListKind::Project)?;
    let slot = section.slot.get(&list.of)?;
    let own = list.means.as_ref().map(|means| section.means.overlaid_by(means));
    own.or_else(|| section.meanings(slot).into_iter().next())
}

/// Lines joined to paragraphs. A line that is nothing but a small number between two halves of a sentence is a page number.
fn paragraphs(section: &TextSection) -> Vec<Vec<(String, &Place)>> {
    let mut out: Vec<Vec<(String, &Place)>> = Vec::new();
    let mut ended = true;
    for (text, place) in &section.paragraphs {
        let trimmed = text.trim();
        if trimmed.is_empty() || (!ended && headings::page_number(trimmed)) {
            continue;
        }
        let item = Ordinal::at(&characters(trimmed)).is_some();
        let paragraph = match out.last_mut() {
            Some(paragraph) if !ended && !item => paragraph,
            _ => {
                out.push(Vec::new());
                match out.last_mut() {
                    Some(paragraph) => paragraph,
                    None => continue,
                }
            }
        };
        paragraph.push((trimmed.to_owned(), place));
        ended = trimmed.ends_with(['。', '：', ':', '；', '！']);
    }
    out
}
