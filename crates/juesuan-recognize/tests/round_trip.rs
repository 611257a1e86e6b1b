//! What the program writes, it reads back: the running text of composed packages.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use juesuan_catalog::Catalog;
use juesuan_model::{Claim, Meaning, Statement};
use juesuan_recognize::text;

#[test]
fn every_figure_of_the_written_text_is_read_back_with_its_meaning() {
    let catalog = Catalog::load(&[]).unwrap_or_else(|problems| panic!("{problems:#?}"));
    for example in common::EXAMPLES {
        let package = common::package(example, &catalog);
        let entity = common::entity(&package);
        let (mut hit, mut all, mut extra) = (0, 0, Vec::new());
        for (section, figures) in common::sections(&package) {
            let read = text(std::slice::from_ref(&section), &entity, &catalog);
            let mut left: Vec<String> = read.figures.iter().map(common::told).collect();
            for figure in &figures {
                all += 1;
                let told = common::told(figure);
                match left.iter().position(|other| *other == told) {
                    Some(at) => {
                        left.remove(at);
                        hit += 1;
                    }
                    None => println!("  missed in {}: {told}", section.heading),
                }
            }
            extra.extend(left.into_iter().map(|told| format!("{}: {told}", section.heading)));
            for unread in &read.unread {
                println!("  unread in {}: {} {}", section.heading, unread.text, unread.reason);
            }
        }
        println!("{example}: {hit} of {all} figures read back, {} read where none was written", extra.len());
        extra.iter().for_each(|told| println!("  extra {told}"));
        assert!(all > 50, "{example}: only {all} figures");
        assert!(hit * 100 >= all * 95, "{example}: {hit} of {all}");
        assert!(extra.len() * 100 <= all * 2, "{example}: {extra:#?}");
    }
}

/// One line a claim; an absence of several things is one of each.
fn told(claim: &Claim) -> Vec<String> {
    let mut meanings: Vec<String> = claim.meanings.iter().map(Meaning::to_string).collect();
    meanings.sort();
    let statement = match &claim.statement {
        Statement::Absent => {
            return meanings.into_iter().map(|meaning| meaning + " absent").collect();
        }
        Statement::Up(against) => format!("up {against:?}"),
        Statement::Down(against) => format!("down {against:?}"),
        Statement::Level(against) => format!("level {against:?}"),
        // A missing cause is printed as a mark; presence is what the reader adds.
        Statement::Cause(..) | Statement::CauseMissing(_) | Statement::Present => {
            return Vec::new();
        }
    };
    vec![format!("{} {statement}", meanings.join("+"))]
}

#[test]
fn directions_and_absences_of_the_written_text_are_read_back() {
    let catalog = Catalog::load(&[]).unwrap();
    for example in common::EXAMPLES {
        let package = common::package(example, &catalog);
        let sections: Vec<_> = common::sections(&package).into_iter().map(|(section, _)| section).collect();
        let read = text(&sections, &common::entity(&package), &catalog);
        let back: Vec<String> = read.claims.iter().flat_map(told).collect();
        let written: Vec<String> = package.claims.iter().filter(|c| c.place.table.is_none()).flat_map(told).collect();
        let missed: Vec<&String> = written.iter().filter(|claim| !back.contains(claim)).collect();
        println!("{example}: {} of {} claims read back", written.len() - missed.len(), written.len());
        missed.iter().for_each(|claim| println!("  missed {claim}"));
        assert!(!written.is_empty());
        assert!(missed.len() * 10 <= written.len(), "{example}: {missed:#?}");
    }
}
