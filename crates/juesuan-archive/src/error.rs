//! What can go wrong that is no fault of a document.

use std::io;
use std::path::Path;

/// Why something was not done. What was kept before stands.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A bureau's catalogue changed columns that this program writes.
    #[error("archive.toml: columns of table {0} are not those that this program writes")]
    Schema(String),
    /// Parts of an archive that another version wrote, in another form.
    #[error("the archive has form {found}, this program writes form {known}")]
    Form {
        /// The form that this program writes.
        known: u32,
        /// The form that was found.
        found: u32,
    },
    /// A folder that holds something else.
    #[error("{0} is no archive")]
    Foreign(String),
    /// What stands on the disk is not what was written.
    #[error("damaged: {0}")]
    Damaged(String),
    /// A part that is not there any more, or is not as it was written.
    #[error("part {0} is not as it was written")]
    Part(String),
    /// Others held the work list for longer than one waits.
    #[error("the work list is busy")]
    Busy,
    /// The work list.
    #[error("work list: {0}")]
    List(sqlx::Error),
    /// A part that could not be written or read.
    #[error("{path}")]
    Parquet {
        /// Which one.
        path: String,
        /// What the library says.
        source: parquet::errors::ParquetError,
    },
    /// Workers that end as soon as they are started.
    #[error("workers end as soon as they are started")]
    Workers,
    /// A disk or a system that does not do what it should.
    #[error("cannot {doing} {path}")]
    Machine {
        /// What was being done: `write`, `read`, `make`, `list`, `lock`, `remove`, `start`.
        doing: &'static str,
        /// To which file.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// A use case below that gave no result.
    #[error(transparent)]
    Office(#[from] juesuan_office::Error),
}

/// A result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// The work list, as people are told of it.
const LIST: &str = "work/list.sqlite";

/// Primary codes of SQLite. Source: <https://www.sqlite.org/rescode.html>.
const BUSY: i32 = 5;
const LOCKED: i32 = 6;
const READ_ONLY: i32 = 8;
const CORRUPT: i32 = 11;
const FULL: i32 = 13;
const CANNOT_OPEN: i32 = 14;
const NOT_A_DATABASE: i32 = 26;
/// The last byte of an extended code is its primary code.
const PRIMARY: i32 = 0xff;

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Error {
        let code = error.as_database_error().and_then(|of| of.code()?.parse::<i32>().ok());
        match (&error, code.map(|code| code & PRIMARY)) {
            (sqlx::Error::PoolTimedOut, _) | (_, Some(BUSY | LOCKED)) => Error::Busy,
            (_, Some(CORRUPT | NOT_A_DATABASE)) => Error::Damaged(error.to_string()),
            (_, Some(FULL)) => of_the_list("write", io::ErrorKind::StorageFull),
            (_, Some(READ_ONLY)) => of_the_list("write", io::ErrorKind::PermissionDenied),
            (_, Some(CANNOT_OPEN)) => of_the_list("read", io::ErrorKind::PermissionDenied),
            _ => Error::List(error),
        }
    }
}

/// What the system did not let the work list do.
fn of_the_list(doing: &'static str, why: io::ErrorKind) -> Error {
    Error::Machine { doing, path: LIST.to_owned(), source: why.into() }
}

/// What was being done when the disk failed.
pub(crate) fn machine(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.display().to_string();
    move |source| Error::Machine { doing, path, source }
}
