//! Who works on which content, and what came of it.

use std::time::Duration;

use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::{List, now};
use crate::error;
use crate::rows::Partition;

/// Crashes after which a document is tried no more.
const CRASHES_MAX: i64 = 2;
/// The same of ends that came from outside: a person, or a system without memory. They say little of the document, and many who
/// end workers at random would otherwise take sound documents out.
const ENDS_MAX: i64 = 8;
/// Seconds after which a document is tried again, doubled each time.
const BACK_OFF: i64 = 1;
/// Most of them.
const BACK_OFF_MAX: i64 = 60;

/// A document that somebody works on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Its number in the list.
    pub id: i64,
    /// SHA-256 of its bytes.
    pub digest: String,
    /// Whether `compile` left it.
    pub package: bool,
    /// A file with these bytes; empty: they are kept beside the list.
    pub place: String,
    /// The first of its names in their order, by which it is read.
    pub file: String,
}

/// What came of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Result {
    /// Where its rows belong.
    pub partition: Partition,
    /// How many figures it has.
    pub weight: usize,
    /// How its check ended.
    pub state: String,
    /// Errors that were found.
    pub errors: usize,
    /// Its rows.
    pub(crate) packed: Vec<u8>,
}

/// How somebody ended who had taken documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// By a fault of the program.
    Crash,
    /// From outside, or nobody knows how.
    Ended,
    /// Because the run was called off: it says nothing of the document.
    CalledOff,
}

impl List {
    /// Takes a document, for so long unless it is held on to; nothing where none waits.
    ///
    /// # Errors
    /// A database that fails.
    pub fn take(&mut self, worker: &str, key: &str, lease: Duration) -> error::Result<Option<Task>> {
        self.write(async |connection| {
            let now = now();
            expire(connection, now).await?;
            let take = "UPDATE document SET state = 'leased', worker = ?, lease_until = ? WHERE id = (
                    SELECT id FROM document WHERE state = 'queued' AND key = ? AND not_before <= ?
                    ORDER BY not_before, id LIMIT 1
                ) RETURNING id, digest, package, place,
                (SELECT min(file) FROM name WHERE name.document = document.id) AS file";
            let take = sqlx::query(take).bind(worker).bind(until(now, lease)).bind(key).bind(now);
            take.fetch_optional(&mut *connection).await?.map(|row| task(&row)).transpose()
        })
    }

    /// Holds on to everything that a worker has taken.
    ///
    /// # Errors
    /// A database that fails.
    pub fn hold(&mut self, worker: &str, lease: Duration) -> error::Result<()> {
        self.write(async |connection| {
            let hold = sqlx::query("UPDATE document SET lease_until = ? WHERE state = 'leased' AND worker = ?");
            hold.bind(until(now(), lease)).bind(worker).execute(&mut *connection).await?;
            Ok(())
        })
    }

    /// Keeps what came of a document; false, and nothing is kept, where somebody else has taken it meanwhile.
    ///
    /// # Errors
    /// A database that fails.
    pub fn finish(&mut self, task: &Task, worker: &str, result: &Result) -> error::Result<bool> {
        self.write(async |connection| {
            let end =
                "UPDATE document SET state = 'done', worker = '', reason = '', year = ?, province = ?, weight = ?,
                outcome = ?, errors = ? WHERE id = ? AND state = 'leased' AND worker = ? RETURNING key";
            let end = sqlx::query_scalar(end).bind(result.partition.year).bind(&result.partition.province);
            let end = end.bind(number(result.weight)).bind(&result.state).bind(number(result.errors));
            let key: Option<String> = end.bind(task.id).bind(worker).fetch_optional(&mut *connection).await?;
            let Some(key) = key else { return Ok(false) };
            let sheaf = "INSERT INTO sheaf (document, key, packed) VALUES (?, ?, ?)
                ON CONFLICT (document) DO UPDATE SET key = excluded.key, packed = excluded.packed";
            let sheaf = sqlx::query(sheaf).bind(task.id).bind(key).bind(&result.packed);
            sheaf.execute(&mut *connection).await?;
            Ok(true)
        })
    }

    /// Notes that a file is no document.
    ///
    /// # Errors
    /// A database that fails.
    pub fn skip(&mut self, task: &Task, worker: &str, reason: &str) -> error::Result<()> {
        self.aside(task, worker, "skipped", reason)
    }

    /// Notes that a document is not there any more, or has other bytes.
    ///
    /// # Errors
    /// A database that fails.
    pub fn lose(&mut self, task: &Task, worker: &str, reason: &str) -> error::Result<()> {
        self.aside(task, worker, "lost", reason)
    }

    /// Notes that a document ran out of time: it is tried no more.
    ///
    /// # Errors
    /// A database that fails.
    pub fn poison(&mut self, task: &Task, worker: &str, reason: &str) -> error::Result<()> {
        self.aside(task, worker, "poisoned", reason)
    }

    fn aside(&mut self, task: &Task, worker: &str, state: &str, reason: &str) -> error::Result<()> {
        self.write(async |connection| {
            let aside = "UPDATE document SET state = ?, worker = '', reason = ?, outcome = '', errors = 0
                WHERE id = ? AND state = 'leased' AND worker = ?";
            let aside = sqlx::query(aside).bind(state).bind(reason).bind(task.id).bind(worker);
            aside.execute(&mut *connection).await?;
            // Rows of an earlier result that stand in no bundle yet never will.
            let gone = "DELETE FROM sheaf WHERE document IN
                (SELECT id FROM document WHERE id = ? AND state IN ('skipped', 'poisoned'))";
            sqlx::query(gone).bind(task.id).execute(&mut *connection).await?;
            Ok(())
        })
    }

    /// Gives back what a worker had taken who has ended, and how much that was; what has ended too many of them is tried no more,
    /// for this reason.
    ///
    /// # Errors
    /// A database that fails.
    pub fn release(&mut self, worker: &str, ending: Ending, reason: &str) -> error::Result<usize> {
        self.write(async |connection| {
            let held = "SELECT id FROM document WHERE state = 'leased' AND worker = ?";
            let held: Vec<i64> = sqlx::query_scalar(held).bind(worker).fetch_all(&mut *connection).await?;
            give_back(connection, &held, ending, reason).await?;
            Ok(held.len())
        })
    }
}

