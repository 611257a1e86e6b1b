//! One transaction that writes.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::pool::PoolConnection;
use sqlx::{Sqlite, SqliteConnection};

use crate::error::Result;

/// A transaction on the writing connection. What is not committed never was.
///
/// Not `sqlx::Transaction`: where SQLite has rolled back by itself (a full disk), the depth that sqlx counts stays above zero and every
/// later transaction fails. A connection whose transaction did not end is closed instead, also when its future is dropped.
pub(crate) struct Write {
    connection: PoolConnection<Sqlite>,
    /// How many there were.
    count: Arc<AtomicU64>,
    ended: bool,
}

impl Write {
    /// Begins on `connection`.
    pub(crate) async fn begin(connection: PoolConnection<Sqlite>, count: Arc<AtomicU64>) -> Result<Write> {
        let mut write = Write { connection, count, ended: false };
        sqlx::query("BEGIN IMMEDIATE").execute(&mut *write).await?;
        Ok(write)
    }

    /// Keeps all of it. When this returns it is on the disk.
    pub(crate) async fn commit(mut self) -> Result<()> {
        sqlx::query("COMMIT").execute(&mut *self).await?;
        self.ended = true;
        Ok(())
    }
}

impl Deref for Write {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.connection
    }
}

impl DerefMut for Write {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
}

impl Drop for Write {
    fn drop(&mut self) {
        // Also where it is not known whether it was kept.
        self.count.fetch_add(1, Ordering::SeqCst);
        if !self.ended {
            self.connection.close_on_drop();
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{Error, Stamp, Store};

    async fn limit(store: &Store, pages: &'static str) {
        let mut connection = store.database().writer().await.unwrap();
        sqlx::query(pages).execute(&mut *connection).await.unwrap();
    }

    #[tokio::test]
    async fn a_full_disk_is_said_and_once_there_is_room_writing_goes_on() {
        let folder = std::env::temp_dir().join(format!("juesuan-store-full-{}", std::process::id()));
        let store = Store::open(&folder).await.unwrap();
        let stamp = Stamp::new(1, "Li");
        let large = json!("x".repeat(1_000_000));
        store.set(&stamp, "small", &json!(1)).await.unwrap();
        for _ in 0..3 {
            limit(&store, "PRAGMA max_page_count = 50").await;
            let full = store.set(&stamp, "large", &large).await;
            assert!(matches!(full, Err(Error::DiskFull)), "{full:?}");
            assert_eq!(store.setting("large").await.unwrap(), None);
        }
        limit(&store, "PRAGMA max_page_count = 100000").await;
        store.set(&stamp, "large", &large).await.unwrap();
        assert_eq!(store.verify_chain().await.unwrap().count, 2);
        store.close().await;
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
