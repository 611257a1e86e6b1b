//! Every number of the tables of real documents stands in its row and column.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod pdf_writer;

use std::path::{Path, PathBuf};

use juesuan_read::{Grid, Piece};
use pdf_writer::read;
use serde_json::Value as Json;

fn corpus() -> Option<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus")).to_path_buf();
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: {} is not there", folder.display());
    None
}

/// Text as it is compared: no white space, no thousands separators.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '，')).collect()
}

/// One row that the table should have.
struct Expected {
    code: String,
    name: Option<String>,
    values: Vec<Option<String>>,
}

fn expected(row: &Json) -> Expected {
    let text = |key: &str| row[key].as_str().map(plain);
    let name = text("name").filter(|name| name != "合计行");
    let values = row["values"].as_array().unwrap().iter().map(|value| value.as_str().map(plain)).collect();
    Expected { code: text("code").unwrap_or_default(), name, values }
}

/// True if the cells of one row hold code and name, and behind them each value in its column.
fn stands_in(row: &[String], expected: &Expected) -> bool {
    let blank = |cell: &str| matches!(cell, "" | "-" | "—" | "－");
    (0..row.len()).any(|first| {
        let values = expected.values.iter().enumerate().all(|(index, value)| {
            let cell = row.get(first + index).map_or("", String::as_str);
            value.as_ref().map_or_else(|| blank(cell), |value| cell == value)
        });
        let Some(name) = &expected.name else { return values && first == 0 };
        let Some(place) = row[..first].iter().rposition(|cell| !cell.is_empty()) else { return false };
        let before = row[..place].iter().rev().take_while(|cell| cell.chars().all(|c| c.is_ascii_digit()));
        let mut codes: Vec<&str> = before.map(String::as_str).collect();
        codes.reverse();
        values && row[place] == *name && codes.concat().ends_with(&expected.code)
    })
}

fn rows(pieces: &[Piece], pages: &[u64]) -> Vec<Vec<String>> {
    let grids = pieces.iter().filter_map(|piece| match piece {
        Piece::Grid(grid) => Some(grid),
        _ => None,
    });
    let of_pages = |grid: &&Grid| grid.rows[0].page.is_some_and(|page| pages.contains(&u64::from(page)));
    let rows = grids.filter(of_pages).flat_map(|grid| &grid.rows);
    rows.map(|row| row.cells.iter().map(|cell| plain(cell.as_str())).collect()).collect()
}

#[test]
fn every_number_of_the_tables_of_real_documents_stands_in_its_row_and_column() {
    let Some(corpus) = corpus() else { return };
    let mut folders: Vec<PathBuf> = std::fs::read_dir(corpus).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let mut missed = Vec::new();
    for folder in folders.iter().filter(|folder| folder.join("tables.json").is_file()) {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let tables: Json = serde_json::from_str(&std::fs::read_to_string(folder.join("tables.json")).unwrap()).unwrap();
        let pages = read(&std::fs::read(folder.join("document.pdf")).unwrap()).unwrap();
        let (mut right, mut all) = (0, 0);
        for (title, table) in tables.as_object().unwrap() {
            let numbers: Vec<u64> =
                table["pages"].as_array().unwrap().iter().map(|page| page.as_u64().unwrap()).collect();
            let rows = rows(&pages.pieces, &numbers);
            for row in table["rows"].as_array().unwrap() {
                let expected = expected(row);
                let count = expected.values.iter().flatten().count();
                all += count;
                if rows.iter().any(|cells| stands_in(cells, &expected)) {
                    right += count;
                } else {
                    missed.push(format!("{name} {title} {row}"));
                }
            }
        }
        println!("{name}: {right} of {all} numbers in their row and column");
    }
    assert!(missed.is_empty(), "{} rows:\n{}", missed.len(), missed.join("\n"));
}
