//! Works on documents of an archive, one after the other, until there are none.
//!
//! A process of its own does this: what a document does to it ends this process and nothing else. While it works a second
//! thread holds on to what it has taken, and ends the process when a document has run out of time.

use std::path::Path;
use std::process;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use juesuan_catalog::Catalog;
use juesuan_model::Severity;
use juesuan_office::check::{Alone, Single};
use juesuan_office::digest::sha256;
use juesuan_read::file::{self, Content};
use juesuan_read::{Means, Memory, package};
use juesuan_write::report::Checked;

use crate::archive::Archive;
use crate::error::Result;
use crate::list::{List, Outcome, Task};
use crate::rows::{Partition, Rows, Subject, UNKNOWN};
use crate::sheaf;

/// How long a document is held that nobody holds on to any more.
const LEASE: Duration = Duration::from_secs(20);
/// How often a worker holds on to his.
const HOLD: Duration = Duration::from_secs(4);
/// How often is looked whether a document has run out of time, and for work where there is none.
const TICK: Duration = Duration::from_millis(200);
/// Why a document is tried no more that ran out of time.
const TIME: &str = "time";
/// Exit code of a process that ended because of that.
pub(crate) const OUT_OF_TIME: i32 = 75;

/// Who works.
pub struct Worker<'a> {
    /// Where.
    pub archive: &'a Archive,
    /// By which catalogue.
    pub catalog: &'a Catalog,
    /// With what documents are read.
    pub means: Means,
    /// A name that nobody else has.
    pub name: String,
    /// Most time for a document.
    pub limit: Duration,
}

/// A document that is worked on, and since when.
type Desk = Arc<Mutex<Option<(Task, Instant)>>>;

impl Worker<'_> {
    /// Works until there is no work and nobody else has any, or `is_wanted` says no more.
    ///
    /// # Errors
    /// A work list or a disk that fails. A document that fails is no error.
    pub fn run(&self, is_wanted: impl Fn() -> bool) -> Result<()> {
        let (mut list, key) = (self.archive.list()?, self.archive.key());
        let alone = Alone::new(self.catalog, self.means.clone());
        let desk = Desk::default();
        self.guard(Arc::clone(&desk))?;
        while is_wanted() {
            let Some(task) = list.take(&self.name, &key, LEASE)? else {
                if !list.standing(&key)?.is_open() {
                    break;
                }
                thread::sleep(TICK);
                continue;
            };
            *desk.lock().unwrap_or_else(PoisonError::into_inner) = Some((task.clone(), Instant::now()));
            self.work(&mut list, &alone, &task)?;
            *desk.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
        list.close()
    }

    fn work(&self, list: &mut List, alone: &Alone<'_>, task: &Task) -> Result<()> {
        let bytes = match self.bytes(task) {
            Ok(bytes) => bytes,
            Err(reason) => return list.lose(task, &self.name, &reason),
        };
        let format = format(task, &bytes);
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        match alone.check(&tree(task, bytes))? {
            Single::Skipped(problem) => list.skip(task, &self.name, &problem.message),
            Single::Document(checked) => {
                let subject = Subject {
                    document: &task.digest,
                    catalog_digest: self.archive.catalog_digest(),
                    format,
                    bytes: size,
                    checked: &checked,
                };
                let outcome = self.outcome(subject)?;
                list.finish(task, &self.name, &outcome)?;
                Ok(())
            }
        }
    }

    fn outcome(&self, subject: Subject<'_>) -> Result<Outcome> {
        let rows = Rows::of(subject, self.catalog)?;
        let checked = subject.checked;
        Ok(Outcome {
            partition: Partition::of(checked),
            weight: rows.count("figures"),
            state: crate::rows::state(checked).to_owned(),
            errors: errors(checked),
            packed: sheaf::pack(&rows)?,
        })
    }

    /// The bytes of a document, or why they are not there any more.
    fn bytes(&self, task: &Task) -> std::result::Result<Vec<u8>, String> {
        let kept = self.archive.content(&task.digest);
        let path = if task.place.is_empty() { kept.as_path() } else { Path::new(&task.place) };
        let bytes = file::bytes(path, &task.file).map_err(|problem| problem.message)?;
        // Somebody wrote to it since it was found.
        if sha256(&bytes) == task.digest { Ok(bytes) } else { Err(CHANGED.to_owned()) }
    }

    /// Holds on to what is worked on, and ends the process when that takes too long.
    fn guard(&self, desk: Desk) -> Result<()> {
        let (mut list, name, limit) = (self.archive.list()?, self.name.clone(), self.limit);
        thread::spawn(move || {
            let mut held = Instant::now();
            loop {
                thread::sleep(TICK);
                let current = desk.lock().unwrap_or_else(PoisonError::into_inner).clone();
                let Some((task, since)) = current else { continue };
                if since.elapsed() > limit {
                    // Where that cannot be noted, the document is given back and tried again.
                    let _ = list.poison(&task, &name, TIME);
                    process::exit(OUT_OF_TIME);
                }
                if held.elapsed() > HOLD {
                    let _ = list.hold(&name, LEASE);
                    held = Instant::now();
                }
            }
        });
        Ok(())
    }
}

/// Why a document is not worked on whose file has other bytes than when it was found.
pub(crate) const CHANGED: &str = "changed";

/// A document as a tree, under the name by which it is read: names say something of year and body where the document does not.
/// Whatever name it has, it was found and not named.
fn tree(task: &Task, bytes: Vec<u8>) -> Memory {
    if task.package {
        return Memory::file(package::NAME, bytes);
    }
    let (folder, name) = task.file.rsplit_once('/').unwrap_or((".", &task.file));
    let mut tree = Memory::folder(folder);
    tree.put(name, bytes);
    tree
}

/// What a file is, by its content.
fn format(task: &Task, bytes: &[u8]) -> &'static str {
    if task.package {
        return "package";
    }
    match file::content(&task.file, bytes) {
        Ok(Content::Pdf) => "pdf",
        Ok(Content::Ofd) => "ofd",
        Ok(Content::Docx) => "docx",
        Ok(Content::Xlsx) => "xlsx",
        Ok(Content::Xls) => "xls",
        Ok(Content::Html) => "html",
        Ok(Content::Text) => "text",
        Ok(Content::Foreign(file::PICTURE)) => "picture",
        Ok(Content::Archive | Content::Foreign(_)) | Err(_) => UNKNOWN,
    }
}

fn errors(checked: &Checked) -> usize {
    checked.report.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
}
