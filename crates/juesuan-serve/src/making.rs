//! The job that compiles a folder, has what was made checked like any document, and keeps both.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use juesuan_compose::Tail;
use juesuan_model::{Severity, Tally};
use juesuan_office::manifest::Covered;
use juesuan_office::{Cancel, Error, Format, Job as Run, Outlet, Published, compile};
use juesuan_read::Means;
use juesuan_store::{Contents, Digest, FolderId, Job, JobId, Output, Stamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::checking::{self, Kept};
use crate::corrected;
use crate::desk::Desk;
use crate::fault::Fault;
use crate::progress::Watched;
use crate::stored::{Sent, Stored};
use crate::worker::apart;

/// By what these jobs are known.
pub const KIND: &str = "make";
/// State of an output that may be published, and of any other.
pub const WHOLE: &str = "whole";
const DRAFT: &str = "draft";
/// Findings that are kept with an output; all of them stand in its manifest.
const FINDINGS: usize = 200;
/// Documents of an output that are checked like any document.
const CHECKED: usize = 20;
/// Endings of files by which a document is checked, the best first.
const PRINTED: [&str; 2] = [".pdf", ".docx"];

/// What is to be compiled.
#[derive(Debug, Serialize, Deserialize)]
pub struct Order {
    /// The folder.
    pub folder: FolderId,
    /// Its files as they stood.
    pub tree: Sent,
}

/// What came of it, as the job keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outcome {
    /// The folder.
    pub folder: i64,
    /// The number of the output in its folder; `None` where faults of the inputs stopped the run.
    pub number: Option<u32>,
}

/// What is told of an output.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Summary {
    /// Its documents.
    pub documents: Vec<Covered>,
    /// Why they are drafts: whose, why.
    pub reasons: Vec<(String, String)>,
    /// What was found, errors first.
    pub findings: Vec<Told>,
    /// Findings beyond these.
    pub further: usize,
    /// Relations by how they were judged.
    pub tally: Tally,
    /// Formats that could not be made, with the reason.
    pub missing: Vec<String>,
    /// What was checked of it, as the room of checking keeps it.
    pub checked: Vec<Kept>,
}

/// A finding in words.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Told {
    /// Whose document.
    pub name: String,
    /// How grave.
    pub severity: Severity,
    /// Code of the law or rule.
    pub code: String,
    /// What is wrong, in a few words.
    pub title: String,
    /// Everything.
    pub message: String,
}

/// The formats that this program makes.
pub fn formats() -> Vec<Format> {
    let mut all = vec![Format::Docx, Format::Xlsx, Format::Html, Format::Json];
    if cfg!(feature = "pdf") {
        all.push(Format::Pdf);
    }
    all
}

/// Has a folder compiled as soon as somebody is free.
pub async fn order(desk: &Desk, stamp: &Stamp, order: &Order) -> Result<JobId, Fault> {
    let payload = serde_json::to_value(order).map_err(|_| Fault::Broken)?;
    let job = desk.store.enqueue(stamp, KIND, &payload, &[]).await?;
    desk.bell.notify_one();
    Ok(job)
}

/// Compiles, checks, keeps.
pub async fn run(desk: Arc<Desk>, job: &Job, watched: Watched, cancel: Cancel) -> Result<Value, Fault> {
    let Order { folder, tree } = serde_json::from_value(job.line.payload.clone()).map_err(|_| Fault::Broken)?;
    let stamp = Stamp::new(job.line.created, job.line.person.clone());
    let (own, seen, token) = (Arc::clone(&desk), watched.clone(), cancel.clone());
    let means = corrected::means(&desk).await?;
    let Some(Made { published, files }) = apart(move || made(&own, &tree, &means, (&seen, &token))).await?? else {
        return Ok(json!(Outcome { folder: folder.0, number: None }));
    };
    let trees = printed(&published, &files);
    let checked = checking::kept(&desk, checking::Order { trees }, &stamp, watched, cancel).await?;
    let summary = Summary { checked: checked.documents, ..summary(&published) };
    let output = Output {
        fingerprint: published.fingerprint.to_string(),
        state: if published.draft_reasons.is_empty() { WHOLE } else { DRAFT }.to_owned(),
        summary: serde_json::to_value(summary).map_err(|_| Fault::Broken)?,
        files,
    };
    let issue = desk.store.add_issue(&stamp, folder, &output).await?;
    let number = desk.store.issue(issue).await?.line.number;
    Ok(json!(Outcome { folder: folder.0, number: Some(number) }))
}

