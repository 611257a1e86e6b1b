//! What a heading says of the sentences below it.

use std::collections::BTreeSet;

use juesuan_catalog::names::FINAL_ACCOUNTS;
use juesuan_catalog::names::stage::{FULL_YEAR, INITIAL};
use juesuan_catalog::{Catalog, LexiconWord, Section, WordKind};
use juesuan_model::{Against, Dimension, DocumentKind, Meaning, Place};
use juesuan_text::{Ordinal, Text, characters, part};

use super::EntityContext;
use super::headings::Headings;
use super::lexicon::Words;
use super::path::Paths;
use super::state::Stage;
use super::subject::{Phrase, within};
use super::token::{Piece, cut};

/// Shortest name of an organisation, in characters.
const NAME_LEAST: usize = 3;

/// What holds below a heading where a sentence says nothing else.
#[derive(Clone, Debug, Default)]
pub struct Heading {
    /// Coordinates: those of the catalogue's section of that name, and what the heading itself names.
    pub base: Meaning,
    /// The catalogue has a section of that name.
    pub is_section: bool,
    /// Stage, if it names one.
    pub stage: Option<Stage>,
    /// Year, if it names one other than the document's.
    pub year: Option<u16>,
    /// Whose amounts: `Some(None)` of the whole area.
    pub area: Option<Option<Meaning>>,
}

impl Heading {
    /// Of a heading as printed.
    pub fn new(
        (catalog, known): (&Catalog, &Headings<'_>),
        words: &Words,
        heading: &str,
        entity: &EntityContext,
    ) -> Heading {
        let place = Place::default();
        let flow = Text::of_lines([(heading, &place)]);
        let tokens = cut(&flow, words, &Paths::default());
        let entries: Vec<&LexiconWord> = tokens
            .iter()
            .filter_map(|token| match &token.piece {
                Piece::Word(word) => Some(&*word.entry),
                _ => None,
            })
            .collect();
        let mut phrase = Phrase::default();
        for entry in entries.iter().filter(|entry| entry.kind == WordKind::Subject && !entry.means.is_empty()) {
            phrase.add(catalog, &entry.means, entry.reach);
        }
        let section = known.section(heading).map(|section: &Section| section.means.clone());
        let mut base = section.clone().unwrap_or_default();
        for own in &phrase.means {
            // A heading that names several items (收入支出) names none.
            let own = if phrase.means.len() > 1 { own.clone().without(Dimension::Item) } else { own.clone() };
            let own = if base.get(Dimension::Item).is_some() { own.without(Dimension::Item) } else { own };
            base = within(catalog, &base, &own);
        }
        let years = tokens.iter().filter_map(|token| match token.piece {
            Piece::Year(year) => Some(year),
            _ => None,
        });
        let compares = entries.iter().any(|entry| entry.kind == WordKind::Than);
        let year = years.max().filter(|year| *year != entity.year && !compares);
        let budget = entity.kind == DocumentKind::Budget || compares;
        Heading {
            base,
            is_section: section.is_some(),
            stage: stage(&entries).filter(|_| !budget),
            year,
            area: entries.iter().rfind(|entry| entry.kind == WordKind::Area).map(|entry| entry.means.first().cloned()),
        }
    }
}

/// The names of organisations with which headings begin: 二、某某卫生院2021年度部门决算情况说明.
pub fn names<'h>(headings: impl Iterator<Item = &'h str>, catalog: &Catalog) -> BTreeSet<String> {
    let words = &catalog.recognition;
    let name = |heading: &str| {
        let chars = characters(heading);
        let from = Ordinal::at(&chars).map_or(0, |own| own.length);
        let length = part(&chars, from..).iter().position(char::is_ascii_digit)?;
        let text: String = part(&chars, from..from + length).iter().collect();
        let bare =
            words.labels.iter().fold(text.as_str(), |text, label| text.strip_suffix(label.as_str()).unwrap_or(text));
        let is_name =
            bare.chars().count() >= NAME_LEAST && words.organisations.iter().any(|end| bare.ends_with(end.as_str()));
        is_name.then(|| bare.to_owned())
    };
    headings.filter_map(name).collect()
}

/// The stage that a heading names: a budget only where it names no accounts.
fn stage(entries: &[&LexiconWord]) -> Option<Stage> {
    let stages: Vec<&str> =
        entries.iter().filter(|entry| entry.kind == WordKind::Stage).map(|entry| entry.stage.as_str()).collect();
    stages.first()?;
    Some(if stages.contains(&FINAL_ACCOUNTS) {
        Stage::Final
    } else if stages.contains(&INITIAL) {
        Stage::Budget(Against::InitialBudget)
    } else if stages.contains(&FULL_YEAR) {
        Stage::Budget(Against::FullYearBudget)
    } else {
        Stage::SomeBudget
    })
}
