//! Jobs, one after the other: each takes all cores, and what waits waits in the store, so that a program that was ended goes on.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use juesuan_office::Cancel;
use juesuan_store::{Job, JobEnd};
use serde_json::Value;

use crate::desk::Desk;
use crate::failed::Failed;
use crate::fault::Fault;
use crate::progress::Watched;
use crate::{checking, making};

/// How often progress is written down.
const BEAT: Duration = Duration::from_millis(120);
/// How long nobody looks for a job when nothing rings.
const REST: Duration = Duration::from_secs(5);

/// Works until the program ends.
pub async fn work(desk: Arc<Desk>) {
    loop {
        match desk.store.claim().await {
            Ok(Some(job)) => run(&desk, job).await,
            // A store that gives nothing now may give something later.
            Ok(None) | Err(_) => {
                let _ = tokio::time::timeout(REST, desk.bell.notified()).await;
            }
        }
    }
}

async fn run(desk: &Arc<Desk>, job: Job) {
    let (watched, cancel) = (Watched::of(&job), Cancel::default());
    desk.begins(job.line.id, cancel.clone());
    let mut work = tokio::spawn(one(Arc::clone(desk), job.clone(), watched.clone(), cancel.clone()));
    let ended = loop {
        tokio::select! {
            ended = &mut work => break ended,
            () = tokio::time::sleep(BEAT) => {
                // What could not be written down now is written down with the next beat, or does not matter any more.
                if watched.write_down(&desk.store, job.line.id).await.unwrap_or_default() {
                    desk.news.ring();
                }
            }
        }
    };
    let _ = watched.write_down(&desk.store, job.line.id).await;
    let (end, outcome) = match ended {
        Ok(Ok(outcome)) => (JobEnd::Done, outcome),
        Ok(Err(Fault::Office(juesuan_office::Error::Cancelled))) => (JobEnd::Cancelled, Value::Null),
        Ok(Err(fault)) => (JobEnd::Failed, Failed::of(&fault).kept()),
        Err(_) => (JobEnd::Failed, Failed::of(&Fault::Broken).kept()),
    };
    desk.ends(job.line.id);
    // A job whose end could not be kept is found interrupted when the program starts again.
    let _ = desk.store.finish(job.line.id, end, &outcome).await;
    desk.news.ring();
}

async fn one(desk: Arc<Desk>, job: Job, watched: Watched, cancel: Cancel) -> Result<Value, Fault> {
    match job.line.kind.as_str() {
        checking::KIND => checking::run(desk, &job, watched, cancel).await,
        making::KIND => making::run(desk, &job, watched, cancel).await,
        _ => Err(Fault::Missing),
    }
}

/// Runs what takes long where it holds up nobody; a panic in it is the end of this job only.
pub async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
    let caught = move || std::panic::catch_unwind(AssertUnwindSafe(work));
    tokio::task::spawn_blocking(caught).await?.map_err(|_| Fault::Broken)
}
