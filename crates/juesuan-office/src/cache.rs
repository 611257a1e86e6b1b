//! Results of documents that were checked before, kept for the next run: a run that was called off goes on where it ended.
//!
//! An entry is found by all that its content depends on: the bytes and the name of the document, the catalogue, the program. What
//! is held between documents is not kept. An entry that is damaged is none.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use juesuan_catalog::Catalog;
use juesuan_inputs::whole;
use juesuan_write::report::Checked;
use sha2::{Digest, Sha256};

use crate::digest::{of_catalog, sha256};
use crate::packed::{pack, unpack};

/// Most bytes that the entries have together.
const BYTES_MAX: u64 = 256 << 20;
/// What is left of them when there are more.
const BYTES_LEFT: u64 = BYTES_MAX / 4 * 3;
/// The ending of an entry.
const ENDING: &str = "checked";
/// Bytes of a digest.
const DIGEST: usize = 32;

/// A folder of results.
pub struct Cache {
    folder: PathBuf,
    /// The program.
    program: String,
}

/// What all entries of a run depend on.
pub(crate) struct Keys<'c> {
    cache: &'c Cache,
    salt: String,
}

impl Cache {
    /// In this folder, of a program that is known by this text.
    pub fn new(folder: PathBuf, program: String) -> Cache {
        Cache { folder, program }
    }

    pub(crate) fn keys(&self, catalog: &Catalog, settings: &str) -> Keys<'_> {
        Keys { cache: self, salt: format!("{}\n{}\n{settings}\n", self.program, of_catalog(catalog)) }
    }

    /// Removes the entries that were not asked for longest, once there are too many.
    pub(crate) fn trim(&self) {
        let mut all: Vec<(SystemTime, u64, PathBuf)> = entries(&self.folder).collect();
        let mut size: u64 = all.iter().map(|(_, size, _)| *size).sum();
        if size <= BYTES_MAX {
            return;
        }
        all.sort_unstable();
        for (_, own, path) in all {
            if size <= BYTES_LEFT {
                return;
            }
            if fs::remove_file(path).is_ok() {
                size = size.saturating_sub(own);
            }
        }
    }
}

impl Keys<'_> {
    /// What a document is found by.
    pub(crate) fn of(&self, name: &str, (bytes, named): (&[u8], bool)) -> String {
        let mut all = Sha256::new();
        all.update(self.salt.as_bytes());
        all.update([u8::from(named)]);
        all.update(name.len().to_le_bytes());
        all.update(name.as_bytes());
        all.update(bytes);
        sha256(&all.finalize())
    }

    /// The result with this key, if it is there and whole, and as it lies there.
    pub(crate) fn get(&self, key: &str) -> Option<(Checked, Vec<u8>)> {
        let path = self.path(key);
        let mut digest = fs::read(&path).ok()?;
        let packed = digest.split_off(digest.len().min(DIGEST));
        let whole = Sha256::digest(&packed).as_slice() == digest;
        let checked = if whole { unpack(&packed).ok() } else { None };
        if checked.is_some() {
            // So that it is not taken for one that nobody asks for.
            let _ = fs::File::open(&path).and_then(|file| file.set_modified(SystemTime::now()));
        }
        Some((checked?, packed))
    }

    /// Keeps a result, and gives it as it lies there. A disk that takes none is no fault: it is only made again.
    pub(crate) fn put(&self, key: &str, checked: &Checked) -> Option<Vec<u8>> {
        let path = self.path(key);
        let packed = pack(checked).ok()?;
        let kept = || -> io::Result<()> {
            fs::create_dir_all(whole::folder_of(&path))?;
            let beside = whole::aside(&path, whole::WRITING);
            let mut file = fs::File::create_new(&beside)?;
            let written = file.write_all(&Sha256::digest(&packed)).and_then(|()| file.write_all(&packed));
            let placed = written.and_then(|()| fs::rename(&beside, &path));
            placed.inspect_err(|_| drop(fs::remove_file(&beside)))
        };
        let _ = kept();
        Some(packed)
    }

    fn path(&self, key: &str) -> PathBuf {
        let (front, rest) = key.split_at_checked(2).unwrap_or(("", key));
        self.cache.folder.join(front).join(format!("{rest}.{ENDING}"))
    }
}

/// The entries of a folder with their times and sizes.
fn entries(folder: &Path) -> impl Iterator<Item = (SystemTime, u64, PathBuf)> {
    let below = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let files: Vec<PathBuf> = below(folder).flat_map(|folder| below(&folder)).collect();
    files.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == ENDING)).filter_map(|path| {
        let there = fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file)?;
        Some((there.modified().ok()?, there.len(), path))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_found_by_all_that_it_depends_on_and_a_damaged_one_is_none() {
        let folder = std::env::temp_dir().join(format!("juesuan-cache-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let catalog = Catalog::load(&[]).unwrap();
        let cache = Cache::new(folder.clone(), "1".to_owned());
        let keys = cache.keys(&catalog, "");
        let key = keys.of("a.txt", (b"text", true));
        for other in [
            keys.of("b.txt", (b"text", true)),
            keys.of("a.txt", (b"Text", true)),
            cache.keys(&catalog, "x").of("a.txt", (b"text", true)),
        ] {
            assert_ne!(key, other);
        }
        assert!(keys.get(&key).is_none());
        let put = keys.put(&key, &Checked { file: "a.txt".to_owned(), pages: 3, ..Checked::default() }).unwrap();
        let (found, packed) = keys.get(&key).unwrap();
        assert_eq!((found.file.as_str(), found.pages, packed), ("a.txt", 3, put));
        let path = keys.path(&key);
        let mut bytes = fs::read(&path).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        fs::write(&path, bytes).unwrap();
        assert!(keys.get(&key).is_none(), "damaged");
        cache.trim();
        assert!(path.exists(), "there is room");
        fs::remove_dir_all(&folder).unwrap();
    }
}
