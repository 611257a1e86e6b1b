//! The documents of the corpus against the tables that people read from them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "tests")]

use std::path::Path;

use juesuan_catalog::Catalog;
use juesuan_model::{Block, CellRole, DocumentKind, Money, Table, TableRow};
use juesuan_recognize::{ReadDocument, document};
use serde_json::Value;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus");

fn read(name: &str, catalog: &Catalog) -> Option<ReadDocument> {
    let path = ["document.pdf", "document.txt"].map(|file| format!("{CORPUS}/{name}/{file}"));
    let Some(path) = path.iter().find(|path| Path::new(path).exists()) else {
        println!("skipped: {CORPUS}/{name} is not there");
        return None;
    };
    Some(document(&juesuan_read::pages(Path::new(path), name).unwrap(), catalog))
}

/// Without what makes no difference between two printings of a name.
fn plain(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !"“”\"".contains(*c)).collect();
    text.replace('（', "(").replace('）', ")").replace('．', ".")
}

/// A printed row as people list it: side, code, name, values.
#[derive(Debug)]
struct Row {
    code: String,
    name: String,
    values: Vec<Option<Money>>,
}

fn amount(text: &str) -> Option<Money> {
    Money::parse_yuan(text).ok()
}

/// The sides of a row, each as a row of its own: a label or code behind a figure begins the next side.
fn sides(row: &TableRow) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::new();
    let mut open = false;
    for cell in &row.cells {
        let named = matches!(cell.role, CellRole::Code | CellRole::Label);
        if out.is_empty() || (named && !open) {
            out.push(Row { code: String::new(), name: String::new(), values: Vec::new() });
        }
        open = named;
        let side = out.last_mut().unwrap();
        match cell.role {
            CellRole::Code => side.code = plain(&cell.text),
            CellRole::Label => side.name += &plain(&cell.text),
            CellRole::Number => side.values.push(amount(&cell.text)),
            CellRole::Ordinal => {}
        }
    }
    out
}

fn tables(read: &ReadDocument) -> impl Iterator<Item = &Table> {
    read.package.document.parts.iter().flat_map(|part| &part.blocks).filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    })
}

/// Numbers of the gold list, and those of them that stand in the same row and column of the table that was read.
fn compare(name: &str, read: &ReadDocument, gold: &Value) -> (usize, usize) {
    let (mut all, mut hit) = (0, 0);
    for (title, wanted) in gold.as_object().unwrap() {
        let found: Vec<&Table> = tables(read).filter(|t| plain(&t.title).contains(&plain(title))).collect();
        let found: Vec<&Table> = match found.iter().map(|t| t.title.chars().count()).min() {
            Some(least) => found.into_iter().filter(|t| t.title.chars().count() == least).collect(),
            None => found,
        };
        let rows: Vec<Row> = found.iter().flat_map(|table| &table.rows).flat_map(sides).collect();
        let mut used = vec![false; rows.len()];
        for row in wanted["rows"].as_array().unwrap() {
            let code = row["code"].as_str().unwrap_or("");
            let label = plain(row["name"].as_str().unwrap());
            let values: Vec<Option<Money>> =
                row["values"].as_array().unwrap().iter().map(|v| v.as_str().and_then(amount)).collect();
            let numbers = values.iter().flatten().count();
            all += numbers;
            let fits = |at: usize, own: &Row| {
                !used[at] && own.code == code && (own.name == label || (!code.is_empty()) || label == "合计行")
            };
            // Of rows with one name the one that prints the same.
            let at = rows
                .iter()
                .enumerate()
                .filter(|(at, own)| fits(*at, own))
                .max_by_key(|(at, own)| {
                    (values.iter().zip(&own.values).filter(|(a, b)| a.is_some() && a == b).count(), rows.len() - at)
                })
                .map(|(at, _)| at);
            let Some(at) = at else {
                println!("  {name} {title}: no row {code} {label}");
                continue;
            };
            used[at] = true;
            let right = values.iter().zip(&rows[at].values).filter(|(a, b)| a.is_some() && a == b).count();
            let besides = rows[at]
                .values
                .iter()
                .enumerate()
                .filter(|(i, v)| v.is_some() && values.get(*i).is_none_or(Option::is_none))
                .count();
            hit += right.saturating_sub(besides);
            if right < numbers || besides > 0 {
                println!("  {name} {title} {code} {label}: {values:?} read as {:?}", rows[at].values);
            }
        }
    }
    (hit, all)
}

#[test]
fn every_number_of_the_tables_stands_in_its_row_and_column() {
    let catalog = Catalog::load(&[]).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let names =
        ["czj-good", "czj-bad", "ghj", "swj-2025-budget", "zfb-2025-budget", "sfj-2026-budget", "wanli-2024-budget"];
    for name in names {
        let Some(read) = read(name, &catalog) else { continue };
        let gold = std::fs::read_to_string(format!("{CORPUS}/{name}/tables.json")).unwrap();
        let (hit, all) = compare(name, &read, &serde_json::from_str(&gold).unwrap());
        println!("{name}: {hit} of {all} numbers of tables");
        assert_eq!(hit, all, "{name}");
    }
}

#[test]
fn the_blank_form_is_a_template_and_filled_documents_are_not() {
    let catalog = Catalog::load(&[]).unwrap();
    for (name, kind, year) in [
        ("sh-template", DocumentKind::Template, 2024),
        ("czj-good", DocumentKind::Final, 2024),
        ("czj-bad", DocumentKind::Final, 2024),
        ("ghj", DocumentKind::Final, 2024),
        ("zengdu-2023", DocumentKind::Final, 2023),
        ("swj-2025-budget", DocumentKind::Budget, 2025),
        ("zfb-2025-budget", DocumentKind::Budget, 2025),
        ("sfj-2026-budget", DocumentKind::Budget, 2026),
        ("wanli-2024-budget", DocumentKind::Budget, 2024),
    ] {
        let Some(read) = read(name, &catalog) else { continue };
        assert_eq!((read.package.kind, read.package.entity.year), (kind, year), "{name}");
        assert!(!read.package.entity.name.is_empty(), "{name}");
    }
}
