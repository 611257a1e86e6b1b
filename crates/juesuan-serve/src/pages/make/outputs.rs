//! What was made of a folder: made anew, looked at, saved, approved.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::response::{Html, Redirect};
use juesuan_model::Severity;
use juesuan_store::{FolderId, IssueLine, JobId, JobLine, JobState};
use juesuan_text::Day;
use serde::Deserialize;

use super::files::address;
use super::saved::issue;
use super::{Head, Tab};
use crate::desk::{Desk, PERSON};
use crate::failed::{Failed, Kind as FailureKind};
use crate::fault::{Fault, Refusal};
use crate::folders::{Brief, Opened, standing};
use crate::guard::Visitor;
use crate::making::{self, Outcome, Summary, WHOLE};
use crate::moment;
use crate::page::{Frame, Room, filled};
use crate::pages::jobs::NEWS;
use crate::posted::{Nothing, Posted};

/// Jobs that are looked through for those of a folder.
const JOBS: u32 = 50;
/// The page of a document below its folder.
const PAGE: &str = "site/index.html";

#[derive(Template)]
#[template(path = "make/outputs.html")]
struct List {
    frame: Frame,
    head: Head,
    brief: Brief,
    rows: Vec<Row>,
    at_work: Vec<JobLine>,
    has_pdf: bool,
}

/// An output in the list.
struct Row {
    line: IssueLine,
    summary: Summary,
}

impl Row {
    fn of(line: IssueLine) -> Row {
        // What an earlier program has kept in another form is told by its state alone.
        Row { summary: serde_json::from_value(line.summary.clone()).unwrap_or_default(), line }
    }

    fn is_whole(&self) -> bool {
        self.line.state == WHOLE
    }
}

impl List {
    fn when(&self, at: &i64) -> String {
        moment::shown(*at)
    }
}

/// All outputs of a folder.
pub async fn list(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path(folder): Path<i64>,
) -> Result<Html<String>, Fault> {
    let opened = Opened::of(&desk, FolderId(folder)).await?;
    let brief = Brief::from(standing(&desk, &opened).await?.as_ref());
    let rows = desk.store.issues(FolderId(folder)).await?.into_iter().map(Row::of).collect();
    let of_folder = |job: &JobLine| job.kind == making::KIND && job.payload.get("folder") == Some(&folder.into());
    let is_over = |job: &JobLine| matches!(job.state, JobState::Done | JobState::Cancelled);
    let at_work = desk.store.jobs(JOBS).await?.into_iter().filter(|job| of_folder(job) && !is_over(job)).collect();
    let head = Head { id: folder, face: opened.folder.face, tab: Tab::Outputs };
    let frame = Frame::new(Room::Make, &visitor);
    filled(&List { frame, head, brief, rows, at_work, has_pdf: cfg!(feature = "pdf") })
}

/// Has the folder compiled as it stands.
pub async fn order(
    State(desk): State<Arc<Desk>>,
    Path(folder): Path<i64>,
    _: Posted<Nothing>,
) -> Result<Redirect, Fault> {
    let id = FolderId(folder);
    let tree = Opened::of(&desk, id).await?.sent();
    let job = making::order(&desk, &desk.stamp().await?, &making::Order { folder: id, tree }).await?;
    Ok(Redirect::to(&format!("/make/jobs/{job}")))
}

#[derive(Template)]
#[template(path = "make/job.html")]
struct JobPage {
    frame: Frame,
    told: Told,
}

/// What changes while the job is at work.
#[derive(Template)]
#[template(path = "make/progress.html")]
struct Told {
    job: JobLine,
    outcome: Outcome,
    csrf: String,
}

impl Told {
    async fn of(desk: &Desk, job: i64, visitor: &Visitor) -> Result<Told, Fault> {
        let job = desk.store.job(JobId(job)).await?.line;
        if job.kind != making::KIND {
            return Err(Fault::Missing);
        }
        let folder = job.payload.get("folder").and_then(serde_json::Value::as_i64).unwrap_or_default();
        let outcome = job.outcome.clone().and_then(|outcome| serde_json::from_value::<Outcome>(outcome).ok());
        let outcome = Outcome { folder, ..outcome.unwrap_or_default() };
        Ok(Told { job, outcome, csrf: visitor.csrf.clone() })
    }

