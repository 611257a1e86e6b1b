//! Trees of files, wherever they are kept: on a disk, in an archive, in memory.
//!
//! Whoever reads input asks for names and bytes and never for where they lie: the same reader serves a folder, an archive
//! and what somebody sends over a network. Paths are relative to the root, with `/` between folders; the root itself is the
//! empty path, and may be a single file.
//!
//! - [`Disk`] a file or folder; [`Memory`] what is held already; [`Zip`] an archive as a folder
//! - [`Below`] a folder of another tree as a tree of its own

mod below;
mod disk;
mod memory;
mod zip;

use std::collections::BTreeMap;
use std::io::{self, Read};

pub use below::Below;
pub use disk::Disk;
pub use memory::Memory;
pub use zip::Zip;

/// A tree of files. Several threads may ask at once.
pub trait Files: Send + Sync {
    /// What the tree is called: the places of its files begin with it.
    fn name(&self) -> &str;

    /// What lies at a path; `None` if nothing does.
    fn kind(&self, path: &str) -> Option<FileKind>;

    /// What lies directly inside a folder, in no order.
    ///
    /// # Errors
    /// A folder that is not there or cannot be listed.
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>>;

    /// The content of a file from its beginning.
    ///
    /// # Errors
    /// A file that is not there or cannot be opened.
    fn open(&self, path: &str) -> io::Result<Box<dyn Read + Send + '_>>;
}

/// What lies at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// What is neither, or cannot be told: a device, a link that leads nowhere.
    Other,
}

/// What lies in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name without the folder.
    pub name: String,
    /// What it is; of a link what it leads to.
    pub kind: FileKind,
    /// True for links: one to a folder may lead back to where it lies.
    pub link: bool,
    /// True for links to what lies outside the tree; all else is found at its own place too.
    pub outside: bool,
}

/// The path of `name` inside `folder`.
pub fn joined(folder: &str, name: &str) -> String {
    match folder.trim_end_matches('/') {
        "" if folder.is_empty() => name.to_owned(),
        folder => format!("{folder}/{name}"),
    }
}

/// The whole content of a file, of whatever size.
///
/// # Errors
/// A file that is not there or cannot be read.
pub fn content(files: &dyn Files, path: &str) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    files.open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What people know the file at `path` by: its path with the name of the tree before it.
pub fn full_name(files: &dyn Files, path: &str) -> String {
    if path.is_empty() { files.name().to_owned() } else { joined(files.name(), path) }
}

/// What lies at a path of a tree that is a list of paths: where something lies below, there is a folder.
fn kind_among<T>(files: &BTreeMap<String, T>, path: &str) -> Option<FileKind> {
    if files.contains_key(path) {
        return Some(FileKind::File);
    }
    let below = format!("{path}/");
    let folder =
        path.is_empty() || files.range(below.clone()..).next().is_some_and(|(path, _)| path.starts_with(&below));
    folder.then_some(FileKind::Folder)
}

/// What lies directly inside a folder of such a tree.
fn listed_among<T>(files: &BTreeMap<String, T>, folder: &str) -> io::Result<Vec<Entry>> {
    match kind_among(files, folder) {
        Some(FileKind::Folder) => {}
        Some(_) => return Err(io::ErrorKind::NotADirectory.into()),
        None => return Err(io::ErrorKind::NotFound.into()),
    }
    let below = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let inside = files.range(below.clone()..).map_while(|(path, _)| path.strip_prefix(&below));
    let mut kinds = BTreeMap::new();
    for path in inside.filter(|path| !path.is_empty()) {
        let (name, kind) = match path.split_once('/') {
            Some((name, _)) => (name, FileKind::Folder),
            None => (path, FileKind::File),
        };
        kinds.entry(name).or_insert(kind);
    }
    Ok(kinds
        .into_iter()
        .map(|(name, kind)| Entry { name: name.to_owned(), kind, link: false, outside: false })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_joined_with_one_stroke() {
        assert_eq!(joined("", "a"), "a");
        assert_eq!(joined("in/", "a"), "in/a");
        assert_eq!(joined("in", "a/b"), "in/a/b");
        assert_eq!(joined("/", "a"), "/a");
    }

    #[test]
    fn a_list_of_paths_is_a_tree() {
        let mut tree = Memory::folder("t");
        for path in ["a/b.txt", "a/c/d.txt", "a.txt", "../e/./f.txt"] {
            tree.put(path, "x");
        }
        let names =
            |folder: &str| -> Vec<String> { tree.list(folder).unwrap().into_iter().map(|entry| entry.name).collect() };
        assert_eq!(names(""), ["a", "a.txt", "e"]);
        assert_eq!(names("a"), ["b.txt", "c"]);
        assert_eq!((tree.kind("a/c"), tree.kind("a/c/d.txt")), (Some(FileKind::Folder), Some(FileKind::File)));
        assert_eq!((tree.kind("a/"), tree.kind("b")), (None, None));
        assert!(tree.list("a.txt").is_err() && tree.open("a").is_err());
        let below = Below::new(&tree, "a/c");
        assert_eq!((below.name(), below.kind("d.txt")), ("t/a/c", Some(FileKind::File)));
    }
}
