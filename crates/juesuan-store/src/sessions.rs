//! Sessions of the pages. The store sees hashes of tokens only.

use sqlx::Row;

use crate::error::Result;
use crate::store::Store;

/// A session that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Hash of its token.
    pub token_hash: String,
    /// The token that its forms carry.
    pub csrf: String,
    /// When it was opened, in ms since 1970 (UTC).
    pub opened: i64,
    /// When it was last used.
    pub seen: i64,
    /// When it ends.
    pub expires: i64,
}

impl Store {
    /// Opens a session at `at` that ends at `expires`, both in ms since 1970 (UTC). Those that have ended go.
    ///
    /// # Errors
    /// A database that fails, also for a token that is there already.
    pub async fn open_session(&self, token_hash: &str, csrf: &str, at: i64, expires: i64) -> Result<()> {
        let mut write = self.database().write().await?;
        sqlx::query("DELETE FROM session WHERE expires <= ?").bind(at).execute(&mut *write).await?;
        let insert = "INSERT INTO session (token_hash, csrf, opened, seen, expires) VALUES (?, ?, ?, ?, ?)";
        let insert = sqlx::query(insert).bind(token_hash).bind(csrf).bind(at).bind(at).bind(expires);
        insert.execute(&mut *write).await?;
        write.commit().await
    }

    /// The session with that token, if it is still open at `now`.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn session(&self, token_hash: &str, now: i64) -> Result<Option<Session>> {
        let open = "SELECT * FROM session WHERE token_hash = ? AND expires > ?";
        let mut reader = self.database().read().await?;
        let row = sqlx::query(open).bind(token_hash).bind(now).fetch_optional(&mut *reader).await?;
        let session = |row: &sqlx::sqlite::SqliteRow| {
            Ok(Session {
                token_hash: row.try_get("token_hash")?,
                csrf: row.try_get("csrf")?,
                opened: row.try_get("opened")?,
                seen: row.try_get("seen")?,
                expires: row.try_get("expires")?,
            })
        };
        row.as_ref().map(session).transpose()
    }

    /// Notes that a session was used at `now`, and when it ends now. One that is not open stays so. It waits for the disk: once a
    /// minute is enough.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn touch(&self, token_hash: &str, now: i64, expires: i64) -> Result<()> {
        let mut write = self.database().write().await?;
        let update = "UPDATE session SET seen = ?1, expires = ?2 WHERE token_hash = ?3 AND expires > ?1";
        sqlx::query(update).bind(now).bind(expires).bind(token_hash).execute(&mut *write).await?;
        write.commit().await
    }

    /// Ends a session.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn close_session(&self, token_hash: &str) -> Result<()> {
        let mut write = self.database().write().await?;
        sqlx::query("DELETE FROM session WHERE token_hash = ?").bind(token_hash).execute(&mut *write).await?;
        write.commit().await
    }
}
