//! What is evaluated as documents to save: forms and reports of performance, the monitoring of a month, the bulletin of a quarter.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use juesuan_catalog::Catalog;
use juesuan_facts::Filing;
use juesuan_office::evaluate;
use juesuan_office::{Faces, Format, Issue, Job, Target, Tree, publish};
use juesuan_read::package::APPROVAL;

use super::bulletin::Wanted;
use super::{Asked, folder, monitor};
use crate::desk::Desk;
use crate::fault::{Fault, Refusal};
use crate::pages::make::saved::{archive, attached};
use crate::stored::Stored;
use crate::worker::apart;

/// Endings of what is printed from writing programs and spreadsheets. The manifest and the sheet of approval belong to whole
/// outputs, which are made in the room for that.
const ENDINGS: [&str; 2] = [".docx", ".xlsx"];

/// The forms and reports of performance of all bodies.
pub async fn scores(State(desk): State<Arc<Desk>>, Path(folder): Path<i64>) -> Result<Response, Fault> {
    let (name, files) = folder::opened(&desk, folder).await?;
    apart(move || {
        let catalog = &desk.catalog;
        let made = evaluate::overview(&Stored::new(&files, desk.store.contents()), catalog, Job::default())?;
        let formats = [Format::Docx, Format::Xlsx];
        let written = written(made.issues, &made.accounts.filing, &made.accounts.digests, &formats, catalog)?;
        sent(&name, written)
    })
    .await?
}

/// The monitoring of a month.
pub async fn lights(
    State(desk): State<Arc<Desk>>,
    Path(folder): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let month = monitor::month(&asked.month).ok_or(Fault::Refused(Refusal::Form))?;
    let (name, files) = folder::opened(&desk, folder).await?;
    apart(move || {
        let catalog = &desk.catalog;
        let made = evaluate::monitor(&Stored::new(&files, desk.store.contents()), month, catalog, Job::default())?;
        sent(&name, written(made.issues, &made.filing, &made.digests, &[Format::Docx], catalog)?)
    })
    .await?
}

/// The bulletin of a quarter.
pub async fn tasks(
    State(desk): State<Arc<Desk>>,
    Path(folder): Path<i64>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Fault> {
    let moment = wanted.moment().ok_or(Fault::Refused(Refusal::Form))?;
    let (name, files) = folder::opened(&desk, folder).await?;
    apart(move || {
        let (catalog, stored) = (&desk.catalog, Stored::new(&files, desk.store.contents()));
        let told = evaluate::bulletin(&stored, moment, wanted.number.trim(), catalog, Job::default())?;
        sent(&name, written(vec![told.issue], &told.filing, &told.digests, &[Format::Docx], catalog)?)
    })
    .await?
}

/// The documents by path.
fn written(
    issues: Vec<Issue>,
    filing: &Filing,
    inputs: &BTreeMap<String, String>,
    formats: &[Format],
    catalog: &Catalog,
) -> Result<BTreeMap<String, Vec<u8>>, Fault> {
    let faces = Faces::find(formats, &[]);
    let target = Target { filing, inputs, list: None, formats, faces: &faces };
    let output = Tree::default();
    publish(issues, &target, &output, catalog, Job::default())?;
    let mut files = output.into_files();
    files.retain(|path, _| path != APPROVAL && ENDINGS.iter().any(|ending| path.ends_with(ending)));
    Ok(files)
}

/// One document as it is, several as an archive.
fn sent(name: &str, mut files: BTreeMap<String, Vec<u8>>) -> Result<Response, Fault> {
    match files.len() {
        0 => Err(Fault::Broken),
        1 => {
            let (path, bytes) = files.pop_first().ok_or(Fault::Broken)?;
            Ok(attached(path.rsplit('/').next().unwrap_or_default(), bytes))
        }
        _ => {
            let bytes = archive(files.iter().map(|(path, bytes)| Ok((path.as_str(), bytes.clone()))))?;
            Ok(attached(&format!("{name}.zip"), bytes))
        }
    }
}
