//! What the program writes, it reads back as a whole document: every format that has text.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::collections::BTreeMap;

use juesuan_catalog::Catalog;
use juesuan_model::{Block, Cell, DocumentKind, Figure, Package, Printed};
use juesuan_recognize::{ReadDocument, document};

fn catalog() -> Catalog {
    Catalog::load(&[]).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// Figures of the statutory tables that print a number, as lines that can be compared; a workbook keeps amounts to the 分.
fn of_tables(package: &Package) -> Vec<String> {
    let mut out = Vec::new();
    for block in package.document.parts.iter().flat_map(|part| &part.blocks) {
        let Block::Table(table) = block else { continue };
        if table.form.is_empty() {
            continue;
        }
        let ids = table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.figure);
        out.extend(ids.filter_map(|id| package.figure(id)).filter_map(|figure| told(&table.form, figure)));
    }
    out
}

fn told(form: &str, figure: &Figure) -> Option<String> {
    let Cell::Number(printed) = figure.cell else { return None };
    let shown = printed.money().map_or(printed, |money| Printed::from_money(money, printed.unit, 2));
    Some(format!("{form} {} {:?} {shown}", figure.meanings.first()?, figure.measure))
}

/// Figures of the running text that say what they are: a number quoted from a register is a number among words.
fn of_text(package: &Package) -> Vec<String> {
    let own = package.figures.iter().filter(|figure| figure.place.table.is_none() && !figure.meanings.is_empty());
    own.map(common::told).collect()
}

/// How many of `wanted` are among `found`, each once, and those that are not.
fn among(wanted: Vec<String>, found: Vec<String>) -> (usize, Vec<String>) {
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    found.into_iter().for_each(|told| *left.entry(told).or_default() += 1);
    let mut missed = Vec::new();
    let all = wanted.len();
    for told in wanted {
        match left.get_mut(&told).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None => missed.push(told),
        }
    }
    (all - missed.len(), missed)
}

fn compare(example: &str, format: &str, package: &Package, read: &ReadDocument) {
    let entity = &read.package.entity;
    let (hit, missed) = among(of_tables(package), of_tables(&read.package));
    println!("{example} {format}: {hit} of {} figures of tables; {} problems", hit + missed.len(), read.problems.len());
    read.problems.iter().take(5).for_each(|problem| println!("  {problem}"));
    missed.iter().take(5).for_each(|told| println!("  missed {told}"));
    assert!(missed.is_empty(), "{example} {format}");
    assert_eq!(read.package.kind, DocumentKind::Final, "{example} {format}");
    // A workbook has no cover; its tables may print no year.
    assert!(entity.year == package.entity.year || (format == "xlsx" && entity.year == 0), "{example} {format}");
}

fn docx(package: &Package, catalog: &Catalog) -> Vec<u8> {
    juesuan_write::docx(package, &juesuan_write::FontSource::default(), catalog).unwrap()
}

fn page(package: &Package) -> Vec<u8> {
    let outputs = juesuan_write::html(package, &juesuan_write::Links::default()).unwrap();
    outputs.into_iter().find(|output| output.path.ends_with("index.html")).unwrap().bytes
}

#[test]
fn every_figure_of_the_tables_comes_back_from_word_web_page_and_workbook() {
    let catalog = catalog();
    for example in common::EXAMPLES {
        let package = common::package(example, &catalog);
        for (format, bytes) in [
            ("docx", docx(&package, &catalog)),
            ("html", page(&package)),
            ("xlsx", juesuan_write::xlsx(&package).unwrap()),
        ] {
            let pages = juesuan_read::pages_of(&format!("决算.{format}"), &bytes).unwrap();
            let read = document(&pages, &catalog);
            compare(example, format, &package, &read);
        }
    }
}

#[test]
fn the_text_of_word_and_web_page_comes_back_with_its_meanings() {
    let catalog = catalog();
    for example in common::EXAMPLES {
        let package = common::package(example, &catalog);
        for (format, bytes) in [("docx", docx(&package, &catalog)), ("html", page(&package))] {
            let pages = juesuan_read::pages_of(&format!("决算.{format}"), &bytes).unwrap();
            let read = document(&pages, &catalog);
            let (hit, missed) = among(of_text(&package), of_text(&read.package));
            let all = hit + missed.len();
            println!("{example} {format}: {hit} of {all} figures of the text; name {:?}", read.package.entity.name);
            missed.iter().take(10).for_each(|told| println!("  missed {told}"));
            assert_eq!(read.package.entity.name, package.entity.name, "{example} {format}");
            assert!(all > 50 && hit * 100 >= all * 93, "{example} {format}: {hit} of {all}");
        }
    }
}

/// The texts of the evaluations, without white space.
fn said(package: &Package) -> Vec<String> {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let evaluations = package.performance.evaluations.iter();
    let texts = evaluations.flat_map(|own| {
        let told = own.says.iter();
        told.map(move |(topic, told)| format!("{:?} {} {topic:?} {}", own.stands, own.project, bare(&told.text)))
    });
    texts.collect()
}

#[test]
fn what_stands_below_a_chart_or_its_data_is_no_part_of_a_text() {
    let catalog = catalog();
    let package = common::package("zengdu-2023", &catalog);
    for (format, bytes) in [("docx", docx(&package, &catalog)), ("html", page(&package))] {
        let pages = juesuan_read::pages_of(&format!("决算.{format}"), &bytes).unwrap();
        let read = document(&pages, &catalog).package;
        let (written, back) = (said(&package), said(&read));
        let lost: Vec<_> = written.iter().filter(|text| !back.contains(text)).collect();
        assert!(lost.is_empty() && back.len() == written.len(), "{format}: {lost:#?}");
        // Without fonts, Word has the data instead, and says so below them.
        let undrawn = read.document.tables().flat_map(|table| &table.notes);
        let undrawn = undrawn.filter(|note| note.starts_with(&catalog.recognition.undrawn[0])).count();
        assert_eq!(undrawn > 0, format == "docx", "{format}");
    }
}
