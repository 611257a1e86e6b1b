//! What can go wrong, in kinds that a page can tell apart.

use std::io;
use std::path::{Path, PathBuf};

use crate::chain::BrokenLink;
use crate::digest::Digest;

/// A result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Why something was not read or not written. Of a write that fails nothing is kept.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no room on the disk.
    #[error("the disk is full")]
    DiskFull,
    /// Others held the database for longer than one waits. To try again is safe.
    #[error("the database is busy")]
    Busy,
    /// Another process has the folder open.
    #[error("{folder} is open in process {process}", folder = .folder.display())]
    Taken {
        /// The folder.
        folder: PathBuf,
        /// Number of that process; `?` where it cannot be read.
        process: String,
    },
    /// What stands on the disk is not what was written.
    #[error("damaged: {0}")]
    Damaged(String),
    /// The chain of events is broken.
    #[error("damaged: {0}")]
    Chain(BrokenLink),
    /// A later version of the program has written the folder.
    #[error("the folder has form {found}, this program knows forms up to {known}")]
    Newer {
        /// The form that this program writes.
        known: i64,
        /// The form that was found.
        found: i64,
    },
    /// There is no such thing, e.g. `document/12`.
    #[error("there is no {0}")]
    NotFound(String),
    /// Somebody else wrote since the writer looked.
    #[error("{} was written meanwhile by {}", .0.subject, .0.person)]
    Conflict(Box<Standing>),
    /// What stands does not allow that step, e.g. to end a job that waits.
    #[error("{subject} is {state}")]
    State {
        /// What was to be changed, e.g. `job/3`.
        subject: String,
        /// How it stands.
        state: String,
    },
    /// Something lies where a folder is to be made.
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    /// A value that cannot be kept: a path that leads out of its folder, a digest that is none.
    #[error("not allowed: {0}")]
    Refused(String),
    /// A disk or a system that does not do what it should.
    #[error("{what}: {source}")]
    Machine {
        /// What was being done, with its path.
        what: String,
        /// What the system said.
        source: io::Error,
    },
    /// The database, in a way that no other kind names.
    #[error("database: {0}")]
    Database(sqlx::Error),
}

/// What stands where somebody else wrote first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What was to be written, e.g. `folder/3/budget.csv`.
    pub subject: String,
    /// Its version now.
    pub version: i64,
    /// Its content now; `None` if it was removed.
    pub digest: Option<Digest>,
    /// Who wrote it.
    pub person: String,
    /// When, in ms since 1970 (UTC).
    pub at: i64,
}

/// Primary codes of SQLite. Source: <https://www.sqlite.org/rescode.html>.
const BUSY: i32 = 5;
const LOCKED: i32 = 6;
const CORRUPT: i32 = 11;
const FULL: i32 = 13;
const NOT_A_DATABASE: i32 = 26;
/// Extended: no room for the index of the log (`-shm`).
const NO_ROOM_FOR_INDEX: i32 = 4874;
/// The last byte of an extended code is its primary code.
const PRIMARY: i32 = 0xff;

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Error {
        match &error {
            sqlx::Error::PoolTimedOut => return Error::Busy,
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => return Error::Damaged(error.to_string()),
            _ => {}
        }
        let code = error.as_database_error().and_then(|of| of.code()?.parse::<i32>().ok());
        if code == Some(NO_ROOM_FOR_INDEX) {
            return Error::DiskFull;
        }
        match code.map(|code| code & PRIMARY) {
            Some(FULL) => Error::DiskFull,
            Some(BUSY | LOCKED) => Error::Busy,
            Some(CORRUPT | NOT_A_DATABASE) => Error::Damaged(error.to_string()),
            _ => match error {
                sqlx::Error::Io(source) => machine("desk.sqlite", Path::new(""))(source),
                other => Error::Database(other),
            },
        }
    }
}

/// What was being done when the disk failed.
pub(crate) fn machine(what: &str, path: &Path) -> impl FnOnce(io::Error) -> Error {
    let what = format!("{what} {}", path.display());
    move |source| match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::DiskFull,
        _ => Error::Machine { what, source },
    }
}
