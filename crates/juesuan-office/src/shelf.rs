//! Checked documents, put down and taken up again, so that a run holds a few of them at a time, however many there are.
//!
//! The first lie in memory; once these are large, what follows is packed into a file that nobody else sees and that is gone with
//! the run, however that ends.

use std::borrow::Cow;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use juesuan_model::{Relation, Severity};
use juesuan_write::report::{Checked, Documents};

use crate::error::Error;
use crate::folder::UNWRITTEN;
use crate::judge;
use crate::packed::{pack, unpack};
use crate::state::State;

/// Figures, relations and findings of the documents that lie in memory; each takes some hundreds of bytes.
const HELD_MAX: usize = 20_000;
/// How often another name is taken for the file.
const TRIES: usize = 50;

/// A document as it is put down.
pub(crate) struct Parcel {
    state: State,
    errors: usize,
    weight: usize,
    form: Form,
}

enum Form {
    Whole(Box<Checked>),
    Packed(Vec<u8>),
}

impl Parcel {
    /// Of a document; packed, if it is to leave the memory. `made`: the packed form, where somebody had to make it already.
    pub(crate) fn new(checked: Checked, packed: bool, made: Option<Vec<u8>>) -> Parcel {
        let (state, report) = (judge::state(&checked), &checked.report);
        let weight = checked.package.figures.len() + report.relations.len() + report.findings.len() + 1;
        let errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        let form = if packed { made.or_else(|| pack(&checked).ok()) } else { None };
        Parcel { state, errors, weight, form: form.map_or_else(|| Form::Whole(Box::new(checked)), Form::Packed) }
    }

    /// How the document stands.
    pub(crate) const fn state(&self) -> State {
        self.state
    }

    /// Findings that are errors.
    pub(crate) const fn errors(&self) -> usize {
        self.errors
    }
}

/// What lies there of a document.
struct Kept {
    state: State,
    errors: usize,
    weight: usize,
    lies: Lies,
    /// Relations that were found when all documents were known.
    late: Vec<Relation>,
}

enum Lies {
    Here(Box<Checked>),
    Down { at: u64, length: u64 },
}

/// The documents of a run in their order.
#[derive(Default)]
pub(crate) struct Shelf {
    kept: Vec<Kept>,
    held: usize,
    store: Option<Store>,
}

impl Shelf {
    /// Whether what comes next leaves the memory.
    pub(crate) const fn is_full(&self) -> bool {
        self.held >= HELD_MAX
    }

    /// Puts a document behind the others.
    pub(crate) fn put(&mut self, parcel: Parcel) -> Result<(), Error> {
        let kept = self.down(parcel)?;
        self.kept.push(kept);
        Ok(())
    }

    /// Changes a document that was put down.
    pub(crate) fn amend(&mut self, number: usize, change: impl FnOnce(&mut Checked)) -> Result<(), Error> {
        let mut checked = self.document(number).map_err(taken_up)?.into_owned();
        change(&mut checked);
        self.replace(number, Parcel::new(checked, self.is_down(number), None))
    }

    /// Whether a document has left the memory.
    pub(crate) fn is_down(&self, number: usize) -> bool {
        self.kept.get(number).is_some_and(|kept| matches!(kept.lies, Lies::Down { .. }))
    }

    /// Figures, relations and findings of a document.
    pub(crate) fn weight(&self, number: usize) -> usize {
        self.kept.get(number).map_or(0, |kept| kept.weight)
    }

    /// Puts a document in the place of one that was put down.
    pub(crate) fn replace(&mut self, number: usize, parcel: Parcel) -> Result<(), Error> {
        let changed = self.down(parcel)?;
        if let Some(kept) = self.kept.get_mut(number) {
            *kept = changed;
        }
        Ok(())
    }

    /// Adds relations that hold and change nothing else.
    pub(crate) fn add(&mut self, number: usize, late: Vec<Relation>) {
        if let Some(kept) = self.kept.get_mut(number) {
            kept.late.extend(late);
        }
    }

    /// How the run ends: as its gravest document.
    pub(crate) fn state(&self) -> State {
        self.kept.iter().map(|kept| kept.state).max().unwrap_or_default()
    }

    /// How many errors were found.
    pub(crate) fn errors(&self) -> usize {
        self.kept.iter().map(|kept| kept.errors).sum()
    }

    fn down(&mut self, parcel: Parcel) -> Result<Kept, Error> {
        let Parcel { state, errors, weight, form } = parcel;
        let lies = match form {
            Form::Packed(bytes) => self.stored(&bytes)?,
            Form::Whole(checked) => {
                self.held += weight;
                Lies::Here(checked)
            }
        };
        Ok(Kept { state, errors, weight, lies, late: Vec::new() })
    }

    fn stored(&mut self, bytes: &[u8]) -> Result<Lies, Error> {
        if self.store.is_none() {
            self.store = Some(Store::new().map_err(unkept)?);
        }
        let Some(store) = &self.store else { return Err(unkept(io::ErrorKind::NotFound.into())) };
        let at = store.append(bytes).map_err(unkept)?;
        Ok(Lies::Down { at, length: bytes.len() as u64 })
    }
}

impl Documents for Shelf {
    fn count(&self) -> usize {
        self.kept.len()
    }

    fn document(&self, number: usize) -> Result<Cow<'_, Checked>, juesuan_write::Error> {
        let kept = self.kept.get(number).ok_or(juesuan_write::Error::NoDocument(number))?;
        let found = match &kept.lies {
            Lies::Here(checked) => Ok(Cow::Borrowed(&**checked)),
            Lies::Down { at, length } => {
                let bytes = self.store.as_ref().ok_or(io::ErrorKind::NotFound.into()).and_then(|s| s.get(*at, *length));
                bytes.and_then(|bytes| unpack(&bytes)).map(Cow::Owned)
            }
        };
        let mut found = found.map_err(juesuan_write::Error::Lost)?;
        if !kept.late.is_empty() {
            found.to_mut().report.relations.extend(kept.late.iter().cloned());
        }
        Ok(found)
    }
}

/// A fault of the disk under what was put down.
pub fn taken_up(error: juesuan_write::Error) -> Error {
    match error {
        juesuan_write::Error::Lost(source) => unkept(source),
        error => Error::Write { what: UNWRITTEN, source: error.into() },
    }
}

fn unkept(source: io::Error) -> Error {
    Error::Io { what: format!("{UNWRITTEN} {}", std::env::temp_dir().display()), source }
}

/// The file.
struct Store {
    file: Mutex<File>,
    /// Its name, where a file that is open cannot be without one.
    path: Option<PathBuf>,
}

impl Store {
    fn new() -> io::Result<Store> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        for _ in 0..TRIES {
            let number = COUNT.fetch_add(1, Ordering::Relaxed);
            let path = std::env::temp_dir().join(format!(".juesuan-{}-{number}.documents", std::process::id()));
            let mut options = OpenOptions::new();
            options.read(true).write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            match options.open(&path) {
                Ok(file) => {
                    let gone = cfg!(unix) && fs::remove_file(&path).is_ok();
                    return Ok(Store { file: Mutex::new(file), path: (!gone).then_some(path) });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    fn append(&self, bytes: &[u8]) -> io::Result<u64> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let at = file.seek(SeekFrom::End(0))?;
        file.write_all(bytes)?;
        Ok(at)
    }

    fn get(&self, at: u64, length: u64) -> io::Result<Vec<u8>> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(at))?;
        let mut bytes = Vec::new();
        (&mut *file).take(length).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            let _ = fs::remove_file(path);
        }
    }
}
