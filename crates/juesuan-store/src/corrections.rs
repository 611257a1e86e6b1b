//! What people say stands in pictures: by the picture and the place in it, over all documents and versions.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::chain::Note;
use crate::documents::document;
use crate::error::{Error, Result};
use crate::ids::DocumentId;
use crate::stamp::Stamp;
use crate::store::Store;

/// A place in a picture; both are words of whoever reads pictures.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// What the picture is known by.
    pub picture: String,
    /// Where on it.
    pub place: String,
}

/// What stands at a place of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// What had been read.
    pub read: String,
    /// What stands there.
    pub text: String,
}

/// A correction that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrected {
    /// Where.
    pub spot: Spot,
    /// When, in ms since 1970 (UTC).
    pub at: i64,
    /// Who says so.
    pub by: String,
    /// What.
    pub correction: Correction,
}

impl Store {
    /// Says what stands at a place of a picture, in place of what was said before. `document` is the one beside which it was said: the
    /// event is one of its.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn correct(
        &self,
        stamp: &Stamp,
        document: DocumentId,
        spot: &Spot,
        correction: &Correction,
    ) -> Result<()> {
        self.say(stamp, document, spot, Some(correction)).await
    }

    /// Takes a correction back.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) where none stands, and a database that fails.
    pub async fn withdraw_correction(&self, stamp: &Stamp, document: DocumentId, spot: &Spot) -> Result<()> {
        self.say(stamp, document, spot, None).await
    }

    /// The corrections that stand, of every picture.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn corrections(&self) -> Result<Vec<Corrected>> {
        let newest = "SELECT * FROM correction WHERE id IN (SELECT max(id) FROM correction GROUP BY picture, place) \
                      AND text IS NOT NULL ORDER BY id";
        let mut reader = self.database().read().await?;
        let rows = sqlx::query(newest).fetch_all(&mut *reader).await?;
        rows.iter().filter_map(|row| corrected(row).transpose()).collect()
    }

    async fn say(
        &self,
        stamp: &Stamp,
        document: DocumentId,
        spot: &Spot,
        correction: Option<&Correction>,
    ) -> Result<()> {
        let mut write = self.database().write().await?;
        document::document(&mut write, document).await?;
        let subject = format!("{}/picture/{}/{}", document.subject(), spot.picture, spot.place);
        let before = newest(&mut write, spot).await?;
        if correction.is_none() && before.is_none() {
            return Err(Error::NotFound(subject));
        }
        let read = correction.or(before.as_ref()).map_or("", |own| own.read.as_str());
        let insert = "INSERT INTO correction (picture, place, at, by_person, read, text) VALUES (?, ?, ?, ?, ?, ?)";
        let insert = sqlx::query(insert).bind(&spot.picture).bind(&spot.place).bind(stamp.at).bind(&stamp.person);
        let insert = insert.bind(read).bind(correction.map(|own| own.text.as_str()));
        insert.execute(&mut *write).await?;
        let what = if correction.is_some() { "reading.corrected" } else { "reading.withdrawn" };
        let (before, after) = (before.as_ref().map(json), correction.map(json));
        write.note(stamp, Note { what, subject: &subject, before: before.as_ref(), after: after.as_ref() }).await?;
        write.commit().await
    }
}

fn json(correction: &Correction) -> Value {
    serde_json::json!(correction)
}

async fn newest(connection: &mut SqliteConnection, spot: &Spot) -> Result<Option<Correction>> {
    let newest = "SELECT * FROM correction WHERE picture = ? AND place = ? ORDER BY id DESC LIMIT 1";
    let row = sqlx::query(newest).bind(&spot.picture).bind(&spot.place).fetch_optional(connection).await?;
    let corrected = row.as_ref().map(corrected).transpose()?.flatten();
    Ok(corrected.map(|own| own.correction))
}

/// What a row says; `None` where it was taken back.
fn corrected(row: &SqliteRow) -> Result<Option<Corrected>> {
    let Some(text) = row.try_get("text")? else { return Ok(None) };
    let spot = Spot { picture: row.try_get("picture")?, place: row.try_get("place")? };
    let correction = Correction { read: row.try_get("read")?, text };
    Ok(Some(Corrected { spot, at: row.try_get("at")?, by: row.try_get("by_person")?, correction }))
}
