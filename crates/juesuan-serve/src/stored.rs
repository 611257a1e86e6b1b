//! Files of the store as the trees of files that the use cases read.

use std::collections::BTreeMap;
use std::io::{self, Read};

use juesuan_read::Files;
use juesuan_read::files::{Entry, FileKind};
use juesuan_store::{Contents, Digest};
use serde::{Deserialize, Serialize};

/// What was sent: a file, or a folder with files below it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sent {
    /// What the file or folder is called.
    pub name: String,
    /// Files by their path below it; a single file has the empty path.
    pub files: BTreeMap<String, Digest>,
}

impl Sent {
    /// The content of the file that reports know by this name.
    pub fn content(&self, file: &str) -> Option<&Digest> {
        let below = file.strip_prefix(self.name.as_str())?;
        self.files.get(below.strip_prefix('/').unwrap_or(below))
    }
}

/// A tree whose files lie in the store.
pub struct Stored<'a> {
    sent: &'a Sent,
    contents: &'a Contents,
}

impl<'a> Stored<'a> {
    /// Of what was sent.
    pub fn new(sent: &'a Sent, contents: &'a Contents) -> Stored<'a> {
        Stored { sent, contents }
    }
}

impl Files for Stored<'_> {
    fn name(&self) -> &str {
        &self.sent.name
    }

    fn kind(&self, path: &str) -> Option<FileKind> {
        let files = &self.sent.files;
        if files.contains_key(path) {
            return Some(FileKind::File);
        }
        let below = if path.is_empty() { String::new() } else { format!("{path}/") };
        let lies_below = files.range(below.clone()..).next().is_some_and(|(path, _)| path.starts_with(&below));
        lies_below.then_some(FileKind::Folder)
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        if self.kind(folder) != Some(FileKind::Folder) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let below = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let inside = self.sent.files.range(below.clone()..).map_while(|(path, _)| path.strip_prefix(&below));
        let mut entries: Vec<Entry> = Vec::new();
        for path in inside {
            let (name, kind) = match path.split_once('/') {
                Some((name, _)) => (name, FileKind::Folder),
                None => (path, FileKind::File),
            };
            if entries.last().is_none_or(|last| last.name != name) {
                entries.push(Entry { name: name.to_owned(), kind, link: false, outside: false });
            }
        }
        Ok(entries)
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + Send + '_>> {
        let digest = self.sent.files.get(path).ok_or(io::ErrorKind::NotFound)?;
        self.contents.open(digest).map(|file| Box::new(file) as Box<dyn Read + Send>).map_err(io::Error::other)
    }
}
