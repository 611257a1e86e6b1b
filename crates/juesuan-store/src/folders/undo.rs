//! Undo and redo of steps in a folder. They write versions like any edit; nothing is lost by them.

use sqlx::Row;

use super::edit::{Step, demand_in_sight};
use super::entry::{Cause, Entry, newest};
use crate::digest::Digest;
use crate::error::Result;
use crate::ids::FolderId;
use crate::row;
use crate::stamp::Stamp;
use crate::store::Store;
use crate::write::Write;

/// An edit that was undone or done again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// When the edit was made, in ms since 1970 (UTC).
    pub at: i64,
    /// Who made it.
    pub person: String,
    /// How its files stand now.
    pub entries: Vec<Entry<Option<Digest>>>,
}

impl Store {
    /// Undoes the last edit of a folder that still stands: its files are as before it. `None` if there is nothing to undo.
    ///
    /// # Errors
    /// [`Error::State`](crate::Error::State) of a folder that was removed, [`Error::NotFound`](crate::Error::NotFound), a database
    /// that fails.
    pub async fn undo(&self, stamp: &Stamp, folder: FolderId) -> Result<Option<Undone>> {
        let last = "SELECT id, at, person FROM change WHERE folder = ? AND standing = 'done' ORDER BY id DESC LIMIT 1";
        self.step_back(stamp, folder, Cause::Undo, last).await
    }

    /// Does again what was undone last, as long as nothing else was edited since. `None` if there is nothing to do again.
    ///
    /// # Errors
    /// As [`Store::undo`].
    pub async fn redo(&self, stamp: &Stamp, folder: FolderId) -> Result<Option<Undone>> {
        // Edits are undone from the last on: the first of those undone was undone last.
        let first = "SELECT id, at, person FROM change WHERE folder = ? AND standing = 'undone' ORDER BY id LIMIT 1";
        self.step_back(stamp, folder, Cause::Redo, first).await
    }

    async fn step_back(
        &self,
        stamp: &Stamp,
        folder: FolderId,
        cause: Cause,
        which: &'static str,
    ) -> Result<Option<Undone>> {
        let mut write = self.database().write().await?;
        demand_in_sight(&mut write, folder).await?;
        let Some(edit) = sqlx::query(which).bind(folder.0).fetch_optional(&mut *write).await? else {
            write.commit().await?;
            return Ok(None);
        };
        let id: i64 = edit.try_get("id")?;
        let steps = steps(&mut write, folder, cause, id).await?;
        let standing = if matches!(cause, Cause::Undo) { "undone" } else { "done" };
        sqlx::query("UPDATE change SET standing = ? WHERE id = ?").bind(standing).bind(id).execute(&mut *write).await?;
        write.step(stamp, folder, cause, Some(id), &steps).await?;
        let mut entries = Vec::new();
        for step in &steps {
            entries.extend(newest(&mut write, folder, &step.path).await?);
        }
        write.commit().await?;
        Ok(Some(Undone { at: edit.try_get("at")?, person: edit.try_get("person")?, entries }))
    }
}

/// What has to be written so that the files of the edit `id` are as before it, or as after it.
async fn steps(write: &mut Write, folder: FolderId, cause: Cause, id: i64) -> Result<Vec<Step>> {
    let column = if matches!(cause, Cause::Undo) { "before" } else { "content" };
    let of = "SELECT path, content, before FROM entry WHERE change = ? ORDER BY id";
    let rows = sqlx::query(of).bind(id).fetch_all(&mut **write).await?;
    let mut steps = Vec::with_capacity(rows.len());
    for row in &rows {
        let path: String = row.try_get("path")?;
        let standing = newest(write, folder, &path).await?;
        steps.push(Step { path, content: row::digest_maybe(row, column)?, standing });
    }
    Ok(steps)
}
