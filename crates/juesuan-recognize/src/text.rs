//! Running text to figures and claims, by vocabulary and context.
//!
//! In: sections with their headings and paragraphs, the entity, the catalogue. Out: [`Recognized`]. A sentence is cut into
//! words of the lexicon and numbers; a number belongs to the subject that was named last, in the measure whose word stands
//! before it; what the sentence leaves out comes from its section. A number for which this gives no meaning is put into
//! `unread`: it is never given to the nearest thing.
//!
//! - [`lexicon`] all words; [`token`] a paragraph cut into them; `path` names of the function classification
//! - [`headings`] which section a heading names; a text cut at its headings; `heading` what one says of the sentences below it
//! - `adding` what a government adds to the money of a fund; `area` whether a text tells both of an area and of its own government
//! - [`subject`] what a phrase means in its context; `owned` what of a paragraph has another reader
//! - `state` what has been said so far, and by which words (`mark`); `here` the word that is read
//! - `open` a sentence that goes on in the next paragraph
//! - `sentence` from one word to the next: `phrase` what is named, `purpose` what for, `economic` items of the economic classification, `stage` which budget, `claim` what is said without a number, `beyond` what
//!   leaves more open than anybody says, `titled` names of projects before what is told of them
//! - `comparing` years, directions, shares: what is compared with what
//! - `turn` which number of a row is whose; `whose` whose change stands behind parts; `number` what a number is a figure of, by its `measure`; `unknown` why it has no meaning; [`trace`] how all this came about

mod adding;
mod area;
mod beyond;
mod claim;
mod comparing;
mod economic;
mod either;
mod heading;
pub mod headings;
mod here;
pub(crate) mod label;
pub mod lexicon;
mod mark;
mod measure;
mod number;
mod open;
mod owned;
mod path;
mod phrase;
mod purpose;
mod sentence;
mod stage;
mod state;
pub mod subject;
mod titled;
pub mod token;
pub mod trace;
mod turn;
mod unknown;
mod vocabulary;
mod whose;

use std::collections::BTreeMap;

use juesuan_catalog::section::ListKind;
use juesuan_catalog::{Catalog, Section};
use juesuan_model::{Claim, DocumentKind, Figure, Meaning, Origin, Place};
use juesuan_text::{Ordinal, Text, characters};

use heading::Heading;
use sentence::Reader;

use trace::{TextTrace, Tracer};

pub use owned::{OwnNumber, Owned, Told};
pub use unknown::Unknown;
pub use vocabulary::Vocabulary;

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
    /// Whole paragraphs, headings inside the section among them.
    pub paragraphs: Vec<Paragraph>,
}

/// A paragraph that is joined already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// As printed.
    pub text: String,
    /// Where its lines stand.
    pub origin: Vec<Origin>,
    /// Number of its block in the document.
    pub block: Option<usize>,
    /// What of it has another reader.
    pub taken: Owned,
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
    pub kind: DocumentKind,
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
    /// Why.
    pub reason: Unknown,
}

/// What was recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recognized {
    /// Figures in the order of the text.
    pub figures: Vec<Figure>,
    /// Claims in the order of the text.
    pub claims: Vec<Claim>,
    /// Sums that sentences lay out: which of `figures` is the sum, and which are all its parts.
    pub sums: Vec<(usize, Vec<usize>)>,
    /// What could not be assigned.
    pub unread: Vec<Unread>,
    /// The figures that have another reader: its number for each, and which of `figures` it is.
    pub taken: BTreeMap<usize, usize>,
}

/// Reads sections.
pub fn text(sections: &[TextSection], entity: &EntityContext, catalog: &Catalog) -> Recognized {
    let sections = sections.iter().map(|section| {
        let paragraphs = paragraphs(section).into_iter().map(|paragraph| Printed {
            whole: paragraph.iter().map(|(text, _)| text.as_str()).collect(),
            flow: Text::of_lines(paragraph.iter().map(|(text, place)| (text.as_str(), *place))),
            block: None,
            taken: Owned::default(),
        });
        (section.heading.as_str(), paragraphs.collect())
    });
    read(sections, entity, &Vocabulary::new(catalog), None)
}

