//! Checked documents as a report for people or tools: bytes of one file.

use juesuan_catalog::Catalog;
use juesuan_read::{Files, Interpreter};
use juesuan_write::escaped;
use juesuan_write::report::Checked;

use crate::data::{CheckedDocuments, Extent};
use crate::error::Error;

/// The forms of a report that are files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportFormat {
    /// For other programs: JSON, as `docs/reference/report.schema.json` describes it.
    Json(Extent),
    /// For tools that check code: SARIF.
    Sarif,
    /// One web page, with the pages of the documents where this build can draw them.
    Html,
    /// The list of auditors.
    Xlsx,
    /// Letters to the units.
    Docx,
}

/// What a report is made from.
#[derive(Clone, Copy)]
pub struct Reported<'a> {
    /// The documents, as [`crate::check::check`] leaves them.
    pub documents: &'a [Checked],
    /// Where they were read from: their pages are drawn from there.
    pub trees: &'a [&'a dyn Files],
    /// Where PDF is interpreted.
    pub interpreter: &'a dyn Interpreter,
    /// The day that stands on letters, as it was given.
    pub date: Option<&'a str>,
}

/// The bytes of the report.
///
/// # Errors
/// A library that could not write it.
pub fn report(reported: &Reported<'_>, format: ReportFormat, catalog: &Catalog) -> Result<Vec<u8>, Error> {
    let documents = reported.documents;
    let (what, made) = match format {
        ReportFormat::Json(extent) => return json(&CheckedDocuments::new(documents, catalog, extent)),
        ReportFormat::Sarif => {
            ("生成 SARIF", juesuan_write::report::sarif(documents, catalog).map(|text| escaped(&text).into_bytes()))
        }
        ReportFormat::Html => {
            ("生成网页", Ok(juesuan_write::report::html(documents, catalog, &pictures(reported)).into_bytes()))
        }
        ReportFormat::Xlsx => ("生成 XLSX", juesuan_write::report::xlsx(documents, catalog)),
        ReportFormat::Docx => ("生成 DOCX", juesuan_write::report::docx(documents, catalog, reported.date)),
    };
    made.map_err(|source| Error::Write { what, source: source.into() })
}

/// Data as people and programs read them.
fn json(data: &CheckedDocuments) -> Result<Vec<u8>, Error> {
    let unwritten = |error: serde_json::Error| Error::Write { what: "生成 JSON", source: error.into() };
    let mut text = escaped(&serde_json::to_string_pretty(data).map_err(unwritten)?);
    text.push('\n');
    Ok(text.into_bytes())
}

/// Pages of the documents as pictures, where this build can draw them.
#[cfg(feature = "pictures")]
fn pictures<'a>(reported: &Reported<'a>) -> crate::pictures::Drawn<'a> {
    crate::pictures::Drawn::new(reported.trees, reported.interpreter)
}

#[cfg(not(feature = "pictures"))]
fn pictures(_reported: &Reported<'_>) -> juesuan_write::report::NoPictures {
    juesuan_write::report::NoPictures
}
