//! `juesuan batch` and `juesuan worker`: many documents to an archive.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use juesuan_archive::list::Poisoned;
use juesuan_archive::{Archive, Error, Hands, Order, Progress, Watch};
use juesuan_catalog::batch::told;
use juesuan_catalog::template::Template;
use juesuan_catalog::{BatchWords, Catalog};
use juesuan_office::{Cancel, State, means};
use juesuan_read::documents::without_documents;
use juesuan_text::system_fault;

use crate::cli::{Batch, Cli, Worker, Workers};
use crate::exit::Refused;
use crate::terminal;

/// Names that are listed one by one.
const LISTED: usize = 20;

/// Checks what is new and prints what came of all.
pub fn run(options: &Batch, cli: &Cli, catalog: &Catalog) -> Result<State> {
    let words = &catalog.batch;
    let archive = Archive::open(&options.into, catalog, &program()).map_err(|error| refused(error, words))?;
    let hands = hands(&options.hands, &options.into, cli)?;
    let order = Order { sources: &options.sources, hands, again: options.again };
    let teller = Teller::new(words);
    let batch = juesuan_archive::batch(&archive, &order, catalog, &teller);
    teller.line.end();
    let mut batch = batch.map_err(|error| refused(error, words))?;
    if is_empty(&batch) {
        // Without that word all would be well of nothing.
        let names = options.sources.iter().map(|source| source.display().to_string());
        batch.problems.extend(names.map(|name| without_documents(&name)));
    }
    terminal::problems(&batch.problems);
    let state = closed(&batch, words);
    let (rows, bytes) = batch.tables.iter().fold((0, 0), |sum, (_, _, rows, bytes)| (sum.0 + rows, sum.1 + bytes));
    let (rows, size) = (rows.to_string(), bytes.div_ceil(1 << 20).to_string());
    let folder = options.into.display().to_string();
    terminal::say(told(&words.archive, &[("folder", &folder), ("rows", &rows), ("megabytes", &size)]));
    Ok(state)
}

/// Helps with what a batch has listed.
pub fn work(options: &Worker, cli: &Cli, catalog: &Catalog) -> Result<State> {
    let words = &catalog.batch;
    let archive = Archive::of(&options.archive, catalog, &program()).map_err(|error| refused(error, words))?;
    let Some(name) = &options.name else {
        let hands = hands(&options.hands, &options.archive, cli)?;
        let teller = Teller::new(words);
        let worked = juesuan_archive::work(&archive, &hands, &teller);
        teller.line.end();
        return worked.map(|()| State::Clean).map_err(|error| refused(error, words));
    };
    let limit = Duration::from_secs(u64::from(options.hands.limit.get()));
    let worker =
        juesuan_archive::Worker { archive: &archive, catalog, means: means::usual(), name: name.clone(), limit };
    let alone = left_alone();
    worker.run(|| !alone.load(Ordering::Relaxed)).map_err(|error| refused(error, words))?;
    Ok(State::Clean)
}

/// What results depend on beside the catalogue: this program, and what reads pictures.
fn program() -> String {
    format!("{} {}", env!("CARGO_PKG_VERSION"), means::usual().sight.version()).trim_end().to_owned()
}

/// Workers that are this program.
fn hands(options: &Workers, archive: &Path, cli: &Cli) -> Result<Hands> {
    let count = options.workers.or_else(|| std::thread::available_parallelism().ok()).map_or(1, |count| count.get());
    let mut arguments: Vec<OsString> = Vec::new();
    for folder in &cli.catalog {
        arguments.extend(["--catalog".into(), folder.into()]);
    }
    arguments.extend(["worker".into(), "--archive".into(), archive.into(), "--limit".into()]);
    arguments.extend([options.limit.to_string().into(), "--as".into()]);
    Ok(Hands { program: std::env::current_exe()?, arguments, count })
}

/// True once who has started this process is gone: the input ends with him.
fn left_alone() -> Arc<AtomicBool> {
    let alone = Arc::new(AtomicBool::new(false));
    let own = Arc::clone(&alone);
    std::thread::spawn(move || {
        let _ = io::stdin().lock().read_to_end(&mut Vec::new());
        own.store(true, Ordering::Relaxed);
    });
    alone
}

/// True where nothing was found that is a document, or may be one.
fn is_empty(batch: &juesuan_archive::Batch) -> bool {
    let closing = &batch.closing;
    let found = closing.states.len() + closing.poisoned.len() + closing.lost.len() + batch.problems.len();
    found == 0 && closing.open == 0
}

