//! The document of one department and year: cover, parts, tables, sections, glossary.

use std::collections::BTreeMap;

use juesuan_catalog::section::OutlinePart;
use juesuan_catalog::section::keys::{KeyKind, narrative_keys};
use juesuan_catalog::template::Lack;
use juesuan_catalog::{Catalog, Section, Way};
use juesuan_evaluate::campaign::{Campaign, evaluated};
use juesuan_facts::{Department, Facts, Narrative, implied};
use juesuan_model::ask::once;
use juesuan_model::package::FORMAT;
use juesuan_model::{Ask, Block, Document, Need, Package, Part, Place, Problem, Table, Wanted};
use juesuan_text::ordinal::numbered;

use crate::even::even_out;
use crate::forms;
use crate::narrate::base::Base;
use crate::narrate::sentence::Scene;
use crate::narrate::value::Values;
use crate::narrate::{Narrator, Written};
use crate::performance::{record, write};

/// Number of parts, sections and tables.
const PART_NUMBER: &str = "第一部分";
const SECTION_NUMBER: &str = "一、";
/// The sheet of indicators.
const INDICATORS: &str = "perf-indicators";
/// File of the causes and texts.
pub(crate) const NARRATIVE_FILE: &str = "narrative.toml";

/// What was composed.
#[derive(Debug)]
pub struct Composed {
    /// The package; it is a draft while something is asked for that must be there.
    pub package: Package,
    /// What a person should look at.
    pub problems: Vec<Problem>,
    /// What it lacks, each once, in the order of the document.
    pub asks: Vec<Ask>,
}

/// What a document is made from.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// Who.
    pub department: &'a Department,
    /// Causes and free text.
    pub narrative: &'a Narrative,
    /// Figures.
    pub facts: &'a Facts,
    /// What is evaluated, if anything.
    pub campaign: Option<&'a Campaign>,
    /// Texts that registers give (places of trips, guests), by the keys of narrative.toml, which comes first.
    pub texts: &'a BTreeMap<String, String>,
    /// In what the department enters its texts.
    pub way: Way,
}

/// Composes the package. Problems are doubts for a person, but for amounts that no department can have; a variant that the
/// catalogue does not have is fatal too and gives a package without a document.
pub fn compose(sources: Sources, catalog: &Catalog) -> Composed {
    let department = sources.department;
    let mut written = Written::default();
    written.package.format = FORMAT;
    written.package.entity = department.entity();
    let variant = catalog.variant(&department.variant, department.year);
    let text = catalog.sections.variant(&department.variant);
    let wording = catalog.sections.phrases.variant.get(&department.variant);
    let (Some(variant), Some(text), Some(wording)) = (variant, text, wording) else {
        let problems = vec![unwritable(&department.variant, catalog)];
        return Composed { package: written.package, problems, asks: Vec::new() };
    };
    written.problems.extend(sources.facts.beyond_belief());
    let mut facts = implied(sources.facts, department, catalog);
    if let Some(campaign) = sources.campaign {
        facts.absorb(evaluated::facts(campaign, sources.facts, &catalog.trees));
    }
    let mut asks = Vec::new();
    let (package, problems) = (&mut written.package, &mut written.problems);
    let tables = forms::tables(&facts, department, catalog, variant, package, problems, &mut asks);
    let tables: Vec<Table> = tables.into_iter().map(|(_, table)| table).collect();
    let narrator = Narrator {
        catalog,
        text,
        wording,
        department,
        narrative: sources.narrative,
        campaign: sources.campaign,
        texts: sources.texts,
        way: sources.way,
        base: Base::new(department, &facts, catalog),
        values: Values::new(&facts, &catalog.trees, department.year, &tables, &written.package),
    };
    let nowhere = Section::default();
    let scene = Scene { section: &nowhere, element: None };
    let title = text.outline.cover.iter().map(|line| narrator.plain(scene, line)).collect();
    let parts = parts(&narrator, (tables, asks), &mut written);
    unplaced(sources.narrative, catalog, department, &mut written);
    let missing = sources.campaign.map(Campaign::missing).unwrap_or_default();
    written.asks.extend(missing.into_iter().map(|ask| in_its_column(ask, catalog)));
    let asks = once(written.asks);
    let draft_reasons = reasons(std::mem::take(&mut written.package.document.draft_reasons), &asks, catalog);
    written.package.document = Document { title, parts, draft_reasons, ..Document::default() };
    if let Some(campaign) = sources.campaign {
        record(&mut written.package, campaign);
    }
    even_out(&mut written.package);
    Composed { package: written.package, problems: written.problems, asks }
}

