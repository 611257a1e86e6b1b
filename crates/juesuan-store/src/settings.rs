//! Settings: JSON by name.

use serde_json::Value;
use sqlx::SqliteConnection;

use crate::chain::Note;
use crate::error::Result;
use crate::row;
use crate::stamp::Stamp;
use crate::store::Store;

impl Store {
    /// What is set for `key`.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn setting(&self, key: &str) -> Result<Option<Value>> {
        setting(&mut *self.database().read().await?, key).await
    }

    /// Sets `key`.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn set(&self, stamp: &Stamp, key: &str, value: &Value) -> Result<()> {
        let mut write = self.database().write().await?;
        let before = setting(&mut write, key).await?;
        let insert =
            "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        sqlx::query(insert).bind(key).bind(value.to_string()).execute(&mut *write).await?;
        let subject = format!("setting/{key}");
        let note = Note { what: "setting.set", subject: &subject, before: before.as_ref(), after: Some(value) };
        write.note(stamp, note).await?;
        write.commit().await
    }
}

async fn setting(connection: &mut SqliteConnection, key: &str) -> Result<Option<Value>> {
    let text = sqlx::query_scalar("SELECT value FROM setting WHERE name = ?").bind(key);
    let text: Option<String> = text.fetch_optional(connection).await?;
    text.as_deref().map(row::read).transpose()
}
