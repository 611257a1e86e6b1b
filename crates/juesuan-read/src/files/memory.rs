//! Files that are held already, as a server receives them.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};

use super::{Entry, FileKind, Files, kind_among, listed_among};
use crate::archive::cleaned;

/// Files by path.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    name: String,
    files: BTreeMap<String, Vec<u8>>,
}

impl Memory {
    /// An empty folder of this name.
    pub fn folder(name: impl Into<String>) -> Memory {
        Memory { name: name.into(), files: BTreeMap::new() }
    }

    /// A single file, its own root.
    pub fn file(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Memory {
        Memory { name: name.into(), files: BTreeMap::from([(String::new(), bytes.into())]) }
    }

    /// Adds a file. What could lead out of the folder (`..`, drive letters) is taken off its path; a file that was there
    /// under that path is replaced.
    pub fn put(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.files.insert(cleaned(path), bytes.into());
    }
}

impl Files for Memory {
    fn name(&self) -> &str {
        &self.name
    }

    fn kind(&self, path: &str) -> Option<FileKind> {
        kind_among(&self.files, path)
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        listed_among(&self.files, folder)
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + Send + '_>> {
        let bytes = self.files.get(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(Cursor::new(bytes.as_slice())))
    }
}
