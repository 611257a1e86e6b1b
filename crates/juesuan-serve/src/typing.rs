//! Tables that are being typed: what is needed again with each keystroke is held, and of a folder one run at a time looks at the whole.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use juesuan_catalog::{Catalog, InputFile};
use juesuan_inputs::judge::{Around, Extent, Judged};
use juesuan_inputs::scaffold::entered;
use juesuan_office::before::is_of_last_year;
use juesuan_office::{Before, Cancel, Job, Weighed};
use juesuan_store::{Digest, Entry, FolderId};

use crate::cells::typed::{Laid, Typed, Unwritten};
use crate::cells::{Cells, Source, sources};
use crate::desk::Desk;
use crate::fault::{Fault, Refusal};
use crate::folders::Opened;
use crate::held::Held;
use crate::overlaid::Overlaid;
use crate::stored::Stored;
use crate::worker::apart;

/// How many tables, years before and folders are held.
const TABLES: usize = 16;
const BEFORE: usize = 4;
const WEIGHED: usize = 6;
/// How long a run looks at a folder.
const PATIENCE: Duration = Duration::from_secs(60);
/// The folder whose tables come from elsewhere.
const BOOKS: &str = "books";

/// What is held.
pub struct Typing {
    tables: Held<Table>,
    before: Held<Before>,
    weighed: Held<Weighed>,
    turn: tokio::sync::Mutex<()>,
    running: Mutex<BTreeMap<i64, Cancel>>,
}

/// A table with what it is judged by.
#[derive(Debug)]
pub struct Table {
    /// Its kind.
    pub kind: InputFile,
    /// As it stands.
    pub cells: Cells,
    /// Where tables of its kind stand, the one that is read before others first.
    pub sources: Vec<Source>,
    /// What it is judged by besides itself.
    pub around: Around,
}

impl Typing {
    /// Nothing yet.
    pub fn new() -> Typing {
        Typing {
            tables: Held::new(TABLES),
            before: Held::new(BEFORE),
            weighed: Held::new(WEIGHED),
            turn: tokio::sync::Mutex::default(),
            running: Mutex::default(),
        }
    }

    fn running(&self) -> MutexGuard<'_, BTreeMap<i64, Cancel>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The kinds that people type in, wherever their tables stand.
pub fn kinds(catalog: &Catalog) -> impl Iterator<Item = &InputFile> {
    entered(catalog).filter(|kind| kind.folder != BOOKS)
}

/// The table of a kind in a file of a folder, or in the one that is read first.
pub async fn table(desk: &Arc<Desk>, opened: &Opened, key: &str, file: &str) -> Result<Arc<Table>, Fault> {
    let held = format!("{} {key} {file}", opened.digest());
    if let Some(table) = desk.typing.tables.find(&held) {
        return Ok(table);
    }
    let own = || desk.catalog.entry.own.iter();
    let kind = kinds(&desk.catalog).chain(own()).find(|kind| kind.key == key).ok_or(Fault::Missing)?.clone();
    let (own, sent, file) = (Arc::clone(desk), opened.sent(), file.to_owned());
    let table = apart(move || {
        let (stored, catalog) = (Stored::new(&sent, own.store.contents()), &own.catalog);
        let sources = sources(&stored, &kind, catalog);
        let source = sources.iter().find(|source| source.path == file).or(sources.first());
        // What only the workbook has is nowhere where there is none.
        if source.is_none() && kind.folder.is_empty() {
            return None;
        }
        let around = Around::of(&stored, catalog);
        let cells = Cells::read(&stored, &kind, source, (&around.mapping, catalog))?;
        Some(Table { kind, cells, sources, around })
    });
    let table = table.await?.ok_or(Fault::Missing)?;
    Ok(desk.typing.tables.keep(held, table))
}

impl Table {
    /// What is wrong in rows that were typed, and what they say.
    pub fn judged(&self, typed: &Typed, catalog: &Catalog) -> (Judged, Laid) {
        let laid = self.cells.laid(typed, &self.kind);
        let extent = if self.sources.len() > 1 { Extent::Part } else { Extent::Whole };
        let judged = self.around.judge(std::slice::from_ref(&laid.grid), &self.kind, extent, catalog);
        (judged, laid)
    }

