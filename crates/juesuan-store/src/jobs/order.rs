//! What people do with jobs: order them, call them off, order them again.

use serde_json::{Value, json};

use super::job::{JobLine, JobState, line};
use crate::chain::Note;
use crate::error::{Error, Result};
use crate::ids::JobId;
use crate::stamp::Stamp;
use crate::store::Store;
use crate::write::Write;

impl Store {
    /// Orders work.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn enqueue(&self, stamp: &Stamp, kind: &str, payload: &Value, items: &[String]) -> Result<JobId> {
        let mut write = self.database().write().await?;
        let insert = "INSERT INTO job (kind, payload, state, created, person) VALUES (?, ?, ?, ?, ?) RETURNING id";
        let insert = sqlx::query_scalar(insert).bind(kind).bind(payload.to_string()).bind(JobState::Queued.as_str());
        let id = JobId(insert.bind(stamp.at).bind(&stamp.person).fetch_one(&mut *write).await?);
        for (number, name) in (0_u32..).zip(items) {
            let insert = "INSERT INTO job_item (job, number, name) VALUES (?, ?, ?)";
            sqlx::query(insert).bind(id.0).bind(number).bind(name).execute(&mut *write).await?;
        }
        let after = json!({ "kind": kind, "payload": payload, "items": items.len() });
        let note = Note { what: "job.queued", subject: &id.subject(), before: None, after: Some(&after) };
        write.note(stamp, note).await?;
        write.commit().await?;
        Ok(id)
    }

    /// Calls a job off: at once if nobody works on it, else who works on it is told ([`Store::is_cancelled`]). One that has ended
    /// stays as it is.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound), and a database that fails.
    pub async fn cancel(&self, stamp: &Stamp, id: JobId) -> Result<()> {
        let mut write = self.database().write().await?;
        let job = line(&mut write, id).await?;
        match job.state {
            JobState::Queued | JobState::Interrupted => write.stand(&job, JobState::Cancelled).await?,
            JobState::Running if !job.cancel_wanted => {
                sqlx::query("UPDATE job SET cancelled = 1 WHERE id = ?").bind(id.0).execute(&mut *write).await?;
            }
            JobState::Running | JobState::Done | JobState::Failed | JobState::Cancelled => return write.commit().await,
        }
        write.note_state(stamp, "job.cancelled", &job).await?;
        write.commit().await
    }

    /// Orders again what was interrupted, called off or failed. Its items keep what was noted of them, so that the work can go on from there.
    ///
    /// # Errors
    /// [`Error::State`](crate::Error::State) of another job, [`Error::NotFound`](crate::Error::NotFound), a database that fails.
    pub async fn requeue(&self, stamp: &Stamp, id: JobId) -> Result<()> {
        let mut write = self.database().write().await?;
        let job = line(&mut write, id).await?;
        if !matches!(job.state, JobState::Interrupted | JobState::Cancelled | JobState::Failed) {
            return Err(Error::State { subject: id.subject(), state: job.state.as_str().to_owned() });
        }
        let blank = "UPDATE job SET cancelled = 0, phase = '', done = 0, total = NULL, outcome = NULL WHERE id = ?";
        sqlx::query(blank).bind(id.0).execute(&mut *write).await?;
        write.stand(&job, JobState::Queued).await?;
        write.note_state(stamp, "job.queued-again", &job).await?;
        write.commit().await
    }
}

impl Write {
    async fn stand(&mut self, job: &JobLine, state: JobState) -> Result<()> {
        let update = sqlx::query("UPDATE job SET state = ? WHERE id = ?").bind(state.as_str()).bind(job.id.0);
        update.execute(&mut **self).await?;
        Ok(())
    }

    async fn note_state(&mut self, stamp: &Stamp, what: &str, job: &JobLine) -> Result<()> {
        let before = json!({ "state": job.state.as_str() });
        self.note(stamp, Note { what, subject: &job.id.subject(), before: Some(&before), after: None }).await
    }
}
