//! One fault of each kind in a published document of each form: what finds it, and where. Prints the table of recall.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

#[path = "../published/mod.rs"]
mod published;

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::{FigureId, Package, Place, Severity, Verdict};
use juesuan_simulate::fault::scene::Scene;
use juesuan_simulate::fault::{self, Fault, Spot};
use juesuan_simulate::random::Random;
use juesuan_write::report::ToldFinding;
use published::{ALL, CATALOG, FORMATS, Made, Way};

/// The figures of relations that hold, of those that a format shows: a wrong one may break them.
fn compared(package: &Package, way: Way) -> BTreeSet<FigureId> {
    let report = juesuan_check::check(package, &CATALOG, &[]);
    let shown: BTreeSet<FigureId> = published::printed(package, way).into_iter().collect();
    let held = report.relations.into_iter().filter(|r| r.verdict == Verdict::Holds && r.code != "YR105");
    held.map(|r| r.figures()).filter(|ids| ids.iter().all(|id| shown.contains(id))).flatten().collect()
}

fn bare(text: &str) -> String {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap(),
        c => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect()
}

/// True if the finding stands where the fault was planted.
fn stands(finding: &ToldFinding, spot: &Spot) -> bool {
    let has = |text: &Option<String>, part: &str| text.as_ref().is_some_and(|text| bare(text).contains(&bare(part)));
    match spot {
        Spot::Cell { table, row } => {
            finding.places.iter().any(|place| {
                has(&place.table, table)
                    && (row.is_empty() || row.iter().any(|name| !name.is_empty() && has(&place.row, name)))
            }) || (row.is_empty() && bare(&finding.message).contains(&bare(table)))
        }
        Spot::Text { words } => {
            let words = bare(words);
            let quoted = |place: &Place| {
                place.quote.as_ref().is_some_and(|quote| {
                    let quote = bare(quote.trim_matches('…'));
                    // A quotation is one printed line: part of the words, or more than them.
                    words.contains(&quote) || quote.contains(&words) || overlaps(&quote, &words)
                })
            };
            finding.places.iter().any(quoted)
        }
        Spot::Missing { name } => {
            let said =
                [&finding.message].into_iter().chain(&finding.evidence).any(|text| bare(text).contains(&bare(name)));
            said || finding.places.iter().any(|place| has(&place.table, name) || has(&place.quote, name))
        }
    }
}

/// True if a quotation shares a stretch of some length with the words.
fn overlaps(quote: &str, words: &str) -> bool {
    const STRETCH: usize = 8;
    let quote: Vec<char> = quote.chars().collect();
    quote.windows(STRETCH).any(|window| words.contains(&window.iter().collect::<String>()))
}

/// What came of one planted fault.
struct Outcome {
    found: bool,
    extra: Vec<String>,
    told: String,
}

fn planted(
    fault: Fault,
    made: &Made,
    way: Way,
    compared: &BTreeSet<FigureId>,
    before: &[ToldFinding],
) -> Option<Outcome> {
    let package = &made.accounts.department;
    let scene = Scene { package, compared, tables: way.tables(), texts: way.texts() };
    let mut document = package.document.clone();
    let mut random = Random::named(made.seed, fault.name);
    let spot = (fault.plant)(&mut document, &scene, &mut random)?;
    let read = published::read(&published::written(package, &document, way, made.seed));
    let mut findings = published::findings(&read.package);
    // What the clean copy says too, wherever it stands now.
    let same = |a: &ToldFinding, b: &ToldFinding| {
        a.code == b.code && a.figures == b.figures && a.places.len() == b.places.len()
    };
    findings.retain(|f| fault.codes.contains(&f.code.as_str()) || !before.iter().any(|old| same(old, f)));
    let named = |f: &ToldFinding| fault.codes.is_empty() || fault.codes.contains(&f.code.as_str());
    let right =
        |f: &ToldFinding| named(f) && stands(f, &spot) && (f.severity < Severity::Notice || !fault.codes.is_empty());
    let found = findings.iter().any(right);
    let grave = findings.iter().filter(|f| f.severity < Severity::Notice);
    let line = |f: &ToldFinding| format!("{} {}", f.code, f.message);
    let extra: Vec<String> =
        if found { grave.filter(|f| !right(f)).map(line).collect() } else { grave.map(line).collect() };
    Some(Outcome { found, extra, told: format!("{spot:?}") })
}

#[test]
fn each_fault_planted_into_a_published_document_is_found_where_it_stands() {
    // What compile writes as XLSX is made from the figures, not from the words of the document.
    let ways: Vec<Way> = FORMATS.into_iter().filter(|way| way.shows_document()).collect();
    let mut table: BTreeMap<(usize, usize), [usize; 4]> = BTreeMap::new();
    let faults: Vec<Fault> = fault::all().collect();
    let mut told = Vec::new();
    for (column, way) in ways.iter().copied().enumerate() {
        let results = published::each(&ALL, |made| {
            let package = &made.accounts.department;
            let compared = compared(package, way);
            let clean = published::read(&published::written(package, &package.document, way, made.seed));
            let before = published::findings(&clean.package);
            faults.iter().map(|fault| planted(*fault, made, way, &compared, &before)).collect::<Vec<_>>()
        });
        for (made, outcomes) in ALL.iter().zip(results) {
            for (row, outcome) in outcomes.into_iter().enumerate() {
                let Some(outcome) = outcome else { continue };
                let counts = table.entry((row, column)).or_default();
                counts[0] += 1;
                counts[1] += usize::from(outcome.found);
                counts[2] += outcome.extra.len();
                counts[3] += usize::from(outcome.found && outcome.extra.is_empty());
                if !outcome.found || !outcome.extra.is_empty() {
                    let word = if outcome.found { "extra" } else { "MISSED" };
                    let extra: String = outcome.extra.iter().map(|line| format!("\n      {line}")).collect();
                    told.push(format!(
                        "{word} {} | {} | seed {} {}{extra}",
                        faults[row].name,
                        way.name(),
                        made.seed,
                        outcome.told
                    ));
                }
            }
        }
    }
    let names: Vec<&str> = ways.iter().map(|way| way.name()).collect();
    println!("planted/found/extra findings | {}", names.join(" | "));
    let mut total = [0usize; 4];
    for (row, fault) in faults.iter().enumerate() {
        let cells: Vec<String> = (0..ways.len())
            .map(|column| match table.get(&(row, column)) {
                Some(counts) => {
                    total.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
                    format!("{}/{}/{}", counts[0], counts[1], counts[2])
                }
                None => "–".to_owned(),
            })
            .collect();
        println!("{} {:?} | {}", fault.name, fault.codes, cells.join(" | "));
    }
    println!("all: {} planted, {} found, {} extra findings, {} found alone", total[0], total[1], total[2], total[3]);
    println!("{}", told.join("\n"));
    assert!(total[0] > 100 && total[1] * 100 >= total[0] * 90, "{} of {} found", total[1], total[0]);
}
