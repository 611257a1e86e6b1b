//! The files of a folder: what was recognised of each, what is wrong with it, what was done to them; undo.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::{Html, Redirect, Response};
use juesuan_inputs::FOLDERS;
use juesuan_inputs::columns::{self, stands_in};
use juesuan_inputs::folder::kind_of;
use juesuan_inputs::scaffold::Answers;
use juesuan_model::{Gravity, Problem};
use juesuan_office::Standing;
use juesuan_office::prepare::{self, Entry as Way};
use juesuan_store::{Entry, Event, FolderId};
use serde::Deserialize;

use super::saved::attached;
use super::{Head, Tab};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::folders::{Opened, describe, standing};
use crate::guard::Visitor;
use crate::moment;
use crate::page::{Frame, Room, filled};
use crate::pages::conflict::told;
use crate::posted::Posted;
use crate::worker::apart;

/// The folder with folders of units, in which nothing lies by itself.
const UNITS: &str = "units";
/// Events that are told.
const EVENTS: u32 = 50;

#[derive(Template)]
#[template(path = "make/files.html")]
struct Page {
    frame: Frame,
    head: Head,
    standing: Arc<Standing>,
    shelves: Vec<Shelf>,
    /// What is wrong with no single file.
    others: Vec<Problem>,
    events: Vec<Event>,
}

/// Files of one folder in the folder.
struct Shelf {
    /// Its name; empty: the folder itself.
    folder: String,
    rows: Vec<Row>,
}

/// A file.
struct Row {
    entry: Entry,
    /// What it is, as the catalogue calls it; empty: by its place alone.
    kind: String,
    problems: Vec<Problem>,
    /// It holds a table whose columns can be looked at.
    has_columns: bool,
}

impl Row {
    /// Its name without the folder.
    fn name(&self) -> &str {
        self.entry.path.rsplit('/').next().unwrap_or(&self.entry.path)
    }

    fn has(&self, gravity: Gravity) -> bool {
        self.problems.iter().any(|problem| problem.gravity == gravity)
    }

    /// Its path as part of an address.
    fn address(&self) -> String {
        address(&self.entry.path)
    }
}

/// A path as part of an address.
pub fn address(path: &str) -> String {
    let part = |part| percent_encoding::utf8_percent_encode(part, percent_encoding::NON_ALPHANUMERIC).to_string();
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

impl Page {
    fn when(&self, at: &i64) -> String {
        moment::shown(*at)
    }

    /// Names of the files that an event touched.
    fn paths(&self, event: &Event) -> String {
        let files = event.after.as_ref().and_then(|after| after.as_array()).into_iter().flatten();
        let paths = files.filter_map(|file| file.get("path").and_then(|path| path.as_str()));
        paths.collect::<Vec<_>>().join("、")
    }

    /// Where a file may be put by hand.
    fn folders(&self) -> impl Iterator<Item = &'static str> {
        FOLDERS.into_iter().filter(|folder| *folder != UNITS)
    }

    /// What people call a folder in the folder.
    fn shelf(&self, folder: &str) -> String {
        ShelfName { folder }.render().unwrap_or_default()
    }
}

#[derive(Template)]
#[template(path = "make/shelf.html")]
struct ShelfName<'f> {
    folder: &'f str,
}

impl ShelfName<'_> {
    fn name(&self) -> &str {
        self.folder
    }
}

fn shelves(opened: &Opened, standing: &Standing, desk: &Desk) -> (Vec<Shelf>, Vec<Problem>) {
    let mut shelves: Vec<Shelf> = Vec::new();
    for (path, entry) in &opened.entries {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let kind = kind_of(&desk.catalog, folder, path).map_or_else(String::new, |kind| kind.title.clone());
        let of_file = |problem: &&Problem| stands_in(&problem.place, path);
        let problems = standing.problems.iter().filter(of_file).cloned().collect();
        let has_columns = !columns::kinds(path, &desk.catalog).is_empty();
        let row = Row { entry: entry.clone(), kind, problems, has_columns };
        match shelves.iter_mut().find(|shelf| shelf.folder == folder) {
            Some(shelf) => shelf.rows.push(row),
            None => shelves.push(Shelf { folder: folder.to_owned(), rows: vec![row] }),
        }
    }
    shelves.sort_by(|one, other| one.folder.cmp(&other.folder));
    let is_known = |problem: &Problem| opened.entries.keys().any(|path| stands_in(&problem.place, path));
    let others = standing.problems.iter().filter(|problem| !is_known(problem)).cloned().collect();
    (shelves, others)
}

