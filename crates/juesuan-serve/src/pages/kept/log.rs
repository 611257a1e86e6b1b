//! What was done: who changed what, from what to what, and when.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Html;
use juesuan_store::{BrokenLink, Chain, DocumentId, Event, FolderId, LinkFault, Store};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::desk::chain;
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::Visitor;
use crate::moment;
use crate::page::{Frame, Room, filled};

/// Events on a page.
const ROWS: u32 = 100;
/// Letters of a value that are shown; the whole stands in the log itself.
const LETTERS: usize = 160;
/// Letters of a digest that are shown: enough to compare.
const DIGEST_LETTERS: usize = 12;
/// Files of one event that are shown.
const FILES: usize = 8;
/// What a job was ordered to do, which its own page shows.
const HIDDEN: &str = "payload";

/// Which events.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// All that was done to this document, its findings among it.
    document: Option<i64>,
    /// All that was done to this department's folder.
    folder: Option<i64>,
    /// Events before the one of this number.
    before: Option<i64>,
}

/// A value that an event changed.
#[derive(Debug, PartialEq, Eq)]
struct Change {
    /// What it is called where it is kept; empty where the event is about one value only.
    key: String,
    before: Option<String>,
    after: Option<String>,
}

/// What an event changed.
#[derive(Debug, PartialEq, Eq)]
struct Changes {
    shown: Vec<Change>,
    /// Files that are not shown one by one.
    more: usize,
}

