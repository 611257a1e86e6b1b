//! Documents read and checked by themselves, several at a time, and put down in their order.

use std::collections::BTreeMap;
use std::io;
use std::num::NonZero;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Scope};
use std::time::Duration;

use juesuan_catalog::Catalog;
use juesuan_check::{Card, Directory, Named, Trial, beyond, check_alone, prove};
use juesuan_model::{DocumentKind, Gravity, Package, Place, Problem};
use juesuan_read::Means;
use juesuan_recognize::Vocabulary;
use juesuan_write::report::{Checked, Teller};

use crate::apart::{apart, apart_for, lost, worker, workers};
use crate::cache::Keys;
use crate::documents::{Detail, Found, UNREAD};
use crate::error::Error;
use crate::job::{Job, Phase, Pulse};
use crate::search::{Item, Search, Told};
use crate::shelf::{Parcel, Shelf};

use super::Request;

/// Most documents that are worked on at once: each takes some tens of megabytes.
const WORKERS_MAX: usize = 8;
/// Documents that may be ready, or worked on, before an earlier one is: those of a slow one pile up no higher.
const AHEAD: usize = 2;
/// How often it is told which picture is read.
const BEAT: Duration = Duration::from_millis(200);

/// Documents that were put down, and what is known of each.
#[derive(Default)]
pub(super) struct Gathered {
    /// The documents.
    pub(super) shelf: Shelf,
    /// Their cards.
    pub(super) cards: Vec<Card>,
    /// Files in folders that are no documents.
    pub(super) skipped: Vec<Problem>,
    /// What was not looked at any more.
    pub(super) missing: Vec<String>,
}

/// What a document is checked with.
struct Desk<'a> {
    catalog: &'a Catalog,
    vocabulary: Vocabulary<'a>,
    directory: Directory<'a>,
    prior: &'a [&'a Package],
    trial: Trial,
    /// Where results of earlier runs are.
    keys: Option<Keys<'a>>,
    job: Job<'a>,
    /// Which picture is read.
    pulse: Pulse,
}

/// A document that was worked on.
enum Ready {
    Document(Parcel, Card),
    Skipped(Problem),
    End(String),
}

/// Reads every document of the request and checks each by itself.
pub(super) fn gather(
    request: &Request<'_>,
    prior: &[&Package],
    catalog: &Catalog,
    job: Job<'_>,
) -> Result<Gathered, Error> {
    let search = Search::new(request.documents)?;
    let steps = job.phase(Phase::Reading, None)?;
    let (vocabulary, directory) = (Vocabulary::new(catalog), Directory::new(catalog));
    let cache = request.cache.filter(|_| prior.is_empty());
    let keys = cache.map(|cache| cache.keys(catalog, &format!("{:?}{}", request.trial, job.means().sight.version())));
    let desk = Desk { catalog, vocabulary, directory, prior, trial: request.trial, keys, job, pulse: Pulse::default() };
    let most = workers(thread::available_parallelism().map_or(1, NonZero::get).min(WORKERS_MAX));
    let line = Line::new(search, most);
    let mut out = Gathered::default();
    let mut documents = 0;
    thread::scope(|scope| {
        line.help(scope, &desk, job).map_err(|source| Error::Io { what: unread(request), source })?;
        // Whatever ends this, the workers end too.
        let stopped = Stopping(&line);
        while let Some(ready) = stopped.0.take(|| job.beat(&desk.pulse)) {
            // What ends after the run was called off may have been ended by that.
            if request.partial && job.go_on().is_err() {
                out.missing = line.rest();
                break;
            }
            let (parcel, card) = match ready? {
                Ready::Skipped(problem) => {
                    out.skipped.push(problem);
                    steps.done()?;
                    continue;
                }
                Ready::Document(parcel, card) => (parcel, card),
                Ready::End(_) if std::mem::take(&mut documents) > 0 => continue,
                // Everything was passed over: «no errors» would be said of nothing.
                Ready::End(name) => desk.refused(juesuan_read::documents::without_documents(&name)),
            };
            documents += 1;
            job.document(&card.file, parcel.state(), parcel.errors());
            out.shelf.put(parcel)?;
            out.cards.push(card);
            line.lighten(out.shelf.is_full());
            steps.done()?;
        }
        Ok::<(), Error>(())
    })?;
    steps.end();
    if let Some(cache) = cache {
        cache.trim();
    }
    Ok(out)
}

