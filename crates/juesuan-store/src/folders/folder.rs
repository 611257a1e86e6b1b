//! A folder as a whole.

use serde::Serialize;
use serde_json::json;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::chain::Note;
use crate::error::{Error, Result};
use crate::ids::FolderId;
use crate::stamp::Stamp;
use crate::store::Store;

/// What is said of a folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FolderFace {
    /// The body whose accounts are made.
    pub body: String,
    /// The year of the accounts.
    pub year: Option<u16>,
    /// Key of the variant after which they are made.
    pub variant: String,
    /// What people call it.
    pub title: String,
}

/// A folder from which accounts are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Its number.
    pub id: FolderId,
    /// What is said of it.
    pub face: FolderFace,
    /// When it came, in ms since 1970 (UTC).
    pub created: i64,
    /// When it was removed.
    pub removed: Option<i64>,
}

impl Folder {
    fn of(row: &SqliteRow) -> Result<Folder> {
        Ok(Folder {
            id: FolderId(row.try_get("id")?),
            face: FolderFace {
                body: row.try_get("body")?,
                year: row.try_get("year")?,
                variant: row.try_get("variant")?,
                title: row.try_get("title")?,
            },
            created: row.try_get("created")?,
            removed: row.try_get("removed")?,
        })
    }
}

impl Store {
    /// Begins an empty folder.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn add_folder(&self, stamp: &Stamp, face: &FolderFace) -> Result<FolderId> {
        let mut write = self.database().write().await?;
        let insert = "INSERT INTO folder (body, year, variant, title, created) VALUES (?, ?, ?, ?, ?) RETURNING id";
        let insert = sqlx::query_scalar(insert).bind(&face.body).bind(face.year).bind(&face.variant).bind(&face.title);
        let id = FolderId(insert.bind(stamp.at).fetch_one(&mut *write).await?);
        let note = Note { what: "folder.added", subject: &id.subject(), before: None, after: Some(&json!(face)) };
        write.note(stamp, note).await?;
        write.commit().await?;
        Ok(id)
    }

    /// Says something else of a folder.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound), and a database that fails.
    pub async fn describe_folder(&self, stamp: &Stamp, id: FolderId, face: &FolderFace) -> Result<()> {
        let mut write = self.database().write().await?;
        let before = json!(folder(&mut write, id).await?.face);
        let update = "UPDATE folder SET body = ?, year = ?, variant = ?, title = ? WHERE id = ?";
        let update = sqlx::query(update).bind(&face.body).bind(face.year).bind(&face.variant).bind(&face.title);
        update.bind(id.0).execute(&mut *write).await?;
        let (subject, after) = (id.subject(), json!(face));
        let note = Note { what: "folder.described", subject: &subject, before: Some(&before), after: Some(&after) };
        write.note(stamp, note).await?;
        write.commit().await
    }

    /// A folder, also one that was removed.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound), and a database that fails.
    pub async fn folder(&self, id: FolderId) -> Result<Folder> {
        folder(&mut *self.database().read().await?, id).await
    }

    /// All folders, newest first, also those that were removed.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn folders(&self) -> Result<Vec<Folder>> {
        let mut reader = self.database().read().await?;
        let rows = sqlx::query("SELECT * FROM folder ORDER BY id DESC").fetch_all(&mut *reader).await?;
        rows.iter().map(Folder::of).collect()
    }

    /// Puts a folder out of sight, with all that belongs to it. One that is out of sight already stays as it is.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound), and a database that fails.
    pub async fn remove_folder(&self, stamp: &Stamp, id: FolderId) -> Result<()> {
        self.move_folder(stamp, id, Some(stamp.at), "folder.removed").await
    }

    /// Brings a folder back.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound), and a database that fails.
    pub async fn restore_folder(&self, stamp: &Stamp, id: FolderId) -> Result<()> {
        self.move_folder(stamp, id, None, "folder.restored").await
    }

    async fn move_folder(&self, stamp: &Stamp, id: FolderId, removed: Option<i64>, what: &str) -> Result<()> {
        let mut write = self.database().write().await?;
        let before = folder(&mut write, id).await?.removed;
        if before.is_some() != removed.is_some() {
            let update = sqlx::query("UPDATE folder SET removed = ? WHERE id = ?").bind(removed).bind(id.0);
            update.execute(&mut *write).await?;
            let (before, after) = (json!({ "removed": before }), json!({ "removed": removed }));
            let note = Note { what, subject: &id.subject(), before: Some(&before), after: Some(&after) };
            write.note(stamp, note).await?;
        }
        write.commit().await
    }
}

/// The folder `id`.
pub(crate) async fn folder(connection: &mut SqliteConnection, id: FolderId) -> Result<Folder> {
    let row = sqlx::query("SELECT * FROM folder WHERE id = ?").bind(id.0).fetch_optional(connection).await?;
    Folder::of(&row.ok_or_else(|| Error::NotFound(id.subject()))?)
}
