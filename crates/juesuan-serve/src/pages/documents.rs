//! The list of documents, and what is at work.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{Redirect, Response};
use juesuan_store::documents::{Column, Direction};
use juesuan_store::{Digest, DocumentId, Filter, JobLine, JobState, Listed, Sort};
use serde::Deserialize;

use crate::checking;
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::Visitor;
use crate::moment;
use crate::page::{Frame, Room};
use crate::posted::{Nothing, Posted};

/// Documents on a page.
const PAGE: u32 = 100;
/// Jobs that are looked through for those at work.
const JOBS: u32 = 20;

/// What the list shows.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    words: String,
    state: String,
    year: String,
    sort: String,
    page: u32,
}

#[derive(Template)]
#[template(path = "documents.html")]
struct Page {
    frame: Frame,
    wanted: Wanted,
    rows: Vec<Listed>,
    total: u64,
    at_work: Vec<JobLine>,
}

impl Page {
    fn pages(&self) -> u32 {
        u32::try_from(self.total.div_ceil(u64::from(PAGE))).unwrap_or(u32::MAX)
    }

    /// The address of another page of the same list.
    fn address(&self, page: &u32) -> String {
        let Wanted { words, state, year, sort, .. } = &self.wanted;
        let query = [("words", words), ("state", state), ("year", year), ("sort", sort)];
        let query = serde_urlencoded::to_string(query).unwrap_or_default();
        format!("/?{query}&page={page}")
    }

    fn when(&self, at: &i64) -> String {
        moment::shown(*at)
    }

    fn is_filtered(&self) -> bool {
        let Wanted { words, state, year, .. } = &self.wanted;
        [words, state, year].into_iter().any(|said| !said.trim().is_empty())
    }
}

/// The page. What it is written from is told by the number of the last write.
pub async fn list(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let key = Digest::of(format!("{}\n{wanted:?}", desk.store.generation()).as_bytes());
    let sheet = desk.lists.page(key, written(&desk, wanted)).await?;
    Ok(sheet.answer(&headers, &visitor.csrf))
}

/// The page, with a mark in place of the secret of whoever asks.
async fn written(desk: &Desk, wanted: Wanted) -> Result<String, Fault> {
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let filter = Filter {
        words: wanted.words.trim().to_owned(),
        state: some(&wanted.state),
        year: wanted.year.trim().parse().ok(),
        ..Filter::default()
    };
    let (by, direction) = match wanted.sort.as_str() {
        "errors" => (Column::Errors, Direction::Down),
        "body" => (Column::Body, Direction::Up),
        "coverage" => (Column::Coverage, Direction::Up),
        _ => (Column::Time, Direction::Down),
    };
    let sort = Sort { by, direction };
    let offset = wanted.page.saturating_mul(PAGE);
    let (rows, total) = desk.store.documents(&filter, sort, offset, PAGE).await?;
    let at_work = desk.store.jobs(JOBS).await?.into_iter();
    let at_work = at_work
        .filter(|job| job.kind == checking::KIND && !matches!(job.state, JobState::Done | JobState::Cancelled))
        .collect();
    let frame = Frame { room: Room::Check, csrf: desk.lists.mark().to_owned() };
    Ok(Page { frame, wanted, rows, total, at_work }.render()?)
}

/// Takes a document off the list; nothing is deleted.
pub async fn remove(
    State(desk): State<Arc<Desk>>,
    Path(document): Path<i64>,
    _: Posted<Nothing>,
) -> Result<Redirect, Fault> {
    desk.store.remove_document(&desk.stamp().await?, DocumentId(document)).await?;
    Ok(Redirect::to("/"))
}

/// Puts it back.
pub async fn restore(
    State(desk): State<Arc<Desk>>,
    Path(document): Path<i64>,
    _: Posted<Nothing>,
) -> Result<Redirect, Fault> {
    desk.store.restore_document(&desk.stamp().await?, DocumentId(document)).await?;
    Ok(Redirect::to(&format!("/documents/{document}")))
}
