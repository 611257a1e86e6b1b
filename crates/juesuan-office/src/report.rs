//! Checked documents as a report for people or tools: bytes of one file.

use juesuan_catalog::Catalog;
use juesuan_read::Files;
use juesuan_write::report::{Checked, RuleInfo};

use crate::error::Error;

/// The forms of a report that are files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportFormat {
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
    /// The day that stands on letters, as it was given.
    pub date: Option<&'a str>,
}

/// The bytes of the report.
///
/// # Errors
/// A library that could not write it.
pub fn report(reported: &Reported<'_>, format: ReportFormat, catalog: &Catalog) -> Result<Vec<u8>, Error> {
    let rules = rules(catalog);
    let documents = reported.documents;
    let (what, made) = match format {
        ReportFormat::Sarif => ("生成 SARIF", juesuan_write::report::sarif(documents, &rules).map(String::into_bytes)),
        ReportFormat::Html => {
            ("生成网页", Ok(juesuan_write::report::html(documents, &rules, &pictures(reported.trees)).into_bytes()))
        }
        ReportFormat::Xlsx => ("生成 XLSX", juesuan_write::report::xlsx(documents, &rules)),
        ReportFormat::Docx => ("生成 DOCX", juesuan_write::report::docx(documents, &rules, reported.date)),
    };
    made.map_err(|source| Error::Write { what, source: source.into() })
}

/// Every law and rule as reports tell of them.
fn rules(catalog: &Catalog) -> Vec<RuleInfo> {
    let book = &catalog.rulebook;
    let laws = book.laws().iter().map(|law| RuleInfo {
        code: law.code.clone(),
        title: law.title.clone(),
        explanation: law.explanation.trim().to_owned(),
        remedy: law.remedy.clone(),
        basis: law.basis.clone(),
        severity: law.severity,
    });
    let rules = book.rules().iter().map(|rule| RuleInfo {
        code: rule.code.clone(),
        title: rule.title.clone(),
        explanation: rule.explanation.trim().to_owned(),
        remedy: rule.remedy.clone(),
        basis: rule.basis.clone(),
        severity: rule.severity,
    });
    laws.chain(rules).collect()
}

/// Pages of the documents as pictures, where this build can draw them.
#[cfg(feature = "pictures")]
fn pictures<'a>(trees: &'a [&'a dyn Files]) -> crate::pictures::Drawn<'a> {
    crate::pictures::Drawn(trees)
}

#[cfg(not(feature = "pictures"))]
fn pictures(_trees: &[&dyn Files]) -> juesuan_write::report::NoPictures {
    juesuan_write::report::NoPictures
}