/// Gives back what nobody holds on to any more.
async fn expire(connection: &mut SqliteConnection, now: i64) -> error::Result<()> {
    let left = "SELECT id FROM document WHERE state = 'leased' AND lease_until < ?";
    let left: Vec<i64> = sqlx::query_scalar(left).bind(now).fetch_all(&mut *connection).await?;
    give_back(connection, &left, Ending::Ended, LOST).await
}

/// Why a document is tried no more whose workers vanished without a word: as if they had been ended.
const LOST: &str = "ended";

async fn give_back(connection: &mut SqliteConnection, held: &[i64], ending: Ending, reason: &str) -> error::Result<()> {
    let (crashes, ends) = match ending {
        Ending::Crash => (1, 0),
        Ending::Ended => (0, 1),
        Ending::CalledOff => (0, 0),
    };
    for id in held {
        let back = "UPDATE document SET worker = '', crashes = crashes + ?, ends = ends + ?,
            state = CASE WHEN crashes + ? >= ? OR ends + ? >= ? THEN 'poisoned' ELSE 'queued' END,
            reason = CASE WHEN crashes + ? >= ? OR ends + ? >= ? THEN ? ELSE '' END
            WHERE id = ? RETURNING crashes + ends";
        let mut query = sqlx::query_scalar(back).bind(crashes).bind(ends);
        for _ in 0..2 {
            query = query.bind(crashes).bind(CRASHES_MAX).bind(ends).bind(ENDS_MAX);
        }
        let tries: i64 = query.bind(reason).bind(id).fetch_one(&mut *connection).await?;
        let wait = if tries == 0 { 0 } else { (BACK_OFF << (tries - 1).clamp(0, 8)).min(BACK_OFF_MAX) };
        let later = sqlx::query("UPDATE document SET not_before = ? WHERE id = ?");
        later.bind(if wait == 0 { 0 } else { now() + wait }).bind(id).execute(&mut *connection).await?;
    }
    Ok(())
}

fn task(row: &SqliteRow) -> error::Result<Task> {
    Ok(Task {
        id: row.try_get("id")?,
        digest: row.try_get("digest")?,
        package: row.try_get("package")?,
        place: row.try_get("place")?,
        file: row.try_get("file")?,
    })
}

fn until(now: i64, lease: Duration) -> i64 {
    now.saturating_add(i64::try_from(lease.as_secs()).unwrap_or(i64::MAX))
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
