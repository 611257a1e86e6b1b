//! What a folder lacks: each question where it will stand in the document, with the field for its answer.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use juesuan_catalog::Catalog;
use juesuan_inputs::columns::{self, stands_in};
use juesuan_model::{Gravity, Need, Problem};
use juesuan_office::Standing;
use juesuan_office::list::{Given, Item, fill, refused};
use juesuan_store::{Edit, Error, FolderId};
use juesuan_write::AskCell;

use super::saved::attached;
use super::{Head, Tab};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::folders::{Opened, describe, standing};
use crate::guard::Visitor;
use crate::page::{Frame, Room, filled};
use crate::posted::Posted;
use crate::stored::Stored;
use crate::worker::apart;

/// Most bytes of a form with answers.
pub const BYTES_MAX: usize = 16 << 20;
/// How often answers are laid over a list that somebody else has written meanwhile.
const TRIES: usize = 4;
/// Events that are looked through for changes that can be undone.
const EVENTS: u32 = 200;
/// Faults that are told above the questions; all of them stand at the files.
const TOLD: usize = 12;

#[derive(Template)]
#[template(path = "make/lacks.html")]
struct Page {
    frame: Frame,
    head: Head,
    standing: Arc<Standing>,
    parts: Vec<Part>,
    /// Answers that could not be taken.
    refused: usize,
    /// Answers that somebody else has given otherwise meanwhile.
    torn: usize,
    /// There is a change since the folder was begun.
    can_undo: bool,
    /// Files that hold tables.
    tables: Vec<String>,
}

/// Questions of one kind.
struct Part {
    kind: Kind,
    groups: Vec<Group>,
}

/// How urgent questions are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Must,
    IfChanged,
    May,
    Elsewhere,
    Answered,
}

/// Questions of one place in the document.
struct Group {
    place: String,
    lines: Vec<Line>,
}

/// A question with its field.
struct Line {
    /// By which the field is known on the page.
    number: usize,
    item: Item,
    /// What stands in the field.
    text: String,
    /// Why it was not taken.
    refusal: Option<String>,
    /// It was given otherwise meanwhile: what stands in the list now is in `item`.
    is_torn: bool,
}

impl Kind {
    fn of(item: &Item) -> Kind {
        match (item.need, item.cell) {
            (None, _) => Kind::Answered,
            (_, AskCell::Nothing) => Kind::Elsewhere,
            (Some(Need::Must), _) => Kind::Must,
            (Some(Need::IfChanged), _) => Kind::IfChanged,
            (Some(Need::May), _) => Kind::May,
        }
    }
}

impl Part {
    fn count(&self) -> usize {
        self.groups.iter().map(|group| group.lines.len()).sum()
    }

    fn has_told(&self) -> bool {
        self.groups.iter().flat_map(|group| &group.lines).any(|line| line.is_torn || line.refusal.is_some())
    }
}

impl Line {
    /// Where it will stand, below the heading of its group.
    fn below(&self) -> String {
        self.item.place.get(1..).unwrap_or_default().join(" ")
    }
}

impl Page {
    fn new(
        frame: Frame,
        (opened, catalog): (&Opened, &Catalog),
        standing: Arc<Standing>,
        said: &Said,
        can_undo: bool,
    ) -> Page {
        let tables = opened.entries.keys().filter(|path| !columns::kinds(path, catalog).is_empty()).cloned();
        let head = Head { id: opened.folder.id.0, face: opened.folder.face.clone(), tab: Tab::Lacks };
        let parts = parts(&standing, said);
        let lines = || parts.iter().flat_map(|part| &part.groups).flat_map(|group| &group.lines);
        let refused = lines().filter(|line| line.refusal.is_some()).count();
        let torn = lines().filter(|line| line.is_torn).count();
        let tables = tables.collect();
        Page { frame, head, standing, parts, refused, torn, can_undo, tables }
    }

    /// The file with the table in which a fault stands.
    fn table_of(&self, fault: &Problem) -> Option<&str> {
        self.tables.iter().find(|path| stands_in(&fault.place, path)).map(String::as_str)
    }

    /// Faults that keep anything from being made, the first of them.
    fn faults(&self) -> Vec<&Problem> {
        self.all_faults().take(TOLD).collect()
    }

