//! How files of a folder are written.

use serde_json::{Value, json};

use super::entry::{Cause, Entry, newest};
use super::folder::folder;
use super::path;
use crate::chain::Note;
use crate::digest::Digest;
use crate::error::{Error, Result, Standing};
use crate::ids::FolderId;
use crate::stamp::Stamp;
use crate::store::Store;
use crate::write::Write;

/// What is to stand at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The path in the folder, with forward strokes.
    pub path: String,
    /// What is to stand there, its bytes among the contents already; `None` removes.
    pub content: Option<Digest>,
    /// The version that the writer saw; `None` if he saw none.
    pub expected: Option<i64>,
}

/// A version that is about to be written.
pub(super) struct Step {
    pub(super) path: String,
    pub(super) content: Option<Digest>,
    pub(super) standing: Option<Entry<Option<Digest>>>,
}

impl Store {
    /// Writes a file of a folder and says its version. What stands there already in the same form stays as it is.
    ///
    /// # Errors
    /// [`Error::Conflict`](crate::Error::Conflict) if something else stands there than the version `expected`; as [`Store::edit`].
    pub async fn put_entry(
        &self,
        stamp: &Stamp,
        folder: FolderId,
        path: &str,
        content: &Digest,
        expected: Option<i64>,
    ) -> Result<i64> {
        let edit = Edit { path: path.to_owned(), content: Some(content.clone()), expected };
        self.edit_one(stamp, folder, edit).await
    }

    /// Removes a file of a folder and says the version that notes it.
    ///
    /// # Errors
    /// As [`Store::put_entry`].
    pub async fn remove_entry(&self, stamp: &Stamp, folder: FolderId, path: &str, expected: i64) -> Result<i64> {
        let edit = Edit { path: path.to_owned(), content: None, expected: Some(expected) };
        self.edit_one(stamp, folder, edit).await
    }

    async fn edit_one(&self, stamp: &Stamp, folder: FolderId, edit: Edit) -> Result<i64> {
        let subject = subject(folder, &edit.path);
        let versions = self.edit(stamp, folder, &[edit]).await?;
        versions.first().copied().ok_or(Error::NotFound(subject))
    }

    /// Writes several files of a folder in one step, which is undone as one, and says their versions. Either all are written
    /// or none.
    ///
    /// # Errors
    /// [`Error::Conflict`](crate::Error::Conflict) at the first file of which another version stands than the writer saw;
    /// [`Error::Refused`](crate::Error::Refused) of a path that leads out of the folder; [`Error::State`](crate::Error::State) of a
    /// folder that was removed; [`Error::NotFound`](crate::Error::NotFound) of a folder, file or content; a database that fails.
    pub async fn edit(&self, stamp: &Stamp, id: FolderId, edits: &[Edit]) -> Result<Vec<i64>> {
        for edit in edits {
            path::demand(&edit.path)?;
            edit.content.iter().try_for_each(|content| self.contents().demand(content))?;
        }
        let mut write = self.database().write().await?;
        demand_in_sight(&mut write, id).await?;
        let (mut versions, mut steps) = (Vec::new(), Vec::new());
        for edit in edits {
            let standing = newest(&mut write, id, &edit.path).await?;
            let (version, content) =
                (standing.as_ref().map(|one| one.version), standing.as_ref().and_then(|one| one.content.clone()));
            if content == edit.content && version.is_some() {
                versions.extend(version);
                continue;
            }
            accept(id, edit, standing.as_ref())?;
            versions.push(version.unwrap_or(0) + 1);
            steps.push(Step { path: edit.path.clone(), content: edit.content.clone(), standing });
        }
        if !steps.is_empty() {
            let drop = "UPDATE change SET standing = 'dropped' WHERE folder = ? AND standing = 'undone'";
            sqlx::query(drop).bind(id.0).execute(&mut *write).await?;
            write.step(stamp, id, Cause::Edit, None, &steps).await?;
        }
        write.commit().await?;
        Ok(versions)
    }
}

/// Refuses a folder that was removed.
pub(super) async fn demand_in_sight(write: &mut Write, id: FolderId) -> Result<()> {
    match folder(write, id).await?.removed {
        None => Ok(()),
        Some(_) => Err(Error::State { subject: id.subject(), state: "removed".to_owned() }),
    }
}

/// Refuses an edit by who saw something else than what stands.
fn accept(folder: FolderId, edit: &Edit, standing: Option<&Entry<Option<Digest>>>) -> Result<()> {
    let subject = subject(folder, &edit.path);
    match (edit.expected, standing) {
        (None, None) if edit.content.is_some() => Ok(()),
        (_, None) => Err(Error::NotFound(subject)),
        (None, Some(standing)) if standing.content.is_none() => Ok(()),
        (Some(seen), Some(standing)) if seen == standing.version => Ok(()),
        (_, Some(Entry { version, content, at, person, .. })) => Err(Error::Conflict(Box::new(Standing {
            subject,
            version: *version,
            digest: content.clone(),
            person: person.clone(),
            at: *at,
        }))),
    }
}

fn subject(folder: FolderId, path: &str) -> String {
    format!("{}/{path}", folder.subject())
}

impl Write {
    /// Writes the next version of each path, as one change.
    pub(super) async fn step(
        &mut self,
        stamp: &Stamp,
        folder: FolderId,
        cause: Cause,
        of: Option<i64>,
        steps: &[Step],
    ) -> Result<()> {
        let insert =
            "INSERT INTO change (folder, at, person, cause, standing, of) VALUES (?, ?, ?, ?, ?, ?) RETURNING id";
        let standing = matches!(cause, Cause::Edit).then_some("done");
        let insert = sqlx::query_scalar(insert).bind(folder.0).bind(stamp.at).bind(&stamp.person).bind(cause.as_str());
        let change: i64 = insert.bind(standing).bind(of).fetch_one(&mut **self).await?;
        for step in steps {
            self.append(folder, change, step).await?;
        }
        let told = |step: &Step, version: i64, content: Option<&Digest>| json!({ "path": step.path, "version": version, "content": content });
        let version = |step: &Step| step.standing.as_ref().map_or(0, |one| one.version);
        let stood = |step: &Step| Some(told(step, version(step), step.standing.as_ref()?.content.as_ref()));
        let before: Value = steps.iter().filter_map(stood).collect();
        let after: Value = steps.iter().map(|step| told(step, version(step) + 1, step.content.as_ref())).collect();
        let what = match cause {
            Cause::Edit => "folder.edited",
            Cause::Undo => "folder.undone",
            Cause::Redo => "folder.redone",
        };
        self.note(stamp, Note { what, subject: &folder.subject(), before: Some(&before), after: Some(&after) }).await
    }

    async fn append(&mut self, folder: FolderId, change: i64, step: &Step) -> Result<()> {
        let old = "UPDATE entry SET newest = 0 WHERE folder = ? AND path = ? AND newest = 1";
        sqlx::query(old).bind(folder.0).bind(&step.path).execute(&mut **self).await?;
        let insert =
            "INSERT INTO entry (folder, path, version, change, newest, content, before) VALUES (?, ?, ?, ?, 1, ?, ?)";
        let (version, before) = match &step.standing {
            Some(standing) => (standing.version + 1, standing.content.as_ref()),
            None => (1, None),
        };
        let insert = sqlx::query(insert).bind(folder.0).bind(&step.path).bind(version).bind(change);
        let insert = insert.bind(step.content.as_ref().map(Digest::as_str)).bind(before.map(Digest::as_str));
        insert.execute(&mut **self).await?;
        Ok(())
    }
}
