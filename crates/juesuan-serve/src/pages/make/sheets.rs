//! Input tables typed in on the page, as they stand in their files.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect};
use juesuan_catalog::InputFile;
use juesuan_inputs::scaffold::entered;
use juesuan_model::Problem;
use juesuan_store::{Digest, Edit, FolderId};
use serde::Deserialize;

use super::files::looked_at;
use super::{Head, Tab};
use crate::cells::{self, Cells, files_of};
use crate::desk::Desk;
use crate::fault::{Fault, Refusal};
use crate::folders::{Opened, standing};
use crate::guard::Visitor;
use crate::page::{Frame, Room, filled};
use crate::pages::conflict::told;
use crate::posted::Posted;
use crate::stored::Stored;
use crate::worker::apart;

/// Most bytes of a table that is sent.
pub const BYTES_MAX: usize = 16 << 20;
/// Rows of a table that are shown; larger ones are edited in an office program.
const ROWS: usize = 500;
/// Empty rows below the others.
const EMPTY: usize = 8;
/// The folder whose tables come from elsewhere.
const BOOKS: &str = "books";

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
    files: Vec<String>,
}

/// The kinds that people type in.
fn kinds(desk: &Desk) -> impl Iterator<Item = &InputFile> {
    entered(&desk.catalog).filter(|kind| kind.folder != BOOKS)
}

/// All kinds.
pub async fn list(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path(folder): Path<i64>,
) -> Result<Html<String>, Fault> {
    let opened = Opened::of(&desk, FolderId(folder)).await?;
    let sent = opened.sent();
    let stored = Stored::new(&sent, desk.store.contents());
    let listed = |kind: &InputFile| Listed {
        key: kind.key.clone(),
        title: kind.title.clone(),
        about: kind.about.clone(),
        folder: kind.folder.clone(),
        files: files_of(&stored, kind, &desk.catalog),
    };
    let mut kinds: Vec<Listed> = kinds(&desk).map(listed).collect();
    kinds.sort_by(|one, other| one.folder.cmp(&other.folder));
    let head = Head { id: folder, face: opened.folder.face.clone(), tab: Tab::Sheets };
    filled(&List { frame: Frame::new(Room::Make, &visitor), head, kinds })
}

/// Which file of a kind.
#[derive(Deserialize)]
pub struct Chosen {
    #[serde(default)]
    file: String,
}

#[derive(Template)]
#[template(path = "make/sheet.html")]
struct Page {
    frame: Frame,
    head: Head,
    kind: InputFile,
    cells: Cells,
    /// The version of its file; 0: there is none.
    version: i64,
    problems: Vec<Problem>,
    /// Files of the same kind.
    files: Vec<String>,
    is_large: bool,
}

impl Page {
    /// The rows with empty ones below.
    fn rows(&self) -> Vec<Vec<&str>> {
        let filled = self.cells.rows.iter().map(|(_, row)| row.iter().map(String::as_str).collect());
        let empty = std::iter::repeat_n(vec![""; self.cells.heads.len()], EMPTY);
        filled.chain(empty).collect()
    }

    /// What is wrong in a row.
    fn wrong(&self, row: &usize) -> Vec<&Problem> {
        let line = self.cells.rows.get(*row).map(|(line, _)| *line);
        self.problems.iter().filter(|problem| problem.place.line.is_some() && problem.place.line == line).collect()
    }

    /// What is wrong with no single row.
    fn others(&self) -> Vec<&Problem> {
        let is_of_row = |problem: &Problem| self.cells.rows.iter().any(|(line, _)| problem.place.line == Some(*line));
        self.problems.iter().filter(|problem| !is_of_row(problem)).collect()
    }

    fn column(&self, number: &usize) -> Option<&cells::Head> {
        self.cells.heads.get(*number)
    }

    fn path(&self) -> &str {
        self.cells.path.as_deref().unwrap_or_default()
    }
}

