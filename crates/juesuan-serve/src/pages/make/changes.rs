//! What was changed in a table, version by version of its file, and the way back to one of them.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect};
use juesuan_store::{Digest, Entry, FolderId};
use serde::Deserialize;

use super::sheet::{address, form};
use super::sheets::{Chosen, put};
use super::{Head, Tab};
use crate::cells::differing::{Differing, Table as Compared, differing};
use crate::desk::Desk;
use crate::fault::{Fault, Refusal};
use crate::folders::Opened;
use crate::guard::Visitor;
use crate::moment;
use crate::page::{Frame, Room, filled};
use crate::pages::conflict::told;
use crate::posted::Posted;
use crate::typing::{Table, table};
use crate::worker::apart;

/// Versions that are looked at.
const VERSIONS: usize = 12;
/// Differences of a version that are shown.
const SHOWN: usize = 40;

#[derive(Template)]
#[template(path = "make/versions.html")]
struct Page {
    frame: Frame,
    head: Head,
    table: Arc<Table>,
    version: i64,
    changes: Vec<Change>,
}

/// A version in which the table is otherwise than in the one before.
struct Change {
    entry: Entry<Option<Digest>>,
    /// Against the version before; nothing for the first.
    differing: Vec<Differing>,
    /// There is a table in it, and not the one that stands.
    is_earlier: bool,
}

impl Page {
    fn when(&self, at: &i64) -> String {
        moment::shown(*at)
    }

    fn shown<'c>(&self, change: &'c Change) -> &'c [Differing] {
        change.differing.get(..SHOWN).unwrap_or(&change.differing)
    }

    fn more(&self, change: &Change) -> usize {
        change.differing.len().saturating_sub(SHOWN)
    }

    fn form(&self) -> String {
        form(self.head.id, &self.table.kind.key, self.table.cells.path())
    }

    fn address(&self) -> String {
        format!("{}/back", address(self.head.id, &self.table.kind.key))
    }
}

/// The versions of a table.
pub async fn versions(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path((folder, key)): Path<(i64, String)>,
    Query(chosen): Query<Chosen>,
) -> Result<Html<String>, Fault> {
    let opened = Opened::of(&desk, FolderId(folder)).await?;
    let table = table(&desk, &opened, &key, &chosen.file).await?;
    let version = opened.version(table.cells.path()).unwrap_or_default();
    let mut history = desk.store.history(opened.folder.id, table.cells.path()).await?;
    history.truncate(VERSIONS);
    let (own, from) = (Arc::clone(&desk), Arc::clone(&table));
    let changes = apart(move || changes(&own, &from, history)).await??;
    let head = Head { id: folder, face: opened.folder.face.clone(), tab: Tab::Sheets };
    filled(&Page { frame: Frame::new(Room::Make, &visitor), head, table, version, changes })
}

/// Versions in which the table was changed, newest first.
fn changes(desk: &Desk, table: &Table, history: Vec<Entry<Option<Digest>>>) -> Result<Vec<Change>, Fault> {
    let tables = history.iter().map(|entry| in_version(desk, table, entry));
    let tables: Vec<Option<Compared>> = tables.collect::<Result<_, Fault>>()?;
    let now = tables.first().cloned().flatten();
    let mut changes = Vec::new();
    for (at, entry) in history.into_iter().enumerate() {
        let (own, before) = (tables.get(at).cloned().flatten(), tables.get(at + 1).cloned());
        let differing = match (&before, &own) {
            (Some(before), own) => differing(&before.clone().unwrap_or_default(), &own.clone().unwrap_or_default()),
            (None, _) => Vec::new(),
        };
        // Of a workbook, versions in which only other sheets were changed are none of this table.
        if before.is_some() && differing.is_empty() {
            continue;
        }
        let is_earlier = own.is_some() && own != now;
        changes.push(Change { entry, differing, is_earlier });
    }
    Ok(changes)
}

fn in_version(desk: &Desk, table: &Table, entry: &Entry<Option<Digest>>) -> Result<Option<Compared>, Fault> {
    let Some(content) = &entry.content else { return Ok(None) };
    let cells = table.in_content(&desk.store.contents().read(content)?, &desk.catalog);
    Ok(cells.map(|cells| Compared::of(&cells, cells.untouched())))
}

/// To which version.
#[derive(Deserialize)]
pub struct Back {
    file: String,
    /// The version that stands.
    version: i64,
    to: i64,
}

/// Puts the rows of an earlier version into the table, as a change that can be undone like any other. What else stands in the file stays.
pub async fn back(
    State(desk): State<Arc<Desk>>,
    Path((folder, key)): Path<(i64, String)>,
    Posted(back): Posted<Back>,
) -> Result<Redirect, Fault> {
    let opened = Opened::of(&desk, FolderId(folder)).await?;
    let table = table(&desk, &opened, &key, &back.file).await?;
    let path = table.cells.path().to_owned();
    if path != back.file || table.cells.lock.is_some() {
        return Err(Fault::Refused(Refusal::Form));
    }
    if opened.version(&path) != Some(back.version) {
        return Err(Fault::Conflict(path));
    }
    let history = desk.store.history(opened.folder.id, &path).await.map_err(told)?;
    let entry = history.into_iter().find(|entry| entry.version == back.to).ok_or(Fault::Missing)?;
    let (own, from) = (Arc::clone(&desk), Arc::clone(&table));
    let earlier = apart(move || in_version(&own, &from, &entry)).await??.ok_or(Fault::Missing)?;
    let now = Compared::of(&table.cells, table.cells.untouched());
    let mut rows = earlier.rows_as(&now.heads);
    rows.resize_with(rows.len().max(now.rows.len()), || vec![String::new(); now.heads.len()]);
    put(&desk, &opened, &table, rows).await
}
