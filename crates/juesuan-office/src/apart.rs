//! Work on a document, kept apart: a panic in it is a problem of that document, never of the run.
//!
//! A panic is a fault of this program and not of the file; but whoever checks forty files wants the other thirty-nine. The work
//! runs in a thread whose stack has a known size wherever the program runs: one of its own, or that of a worker who takes one
//! document after the other. Every thread that makes anything has a heap of its own reserved for it, 64 MB with glibc: where
//! address space is limited, there are few of them.

use std::cell::Cell;
use std::io::{self, Read};
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Scope};

use juesuan_model::{Place, Problem};
use juesuan_read::files::{Entry, FileKind, Files, full_name};

use crate::error::Error;

/// Stack of the work on a document, four times what Linux gives a program: nothing that is read is followed by recursion deeper
/// than its reader's own bound, and the deepest of these (markup, 120 levels) needs less than a tenth of it.
const STACK_BYTES: usize = 32 << 20;

/// What a worker reserves of address space: its stack, and a heap of its own, for which glibc takes twice its size for a moment.
const WORKER_BYTES: u64 = STACK_BYTES as u64 + (128 << 20);
/// What the rest of the program needs of it: itself, the catalogue, a large document, the threads that speak with another process.
const REST_BYTES: u64 = 256 << 20;

thread_local! {
    /// Whether this thread has the stack of a worker.
    static DEEP: Cell<bool> = const { Cell::new(false) };
}

/// Runs the work; `None` if it panicked, or the machine has no memory for another thread.
pub(crate) fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    if DEEP.get() {
        // As at the end of a thread of its own: what the work had in hand is dropped, and nobody else looks at it.
        return catch_unwind(AssertUnwindSafe(work)).ok();
    }
    thread::scope(|scope| {
        let builder = thread::Builder::new().name("document".to_owned()).stack_size(STACK_BYTES);
        builder.spawn_scoped(scope, work).ok()?.join().ok()
    })
}

/// Starts a thread in which [`apart`] needs no other.
///
/// # Errors
/// A machine that has no room for it.
pub(crate) fn worker<'scope>(scope: &'scope Scope<'scope, '_>, work: impl FnOnce() + Send + 'scope) -> io::Result<()> {
    let builder = thread::Builder::new().name("worker".to_owned()).stack_size(STACK_BYTES);
    let deep = || {
        DEEP.set(true);
        work();
    };
    builder.spawn_scoped(scope, deep).map(|_| ())
}

/// Does the work with each of these numbers; every worker has one in hand, so that memory does not grow with how many there are. What came
/// out, in the order of the numbers; the first error ends it.
///
/// # Errors
/// What `work` says, or a machine that has no room for a worker.
pub(crate) fn each<T: Send>(count: usize, work: impl Fn(usize) -> Result<T, Error> + Sync) -> Result<Vec<T>, Error> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return;
            }
            let made = work(number);
            if made.is_err() {
                next.store(count, Ordering::Relaxed);
            }
            done.lock().unwrap_or_else(PoisonError::into_inner).push((number, made));
        }
    };
    let most = workers(thread::available_parallelism().map_or(1, NonZero::get).min(count));
    let unmade = |source| Error::Io { what: "开不了线程".to_owned(), source };
    thread::scope(|scope| (0..most.min(count)).try_for_each(|_| worker(scope, work))).map_err(unmade)?;
    let mut done: Vec<(usize, Result<T, Error>)> = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, made)| made).collect()
}

/// How many workers there is room for beside everything else, at least one.
pub(crate) fn workers(most: usize) -> usize {
    within(address_space(), most)
}

fn within(limit: Option<u64>, most: usize) -> usize {
    let room = |limit: u64| usize::try_from(limit.saturating_sub(REST_BYTES) / WORKER_BYTES).unwrap_or(most);
    limit.map_or(most, room).clamp(1, most.max(1))
}

/// The bound of the system on the address space of the program, if there is one.
#[cfg(unix)]
pub(crate) fn address_space() -> Option<u64> {
    rustix::process::getrlimit(rustix::process::Resource::As).current
}

#[cfg(not(unix))]
pub(crate) fn address_space() -> Option<u64> {
    None
}