/// The page.
pub async fn show(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path(folder): Path<i64>,
) -> Result<Html<String>, Fault> {
    let id = FolderId(folder);
    let opened = Opened::of(&desk, id).await?;
    let standing = standing(&desk, &opened).await?;
    let events = desk.store.events(Some(&id.subject()), None, EVENTS).await?;
    let (shelves, others) = shelves(&opened, &standing, &desk);
    let head = Head { id: folder, face: opened.folder.face.clone(), tab: Tab::Files };
    filled(&Page { frame: Frame::new(Room::Make, &visitor), head, standing, shelves, others, events })
}

/// A file as it lies there.
pub async fn file(State(desk): State<Arc<Desk>>, Path((folder, path)): Path<(i64, String)>) -> Result<Response, Fault> {
    let opened = Opened::of(&desk, FolderId(folder)).await?;
    let content = opened.entries.get(&path).ok_or(Fault::Missing)?.content.clone();
    let bytes = apart(move || desk.store.contents().read(&content)).await??;
    Ok(attached(path.rsplit('/').next().unwrap_or_default(), bytes))
}

/// The workbook in which everything can be entered: as it lies in the folder, else a new one that says what is known.
pub async fn entry(State(desk): State<Arc<Desk>>, Path(folder): Path<i64>) -> Result<Response, Fault> {
    let opened = Opened::of(&desk, FolderId(folder)).await?;
    let name = desk.catalog.entry.file.clone();
    if opened.entries.contains_key(&name) {
        return file(State(desk), Path((folder, name))).await;
    }
    let entity = standing(&desk, &opened).await?.entity().clone();
    let face = &opened.folder.face;
    let answers = Answers {
        name: entity.name,
        year: face.year.unwrap_or(entity.year),
        variant: if entity.variant.is_empty() { face.variant.clone() } else { entity.variant },
        level: entity.level,
        region: entity.region,
        units: entity.units,
    };
    let made = prepare::begin(&answers, Way::Workbook, &desk.catalog)?;
    let bytes = made.files.into_values().next().ok_or(Fault::Broken)?;
    Ok(attached(&name, bytes))
}

/// A file that is to go.
#[derive(Deserialize)]
pub struct Discarded {
    path: String,
    version: i64,
}

/// Takes a file out of the folder; its versions stay.
pub async fn discard(
    State(desk): State<Arc<Desk>>,
    Path(folder): Path<i64>,
    Posted(file): Posted<Discarded>,
) -> Result<Redirect, Fault> {
    let removed = desk.store.remove_entry(&desk.stamp().await?, FolderId(folder), &file.path, file.version).await;
    removed.map_err(told)?;
    looked_at(&desk, folder).await?;
    Ok(Redirect::to(&format!("/make/{folder}/files")))
}

/// Which page asked.
#[derive(Deserialize)]
pub struct Back {
    #[serde(default)]
    back: String,
}

impl Back {
    fn address(&self, folder: i64) -> String {
        if self.back == "lacks" { format!("/make/{folder}") } else { format!("/make/{folder}/files") }
    }
}

/// Undoes the last change that still stands.
pub async fn undo(
    State(desk): State<Arc<Desk>>,
    Path(folder): Path<i64>,
    Posted(back): Posted<Back>,
) -> Result<Redirect, Fault> {
    desk.store.undo(&desk.stamp().await?, FolderId(folder)).await?;
    looked_at(&desk, folder).await?;
    Ok(Redirect::to(&back.address(folder)))
}

/// Does again what was undone last.
pub async fn redo(
    State(desk): State<Arc<Desk>>,
    Path(folder): Path<i64>,
    Posted(back): Posted<Back>,
) -> Result<Redirect, Fault> {
    desk.store.redo(&desk.stamp().await?, FolderId(folder)).await?;
    looked_at(&desk, folder).await?;
    Ok(Redirect::to(&back.address(folder)))
}

/// Looks how far the folder is now, and whose it says it is.
pub async fn looked_at(desk: &Arc<Desk>, folder: i64) -> Result<(), Fault> {
    let opened = Opened::of(desk, FolderId(folder)).await?;
    let standing = standing(desk, &opened).await?;
    describe(desk, &opened, &standing).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_an_address_that_keeps_its_folders() {
        assert_eq!(address("prior/上年 1.pdf"), "prior/%E4%B8%8A%E5%B9%B4%201%2Epdf");
        assert_eq!(address("a?b#c.csv"), "a%3Fb%23c%2Ecsv");
    }
}
