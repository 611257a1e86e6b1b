//! What who works on jobs writes. It is nobody's deed and no event.

use serde_json::Value;

use super::job::{Job, JobEnd, JobLine, JobState, items, line};
use crate::error::{Error, Result};
use crate::ids::JobId;
use crate::row;
use crate::store::Store;
use crate::write::Write;

impl Store {
    /// Takes the job that has waited longest; it runs from then on.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn claim(&self) -> Result<Option<Job>> {
        let mut write = self.database().write().await?;
        let take = "UPDATE job SET state = ? WHERE id = (SELECT min(id) FROM job WHERE state = ?) RETURNING *";
        let take = sqlx::query(take).bind(JobState::Running.as_str()).bind(JobState::Queued.as_str());
        let row = take.fetch_optional(&mut *write).await?;
        let job = match row {
            Some(row) => {
                let line = JobLine::of(&row)?;
                let items = items(&mut write, line.id).await?;
                Some(Job { line, items })
            }
            None => None,
        };
        write.commit().await?;
        Ok(job)
    }

    /// Notes how far a running job has come. Each note is kept down to the disk: some a second are enough.
    ///
    /// # Errors
    /// [`Error::State`](crate::Error::State) of a job that does not run, [`Error::NotFound`](crate::Error::NotFound), a database
    /// that fails.
    pub async fn progress(&self, id: JobId, phase: &str, done: u64, of: Option<u64>) -> Result<()> {
        let mut write = self.running(id).await?;
        let update = "UPDATE job SET phase = ?, done = ?, total = ? WHERE id = ?";
        let update = sqlx::query(update).bind(phase).bind(row::number(done)).bind(of.map(row::number)).bind(id.0);
        update.execute(&mut *write).await?;
        write.commit().await
    }

    /// Notes how the item `number` (from 0) of a running job stands.
    ///
    /// # Errors
    /// As [`Store::progress`]; also an item that there is not.
    pub async fn item(&self, id: JobId, number: u32, state: &str, note: &Value) -> Result<()> {
        let mut write = self.running(id).await?;
        let update = "UPDATE job_item SET state = ?, note = ? WHERE job = ? AND number = ?";
        let update = sqlx::query(update).bind(state).bind(note.to_string()).bind(id.0).bind(number);
        if update.execute(&mut *write).await?.rows_affected() == 0 {
            return Err(Error::NotFound(format!("{}/item/{number}", id.subject())));
        }
        write.commit().await
    }

    /// Ends a running job.
    ///
    /// # Errors
    /// As [`Store::progress`].
    pub async fn finish(&self, id: JobId, end: JobEnd, outcome: &Value) -> Result<()> {
        let mut write = self.running(id).await?;
        let update = sqlx::query("UPDATE job SET state = ?, outcome = ? WHERE id = ?");
        let update = update.bind(JobState::from(end).as_str()).bind(outcome.to_string()).bind(id.0);
        update.execute(&mut *write).await?;
        write.commit().await
    }

    /// Begins a write on a job that runs.
    async fn running(&self, id: JobId) -> Result<Write> {
        let mut write = self.database().write().await?;
        match line(&mut write, id).await?.state {
            JobState::Running => Ok(write),
            state => Err(Error::State { subject: id.subject(), state: state.as_str().to_owned() }),
        }
    }

    /// What ran when the process ended is interrupted; what a person had called off has ended.
    pub(crate) async fn interrupt_jobs(&self) -> Result<()> {
        let mut write = self.database().write().await?;
        let update = "UPDATE job SET state = iif(cancelled, ?, ?) WHERE state = ?";
        let update = sqlx::query(update).bind(JobState::Cancelled.as_str()).bind(JobState::Interrupted.as_str());
        update.bind(JobState::Running.as_str()).execute(&mut *write).await?;
        write.commit().await
    }
}
