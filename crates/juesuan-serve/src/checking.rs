//! The job that checks documents and keeps what was found.

use std::sync::Arc;

use juesuan_model::{Compared, DocumentKind, Scope, Severity};
use juesuan_office::check::{Request, batch};
use juesuan_office::{Cancel, Job as Run, judge, packed};
use juesuan_read::{Files, Means};
use juesuan_store::{Digest, DocumentId, Figures, Identity, Job, JobId, Reading, Stamp};
use juesuan_write::report::{Checked, Documents as _};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::corrected;
use crate::desk::Desk;
use crate::fault::Fault;
use crate::progress::{Watched, state_key};
use crate::stored::{Sent, Stored};
use crate::worker::apart;

/// By what these jobs are known.
pub const KIND: &str = "check";

/// What is to be checked, alone and beside each other.
#[derive(Debug, Serialize, Deserialize)]
pub struct Order {
    /// Files, folders, archives.
    pub trees: Vec<Sent>,
}

/// What came of it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Outcome {
    /// The documents in their order.
    pub documents: Vec<Kept>,
    /// Documents that were held against each other, by their numbers from 0, and how.
    pub compared: Vec<Link>,
    /// Documents that print the same numbers, or almost.
    pub alike: Vec<Group>,
    /// Files that are no documents, each with the reason.
    pub skipped: Vec<String>,
}

/// Two documents that were held against each other.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Link {
    /// Number of the one.
    pub one: usize,
    /// Number of the other: what was published before it, planned for it, by the department above it.
    pub other: usize,
    /// How.
    pub how: How,
}

/// What the other document is to the one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// The accounts of the year before.
    YearBefore,
    /// The budget of the year.
    Budget,
    /// The document of the department it belongs to.
    Department,
    /// Another one whose texts are the same.
    Texts,
}

/// Documents of the same numbers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Group {
    /// Their numbers from 0.
    pub documents: Vec<usize>,
    /// False where they are almost the same.
    pub same: bool,
}

/// What is known of all documents of a job together.
struct Together {
    compared: Vec<Link>,
    alike: Vec<Group>,
    skipped: Vec<String>,
}

/// A document that was checked, and where it is kept.
#[derive(Debug, Serialize, Deserialize)]
pub struct Kept {
    /// Its file.
    pub file: String,
    /// The document.
    pub document: DocumentId,
    /// The number of its version, from 1.
    pub number: u32,
    /// The same content had been there before.
    pub known: bool,
    /// How it stands.
    pub state: String,
    /// Findings that are errors.
    pub errors: u32,
}

/// Has the documents checked as soon as somebody is free.
pub async fn order(desk: &Desk, stamp: &Stamp, trees: Vec<Sent>) -> Result<JobId, Fault> {
    let names = trees.iter().flat_map(|sent| sent.files.keys().map(|path| full(&sent.name, path)));
    let names: Vec<String> = names.collect();
    let payload = serde_json::to_value(Order { trees }).map_err(|_| Fault::Broken)?;
    let job = desk.store.enqueue(stamp, KIND, &payload, &names).await?;
    desk.bell.notify_one();
    Ok(job)
}

fn full(name: &str, path: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{name}/{path}") }
}

/// Checks, and keeps each document with what was found.
pub async fn run(desk: Arc<Desk>, job: &Job, watched: Watched, cancel: Cancel) -> Result<Value, Fault> {
    let order: Order = serde_json::from_value(job.line.payload.clone()).map_err(|_| Fault::Broken)?;
    let stamp = Stamp::new(job.line.created, job.line.person.clone());
    let outcome = kept(&desk, order, &stamp, watched, cancel).await?;
    serde_json::to_value(outcome).map_err(|_| Fault::Broken)
}

