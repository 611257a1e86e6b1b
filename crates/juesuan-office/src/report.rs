//! Checked documents as a report for people or tools: bytes of one file.

mod many;

pub use many::pages;

use std::borrow::Cow;
use std::io::{BufWriter, Write};
use std::sync::Arc;

use juesuan_catalog::Catalog;
use juesuan_read::{Files, Interpreter};
use juesuan_write::Escaping;
use juesuan_write::report::{Checked, Documents, Listed, each};

use crate::data::{CheckedDocument, CheckedDocuments, Extent};
use crate::error::Error;
use crate::pictures::Drawn;

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
pub struct Reported<'a, D: ?Sized> {
    /// The documents, as [`crate::check::check`] or [`crate::check::batch`] leaves them.
    pub documents: &'a D,
    /// Where they were read from: their pages are drawn from there.
    pub trees: &'a [&'a dyn Files],
    /// Where PDF is interpreted.
    pub interpreter: &'a Arc<dyn Interpreter>,
    /// The day that stands on letters, as it was given.
    pub date: Option<&'a str>,
}

/// The bytes of the report, for a sink that takes them as they are made: of JSON and SARIF no more than a document at a time.
///
/// # Errors
/// A sink that takes no more, or a library that could not write it.
pub fn report<D: Documents + ?Sized>(
    reported: &Reported<'_, D>,
    format: ReportFormat,
    catalog: &Catalog,
    sink: &mut dyn Write,
) -> Result<(), Error> {
    let documents = reported.documents;
    let mut sink = BufWriter::with_capacity(BUFFER, sink);
    let (what, made) = match format {
        ReportFormat::Json(extent) => ("生成 JSON", json(documents, catalog, extent, &mut sink)),
        ReportFormat::Sarif => {
            let mut buffer = BufWriter::with_capacity(BUFFER, Escaping::new(&mut sink));
            let written = juesuan_write::report::sarif(documents, catalog, &mut buffer);
            ("生成 SARIF", written.and_then(|()| Ok(buffer.flush()?)))
        }
        ReportFormat::Html => {
            ("生成网页", html(reported, catalog).and_then(|page| Ok(sink.write_all(page.as_bytes())?)))
        }
        ReportFormat::Xlsx => {
            let made = juesuan_write::report::xlsx(documents, catalog);
            ("生成 XLSX", made.and_then(|bytes| Ok(sink.write_all(&bytes)?)))
        }
        ReportFormat::Docx => {
            let made = juesuan_write::report::docx(documents, catalog, reported.date);
            ("生成 DOCX", made.and_then(|bytes| Ok(sink.write_all(&bytes)?)))
        }
    };
    let written = made.and_then(|()| Ok(sink.flush()?));
    written.map_err(|source| unwritten(what, source))
}

/// A fault of the disk is told as one.
fn unwritten(what: &'static str, source: juesuan_write::Error) -> Error {
    match source {
        juesuan_write::Error::Write(source) => Error::Io { what: what.to_owned(), source },
        juesuan_write::Error::Json(source) if source.is_io() => {
            Error::Io { what: what.to_owned(), source: source.into() }
        }
        source => Error::Write { what, source: source.into() },
    }
}

/// Bytes that are written at once.
const BUFFER: usize = 64 << 10;

/// Data as people and programs read them.
fn json<D: Documents + ?Sized>(
    documents: &D,
    catalog: &Catalog,
    extent: Extent,
    sink: &mut dyn Write,
) -> Result<(), juesuan_write::Error> {
    let mut sink = BufWriter::with_capacity(BUFFER, Escaping::new(sink));
    let list = Listed { documents, entries: |checked: &Checked| vec![CheckedDocument::new(checked, catalog, extent)] };
    serde_json::to_writer_pretty(&mut sink, &CheckedDocuments { documents: list })?;
    sink.write_all(b"\n")?;
    Ok(sink.flush()?)
}

fn html<D: Documents + ?Sized>(reported: &Reported<'_, D>, catalog: &Catalog) -> Result<String, juesuan_write::Error> {
    let documents = each(reported.documents).map(|document| document.map(Cow::into_owned));
    let documents = documents.collect::<Result<Vec<Checked>, _>>()?;
    Ok(juesuan_write::report::html(&documents, catalog, &pictures(reported)))
}

/// Pages of the documents as pictures, where this build can draw them, and what is cut out of pictures that were read.
fn pictures<'a, D: ?Sized>(reported: &Reported<'a, D>) -> Drawn<'a> {
    Drawn::new(reported.trees, reported.interpreter)
}
