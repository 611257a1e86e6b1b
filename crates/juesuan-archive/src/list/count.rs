//! How far a work list is, and how it ended.

use std::collections::BTreeMap;

use sqlx::Row;

use super::List;
use crate::error::Result;

/// How far the work is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Contents that nobody has worked on, and that nobody works on.
    pub waiting: u64,
    /// Contents that somebody works on.
    pub taken: u64,
    /// Contents with a result.
    pub done: u64,
    /// Contents that are tried no more.
    pub poisoned: u64,
}

/// A document without a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poisoned {
    /// Its first name.
    pub file: String,
    /// `crash`, `ended`, `time`, or what was said.
    pub reason: String,
}

/// What a run has found, also what was known before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closing {
    /// Documents by how their check ended.
    pub states: BTreeMap<String, u64>,
    /// Errors in all of them.
    pub errors: u64,
    /// Figures in all of them.
    pub figures: u64,
    /// Files that are no documents.
    pub skipped: Vec<Poisoned>,
    /// Documents that are tried no more.
    pub poisoned: Vec<Poisoned>,
    /// Files that were not there any more, or had changed, when somebody came to them.
    pub lost: Vec<Poisoned>,
    /// Documents that nobody has worked on.
    pub open: u64,
}

impl Standing {
    /// True while there is work, or somebody works.
    pub const fn is_open(self) -> bool {
        self.waiting + self.taken > 0
    }
}

impl List {
    /// How far the work for results of this kind is.
    ///
    /// # Errors
    /// A database that fails.
    pub fn standing(&mut self, key: &str) -> Result<Standing> {
        self.read(async |connection| {
            let count = "SELECT state, count(*) AS amount FROM document WHERE key = ? GROUP BY state";
            let rows = sqlx::query(count).bind(key).fetch_all(&mut *connection).await?;
            let mut out = Standing::default();
            for row in rows {
                let (state, amount): (String, i64) = (row.try_get("state")?, row.try_get("amount")?);
                let amount = u64::try_from(amount).unwrap_or_default();
                match state.as_str() {
                    "listed" | "queued" => out.waiting += amount,
                    "leased" => out.taken += amount,
                    "poisoned" => out.poisoned += amount,
                    _ => out.done += amount,
                }
            }
            Ok(out)
        })
    }

    /// What a run has found.
    ///
    /// # Errors
    /// A database that fails.
    pub fn closing(&mut self, run: i64) -> Result<Closing> {
        self.read(async |connection| {
            let count = "SELECT state, outcome, count(*) AS amount, sum(errors) AS errors, sum(weight) AS weight
                FROM document WHERE run = ? GROUP BY state, outcome";
            let rows = sqlx::query(count).bind(run).fetch_all(&mut *connection).await?;
            let mut out = Closing::default();
            for row in rows {
                let (state, outcome): (String, String) = (row.try_get("state")?, row.try_get("outcome")?);
                let number = |name: &str| -> Result<u64> {
                    let number: i64 = row.try_get(name)?;
                    Ok(u64::try_from(number).unwrap_or_default())
                };
                match state.as_str() {
                    "done" => {
                        out.states.insert(outcome, number("amount")?);
                        out.errors += number("errors")?;
                        out.figures += number("weight")?;
                    }
                    "skipped" | "poisoned" | "lost" | "replaced" => {}
                    _ => out.open += number("amount")?,
                }
            }
            let aside = "SELECT state, reason, (SELECT min(file) FROM name WHERE name.document = document.id) AS file
                FROM document WHERE run = ? AND state IN ('skipped', 'poisoned', 'lost') ORDER BY file";
            for row in sqlx::query(aside).bind(run).fetch_all(&mut *connection).await? {
                let state: String = row.try_get("state")?;
                let list = match state.as_str() {
                    "lost" => &mut out.lost,
                    "skipped" => &mut out.skipped,
                    _ => &mut out.poisoned,
                };
                list.push(Poisoned { file: row.try_get("file")?, reason: row.try_get("reason")? });
            }
            Ok(out)
        })
    }
}
