//! Outputs that were made of a folder, and who approved them.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::chain::Note;
use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::folders;
use crate::ids::{FolderId, IssueId};
use crate::row;
use crate::stamp::Stamp;
use crate::store::Store;

/// An output as it was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// The code by which people know it.
    pub fingerprint: String,
    /// Whether it is whole or a draft, in the words of who made it.
    pub state: String,
    /// What is in it, in short.
    pub summary: Value,
    /// Its files: path, and content whose bytes are among the contents already.
    pub files: BTreeMap<String, Digest>,
}

/// Who approved an output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Name of who approved.
    pub name: String,
    /// The day, as it is printed: `2026-03-01`.
    pub day: String,
    /// When that was written down, in ms since 1970 (UTC).
    pub at: i64,
    /// Who wrote it down.
    pub by: String,
}

/// An issue in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct IssueLine {
    /// Its number over all folders.
    pub id: IssueId,
    /// Its folder.
    pub folder: FolderId,
    /// Its number in the folder, from 1.
    pub number: u32,
    /// When it was made, in ms since 1970 (UTC).
    pub at: i64,
    /// Who made it.
    pub person: String,
    /// The code by which people know it.
    pub fingerprint: String,
    /// Whether it is whole or a draft, in the words of who made it.
    pub state: String,
    /// What is in it, in short.
    pub summary: Value,
    /// Who approved it.
    pub approval: Option<Approval>,
}

/// An issue with its files.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    /// The issue.
    pub line: IssueLine,
    /// Its files by path.
    pub files: BTreeMap<String, Digest>,
}

impl IssueLine {
    fn of(row: &SqliteRow) -> Result<IssueLine> {
        let name: Option<String> = row.try_get("approved_name")?;
        let approval = |name| -> Result<Approval> {
            Ok(Approval {
                name,
                day: row.try_get("approved_day")?,
                at: row.try_get("approved_at")?,
                by: row.try_get("approved_by")?,
            })
        };
        Ok(IssueLine {
            id: IssueId(row.try_get("id")?),
            folder: FolderId(row.try_get("folder")?),
            number: row.try_get("number")?,
            at: row.try_get("at")?,
            person: row.try_get("person")?,
            fingerprint: row.try_get("fingerprint")?,
            state: row.try_get("state")?,
            summary: row::json(row, "summary")?,
            approval: name.map(approval).transpose()?,
        })
    }
}

impl Store {
    /// Keeps an output of a folder.
    ///
    /// # Errors
    /// [`Error::Refused`](crate::Error::Refused) of a path that leads out of the output; [`Error::NotFound`](crate::Error::NotFound) of
    /// folder or content; a database that fails.
    pub async fn add_issue(&self, stamp: &Stamp, folder: FolderId, output: &Output) -> Result<IssueId> {
        for (path, content) in &output.files {
            folders::demand(path)?;
            self.contents().demand(content)?;
        }
        let mut write = self.database().write().await?;
        folders::folder(&mut write, folder).await?;
        let insert = "INSERT INTO issue (folder, number, at, person, fingerprint, state, summary) \
                      VALUES (?1, (SELECT ifnull(max(number), 0) + 1 FROM issue WHERE folder = ?1), ?2, ?3, ?4, ?5, ?6) RETURNING id";
        let insert =
            sqlx::query_scalar(insert).bind(folder.0).bind(stamp.at).bind(&stamp.person).bind(&output.fingerprint);
        let insert = insert.bind(&output.state).bind(output.summary.to_string());
        let id = IssueId(insert.fetch_one(&mut *write).await?);
        for (path, content) in &output.files {
            let insert = "INSERT INTO issue_file (issue, path, content) VALUES (?, ?, ?)";
            sqlx::query(insert).bind(id.0).bind(path).bind(content.as_str()).execute(&mut *write).await?;
        }
        let after = json!({
            "folder": folder,
            "fingerprint": output.fingerprint,
            "state": output.state,
            "files": output.files,
        });
        let note = Note { what: "issue.added", subject: &id.subject(), before: None, after: Some(&after) };
        write.note(stamp, note).await?;
        write.commit().await?;
        Ok(id)
    }

    /// Notes that `name` approved an issue on `day`. That is said once.
    ///
    /// # Errors
    /// [`Error::State`](crate::Error::State) of one that is approved already, [`Error::NotFound`](crate::Error::NotFound), a database
    /// that fails.
    pub async fn approve(&self, stamp: &Stamp, id: IssueId, name: &str, day: &str) -> Result<()> {
        let mut write = self.database().write().await?;
        if line(&mut write, id).await?.approval.is_some() {
            return Err(Error::State { subject: id.subject(), state: "approved".to_owned() });
        }
        let update =
            "UPDATE issue SET approved_name = ?, approved_day = ?, approved_at = ?, approved_by = ? WHERE id = ?";
        let update = sqlx::query(update).bind(name).bind(day).bind(stamp.at).bind(&stamp.person).bind(id.0);
        update.execute(&mut *write).await?;
        let after = json!({ "name": name, "day": day });
        let note = Note { what: "issue.approved", subject: &id.subject(), before: None, after: Some(&after) };
        write.note(stamp, note).await?;
        write.commit().await
    }

    /// Issues of a folder, newest first.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn issues(&self, folder: FolderId) -> Result<Vec<IssueLine>> {
        let mut reader = self.database().read().await?;
        let all = sqlx::query("SELECT * FROM issue WHERE folder = ? ORDER BY id DESC").bind(folder.0);
        all.fetch_all(&mut *reader).await?.iter().map(IssueLine::of).collect()
    }

    /// An issue with its files.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound), and a database that fails.
    pub async fn issue(&self, id: IssueId) -> Result<Issue> {
        let mut moment = self.database().moment().await?;
        let line = line(&mut moment, id).await?;
        let all = sqlx::query("SELECT path, content FROM issue_file WHERE issue = ?").bind(id.0);
        let rows = all.fetch_all(&mut *moment).await?;
        let files: Result<_> =
            rows.iter().map(|row| Ok((row.try_get("path")?, row::digest(row, "content")?))).collect();
        Ok(Issue { line, files: files? })
    }
}

async fn line(connection: &mut SqliteConnection, id: IssueId) -> Result<IssueLine> {
    let row = sqlx::query("SELECT * FROM issue WHERE id = ?").bind(id.0).fetch_optional(connection).await?;
    IssueLine::of(&row.ok_or_else(|| Error::NotFound(id.subject()))?)
}
