//! What compile writes, the readers give back: every figure in its row, every paragraph in its lines. So do they for what
//! LibreOffice makes of it, where it is installed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod evaluations;
mod expected;
mod scratch;

use evaluations::{Where, told};
use expected::Expected;
use scratch::Scratch;

const EXAMPLES: [&str; 3] = ["zengdu-2023", "putuo-planning-2024", "consolidated"];

#[test]
fn every_figure_and_paragraph_of_the_document_is_read_back_from_docx() {
    for example in EXAMPLES {
        let scratch = Scratch::compiled(&format!("docx-{example}"), example);
        let read = scratch.read("docx");
        let expected = Expected::of(&scratch);
        expected.figures_stand_in(&read, example);
        expected.paragraphs_stand_in(&read, example);
        expected.headings_stand_in(&read, example);
    }
}

#[test]
fn every_figure_and_paragraph_of_the_document_is_read_back_from_html() {
    for example in EXAMPLES {
        let scratch = Scratch::compiled(&format!("html-{example}"), example);
        let read = scratch.read("html");
        let expected = Expected::of(&scratch);
        expected.figures_stand_in(&read, example);
        expected.paragraphs_stand_in(&read, example);
        expected.headings_stand_in(&read, example);
    }
}

#[test]
fn every_figure_of_the_document_is_read_back_from_xlsx() {
    for example in EXAMPLES {
        let scratch = Scratch::compiled(&format!("xlsx-{example}"), example);
        Expected::of(&scratch).figures_stand_in(&scratch.read("xlsx"), example);
    }
}

#[test]
fn the_evaluations_are_read_back_from_docx_html_and_xlsx() {
    for example in ["zengdu-2023", "consolidated"] {
        let scratch = Scratch::compiled(&format!("evaluations-{example}"), example);
        let package = scratch.package();
        for ending in ["docx", "html", "xlsx"] {
            // A workbook has the tables without the texts around them.
            let which = if ending == "xlsx" { Where::InTables } else { Where::Anywhere };
            let read = evaluations::read(&scratch.read(ending));
            let (written, back) = (told(&package, which), told(&read.package, Where::Anywhere));
            let lost: Vec<_> = written.iter().filter(|line| !back.contains(line)).collect();
            let new: Vec<_> = back.iter().filter(|line| !written.contains(line)).collect();
            assert!(written.len() > 100, "{example} {ending}: {}", written.len());
            assert!(lost.is_empty() && new.is_empty(), "{example} {ending}: lost {lost:#?}, new {new:#?}");
        }
    }
}

#[test]
fn conversions_by_libreoffice_are_read_as_their_originals() {
    if !scratch::has_office() {
        println!("skipped: no soffice");
        return;
    }
    let scratch = Scratch::compiled("office", "zengdu-2023");
    let expected = Expected::of(&scratch);
    for (from, to) in
        [("docx", "docx"), ("docx", "html"), ("html", "docx"), ("xlsx", "xls"), ("xlsx", "xlsx"), ("xlsx", "html")]
    {
        let read = scratch.converted(from, to);
        let told = format!("{from} to {to}");
        expected.figures_stand_in(&read, &told);
        if from != "xlsx" {
            expected.paragraphs_stand_in(&read, &told);
        }
    }
}

#[test]
fn an_old_word_document_and_a_text_document_say_what_to_do() {
    if !scratch::has_office() {
        println!("skipped: no soffice");
        return;
    }
    let scratch = Scratch::compiled("old", "putuo-planning-2024");
    for (to, word) in [("doc", "Word 97"), ("rtf", "RTF"), ("odt", "OpenDocument")] {
        let problem = scratch.convert("docx", to).unwrap_err();
        assert!(problem.message.contains(word) && problem.message.contains("另存为"), "{}", problem.message);
    }
}
