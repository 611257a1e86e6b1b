//! Input tables typed in on the page, as they stand in their files.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use juesuan_catalog::InputFile;
use juesuan_store::{Edit, FolderId};
use serde::Deserialize;

use super::files::looked_at;
use super::sheet::{Page, ROWS, Torn, form};
use super::{Head, Tab};
use crate::cells::differing::{Table as Compared, differing, merged};
use crate::cells::typed::Typed;
use crate::cells::{Cells, Source, has_entry_book, sources};
use crate::desk::Desk;
use crate::fault::{Fault, Refusal};
use crate::folders::Opened;
use crate::guard::Visitor;
use crate::page::{Frame, Room, filled};
use crate::pages::conflict::{late, told};
use crate::posted::Posted;
use crate::stored::Stored;
use crate::typing::{Table, kinds, table};
use crate::worker::apart;

/// Most bytes of a table that is sent.
pub const BYTES_MAX: usize = 16 << 20;

#[derive(Template)]
#[template(path = "make/sheets.html")]
struct List {
    frame: Frame,
    head: Head,
    kinds: Vec<Listed>,
}

/// A kind of table in the list.
struct Listed {
    key: String,
    title: String,
    about: String,
    folder: String,
    sources: Vec<Source>,
}

/// All kinds.
pub async fn list(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path(folder): Path<i64>,
) -> Result<Html<String>, Fault> {
    let opened = Opened::of(&desk, FolderId(folder)).await?;
    let sent = opened.sent();
    let listed = apart(move || {
        let (stored, catalog) = (Stored::new(&sent, desk.store.contents()), &desk.catalog);
        let listed = |kind: &InputFile| Listed {
            key: kind.key.clone(),
            title: kind.title.clone(),
            about: kind.about.clone(),
            folder: kind.folder.clone(),
            sources: sources(&stored, kind, catalog),
        };
        let own = if has_entry_book(&stored, catalog) { catalog.entry.own.as_slice() } else { &[] };
        own.iter().chain(kinds(catalog)).map(listed).collect::<Vec<Listed>>()
    });
    let mut kinds = listed.await?;
    kinds.sort_by(|one, other| one.folder.cmp(&other.folder));
    let head = Head { id: folder, face: opened.folder.face.clone(), tab: Tab::Sheets };
    filled(&List { frame: Frame::new(Room::Make, &visitor), head, kinds })
}

/// Which file of a kind.
#[derive(Deserialize)]
pub struct Chosen {
    /// Its path; empty: the one that is read first.
    #[serde(default)]
    pub file: String,
}

/// One table.
pub async fn show(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path((folder, key)): Path<(i64, String)>,
    Query(chosen): Query<Chosen>,
) -> Result<Html<String>, Fault> {
    let opened = Opened::of(&desk, FolderId(folder)).await?;
    let table = table(&desk, &opened, &key, &chosen.file).await?;
    let rows = table.cells.untouched();
    filled(&Page::of(&desk, &visitor, &opened, (table, rows, None)).await?)
}

/// What a form with a table says.
pub struct Sent {
    /// The file that was shown; empty: there was none.
    pub file: String,
    /// The version of the file that was seen; 0: there was none.
    pub version: i64,
    /// The cells row by row.
    pub cells: Vec<String>,
}

impl Sent {
    /// From its fields.
    pub fn of(form: &[(String, String)]) -> Result<Sent, Fault> {
        let said = |name: &str| form.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value.as_str());
        let cells = form.iter().filter(|(name, _)| name == "c").map(|(_, value)| value.clone()).collect();
        let version = said("version").parse().map_err(|_| Fault::Refused(Refusal::Form))?;
        Ok(Sent { file: said("file").to_owned(), version, cells })
    }

    /// The table, as it stands; its version.
    pub async fn table(&self, desk: &Arc<Desk>, opened: &Opened, key: &str) -> Result<(Arc<Table>, i64), Fault> {
        let table = table(desk, opened, key, &self.file).await?;
        let path = table.cells.path();
        // The file that was shown is there no more.
        if !self.file.is_empty() && path != self.file {
            return Err(Fault::Conflict(self.file.clone()));
        }
        let version = opened.version(path).unwrap_or_default();
        Ok((table, version))
    }
}