/// Checks documents as part of a job, and keeps each with what was found.
pub async fn kept(
    desk: &Arc<Desk>,
    order: Order,
    stamp: &Stamp,
    watched: Watched,
    cancel: Cancel,
) -> Result<Outcome, Fault> {
    let (sender, mut found) = tokio::sync::mpsc::channel(1);
    let (own, means) = (Arc::clone(desk), corrected::means(desk).await?);
    let checked = tokio::spawn(apart(move || checked(&own, &order, (&means, &watched, &cancel), &sender)));
    let mut outcome = Outcome::default();
    while let Some((identity, reading)) = found.recv().await {
        let (file, state, errors) = (reading.name.clone(), reading.figures.state.clone(), reading.figures.errors);
        let recorded = desk.store.record(stamp, &identity, &reading).await?;
        let (document, number, known) = (recorded.document, recorded.number, recorded.known);
        outcome.documents.push(Kept { file, document, number, known, state, errors });
    }
    let together = checked.await???;
    outcome.compared = together.compared;
    outcome.alike = together.alike;
    outcome.skipped = together.skipped;
    Ok(outcome)
}

/// Where documents go that were checked.
type Sink = tokio::sync::mpsc::Sender<(Identity, Reading)>;

/// Checks in a thread that may take its time, and sends one document after the other; gives what is known of all together.
fn checked(
    desk: &Desk,
    order: &Order,
    (means, watched, cancel): (&Means, &Watched, &Cancel),
    sink: &Sink,
) -> Result<Together, Fault> {
    let contents = desk.store.contents();
    let trees: Vec<Stored<'_>> = order.trees.iter().map(|sent| Stored::new(sent, contents)).collect();
    let documents: Vec<&dyn Files> = trees.iter().map(|tree| tree as &dyn Files).collect();
    let run = Run::watched(watched).with_cancel(cancel).with_means(means);
    let batch = batch(&Request { documents: &documents, ..Request::default() }, &desk.catalog, run)?;
    for number in 0..batch.count() {
        let checked = batch.document(number).map_err(juesuan_office::check::taken_up)?;
        let result = contents.put(&packed::pack(&checked)?)?;
        // What lies in an archive inside an archive is known by what was recognised of it.
        let content = order.trees.iter().find_map(|sent| sent.content(&checked.file)).unwrap_or(&result).clone();
        if sink.blocking_send((identity(&checked), reading(&checked, content, result))).is_err() {
            return Err(Fault::Broken);
        }
    }
    let link = |(one, other, compared)| Link { one, other, how: how(compared) };
    Ok(Together {
        compared: batch.compared().into_iter().map(link).collect(),
        alike: batch.alike().into_iter().map(|(documents, same)| Group { documents, same }).collect(),
        skipped: batch.skipped.iter().map(ToString::to_string).collect(),
    })
}

const fn how(compared: Compared) -> How {
    match compared {
        Compared::YearBefore => How::YearBefore,
        Compared::Budget => How::Budget,
        Compared::Department => How::Department,
        Compared::Texts => How::Texts,
    }
}

/// By what a document is known again.
fn identity(checked: &Checked) -> Identity {
    let entity = &checked.package.entity;
    let kind = match checked.package.kind {
        DocumentKind::Final => "final",
        DocumentKind::Budget => "budget",
        DocumentKind::Template => "template",
        DocumentKind::Unknown => "unknown",
    };
    let scope = match entity.scope {
        Scope::Department => "department",
        Scope::Unit => "unit",
        Scope::Government => "government",
    };
    Identity {
        body: entity.name.clone(),
        year: (entity.year > 0).then_some(entity.year),
        kind: format!("{kind}-{scope}"),
    }
}

fn reading(checked: &Checked, content: Digest, result: Digest) -> Reading {
    let of = |severity| {
        let findings = checked.report.findings.iter().filter(|finding| finding.severity == severity);
        number(findings.count())
    };
    let coverage = &checked.report.coverage;
    // Numbers that were not understood are printed too.
    let printed = coverage.printed + checked.unread.len();
    let permille = (1_000 * coverage.held).checked_div(printed).and_then(|share| u16::try_from(share).ok());
    Reading {
        content,
        name: checked.file.clone(),
        title: juesuan_write::report::kind(&checked.package).to_owned(),
        result: Some(result),
        figures: Figures {
            state: state_key(judge::state(checked)).to_owned(),
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            notices: of(Severity::Notice),
            unread: number(checked.unread.len() + checked.problems.len()),
            coverage: permille,
        },
        summary: Value::Null,
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