/// What is said where the machine has no room for a single worker.
fn unread(request: &Request<'_>) -> String {
    format!("{UNREAD} {}", request.documents.first().map_or("", |files| files.name()))
}

impl Desk<'_> {
    /// The result of an earlier run, or else a new one.
    fn work(&self, item: Item<'_>, means: &Means, packed: bool) -> Result<Ready, Error> {
        let (keys, source) = match (&self.keys, item) {
            (Some(keys), Item::Source(source)) => (keys, source),
            (_, item) => return self.anew(item, means, packed, |_| None),
        };
        let name = source.name.clone();
        let source = match apart_for(&name, || source.loaded()).and_then(|loaded| loaded) {
            Ok(source) => source,
            Err(problem) => {
                let (parcel, card) =
                    self.refused(Problem { place: Place { file: Some(name), ..problem.place }, ..problem });
                return Ok(Ready::Document(parcel, card));
            }
        };
        let Some(key) = source.content().map(|content| keys.of(&name, content)) else {
            return self.anew(Item::Source(source), means, packed, |_| None);
        };
        if let Some((checked, as_kept)) = keys.get(&key) {
            let card = self.card(&checked);
            return Ok(Ready::Document(Parcel::new(checked, packed, Some(as_kept)), card));
        }
        self.anew(Item::Source(source), means, packed, |checked| {
            // What was lost on the way may be there the next time, and so may be pictures that were not begun any more.
            let is_whole =
                self.job.go_on().is_ok() && checked.problems.iter().all(|problem| problem.gravity != Gravity::Fatal);
            if is_whole { keys.put(&key, checked) } else { None }
        })
    }

    fn anew(
        &self,
        item: Item<'_>,
        means: &Means,
        packed: bool,
        keep: impl FnOnce(&Checked) -> Option<Vec<u8>>,
    ) -> Result<Ready, Error> {
        Ok(match item.read(means, &self.vocabulary, Detail::Result)? {
            Told::End(name) => Ready::End(name),
            Told::Found(Found::Skipped(problem)) => Ready::Skipped(problem),
            Told::Found(Found::Refused(problem)) => {
                let (parcel, card) = self.refused(problem);
                Ready::Document(parcel, card)
            }
            Told::Found(Found::Document(seen)) => {
                let checked = judged(seen.into_checked(), self.catalog, self.prior, self.trial);
                let as_kept = keep(&checked);
                let card = self.card(&checked);
                Ready::Document(Parcel::new(checked, packed, as_kept), card)
            }
        })
    }

    fn refused(&self, problem: Problem) -> (Parcel, Card) {
        let checked = super::refused(problem);
        let card = self.card(&checked);
        (Parcel::new(checked, false, None), card)
    }

    fn card(&self, checked: &Checked) -> Card {
        let named = Named { file: &checked.file, package: &checked.package };
        let nothing = Package { kind: DocumentKind::Unknown, ..Package::default() };
        apart(|| self.directory.card(named))
            .unwrap_or_else(|| self.directory.card(Named { package: &nothing, ..named }))
    }
}

/// What was found in a document by itself. An empty form and what is no account of any kind are not checked.
pub(super) fn judged(mut checked: Checked, catalog: &Catalog, prior: &[&Package], trial: Trial) -> Checked {
    if matches!(checked.package.kind, DocumentKind::Template | DocumentKind::Unknown) {
        return checked;
    }
    if checked.package.figures.iter().any(|figure| !figure.seen.is_certain()) {
        let mut package = checked.package.clone();
        if apart(|| prove(&mut package, catalog)).is_some() {
            checked.package = package;
        }
    }
    match apart(|| check_alone(&checked.package, catalog, (prior, &[]), trial)) {
        Some(report) => checked.report = report,
        None => checked.problems.push(lost(None)),
    }
    if let Some(beyond) = beyond(&checked.report) {
        let message = Teller::of(catalog, &checked).relation(beyond);
        checked.problems.push(Problem::fatal(Place::default(), message));
    }
    checked
}

/// The way from the search to the shelf: what is found is worked on by whoever is free, and taken in the order in which it was
/// found.
struct Line<'f> {
    /// The search, and the names of what it found.
    search: Mutex<(Search<'f>, Vec<String>)>,
    state: Mutex<State>,
    changed: Condvar,
    /// Most workers.
    most: usize,
}