/// Prints how the run ended, and says how that is.
fn closed(batch: &juesuan_archive::Batch, words: &BatchWords) -> State {
    let (offered, closing) = (&batch.offered, &batch.closing);
    let number = |count: u64| count.to_string();
    let all = number(offered.fresh + offered.known);
    let (fresh, known) = (number(offered.fresh), number(offered.known));
    let mut values = vec![("all", all.as_str()), ("new", &fresh), ("known", &known)];
    let doubled = (offered.doubled > 0).then(|| number(offered.doubled));
    let skipped = (!closing.skipped.is_empty()).then(|| closing.skipped.len().to_string());
    values.extend(doubled.as_deref().map(|count| ("same", count)));
    values.extend(skipped.as_deref().map(|count| ("other", count)));
    terminal::say(told(&words.found, &values));
    let states: Vec<String> = words
        .state
        .iter()
        .filter_map(|(state, word)| closing.states.get(state).map(|count| (word, number(*count))))
        .map(|(word, count)| told(&words.state_count, &[("kind", word), ("count", &count)]))
        .collect();
    terminal::say(told(&words.states, &[("list", &states.join("　"))]));
    terminal::say(told(&words.sums, &[("errors", &number(closing.errors)), ("figures", &number(closing.figures))]));
    listed(&words.poisoned, &closing.poisoned, words);
    listed(&words.lost, &closing.lost, words);
    listed(&words.skipped, &closing.skipped, words);
    if closing.open > 0 {
        terminal::say(told(&words.open, &[("count", &number(closing.open))]));
    }
    if batch.is_cancelled {
        terminal::say(&words.cancelled);
    }
    let has = |state: &str| closing.states.contains_key(state);
    // Of nothing that was checked, nothing is well.
    let is_whole =
        !closing.states.is_empty() && closing.poisoned.is_empty() && closing.lost.is_empty() && closing.open == 0;
    if !is_whole || !batch.problems.is_empty() || has("unread") || has("little") {
        State::Unread
    } else if has("errors") {
        State::Errors
    } else {
        State::Clean
    }
}

/// Prints documents without a result, of many the first.
fn listed(head: &Template, all: &[Poisoned], words: &BatchWords) {
    if all.is_empty() {
        return;
    }
    terminal::say(told(head, &[("count", &all.len().to_string())]));
    for one in all.iter().take(LISTED) {
        let reason = words.reason.get(&one.reason).unwrap_or(&one.reason);
        terminal::say(told(&words.line, &[("file", &one.file), ("reason", reason)]));
    }
    if all.len() > LISTED {
        terminal::say(told(&words.more, &[("count", &(all.len() - LISTED).to_string())]));
    }
}

/// Why there is no result, in the words of the catalogue.
fn refused(error: Error, words: &BatchWords) -> anyhow::Error {
    let (state, message) = match error {
        Error::Office(error) => return error.into(),
        Error::Foreign(folder) => (State::Misuse, told(&words.foreign, &[("folder", &folder)])),
        Error::Form { known, found } => {
            (State::Misuse, told(&words.form, &[("found", &found.to_string()), ("wanted", &known.to_string())]))
        }
        Error::Schema(table) => (State::Unread, told(&words.schema, &[("table", &table)])),
        Error::Busy => (State::Machine, words.busy.clone()),
        Error::Workers => (State::Machine, words.workers.clone()),
        Error::Part(path) => {
            let doing = words.doing.get("part").map_or("", String::as_str);
            (State::Machine, told(&words.machine, &[("doing", doing), ("file", &path)]))
        }
        Error::Damaged(_) => (State::Machine, words.damaged.clone()),
        Error::List(error) => (State::Machine, told(&words.list, &[("said", &error.to_string())])),
        Error::Parquet { path, source } => (State::Machine, format!("{path}：{source}")),
        Error::Machine { doing, path, source } => {
            let doing = words.doing.get(doing).map_or(doing, String::as_str);
            let what = told(&words.machine, &[("doing", doing), ("file", &path)]);
            (State::Machine, format!("{what}：{}", system_fault(&source)))
        }
    };
    Refused::error(state, message)
}

/// Tells on the terminal how far a batch is.
struct Teller<'w> {
    words: &'w BatchWords,
    line: terminal::Line,
    cancel: &'static Cancel,
    /// When checking began, and how much was done then.
    began: std::cell::Cell<Option<(Instant, u64)>>,
}

impl<'w> Teller<'w> {
    fn new(words: &'w BatchWords) -> Teller<'w> {
        Teller {
            words,
            line: terminal::Line::begin(),
            cancel: terminal::called_off(),
            began: std::cell::Cell::default(),
        }
    }

    /// How long it will still take, once enough was done to tell.
    fn left(&self, done: u64, of: u64) -> String {
        let (since, before) = self.began.get().unwrap_or((Instant::now(), done));
        self.began.set(Some((since, before)));
        let own = u128::from(done.saturating_sub(before));
        let left = since.elapsed().as_millis() * u128::from(of.saturating_sub(done));
        match left.checked_div(own) {
            Some(left) if own >= TOLD_FROM => {
                told(&self.words.left, &[("minutes", &left.div_ceil(60_000).to_string())])
            }
            _ => String::new(),
        }
    }
}

/// Documents after which can be told how long the others take.
const TOLD_FROM: u128 = 10;

impl Watch for Teller<'_> {
    fn progress(&self, progress: Progress) {
        let words = self.words;
        let of = |template: &Template, done: &str, of: &str| told(template, &[("done", done), ("all", of)]);
        self.line.set(&match progress {
            Progress::Listing { found } => told(&words.listing, &[("count", &found.to_string())]),
            Progress::Checking { done, of: all } => {
                of(&words.checking, &done.to_string(), &all.to_string()) + &self.left(done, all)
            }
            Progress::Laying { done, of: all } => of(&words.laying, &done.to_string(), &all.to_string()),
        });
    }

    fn is_cancelled(&self) -> bool {
        self.cancel.is_cancelled()
    }
}
