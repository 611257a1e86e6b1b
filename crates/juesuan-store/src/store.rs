//! A folder that is open.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::contents::Contents;
use crate::database::{self, Database};
use crate::error::{Result, machine};
use crate::lock::Lock;
use crate::place::make_folder;

/// Folder of contents in the folder of a store.
pub(crate) const FILES: &str = "files";

/// A data folder that this process holds: `desk.sqlite`, `desk.lock` and `files/`. A clone is the same store.
///
/// Methods are grouped by what they are about, each in the module of its values.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    database: Database,
    contents: Contents,
    folder: PathBuf,
    _lock: Lock,
}

impl Store {
    /// Opens `folder`; what is not there is made. Jobs that ran when the process ended are interrupted now, those that waited wait.
    ///
    /// # Errors
    /// [`Error::Taken`](crate::Error::Taken) while another process has it open; [`Error::Damaged`](crate::Error::Damaged),
    /// [`Error::Newer`](crate::Error::Newer), and a disk that is full or fails.
    pub async fn open(folder: &Path) -> Result<Store> {
        make_folder(folder).map_err(machine("cannot make", folder))?;
        let lock = Lock::of(folder)?;
        let contents = Contents::made(folder.join(FILES))?;
        let database = Database::open(&folder.join(database::NAME)).await?;
        let store = Store { inner: Arc::new(Inner { database, contents, folder: folder.to_owned(), _lock: lock }) };
        store.interrupt_jobs().await?;
        Ok(store)
    }

    /// Files by their digest.
    pub fn contents(&self) -> &Contents {
        &self.inner.contents
    }

    /// Where it lies.
    pub fn root(&self) -> &Path {
        &self.inner.folder
    }

    /// A number that is another one after every write: what was read while it stayed the same is still so.
    pub fn generation(&self) -> u64 {
        self.database().writes()
    }

    pub(crate) fn database(&self) -> &Database {
        &self.inner.database
    }

    /// Ends all connections when what runs on them has ended. Later calls fail; the folder is free when the last clone is gone.
    pub async fn close(self) {
        self.inner.database.close().await;
    }
}