/// What an indicator lacks by the name of its column in the sheet.
fn in_its_column(ask: Ask, catalog: &Catalog) -> Ask {
    let Wanted::Indicator { key, .. } = &ask.wanted else { return ask };
    let column = catalog.inputs.get(INDICATORS).and_then(|spec| spec.column(key));
    let name = column.and_then(|column| column.header.first()).unwrap_or(&ask.name).clone();
    Ask { name, ..ask }
}

/// The parts in order; what is asked for in the tables is asked where they stand.
fn parts(narrator: &Narrator, (mut tables, mut asks): (Vec<Table>, Vec<Ask>), written: &mut Written) -> Vec<Part> {
    let nowhere = Section::default();
    let scene = Scene { section: &nowhere, element: None };
    let mut parts = Vec::new();
    for outline in &narrator.text.outline.part {
        let name = narrator.plain(scene, &outline.title);
        let title = format!("{} {name}", numbered(PART_NUMBER, parts.len() + 1));
        let mut blocks = Vec::new();
        if outline.tables {
            blocks = below_titles(std::mem::take(&mut tables));
            written.asks.append(&mut asks);
        }
        if let Some(campaign) = narrator.campaign.filter(|_| outline.performance) {
            blocks.extend(write(narrator, campaign, written));
        }
        blocks.extend(sections(narrator, outline, &title, written));
        if outline.glossary {
            blocks.extend(narrator.glossary(&title, written));
        }
        if !blocks.is_empty() {
            parts.push(Part { title, blocks, ..Part::default() });
        }
    }
    parts
}

/// Why a document is a draft: the reasons that are known, and what it lacks.
fn reasons(mut known: Vec<String>, asks: &[Ask], catalog: &Catalog) -> Vec<String> {
    for reason in asks.iter().filter(|ask| ask.need == Need::Must).map(|ask| catalog.asks.reason(ask)) {
        if !known.contains(&reason) {
            known.push(reason);
        }
    }
    known
}

/// A variant in which nothing can be written.
fn unwritable(variant: &str, catalog: &Catalog) -> Problem {
    let place = Place { file: Some("department.toml".to_owned()), ..Place::default() };
    let known: Vec<&str> = catalog.writable().map(|variant| variant.key.as_str()).collect();
    Problem::fatal(place, format!("没有模板“{variant}”；variant 可以写：{}", known.join("、")))
}

/// Tables, each below its numbered title.
fn below_titles(tables: Vec<Table>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (index, table) in tables.into_iter().enumerate() {
        let text = format!("{}{}", numbered(SECTION_NUMBER, index + 1), table.title);
        blocks.push(Block::Heading { level: 1, text, origin: Vec::new() });
        blocks.push(Block::Table(table));
    }
    blocks
}

fn sections(narrator: &Narrator, outline: &OutlinePart, part: &str, written: &mut Written) -> Vec<Block> {
    let mut blocks = Vec::new();
    let sections = outline.sections.iter().filter_map(|key| narrator.text.sections.get(key));
    for (index, section) in sections.enumerate() {
        let heading = match outline.headings {
            true => format!("{}{}", numbered(SECTION_NUMBER, index + 1), section.heading()),
            false => part.to_owned(),
        };
        let content = narrator.section(section, &heading, written);
        if outline.headings {
            blocks.push(Block::Heading { level: 1, text: heading, origin: Vec::new() });
        }
        blocks.extend(content);
    }
    blocks
}

/// Causes and texts that are printed nowhere.
fn unplaced(narrative: &Narrative, catalog: &Catalog, department: &Department, written: &mut Written) {
    let known = narrative_keys(catalog, &department.variant);
    let causes = narrative.cause.keys().map(|key| (KeyKind::Cause, "cause", key));
    let texts = narrative.text.keys().map(|key| (KeyKind::Text, "text", key));
    for (kind, table, key) in causes.chain(texts).filter(|(_, _, key)| !written.used.contains(*key)) {
        let is_cause = kind == KeyKind::Cause;
        let asked = known.iter().any(|info| (info.kind == KeyKind::Cause) == is_cause && info.fits(key));
        if let Some(place) = narrative.places.get(key) {
            let words = &catalog.asks.read;
            let told = if asked { &words.unused } else { &words.strange };
            let message = told.text(&BTreeMap::from([("代号", key.clone())]), Lack::Word("")).unwrap_or_default();
            written.problems.push(Problem::doubt(place.clone(), message));
            continue;
        }
        let message = match asked {
            true => {
                format!("[{table}] “{key}”没有印出：今年没有要说明的变动或金额；请核对，不用就删去")
            }
            false => {
                format!("[{table}] “{key}”没有印出：这套模板没有这个名称；请改成模板的名称或删去")
            }
        };
        let place = Place { file: Some(NARRATIVE_FILE.to_owned()), ..Place::default() };
        written.problems.push(Problem::doubt(place, message));
    }
}
