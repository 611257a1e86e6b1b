//! A published document as offices really publish it: its content untouched, its form as untidy as can be.
//!
//! In: the plan of a document and a source of chance. Out: the bytes of a file. What it says is the same in all of them: a
//! reader that is told something else has misread.
//!
//! - [`wording`] the same words otherwise written: brackets, widths, spaces
//! - [`text`](mod@text) text without layout: words broken over lines, page numbers inside sentences
//! - [`web`] a web page in GBK with merged cells
//! - [`workbook`] a workbook with columns out of place, blank rows, and codes in three columns
//! - [`grid`] the cells of a table with the places that spans cover

pub mod grid;
pub mod text;
pub mod web;
pub mod wording;
pub mod workbook;

/// The text of a paragraph: its runs joined.
pub fn joined(runs: &[juesuan_model::Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}
