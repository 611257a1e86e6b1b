//! From the books of departments that nobody has to checked packages and back: consistent, added up, read again.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

mod faults;
mod gravity;
mod made;

use std::collections::BTreeMap;

use juesuan_model::{Block, Dimension, Figure, Meaning, Measure, Money, Package, Place, Tally};
use juesuan_recognize::{EntityContext, TextSection, text};

use made::{ALL, CATALOG, checked, grave};

#[test]
fn what_is_made_from_consistent_books_has_no_error_and_no_warning() {
    for made in ALL.iter() {
        for package in made.packages() {
            let report = checked(package);
            let tally = Tally::of(&report.relations);
            let found: Vec<String> = grave(package).iter().map(|f| format!("{} {}", f.code, f.message)).collect();
            let name = format!("seed {} {} {tally:?}", made.seed, package.entity.name);
            assert!(found.is_empty(), "{name}\n{}", found.join("\n"));
            assert!(tally.holds > 300 && tally.unreadable == 0, "{name}");
        }
    }
}

/// Exact amounts of the tables by meaning.
fn tables(package: &Package) -> BTreeMap<&Meaning, Money> {
    let of_table = |figure: &&Figure| figure.place.section.is_none() && figure.measure == Measure::Amount;
    let amounts = package.figures.iter().filter(of_table).filter_map(|f| f.exact_fen.map(|exact| (f, exact)));
    amounts.flat_map(|(figure, exact)| figure.meanings.iter().map(move |meaning| (meaning, exact))).collect()
}

#[test]
fn every_cell_of_a_department_is_the_sum_of_its_units_less_what_they_paid_each_other() {
    let mut compared = 0;
    for made in ALL.iter().filter(|made| !made.accounts.units.is_empty()) {
        let units: Vec<_> = made.accounts.units.iter().map(|unit| tables(&unit.package)).collect();
        for (meaning, amount) in tables(&made.accounts.department) {
            let sum: Money = units.iter().filter_map(|unit| unit.get(meaning)).copied().sum();
            let item = meaning.get(Dimension::Item).unwrap_or("").replace("总计", "");
            let selector = CATALOG.trees.selector(&meaning.clone().with(Dimension::Item, item));
            let leaves = made.accounts.eliminations.iter().flat_map(|e| &e.leaves);
            let taken: Money = leaves
                .filter(|(leaf, _)| meaning.get(Dimension::Stage).is_none() && selector.selects(&CATALOG.trees, leaf))
                .map(|(_, amount)| *amount)
                .sum();
            assert_eq!(amount, sum - taken, "seed {} {meaning}", made.seed);
            compared += 1;
        }
    }
    assert!(compared > 1000, "{compared}");
}

#[test]
fn a_package_written_as_json_is_read_back_equal() {
    for package in ALL.iter().flat_map(|made| made.packages()) {
        let bytes = serde_json::to_vec(package).unwrap();
        let back: Package = serde_json::from_slice(&bytes).unwrap();
        assert!(back == *package, "{}", package.entity.name);
    }
}

/// Meanings, measure and value as one line, without zeros at the end of the value.
fn told(figure: &Figure) -> String {
    let mut meanings: Vec<String> = figure.meanings.iter().map(Meaning::to_string).collect();
    meanings.sort();
    let value = figure.cell.number().map_or_else(String::new, |n| n.digits_trimmed() + n.unit.word());
    format!("{} {:?} {value}", meanings.join("+"), figure.measure)
}

/// Running text by sections, and the figures printed in each.
fn sections(package: &Package) -> Vec<(TextSection, Vec<String>)> {
    let mut out: Vec<(TextSection, Vec<String>)> = Vec::new();
    let section = |heading: &str| (TextSection { heading: heading.to_owned(), paragraphs: Vec::new() }, Vec::new());
    for part in &package.document.parts {
        out.push(section(&part.title));
        for block in &part.blocks {
            match block {
                Block::Heading { level: 1, text, .. } => out.push(section(text)),
                Block::Heading { text, .. } => {
                    out.last_mut().unwrap().0.paragraphs.push((text.clone(), Place::default()));
                }
                Block::Paragraph { runs, .. } => {
                    let text = runs.iter().map(|run| run.text.as_str()).collect();
                    let (section, figures) = out.last_mut().unwrap();
                    section.paragraphs.push((text, Place::default()));
                    figures
                        .extend(runs.iter().filter_map(|run| run.figure).map(|id| told(package.figure(id).unwrap())));
                }
                Block::Table(_) | Block::Chart(_) => {}
            }
        }
    }
    out
}

#[test]
fn the_figures_of_the_written_text_are_read_again_with_their_meanings() {
    let (mut hit, mut all, mut missed) = (0usize, 0usize, Vec::new());
    for made in ALL.iter() {
        let package = &made.accounts.department;
        let entity = EntityContext {
            name: package.entity.name.clone(),
            year: package.entity.year,
            variant: package.entity.variant.clone(),
            ..EntityContext::default()
        };
        for (section, figures) in sections(package) {
            let read = text(std::slice::from_ref(&section), &entity, &CATALOG);
            let mut left: Vec<String> = read.figures.iter().map(told).collect();
            for figure in figures {
                all += 1;
                match left.iter().position(|other| *other == figure) {
                    Some(at) => {
                        left.remove(at);
                        hit += 1;
                    }
                    None => missed.push(format!("seed {} {}: {figure}", made.seed, section.heading)),
                }
            }
        }
    }
    println!("{hit} of {all} figures read again");
    assert!(all > 500 && hit * 100 >= all * 99, "{hit} of {all}\n{}", missed.join("\n"));
}
