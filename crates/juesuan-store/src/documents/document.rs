//! A document, its versions, and one of them.

use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::ids::{DocumentId, VersionId};
use crate::row;
use crate::store::Store;

/// By what versions of one publication are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The body that publishes; empty where it is not known. Then the file name stands for the whole identity.
    pub body: String,
    /// The year of the accounts.
    pub year: Option<u16>,
    /// What kind of document, in the words of who reads it.
    pub kind: String,
}

/// One publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its number.
    pub id: DocumentId,
    /// By what its versions are known.
    pub identity: Identity,
    /// The title of its newest version.
    pub title: String,
    /// When it came, in ms since 1970 (UTC).
    pub created: i64,
    /// When it was removed.
    pub removed: Option<i64>,
}

/// What was found in a version, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// How it stands, in the words of who checks.
    pub state: String,
    /// Findings that are errors.
    pub errors: u32,
    /// Findings that are warnings.
    pub warnings: u32,
    /// Findings that are notices.
    pub notices: u32,
    /// What was not understood.
    pub unread: u32,
    /// Relations that could be judged, of 1000.
    pub coverage: Option<u16>,
}

/// One content that was sent of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Its number over all documents.
    pub id: VersionId,
    /// Its document.
    pub document: DocumentId,
    /// Its number in the document, from 1.
    pub number: u32,
    /// What was sent.
    pub content: Digest,
    /// Its file name.
    pub name: String,
    /// When it came, in ms since 1970 (UTC).
    pub at: i64,
    /// Who sent it.
    pub person: String,
    /// When it was checked last.
    pub checked: i64,
    /// What the check found, as who checked keeps it.
    pub result: Option<Digest>,
    /// The same in numbers.
    pub figures: Figures,
    /// The same in short.
    pub summary: Value,
}

impl Document {
    pub(crate) fn of(row: &SqliteRow) -> Result<Document> {
        Ok(Document {
            id: DocumentId(row.try_get("id")?),
            identity: Identity { body: row.try_get("body")?, year: row.try_get("year")?, kind: row.try_get("kind")? },
            title: row.try_get("title")?,
            created: row.try_get("created")?,
            removed: row.try_get("removed")?,
        })
    }
}

impl Figures {
    pub(crate) fn of(row: &SqliteRow) -> Result<Figures> {
        Ok(Figures {
            state: row.try_get("state")?,
            errors: row.try_get("errors")?,
            warnings: row.try_get("warnings")?,
            notices: row.try_get("notices")?,
            unread: row.try_get("unread")?,
            coverage: row.try_get("coverage")?,
        })
    }
}

impl Version {
    pub(crate) fn of(row: &SqliteRow) -> Result<Version> {
        Ok(Version {
            id: VersionId(row.try_get("id")?),
            document: DocumentId(row.try_get("document")?),
            number: row.try_get("number")?,
            content: row::digest(row, "content")?,
            name: row.try_get("name")?,
            at: row.try_get("at")?,
            person: row.try_get("person")?,
            checked: row.try_get("checked")?,
            result: row::digest_maybe(row, "result")?,
            figures: Figures::of(row)?,
            summary: row::json(row, "summary")?,
        })
    }
}

impl Store {
    /// A document, also one that was removed.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound), and a database that fails.
    pub async fn document(&self, id: DocumentId) -> Result<Document> {
        document(&mut *self.database().read().await?, id).await
    }

    /// All versions of a document, newest first; none of a document that there is not.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn versions(&self, document: DocumentId) -> Result<Vec<Version>> {
        let all = "SELECT * FROM version WHERE document = ? ORDER BY number DESC";
        let mut reader = self.database().read().await?;
        sqlx::query(all).bind(document.0).fetch_all(&mut *reader).await?.iter().map(Version::of).collect()
    }

    /// One version.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound), and a database that fails.
    pub async fn version(&self, id: VersionId) -> Result<Version> {
        let mut reader = self.database().read().await?;
        let row = sqlx::query("SELECT * FROM version WHERE id = ?").bind(id.0).fetch_optional(&mut *reader).await?;
        Version::of(&row.ok_or_else(|| Error::NotFound(id.subject()))?)
    }
}

/// The document `id`.
pub(crate) async fn document(connection: &mut SqliteConnection, id: DocumentId) -> Result<Document> {
    let row = sqlx::query("SELECT * FROM document WHERE id = ?").bind(id.0).fetch_optional(connection).await?;
    Document::of(&row.ok_or_else(|| Error::NotFound(id.subject()))?)
}
