//! Rows that stand in bundles, and those that are to.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::List;
use crate::error::Result;
use crate::rows::Partition;

/// A document with rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    /// Its number in the list.
    pub(crate) id: i64,
    /// SHA-256 of its bytes.
    pub(crate) digest: String,
    /// By what its newest result is known.
    pub(crate) key: String,
    /// Where the rows of its newest result belong.
    pub(crate) partition: Partition,
    /// How many figures it has.
    pub(crate) weight: u64,
    /// The bundle in which rows of it stand.
    pub(crate) bundle: Option<i64>,
    /// By what those rows are known.
    pub(crate) laid: String,
    /// Whether there are newer rows.
    pub(crate) sheaf: bool,
    /// Whether rows of it are still wanted.
    pub(crate) wanted: bool,
    /// Whether it has a name that its bundle does not know.
    pub(crate) renamed: bool,
}

/// What there is to lay into bundles.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bound {
    /// Every document with rows, by digest.
    pub(crate) members: Vec<Member>,
    /// Bundles by number: where they lie.
    pub(crate) bundles: BTreeMap<i64, (Partition, u64)>,
}

/// One file of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Name of its table.
    pub(crate) table: String,
    /// Path below the archive.
    pub(crate) path: String,
    /// How many rows it has.
    pub(crate) rows: u64,
    /// How long it is.
    pub(crate) bytes: u64,
    /// SHA-256 of it.
    pub(crate) sha256: String,
}

/// A new bundle.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    /// Where it lies.
    pub(crate) partition: Partition,
    /// How many figures it has.
    pub(crate) weight: u64,
    /// Its files.
    pub(crate) parts: Vec<Part>,
    /// Its documents.
    pub(crate) documents: Vec<Laid>,
}

/// A document of a new bundle.
#[derive(Clone, Debug)]
pub(crate) struct Laid {
    /// Its number in the list.
    pub(crate) id: i64,
    /// By what its rows are known.
    pub(crate) key: String,
    /// How many names it had.
    pub(crate) names: u64,
}

/// Bundles that take the place of others.
#[derive(Clone, Debug, Default)]
pub(crate) struct Swap {
    /// New ones.
    pub(crate) made: Vec<Made>,
    /// Those that go.
    pub(crate) gone: BTreeSet<i64>,
    /// Documents of which no rows stand any more.
    pub(crate) dropped: Vec<i64>,
}

impl List {
    /// Every document with rows, and where they stand.
    ///
    /// # Errors
    /// A database that fails.
    pub(crate) fn bound(&mut self) -> Result<Bound> {
        self.read(async |connection| {
            let members = "SELECT id, digest, coalesce(sheaf.key, document.key) AS key, state, year, province, weight, bundle, laid, renamed,
                    sheaf.document IS NOT NULL AS sheaf
                FROM document LEFT JOIN sheaf ON sheaf.document = document.id
                WHERE bundle IS NOT NULL OR sheaf.document IS NOT NULL ORDER BY digest";
            let members = sqlx::query(members).fetch_all(&mut *connection).await?;
            let members = members.iter().map(member).collect::<Result<_>>()?;
            let bundles = "SELECT id, year, province, weight FROM bundle";
            let bundles = sqlx::query(bundles).fetch_all(&mut *connection).await?;
            let bundles = bundles.iter().map(|row| Ok((row.try_get("id")?, (partition(row)?, weight(row)?))));
            Ok(Bound { members, bundles: bundles.collect::<Result<_>>()? })
        })
    }

    /// The rows of a document that stand in no bundle yet.
    ///
    /// # Errors
    /// A database that fails.
    pub(crate) fn sheaf(&mut self, document: i64) -> Result<Option<Vec<u8>>> {
        self.read(async |connection| {
            let packed = sqlx::query_scalar("SELECT packed FROM sheaf WHERE document = ?").bind(document);
            Ok(packed.fetch_optional(&mut *connection).await?)
        })
    }

    /// The names of a document in their order, each with the day when it was published.
    ///
    /// # Errors
    /// A database that fails.
    pub(crate) fn names(&mut self, document: i64) -> Result<Vec<(String, Option<String>)>> {
        self.read(async |connection| {
            let names = "SELECT file, published FROM name WHERE document = ? ORDER BY file";
            let names = sqlx::query(names).bind(document).fetch_all(&mut *connection).await?;
            names.iter().map(|row| Ok((row.try_get("file")?, row.try_get("published")?))).collect()
        })
    }

