//! What is at work, as the store knows it: a reload and a second window show the same.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Redirect, Response};
use juesuan_store::{Digest, Item, JobId, JobLine, JobState};

use crate::checking::{How, Kept, Outcome};
use crate::desk::Desk;
use crate::failed::{Failed, Kind as FailureKind};
use crate::fault::Fault;
use crate::guard::Visitor;
use crate::making;
use crate::page::{Frame, Room, filled};
use crate::posted::{Nothing, Posted};
use crate::progress::SEEING;

/// How a script asks that waits for news.
pub const NEWS: &str = "news";

#[derive(Template)]
#[template(path = "job.html")]
struct Page {
    frame: Frame,
    told: Told,
}

/// What changes while the job is at work.
#[derive(Template)]
#[template(path = "progress.html")]
struct Told {
    job: JobLine,
    items: Vec<Item>,
    outcome: Outcome,
    csrf: String,
}

impl Told {
    async fn of(desk: &Desk, job: i64, csrf: &str) -> Result<Told, Fault> {
        let juesuan_store::Job { line, items } = desk.store.job(JobId(job)).await?;
        let outcome = line.outcome.clone().and_then(|outcome| serde_json::from_value(outcome).ok()).unwrap_or_default();
        Ok(Told { job: line, items, outcome, csrf: csrf.to_owned() })
    }

    fn failed(&self) -> Failed {
        Failed::in_job(&self.job)
    }

    /// A document of the outcome, by its number from 0.
    fn document(&self, number: &usize) -> Option<&Kept> {
        self.outcome.documents.get(*number)
    }

    /// Whether pictures of an item are read.
    fn is_seen(&self, item: &Item) -> bool {
        item.state == SEEING && self.job.is_open()
    }

    /// The page of an item on which a picture is read.
    fn page(&self, item: &Item) -> Option<u64> {
        item.note.as_ref()?.get("page")?.as_u64()
    }

    /// Errors of an item.
    fn errors(&self, item: &Item) -> i64 {
        item.note.as_ref().and_then(|note| note.get("errors")?.as_i64()).unwrap_or_default()
    }
}

/// The page of a job. What it is written from is told by the number of the last write.
pub async fn show(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path(job): Path<i64>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let key = Digest::of(format!("job\n{job}\n{}", desk.store.generation()).as_bytes());
    if let Some(sheet) = desk.lists.find(&key) {
        return Ok(sheet.answer(&headers, &visitor.csrf));
    }
    let frame = Frame { room: Room::Check, csrf: desk.lists.mark().to_owned() };
    let told = Told::of(&desk, job, &frame.csrf).await?;
    if told.job.kind == making::KIND {
        return Ok(Redirect::to(&format!("/make/jobs/{job}")).into_response());
    }
    let page = Page { frame, told }.render()?;
    Ok(desk.lists.page(key, async { Ok(page) }).await?.answer(&headers, &visitor.csrf))
}

/// What changes of it: with `?news` not before something has, or a second is over.
pub async fn progress(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path(job): Path<i64>,
    RawQuery(wanted): RawQuery,
) -> Result<Html<String>, Fault> {
    let news = desk.news.listen();
    let mut told = Told::of(&desk, job, &visitor.csrf).await?;
    if wanted.as_deref() == Some(NEWS) && told.job.is_open() {
        news.heard().await;
        told = Told::of(&desk, job, &visitor.csrf).await?;
    }
    filled(&told)
}

/// Calls it off.
pub async fn cancel(
    State(desk): State<Arc<Desk>>,
    Path(job): Path<i64>,
    _: Posted<Nothing>,
) -> Result<Redirect, Fault> {
    desk.store.cancel(&desk.stamp().await?, JobId(job)).await?;
    desk.call_off(JobId(job));
    desk.news.ring();
    Ok(Redirect::to(&format!("/jobs/{job}")))
}

/// Begins it again.
pub async fn again(State(desk): State<Arc<Desk>>, Path(job): Path<i64>, _: Posted<Nothing>) -> Result<Redirect, Fault> {
    match desk.store.requeue(&desk.stamp().await?, JobId(job)).await {
        // Another window was quicker: the page of the job tells how it stands.
        Ok(()) | Err(juesuan_store::Error::State { .. }) => {
            desk.bell.notify_one();
            desk.news.ring();
        }
        Err(fault) => return Err(fault.into()),
    }
    Ok(Redirect::to(&format!("/jobs/{job}")))
}
