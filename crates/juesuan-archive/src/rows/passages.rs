//! `passages`: everything that is said in words, piece by piece, so that it can be held against what others say.

use juesuan_catalog::names::compared_with;
use juesuan_model::claim::Statement;
use juesuan_model::{Block, Origin, Package, Table};

use super::spell::word;
use super::{Sheet, Subject};
use crate::column::Value;

pub(super) const COLUMNS: [&str; 8] = ["document", "passage", "kind", "section", "topic", "project", "text", "page"];

/// A piece of text.
struct Passage<'p> {
    kind: &'static str,
    section: &'p str,
    topic: String,
    project: &'p str,
    text: String,
    page: Option<u32>,
}

/// A row for each piece that is not empty: the running text in its order, then causes, then what evaluations say.
pub(super) fn fill(sheet: &mut Sheet, subject: Subject<'_>) {
    let package = &subject.checked.package;
    let mut all = running(package);
    all.extend(causes(package));
    all.extend(evaluations(package));
    all.retain(|passage| !passage.text.trim().is_empty());
    for (number, passage) in all.into_iter().enumerate() {
        sheet.row([
            subject.document.into(),
            number.into(),
            passage.kind.into(),
            passage.section.into(),
            passage.topic.into(),
            passage.project.into(),
            passage.text.into(),
            Value::from(passage.page),
        ]);
    }
}

fn running(package: &Package) -> Vec<Passage<'_>> {
    let mut out = Vec::new();
    for part in &package.document.parts {
        out.push(Passage { text: part.title.clone(), page: page(&part.origin), ..Passage::of("part", "") });
        let mut section = part.title.as_str();
        for block in &part.blocks {
            match block {
                Block::Heading { text, origin, .. } => {
                    section = text;
                    out.push(Passage { text: text.clone(), page: page(origin), ..Passage::of("heading", section) });
                }
                Block::Paragraph { runs, origin } => {
                    let text = runs.iter().map(|run| run.text.as_str()).collect();
                    out.push(Passage { text, page: page(origin), ..Passage::of("paragraph", section) });
                }
                Block::Table(table) => out.extend(notes(table)),
                Block::Chart(_) => {}
            }
        }
    }
    out
}

fn notes(table: &Table) -> impl Iterator<Item = Passage<'_>> {
    table.notes.iter().enumerate().map(|(number, note)| Passage {
        text: note.clone(),
        page: table.note_places.get(number).unwrap_or(&table.place).page,
        ..Passage::of("note", &table.title)
    })
}

fn causes(package: &Package) -> impl Iterator<Item = Passage<'_>> {
    package.claims.iter().filter_map(|claim| match &claim.statement {
        Statement::Cause(against, text) => Some(Passage {
            topic: compared_with(*against).to_owned(),
            text: text.clone(),
            page: claim.place.page,
            ..Passage::of("cause", claim.place.section.as_deref().unwrap_or_default())
        }),
        _ => None,
    })
}

fn evaluations(package: &Package) -> impl Iterator<Item = Passage<'_>> {
    package.performance.evaluations.iter().flat_map(|evaluation| {
        evaluation.says.iter().map(|(topic, told)| Passage {
            topic: word(topic),
            project: &evaluation.project,
            text: told.text.clone(),
            page: told.place.page,
            ..Passage::of("evaluation", &evaluation.title.text)
        })
    })
}

impl<'p> Passage<'p> {
    fn of(kind: &'static str, section: &'p str) -> Passage<'p> {
        Passage { kind, section, topic: String::new(), project: "", text: String::new(), page: None }
    }
}

/// The page on which a text begins.
fn page(origin: &[Origin]) -> Option<u32> {
    origin.first().and_then(|first| first.place.page)
}
