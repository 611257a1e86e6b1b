//! Values of a row that are more than numbers and texts.

use serde_json::Value;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use crate::digest::Digest;
use crate::error::{Error, Result};

/// A digest in column `name`.
pub(crate) fn digest(row: &SqliteRow, name: &str) -> Result<Digest> {
    parsed(&row.try_get::<String, _>(name)?)
}

/// A digest that may be lacking.
pub(crate) fn digest_maybe(row: &SqliteRow, name: &str) -> Result<Option<Digest>> {
    row.try_get::<Option<String>, _>(name)?.as_deref().map(parsed).transpose()
}

/// JSON in column `name`.
pub(crate) fn json(row: &SqliteRow, name: &str) -> Result<Value> {
    read(&row.try_get::<String, _>(name)?)
}

/// JSON that may be lacking.
pub(crate) fn json_maybe(row: &SqliteRow, name: &str) -> Result<Option<Value>> {
    row.try_get::<Option<String>, _>(name)?.as_deref().map(read).transpose()
}

/// A number that is never negative.
pub(crate) fn count(row: &SqliteRow, name: &str) -> Result<u64> {
    let number: i64 = row.try_get(name)?;
    u64::try_from(number).map_err(|_| Error::Damaged(format!("{name} is {number}")))
}

fn parsed(text: &str) -> Result<Digest> {
    text.parse().map_err(|_| Error::Damaged(format!("{text:?} is no digest")))
}

/// JSON that this store wrote.
pub(crate) fn read(text: &str) -> Result<Value> {
    serde_json::from_str(text).map_err(|error| Error::Damaged(error.to_string()))
}

/// A count as SQLite keeps it.
pub(crate) fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
