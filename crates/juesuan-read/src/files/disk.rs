//! A file or folder on a disk.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{Entry, FileKind, Files};

/// A file, or a folder with all below it.
#[derive(Clone, Debug)]
pub struct Disk {
    root: PathBuf,
    name: String,
}

impl Disk {
    /// What lies at `root`, there or not, called by its path as given.
    pub fn new(root: impl Into<PathBuf>) -> Disk {
        let root = root.into();
        let name = root.display().to_string();
        Disk { root, name }
    }

    /// Where a path lies on the disk; nothing in it leads out of the root.
    pub fn at(&self, path: &str) -> PathBuf {
        let mut whole = self.root.clone();
        for part in path.split('/').filter(|part| !matches!(*part, "" | "." | "..")) {
            match stranger(&whole, part) {
                Some(real) => whole = real,
                None => whole.push(part),
            }
        }
        whole
    }
}

/// The entry that is listed as `name` because its own name is no UTF-8, as archives made in China leave them.
fn stranger(folder: &Path, name: &str) -> Option<PathBuf> {
    if !name.contains(char::REPLACEMENT_CHARACTER) {
        return None;
    }
    let listed = fs::read_dir(folder).ok()?.flatten();
    listed.map(|entry| entry.path()).find(|path| path.file_name().is_some_and(|own| own.to_string_lossy() == name))
}

fn kind_of(metadata: &fs::Metadata) -> FileKind {
    if metadata.is_dir() {
        FileKind::Folder
    } else if metadata.is_file() {
        FileKind::File
    } else {
        FileKind::Other
    }
}

impl Files for Disk {
    fn name(&self) -> &str {
        &self.name
    }

    fn kind(&self, path: &str) -> Option<FileKind> {
        fs::metadata(self.at(path)).ok().as_ref().map(kind_of)
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let entries = fs::read_dir(self.at(folder))?.flatten();
        let root = fs::canonicalize(&self.root).ok();
        let within = |path: PathBuf| {
            let real = fs::canonicalize(path).ok();
            real.zip(root.as_ref()).is_some_and(|(real, root)| real.starts_with(root))
        };
        let entry = |entry: fs::DirEntry| {
            let link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            Entry {
                name: entry.file_name().to_string_lossy().into_owned(),
                kind: fs::metadata(entry.path()).as_ref().map_or(FileKind::Other, kind_of),
                link,
                outside: link && !within(entry.path()),
            }
        };
        Ok(entries.map(entry).collect())
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + Send + '_>> {
        let path = self.at(path);
        // To open a pipe would wait for whoever writes into it.
        if kind_of(&fs::metadata(&path)?) == FileKind::Other {
            return Err(io::ErrorKind::Unsupported.into());
        }
        Ok(Box::new(fs::File::open(path)?))
    }
}
