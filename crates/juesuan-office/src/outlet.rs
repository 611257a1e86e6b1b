//! Where the files of an output go: a folder on a disk that is whole or not there, or a tree in memory.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Component, Path};
use std::sync::{Mutex, PoisonError};

use crate::error::Error;
use crate::folder::UNWRITTEN;

/// Takes the files of one output, from several threads at once.
pub trait Outlet: Sync {
    /// Takes one file; `path` is below the root, with forward slashes.
    ///
    /// # Errors
    /// A path that leads outside, or a place that takes no file.
    fn put(&self, path: &str, bytes: Vec<u8>) -> Result<(), Error>;

    /// Takes one file that `fill` writes piece by piece.
    ///
    /// # Errors
    /// As [`Outlet::put`], and what `fill` says.
    fn put_with(&self, path: &str, fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
        let mut bytes = Vec::new();
        fill(&mut bytes).map_err(|source| Error::Io { what: format!("{UNWRITTEN} {path}"), source })?;
        self.put(path, bytes)
    }
}

/// An output in memory: the caller sends or stores it.
#[derive(Debug, Default)]
pub struct Tree(Mutex<BTreeMap<String, Vec<u8>>>);

impl Tree {
    /// The files by path.
    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Outlet for Tree {
    fn put(&self, path: &str, bytes: Vec<u8>) -> Result<(), Error> {
        refuse_outside(path)?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), bytes);
        Ok(())
    }
}

/// Refuses a path that leads out of the output.
pub(crate) fn refuse_outside(path: &str) -> Result<(), Error> {
    let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    if inside { Ok(()) } else { Err(Error::Outside(path.to_owned())) }
}