    /// The parts of a bundle, or of all of them, by path.
    ///
    /// # Errors
    /// A database that fails.
    pub(crate) fn parts(&mut self, bundle: Option<i64>) -> Result<Vec<Part>> {
        self.read(async |connection| {
            let parts = "SELECT path, table_name, row_count, bytes, sha256 FROM part
                WHERE ? IS NULL OR bundle = ? ORDER BY path";
            let parts = sqlx::query(parts).bind(bundle).bind(bundle).fetch_all(&mut *connection).await?;
            let number = |row: &SqliteRow, name: &str| -> Result<u64> {
                let number: i64 = row.try_get(name)?;
                Ok(u64::try_from(number).unwrap_or_default())
            };
            let part = |row: &SqliteRow| {
                Ok(Part {
                    table: row.try_get("table_name")?,
                    path: row.try_get("path")?,
                    rows: number(row, "row_count")?,
                    bytes: number(row, "bytes")?,
                    sha256: row.try_get("sha256")?,
                })
            };
            parts.iter().map(part).collect()
        })
    }

    /// Notes that bundles were made and others are gone, all at once.
    ///
    /// # Errors
    /// A database that fails.
    pub(crate) fn swap(&mut self, swap: &Swap) -> Result<()> {
        self.write(async |connection| {
            for bundle in &swap.gone {
                for gone in [
                    "DELETE FROM part WHERE bundle = ?",
                    "UPDATE document SET bundle = NULL WHERE bundle = ?",
                    "DELETE FROM bundle WHERE id = ?",
                ] {
                    sqlx::query(gone).bind(bundle).execute(&mut *connection).await?;
                }
            }
            for made in &swap.made {
                add(connection, made).await?;
            }
            for document in &swap.dropped {
                let dropped = sqlx::query("UPDATE document SET bundle = NULL WHERE id = ?");
                dropped.bind(document).execute(&mut *connection).await?;
            }
            Ok(())
        })
    }
}

async fn add(connection: &mut SqliteConnection, made: &Made) -> Result<()> {
    let add = "INSERT INTO bundle (year, province, weight) VALUES (?, ?, ?) RETURNING id";
    let add = sqlx::query_scalar(add).bind(made.partition.year).bind(&made.partition.province);
    let bundle: i64 = add.bind(number(made.weight)).fetch_one(&mut *connection).await?;
    for part in &made.parts {
        let add = "INSERT INTO part (path, bundle, table_name, row_count, bytes, sha256) VALUES (?, ?, ?, ?, ?, ?)";
        let add = sqlx::query(add).bind(&part.path).bind(bundle).bind(&part.table);
        let add = add.bind(number(part.rows)).bind(number(part.bytes)).bind(&part.sha256);
        add.execute(&mut *connection).await?;
    }
    for document in &made.documents {
        // Names that came since are laid the next time, and so are rows, which then have another key.
        let stands = "UPDATE document SET bundle = ?, laid = ?,
            renamed = (SELECT count(*) FROM name WHERE name.document = document.id) <> ? WHERE id = ?";
        let stands = sqlx::query(stands).bind(bundle).bind(&document.key).bind(number(document.names));
        stands.bind(document.id).execute(&mut *connection).await?;
        let laid = sqlx::query("DELETE FROM sheaf WHERE document = ? AND key = ?");
        laid.bind(document.id).bind(&document.key).execute(&mut *connection).await?;
    }
    Ok(())
}

fn member(row: &SqliteRow) -> Result<Member> {
    let state: String = row.try_get("state")?;
    Ok(Member {
        id: row.try_get("id")?,
        digest: row.try_get("digest")?,
        key: row.try_get("key")?,
        partition: partition(row)?,
        weight: weight(row)?,
        bundle: row.try_get("bundle")?,
        laid: row.try_get("laid")?,
        sheaf: row.try_get("sheaf")?,
        wanted: !matches!(state.as_str(), "skipped" | "poisoned" | "replaced"),
        renamed: row.try_get("renamed")?,
    })
}

fn partition(row: &SqliteRow) -> Result<Partition> {
    Ok(Partition { year: row.try_get("year")?, province: row.try_get("province")? })
}

fn weight(row: &SqliteRow) -> Result<u64> {
    let weight: i64 = row.try_get("weight")?;
    Ok(u64::try_from(weight).unwrap_or_default())
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
