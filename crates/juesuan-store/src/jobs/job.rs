//! A job, read.

use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::error::{Error, Result};
use crate::ids::JobId;
use crate::row;
use crate::store::Store;

/// How a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobState {
    /// It waits.
    Queued,
    /// Somebody works on it.
    Running,
    /// It ended with a result.
    Done,
    /// It ended without one.
    Failed,
    /// A person called it off.
    Cancelled,
    /// The process ended while it ran.
    Interrupted,
}

/// How work on a job ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobEnd {
    /// With a result.
    Done,
    /// Without one.
    Failed,
    /// Because a person called it off.
    Cancelled,
}

/// A job in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct JobLine {
    /// Its number.
    pub id: JobId,
    /// What kind of work.
    pub kind: String,
    /// What to do.
    pub payload: Value,
    /// How it stands.
    pub state: JobState,
    /// True if it runs and a person wants it called off.
    pub cancel_wanted: bool,
    /// What is being done.
    pub phase: String,
    /// How much of that is done.
    pub done: u64,
    /// Of how much, where that is known.
    pub of: Option<u64>,
    /// What came of it.
    pub outcome: Option<Value>,
    /// When it was ordered, in ms since 1970 (UTC).
    pub created: i64,
    /// Who ordered it.
    pub person: String,
}

impl JobLine {
    /// Whether it still waits or runs.
    pub fn is_open(&self) -> bool {
        matches!(self.state, JobState::Queued | JobState::Running)
    }

    /// Whole percent that are done, where it is known of how much.
    pub fn percent(&self) -> Option<u64> {
        let of = self.of.filter(|of| *of > 0)?;
        Some((self.done * 100 / of).min(100))
    }
}

/// A part of a job that is shown by itself, such as a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its number in the job, from 0.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// How it stands, in the words of who works; empty before that.
    pub state: String,
    /// What came of it.
    pub note: Option<Value>,
}

/// A job with its items.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// The job.
    pub line: JobLine,
    /// Its items, in the order in which they were given.
    pub items: Vec<Item>,
}

impl JobState {
    const ALL: [JobState; 6] = [
        JobState::Queued,
        JobState::Running,
        JobState::Done,
        JobState::Failed,
        JobState::Cancelled,
        JobState::Interrupted,
    ];

    /// Its word: `queued`, `running`, `done`, `failed`, `cancelled`, `interrupted`.
    pub const fn as_str(self) -> &'static str {
        match self {
            JobState::Queued => "queued",
            JobState::Running => "running",
            JobState::Done => "done",
            JobState::Failed => "failed",
            JobState::Cancelled => "cancelled",
            JobState::Interrupted => "interrupted",
        }
    }

    fn of(text: &str) -> Result<JobState> {
        let known = JobState::ALL.into_iter().find(|state| state.as_str() == text);
        known.ok_or_else(|| Error::Damaged(format!("{text:?} is no state of a job")))
    }
}

impl From<JobEnd> for JobState {
    fn from(end: JobEnd) -> JobState {
        match end {
            JobEnd::Done => JobState::Done,
            JobEnd::Failed => JobState::Failed,
            JobEnd::Cancelled => JobState::Cancelled,
        }
    }
}

impl JobLine {
    pub(crate) fn of(row: &SqliteRow) -> Result<JobLine> {
        let of: Option<i64> = row.try_get("total")?;
        Ok(JobLine {
            id: JobId(row.try_get("id")?),
            kind: row.try_get("kind")?,
            payload: row::json(row, "payload")?,
            state: JobState::of(row.try_get("state")?)?,
            cancel_wanted: row.try_get("cancelled")?,
            phase: row.try_get("phase")?,
            done: row::count(row, "done")?,
            of: of.and_then(|of| u64::try_from(of).ok()),
            outcome: row::json_maybe(row, "outcome")?,
            created: row.try_get("created")?,
            person: row.try_get("person")?,
        })
    }
}

impl Item {
    fn of(row: &SqliteRow) -> Result<Item> {
        Ok(Item {
            number: row.try_get("number")?,
            name: row.try_get("name")?,
            state: row.try_get("state")?,
            note: row::json_maybe(row, "note")?,
        })
    }
}

impl Store {
    /// A job with its items.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound), and a database that fails.
    pub async fn job(&self, id: JobId) -> Result<Job> {
        let mut moment = self.database().moment().await?;
        Ok(Job { line: line(&mut moment, id).await?, items: items(&mut moment, id).await? })
    }

    /// Jobs, newest first, at most `limit`.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn jobs(&self, limit: u32) -> Result<Vec<JobLine>> {
        let mut reader = self.database().read().await?;
        let rows =
            sqlx::query("SELECT * FROM job ORDER BY id DESC LIMIT ?").bind(limit).fetch_all(&mut *reader).await?;
        rows.iter().map(JobLine::of).collect()
    }

    /// True if a person called the job off.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound), and a database that fails.
    pub async fn is_cancelled(&self, id: JobId) -> Result<bool> {
        let line = line(&mut *self.database().read().await?, id).await?;
        Ok(line.cancel_wanted || line.state == JobState::Cancelled)
    }
}

/// The job `id`.
pub(crate) async fn line(connection: &mut SqliteConnection, id: JobId) -> Result<JobLine> {
    let row = sqlx::query("SELECT * FROM job WHERE id = ?").bind(id.0).fetch_optional(connection).await?;
    JobLine::of(&row.ok_or_else(|| Error::NotFound(id.subject()))?)
}

/// The items of a job.
pub(crate) async fn items(connection: &mut SqliteConnection, id: JobId) -> Result<Vec<Item>> {
    let all = sqlx::query("SELECT * FROM job_item WHERE job = ? ORDER BY number").bind(id.0);
    all.fetch_all(connection).await?.iter().map(Item::of).collect()
}
