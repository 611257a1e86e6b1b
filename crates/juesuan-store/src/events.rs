//! What people did, read.

use serde_json::Value;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use crate::error::Result;
use crate::row;
use crate::store::Store;

/// Something that a person did.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its number, from 1 without gaps.
    pub id: i64,
    /// When, in ms since 1970 (UTC).
    pub at: i64,
    /// Who.
    pub person: String,
    /// What: `document.added`, `version.added`, `version.checked`, `document.removed`, `document.restored`, `answer.given`,
    /// `answer.withdrawn`, `reading.corrected`, `reading.withdrawn`, `job.queued`, `job.cancelled`, `job.queued-again`, `setting.set`, `folder.added`,
    /// `folder.described`, `folder.edited`, `folder.undone`, `folder.redone`, `folder.removed`, `folder.restored`, `issue.added`,
    /// `issue.approved`, `session.opened`, `session.closed`, `entrance.refused` (counted, by nobody).
    pub what: String,
    /// What it was done to: `document/12`.
    pub subject: String,
    /// What stood there.
    pub before: Option<Value>,
    /// What stands there now.
    pub after: Option<Value>,
    /// Hash of the event before it; empty for the first.
    pub previous: String,
    /// Its hash.
    pub hash: String,
}

impl Event {
    fn of(row: &SqliteRow) -> Result<Event> {
        Ok(Event {
            id: row.try_get("id")?,
            at: row.try_get("at")?,
            person: row.try_get("person")?,
            what: row.try_get("what")?,
            subject: row.try_get("subject")?,
            before: row::json_maybe(row, "before")?,
            after: row::json_maybe(row, "after")?,
            previous: row.try_get("previous")?,
            hash: row.try_get("hash")?,
        })
    }
}

impl Store {
    /// Events, newest first: all or those of one subject and of what lies below it (the findings of a document), from below the number
    /// `before`, at most `limit`.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn events(&self, subject: Option<&str>, before: Option<i64>, limit: u32) -> Result<Vec<Event>> {
        let before = before.unwrap_or(i64::MAX);
        let mut reader = self.database().read().await?;
        let rows = match subject {
            Some(subject) => {
                // What lies below begins with the subject and a stroke; the sign behind the stroke is the first that does not.
                let of = "SELECT * FROM event WHERE (subject = ?1 OR (subject > ?1 || '/' AND subject < ?1 || '0')) AND id < ?2 \
                          ORDER BY id DESC LIMIT ?3";
                sqlx::query(of).bind(subject).bind(before).bind(limit).fetch_all(&mut *reader).await?
            }
            None => {
                let all = "SELECT * FROM event WHERE id < ? ORDER BY id DESC LIMIT ?";
                sqlx::query(all).bind(before).bind(limit).fetch_all(&mut *reader).await?
            }
        };
        rows.iter().map(Event::of).collect()
    }
}
