//! putuo-planning-2024: finished tables come out as they went in, cell by cell.

#![allow(clippy::indexing_slicing, clippy::string_slice, reason = "a test that finds no such place has failed")]

use std::collections::BTreeMap;

use juesuan_model::{Block, CellRole, Table};
use serde::Deserialize;

use crate::made::{example, folder, outside};

#[derive(Debug, Deserialize)]
struct GivenTable {
    rows: Vec<GivenRow>,
}

#[derive(Debug, Deserialize)]
struct GivenRow {
    #[serde(default)]
    code: Option<String>,
    name: String,
    values: Vec<Option<String>>,
}

/// Code, name and cells of a row, or of one side of a row that has two.
type Row = (String, String, Vec<String>);

fn given(text: &str) -> BTreeMap<String, Vec<Row>> {
    let tables: BTreeMap<String, GivenTable> = serde_json::from_str(text).unwrap();
    let row = |row: GivenRow| {
        let values = row.values.into_iter().map(Option::unwrap_or_default).collect();
        (row.code.unwrap_or_default(), row.name, values)
    };
    tables.into_iter().map(|(title, table)| (title, table.rows.into_iter().map(row).collect())).collect()
}

/// The printed rows, each side for itself, rows without name or number left out.
fn printed(table: &Table) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for row in &table.rows {
        let mut sides: Vec<Row> = Vec::new();
        for cell in &row.cells {
            let fresh = sides.last().is_none_or(|side| !side.2.is_empty());
            match cell.role {
                CellRole::Label | CellRole::Code if fresh => sides.push(Row::default()),
                _ => {}
            }
            if sides.is_empty() {
                sides.push(Row::default());
            }
            let side = sides.last_mut().unwrap();
            match cell.role {
                CellRole::Code => side.0.clone_from(&cell.text),
                CellRole::Label => side.1.clone_from(&cell.text),
                CellRole::Number => side.2.push(cell.text.clone()),
                CellRole::Ordinal => {}
            }
        }
        rows.extend(sides);
    }
    rows
}

/// Sorted, since the sides of a row can be told in either order, and without the rows that say nothing.
fn comparable(rows: Vec<Row>, title: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = rows
        .into_iter()
        .map(|(code, name, values)| {
            // The one row of the 三公 table has no name on paper.
            let name = if title.contains("三公") { String::new() } else { name };
            (code, name, values)
        })
        .filter(|(code, name, values)| !(code.is_empty() && name.is_empty() && values.iter().all(String::is_empty)))
        .collect();
    rows.sort();
    rows
}

fn compare(text: &str) {
    let package = example("putuo-planning-2024").department;
    let blocks = package.document.parts.iter().flat_map(|part| &part.blocks);
    let tables: Vec<&Table> = blocks
        .filter_map(|block| match block {
            Block::Table(table) if !table.form.is_empty() => Some(table),
            _ => None,
        })
        .collect();
    let given = given(text);
    assert_eq!((tables.len(), given.len()), (9, 9));
    let mut cells = 0;
    for table in tables {
        let rows = printed(table);
        let expected = comparable(given[&table.title].clone(), &table.title);
        if expected.is_empty() {
            assert!(rows.iter().all(|(_, _, values)| values.iter().all(String::is_empty)), "{}", table.title);
            continue;
        }
        cells += expected.iter().map(|(_, _, values)| values.len()).sum::<usize>();
        assert_eq!(comparable(rows, &table.title), expected, "{}", table.title);
    }
    assert!(cells > 500, "{cells}");
}

#[test]
fn the_nine_tables_come_out_as_they_went_in() {
    compare(&std::fs::read_to_string(folder("putuo-planning-2024").join("tables/tables.json")).unwrap());
}

#[test]
fn the_nine_tables_are_those_that_were_published() {
    if let Some(text) = outside("corpus/ghj/tables.json") {
        compare(&text);
    }
}
