//! Tables that are pictures.

use std::process::Command;
use std::sync::Arc;

use juesuan_read::pdf;
use serde_json::Value;

use crate::scratch::{Run, Scratch};

/// Pages of the example with a table: income and expense, income, expense.
const PAGES: [u32; 3] = [5, 6, 7];
const DPI: u16 = 150;

/// The example as PDF, and pages of it as pictures; `None` without the faces or the models.
fn drawn(scratch: &Scratch) -> Option<Vec<Vec<u8>>> {
    let places = juesuan_write::places::usual("models");
    if !places.iter().any(|folder| folder.join("PP-OCRv6_rec_small.rten").exists()) {
        println!("skipped: no models (scripts/models.sh)");
        return None;
    }
    let run = scratch.run(&["compile", "in", "--out", "out", "--formats", "pdf"]);
    if run.exit != Some(0) {
        println!("skipped: {}", run.warned);
        return None;
    }
    let files = scratch.files("out");
    let (name, file) = files.iter().find(|(name, _)| name.ends_with(".pdf")).unwrap();
    scratch.put("text.pdf", file);
    let pages = pdf::draw(pdf::in_thread().as_ref(), &Arc::new(file.clone()), &PAGES, DPI, 64 << 20);
    Some(pages.into_iter().map(|page| page.unwrap_or_else(|reason| panic!("{name}: {reason}"))).collect())
}

/// What stands in the tables of a document, by their names.
fn tables(run: &Run) -> Vec<(String, Value)> {
    let told: Value = serde_json::from_str(&run.said).unwrap();
    let list = |of: &Value, name: &str| of.get(name).and_then(Value::as_array).unwrap().clone();
    let tables = list(&told, "documents").into_iter().flat_map(|document| list(&document, "tables"));
    let part = |table: &Value, name: &str| table.get(name).unwrap().clone();
    tables.map(|table| (part(&table, "name").as_str().unwrap().to_owned(), part(&table, "rows"))).collect()
}

#[test]
fn a_table_that_is_a_picture_is_the_table_that_was_printed_and_sums_prove_its_figures() {
    let scratch = Scratch::with("pictures", "zengdu-2023");
    let Some(pictures) = drawn(&scratch) else { return };
    let printed = tables(&scratch.run(&["read", "text.pdf", "--format", "json"]));
    for (number, picture) in pictures.iter().enumerate() {
        scratch.put(&format!("scans/{number}.png"), picture);
    }
    let read = scratch.run(&["read", "scans", "--format", "json"]).ends_with(2);
    let seen = tables(&read);
    assert_eq!(seen.len(), PAGES.len(), "{:?}", seen.iter().map(|(name, _)| name).collect::<Vec<_>>());
    for (name, rows) in &seen {
        let (_, wanted) = printed.iter().find(|(printed, _)| printed == name).unwrap();
        assert_eq!(rows, wanted, "{name}");
    }
    let run = scratch.run(&["check", "scans/0.png"]).ends_with(2);
    run.tells(&["图片里识别的数：由合计验证", "存疑0个", "识别出来的", "错误 0"]);
    assert!(!run.said.lines().any(|line| line == "没有错误。"), "{}", run.said);
}

#[test]
fn without_models_a_picture_is_unread_and_it_is_said_how_to_get_them() {
    let scratch = Scratch::new("blind");
    // The head of a picture, and nothing that could be looked at.
    scratch.put("表.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\0\0\0\0");
    let mut command = Command::new(env!("CARGO_BIN_EXE_juesuan"));
    let home = scratch.path("home");
    for variable in ["HOME", "XDG_DATA_HOME", "APPDATA"] {
        command.env(variable, &home);
    }
    let run = scratch.output(command.env_remove("JUESUAN_MODELS").args(["check", "表.png"])).ends_with(2);
    run.tells(&["只有图片", "models.sh"]);
}