    fn fatal(&self) -> usize {
        self.all_faults().count()
    }

    fn all_faults(&self) -> impl Iterator<Item = &Problem> {
        self.standing.problems.iter().filter(|problem| problem.gravity == Gravity::Fatal)
    }
}

/// What somebody typed, by unit and code.
type Said = BTreeMap<(String, String), Typed>;

/// A field as it came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Typed {
    was: String,
    text: String,
}

impl Typed {
    fn is_changed(&self) -> bool {
        self.was.trim() != self.text.trim()
    }

    /// True if somebody else has given another answer since this one was begun.
    fn is_torn(&self, now: &str) -> bool {
        self.is_changed() && now.trim() != self.was.trim() && now.trim() != self.text.trim()
    }
}

fn parts(standing: &Standing, said: &Said) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (number, item) in standing.listed.items.iter().enumerate() {
        let kind = Kind::of(item);
        let typed = said.get(&(item.unit.clone(), item.code.clone())).filter(|typed| typed.is_changed());
        let line = Line {
            number,
            text: typed.map_or(&item.answer, |typed| &typed.text).clone(),
            refusal: typed.and_then(|typed| refused(item.cell, &typed.text)),
            is_torn: typed.is_some_and(|typed| typed.is_torn(&item.answer)),
            item: item.clone(),
        };
        let at = parts.iter().position(|part| part.kind == kind).unwrap_or_else(|| {
            parts.push(Part { kind, groups: Vec::new() });
            parts.len() - 1
        });
        let Some(part) = parts.get_mut(at) else { continue };
        let place = item.place.first().cloned().unwrap_or_default();
        match part.groups.iter_mut().find(|group| group.place == place) {
            Some(group) => group.lines.push(line),
            None => part.groups.push(Group { place, lines: vec![line] }),
        }
    }
    parts.sort_by_key(|part| part.kind);
    parts
}

/// The page.
pub async fn show(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path(folder): Path<i64>,
) -> Result<Html<String>, Fault> {
    let opened = Opened::of(&desk, FolderId(folder)).await?;
    let standing = standing(&desk, &opened).await?;
    let can_undo = can_undo(&desk, opened.folder.id).await?;
    filled(&Page::new(Frame::new(Room::Make, &visitor), (&opened, &desk.catalog), standing, &Said::new(), can_undo))
}

/// True if more was changed, and not undone, than the first files that came.
async fn can_undo(desk: &Desk, folder: FolderId) -> Result<bool, Fault> {
    let events = desk.store.events(Some(&folder.subject()), None, EVENTS).await?;
    let count = |what: &[&str]| events.iter().filter(|event| what.contains(&event.what.as_str())).count();
    Ok(count(&["folder.edited", "folder.redone"]) > count(&["folder.undone"]) + 1)
}

/// The fields of a form: `unit`, `code`, `was` and `text` of each question, in this order.
fn said(form: Vec<(String, String)>) -> Said {
    let (mut said, mut key, mut was) = (Said::new(), (String::new(), String::new()), String::new());
    for (name, value) in form {
        // Whoever sends a form ends its lines as letters do.
        let value = value.replace("\r\n", "\n");
        match name.as_str() {
            "unit" => key = (value, String::new()),
            "code" => key.1 = value,
            "was" => was = value,
            "text" => {
                let typed = Typed { was: std::mem::take(&mut was), text: value };
                said.insert(std::mem::take(&mut key), typed);
            }
            _ => {}
        }
    }
    said
}

/// Takes the answers that were changed. Where somebody else has answered the same otherwise meanwhile, both are shown and nothing is
/// saved.
pub async fn answer(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path(folder): Path<i64>,
    Posted(form): Posted<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let said = said(form);
    for _ in 0..TRIES {
        let opened = Opened::of(&desk, FolderId(folder)).await?;
        let now = standing(&desk, &opened).await?;
        if let Some(status) = untaken(&now, &said) {
            let can_undo = can_undo(&desk, opened.folder.id).await?;
            let frame = Frame::new(Room::Make, &visitor);
            let page = filled(&Page::new(frame, (&opened, &desk.catalog), now, &said, can_undo))?;
            return Ok((status, page).into_response());
        }
        let changed = said.iter().filter(|(_, typed)| typed.is_changed());
        let given = changed.map(|((unit, code), typed)| Given {
            unit: unit.clone(),
            code: code.clone(),
            text: typed.text.clone(),
        });
        match put(&desk, &opened, &now, given.collect()).await {
            // Somebody was faster: once more, over what stands there now.
            Err(Fault::Store(Error::Conflict(_))) => {}
            put => {
                put?;
                return Ok(Redirect::to(&format!("/make/{folder}")).into_response());
            }
        }
    }
    Err(Fault::Store(Error::Busy))
}

