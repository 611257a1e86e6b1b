//! Snapshots of what people read: the text of the documents, what the program says. A changed word shows in the diff of
//! `snapshots/`; renew them with `INSTA_UPDATE=always cargo test -p juesuan`.

use std::fmt::Write;

use juesuan_model::{Block, Package};

use super::scratch::Scratch;

/// What was said, without the code that stands for the bytes of a whole output.
fn said(text: &str) -> String {
    let lines = text.lines().map(|line| line.split_once("核对码").map_or(line, |(before, _)| before).trim_end());
    lines.collect::<Vec<_>>().join("\n")
}

/// Headings, running text, captions and titles of tables in order.
fn words(package: &Package) -> String {
    let mut text = package.document.title.join("\n");
    for part in &package.document.parts {
        write!(text, "\n\n# {}", part.title).unwrap();
        for block in &part.blocks {
            match block {
                Block::Heading { level, text: heading, .. } => {
                    write!(text, "\n{} {heading}", "#".repeat(usize::from(*level) + 1)).unwrap();
                }
                Block::Paragraph { runs, .. } => {
                    let words: String = runs.iter().map(|run| run.text.as_str()).collect();
                    write!(text, "\n{words}").unwrap();
                }
                Block::Table(table) => {
                    write!(text, "\n[表] {} {} {} 行", table.title, table.number, table.rows.len()).unwrap();
                    for note in &table.notes {
                        write!(text, "\n     {note}").unwrap();
                    }
                }
                Block::Chart(chart) => write!(text, "\n[图] {}：{}", chart.caption, chart.alternative).unwrap(),
            }
        }
    }
    text
}

fn document(example: &str) -> String {
    let scratch = Scratch::with(&format!("words-{example}"), example);
    scratch.compile_json();
    words(&serde_json::from_value(scratch.json("out/package.json")).unwrap())
}

#[test]
fn the_text_of_the_hubei_example_is_as_it_was_read() {
    insta::assert_snapshot!(document("zengdu-2023"));
}

#[test]
fn the_text_of_the_shanghai_example_is_as_it_was_read() {
    insta::assert_snapshot!(document("putuo-planning-2024"));
}

#[test]
fn the_text_of_the_department_of_six_units_is_as_it_was_read() {
    insta::assert_snapshot!(document("consolidated"));
}

#[test]
fn what_a_clean_run_says_is_as_it_was_read() {
    let scratch = Scratch::with("said-clean", "zengdu-2023");
    insta::assert_snapshot!(said(&scratch.compile_json().said));
}

#[test]
fn what_a_run_with_a_wrong_figure_says_is_as_it_was_read() {
    let scratch = Scratch::with("said-wrong", "putuo-planning-2024");
    scratch.edit("in/tables/tables.json", |text| text.replacen("\"236.63\"", "\"263.63\"", 1));
    insta::assert_snapshot!(said(&scratch.compile_json().said));
}