/// As [`apart`], with the problem of the file that was worked on.
pub(crate) fn apart_for<T: Send>(file: &str, work: impl FnOnce() -> T + Send) -> Result<T, Problem> {
    apart(work).ok_or_else(|| lost(Some(file)))
}

/// The problem of a file on which the work was lost.
pub(crate) fn lost(file: Option<&str>) -> Problem {
    let place = Place { file: file.map(str::to_owned), ..Place::default() };
    Problem::fatal(place, "程序出错中断，这里没有读完、核对完；请另存为新文件再试，仍不行时请把文件交给维护者")
}

/// As [`apart`], for what reads the inputs of a whole folder: the problem names the file that was opened last.
///
/// # Errors
/// [`Error::Inputs`] with what `read` says, or with that problem.
pub(crate) fn inputs<T: Send>(
    folder: &dyn Files,
    read: impl FnOnce(&dyn Files) -> Result<T, Vec<Problem>> + Send,
) -> Result<T, Error> {
    let noted = Noted { files: folder, last: Mutex::new(String::new()) };
    let done = apart(|| read(&noted));
    let last = noted.last.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.unwrap_or_else(|| Err(vec![lost(Some(&full_name(folder, &last)))])).map_err(Error::Inputs)
}

/// A tree that notes which of its files was opened last.
struct Noted<'f> {
    files: &'f dyn Files,
    last: Mutex<String>,
}

impl Files for Noted<'_> {
    fn name(&self) -> &str {
        self.files.name()
    }

    fn kind(&self, path: &str) -> Option<FileKind> {
        self.files.kind(path)
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        self.files.list(folder)
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + Send + '_>> {
        path.clone_into(&mut self.last.lock().unwrap_or_else(PoisonError::into_inner));
        self.files.open(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Recursion as deep as nested input might drive it, a kilobyte of stack each time.
    fn deep(levels: usize) -> usize {
        let frame = std::hint::black_box([levels; 128]);
        if levels == 0 { 0 } else { deep(levels - 1) + frame.iter().filter(|level| **level == levels).count().min(1) }
    }

    #[test]
    fn workers_are_as_many_as_there_is_room_for() {
        let megabytes = [64, 512, 768, 1 << 20].map(|megabytes: u64| within(Some(megabytes << 20), 8));
        assert_eq!((megabytes, within(None, 8), within(Some(0), 0)), ([1, 1, 3, 8], 8, 1));
        // Work apart from a worker needs no thread of its own, and a panic in it goes no further.
        let told = Mutex::new(Vec::new());
        let work = || {
            let here = apart(|| thread::current().id()) == Some(thread::current().id());
            let lost = apart(|| -> bool { panic!("a bug") }).is_none();
            told.lock().unwrap().extend([here, lost, deep(5000) == 5000]);
        };
        thread::scope(|scope| worker(scope, work).unwrap());
        assert_eq!(told.into_inner().unwrap(), [true; 3]);
    }

    #[test]
    fn what_is_made_by_several_comes_in_order_and_the_first_error_ends_it() {
        let made = each(50, |number| Ok(number * number)).unwrap();
        assert_eq!(made, (0..50).map(|number| number * number).collect::<Vec<usize>>());
        let begun = AtomicUsize::new(0);
        let failing = |number: usize| {
            begun.fetch_add(1, Ordering::Relaxed);
            if number == 3 { Err(Error::Cancelled) } else { Ok(()) }
        };
        assert!(matches!(each(10_000, failing), Err(Error::Cancelled)));
        assert!(begun.into_inner() < 10_000);
        assert!(each(0, |_| Ok(())).unwrap().is_empty());
    }

    #[test]
    fn what_panics_is_a_problem_under_the_name_of_its_file_and_the_stack_is_deep() {
        let told = apart_for("a.pdf", || -> usize { panic!("\u{1b}[2J") });
        let problem = told.unwrap_err();
        assert_eq!(problem.place.file.as_deref(), Some("a.pdf"));
        assert!(!problem.message.contains('\u{1b}'), "what a panic says is shown to nobody");
        assert_eq!(apart_for("a.pdf", || deep(5000)), Ok(5000));
    }
}
