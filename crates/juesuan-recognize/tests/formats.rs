//! What the program writes, it reads back: the package as JSON, and the tables of its workbook.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::collections::BTreeMap;

use juesuan_catalog::Catalog;
use juesuan_forms::grid;
use juesuan_model::{Block, Cell, Figure, Package, Printed};

#[test]
fn a_package_written_as_json_is_the_same_package() {
    let catalog = Catalog::load(&[]).unwrap_or_else(|problems| panic!("{problems:#?}"));
    for example in common::EXAMPLES {
        let package = common::package(example, &catalog);
        let bytes = juesuan_write::json(&package).unwrap();
        let back: Package = serde_json::from_slice(&bytes).unwrap();
        assert!(!back.figures.is_empty() && back == package, "{example}");
    }
}

/// Figures of the statutory tables, by form.
fn written(package: &Package) -> BTreeMap<String, Vec<Figure>> {
    let mut tables: BTreeMap<String, Vec<Figure>> = BTreeMap::new();
    for block in package.document.parts.iter().flat_map(|part| &part.blocks) {
        let Block::Table(table) = block else { continue };
        let ids = table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.figure);
        if !table.form.is_empty() {
            tables.entry(table.form.clone()).or_default().extend(ids.filter_map(|id| package.figure(id)).cloned());
        }
    }
    tables
}

#[test]
fn every_figure_of_the_workbook_is_read_back_with_its_meaning_and_print() {
    let catalog = Catalog::load(&[]).unwrap();
    for example in common::EXAMPLES {
        let package = common::package(example, &catalog);
        let variant = catalog.variant(&package.entity.variant, package.entity.year).unwrap();
        let bytes = juesuan_write::xlsx(&package).unwrap();
        let mut back: BTreeMap<String, Vec<Figure>> = BTreeMap::new();
        for sheet in juesuan_read::grids_of("决算.xlsx", &bytes).unwrap() {
            for table in grid::read(&catalog, variant, &sheet).tables {
                let numbers = table.figures.into_iter().filter(|figure| matches!(figure.cell, Cell::Number(_)));
                back.entry(table.form).or_default().extend(numbers);
            }
        }
        for (form, figures) in written(&package) {
            let mut left = back.remove(&form).unwrap_or_default();
            let numbers: Vec<Figure> =
                figures.into_iter().filter(|figure| matches!(figure.cell, Cell::Number(_))).collect();
            let mut missed = Vec::new();
            for figure in &numbers {
                match left.iter().position(|other| same(figure, other)) {
                    Some(at) => drop(left.remove(at)),
                    None => missed.push(common::told(figure)),
                }
            }
            println!("{example} {form}: {} of {} figures read back", numbers.len() - missed.len(), numbers.len());
            let besides: Vec<String> = left.iter().map(common::told).collect();
            assert!(
                missed.is_empty() && besides.is_empty(),
                "{example} {form}: missed {missed:#?}, read besides {besides:#?}"
            );
        }
    }
}

/// Same meanings and measure, and the same print: a workbook keeps amounts to the 分 and shows fewer decimals.
fn same(written: &Figure, read: &Figure) -> bool {
    let (Some(print), Some(value)) = (written.cell.number(), read.cell.number()) else {
        return false;
    };
    let shown = value.money().map(|money| Printed::from_money(money, print.unit, print.decimals));
    written.meanings == read.meanings && written.measure == read.measure && shown == Some(print)
}