    /// The same table in another content of its file; `None` where it has none.
    pub fn in_content(&self, bytes: &[u8], catalog: &Catalog) -> Option<Cells> {
        Cells::of(bytes, &self.kind, self.cells.source.as_ref()?, (&self.around.mapping, catalog))
    }

    /// The files of the folder that change when these rows are saved.
    pub fn written(
        &self,
        typed: &Typed,
        opened: &Opened,
        desk: &Desk,
    ) -> Result<BTreeMap<String, Option<Vec<u8>>>, Fault> {
        let path = self.cells.path();
        let bytes = match opened.entries.get(path) {
            Some(Entry { content, .. }) => desk.store.contents().read(content)?,
            None => Vec::new(),
        };
        let bytes = self.cells.written(typed, &bytes).map_err(|unwritten| match unwritten {
            Unwritten::Workbook => Fault::Refused(Refusal::Form),
            Unwritten::Text => Fault::Broken,
        })?;
        let target = self.cells.target(&self.kind);
        // The table stood in a text of another ending: the new one takes its place.
        let gone = Some(path).filter(|path| !path.is_empty() && *path != target).map(|path| (path.to_owned(), None));
        Ok(gone.into_iter().chain([(target, Some(bytes))]).collect())
    }
}

/// Last year, as far as it is held.
pub fn before_held(desk: &Desk, opened: &Opened) -> Option<Arc<Before>> {
    desk.typing.before.find(&before_key(opened))
}

fn before_key(opened: &Opened) -> String {
    opened.digest_of(is_of_last_year)
}

/// Last year.
pub async fn before(desk: &Arc<Desk>, opened: &Opened) -> Result<Arc<Before>, Fault> {
    let key = before_key(opened);
    if let Some(before) = desk.typing.before.find(&key) {
        return Ok(before);
    }
    let (own, sent) = (Arc::clone(desk), opened.sent());
    let before = apart(move || {
        let stored = Stored::new(&sent, own.store.contents());
        let job = Job::default().with_means(&own.means);
        juesuan_office::before(&stored, &own.catalog, job)
    });
    // A folder that cannot be read knows nothing of last year; why it cannot is told with what it lacks.
    let before = match before.await? {
        Err(juesuan_office::Error::Inputs(_)) => Before::default(),
        before => before?,
    };
    Ok(desk.typing.before.keep(key, before))
}

/// Calls its run off when nobody waits for it any more.
pub struct Turn {
    cancel: Cancel,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.cancel.cancel();
    }
}

impl Turn {
    /// The newest run that looks at a folder: the one before it is called off.
    pub fn of(desk: &Desk, folder: FolderId) -> Turn {
        let cancel = Cancel::default();
        if let Some(older) = desk.typing.running().insert(folder.0, cancel.clone()) {
            older.cancel();
        }
        Turn { cancel }
    }

    /// A folder with other contents of some files, with everything that its documents say.
    pub async fn weighed(
        &self,
        desk: &Arc<Desk>,
        opened: &Opened,
        over: BTreeMap<String, Option<Vec<u8>>>,
    ) -> Result<Arc<Weighed>, Fault> {
        let mut key = opened.digest();
        for (path, bytes) in &over {
            let content = bytes.as_ref().map(|bytes| Digest::of(bytes).as_str().to_owned()).unwrap_or_default();
            key.extend(["\n", path, "\n", &content]);
        }
        let _turn = desk.typing.turn.lock().await;
        if let Some(weighed) = desk.typing.weighed.find(&key) {
            return Ok(weighed);
        }
        let (own, sent, cancel) = (Arc::clone(desk), opened.sent(), self.cancel.clone());
        let work = apart(move || {
            let stored = Stored::new(&sent, own.store.contents());
            let job = Job::default().with_means(&own.means).with_cancel(&cancel);
            juesuan_office::weigh(&Overlaid::new(&stored, over), &own.catalog, job)
        });
        let Ok(weighed) = tokio::time::timeout(PATIENCE, work).await else {
            self.cancel.cancel();
            return Err(juesuan_office::Error::Cancelled.into());
        };
        Ok(desk.typing.weighed.keep(key, weighed??))
    }
}
