//! Work on a document, kept apart: a panic in it is a problem of that document, never of the run.
//!
//! A panic is a fault of this program and not of the file; but whoever checks forty files wants the other thirty-nine. The work
//! runs in a thread of its own, whose stack has a known size wherever the program runs.

use std::io::{self, Read};
use std::sync::{Mutex, PoisonError};
use std::thread;

use juesuan_model::{Place, Problem};
use juesuan_read::files::{Entry, FileKind, Files, full_name};

use crate::error::Error;

/// Stack of the work on a document, four times what Linux gives a program: nothing that is read is followed by recursion deeper
/// than its reader's own bound, and the deepest of these (markup, 120 levels) needs less than a tenth of it.
const STACK_BYTES: usize = 32 << 20;

/// Runs the work; `None` if it panicked, or the machine has no memory for another thread.
pub(crate) fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    thread::scope(|scope| {
        let builder = thread::Builder::new().name("document".to_owned()).stack_size(STACK_BYTES);
        builder.spawn_scoped(scope, work).ok()?.join().ok()
    })
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
    fn what_panics_is_a_problem_under_the_name_of_its_file_and_the_stack_is_deep() {
        let told = apart_for("a.pdf", || -> usize { panic!("\u{1b}[2J") });
        let problem = told.unwrap_err();
        assert_eq!(problem.place.file.as_deref(), Some("a.pdf"));
        assert!(!problem.message.contains('\u{1b}'), "what a panic says is shown to nobody");
        assert_eq!(apart_for("a.pdf", || deep(5000)), Ok(5000));
    }
}
