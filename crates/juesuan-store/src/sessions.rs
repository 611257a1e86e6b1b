//! Sessions of the pages, and who was not let in. The store sees hashes of tokens only.

use serde_json::{Value, json};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use crate::chain::Note;
use crate::error::Result;
use crate::stamp::Stamp;
use crate::store::Store;

/// Digits of a hash by which an event names a session.
const NAME_DIGITS: usize = 12;
/// What events about requests are about that were refused.
const ENTRANCE: &str = "entrance";

/// A session that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Hash of its token.
    pub token_hash: String,
    /// The token that its forms carry.
    pub csrf: String,
    /// When it was opened, in ms since 1970 (UTC).
    pub opened: i64,
    /// When it was last used.
    pub seen: i64,
    /// When it ends.
    pub expires: i64,
}

/// Requests that were refused within some time, each kind counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refusals {
    /// With an address that lets nobody in, or no more.
    pub address: u64,
    /// Under another name, of another page, or with a form that is none of ours.
    pub foreign: u64,
    /// Without a session that is open.
    pub stranger: u64,
}

impl Session {
    fn of(row: &SqliteRow) -> Result<Session> {
        Ok(Session {
            token_hash: row.try_get("token_hash")?,
            csrf: row.try_get("csrf")?,
            opened: row.try_get("opened")?,
            seen: row.try_get("seen")?,
            expires: row.try_get("expires")?,
        })
    }
}

/// How events name the session of a token.
fn subject(token_hash: &str) -> String {
    format!("session/{}", token_hash.get(..NAME_DIGITS).unwrap_or(token_hash))
}

impl Store {
    /// Opens a session at the time of `stamp` that ends at `expires`, in ms since 1970 (UTC). Those that have ended go.
    ///
    /// # Errors
    /// A database that fails, also for a token that is there already.
    pub async fn open_session(&self, stamp: &Stamp, token_hash: &str, csrf: &str, expires: i64) -> Result<()> {
        let mut write = self.database().write().await?;
        sqlx::query("DELETE FROM session WHERE expires <= ?").bind(stamp.at).execute(&mut *write).await?;
        let insert = "INSERT INTO session (token_hash, csrf, opened, seen, expires) VALUES (?, ?, ?, ?, ?)";
        let insert = sqlx::query(insert).bind(token_hash).bind(csrf).bind(stamp.at).bind(stamp.at).bind(expires);
        insert.execute(&mut *write).await?;
        let subject = subject(token_hash);
        write.note(stamp, Note { what: "session.opened", subject: &subject, before: None, after: None }).await?;
        write.commit().await
    }

    /// The session with that token, if it is still open at `now`.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn session(&self, token_hash: &str, now: i64) -> Result<Option<Session>> {
        let open = "SELECT * FROM session WHERE token_hash = ? AND expires > ?";
        let mut reader = self.database().read().await?;
        let row = sqlx::query(open).bind(token_hash).bind(now).fetch_optional(&mut *reader).await?;
        row.as_ref().map(Session::of).transpose()
    }

    /// All sessions that are open at `now`, the one that was used last first.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn sessions(&self, now: i64) -> Result<Vec<Session>> {
        let open = "SELECT * FROM session WHERE expires > ? ORDER BY seen DESC, opened DESC";
        let mut reader = self.database().read().await?;
        sqlx::query(open).bind(now).fetch_all(&mut *reader).await?.iter().map(Session::of).collect()
    }

    /// Notes that a session was used at `now`, and when it ends now. One that is not open stays so. It waits for the disk: once a
    /// minute is enough.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn touch(&self, token_hash: &str, now: i64, expires: i64) -> Result<()> {
        let mut write = self.database().write().await?;
        let update = "UPDATE session SET seen = ?1, expires = ?2 WHERE token_hash = ?3 AND expires > ?1";
        sqlx::query(update).bind(now).bind(expires).bind(token_hash).execute(&mut *write).await?;
        write.commit().await
    }

    /// Ends a session; one that has ended already stays so.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn close_session(&self, stamp: &Stamp, token_hash: &str) -> Result<()> {
        let closed = "DELETE FROM session WHERE token_hash = ? RETURNING token_hash";
        self.close_by(stamp, closed, token_hash).await
    }

    /// Ends all sessions but one.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn close_other_sessions(&self, stamp: &Stamp, token_hash: &str) -> Result<()> {
        let closed = "DELETE FROM session WHERE token_hash <> ? RETURNING token_hash";
        self.close_by(stamp, closed, token_hash).await
    }

    async fn close_by(&self, stamp: &Stamp, statement: &'static str, token_hash: &str) -> Result<()> {
        let mut write = self.database().write().await?;
        let closed: Vec<String> = sqlx::query_scalar(statement).bind(token_hash).fetch_all(&mut *write).await?;
        for token_hash in closed {
            let subject = subject(&token_hash);
            write.note(stamp, Note { what: "session.closed", subject: &subject, before: None, after: None }).await?;
        }
        write.commit().await
    }

    /// Notes requests that were refused up to the time of `stamp`: one event, however many there were.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn note_refusals(&self, stamp: &Stamp, refusals: &Refusals) -> Result<()> {
        let Refusals { address, foreign, stranger } = *refusals;
        let kinds = [("address", address), ("foreign", foreign), ("stranger", stranger)].into_iter();
        let counted = kinds.filter(|(_, count)| *count > 0).map(|(kind, count)| (kind.to_owned(), json!(count)));
        let after = Value::Object(counted.collect());
        let mut write = self.database().write().await?;
        let note = Note { what: "entrance.refused", subject: ENTRANCE, before: None, after: Some(&after) };
        write.note(stamp, note).await?;
        write.commit().await
    }
}
