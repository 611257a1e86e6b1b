//! How far a job has come, as others see it: told by the job as often as it likes, written down a few times a second.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use juesuan_office::{Phase, Progress, State, Watch};
use juesuan_store::{Job, JobId, Store};
use serde_json::json;
use tokio::sync::Notify;
use tokio::sync::futures::Notified;

/// How long who waits for news waits at the most: a browser asks few things at once.
const PATIENCE: Duration = Duration::from_secs(1);

/// Rings whenever something new of a job is written down.
#[derive(Default)]
pub struct News(Notify);

impl News {
    /// There is something new.
    pub fn ring(&self) {
        self.0.notify_waiters();
    }

    /// Listens from now on: who listens before he looks misses nothing.
    pub fn listen(&self) -> Listening<'_> {
        Listening(self.0.notified())
    }
}

/// Somebody who listens.
pub struct Listening<'n>(Notified<'n>);

impl Listening<'_> {
    /// Waits until something rings, or a second is over.
    pub async fn heard(self) {
        // Either way it is looked at once more.
        let _ = tokio::time::timeout(PATIENCE, self.0).await;
    }
}

/// A job that is watched.
#[derive(Clone)]
pub struct Watched {
    /// The numbers of its items by their names.
    items: Arc<BTreeMap<String, u32>>,
    told: Arc<Mutex<Told>>,
}

#[derive(Default)]
struct Told {
    latest: Option<Progress>,
    /// Documents of which nothing is written down yet.
    documents: Vec<(String, State, usize)>,
    /// The picture that is read.
    picture: Option<(String, Option<u32>)>,
}

impl Watch for Watched {
    fn progress(&self, progress: Progress) {
        self.told().latest = Some(progress);
    }

    fn picture(&self, file: &str, page: Option<u32>) {
        self.told().picture = Some((file.to_owned(), page));
    }

    fn document(&self, file: &str, state: State, errors: usize) {
        self.told().documents.push((file.to_owned(), state, errors));
    }
}

impl Watched {
    /// For a job with its items.
    pub fn of(job: &Job) -> Watched {
        let items = job.items.iter().map(|item| (item.name.clone(), item.number)).collect();
        Watched { items: Arc::new(items), told: Arc::default() }
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes down what is new; false where nothing is.
    ///
    /// # Errors
    /// A store that takes nothing.
    pub async fn write_down(&self, store: &Store, job: JobId) -> Result<bool, juesuan_store::Error> {
        let (latest, documents, picture) = {
            let mut told = self.told();
            (told.latest.take(), std::mem::take(&mut told.documents), told.picture.take())
        };
        let is_new = latest.is_some() || !documents.is_empty() || picture.is_some();
        if let Some(Progress { phase, done, of }) = latest {
            store.progress(job, key(phase), done as u64, of.map(|of| of as u64)).await?;
        }
        // Before what was checked: nobody reads pictures of that any more.
        if let Some((number, page)) = picture.and_then(|(file, page)| Some((self.items.get(&file)?, page))) {
            store.item(job, *number, SEEING, &json!({ "page": page })).await?;
        }
        for (file, state, errors) in documents {
            // What lies in an archive inside an archive is no item.
            if let Some(number) = self.items.get(&file) {
                store.item(job, *number, state_key(state), &json!({ "errors": errors })).await?;
            }
        }
        Ok(is_new)
    }
}

/// How an item stands of which pictures are read.
pub const SEEING: &str = "seeing";

/// A phase as it is written down.
fn key(phase: Phase) -> &'static str {
    match phase {
        Phase::ReadingPrior => "prior",
        Phase::Reading => "reading",
        Phase::Checking => "checking",
        Phase::Writing => "writing",
    }
}

/// A state as it is written down.
pub fn state_key(state: State) -> &'static str {
    match state {
        State::Clean => "clean",
        State::Errors => "errors",
        State::Unread => "unread",
        State::Misuse => "misuse",
        State::Machine => "machine",
    }
}
