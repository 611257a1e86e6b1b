//! What was found in a version as a file to save: the same reports as those of `check --format`.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use juesuan_office::data::Extent;
use juesuan_office::report::{ReportFormat, Reported, report};
use juesuan_read::Files;
use juesuan_store::DocumentId;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::desk::Desk;
use crate::fault::Fault;
use crate::moment;
use crate::pages::reports::taken_up;
use crate::stored::{Sent, Stored};
use crate::versions;
use crate::worker::apart;

/// A form of the report: its ending, its kind.
fn form(name: &str) -> Option<(ReportFormat, &'static str, &'static str)> {
    Some(match name {
        "html" => (ReportFormat::Html, "html", "text/html; charset=utf-8"),
        "xlsx" => (ReportFormat::Xlsx, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        "letter" => {
            (ReportFormat::Docx, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
        }
        "sarif" => (ReportFormat::Sarif, "sarif", "application/sarif+json"),
        "json" => (ReportFormat::Json(Extent::Relations), "json", "application/json"),
        _ => return None,
    })
}

/// The report as a file.
pub async fn save(
    State(desk): State<Arc<Desk>>,
    Path((document, number, name)): Path<(i64, u32, String)>,
) -> Result<Response, Fault> {
    let (format, ending, kind) = form(&name).ok_or(Fault::Missing)?;
    let version = versions::numbered(&desk, DocumentId(document), number).await?;
    let stem = version.name.rsplit('/').next().unwrap_or_default().to_owned();
    let bytes = apart(move || {
        let checked = [taken_up(&desk, &version)?];
        let sent = Sent { name: version.name.clone(), files: [(String::new(), version.content)].into() };
        let stored = Stored::new(&sent, desk.store.contents());
        let (trees, today): ([&dyn Files; 1], _) = ([&stored], moment::today());
        let interpreter = &desk.means.interpreter;
        let reported = Reported { documents: &checked[..], trees: &trees, interpreter, date: Some(&today) };
        let mut bytes = Vec::new();
        report(&reported, format, &desk.catalog, &mut bytes)?;
        Ok::<_, Fault>(bytes)
    })
    .await??;
    let file = utf8_percent_encode(&format!("{stem}.{ending}"), NON_ALPHANUMERIC).to_string();
    // Always saved, never shown: a report holds words of the document.
    let disposition = format!("attachment; filename=\"report.{ending}\"; filename*=UTF-8''{file}");
    Ok(([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response())
}