#[derive(Default)]
struct State {
    ready: BTreeMap<usize, Result<Ready, Error>>,
    /// The number of the item that is taken next.
    next: usize,
    /// How many there are, once that is known.
    of: Option<usize>,
    stopped: bool,
    packed: bool,
    /// Workers that were started.
    workers: usize,
}

impl<'f> Line<'f> {
    fn new(search: Search<'f>, most: usize) -> Line<'f> {
        Line { search: Mutex::new((search, Vec::new())), state: Mutex::default(), changed: Condvar::new(), most }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts another worker, if there are not enough. Each does so when it leaves something for the next: one document has
    /// one worker, and what a thread costs is not spent on nothing.
    fn help<'scope, 'd: 'scope>(
        &'scope self,
        scope: &'scope Scope<'scope, '_>,
        desk: &'scope Desk<'d>,
        job: Job<'d>,
    ) -> io::Result<()> {
        let mut state = self.state();
        if state.workers < self.most {
            worker(scope, move || self.work(scope, desk, job))?;
            state.workers += 1;
        }
        Ok(())
    }

    /// Works on items until there are no more.
    fn work<'scope, 'd: 'scope>(&'scope self, scope: &'scope Scope<'scope, '_>, desk: &'scope Desk<'d>, job: Job<'d>) {
        let means = job.means_seen(&desk.pulse);
        while let Some((number, item, packed, more)) = self.item() {
            if more {
                // Where there is no room for more workers, those that are there do all.
                let _ = self.help(scope, desk, job);
            }
            let ready = item.and_then(|item| desk.work(item, &means, packed));
            self.state().ready.insert(number, ready);
            self.changed.notify_all();
        }
    }

    /// The next item with its number, once few enough are ready that nobody took; whether it is packed, and whether there is
    /// more to look for.
    fn item(&self) -> Option<(usize, Result<Item<'f>, Error>, bool, bool)> {
        let mut search = self.search.lock().unwrap_or_else(PoisonError::into_inner);
        let number = search.1.len();
        let mut state = self.state();
        while !state.stopped && state.of.is_none() && number >= state.next + self.most + AHEAD {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.stopped || state.of.is_some() {
            return None;
        }
        let packed = state.packed;
        drop(state);
        let item = search.0.next();
        let last = item.as_ref().is_none_or(Result::is_err);
        search.1.push(item.as_ref().and_then(|item| item.as_ref().ok()).map(Item::name).unwrap_or_default());
        if last {
            self.state().of = Some(number + usize::from(item.is_some()));
            self.changed.notify_all();
        }
        item.map(|item| (number, item, packed, search.0.has_more()))
    }

    /// What is ready, in its order; while nothing is, `beat` is called again and again.
    fn take(&self, beat: impl Fn()) -> Option<Result<Ready, Error>> {
        let mut state = self.state();
        loop {
            let next = state.next;
            if let Some(ready) = state.ready.remove(&next) {
                state.next += 1;
                self.changed.notify_all();
                return Some(ready);
            }
            if state.of.is_some_and(|of| next >= of) {
                return None;
            }
            drop(self.changed.wait_timeout(state, BEAT).unwrap_or_else(PoisonError::into_inner));
            beat();
            state = self.state();
        }
    }

    /// The names of what was not taken: what is ready or worked on stands before what was not looked at.
    fn rest(&self) -> Vec<String> {
        let mut state = self.state();
        state.stopped = true;
        // The one that was taken last was put down by nobody.
        let from = state.next.saturating_sub(1);
        drop(state);
        self.changed.notify_all();
        let mut search = self.search.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out: Vec<String> = search.1.iter().skip(from).cloned().collect();
        while let Some(Ok(item)) = search.0.next() {
            out.push(item.name());
        }
        out.retain(|name| !name.is_empty());
        out
    }

    /// From here on documents leave the memory.
    fn lighten(&self, packed: bool) {
        self.state().packed = packed;
    }
}

/// Ends the work when it goes.
struct Stopping<'l, 'f>(&'l Line<'f>);

impl Drop for Stopping<'_, '_> {
    fn drop(&mut self) {
        self.0.state().stopped = true;
        self.0.changed.notify_all();
    }
}