/// To what something was done.
#[derive(Debug, PartialEq, Eq)]
enum Subject<'e> {
    Document(i64),
    /// A finding of a document, by its key.
    Finding(i64, &'e str),
    /// A picture in a document.
    Picture(i64),
    Job(i64),
    /// What accounts are made from.
    Folder(i64),
    /// What was made.
    Issue(i64),
    Setting(&'e str),
    /// A browser that was let in.
    Session(&'e str),
    /// Where browsers are let in.
    Entrance,
    Other(&'e str),
}

#[derive(Template)]
#[template(path = "kept/log.html")]
struct Page {
    frame: Frame,
    wanted: Wanted,
    /// The document or department that was asked for.
    about: String,
    events: Vec<Event>,
    /// Titles of documents and departments by their subjects.
    titles: BTreeMap<String, String>,
    /// Number below which the next page goes on.
    next: Option<i64>,
    chain: Result<Chain, BrokenLink>,
}

impl Page {
    fn when(&self, at: &i64) -> String {
        moment::shown(*at)
    }

    fn is_whole(&self) -> bool {
        self.wanted.subject().is_none()
    }

    /// The title of a document; empty where it is not known.
    fn document(&self, id: &i64) -> &str {
        self.titles.get(&DocumentId(*id).subject()).map_or("", String::as_str)
    }

    /// The name of a department's folder; empty where it is not known.
    fn folder(&self, id: &i64) -> &str {
        self.titles.get(&FolderId(*id).subject()).map_or("", String::as_str)
    }

    fn next_address(&self, before: &i64) -> String {
        match self.wanted {
            Wanted { document: Some(document), .. } => format!("/desk/log?document={document}&before={before}"),
            Wanted { folder: Some(folder), .. } => format!("/desk/log?folder={folder}&before={before}"),
            _ => format!("/desk/log?before={before}"),
        }
    }
}

/// The page.
pub async fn show(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Fault> {
    let store = &desk.store;
    let asked = wanted.subject();
    let events = store.events(asked.as_deref(), wanted.before, ROWS).await?;
    let full = u32::try_from(events.len()).is_ok_and(|count| count == ROWS);
    let next = events.last().filter(|_| full).map(|event| event.id);
    let mut titles = BTreeMap::new();
    for subject in asked.iter().map(String::as_str).chain(events.iter().map(|event| event.subject.as_str())) {
        if let Some((subject, title)) = titled(store, subject_of(subject)).await {
            titles.insert(subject, title);
        }
    }
    let about = asked.and_then(|asked| titles.get(&asked)).cloned().unwrap_or_default();
    let (frame, chain) = (Frame::new(Room::Desk, &visitor), chain(store).await?);
    filled(&Page { frame, wanted, about, events, titles, next, chain })
}

impl Wanted {
    /// The subject that is asked for.
    fn subject(&self) -> Option<String> {
        let document = self.document.map(|id| DocumentId(id).subject());
        document.or_else(|| self.folder.map(|id| FolderId(id).subject()))
    }
}

/// What a document or department is called. A log that names one that is not there is shown all the same.
async fn titled(store: &Store, subject: Subject<'_>) -> Option<(String, String)> {
    let (subject, body, title) = match subject {
        Subject::Document(id) | Subject::Finding(id, _) | Subject::Picture(id) => {
            let document = store.document(DocumentId(id)).await.ok()?;
            (document.id.subject(), document.identity.body, document.title)
        }
        Subject::Folder(id) => {
            let folder = store.folder(FolderId(id)).await.ok()?;
            (folder.id.subject(), folder.face.body, folder.face.title)
        }
        _ => return None,
    };
    Some((subject, if body.is_empty() { title } else { body }))
}

/// A subject as the store writes it, taken apart.
fn subject_of(subject: &str) -> Subject<'_> {
    let other = || Subject::Other(subject);
    if subject == "entrance" {
        return Subject::Entrance;
    }
    let Some((kind, rest)) = subject.split_once('/') else { return other() };
    match kind {
        "session" => Subject::Session(rest),
        "setting" => Subject::Setting(rest),
        "job" => rest.parse().map_or_else(|_| other(), Subject::Job),
        "folder" => rest.parse().map_or_else(|_| other(), Subject::Folder),
        "issue" => rest.parse().map_or_else(|_| other(), Subject::Issue),
        "document" => match rest.split_once("/finding/") {
            Some((id, key)) => id.parse().map_or_else(|_| other(), |id| Subject::Finding(id, key)),
            None => match rest.split_once("/picture/") {
                Some((id, _)) => id.parse().map_or_else(|_| other(), Subject::Picture),
                None => rest.parse().map_or_else(|_| other(), Subject::Document),
            },
        },
        _ => other(),
    }
}

/// What an event changed; what stayed the same is left out.
fn changes(event: &Event) -> Changes {
    if let Some(changed) = changed_files(event) {
        return changed;
    }
    Changes { shown: changed_values(event), more: 0 }
}

/// The same of an event about files: each with its content before and now.
fn changed_files(event: &Event) -> Option<Changes> {
    let of = |value: Option<&Value>| -> Option<BTreeMap<String, Option<String>>> {
        let files = value?.as_array()?.iter();
        let file = |file: &Value| Some((file.get("path")?.as_str()?.to_owned(), file.get("content").and_then(shown)));
        files.map(file).collect()
    };
    let (before, after) = (of(event.before.as_ref())?, of(event.after.as_ref())?);
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let more = paths.len().saturating_sub(FILES);
    let change = |path: &String| Change {
        key: path.clone(),
        before: before.get(path).cloned().flatten(),
        after: after.get(path).cloned().flatten(),
    };
    Some(Changes { shown: paths.into_iter().take(FILES).map(change).collect(), more })
}

fn changed_values(event: &Event) -> Vec<Change> {
    let empty = Map::new();
    let (before, after) = (event.before.as_ref(), event.after.as_ref());
    let fields = |value: Option<&'_ Value>| value.is_none_or(Value::is_object);
    if !fields(before) || !fields(after) {
        return vec![Change { key: String::new(), before: before.and_then(shown), after: after.and_then(shown) }];
    }
    let map = |value: Option<&Value>| value.and_then(Value::as_object).unwrap_or(&empty).clone();
    let (before, after) = (map(before), map(after));
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).filter(|key| *key != HIDDEN).collect();
    let change = |key: &String| {
        let value = |map: &Map<String, Value>| map.get(key).and_then(shown);
        let (old, new) = (value(&before), value(&after));
        (old != new).then(|| Change { key: key.clone(), before: old, after: new })
    };
    keys.into_iter().filter_map(change).collect()
}

/// A value for people; nothing where there is none.
fn shown(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) if text.is_empty() => return None,
        Value::String(text) if is_digest(text) => text.chars().take(DIGEST_LETTERS).collect(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let short: String = text.chars().take(LETTERS).collect();
    Some(if short.len() < text.len() { format!("{short}…") } else { short })
}

fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::Window;
    use serde_json::json;

    fn event(before: Option<Value>, after: Option<Value>) -> Event {
        let empty = String::new;
        Event {
            id: 1,
            at: 0,
            person: empty(),
            what: empty(),
            subject: empty(),
            before,
            after,
            previous: empty(),
            hash: empty(),
        }
    }

    #[test]
    fn only_what_changed_is_told_from_what_to_what() {
        let changes = changed_values(&event(
            Some(json!({ "reason": "漏改", "kind": "corrected", "until": null })),
            Some(json!({ "reason": "有依据", "kind": "corrected", "payload": { "trees": [] } })),
        ));
        let reason = Change { key: "reason".into(), before: Some("漏改".into()), after: Some("有依据".into()) };
        assert_eq!(changes, [reason]);
    }

    #[test]
    fn files_are_told_one_by_one_up_to_a_bound() {
        let file = |number: usize, content: &str| json!({ "path": format!("{number:02}.csv"), "content": content, "version": 1 });
        let many: Vec<Value> = (0..20).map(|number| file(number, "b")).collect();
        let told = changes(&event(Some(json!([file(0, "a")])), Some(Value::Array(many))));
        assert_eq!((told.shown.len(), told.more), (FILES, 20 - FILES));
        assert_eq!(told.shown[0], Change { key: "00.csv".into(), before: Some("a".into()), after: Some("b".into()) });
        assert_eq!(told.shown[1].before, None);
        let removed = json!([{ "path": "00.csv", "content": null, "version": 2 }]);
        let gone = changes(&event(Some(json!([file(0, "a")])), Some(removed)));
        assert_eq!((gone.shown[0].before.as_deref(), gone.shown[0].after.as_deref()), (Some("a"), None));
    }

    #[test]
    fn a_single_value_and_a_long_one_are_told_and_a_digest_is_cut() {
        let name = changed_values(&event(None, Some(json!("李会计"))));
        assert_eq!(name, [Change { key: String::new(), before: None, after: Some("李会计".into()) }]);
        assert_eq!(shown(&json!("0".repeat(64))).unwrap().len(), DIGEST_LETTERS);
        assert_eq!(shown(&json!("字".repeat(500))).unwrap().chars().count(), LETTERS + 1);
    }

    #[test]
    fn a_subject_is_taken_apart_and_a_strange_one_is_shown_as_it_is() {
        assert_eq!(subject_of("document/12"), Subject::Document(12));
        assert_eq!(subject_of("document/12/finding/LW001/a"), Subject::Finding(12, "LW001/a"));
        assert_eq!(subject_of("document/12/picture/0a/1-2-3-4"), Subject::Picture(12));
        assert_eq!(subject_of("job/3"), Subject::Job(3));
        assert_eq!((subject_of("session/0a"), subject_of("entrance")), (Subject::Session("0a"), Subject::Entrance));
        assert_eq!(subject_of("setting/person"), Subject::Setting("person"));
        assert_eq!((subject_of("folder/3"), subject_of("issue/7")), (Subject::Folder(3), Subject::Issue(7)));
        for strange in ["", "document/x", "other/3/预算.csv"] {
            assert_eq!(subject_of(strange), Subject::Other(strange));
        }
    }

    #[tokio::test]
    async fn a_name_is_taken_and_the_log_tells_from_what_to_what() {
        let window = Window::open().await;
        assert_eq!(window.post("/desk/person", &[("person", " 李会计 ")]).await.leads(), "/desk");
        window.post("/desk/person", &[("person", "王审计")]).await;
        window.get("/desk").await.says(&["value=\"王审计\"", "记录 3 条，前后相连"]);
        let log = window.get("/desk/log").await;
        log.says(&["<del>李会计</del> → <ins>王审计</ins>", "设置", "<td>李会计</td>"]);
        window.get("/desk/log?before=3").await.says(&["<ins>李会计</ins>"]);
        window.get("/desk/log?document=7").await.says(&["没有记录"]);
    }
}
