//! Stores that go with their test, and values to put into them.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use juesuan_store::{Answer, AnswerKind, Figures, FolderFace, Identity, Reading, Stamp, Store};
use serde_json::json;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

/// A folder that goes with its test.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new() -> Scratch {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let name = format!("juesuan-store-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Scratch(folder)
    }

    /// Where the store of the test lies.
    pub fn desk(&self) -> PathBuf {
        self.0.join("desk")
    }

    /// Another place of the test.
    pub fn place(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// What lies there, by name.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    pub async fn store(&self) -> Store {
        Store::open(&self.desk()).await.unwrap()
    }

    /// A connection behind the back of the store.
    pub async fn connection(&self) -> SqliteConnection {
        SqliteConnectOptions::new().filename(self.desk().join("desk.sqlite")).connect().await.unwrap()
    }

    /// Changes the database behind the back of the store.
    pub async fn forge(&self, sql: &'static str) {
        let mut connection = self.connection().await;
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub fn stamp(at: i64) -> Stamp {
    Stamp::new(at, "Li")
}

pub fn identity(body: &str, year: u16) -> Identity {
    Identity { body: body.to_owned(), year: Some(year), kind: "final-accounts".to_owned() }
}

/// What a check of `content` said, whose bytes are put into the store.
pub fn reading(store: &Store, content: &str, name: &str) -> Reading {
    Reading {
        content: store.contents().put(content.as_bytes()).unwrap(),
        name: name.to_owned(),
        title: format!("Title of {name}"),
        result: Some(store.contents().put(format!("result of {content}").as_bytes()).unwrap()),
        figures: Figures {
            state: "wrong".to_owned(),
            errors: 3,
            warnings: 2,
            notices: 1,
            unread: 4,
            coverage: Some(987),
        },
        summary: json!({ "tables": 9 }),
    }
}

pub fn answer(reason: &str) -> Answer {
    Answer {
        kind: AnswerKind::Explained,
        reason: reason.to_owned(),
        person: "Wang".to_owned(),
        until: Some("2026-12-31".to_owned()),
        code: "LW001".to_owned(),
        place: "page 3".to_owned(),
    }
}

pub fn face(body: &str) -> FolderFace {
    FolderFace {
        body: body.to_owned(),
        year: Some(2023),
        variant: "state".to_owned(),
        title: format!("Accounts of {body}"),
    }
}