/// Reads sections whose paragraphs are joined already; `trace` is told how, if there is one.
pub fn passages(
    passages: &[Passage],
    entity: &EntityContext,
    vocabulary: &Vocabulary<'_>,
    trace: Option<&mut TextTrace>,
) -> Recognized {
    let sections = passages.iter().map(|passage| {
        let paragraphs = passage.paragraphs.iter().map(|paragraph| Printed {
            whole: paragraph.text.clone(),
            flow: Text::placed(&paragraph.text, &paragraph.origin),
            block: paragraph.block,
            taken: paragraph.taken.clone(),
        });
        (passage.heading.as_str(), paragraphs.collect())
    });
    read(sections, entity, vocabulary, trace)
}

/// A paragraph as printed and as compared.
struct Printed<'a> {
    whole: String,
    flow: Text<'a>,
    block: Option<usize>,
    taken: Owned,
}

/// Reads sections: their headings, and their paragraphs.
fn read<'a>(
    sections: impl Iterator<Item = (&'a str, Vec<Printed<'a>>)>,
    entity: &EntityContext,
    vocabulary: &Vocabulary<'_>,
    trace: Option<&mut TextTrace>,
) -> Recognized {
    let catalog = vocabulary.catalog;
    let (words, paths) = vocabulary.of(entity);
    let known = &*vocabulary.headings(&entity.variant);
    let mut out = Recognized::default();
    let sections: Vec<(&str, Vec<Printed<'a>>)> = sections.collect();
    let inner = sections.iter().flat_map(|(_, own)| own).filter_map(|own| headings::inner(&own.whole));
    let names = heading::names(sections.iter().map(|(title, _)| *title).chain(inner), catalog);
    let words = words.and_names(names);
    let of_areas = area::are_mixed(sections.iter().flat_map(|(_, own)| own).map(|own| &own.flow), &words);
    let one_budget = !sections.iter().flat_map(|(_, own)| own).any(|own| words.name_budgets(own.flow.chars()));
    let carried_out = sections.iter().flat_map(|(_, own)| own).any(|own| words.name_accounts(own.flow.chars()));
    let mut numbers: std::ops::RangeFrom<usize> = 0..;
    let mut tracer = trace.is_some().then(Tracer::default);
    for (title, paragraphs) in sections {
        let mut reader = Reader::new(catalog, entity, &words, &paths, title);
        (reader.of_areas, reader.one_budget, reader.carried_out) = (of_areas, one_budget, carried_out);
        let outer = Heading::new((catalog, known), &words, title, entity);
        let projects = known.section(title).and_then(projects_of);
        reader.projects = projects.unwrap_or(reader.projects);
        reader.begin(&outer);
        reader.trace = tracer.take();
        let told = paragraphs.iter().any(|paragraph| paragraph.whole.trim_end().ends_with('。'));
        let rows = label::rows(numbers.start, paragraphs.iter().map(|paragraph| paragraph.whole.as_str()));
        for (Printed { whole, flow, block, mut taken }, number) in paragraphs.into_iter().zip(&mut numbers) {
            let heading = headings::inner(&whole);
            if let Some(tracer) = &mut reader.trace {
                tracer.block = block;
                tracer.heading = heading.map(str::to_owned).or(tracer.heading.take());
            }
            if let Some(heading) = heading {
                reader.begin_inner(&outer, &Heading::new((catalog, known), &words, heading, entity));
            } else {
                // The labels of a chart beside the text say nothing of their own; where nothing is drawn they are rows of a table.
                let drawn = flow.place_of_number(0).page.is_some();
                if told && drawn && label::is_label(&whole) {
                    taken.quiet.push(0..whole.chars().count());
                }
                reader.in_row = !drawn && rows.contains(&number);
                reader.paragraph(number, &flow, taken, &mut out);
            }
        }
        tracer = reader.trace.map(Tracer::end_of_section);
    }
    if let (Some(trace), Some(tracer)) = (trace, tracer) {
        *trace = tracer.out;
    }
    out
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
