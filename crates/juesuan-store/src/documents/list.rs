//! Lists of documents.

use std::collections::BTreeMap;

use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::document::{Document, Version};
use crate::error::Result;
use crate::ids::DocumentId;
use crate::row;
use crate::store::Store;

/// Which documents; what is `None` or empty asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words, each of which stands in title, body or file name; capitals or small.
    pub words: String,
    /// State of the newest version.
    pub state: Option<String>,
    /// The body, whole.
    pub body: Option<String>,
    /// The year.
    pub year: Option<u16>,
    /// The kind.
    pub kind: Option<String>,
    /// True asks for those that were removed, false for the others.
    pub removed: bool,
}

/// By what a list is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// When the newest version came.
    #[default]
    Time,
    /// Title.
    Title,
    /// Body.
    Body,
    /// Year.
    Year,
    /// State.
    State,
    /// Errors, then warnings.
    Errors,
    /// Warnings.
    Warnings,
    /// Coverage.
    Coverage,
}

/// In which direction; what is equal comes newest document first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    Up,
    /// Largest first.
    #[default]
    Down,
}

/// The order of a list; by default what came last stands first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub by: Column,
    /// In which direction.
    pub direction: Direction,
}

/// A document in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The document.
    pub document: Document,
    /// Its newest version.
    pub newest: Version,
    /// How many versions it has.
    pub versions: u32,
}

/// What documents in sight have, for a filter to choose from; each in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Bodies.
    pub bodies: Vec<String>,
    /// Years.
    pub years: Vec<u16>,
    /// Kinds.
    pub kinds: Vec<String>,
    /// States of newest versions.
    pub states: Vec<String>,
}

impl Store {
    /// Documents that pass `filter`, at most `limit` of them from the one at `offset` on (from 0), and how many there are in all.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn documents(&self, filter: &Filter, sort: Sort, offset: u32, limit: u32) -> Result<(Vec<Listed>, u64)> {
        let mut moment = self.database().moment().await?;
        let mut count = QueryBuilder::new("SELECT count(*) AS number");
        filter.push(&mut count);
        let total = row::count(&count.build().fetch_one(&mut *moment).await?, "number")?;
        // The sorter holds numbers only; what stands in the rows is fetched for those that are shown.
        let mut list = QueryBuilder::new("SELECT document.id");
        filter.push(&mut list);
        list.push(" ORDER BY ").push(sort.sql()).push(" LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(offset);
        let ids: Vec<i64> = list.build_query_scalar().fetch_all(&mut *moment).await?;
        let rows = listed(&mut moment, &ids).await?;
        Ok((rows, total))
    }

    /// What documents in sight have, for a filter to choose from.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn choices(&self) -> Result<Choices> {
        let mut moment = self.database().moment().await?;
        let bodies = "SELECT DISTINCT body FROM document WHERE removed IS NULL AND body <> '' ORDER BY body";
        let years = "SELECT DISTINCT year FROM document WHERE removed IS NULL AND year IS NOT NULL ORDER BY year";
        let kinds = "SELECT DISTINCT kind FROM document WHERE removed IS NULL ORDER BY kind";
        let states = "SELECT DISTINCT state FROM version JOIN document ON document.id = version.document \
                      WHERE newest = 1 AND removed IS NULL ORDER BY state";
        Ok(Choices {
            bodies: sqlx::query_scalar(bodies).fetch_all(&mut *moment).await?,
            years: sqlx::query_scalar(years).fetch_all(&mut *moment).await?,
            kinds: sqlx::query_scalar(kinds).fetch_all(&mut *moment).await?,
            states: sqlx::query_scalar(states).fetch_all(&mut *moment).await?,
        })
    }
}

/// The documents `ids` in that order, each with its newest version.
async fn listed(connection: &mut SqliteConnection, ids: &[i64]) -> Result<Vec<Listed>> {
    // One parameter, however many there are.
    let among = serde_json::json!(ids).to_string();
    let documents = "SELECT * FROM document WHERE id IN (SELECT value FROM json_each(?))";
    let documents = sqlx::query(documents).bind(&among).fetch_all(&mut *connection).await?;
    let newest = "SELECT * FROM version WHERE newest = 1 AND document IN (SELECT value FROM json_each(?))";
    let newest = sqlx::query(newest).bind(&among).fetch_all(connection).await?;
    let newest = newest.iter().map(Version::of).map(|version| version.map(|version| (version.document, version)));
    let mut newest: BTreeMap<DocumentId, Version> = newest.collect::<Result<_>>()?;
    let mut by_id = BTreeMap::new();
    for row in &documents {
        let document = Document::of(row)?;
        if let Some(newest) = newest.remove(&document.id) {
            // Numbers have no gaps, and the newest is the last.
            let versions = newest.number;
            by_id.insert(document.id.0, Listed { document, newest, versions });
        }
    }
    Ok(ids.iter().filter_map(|id| by_id.remove(id)).collect())
}

impl Filter {
    /// Where to look, and the conditions.
    fn push(&self, query: &mut QueryBuilder<Sqlite>) {
        query.push(" FROM document JOIN version ON version.document = document.id AND version.newest = 1");
        query.push(if self.removed { " WHERE removed IS NOT NULL" } else { " WHERE removed IS NULL" });
        for word in self.words.split_whitespace() {
            query.push(" AND instr(search, ").push_bind(word.to_lowercase()).push(") > 0");
        }
        if let Some(state) = &self.state {
            query.push(" AND state = ").push_bind(state.clone());
        }
        if let Some(body) = &self.body {
            query.push(" AND body = ").push_bind(body.clone());
        }
        if let Some(year) = self.year {
            query.push(" AND year = ").push_bind(year);
        }
        if let Some(kind) = &self.kind {
            query.push(" AND kind = ").push_bind(kind.clone());
        }
    }
}

impl Sort {
    const fn sql(self) -> &'static str {
        match (self.by, self.direction) {
            (Column::Time, Direction::Up) => "at, document.id DESC",
            (Column::Time, Direction::Down) => "at DESC, document.id DESC",
            (Column::Title, Direction::Up) => "title, document.id DESC",
            (Column::Title, Direction::Down) => "title DESC, document.id DESC",
            (Column::Body, Direction::Up) => "body, document.id DESC",
            (Column::Body, Direction::Down) => "body DESC, document.id DESC",
            (Column::Year, Direction::Up) => "year, document.id DESC",
            (Column::Year, Direction::Down) => "year DESC, document.id DESC",
            (Column::State, Direction::Up) => "state, document.id DESC",
            (Column::State, Direction::Down) => "state DESC, document.id DESC",
            (Column::Errors, Direction::Up) => "errors, warnings, document.id DESC",
            (Column::Errors, Direction::Down) => "errors DESC, warnings DESC, document.id DESC",
            (Column::Warnings, Direction::Up) => "warnings, document.id DESC",
            (Column::Warnings, Direction::Down) => "warnings DESC, document.id DESC",
            (Column::Coverage, Direction::Up) => "coverage, document.id DESC",
            (Column::Coverage, Direction::Down) => "coverage DESC, document.id DESC",
        }
    }
}
