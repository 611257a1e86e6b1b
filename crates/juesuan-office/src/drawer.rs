//! Entries that are kept in a folder for a later run and can be made again: each is whole or none.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use juesuan_inputs::whole;
use sha2::{Digest, Sha256};

/// Most bytes that the entries have together.
const BYTES_MAX: u64 = 256 << 20;
/// Bytes of a digest.
const DIGEST: usize = 32;

/// A folder of entries of one kind.
#[derive(Clone, Debug)]
pub(crate) struct Drawer {
    folder: PathBuf,
    /// The ending of their files.
    ending: &'static str,
    /// Most bytes that the entries have together.
    most: u64,
    /// Bytes that were put there since it was last looked how many there are.
    put: Arc<AtomicU64>,
}

impl Drawer {
    pub(crate) fn new(folder: PathBuf, ending: &'static str) -> Drawer {
        Drawer { folder, ending, most: BYTES_MAX, put: Arc::default() }
    }

    /// The entry with this key, if it is there and whole.
    pub(crate) fn get(&self, key: &str) -> Option<Vec<u8>> {
        let path = self.path(key);
        let mut digest = fs::read(&path).ok()?;
        let entry = digest.split_off(digest.len().min(DIGEST));
        if Sha256::digest(&entry).as_slice() != digest {
            return None;
        }
        // So that it is not taken for one that nobody asks for.
        let _ = fs::File::open(&path).and_then(|file| file.set_modified(SystemTime::now()));
        Some(entry)
    }

    /// Keeps an entry. A disk that takes none is no fault: it is only made again.
    pub(crate) fn put(&self, key: &str, entry: &[u8]) {
        let path = self.path(key);
        let kept = || -> io::Result<()> {
            fs::create_dir_all(whole::folder_of(&path))?;
            let beside = whole::aside(&path, whole::WRITING);
            let mut file = fs::File::create_new(&beside)?;
            let written = file.write_all(&Sha256::digest(entry)).and_then(|()| file.write_all(entry));
            let placed = written.and_then(|()| fs::rename(&beside, &path));
            placed.inspect_err(|_| drop(fs::remove_file(&beside)))
        };
        let _ = kept();
        let own = u64::try_from(entry.len()).unwrap_or(u64::MAX);
        let all = self.put.fetch_add(own, Ordering::Relaxed).saturating_add(own);
        // A program that runs for weeks does not begin anew.
        if all >= self.most / 8 {
            self.put.store(0, Ordering::Relaxed);
            self.trim();
        }
    }

    /// Removes the entries that were not asked for longest, once there are too many.
    pub(crate) fn trim(&self) {
        let mut all: Vec<(SystemTime, u64, PathBuf)> = entries(&self.folder, self.ending).collect();
        let mut size: u64 = all.iter().map(|(_, size, _)| *size).sum();
        if size <= self.most {
            return;
        }
        all.sort_unstable();
        for (_, own, path) in all {
            if size <= self.most / 4 * 3 {
                return;
            }
            if fs::remove_file(path).is_ok() {
                size = size.saturating_sub(own);
            }
        }
    }

    pub(crate) fn path(&self, key: &str) -> PathBuf {
        let (front, rest) = key.split_at_checked(2).unwrap_or(("", key));
        self.folder.join(front).join(format!("{rest}.{}", self.ending))
    }
}

/// The entries of a folder with their times and sizes.
fn entries(folder: &Path, ending: &'static str) -> impl Iterator<Item = (SystemTime, u64, PathBuf)> {
    let below = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let files: Vec<PathBuf> = below(folder).flat_map(|folder| below(&folder)).collect();
    files.into_iter().filter(move |path| path.extension().is_some_and(|own| own == ending)).filter_map(|path| {
        let there = fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file)?;
        Some((there.modified().ok()?, there.len(), path))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawer_into_which_is_put_without_end_stays_as_large_as_it_may_be() {
        let folder = std::env::temp_dir().join(format!("juesuan-drawer-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let drawer = Drawer { most: 4_000, ..Drawer::new(folder.clone(), "kept") };
        for number in 0..100 {
            drawer.put(&format!("{number:04}"), &[7; 100]);
        }
        let size: u64 = entries(&folder, "kept").map(|(_, size, _)| size).sum();
        assert!((2_500..=5_000).contains(&size), "{size}");
        assert!(drawer.get("0099").is_some(), "the last one");
        fs::remove_dir_all(&folder).unwrap();
    }
}