    fn failed(&self) -> Failed {
        Failed::in_job(&self.job)
    }
}

/// How far it has come.
pub async fn job(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path(job): Path<i64>,
) -> Result<Html<String>, Fault> {
    let told = Told::of(&desk, job, &visitor).await?;
    filled(&JobPage { frame: Frame::new(Room::Make, &visitor), told })
}

/// What changes of it: with `?news` not before something has, or a second is over.
pub async fn progress(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path(job): Path<i64>,
    RawQuery(wanted): RawQuery,
) -> Result<Html<String>, Fault> {
    let news = desk.news.listen();
    let mut told = Told::of(&desk, job, &visitor).await?;
    if wanted.as_deref() == Some(NEWS) && told.job.is_open() {
        news.heard().await;
        told = Told::of(&desk, job, &visitor).await?;
    }
    filled(&told)
}

#[derive(Template)]
#[template(path = "make/output.html")]
struct Page {
    frame: Frame,
    head: Head,
    row: Row,
    files: Vec<String>,
    /// Pages to look at: whose, path.
    looks: Vec<(String, String)>,
    today: String,
    person: String,
    has_pdf: bool,
}

impl Page {
    fn when(&self, at: &i64) -> String {
        moment::shown(*at)
    }

    fn address(&self, path: &str) -> String {
        address(path)
    }

    /// Files that people open, apart from those that a site consists of.
    fn documents(&self) -> Vec<&String> {
        self.files.iter().filter(|path| !is_of_site(path)).collect()
    }

    fn of_site(&self) -> Vec<&String> {
        self.files.iter().filter(|path| is_of_site(path)).collect()
    }
}

fn is_of_site(path: &str) -> bool {
    path.split('/').any(|part| part == "site")
}

/// One output.
pub async fn show(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path((folder, number)): Path<(i64, u32)>,
) -> Result<Html<String>, Fault> {
    let opened = Opened::of(&desk, FolderId(folder)).await?;
    let issue = issue(&desk, folder, number).await?;
    let row = Row::of(issue.line);
    let page = |folder: &str| [folder, PAGE].concat();
    let documents = row.summary.documents.iter();
    let looks = documents.map(|document| (document.name.clone(), page(&document.folder)));
    let looks = looks.filter(|(_, path)| issue.files.contains_key(path)).collect();
    let head = Head { id: folder, face: opened.folder.face, tab: Tab::Outputs };
    let (frame, files) = (Frame::new(Room::Make, &visitor), issue.files.into_keys().collect());
    let (today, person) = (moment::today(), desk.person().await?);
    filled(&Page { frame, head, row, files, looks, today, person, has_pdf: cfg!(feature = "pdf") })
}

/// Who approves.
#[derive(Deserialize)]
pub struct Approved {
    name: String,
    day: String,
}

/// Notes who approved an output that may be published.
pub async fn approve(
    State(desk): State<Arc<Desk>>,
    Path((folder, number)): Path<(i64, u32)>,
    Posted(approved): Posted<Approved>,
) -> Result<Redirect, Fault> {
    let line = issue(&desk, folder, number).await?.line;
    let (name, day) = (approved.name.trim(), Day::parse_iso(approved.day.trim()));
    let Some(day) = day.filter(|_| !name.is_empty() && line.state == WHOLE && line.approval.is_none()) else {
        return Err(Fault::Refused(Refusal::Form));
    };
    let mut stamp = desk.stamp().await?;
    if stamp.person.is_empty() {
        name.clone_into(&mut stamp.person);
        desk.store.set(&stamp, PERSON, &name.into()).await?;
    }
    desk.store.approve(&stamp, line.id, name, &day.to_string()).await?;
    Ok(Redirect::to(&format!("/make/{folder}/outputs/{number}")))
}
