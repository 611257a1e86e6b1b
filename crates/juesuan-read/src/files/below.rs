//! A folder of another tree as a tree of its own.

use std::io::{self, Read};

use super::{Entry, FileKind, Files, full_name, joined};

/// What lies below one folder of another tree.
pub struct Below<'f> {
    files: &'f dyn Files,
    folder: String,
    name: String,
}

impl<'f> Below<'f> {
    /// The tree that begins at `folder`, there or not.
    pub fn new(files: &'f dyn Files, folder: &str) -> Below<'f> {
        Below { files, folder: folder.to_owned(), name: full_name(files, folder) }
    }

    fn path(&self, path: &str) -> String {
        if path.is_empty() { self.folder.clone() } else { joined(&self.folder, path) }
    }
}

impl Files for Below<'_> {
    fn name(&self) -> &str {
        &self.name
    }

    fn kind(&self, path: &str) -> Option<FileKind> {
        self.files.kind(&self.path(path))
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        self.files.list(&self.path(folder))
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + Send + '_>> {
        self.files.open(&self.path(path))
    }
}
