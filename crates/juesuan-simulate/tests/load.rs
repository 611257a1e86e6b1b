//! A small load over all moulds, years and formats: what is right is found right, what is planted is found.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

mod moulds;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use juesuan_catalog::Catalog;
use juesuan_model::{Package, Severity};
use juesuan_simulate::load::fate::{Fate, Format, Issue, Shares};
use juesuan_simulate::load::truth::Truth;
use juesuan_simulate::load::words::Words;
use juesuan_simulate::load::world::Size;
use juesuan_simulate::load::written::{Load, Made};
use juesuan_text::plain;
use juesuan_write::FontSource;
use juesuan_write::report::{Teller, ToldFinding};

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::load(&[]).unwrap_or_else(|p| panic!("{p:#?}")));

/// Two moulds of two trades, two years; many formats and faults.
static LOAD: LazyLock<Load> = LazyLock::new(|| {
    let size = Size { seed: 7, bodies: 60, years: 2, first_year: 2023 };
    let shares = Shares { pdf: 25, docx: 15, text: 10, faulty: 20, copying: 20, missing: 5, ..Shares::default() };
    let words = Words::load().unwrap();
    let moulds = moulds::moulds(&words, &CATALOG, &size, 3).unwrap_or_else(|told| panic!("{told}"));
    Load::new(size, shares, words, moulds)
});

fn bytes(made: &Made, issue: Issue) -> Vec<u8> {
    made.bytes(&LOAD.size, issue)
        .unwrap_or_else(|| juesuan_write::docx(&made.package, &FontSource::default(), &CATALOG).unwrap())
}

/// What is found in the file of a document.
fn findings(made: &Made, issue: Issue) -> (Package, Vec<ToldFinding>) {
    let pages =
        juesuan_read::pages_of(&made.path, &bytes(made, issue)).unwrap_or_else(|p| panic!("{}: {p:?}", made.path));
    let package = juesuan_recognize::document(&pages, &CATALOG).package;
    let report = juesuan_check::check(&package, &CATALOG, &[]);
    let teller = Teller::new(&CATALOG, &package, &report, "");
    let findings = report.findings.iter().map(|finding| ToldFinding::new(finding, &teller)).collect();
    (package, findings)
}

#[test]
fn what_is_right_in_a_load_is_found_right_and_whose_it_is_is_known() {
    let mut seen: BTreeSet<(usize, usize, Format)> = BTreeSet::new();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for issue in LOAD.issues() {
        let Some(made) = LOAD.document(issue).filter(|made| made.planted.is_none()) else { continue };
        let body = &LOAD.bodies[issue.body];
        if !seen.insert((body.mould, body.member * 2 + issue.year, made.format)) {
            continue;
        }
        count += 1;
        let (package, found) = findings(&made, issue);
        if plain(&package.entity.name) != plain(&body.name) || package.entity.year != LOAD.year(issue) {
            wrong.push(format!("{}: {} {}", made.path, package.entity.name, package.entity.year));
        }
        let grave = found.iter().filter(|f| f.severity == Severity::Error);
        wrong.extend(grave.map(|f| format!("{}: {} {}", made.path, f.code, f.message)));
    }
    println!("{count} documents");
    assert!(count > 20 && wrong.is_empty(), "{count}\n{}", wrong.join("\n"));
}

#[test]
fn what_is_planted_in_a_load_is_found() {
    let (mut planted, mut missed) = (0, Vec::new());
    for issue in LOAD.issues() {
        let Some(made) = LOAD.document(issue) else { continue };
        let Some(fault) = &made.planted else { continue };
        planted += 1;
        let (_, found) = findings(&made, issue);
        let named = |f: &ToldFinding| match fault.codes {
            [] => f.severity < Severity::Notice,
            codes => codes.contains(&f.code.as_str()),
        };
        if !found.iter().any(named) {
            missed.push(format!("{}: {} {:?}", made.path, fault.name, fault.spot));
        }
    }
    println!("{planted} planted");
    assert!(
        planted > 10 && missed.len() * 20 <= planted,
        "{} of {planted} missed\n{}",
        missed.len(),
        missed.join("\n")
    );
}

#[test]
fn a_copied_passage_stands_in_both_documents_and_nowhere_else() {
    let mut copies = 0;
    let all: Vec<(String, String)> = LOAD.issues().filter_map(|issue| LOAD.document(issue)).map(said).collect();
    for issue in LOAD.issues() {
        let Some(copied) = LOAD.document(issue).and_then(|made| made.copied) else { continue };
        let path = LOAD.path(issue);
        let holding: BTreeSet<&str> =
            all.iter().filter(|(_, text)| text.contains(&copied.passage)).map(|(path, _)| path.as_str()).collect();
        assert!(holding.contains(path.as_str()) && holding.contains(copied.from.as_str()), "{path} {copied:?}");
        copies += 1;
    }
    assert!(copies > 5, "{copies}");
}

/// Path and running text of a document.
fn said(made: Made) -> (String, String) {
    let blocks = made.package.document.parts.iter().flat_map(|part| &part.blocks);
    let texts = blocks.filter_map(|block| match block {
        juesuan_model::Block::Paragraph { runs, .. } => Some(juesuan_simulate::messy::joined(runs)),
        _ => None,
    });
    let text = texts.collect();
    (made.path, text)
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_the_truth_lists_each_document_once() {
    let mut truth = Truth::default();
    for issue in LOAD.issues() {
        let made = LOAD.document(issue);
        if let (Some(made), true) = (&made, issue.body < 4) {
            let again = LOAD.document(issue).unwrap();
            assert_eq!(bytes(made, issue), bytes(&again, issue), "{}", made.path);
        }
        assert_eq!(made.is_none(), LOAD.fate(issue) == Fate::Missing);
        truth.add(&LOAD, issue, made.as_ref());
    }
    let files: Vec<(&str, String)> = truth.files().into();
    let lines = |name: &str| files.iter().find(|(file, _)| *file == name).unwrap().1.lines().count() - 1;
    assert_eq!(lines("bodies.csv"), LOAD.bodies.len() * LOAD.size.years);
    assert!(["missing.csv", "planted.csv", "copied.csv"].iter().all(|name| lines(name) > 2));
}
