//! An archive as a folder.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};
use std::sync::{Mutex, PoisonError};

use juesuan_model::Problem;

use super::{Entry, FileKind, Files, kind_among, listed_among};
use crate::archive::{Archive, ambiguous};
use crate::budget::{FILE_BYTES_MAX, UNPACKED_BYTES_MAX};

/// The files of a ZIP archive; archives inside it are files.
pub struct Zip {
    name: String,
    /// Index in the archive by path.
    paths: BTreeMap<String, usize>,
    held: Mutex<Held>,
}

struct Held {
    archive: Archive<Vec<u8>>,
    /// Unpacked size of what was opened, by index: what is opened twice counts once.
    unpacked: BTreeMap<usize, u64>,
}

impl Zip {
    /// Reads the directory of an archive.
    ///
    /// # Errors
    /// What is no sound archive, and one in which two files go by one path: a reader could be shown either.
    pub fn open(name: impl Into<String>, bytes: Vec<u8>) -> Result<Zip, Problem> {
        let name = name.into();
        let mut archive = Archive::open(&name, bytes)?;
        if let Some(path) = archive.twice().first() {
            return Err(ambiguous(&name, path));
        }
        let mut paths = BTreeMap::new();
        for entry in archive.entries().into_iter().filter(|entry| !entry.folder && !entry.path.is_empty()) {
            if paths.insert(entry.path.clone(), entry.index).is_some() {
                return Err(ambiguous(&name, &entry.path));
            }
        }
        Ok(Zip { name, paths, held: Mutex::new(Held { archive, unpacked: BTreeMap::new() }) })
    }
}

impl Files for Zip {
    fn name(&self) -> &str {
        &self.name
    }

    fn kind(&self, path: &str) -> Option<FileKind> {
        kind_among(&self.paths, path)
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        listed_among(&self.paths, folder)
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + Send + '_>> {
        let index = *self.paths.get(path).ok_or(io::ErrorKind::NotFound)?;
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.unpacked.values().sum::<u64>() > UNPACKED_BYTES_MAX {
            return Err(io::Error::other("压缩包解压后太大"));
        }
        let bytes = held.archive.unpack(index, FILE_BYTES_MAX).map_err(|problem| io::Error::other(problem.message))?;
        held.unpacked.insert(index, bytes.len() as u64);
        Ok(Box::new(Cursor::new(bytes)))
    }
}