/// An output whose files lie among the contents.
struct Made {
    published: Published,
    files: BTreeMap<String, Digest>,
}

/// Compiles; `None` where faults of the inputs stop it.
fn made(
    desk: &Desk,
    tree: &Sent,
    means: &Means,
    (watched, cancel): (&Watched, &Cancel),
) -> Result<Option<Made>, Fault> {
    let contents = desk.store.contents();
    let shelf = Shelf { contents, files: Mutex::default() };
    let formats = formats();
    let order = juesuan_office::Order { tail: Tail::Keep, formats: &formats, fonts: &[] };
    let run = Run::watched(watched).with_cancel(cancel).with_means(means);
    match compile(&Stored::new(tree, contents), &order, &shelf, &desk.catalog, run) {
        Ok(made) => {
            let files = shelf.files.into_inner().unwrap_or_else(PoisonError::into_inner);
            Ok(Some(Made { published: made.published, files }))
        }
        Err(Error::Stopped(_) | Error::Inputs(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Takes files of an output among the contents.
struct Shelf<'a> {
    contents: &'a Contents,
    files: Mutex<BTreeMap<String, Digest>>,
}

impl Outlet for Shelf<'_> {
    fn put(&self, path: &str, bytes: Vec<u8>) -> Result<(), Error> {
        let unwritten = |source| Error::Io { what: path.to_owned(), source: std::io::Error::other(source) };
        let digest = self.contents.put(&bytes).map_err(unwritten)?;
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), digest);
        Ok(())
    }
}

/// The printed documents of an output, each as a file.
fn printed(published: &Published, files: &BTreeMap<String, Digest>) -> Vec<Sent> {
    let of = |document: &Covered| {
        let inside = files.iter().filter_map(|(path, digest)| Some((path.strip_prefix(&document.folder)?, digest)));
        let own: Vec<(&str, &Digest)> = inside.filter(|(name, _)| !name.contains('/') && *name != APPROVAL).collect();
        let found = PRINTED.iter().find_map(|ending| own.iter().find(|(name, _)| name.ends_with(ending)));
        found
            .map(|(name, digest)| Sent { name: (*name).to_owned(), files: [(String::new(), (*digest).clone())].into() })
    };
    published.documents.iter().take(CHECKED).filter_map(of).collect()
}

/// The sheet of approval is no document.
const APPROVAL: &str = juesuan_read::package::APPROVAL;

fn summary(published: &Published) -> Summary {
    let told = published.found.iter().flat_map(|own| {
        own.findings.iter().map(|finding| Told {
            name: own.name.clone(),
            severity: finding.severity,
            code: finding.code.clone(),
            title: finding.title.clone(),
            message: finding.message.clone(),
        })
    });
    let mut findings: Vec<Told> = told.collect();
    findings.sort_by_key(|finding| match finding.severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Notice => 2,
    });
    let further = findings.len().saturating_sub(FINDINGS);
    findings.truncate(FINDINGS);
    Summary {
        documents: published.documents.clone(),
        reasons: published.draft_reasons.iter().map(|(name, reason)| (name.clone(), reason.to_string())).collect(),
        findings,
        further,
        tally: published.found.iter().map(|own| own.tally).sum(),
        missing: published.missing.clone(),
        checked: Vec::new(),
    }
}
