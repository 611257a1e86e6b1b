//! What was recognised of the columns of a file, and the choice that says otherwise. The choice is kept in the folder's own mapping, by
//! the head: the next file with the same head is read in the same way.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use juesuan_inputs::columns::{Choice, Looked, chosen, kinds, look};
use juesuan_inputs::mapping;
use juesuan_inputs::seen::KnownBy;
use juesuan_store::{Edit, FolderId};
use serde::Deserialize;

use super::files::looked_at;
use super::shown::{self, Group, Row, Wrong, grouped, groups};
use super::{Head, Tab};
use crate::desk::Desk;
use crate::fault::{Fault, Refusal};
use crate::folders::Opened;
use crate::guard::Visitor;
use crate::page::{Frame, Room, filled};
use crate::pages::conflict::told;
use crate::posted::Posted;
use crate::stored::Stored;
use crate::worker::apart;

/// Problems that are shown.
const PROBLEMS: usize = 40;

/// Which file.
#[derive(Deserialize)]
pub struct Which {
    file: String,
    #[serde(default)]
    saved: u8,
}

#[derive(Template)]
#[template(path = "make/columns.html")]
struct Page {
    frame: Frame,
    head: Head,
    file: String,
    /// Version of the file that is shown, and of the mapping; 0: there is none.
    seen: i64,
    version: i64,
    groups: Vec<Group>,
    /// What is wrong, the first of them, and how many there are.
    problems: Vec<Wrong>,
    count: usize,
    is_nobodys: bool,
    state: Saved,
}

/// Whether what is shown is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Saved {
    /// As it lies there.
    Before,
    /// It was saved just now.
    Now,
    /// It is not saved.
    NotYet,
}

impl Page {
    fn new(frame: Frame, opened: &Opened, file: &str, looked: Looked, (desk, state): (&Desk, Saved)) -> Page {
        let head = Head { id: opened.folder.id.0, face: opened.folder.face.clone(), tab: Tab::Files };
        let mut problems = grouped(looked.problems, file);
        let count = problems.len();
        problems.truncate(PROBLEMS);
        Page {
            frame,
            head,
            file: file.to_owned(),
            seen: opened.version(file).unwrap_or_default(),
            version: opened.version(mapping::FILE).unwrap_or_default(),
            groups: groups(looked.tables, &kinds(file, &desk.catalog)),
            problems,
            count,
            is_nobodys: looked.is_nobodys,
            state,
        }
    }
}

/// The file as it would be read with this mapping, or with that which lies there.
async fn looked(desk: &Arc<Desk>, opened: &Opened, file: &str, mapping: Option<String>) -> Result<Looked, Fault> {
    if !opened.entries.contains_key(file) || kinds(file, &desk.catalog).is_empty() {
        return Err(Fault::Missing);
    }
    let (own, sent, file) = (Arc::clone(desk), opened.sent(), file.to_owned());
    let looked =
        apart(move || look(&Stored::new(&sent, own.store.contents()), &file, mapping.as_deref(), &own.catalog));
    Ok(looked.await??)
}

/// The page.
pub async fn show(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path(folder): Path<i64>,
    Query(which): Query<Which>,
) -> Result<Html<String>, Fault> {
    let opened = Opened::of(&desk, FolderId(folder)).await?;
    let looked = looked(&desk, &opened, &which.file, None).await?;
    let state = if which.saved > 0 { Saved::Now } else { Saved::Before };
    filled(&Page::new(Frame::new(Room::Make, &visitor), &opened, &which.file, looked, (&desk, state)))
}

/// A form as it came back.
struct Asked {
    file: String,
    seen: i64,
    version: i64,
    choice: Choice,
    is_to_be_saved: bool,
}

impl Asked {
    /// What was posted. What the columns are is asked anew where another kind or another head was chosen.
    fn of(form: &[(String, String)]) -> Option<Asked> {
        let said = |name: &str| form.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
        let number = |name: &str| said(name)?.parse::<i64>().ok();
        let row = |name: &str| said(name)?.parse::<usize>().ok();
        let (kind, top, last) = (said("kind")?, row("top")?, row("last")?);
        let is_as_shown = said("was")? == shown::known_as(kind, (top, last + 1));
        let keys = form.iter().filter(|(name, _)| name == "c").map(|(_, key)| key.clone());
        Some(Asked {
            file: said("file")?.to_owned(),
            seen: number("seen")?,
            version: number("version")?,
            choice: Choice {
                sheet: said("sheet")?.to_owned(),
                kind: kind.to_owned(),
                head: (top.min(last), last + 1),
                keys: keys.filter(|_| is_as_shown).collect(),
            },
            is_to_be_saved: said("do") == Some("save"),
        })
    }
}

/// Takes what somebody has chosen for a table: shows what would be read with it, or keeps it.
pub async fn choose(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path(folder): Path<i64>,
    Posted(form): Posted<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let asked = Asked::of(&form).ok_or(Fault::Refused(Refusal::Form))?;
    let opened = Opened::of(&desk, FolderId(folder)).await?;
    if kinds(&asked.file, &desk.catalog).iter().all(|kind| kind.key != asked.choice.kind) {
        return Err(Fault::Refused(Refusal::Form));
    }
    let (file, now) = (asked.file.clone(), opened.version(&asked.file));
    if now != Some(asked.seen) {
        return Err(Fault::Conflict(file));
    }
    let (own, sent, path) = (Arc::clone(&desk), opened.sent(), file.clone());
    let text = apart(move || chosen(&Stored::new(&sent, own.store.contents()), &path, &asked.choice, &own.catalog));
    let text = text.await??.ok_or(Fault::Refused(Refusal::Form))?;
    if !asked.is_to_be_saved {
        let looked = looked(&desk, &opened, &file, Some(text)).await?;
        let frame = Frame::new(Room::Make, &visitor);
        let page = Page::new(frame, &opened, &file, looked, (&desk, Saved::NotYet));
        return Ok(filled(&page)?.into_response());
    }
    let own = Arc::clone(&desk);
    let content = apart(move || own.store.contents().put(text.as_bytes())).await??;
    let expected = Some(asked.version).filter(|version| *version > 0);
    let edit = Edit { path: mapping::FILE.to_owned(), content: Some(content), expected };
    desk.store.edit(&desk.stamp().await?, FolderId(folder), &[edit]).await.map_err(told)?;
    looked_at(&desk, folder).await?;
    let query = serde_urlencoded::to_string([("file", file.as_str()), ("saved", "1")]).map_err(|_| Fault::Broken)?;
    Ok(Redirect::to(&format!("/make/{folder}/columns?{query}")).into_response())
}
