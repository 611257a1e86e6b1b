//! The bulletin in lines of text, and as a document. Order, headings, sentences and tables are data of the catalogue.

use juesuan_catalog::template::{Lack, Template};
use juesuan_catalog::{BulletinColumn, BulletinSection, Catalog};
use juesuan_facts::department::Department;
use juesuan_model::{
    Block, Document, DocumentKind, Entity, HeadColumn, Mark, Notice, Package, Part, Run, Table, TableBuilder, TableCell,
};
use juesuan_text::ordinal::numbered;

use super::Bulletin;
use super::values::{Values, about, everywhere, lines, total, with_zeros};

/// First number of the sections.
const FIRST: &str = "一、";
/// What a table prints where something is not known.
const UNKNOWN: &str = "—";

/// The bulletin line by line: its title, then each section with its sentences and lists.
pub fn said(bulletin: &Bulletin, department: &Department, catalog: &Catalog) -> Vec<String> {
    let mut out = titles(bulletin, department, catalog);
    for section in sections(bulletin, department, catalog) {
        out.push(section.heading);
        out.extend(section.text);
        out.extend(section.lines.iter().filter_map(|line| filled(&section.spec.item, line)));
    }
    out
}

/// The bulletin as a notice that every writer can print; `number` is that of the document, empty if it has none yet. Nothing
/// in it is published; its kind is unknown to the checks.
pub fn package(bulletin: &Bulletin, number: &str, department: &Department, catalog: &Catalog) -> Package {
    let mut blocks = Vec::new();
    for section in sections(bulletin, department, catalog) {
        blocks.push(Block::Heading { level: 1, text: section.heading, origin: Vec::new() });
        if let Some(text) = section.text {
            let run = Run { text, figure: None, mark: Mark::Plain };
            blocks.push(Block::Paragraph { runs: vec![run], origin: Vec::new() });
        }
        if !section.lines.is_empty() {
            blocks.push(Block::Table(table(&section.spec.column, &section.lines, section.total.as_ref())));
        }
    }
    Package {
        format: juesuan_model::package::FORMAT,
        kind: DocumentKind::Unknown,
        entity: Entity {
            name: department.name.clone(),
            year: bulletin.quarter.year(),
            variant: department.variant.clone(),
            ..Entity::default()
        },
        document: Document {
            title: titles(bulletin, department, catalog),
            parts: vec![Part { blocks, ..Part::default() }],
            notice: Some(notice(bulletin, number, department, catalog)),
            ..Document::default()
        },
        ..Package::default()
    }
}

/// What stands around the text.
fn notice(bulletin: &Bulletin, number: &str, department: &Department, catalog: &Catalog) -> Notice {
    let words = &catalog.performance.bulletin;
    let values = everywhere(bulletin, &department.name);
    let line = |template: &Template| filled(template, &values).unwrap_or_default();
    let (text, mark) = match number.trim() {
        "" => (words.number.as_str(), Mark::Missing),
        number => (number, Mark::Plain),
    };
    Notice {
        number: Run { text: text.to_owned(), figure: None, mark },
        to: line(&words.to),
        signed: words.signed.each_ref().map(line),
    }
}

/// The sentence; nothing where a value outside of its brackets is not known.
fn filled(sentence: &Template, values: &Values) -> Option<String> {
    sentence.text(values, Lack::Refused).ok()
}

/// A section with what stands in it.
struct Filled<'c> {
    spec: &'c BulletinSection,
    heading: String,
    text: Option<String>,
    lines: Vec<Values>,
    total: Option<Values>,
}

fn titles(bulletin: &Bulletin, department: &Department, catalog: &Catalog) -> Vec<String> {
    let values = everywhere(bulletin, &department.name);
    catalog.performance.bulletin.title.iter().filter_map(|line| filled(line, &values)).collect()
}

/// The sections that have something to say, numbered.
fn sections<'c>(bulletin: &Bulletin, department: &Department, catalog: &'c Catalog) -> Vec<Filled<'c>> {
    let words = &catalog.performance.bulletin;
    let common = everywhere(bulletin, &department.name);
    let mut out: Vec<Filled<'c>> = Vec::new();
    for spec in &words.sections {
        let (text, lines) = match about(bulletin, spec.about) {
            Some(values) => {
                let lines = spec.each.map_or_else(Vec::new, |list| lines(bulletin, list, &words.nobody));
                let values: Values = common.clone().into_iter().chain(values).collect();
                let text: String = spec.text.iter().filter_map(|line| filled(line, &values)).collect();
                (text, lines)
            }
            None => (spec.absent.clone(), Vec::new()),
        };
        let nothing = text.is_empty() && lines.is_empty();
        if nothing || (spec.only_listed && lines.is_empty()) {
            continue;
        }
        let heading = format!("{}{}", numbered(FIRST, out.len() + 1), spec.heading);
        let text = Some(text).filter(|text| !text.is_empty());
        let total = spec.each.and_then(|list| total(bulletin, list, &words.total));
        out.push(Filled { spec, heading, text, lines, total });
    }
    out
}

fn table(columns: &[BulletinColumn], lines: &[Values], total: Option<&Values>) -> Table {
    let heads: Vec<HeadColumn> = columns.iter().map(|column| HeadColumn::new(&column.head, column.width)).collect();
    let mut table = TableBuilder::new(&heads);
    let cells = |values: &Values, words: fn(String) -> TableCell| {
        let values = with_zeros(values);
        let cell = |column: &BulletinColumn| {
            let text = filled(&column.value, &values).unwrap_or_else(|| UNKNOWN.to_owned());
            if column.words { words(text) } else { TableCell::ordinal(text) }
        };
        columns.iter().map(cell).collect()
    };
    lines.iter().for_each(|line| table.row(cells(line, TableCell::words)));
    total.into_iter().for_each(|line| table.total(cells(line, TableCell::middle)));
    table.finish()
}
