//! How a content that was read becomes a version of a document.

use serde_json::{Value, json};
use sqlx::Row;

use super::document::{Figures, Identity};
use crate::chain::Note;
use crate::digest::Digest;
use crate::error::Result;
use crate::ids::{DocumentId, VersionId};
use crate::stamp::Stamp;
use crate::store::Store;
use crate::write::Write;

/// A content that was read and checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What was sent; its bytes are among the contents already.
    pub content: Digest,
    /// Its file name.
    pub name: String,
    /// The title it bears.
    pub title: String,
    /// What the check found; its bytes are among the contents already.
    pub result: Option<Digest>,
    /// The same in numbers.
    pub figures: Figures,
    /// The same in short.
    pub summary: Value,
}

/// Where a reading went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The document.
    pub document: DocumentId,
    /// The version.
    pub version: VersionId,
    /// Its number in the document, from 1.
    pub number: u32,
    /// True if that content was there already: then its version has the new result.
    pub known: bool,
}

impl Store {
    /// Puts a reading to the document with that identity. A content that the document has already gets the new result, another one
    /// becomes its next version. A removed document is back with it. A document whose body was not known when the same content
    /// was read earlier gets the identity.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) of a content that is not there; a database that fails.
    pub async fn record(&self, stamp: &Stamp, identity: &Identity, reading: &Reading) -> Result<Recorded> {
        self.contents().demand(&reading.content)?;
        reading.result.iter().try_for_each(|result| self.contents().demand(result))?;
        let mut write = self.database().write().await?;
        let found = found(&mut write, identity, reading).await?;
        let document = match found {
            Some(document) => document,
            None => added(&mut write, stamp, identity, reading).await?,
        };
        let twin = "SELECT id, number, result, state, newest FROM version WHERE document = ? AND content = ?";
        let twin =
            sqlx::query(twin).bind(document.0).bind(reading.content.as_str()).fetch_optional(&mut *write).await?;
        let (recorded, before, is_newest) = match twin {
            Some(row) => {
                let (id, number) = (VersionId(row.try_get("id")?), row.try_get("number")?);
                judged_again(&mut write, stamp, id, reading).await?;
                let before = json!({
                    "version": number,
                    "result": row.try_get::<Option<String>, _>("result")?,
                    "state": row.try_get::<String, _>("state")?,
                });
                (Recorded { document, version: id, number, known: true }, Some(before), row.try_get("newest")?)
            }
            None => (appended(&mut write, stamp, document, reading).await?, None, true),
        };
        write.show(&recorded, identity, reading, is_newest).await?;
        let what = match (found, recorded.known) {
            (None, _) => "document.added",
            (_, false) => "version.added",
            (_, true) => "version.checked",
        };
        let after = after(&recorded, identity, reading);
        let subject = document.subject();
        write.note(stamp, Note { what, subject: &subject, before: before.as_ref(), after: Some(&after) }).await?;
        write.commit().await?;
        Ok(recorded)
    }
}

fn after(recorded: &Recorded, identity: &Identity, reading: &Reading) -> Value {
    json!({
        "body": identity.body,
        "year": identity.year,
        "kind": identity.kind,
        "version": recorded.number,
        "name": reading.name,
        "content": reading.content,
        "result": reading.result,
        "state": reading.figures.state,
    })
}

/// The document that a reading belongs to.
async fn found(write: &mut Write, identity: &Identity, reading: &Reading) -> Result<Option<DocumentId>> {
    if identity.body.is_empty() {
        let by_name = "SELECT id FROM document WHERE body = '' AND name = ?";
        let id = sqlx::query_scalar(by_name).bind(&reading.name).fetch_optional(&mut **write).await?;
        return Ok(id.map(DocumentId));
    }
    let by_identity = "SELECT id FROM document WHERE body = ? AND ifnull(year, 0) = ? AND kind = ? AND body <> ''";
    let by_identity = sqlx::query_scalar(by_identity).bind(&identity.body).bind(identity.year.unwrap_or(0));
    let id = by_identity.bind(&identity.kind).fetch_optional(&mut **write).await?;
    if id.is_some() {
        return Ok(id.map(DocumentId));
    }
    let nameless = "SELECT document.id FROM version JOIN document ON document.id = version.document \
                    WHERE version.content = ? AND document.body = '' ORDER BY document.id LIMIT 1";
    let id = sqlx::query_scalar(nameless).bind(reading.content.as_str()).fetch_optional(&mut **write).await?;
    Ok(id.map(DocumentId))
}

