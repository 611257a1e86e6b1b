//! The page of the desk: who sits at it, where its state lies, whether that is whole, and what is or was at work.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::{Html, Redirect};
use juesuan_store::{BrokenLink, Chain, Error, JobLine, JobState, LinkFault, Store};
use serde::Deserialize;
use serde_json::Value;

use crate::desk::{Desk, PERSON};
use crate::fault::Fault;
use crate::guard::Visitor;
use crate::moment;
use crate::page::{Frame, Room, filled};
use crate::posted::Posted;

/// Jobs that are listed.
const JOBS: u32 = 30;

#[derive(Template)]
#[template(path = "kept/desk.html")]
struct Page {
    frame: Frame,
    person: String,
    folder: String,
    chain: Result<Chain, BrokenLink>,
    jobs: Vec<JobLine>,
    /// Browsers that are let in.
    open: usize,
}

impl Page {
    fn when(&self, at: &i64) -> String {
        moment::shown(*at)
    }

    fn parts(&self, job: &JobLine) -> usize {
        job.payload.get("trees").and_then(Value::as_array).map_or(0, Vec::len)
    }
}

/// The page.
pub async fn show(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Html<String>, Fault> {
    let folder = desk.folder.display().to_string();
    let (person, chain) = (desk.person().await?, chain(&desk.store).await?);
    let jobs = desk.store.jobs(JOBS).await?;
    let open = desk.store.sessions(moment::now()).await?.len();
    filled(&Page { frame: Frame::new(Room::Desk, &visitor), person, folder, chain, jobs, open })
}

/// Whether the chain of events holds.
pub async fn chain(store: &Store) -> Result<Result<Chain, BrokenLink>, Fault> {
    match store.verify_chain().await {
        Ok(chain) => Ok(Ok(chain)),
        Err(Error::Chain(broken)) => Ok(Err(broken)),
        Err(error) => Err(error.into()),
    }
}

/// A name as it is sent.
#[derive(Deserialize)]
pub struct Said {
    #[serde(default)]
    person: String,
}

/// Takes the name of the person at the desk; it stands with everything that is done from now on.
pub async fn name(State(desk): State<Arc<Desk>>, Posted(said): Posted<Said>) -> Result<Redirect, Fault> {
    let person = said.person.trim().to_owned();
    let mut stamp = desk.stamp().await?;
    if stamp.person != person {
        if stamp.person.is_empty() {
            stamp.person.clone_from(&person);
        }
        desk.store.set(&stamp, PERSON, &Value::String(person)).await?;
    }
    Ok(Redirect::to("/desk"))
}