/// Why nothing may be saved.
fn untaken(now: &Standing, said: &Said) -> Option<StatusCode> {
    let items = now.listed.items.iter();
    let changed = items.filter_map(|item| {
        let typed = said.get(&(item.unit.clone(), item.code.clone()))?;
        typed.is_changed().then_some((item, typed))
    });
    let mut worst = None;
    for (item, typed) in changed {
        if typed.is_torn(&item.answer) {
            return Some(StatusCode::CONFLICT);
        }
        if refused(item.cell, &typed.text).is_some() {
            worst = Some(StatusCode::UNPROCESSABLE_ENTITY);
        }
    }
    worst
}

/// Writes answers into the list of a folder, as one step.
pub async fn put(desk: &Arc<Desk>, opened: &Opened, now: &Arc<Standing>, given: Vec<Given>) -> Result<(), Fault> {
    if given.is_empty() {
        return Ok(());
    }
    let (own, sent, listed) = (Arc::clone(desk), opened.sent(), now.listed.clone());
    let (filled, content) = apart(move || {
        let contents = own.store.contents();
        let filled = fill(&Stored::new(&sent, contents), &listed, &given, &own.catalog)?;
        let content = contents.put(&filled.bytes)?;
        Ok::<_, Fault>((filled, content))
    })
    .await??;
    let gone = filled.replaced.into_iter().map(|path| (path, None));
    let edits = std::iter::once((filled.path, Some(content))).chain(gone).map(|(path, content)| Edit {
        expected: opened.version(&path),
        path,
        content,
    });
    let edits: Vec<Edit> = edits.collect();
    let id = opened.folder.id;
    desk.store.edit(&desk.stamp().await?, id, &edits).await?;
    let opened = Opened::of(desk, id).await?;
    let now = standing(desk, &opened).await?;
    describe(desk, &opened, &now).await
}

/// The list as a workbook, to be filled in elsewhere.
pub async fn workbook(State(desk): State<Arc<Desk>>, Path(folder): Path<i64>) -> Result<Response, Fault> {
    let opened = Opened::of(&desk, FolderId(folder)).await?;
    let standing = standing(&desk, &opened).await?;
    let bytes = list_file(&standing, &desk.catalog)?;
    Ok(attached(&desk.catalog.asks.file, bytes))
}

fn list_file(standing: &Standing, catalog: &Catalog) -> Result<Vec<u8>, Fault> {
    Ok(standing.listed.file(catalog)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(was: &str, text: &str) -> Typed {
        Typed { was: was.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn each_answer_is_told_by_unit_and_code_and_lines_end_as_they_were_typed() {
        let form = [
            ("csrf", "x"),
            ("unit", ""),
            ("code", "{\"cause\":\"甲\"}"),
            ("was", ""),
            ("text", "一\r\n二"),
            ("unit", "乙所"),
            ("code", "{\"cause\":\"甲\"}"),
            ("was", "旧"),
            ("text", "旧"),
        ];
        let said = said(form.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec());
        let of = |unit: &str| &said[&(unit.to_owned(), "{\"cause\":\"甲\"}".to_owned())];
        assert_eq!((of("").text.as_str(), of("").is_changed()), ("一\n二", true));
        assert!(!of("乙所").is_changed());
    }

    #[test]
    fn an_answer_is_torn_only_where_somebody_else_has_given_another_one_meanwhile() {
        assert!(typed("旧", "新").is_torn("别人的"));
        assert!(!typed("旧", "新").is_torn("旧"), "nobody has touched it");
        assert!(!typed("旧", "新").is_torn("新"), "somebody has said the same");
        assert!(!typed("旧", "旧").is_torn("别人的"), "this one was not touched here");
    }
}
