//! Reports of findings whose names, texts and figures were changed: what is written is well formed, and steers nothing.

use anyhow::{Result, anyhow};
use juesuan_catalog::Catalog;
use juesuan_model::Package;
use juesuan_model::package::Report;
use juesuan_office::check::Request;
use juesuan_office::data::Extent;
use juesuan_office::report::{ReportFormat, Reported as Documents};
use juesuan_office::{Job, check, report};
use juesuan_read::Memory;
use juesuan_read::pdf::in_thread;
use juesuan_write::report::Checked;
use serde::{Deserialize, Serialize};

use super::{Target, catalog};
use crate::{shape, sound};

/// A document with what was found in it, as it is changed.
#[derive(Serialize, Deserialize)]
pub struct Reported {
    file: String,
    package: Package,
    report: Report,
}

impl Reported {
    /// Of a document of this name.
    pub fn of(file: &str, text: &str) -> Result<Vec<u8>> {
        let document = Memory::file(file, text);
        let request = Request { documents: &[&document], ..Request::default() };
        let outcome = check(&request, &catalog()?, Job::default()).map_err(|error| anyhow!("{error}"))?;
        let one = outcome.documents.into_iter().next().ok_or_else(|| anyhow!("no document"))?;
        Ok(serde_json::to_vec(&Reported { file: one.file, package: one.package, report: one.report })?)
    }
}

/// Every form of a report.
pub fn reports(catalog: Catalog) -> Target {
    let interpreter = in_thread();
    Box::new(move |input| {
        let Ok(changed) = serde_json::from_slice::<Reported>(input) else { return 0 };
        let Reported { file, package, report: found } = changed;
        // The package may come from anybody, and so may what a finding quotes from it; relations are the work of this program.
        let found = Report { findings: found.findings, ..juesuan_check::check(&package, &catalog, &[]) };
        let documents = [Checked { file, package, report: found, ..Checked::default() }];
        let reported =
            Documents { documents: &documents, trees: &[], interpreter: &interpreter, date: Some("2025-06-30") };
        let mut sizes = Vec::new();
        for format in [
            ReportFormat::Json(Extent::Relations),
            ReportFormat::Sarif,
            ReportFormat::Html,
            ReportFormat::Xlsx,
            ReportFormat::Docx,
        ] {
            let mut bytes = Vec::new();
            if report(&reported, format, &catalog, &mut bytes).is_err() {
                panic!("a report cannot be written as {format:?}");
            }
            match format {
                ReportFormat::Json(_) | ReportFormat::Sarif => sound::json(&bytes),
                ReportFormat::Html => sound::html(&bytes),
                ReportFormat::Xlsx | ReportFormat::Docx => sound::office(&bytes),
            }
            sizes.push(bytes.len());
        }
        shape::counts(&sizes)
    })
}
