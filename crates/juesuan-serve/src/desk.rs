//! What all requests share.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use juesuan_catalog::Catalog;
use juesuan_office::Cancel;
use juesuan_read::Means;
use juesuan_store::{JobId, Stamp, Store};
use tokio::sync::Notify;

use crate::folders::Standings;
use crate::moment;
use crate::pictures::Pictures;
use crate::previews::Previews;
use crate::progress::News;
use crate::refused::Refused;
use crate::rendered::Rendered;
use crate::typing::Typing;

/// The setting in which the name of the person at this desk is kept.
pub const PERSON: &str = "person";

/// Most bytes of reports that are kept in memory: some twenty large ones, or very many small ones.
const REPORT_BYTES_MAX: usize = 48 << 20;
/// Most bytes of lists.
const LIST_BYTES_MAX: usize = 4 << 20;

/// The desk: its state, what it checks with, and who is at work.
pub struct Desk {
    /// Versions, answers, jobs, events.
    pub store: Store,
    /// The law.
    pub catalog: Arc<Catalog>,
    /// What documents are read with: PDF in a process with limits.
    pub means: Means,
    /// The folder in which everything is kept.
    pub folder: PathBuf,
    /// Where uploads lie until they are whole.
    pub incoming: PathBuf,
    /// Pages that were drawn.
    pub pictures: Pictures,
    /// Reports that were written.
    pub reports: Rendered,
    /// Lists of documents, and pages of jobs, that were written.
    pub lists: Rendered,
    /// How far folders are.
    pub standings: Standings,
    /// Documents as they would be printed now.
    pub previews: Previews,
    /// Requests that were refused.
    pub refused: Refused,
    /// Tables that are being typed.
    pub typing: Typing,
    /// The port at which this computer is asked.
    pub port: u16,
    /// Rings when there is a job.
    pub bell: Notify,
    /// Tells who waits for a job that there is something new of one.
    pub news: News,
    /// Rings when the program is to end.
    pub end: Notify,
    door: Mutex<String>,
    running: Mutex<BTreeMap<JobId, Cancel>>,
}

/// What a desk is set up with.
pub struct Setting {
    /// See [`Desk::store`].
    pub store: Store,
    /// See [`Desk::catalog`].
    pub catalog: Arc<Catalog>,
    /// See [`Desk::means`].
    pub means: Means,
    /// The folder of the desk.
    pub folder: PathBuf,
    /// See [`Desk::port`].
    pub port: u16,
    /// The secret with which the first browser gets in.
    pub door: String,
}

impl Desk {
    /// Sets a desk up. Uploads that were not whole when the program ended are removed.
    ///
    /// # Errors
    /// A folder that cannot be made.
    pub fn new(setting: Setting) -> std::io::Result<Desk> {
        let incoming = setting.folder.join("incoming");
        if incoming.exists() {
            std::fs::remove_dir_all(&incoming)?;
        }
        std::fs::create_dir_all(&incoming)?;
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Ok(Desk {
            store: setting.store,
            catalog: setting.catalog,
            means: setting.means,
            incoming,
            folder: setting.folder.clone(),
            pictures: Pictures::new(setting.folder.join("pictures"), cores),
            reports: Rendered::new(REPORT_BYTES_MAX).map_err(std::io::Error::other)?,
            lists: Rendered::new(LIST_BYTES_MAX).map_err(std::io::Error::other)?,
            standings: Standings::new(setting.folder.join("standings")),
            previews: Previews::default(),
            refused: Refused::default(),
            typing: Typing::new(),
            port: setting.port,
            bell: Notify::new(),
            news: News::default(),
            end: Notify::new(),
            door: Mutex::new(setting.door),
            running: Mutex::default(),
        })
    }

    /// Who writes now: the person at this desk, at this moment.
    pub async fn stamp(&self) -> Result<Stamp, juesuan_store::Error> {
        Ok(Stamp::new(moment::now(), self.person().await?))
    }

    /// The name of the person at this desk; empty until somebody has said it.
    pub async fn person(&self) -> Result<String, juesuan_store::Error> {
        let kept = self.store.setting(PERSON).await?;
        Ok(kept.and_then(|kept| kept.as_str().map(str::to_owned)).unwrap_or_default())
    }

    /// Takes the one-time secret, if this is it: from then on `next` is.
    pub fn enter(&self, secret: &str, next: String) -> bool {
        let mut door = lock(&self.door);
        let fits = crate::token::same(&door, secret);
        if fits {
            *door = next;
        }
        fits
    }

    /// The addresses under which this computer asks itself.
    pub fn hosts(&self) -> [String; 2] {
        [format!("127.0.0.1:{}", self.port), format!("localhost:{}", self.port)]
    }

    /// A job is at work; `cancel` calls it off.
    pub fn begins(&self, job: JobId, cancel: Cancel) {
        lock(&self.running).insert(job, cancel);
    }

    /// It is over.
    pub fn ends(&self, job: JobId) {
        lock(&self.running).remove(&job);
    }

    /// Calls a job off that is at work.
    pub fn call_off(&self, job: JobId) {
        if let Some(cancel) = lock(&self.running).get(&job) {
            cancel.cancel();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
