//! Tables that are pictures.

use std::process::Command;
use std::sync::Arc;

use juesuan_read::{Piece, pdf};
use serde_json::Value;
use sha2::Digest as _;

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

/// Where a cell with this text stands on a page of a PDF, in parts of the page.
fn place_of(pdf: &[u8], page: u32, text: &str) -> [i64; 4] {
    let pages = juesuan_read::pages_of("text.pdf", pdf).unwrap();
    let size = *pages.sizes.get(usize::try_from(page).unwrap() - 1).unwrap();
    let grids = pages.pieces.iter().filter_map(|piece| if let Piece::Grid(grid) = piece { Some(grid) } else { None });
    let rows = grids.flat_map(|grid| &grid.rows).filter(|row| row.page == Some(page));
    let mut cells = rows.flat_map(|row| row.cells.iter().zip(&row.bounds));
    let bounds = cells.find_map(|(cell, bounds)| if cell.as_str() == text { *bounds } else { None }).unwrap();
    let part = |at: i32, of: u32| i64::from(at) * 100_000 / i64::from(of);
    [
        part(bounds[0], size.width),
        part(bounds[1], size.height),
        part(bounds[2], size.width),
        part(bounds[3], size.height),
    ]
}

#[test]
fn what_a_person_says_stands_in_a_picture_stands_there_and_reports_show_the_stretch_of_the_picture() {
    let scratch = Scratch::with("corrected", "zengdu-2023");
    let Some(pictures) = drawn(&scratch) else { return };
    let pdf = scratch.files("out").into_iter().find(|(name, _)| name.ends_with(".pdf")).unwrap().1;
    // The first amount of the table: the fiscal income.
    let printed = tables(&scratch.run(&["read", "text.pdf", "--format", "json"]));
    let values = |row: &Value| row.get("values").and_then(Value::as_array).cloned().unwrap();
    let amounts: Vec<Value> = printed[0].1.as_array().unwrap().iter().flat_map(values).collect();
    let amount =
        amounts.iter().filter_map(Value::as_str).find(|text| text.contains('.') && *text != "0.00").unwrap().to_owned();
    scratch.put("表.png", &pictures[0]);
    let digest: String = sha2::Sha256::digest(&pictures[0]).iter().map(|byte| format!("{byte:02x}")).collect();
    let at = place_of(&pdf, PAGES[0], &amount);
    let correction = format!(
        "[[correction]]\npicture = \"{digest}\"\nat = {at:?}\nread = \"{amount}\"\ntext = \"7654.32\"\nperson = \"张三\"\n"
    );
    scratch.put("更正.toml", correction.as_bytes());
    scratch.run(&["check", "表.png", "--no-cache"]).ends_with(2).tells(&["错误 0"]);
    let run = scratch.run(&["check", "表.png", "--no-cache", "--corrections", "更正.toml"]);
    run.tells(&["由张三更正", &format!("识别成“{amount}”"), "7654.32万元"]);
    let args =
        ["check", "表.png", "--no-cache", "--corrections", "更正.toml", "--format", "html", "--out", "报告.html"];
    scratch.run(&args);
    let html = scratch.text("报告.html");
    assert!(html.contains("由张三对照图片更正"), "told beside the place");
    assert!(html.contains("class=\"crop\" src=\"data:image/png;base64,iVBORw0KGgo"), "the stretch of the picture");
    scratch.put("坏.toml", b"[[correction]]\npicture = 1\n");
    scratch.run(&["check", "表.png", "--corrections", "坏.toml"]).ends_with(3);
}

#[test]
fn a_photographed_table_of_last_year_is_rows_to_be_confirmed_and_compile_says_so() {
    let scratch = Scratch::with("imported", "zengdu-2023");
    let Some(pictures) = drawn(&scratch) else { return };
    scratch.put("上年.png", &pictures[0]);
    let answers = ["new", "next", "--year", "2024", "--variant", "hubei", "--name", "青溪县园林局", "--folder"];
    scratch.run(&answers).ends_with(0);
    scratch.run(&["import", "上年.png", "next"]).ends_with(2).tells(&["上年数.csv", "都待确认"]);
    let rows = scratch.text("next/prior/上年数.csv");
    assert!(rows.lines().next().unwrap().ends_with("待确认") && rows.contains("从图片上识别"), "{rows}");
    let compiled = scratch.run(&["compile", "next", "--out", "out2", "--formats", "json"]);
    compiled.tells(&["还没有人确认"]);
    scratch.run(&["import", "上年.png", "next"]).ends_with(2).tells(&["已经有这个文件"]);
}