/// A table with its kind and the files in which it stands.
struct Found {
    kind: InputFile,
    cells: Option<Cells>,
    files: Vec<String>,
}

async fn found(desk: &Arc<Desk>, opened: &Opened, key: &str, file: &str) -> Result<Found, Fault> {
    let kind = kinds(desk).find(|kind| kind.key == key).ok_or(Fault::Missing)?.clone();
    let (own, sent, file) = (Arc::clone(desk), opened.sent(), file.to_owned());
    let found = apart(move || {
        let stored = Stored::new(&sent, own.store.contents());
        let files = files_of(&stored, &kind, &own.catalog);
        let path = files.iter().find(|path| **path == file).or(files.first());
        let cells = Cells::read(&stored, &kind, path.map(String::as_str));
        Found { kind, cells, files }
    });
    found.await
}

/// One table.
pub async fn show(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path((folder, key)): Path<(i64, String)>,
    Query(chosen): Query<Chosen>,
) -> Result<Html<String>, Fault> {
    let opened = Opened::of(&desk, FolderId(folder)).await?;
    let Found { kind, cells, files } = found(&desk, &opened, &key, &chosen.file).await?;
    let cells = cells.ok_or(Fault::Missing)?;
    let standing = standing(&desk, &opened).await?;
    let path = cells.path.clone();
    let of_file = |problem: &&Problem| path.is_some() && problem.place.file == path;
    let problems = standing.problems.iter().filter(of_file).cloned().collect();
    let version = path.as_deref().and_then(|path| opened.version(path)).unwrap_or_default();
    let head = Head { id: folder, face: opened.folder.face.clone(), tab: Tab::Sheets };
    let (frame, is_large) = (Frame::new(Room::Make, &visitor), cells.rows.len() > ROWS);
    filled(&Page { frame, head, kind, cells, version, problems, files, is_large })
}

/// Takes a table: `file`, `version` and `none`, and the cells row by row.
pub async fn save(
    State(desk): State<Arc<Desk>>,
    Path((folder, key)): Path<(i64, String)>,
    Posted(form): Posted<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    let said = |name: &str| form.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value.as_str());
    let opened = Opened::of(&desk, FolderId(folder)).await?;
    let Found { kind, cells, .. } = found(&desk, &opened, &key, said("file")).await?;
    let before = cells.ok_or(Fault::Missing)?;
    let version: i64 = said("version").parse().map_err(|_| Fault::Refused(Refusal::Form))?;
    let typed = form.iter().filter(|(name, _)| name == "c").map(|(_, value)| value.clone()).collect();
    let cells = before.with(typed);
    // A table without rows says that there was nothing; that has to be said.
    if before.rows.len() > ROWS || (cells.rows.is_empty() && said("none").is_empty()) {
        return Err(Fault::Refused(Refusal::Form));
    }
    let target = cells.target(&kind);
    let bytes = cells.csv().map_err(|_| Fault::Broken)?;
    let own = Arc::clone(&desk);
    let content: Digest = apart(move || own.store.contents().put(&bytes)).await??;
    let seen = Some(version).filter(|version| *version > 0);
    let mut edits = Vec::new();
    match before.path.filter(|path| *path != target) {
        // The table stood in a workbook: the text takes its place.
        Some(path) => {
            edits.push(Edit { path, content: None, expected: seen });
            edits.push(Edit { expected: opened.version(&target), path: target.clone(), content: Some(content) });
        }
        None => edits.push(Edit { path: target.clone(), content: Some(content), expected: seen }),
    }
    desk.store.edit(&desk.stamp().await?, FolderId(folder), &edits).await.map_err(told)?;
    looked_at(&desk, folder).await?;
    let query = serde_urlencoded::to_string([("file", target)]).map_err(|_| Fault::Broken)?;
    Ok(Redirect::to(&format!("/make/{folder}/sheets/{key}?{query}")))
}
