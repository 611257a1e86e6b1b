//! 审批单: one page on which a person compares what was made with its code, and signs.

use juesuan_catalog::Catalog;
use juesuan_model::{Align, HeaderCell, Orientation, Table, TableCell, TableRow};

use crate::docx::contents::LINE;
use crate::docx::parts::{NAMES, XML};
use crate::docx::picture::drawing;
use crate::docx::section::{Kind, Numbers, header, properties};
use crate::docx::text::{paragraph, run};
use crate::docx::{Content, pack, table};
use crate::error::Error;
use crate::markup::escape;
use crate::square;

/// What is approved.
#[derive(Clone, Copy, Debug)]
pub struct Approval<'a> {
    /// Whose output.
    pub name: &'a str,
    /// Fiscal year.
    pub year: u16,
    /// The code of the output, as it is printed everywhere: groups with hyphens.
    pub code: &'a str,
    /// Files of the output by path, each with the first groups of its digest, those first that are worth looking at.
    pub files: &'a [(String, String)],
    /// Names of the documents that may be published.
    pub whole: &'a [&'a str],
    /// Names of those that are drafts and not approved with the sheet.
    pub drafts: &'a [&'a str],
}

/// Files that have a line of their own, so that the sheet stays one page.
const LISTED: usize = 5;
/// Groups of the code on a line.
const GROUPS: usize = 5;
/// Side of the square for cameras: 34 mm, in English metric units.
const SQUARE: u64 = 1_224_000;
/// A line of the code: 22 points, with room.
const CODE_LINE: &str = "<w:spacing w:before=\"60\" w:after=\"60\"/><w:ind w:firstLine=\"0\" w:firstLineChars=\"0\"/><w:jc w:val=\"center\"/>";

/// The sheet as DOCX. The same input gives the same bytes.
///
/// # Errors
/// A library that cannot write it.
pub fn approval(approval: &Approval<'_>, catalog: &Catalog) -> Result<Vec<u8>, Error> {
    let words = &catalog.approval;
    let mut body = paragraph("Title", "<w:spacing w:before=\"0\" w:after=\"160\"/>", &run(&words.title));
    let count = format!("{} {}", approval.files.len(), words.count_unit);
    let mut facts = vec![
        (words.name.as_str(), approval.name.to_owned()),
        (&words.year, format!("{}{}", approval.year, words.year_unit)),
        (&words.count, count),
    ];
    if !approval.drafts.is_empty() {
        facts.push((&words.whole, names(approval.whole, catalog)));
        facts.push((&words.drafts, names(approval.drafts, catalog)));
    }
    let facts = facts.into_iter().map(|(label, value)| vec![label.to_owned(), value]).collect();
    body.push_str(&table::block(&plain(&[], facts, vec![12, 40]), ("facts", 1), u32::MAX, "", false));
    body.push_str(&paragraph("SmallTableTitle", "", &run(&words.code)));
    let groups: Vec<&str> = approval.code.split('-').collect();
    for line in groups.chunks(GROUPS) {
        body.push_str(&paragraph("Body", CODE_LINE, &large(&line.join("-"))));
    }
    body.push_str(&drawing((&words.code, approval.code), 1, (SQUARE, SQUARE)));
    body.push_str(&paragraph("TableNote", "<w:jc w:val=\"center\"/>", &run(&words.code_note)));
    body.push_str(&table::block(&listed(approval, catalog), ("files", 2), u32::MAX, "", false));
    let signers = words.signatures.iter().map(|who| vec![who.clone(), String::new(), String::new()]).collect();
    let mut signed = plain(&["", &words.signature, &words.date], signers, vec![12, 24, 16]);
    signed.notes = vec![words.note.clone()];
    body.push_str(&table::block(&signed, ("signed", 3), u32::MAX, "", false));
    body.push_str(&properties(Orientation::Portrait, Kind::Cover));
    pack(Content {
        title: words.title.clone(),
        author: String::new(),
        document: format!("{XML}<w:document {NAMES}><w:body>{body}</w:body></w:document>"),
        header: header(false),
        pictures: vec![square::png(approval.code)?],
        contents_line: LINE,
        numbers: Numbers::Middle,
    })
}

/// Names of documents, the first of many.
fn names(all: &[&str], catalog: &Catalog) -> String {
    let [before, behind] = &catalog.approval.more_documents;
    let first = all.iter().take(LISTED).copied().collect::<Vec<_>>().join("、");
    if all.len() > LISTED { format!("{first}{before}{}{behind}", all.len()) } else { first }
}

/// The files that have a line, and how many have none.
fn listed(approval: &Approval<'_>, catalog: &Catalog) -> Table {
    let words = &catalog.approval;
    let mut rows: Vec<Vec<String>> =
        approval.files.iter().take(LISTED).map(|(path, digest)| vec![path.clone(), digest.clone()]).collect();
    let rest = approval.files.len().saturating_sub(LISTED);
    if rest > 0 {
        let [before, behind] = &words.more;
        rows.push(vec![format!("{before}{rest}{behind}"), String::new()]);
    }
    plain(&[&words.files, &words.digest], rows, vec![34, 18])
}

fn plain(heads: &[&str], rows: Vec<Vec<String>>, widths: Vec<u16>) -> Table {
    let head = |(column, text): (u16, &&str)| HeaderCell { text: (*text).to_owned(), column, columns: 1, rows: 1 };
    let header: Vec<HeaderCell> = (0..).zip(heads).map(head).collect();
    let cell = |text: String| TableCell { text, align: Align::Left, ..TableCell::default() };
    let rows = rows.into_iter().map(|texts| TableRow { cells: texts.into_iter().map(cell).collect(), total: false });
    Table {
        header: if header.is_empty() { Vec::new() } else { vec![header] },
        rows: rows.collect(),
        widths,
        ..Table::default()
    }
}

/// A line of the code in figures of equal width, so that lines can be compared letter by letter.
fn large(text: &str) -> String {
    let face = "<w:rFonts w:ascii=\"Courier New\" w:hAnsi=\"Courier New\" w:cs=\"Courier New\"/>";
    format!(
        "<w:r><w:rPr>{face}<w:b/><w:sz w:val=\"40\"/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>",
        escape(text)
    )
}