/// Takes a table: `file`, `version` and `none`, and the cells row by row. Where somebody else has saved the same table meanwhile, both are
/// shown and nothing is saved.
pub async fn save(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path((folder, key)): Path<(i64, String)>,
    Posted(form): Posted<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let sent = Sent::of(&form)?;
    let opened = Opened::of(&desk, FolderId(folder)).await?;
    let (table, version) = sent.table(&desk, &opened, &key).await?;
    if table.cells.lock.is_some() || table.cells.rows.len() > ROWS {
        return Err(Fault::Refused(Refusal::Form));
    }
    let typed = match torn(&desk, &opened, &table, &sent, version).await? {
        Meanwhile::Nothing(typed) => typed,
        Meanwhile::Changed(rows, torn) => {
            let page = Page::of(&desk, &visitor, &opened, (table, rows, Some(torn))).await?;
            return Ok((StatusCode::CONFLICT, filled(&page)?).into_response());
        }
    };
    // A table without rows says that there was nothing; that has to be said.
    if Cells::is_blank(&typed) && form.iter().all(|(name, _)| name != "none") {
        return Err(Fault::Refused(Refusal::Form));
    }
    put(&desk, &opened, &table, typed).await.map(IntoResponse::into_response)
}

/// What somebody else has done while a table was typed.
enum Meanwhile {
    /// Nothing in this table: its rows as they were typed.
    Nothing(Typed),
    /// Something: the rows with both changes, and in what they differ.
    Changed(Typed, Torn),
}

async fn torn(
    desk: &Arc<Desk>,
    opened: &Opened,
    table: &Arc<Table>,
    sent: &Sent,
    version: i64,
) -> Result<Meanwhile, Fault> {
    if sent.version == version {
        return Ok(Meanwhile::Nothing(table.cells.typed(sent.cells.clone())));
    }
    let path = table.cells.path();
    let history = desk.store.history(opened.folder.id, path).await?;
    let seen = history.iter().find(|entry| entry.version == sent.version).and_then(|entry| entry.content.clone());
    let (own, from, cells) = (Arc::clone(desk), Arc::clone(table), sent.cells.clone());
    let (rows, differing, both) = apart(move || {
        let bytes = seen.map(|seen| own.store.contents().read(&seen)).transpose()?;
        let base = bytes.and_then(|bytes| from.in_content(&bytes, &own.catalog));
        let base = base.unwrap_or_else(|| Cells::empty(&from.kind));
        let mine = Compared::of(&base, base.typed(cells));
        let base = Compared::of(&base, base.untouched());
        let theirs = Compared::of(&from.cells, from.cells.untouched());
        let together = merged(&base, &mine, &theirs);
        let is_untouched = differing(&base, &theirs).is_empty();
        let torn = together.as_ref().map(|together| together.torn.clone()).unwrap_or_default();
        let mut rows = together.map_or_else(|| mine.rows_as(&theirs.heads), |together| together.rows);
        rows.resize_with(rows.len().max(theirs.rows.len()), || vec![String::new(); theirs.heads.len()]);
        let shown = Compared { heads: theirs.heads.clone(), rows: rows.clone() };
        let told = if is_untouched { Vec::new() } else { differing(&theirs, &shown) };
        Ok::<_, Fault>((rows, told, (is_untouched, torn)))
    })
    .await??;
    let (is_untouched, both) = both;
    if is_untouched {
        return Ok(Meanwhile::Nothing(rows));
    }
    let who = opened.entries.get(path).map(late).unwrap_or_default();
    Ok(Meanwhile::Changed(rows, Torn { who, differing, both }))
}

/// Writes a table into its file, as one step, and leads to it.
pub async fn put(desk: &Arc<Desk>, opened: &Opened, table: &Arc<Table>, typed: Typed) -> Result<Redirect, Fault> {
    let (own, from, entries) = (Arc::clone(desk), Arc::clone(table), opened.clone());
    let files = apart(move || {
        let files = from.written(&typed, &entries, &own)?;
        let kept = files.into_iter().map(|(path, bytes)| {
            let content = bytes.map(|bytes| own.store.contents().put(&bytes)).transpose()?;
            Ok((path, content))
        });
        kept.collect::<Result<BTreeMap<_, _>, Fault>>()
    });
    let edits: Vec<Edit> = files
        .await??
        .into_iter()
        .map(|(path, content)| Edit { expected: opened.version(&path), path, content })
        .collect();
    let folder = opened.folder.id;
    desk.store.edit(&desk.stamp().await?, folder, &edits).await.map_err(told)?;
    looked_at(desk, folder.0).await?;
    Ok(Redirect::to(&form(folder.0, &table.kind.key, &table.cells.target(&table.kind))))
}
