//! Contents as they are found.

use sqlx::{Row, SqliteConnection};

use super::List;
use crate::error::Result;

/// A content that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// SHA-256 of its bytes.
    pub digest: String,
    /// Whether `compile` left it.
    pub package: bool,
    /// A file with these bytes; empty: they are kept beside the list.
    pub place: String,
    /// Name under which it was found.
    pub file: String,
    /// When it was published, as whoever made the list says: `2024-09-15`.
    pub published: Option<String>,
}

/// By what results are known as those that are wanted, and which run asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Catalogue and program.
    pub key: String,
    /// The run.
    pub run: i64,
    /// Whether what has a result is worked on all the same.
    pub again: bool,
}

/// What became of offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offered {
    /// Contents without a result, or with one that is not wanted any more.
    pub fresh: u64,
    /// Contents with a result.
    pub known: u64,
    /// Further names of a content that this run had found already.
    pub doubled: u64,
}

impl List {
    /// Begins a run.
    ///
    /// # Errors
    /// A database that fails.
    pub fn run(&mut self) -> Result<i64> {
        self.write(async |connection| {
            let count = "INSERT INTO about (name, value) VALUES ('run', '1')
                ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(about.value AS INTEGER) + 1 AS TEXT) RETURNING value";
            let number: String = sqlx::query_scalar(count).fetch_one(&mut *connection).await?;
            Ok(number.parse().unwrap_or_default())
        })
    }

    /// Notes contents in one write. What is to be worked on waits until [`List::begin`], so that the whole of a run is known by
    /// all its names before anybody works.
    ///
    /// # Errors
    /// A database that fails.
    pub fn offer(&mut self, offers: &[Offer], wanted: &Wanted) -> Result<Offered> {
        self.write(async |connection| {
            let mut out = Offered::default();
            for offer in offers {
                one(connection, offer, wanted, &mut out).await?;
            }
            Ok(out)
        })
    }

    /// Whether a content is to be worked on: its bytes are needed.
    ///
    /// # Errors
    /// A database that fails.
    pub fn wants(&mut self, digest: &str, wanted: &Wanted) -> Result<bool> {
        self.read(async |connection| {
            let known = "SELECT count(*) FROM document WHERE digest = ? AND key = ? AND state IN ('done', 'skipped', 'poisoned')";
            let known = sqlx::query_scalar(known).bind(digest).bind(&wanted.key);
            let known: i64 = known.fetch_one(&mut *connection).await?;
            Ok(known == 0 || wanted.again)
        })
    }

    /// Contents that have a result: bytes of them that are kept beside the list are needed no more.
    ///
    /// # Errors
    /// A database that fails.
    pub fn settled(&mut self) -> Result<Vec<String>> {
        self.read(async |connection| {
            let settled = "SELECT digest FROM document WHERE state IN ('done', 'skipped', 'poisoned', 'replaced')";
            Ok(sqlx::query_scalar(settled).fetch_all(&mut *connection).await?)
        })
    }

    /// Opens what was found to whoever works.
    ///
    /// # Errors
    /// A database that fails.
    pub fn begin(&mut self) -> Result<()> {
        self.write(async |connection| {
            let open = "UPDATE document SET state = 'queued' WHERE state = 'listed'";
            sqlx::query(open).execute(&mut *connection).await?;
            Ok(())
        })
    }
}

async fn one(connection: &mut SqliteConnection, offer: &Offer, wanted: &Wanted, out: &mut Offered) -> Result<()> {
    let known = sqlx::query("SELECT id, key, state, run FROM document WHERE digest = ?").bind(&offer.digest);
    let id: i64 = match known.fetch_optional(&mut *connection).await? {
        None => {
            out.fresh += 1;
            let add = "INSERT INTO document (digest, key, state, package, place, run)
                VALUES (?, ?, 'listed', ?, ?, ?) RETURNING id";
            let add = sqlx::query_scalar(add).bind(&offer.digest).bind(&wanted.key).bind(offer.package);
            add.bind(&offer.place).bind(wanted.run).fetch_one(&mut *connection).await?
        }
        Some(row) => {
            let (id, key, state, run): (i64, String, String, i64) =
                (row.try_get("id")?, row.try_get("key")?, row.try_get("state")?, row.try_get("run")?);
            let is_first = run != wanted.run;
            let has_result = matches!(state.as_str(), "done" | "skipped" | "poisoned");
            let is_gone = matches!(state.as_str(), "lost" | "replaced");
            let anew = is_first && (key != wanted.key || is_gone || wanted.again && has_result);
            match (is_first, anew || !has_result) {
                (false, _) => out.doubled += 1,
                (true, true) => out.fresh += 1,
                (true, false) => out.known += 1,
            }
            let place = "UPDATE document SET place = ?, run = ? WHERE id = ?";
            sqlx::query(place).bind(&offer.place).bind(wanted.run).bind(id).execute(&mut *connection).await?;
            if anew {
                let wait = "UPDATE document SET state = 'listed', key = ?, crashes = 0, ends = 0, not_before = 0,
                    worker = '', reason = '' WHERE id = ?";
                sqlx::query(wait).bind(&wanted.key).bind(id).execute(&mut *connection).await?;
            }
            id
        }
    };
    replace(connection, id, offer).await?;
    named(connection, id, offer).await
}

/// Takes its name from a content that lay in the same file before. One that has no name left stands in the archive no more: what was
/// corrected and published anew would else be counted beside what it corrects.
async fn replace(connection: &mut SqliteConnection, id: i64, offer: &Offer) -> Result<()> {
    if offer.place.is_empty() {
        return Ok(());
    }
    let earlier = "SELECT id FROM document WHERE place = ? AND id <> ?";
    let earlier = sqlx::query_scalar(earlier).bind(&offer.place).bind(id);
    let earlier: Vec<i64> = earlier.fetch_all(&mut *connection).await?;
    for old in earlier {
        let name = sqlx::query("DELETE FROM name WHERE document = ? AND file = ?");
        name.bind(old).bind(&offer.file).execute(&mut *connection).await?;
        for step in [
            "UPDATE document SET renamed = 1 WHERE id = ? AND bundle IS NOT NULL",
            "UPDATE document SET state = 'replaced', worker = '', reason = '', outcome = '', errors = 0
                WHERE id = ? AND NOT EXISTS (SELECT 1 FROM name WHERE name.document = document.id)",
            "DELETE FROM sheaf WHERE document = ?
                AND EXISTS (SELECT 1 FROM document WHERE document.id = sheaf.document AND state = 'replaced')",
        ] {
            sqlx::query(step).bind(old).execute(&mut *connection).await?;
        }
    }
    Ok(())
}

async fn named(connection: &mut SqliteConnection, id: i64, offer: &Offer) -> Result<()> {
    let name = "INSERT INTO name (document, file, published) VALUES (?, ?, ?)
        ON CONFLICT (document, file) DO UPDATE SET published = excluded.published
        WHERE excluded.published IS NOT NULL AND excluded.published IS NOT name.published";
    let name = sqlx::query(name).bind(id).bind(&offer.file).bind(&offer.published);
    if name.execute(&mut *connection).await?.rows_affected() > 0 {
        let renamed = sqlx::query("UPDATE document SET renamed = 1 WHERE id = ? AND bundle IS NOT NULL");
        renamed.bind(id).execute(&mut *connection).await?;
    }
    Ok(())
}
