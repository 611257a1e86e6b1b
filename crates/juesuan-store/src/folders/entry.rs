//! Files in a folder, read.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::ids::FolderId;
use crate::row;
use crate::store::Store;

/// By what a version came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Somebody wrote it.
    Edit,
    /// Somebody undid an edit.
    Undo,
    /// Somebody did again what was undone.
    Redo,
}

/// A version of a file in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<C = Digest> {
    /// Its path in the folder, with forward strokes.
    pub path: String,
    /// Its version, from 1 for each path.
    pub version: i64,
    /// Its content; in a history `None` where it was removed.
    pub content: C,
    /// When it was written, in ms since 1970 (UTC).
    pub at: i64,
    /// Who wrote it.
    pub person: String,
    /// By what it came about.
    pub cause: Cause,
}

impl Cause {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Cause::Edit => "edit",
            Cause::Undo => "undo",
            Cause::Redo => "redo",
        }
    }

    fn of(text: &str) -> Result<Cause> {
        let known = [Cause::Edit, Cause::Undo, Cause::Redo].into_iter().find(|cause| cause.as_str() == text);
        known.ok_or_else(|| Error::Damaged(format!("{text:?} is no cause")))
    }
}

impl Entry<Option<Digest>> {
    fn of(row: &SqliteRow) -> Result<Entry<Option<Digest>>> {
        Ok(Entry {
            path: row.try_get("path")?,
            version: row.try_get("version")?,
            content: row::digest_maybe(row, "content")?,
            at: row.try_get("at")?,
            person: row.try_get("person")?,
            cause: Cause::of(row.try_get("cause")?)?,
        })
    }

    fn standing(self) -> Option<Entry> {
        let Entry { path, version, content, at, person, cause } = self;
        content.map(|content| Entry { path, version, content, at, person, cause })
    }
}

impl Store {
    /// Files of a folder by path, without those that were removed.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn entries(&self, folder: FolderId) -> Result<Vec<Entry>> {
        let all = "SELECT path, version, content, at, person, cause FROM entry JOIN change ON change.id = entry.change \
                   WHERE entry.folder = ? AND newest = 1 AND content IS NOT NULL ORDER BY path";
        let mut reader = self.database().read().await?;
        let rows = sqlx::query(all).bind(folder.0).fetch_all(&mut *reader).await?;
        let entries: Result<Vec<_>> = rows.iter().map(Entry::of).collect();
        Ok(entries?.into_iter().filter_map(Entry::standing).collect())
    }

    /// A file of a folder; `None` if there is none, or none any more.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn entry(&self, folder: FolderId, path: &str) -> Result<Option<Entry>> {
        let mut reader = self.database().read().await?;
        Ok(newest(&mut reader, folder, path).await?.and_then(Entry::standing))
    }

    /// All versions of a file, newest first.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn history(&self, folder: FolderId, path: &str) -> Result<Vec<Entry<Option<Digest>>>> {
        let all = "SELECT path, version, content, at, person, cause FROM entry JOIN change ON change.id = entry.change \
                   WHERE entry.folder = ? AND path = ? ORDER BY version DESC";
        let mut reader = self.database().read().await?;
        sqlx::query(all).bind(folder.0).bind(path).fetch_all(&mut *reader).await?.iter().map(Entry::of).collect()
    }
}

/// What stands at a path, also if it was removed.
pub(crate) async fn newest(
    connection: &mut SqliteConnection,
    folder: FolderId,
    path: &str,
) -> Result<Option<Entry<Option<Digest>>>> {
    let newest = "SELECT path, version, content, at, person, cause FROM entry JOIN change ON change.id = entry.change \
                  WHERE entry.folder = ? AND path = ? AND newest = 1";
    let row = sqlx::query(newest).bind(folder.0).bind(path).fetch_optional(connection).await?;
    row.as_ref().map(Entry::of).transpose()
}
