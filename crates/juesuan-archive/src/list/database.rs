//! The file of a work list.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use tokio::runtime::{Builder, Runtime};

use crate::error::{Error, Result, machine};

/// How long a statement waits for another process.
const PATIENCE: Duration = Duration::from_secs(60);
/// What made the list what it is, in order; the number of those done stands in `user_version`.
const MIGRATIONS: [&str; 1] = [include_str!("../../migrations/0001-list.sql")];
/// Under which name the form of the tables stands.
const FORM: &str = "form";

/// One connection to a work list.
pub struct List {
    runtime: Runtime,
    pub(super) connection: SqliteConnection,
}

impl List {
    /// Opens the list at `path`; what is not there is made. `form` is that of the tables that are written.
    ///
    /// # Errors
    /// [`Error::Form`] for one of another form, and a database that fails.
    pub fn open(path: &Path, form: u32) -> Result<List> {
        let runtime = Builder::new_current_thread().enable_all().build().map_err(machine("read", path))?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .journal_mode(SqliteJournalMode::Wal)
            // What the last moments before a power cut had written may be gone: it is done again.
            .synchronous(SqliteSynchronous::Normal)
            .disable_statement_logging();
        let connection = runtime.block_on(options.connect())?;
        let mut list = List { runtime, connection };
        list.migrate()?;
        list.of_form(form)?;
        Ok(list)
    }

    /// Runs one transaction: all of it or nothing.
    pub(super) fn write<T>(&mut self, work: impl AsyncFnOnce(&mut SqliteConnection) -> Result<T>) -> Result<T> {
        let List { runtime, connection } = self;
        runtime.block_on(async {
            sqlx::query("BEGIN IMMEDIATE").execute(&mut *connection).await?;
            match work(connection).await {
                Ok(out) => {
                    sqlx::query("COMMIT").execute(&mut *connection).await?;
                    Ok(out)
                }
                Err(error) => {
                    // SQLite may have rolled back by itself, on a full disk: then this is the fault that is not told.
                    let _ = sqlx::query("ROLLBACK").execute(&mut *connection).await;
                    Err(error)
                }
            }
        })
    }

    /// Runs what only reads.
    pub(super) fn read<T>(&mut self, work: impl AsyncFnOnce(&mut SqliteConnection) -> Result<T>) -> Result<T> {
        let List { runtime, connection } = self;
        runtime.block_on(work(connection))
    }

    fn migrate(&mut self) -> Result<()> {
        self.write(async |connection| {
            let done: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *connection).await?;
            for (number, migration) in (1_i64..).zip(MIGRATIONS).skip_while(|(number, _)| *number <= done) {
                sqlx::raw_sql(migration).execute(&mut *connection).await?;
                let noted = AssertSqlSafe(format!("PRAGMA user_version = {number}"));
                sqlx::raw_sql(noted).execute(&mut *connection).await?;
            }
            Ok(())
        })
    }

    fn of_form(&mut self, known: u32) -> Result<()> {
        self.write(async |connection| {
            let note = sqlx::query("INSERT INTO about (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING");
            note.bind(FORM).bind(known.to_string()).execute(&mut *connection).await?;
            let found = sqlx::query_scalar("SELECT value FROM about WHERE name = ?").bind(FORM);
            let found: String = found.fetch_one(&mut *connection).await?;
            let found = found.parse().map_err(|_| Error::Damaged(found))?;
            if found == known { Ok(()) } else { Err(Error::Form { known, found }) }
        })
    }

    /// Ends the connection, so that the list is one file again where nobody else has it open.
    ///
    /// # Errors
    /// A database that fails.
    pub fn close(self) -> Result<()> {
        let List { runtime, connection } = self;
        Ok(runtime.block_on(connection.close())?)
    }
}