async fn added(write: &mut Write, stamp: &Stamp, identity: &Identity, reading: &Reading) -> Result<DocumentId> {
    let insert = "INSERT INTO document (body, year, kind, name, title, search, created) VALUES (?, ?, ?, ?, '', '', ?) \
                  RETURNING id";
    let insert = sqlx::query_scalar(insert).bind(&identity.body).bind(identity.year).bind(&identity.kind);
    let insert = insert.bind(&reading.name).bind(stamp.at);
    Ok(DocumentId(insert.fetch_one(&mut **write).await?))
}

async fn judged_again(write: &mut Write, stamp: &Stamp, version: VersionId, reading: &Reading) -> Result<()> {
    let update = "UPDATE version SET checked = ?, result = ?, state = ?, errors = ?, warnings = ?, notices = ?, unread = ?, \
                  coverage = ?, summary = ? WHERE id = ?";
    let figures = &reading.figures;
    let update = sqlx::query(update).bind(stamp.at).bind(reading.result.as_ref().map(Digest::as_str));
    let update = update.bind(&figures.state).bind(figures.errors).bind(figures.warnings).bind(figures.notices);
    let update = update.bind(figures.unread).bind(figures.coverage).bind(reading.summary.to_string()).bind(version.0);
    update.execute(&mut **write).await?;
    Ok(())
}

async fn appended(write: &mut Write, stamp: &Stamp, document: DocumentId, reading: &Reading) -> Result<Recorded> {
    sqlx::query("UPDATE version SET newest = 0 WHERE document = ? AND newest = 1")
        .bind(document.0)
        .execute(&mut **write)
        .await?;
    let insert = "INSERT INTO version (document, number, newest, at, checked, person, content, name, result, state, errors, \
                  warnings, notices, unread, coverage, summary) \
                  VALUES (?1, (SELECT ifnull(max(number), 0) + 1 FROM version WHERE document = ?1), 1, ?2, ?2, ?3, ?4, ?5, ?6, ?7, \
                  ?8, ?9, ?10, ?11, ?12, ?13) RETURNING id, number";
    let figures = &reading.figures;
    let insert = sqlx::query(insert).bind(document.0).bind(stamp.at).bind(&stamp.person).bind(reading.content.as_str());
    let insert = insert.bind(&reading.name).bind(reading.result.as_ref().map(Digest::as_str)).bind(&figures.state);
    let insert = insert.bind(figures.errors).bind(figures.warnings).bind(figures.notices).bind(figures.unread);
    let row = insert.bind(figures.coverage).bind(reading.summary.to_string()).fetch_one(&mut **write).await?;
    Ok(Recorded { document, version: VersionId(row.try_get("id")?), number: row.try_get("number")?, known: false })
}

impl Write {
    /// Brings the document back if it was removed; it bears the name and title of its newest version.
    async fn show(
        &mut self,
        recorded: &Recorded,
        identity: &Identity,
        reading: &Reading,
        is_newest: bool,
    ) -> Result<()> {
        let back = "UPDATE document SET removed = NULL, body = ?, year = ?, kind = ? WHERE id = ?";
        let back = sqlx::query(back).bind(&identity.body).bind(identity.year).bind(&identity.kind);
        back.bind(recorded.document.0).execute(&mut **self).await?;
        if is_newest {
            let search = [&reading.title, &identity.body, &reading.name].map(|text| text.to_lowercase()).join("\n");
            let face = "UPDATE document SET title = ?, search = ? WHERE id = ?";
            let face = sqlx::query(face).bind(&reading.title).bind(search).bind(recorded.document.0);
            face.execute(&mut **self).await?;
        }
        Ok(())
    }
}
