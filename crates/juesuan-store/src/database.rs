//! Connections to the database, and how its form came about.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Sqlite, SqliteConnection, Transaction};

use crate::error::{Error, Result};
use crate::write::Write;

/// Name of the database in its folder.
pub(crate) const NAME: &str = "desk.sqlite";
/// How long a statement waits for another process, and a write for the writer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Connections that read at once.
const READERS: u32 = 4;
/// What made the database what it is, in order; the number of those done stands in `user_version`.
const MIGRATIONS: [&str; 3] = [
    include_str!("../migrations/sqlite/0001-documents.sql"),
    include_str!("../migrations/sqlite/0002-folders.sql"),
    include_str!("../migrations/sqlite/0003-corrections.sql"),
];

/// One connection that writes, and some that read.
#[derive(Debug)]
pub(crate) struct Database {
    writer: SqlitePool,
    readers: SqlitePool,
    writes: Arc<AtomicU64>,
}

impl Database {
    /// Opens the database at `path`; it is made, and brought to the form of this program.
    pub(crate) async fn open(path: &Path) -> Result<Database> {
        let options = options(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let writer = pool(1).connect_with(options).await?;
        migrate(&writer).await?;
        let readers = reading(path).await?;
        Ok(Database { writer, readers, writes: Arc::default() })
    }

    /// Begins a write; one at a time.
    pub(crate) async fn write(&self) -> Result<Write> {
        Write::begin(self.writer().await?, Arc::clone(&self.writes)).await
    }

    /// How many writes have ended.
    pub(crate) fn writes(&self) -> u64 {
        self.writes.load(Ordering::SeqCst)
    }

    /// The connection that writes.
    pub(crate) async fn writer(&self) -> Result<PoolConnection<Sqlite>> {
        Ok(self.writer.acquire().await?)
    }

    /// A connection that reads.
    pub(crate) async fn read(&self) -> Result<PoolConnection<Sqlite>> {
        Ok(self.readers.acquire().await?)
    }

    /// Several reads of one moment.
    pub(crate) async fn moment(&self) -> Result<Transaction<'static, Sqlite>> {
        Ok(self.readers.begin().await?)
    }

    /// Ends all connections.
    pub(crate) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Connections that only read the database at `path`.
pub(crate) async fn reading(path: &Path) -> Result<SqlitePool> {
    Ok(pool(READERS).connect_with(options(path).read_only(true)).await?)
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(path).foreign_keys(true).busy_timeout(PATIENCE).disable_statement_logging()
}

fn pool(connections: u32) -> SqlitePoolOptions {
    // A connection to a file does not grow old.
    let pool = SqlitePoolOptions::new().max_connections(connections).acquire_timeout(PATIENCE);
    pool.idle_timeout(None).max_lifetime(None).test_before_acquire(false)
}

async fn migrate(writer: &SqlitePool) -> Result<()> {
    let mut connection = writer.acquire().await?;
    let done = form(&mut connection).await?;
    for (number, migration) in (1..).zip(MIGRATIONS).skip_while(|(number, _)| *number <= done) {
        let mut step = connection.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::raw_sql(migration).execute(&mut *step).await?;
        sqlx::raw_sql(AssertSqlSafe(format!("PRAGMA user_version = {number}"))).execute(&mut *step).await?;
        step.commit().await?;
    }
    Ok(())
}

/// The number of migrations that made the database.
pub(crate) async fn form(connection: &mut SqliteConnection) -> Result<i64> {
    let found = sqlx::query_scalar("PRAGMA user_version").fetch_one(connection).await?;
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    if (0..=known).contains(&found) { Ok(found) } else { Err(Error::Newer { known, found }) }
}
