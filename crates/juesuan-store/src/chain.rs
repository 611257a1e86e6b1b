//! What people did, as a chain: each event holds the hash of the one before it.
//!
//! Who changes, takes out or moves an event breaks the chain at that place. Who cuts off its end does not: a head that was noted
//! elsewhere ([`Chain`]) shows that.

use std::fmt;

use serde_json::Value;
use sha2::{Digest as _, Sha256};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::stamp::Stamp;
use crate::store::Store;
use crate::write::Write;

/// What the hash of the first event is made over, in place of the hash before it.
const BEGINNING: &str = "";
/// Number before that of the first event.
const BEFORE_ALL: i64 = 0;
/// Events that are fetched at a time.
const ROWS: u32 = 1000;

/// A chain that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// Number of events.
    pub count: u64,
    /// Hash of the last one; empty without any.
    pub head: String,
}

/// Where a chain does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenLink {
    /// Number of the event.
    pub event: i64,
    /// What is wrong with it.
    pub fault: LinkFault,
}

/// What is wrong with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkFault {
    /// Its fields have another hash than it says.
    Changed,
    /// It was not made after the event before it, or an event before it is gone.
    Moved,
}

impl fmt::Display for BrokenLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fault = match self.fault {
            LinkFault::Changed => "was changed",
            LinkFault::Moved => "does not follow the one before it",
        };
        write!(f, "event {} {fault}", self.event)
    }
}

/// What is to be noted of a write.
pub(crate) struct Note<'n> {
    /// A short code: `document.removed`.
    pub(crate) what: &'n str,
    /// What it was done to: `document/12`.
    pub(crate) subject: &'n str,
    /// What stood there.
    pub(crate) before: Option<&'n Value>,
    /// What stands there now.
    pub(crate) after: Option<&'n Value>,
}

/// An event as it is hashed.
struct Link<'l> {
    id: i64,
    at: i64,
    person: &'l str,
    what: &'l str,
    subject: &'l str,
    before: Option<&'l str>,
    after: Option<&'l str>,
    previous: &'l str,
}

impl Link<'_> {
    /// SHA-256 over all fields, each behind its length, so that nothing can move from one field to the next.
    fn hash(&self) -> Digest {
        let mut sum = Sha256::new();
        sum.update(self.id.to_le_bytes());
        sum.update(self.at.to_le_bytes());
        let texts =
            [Some(self.person), Some(self.what), Some(self.subject), self.before, self.after, Some(self.previous)];
        for text in texts {
            sum.update([u8::from(text.is_some())]);
            let text = text.unwrap_or_default();
            sum.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_le_bytes());
            sum.update(text);
        }
        Digest::ended(sum)
    }
}

impl Write {
    /// Appends an event.
    pub(crate) async fn note(&mut self, stamp: &Stamp, note: Note<'_>) -> Result<()> {
        let last =
            sqlx::query("SELECT id, hash FROM event ORDER BY id DESC LIMIT 1").fetch_optional(&mut **self).await?;
        let (last, previous) = match last {
            Some(row) => (row.try_get("id")?, row.try_get("hash")?),
            None => (BEFORE_ALL, BEGINNING.to_owned()),
        };
        let (before, after) = (note.before.map(Value::to_string), note.after.map(Value::to_string));
        let link = Link {
            id: last + 1,
            at: stamp.at,
            person: &stamp.person,
            what: note.what,
            subject: note.subject,
            before: before.as_deref(),
            after: after.as_deref(),
            previous: &previous,
        };
        let insert = "INSERT INTO event (id, at, person, what, subject, before, after, previous, hash) \
                      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let insert =
            sqlx::query(insert).bind(link.id).bind(link.at).bind(link.person).bind(link.what).bind(link.subject);
        let insert = insert.bind(link.before).bind(link.after).bind(link.previous).bind(link.hash().as_str());
        insert.execute(&mut **self).await?;
        Ok(())
    }
}

impl Store {
    /// Holds every event against the one before it.
    ///
    /// # Errors
    /// [`Error::Chain`](crate::Error::Chain) says which event is wrong; a database that fails.
    pub async fn verify_chain(&self) -> Result<Chain> {
        verify(&mut *self.database().read().await?).await
    }
}

/// Holds every event against the one before it.
pub(crate) async fn verify(connection: &mut SqliteConnection) -> Result<Chain> {
    let some = "SELECT id, at, person, what, subject, before, after, previous, hash FROM event WHERE id > ? ORDER BY id LIMIT ?";
    let mut chain = Chain { count: 0, head: BEGINNING.to_owned() };
    let mut last = BEFORE_ALL;
    loop {
        let rows = sqlx::query(some).bind(last).bind(ROWS).fetch_all(&mut *connection).await?;
        if rows.is_empty() {
            return Ok(chain);
        }
        for row in &rows {
            (last, chain.head) = follow(row, last, &chain.head)?;
            chain.count += 1;
        }
    }
}

/// Number and hash of the event in `row`, if it follows on the event `last` with hash `head`.
fn follow(row: &SqliteRow, last: i64, head: &str) -> Result<(i64, String)> {
    let id = row.try_get("id")?;
    let link = Link {
        id,
        at: row.try_get("at")?,
        person: row.try_get("person")?,
        what: row.try_get("what")?,
        subject: row.try_get("subject")?,
        before: row.try_get("before")?,
        after: row.try_get("after")?,
        previous: row.try_get("previous")?,
    };
    let hash: String = row.try_get("hash")?;
    let broken = |fault| Error::Chain(BrokenLink { event: id, fault });
    if link.hash().as_str() != hash {
        return Err(broken(LinkFault::Changed));
    }
    if id != last + 1 || link.previous != head {
        return Err(broken(LinkFault::Moved));
    }
    Ok((id, hash))
}
