//! The text of real budgets, cut from their pages, read as sentences: what is read, and what stays unread.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "tests")]

use std::process::Command;

use juesuan_catalog::Catalog;
use juesuan_model::{DocumentKind, Figure, Meaning, Measure, Place};
use juesuan_recognize::text::headings;
use juesuan_recognize::{EntityContext, Recognized, text};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus");

/// The text of a document in reading order, as `pdftotext` gives it; `None` where the document or the tool is absent.
fn lines(document: &str) -> Option<Vec<(String, Place)>> {
    let path = format!("{CORPUS}/{document}/document.pdf");
    if !std::path::Path::new(&path).exists() {
        println!("skipped: no {document}");
        return None;
    }
    let Ok(out) = Command::new("pdftotext").args(["-layout", &path, "-"]).output() else {
        println!("skipped: no pdftotext");
        return None;
    };
    let out = String::from_utf8_lossy(&out.stdout).into_owned();
    let pages = out.split('\u{c}').enumerate().flat_map(|(page, text)| {
        let page = u32::try_from(page + 1).unwrap();
        text.lines()
            .map(move |line| (line.to_owned(), Place { page: Some(page), ..Place::default() }))
            .collect::<Vec<_>>()
    });
    Some(pages.collect())
}

fn read(document: &str, name: &str, year: u16) -> Option<Recognized> {
    let lines = lines(document)?;
    let from = lines.iter().rposition(|(text, _)| text.trim_end().ends_with("部门预算编制说明")).unwrap();
    let to = from + lines[from..].iter().position(|(text, _)| text.contains("财务收支预算总表")).unwrap();
    let rest = lines.iter().rposition(|(text, _)| text.trim() == "其他相关情况说明").unwrap();
    let end = rest + lines[rest..].iter().position(|(text, _)| text.contains("项目概述")).unwrap_or(lines.len() - rest);
    let catalog = Catalog::load(&[]).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let mut sections = headings::split(&lines[from + 1..to]);
    for section in sections.iter_mut().filter(|section| section.heading.is_empty()) {
        section.heading = lines[from].0.trim().to_owned();
    }
    sections.extend(headings::split(&lines[rest + 1..end]));
    let entity = EntityContext {
        name: name.to_owned(),
        year,
        kind: DocumentKind::Budget,
        variant: "budget-shanghai".to_owned(),
        ..EntityContext::default()
    };
    Some(text(&sections, &entity, &catalog))
}

/// Value of a figure by meaning and measure, as printed; several printings in order.
fn printed(read: &Recognized, meaning: &str, fits: impl Fn(&Measure) -> bool) -> Vec<String> {
    let of = |figure: &&Figure| fits(&figure.measure) && figure.meanings.iter().any(|m| m.to_string() == meaning);
    read.figures.iter().filter(of).map(|figure| figure.cell.number().unwrap().digits()).collect()
}

fn show(document: &str, read: &Recognized) {
    println!("{document}: {} figures, {} claims, {} unread", read.figures.len(), read.claims.len(), read.unread.len());
    for unread in &read.unread {
        println!("  unread {} {} {:?}", unread.text, unread.reason, unread.place.quote);
    }
    if std::env::var_os("JUESUAN_SHOW").is_some() {
        for figure in &read.figures {
            let meanings: Vec<String> = figure.meanings.iter().map(Meaning::to_string).collect();
            println!("  {} {:?} {}", meanings.join("+"), figure.measure, figure.cell.number().unwrap());
        }
    }
}

#[test]
fn the_items_of_the_office_are_read_by_their_dashed_paths() {
    let Some(read) = read("zfb-2025-budget", "上海市普陀区人民政府办公室", 2025) else { return };
    show("zfb", &read);
    assert_eq!(printed(&read, "收入", |m| *m == Measure::Amount), ["9101.68"]);
    assert_eq!(printed(&read, "支出·财政拨款·2010301", |m| *m == Measure::Amount), ["1202.95"]);
    assert_eq!(printed(&read, "支出·财政拨款·2210203", |m| *m == Measure::Amount), ["186.77"]);
    assert_eq!(printed(&read, "支出·三公经费", |m| *m == Measure::Amount), ["867.50"]);
    assert_eq!(printed(&read, "支出·机关运行经费", |m| *m == Measure::Amount), ["213.28"]);
    assert_eq!(read.unread, []);
}

#[test]
fn the_items_of_the_commission_are_read_by_their_marked_paths() {
    let Some(read) = read("swj-2025-budget", "上海市普陀区商务委员会", 2025) else { return };
    show("swj", &read);
    assert_eq!(printed(&read, "支出·财政拨款·2150899", |m| *m == Measure::Amount), ["29381.00"]);
    assert_eq!(printed(&read, "收入·财政拨款", |m| matches!(m, Measure::Change(_))), ["24558.18"]);
    assert_eq!(read.unread, []);
}

#[test]
fn two_amounts_of_one_item_are_two_printings_of_one_meaning() {
    let Some(read) = read("sfj-2026-budget", "上海市普陀区司法局", 2026) else { return };
    show("sfj", &read);
    assert_eq!(printed(&read, "支出·2210201", |m| *m == Measure::Amount), ["208.8", "201.50"]);
    assert_eq!(printed(&read, "支出·2025·2040699", |m| *m == Measure::Amount), ["43269.3"]);
    assert_eq!(printed(&read, "支出·2080506", |m| matches!(m, Measure::Growth(_))), ["17.66"]);
}

#[test]
fn the_items_of_the_street_have_what_was_carried_out_the_year_before() {
    let Some(read) = read("wanli-2024-budget", "上海市普陀区人民政府万里街道办事处", 2024) else {
        return;
    };
    show("wanli", &read);
    assert_eq!(printed(&read, "支出·财政拨款·2210201", |m| *m == Measure::Amount), ["350.35", "352.67"]);
    assert_eq!(printed(&read, "支出·2023·财政拨款·2210201", |m| *m == Measure::Amount), ["348.52"]);
}
