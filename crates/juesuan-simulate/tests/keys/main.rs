//! The same fault has the same key in whatever format its document is read.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

#[path = "../published/mod.rs"]
mod published;

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::{Block, Cell, Document, FigureId, Package, Unit};
use juesuan_write::report::ToldFinding;
use published::{ALL, Way, grave};

/// Formats that compile writes: their texts are the same.
const WAYS: [Way; 2] = [Way::Docx, Way::Html];

/// The document with a figure of its tables made wrong; `None` where it is no amount.
fn spoilt(package: &Package, id: FigureId) -> Option<Document> {
    let Cell::Number(printed) = package.figure(id)?.cell else { return None };
    if printed.unit == Unit::Percent || printed.is_zero() {
        return None;
    }
    let wrong = juesuan_model::Printed { mantissa: printed.mantissa + 13_700, ..printed };
    let mut document = package.document.clone();
    let blocks = document.parts.iter_mut().flat_map(|part| &mut part.blocks);
    for block in blocks {
        if let Block::Table(table) = block {
            let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
            cells.filter(|cell| cell.figure == Some(id)).for_each(|cell| cell.text = wrong.digits());
        }
    }
    (document != package.document).then_some(document)
}

fn keys(package: &Package, document: &Document, way: Way, seed: u64) -> BTreeMap<String, ToldFinding> {
    let read = published::read(&published::written(package, document, way, seed));
    grave(&read.package).into_iter().map(|finding| (finding.key.0.clone(), finding)).collect()
}

#[test]
fn a_fault_keeps_its_key_from_one_format_to_the_other() {
    let made = &ALL[0];
    let package = &made.accounts.department;
    let clean = WAYS.map(|way| keys(package, &package.document, way, made.seed));
    let figures: Vec<FigureId> = published::of_tables(package).into_iter().collect();
    let (mut planted, mut wrong) = (0, Vec::new());
    for id in figures.into_iter().step_by(23) {
        let Some(document) = spoilt(package, id) else { continue };
        planted += 1;
        let [one, other] = [0, 1].map(|at| {
            let found = keys(package, &document, WAYS[at], made.seed);
            found.into_keys().filter(|key| !clean[at].contains_key(key)).collect::<BTreeSet<String>>()
        });
        if one.is_empty() || one != other {
            wrong.push(format!("{}\n  {one:?}\n  {other:?}", package.figures[id.0 as usize].place));
        }
    }
    assert!(planted > 10 && wrong.len() * 10 <= planted, "{} of {planted}\n{}", wrong.len(), wrong.join("\n"));
}
