//! Packages composed from the examples of this repository.
#![allow(dead_code, reason = "each test file uses a part")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use juesuan_catalog::Catalog;
use juesuan_compose::{Sources, compose};
use juesuan_evaluate::campaign::campaign;
use juesuan_inputs::{LedgerScope, books};
use juesuan_model::{Block, Dimension, Figure, Meaning, Package, Part, Place, Stands};
use juesuan_read::Disk;
use juesuan_recognize::{EntityContext, TextSection};

/// Folders in `examples/`.
pub const EXAMPLES: [&str; 3] = ["zengdu-2023", "consolidated", "putuo-planning-2024"];

/// Items that books tell in full.
const ITEMS: [&str; 6] = ["收入", "支出", "使用非财政拨款结余", "结余分配", "年初结转和结余", "年末结转和结余"];

/// The package of an example.
pub fn package(name: &str, catalog: &Catalog) -> Package {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
    let inputs =
        juesuan_inputs::read(&Disk::new(&root), catalog).unwrap_or_else(|problems| panic!("{name}: {problems:#?}"));
    let mut problems = Vec::new();
    let mut facts = inputs.facts.clone();
    if let Some(ledger) = books::read(&Disk::new(&root), &inputs.department, catalog, &mut problems) {
        let own = ledger.facts(LedgerScope::Department, catalog);
        own.leaves().for_each(|(meaning, amount)| facts.add(meaning.clone(), amount));
        own.stated().for_each(|(meaning, fact)| facts.state(meaning.clone(), fact.clone()));
        ITEMS.iter().for_each(|item| facts.declare_complete(Meaning::new().with(Dimension::Item, *item)));
    }
    let variant = catalog.variant(&inputs.department.variant, inputs.department.year).unwrap();
    juesuan_inputs::tables::read_folder(&Disk::new(&root), catalog, variant, &mut facts, &mut problems);
    let texts = BTreeMap::new();
    let campaign = campaign(inputs.entered(), &facts, catalog, &mut problems);
    let sources = Sources {
        department: &inputs.department,
        narrative: &inputs.narrative,
        facts: &facts,
        campaign: campaign.as_ref(),
        texts: &texts,
        way: inputs.way(),
    };
    compose(sources, catalog).package
}

/// The running text of a package as plain sections, and the figures printed in each; without the part of the reports and
/// forms of performance, which are read as evaluations.
pub fn sections(package: &Package) -> Vec<(TextSection, Vec<Figure>)> {
    let mut out: Vec<(TextSection, Vec<Figure>)> = Vec::new();
    let annex = package.performance.evaluations.iter().filter(|evaluation| evaluation.stands != Stands::Summary);
    let titles: BTreeSet<&str> = annex.map(|evaluation| evaluation.title.text.as_str()).collect();
    let reports = |part: &&Part| {
        part.blocks.iter().any(|block| match block {
            Block::Heading { text, .. } => titles.contains(text.as_str()),
            Block::Table(table) => titles.contains(table.title.as_str()),
            Block::Paragraph { .. } | Block::Chart(_) => false,
        })
    };
    for part in package.document.parts.iter().filter(|part| !reports(part)) {
        out.push((TextSection { heading: part.title.clone(), paragraphs: Vec::new() }, Vec::new()));
        for block in &part.blocks {
            let (section, figures) = out.last_mut().unwrap();
            match block {
                Block::Heading { level: 1, text, .. } => {
                    out.push((TextSection { heading: text.clone(), paragraphs: Vec::new() }, Vec::new()));
                }
                Block::Heading { text, .. } => section.paragraphs.push((text.clone(), Place::default())),
                Block::Paragraph { runs, .. } => {
                    let text = runs.iter().map(|run| run.text.as_str()).collect();
                    section.paragraphs.push((text, Place::default()));
                    figures
                        .extend(runs.iter().filter_map(|run| run.figure).filter_map(|id| package.figure(id)).cloned());
                }
                Block::Table(_) | Block::Chart(_) => {}
            }
        }
    }
    out.retain(|(section, _)| !section.paragraphs.is_empty());
    out
}

/// What is known of the entity of a package.
pub fn entity(package: &Package) -> EntityContext {
    EntityContext {
        name: package.entity.name.clone(),
        year: package.entity.year,
        variant: package.entity.variant.clone(),
        ..EntityContext::default()
    }
}

/// Meanings, measure and value as one line, without zeros at the end of the value.
pub fn told(figure: &Figure) -> String {
    let mut meanings: Vec<String> = figure.meanings.iter().map(Meaning::to_string).collect();
    meanings.sort();
    let value = figure.cell.number().map_or_else(String::new, |n| n.digits_trimmed() + n.unit.word());
    format!("{} {:?} {value}", meanings.join("+"), figure.measure)
}
