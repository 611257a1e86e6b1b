//! Whether a folder is what was written.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use sqlx::{Row, SqliteConnection};

use crate::chain::{self, BrokenLink, Chain};
use crate::contents::Contents;
use crate::database::{self, form, reading};
use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::store::{FILES, Store};
use crate::threads::apart;

/// Where the database names contents, each with the number of migrations since which it does.
const NAMED: [(i64, &str); 4] = [
    (1, "SELECT content FROM version"),
    (1, "SELECT result FROM version WHERE result IS NOT NULL"),
    (2, "SELECT content FROM entry WHERE content IS NOT NULL"),
    (2, "SELECT content FROM issue_file"),
];

/// What was found in a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// The chain of events, if it holds.
    pub chain: Option<Chain>,
    /// Number of contents that were held against their digest.
    pub contents: u64,
    /// All that is wrong; nothing in a folder that is what was written.
    pub faults: Vec<Fault>,
}

/// Something that is not what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The database, in the words of SQLite.
    Database(String),
    /// An event.
    Chain(BrokenLink),
    /// A content that is gone.
    Missing(Digest),
    /// A content that has another digest.
    Changed(Digest),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Database(said) => write!(f, "database: {said}"),
            Fault::Chain(link) => link.fmt(f),
            Fault::Missing(digest) => write!(f, "content/{digest} is missing"),
            Fault::Changed(digest) => write!(f, "content/{digest} was changed"),
        }
    }
}

impl Store {
    /// As [`audit`] of its folder.
    ///
    /// # Errors
    /// As [`audit`].
    pub async fn audit(&self) -> Result<Audit> {
        audit(self.root()).await
    }
}

/// Holds all that stands in a folder against itself: the database, the chain of events, and every content that the database names
/// against its digest. It only reads, also while a store is open there.
///
/// # Errors
/// [`Error::NotFound`] of a folder without a database, [`Error::Newer`], and a disk that fails. Faults are no error.
pub async fn audit(folder: &Path) -> Result<Audit> {
    let path = folder.join(database::NAME);
    if !path.is_file() {
        return Err(Error::NotFound(path.display().to_string()));
    }
    let mut audit = Audit::default();
    let mut named = BTreeSet::new();
    let readers = reading(&path).await;
    if let Some(readers) = audit.take(readers)? {
        let looked = look(&mut *readers.acquire().await?, &mut audit, &mut named).await;
        readers.close().await;
        audit.take(looked)?;
    }
    let contents = Contents::at(folder.join(FILES));
    audit.contents = u64::try_from(named.len()).unwrap_or(u64::MAX);
    audit.faults.extend(apart(move || faults(&contents, named)).await?);
    Ok(audit)
}

impl Audit {
    /// Notes what is a fault of the folder; what is not ends the audit.
    fn take<T>(&mut self, result: Result<T>) -> Result<Option<T>> {
        match result {
            Ok(value) => return Ok(Some(value)),
            Err(Error::Damaged(said)) => self.faults.push(Fault::Database(said)),
            Err(Error::Chain(link)) => self.faults.push(Fault::Chain(link)),
            Err(error) => return Err(error),
        }
        Ok(None)
    }
}

async fn look(connection: &mut SqliteConnection, audit: &mut Audit, named: &mut BTreeSet<Digest>) -> Result<()> {
    let form = form(connection).await?;
    for row in sqlx::query("PRAGMA integrity_check").fetch_all(&mut *connection).await? {
        let said: String = row.try_get(0)?;
        if said != "ok" {
            audit.faults.push(Fault::Database(said));
        }
    }
    for row in sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut *connection).await? {
        let (table, of): (String, String) = (row.try_get("table")?, row.try_get("parent")?);
        audit.faults.push(Fault::Database(format!("a row of {table} names none of {of}")));
    }
    let chain = chain::verify(connection).await;
    audit.chain = audit.take(chain)?;
    for (_, names) in NAMED.into_iter().filter(|(since, _)| *since <= form) {
        let digests: Vec<String> = sqlx::query_scalar(names).fetch_all(&mut *connection).await?;
        for digest in digests {
            let digest = digest.parse().map_err(|_| Error::Damaged(format!("{digest:?} is no digest")));
            named.extend(audit.take(digest)?);
        }
    }
    Ok(())
}

fn faults(contents: &Contents, named: BTreeSet<Digest>) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for digest in named {
        match contents.verify(&digest) {
            Ok(()) => {}
            Err(Error::NotFound(_)) => faults.push(Fault::Missing(digest)),
            Err(Error::Damaged(_)) => faults.push(Fault::Changed(digest)),
            Err(error) => return Err(error),
        }
    }
    Ok(faults)
}
