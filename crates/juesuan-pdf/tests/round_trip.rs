//! What is printed in the PDF is read again: each figure with its meanings, its measure and its digits.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::path::Path;

use juesuan_catalog::Catalog;
use juesuan_compose::accounts::{Tail, accounts};
use juesuan_model::{Block, Figure, FigureId, Meaning, Package};
use juesuan_pdf::{Fonts, pdf};
use juesuan_read::Disk;
use juesuan_write::fonts::FaceFiles;

const EXAMPLES: [&str; 3] = ["zengdu-2023", "putuo-planning-2024", "consolidated"];

/// Meanings, measure and value as one line, without zeros at the end of the value.
fn told(figure: &Figure) -> Option<String> {
    let mut meanings: Vec<String> = figure.meanings.iter().map(Meaning::to_string).collect();
    meanings.sort();
    let printed = figure.cell.number()?;
    Some(format!("{} {:?} {}{}", meanings.join("+"), figure.measure, printed.digits_trimmed(), printed.unit.word()))
}

/// The figures printed in tables and running text, in order.
fn printed(package: &Package) -> Vec<FigureId> {
    let mut ids = Vec::new();
    for block in package.document.parts.iter().flat_map(|part| &part.blocks) {
        match block {
            Block::Paragraph { runs, .. } => ids.extend(runs.iter().filter_map(|run| run.figure)),
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.text.is_empty());
                ids.extend(cells.filter_map(|cell| cell.figure));
            }
            Block::Heading { .. } | Block::Chart(_) => {}
        }
    }
    ids
}

#[test]
fn every_printed_figure_is_read_back_with_its_meaning() {
    let fonts = match Fonts::find(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fonts")], FaceFiles::default()) {
        Ok(fonts) => fonts,
        Err(error) => return println!("skipped: {error}"),
    };
    let catalog = Catalog::load(&[]).unwrap_or_else(|problems| panic!("{problems:#?}"));
    for example in EXAMPLES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(example);
        let made =
            accounts(&Disk::new(&folder), &catalog, Tail::Keep).unwrap_or_else(|problems| panic!("{problems:#?}"));
        let mut package = made.department;
        for part in &mut package.document.parts {
            part.blocks.retain(|block| !matches!(block, Block::Chart(_)));
        }
        let bytes = pdf(&package, &[], &fonts).unwrap().bytes;
        let pages = juesuan_read::pages_of(&format!("{example}.pdf"), &bytes).unwrap();
        let read = juesuan_recognize::document(&pages, &catalog);
        let mut left: Vec<String> = read.package.figures.iter().filter_map(told).collect();
        let (mut hit, mut missed) = (0usize, Vec::new());
        // Points, counts and targets of performance forms say nothing of their own: `reading` holds them by evaluation.
        let figures = printed(&package).into_iter().filter_map(|id| package.figure(id));
        for figure in figures.filter(|figure| !figure.meanings.is_empty()) {
            let Some(told) = told(figure) else { continue };
            match left.iter().position(|other| *other == told) {
                Some(at) => {
                    left.swap_remove(at);
                    hit += 1;
                }
                None => missed.push(format!("{}: {told}", figure.place)),
            }
        }
        let all = hit + missed.len();
        println!(
            "{example}: {hit} of {all} figures, {} not asked for, {} numbers unread",
            left.len(),
            read.unread.len()
        );
        missed.iter().for_each(|line| println!("  missed {line}"));
        read.unread.iter().for_each(|number| println!("  unread {} {}", number.place, number.text));
        // The rates of the list of all projects are not read in PDF: their column passes for one of codes.
        assert!(all > 100 && hit * 100 >= all * 98, "{example}: {hit} of {all}\n{}", missed.join("\n"));
    }
}
