//! A tree in which one file is another one than is kept: what would be read if it were saved.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};

use juesuan_read::Files;
use juesuan_read::files::{Entry, FileKind};

/// The tree.
pub struct Overlaid<'f> {
    files: &'f dyn Files,
    /// What stands at a path now; `None`: nothing.
    over: BTreeMap<String, Option<Vec<u8>>>,
}

impl<'f> Overlaid<'f> {
    /// A tree with other files at these paths.
    pub fn new(files: &'f dyn Files, over: BTreeMap<String, Option<Vec<u8>>>) -> Overlaid<'f> {
        Overlaid { files, over }
    }

    /// Names directly in a folder that lead to files which stand only here.
    fn names(&self, folder: &str) -> Vec<Entry> {
        let below = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let there = self.over.iter().filter(|(_, bytes)| bytes.is_some());
        let inside = there.filter_map(|(path, _)| path.strip_prefix(&below));
        let entry = |name: &str, kind| Entry { name: name.to_owned(), kind, link: false, outside: false };
        let named = |path: &str| match path.split_once('/') {
            Some((name, _)) => entry(name, FileKind::Folder),
            None => entry(path, FileKind::File),
        };
        inside.map(named).collect()
    }
}

impl Files for Overlaid<'_> {
    fn name(&self) -> &str {
        self.files.name()
    }

    fn kind(&self, path: &str) -> Option<FileKind> {
        match self.over.get(path) {
            Some(Some(_)) => Some(FileKind::File),
            Some(None) => None,
            None => self.files.kind(path).or_else(|| (!self.names(path).is_empty()).then_some(FileKind::Folder)),
        }
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let new = self.names(folder);
        let mut entries = match self.files.list(folder) {
            Err(_) if !new.is_empty() => Vec::new(),
            listed => listed?,
        };
        let path = |entry: &Entry| juesuan_read::files::joined(folder, &entry.name);
        entries.retain(|entry| self.over.get(&path(entry)).is_none_or(Option::is_some));
        for entry in new {
            if entries.iter().all(|own| own.name != entry.name) {
                entries.push(entry);
            }
        }
        Ok(entries)
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + Send + '_>> {
        match self.over.get(path) {
            Some(Some(bytes)) => Ok(Box::new(Cursor::new(bytes.as_slice()))),
            Some(None) => Err(io::ErrorKind::NotFound.into()),
            None => self.files.open(path),
        }
    }
}

#[cfg(test)]
mod tests {
    use juesuan_read::Memory;
    use juesuan_read::files::content;

    use super::*;

    #[test]
    fn a_file_is_replaced_added_and_taken_away_and_the_others_stay() {
        let mut folder = Memory::folder("甲");
        folder.put("a.toml", "a");
        folder.put("budget/一.csv", "1");
        folder.put("budget/二.txt", "2");
        let over = [("budget/一.csv", Some("新")), ("budget/二.txt", None), ("registers/三.csv", Some("3"))];
        let over = over.map(|(path, text)| (path.to_owned(), text.map(|text| text.as_bytes().to_vec())));
        let all = Overlaid::new(&folder, over.into());
        let names = |folder: &str| all.list(folder).unwrap().into_iter().map(|entry| entry.name).collect::<Vec<_>>();
        assert_eq!(names("budget"), ["一.csv"]);
        assert_eq!(names("registers"), ["三.csv"]);
        assert!(names("").contains(&"registers".to_owned()));
        assert_eq!((all.kind("registers"), all.kind("budget/二.txt")), (Some(FileKind::Folder), None));
        assert_eq!(content(&all, "budget/一.csv").unwrap(), "新".as_bytes());
        assert_eq!(content(&all, "a.toml").unwrap(), b"a");
        assert!(content(&all, "budget/二.txt").is_err());
    }
}
