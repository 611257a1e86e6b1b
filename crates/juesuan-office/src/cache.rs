//! Results of documents that were checked before, kept for the next run: a run that was called off goes on where it ended.
//!
//! An entry is found by all that its content depends on: the bytes and the name of the document, the catalogue, the program. What
//! is held between documents is not kept. An entry that is damaged is none.

use std::path::PathBuf;

use juesuan_catalog::Catalog;
use juesuan_write::report::Checked;
use sha2::{Digest, Sha256};

use crate::digest::{of_catalog, sha256};
use crate::drawer::Drawer;
use crate::packed::{pack, unpack};

/// A folder of results.
pub struct Cache {
    drawer: Drawer,
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
        Cache { drawer: Drawer::new(folder, "checked"), program }
    }

    pub(crate) fn keys(&self, catalog: &Catalog, settings: &str) -> Keys<'_> {
        Keys { cache: self, salt: format!("{}\n{}\n{settings}\n", self.program, of_catalog(catalog)) }
    }

    /// Removes the entries that were not asked for longest, once there are too many.
    pub(crate) fn trim(&self) {
        self.drawer.trim();
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
        let packed = self.cache.drawer.get(key)?;
        Some((unpack(&packed).ok()?, packed))
    }

    /// Keeps a result, and gives it as it lies there.
    pub(crate) fn put(&self, key: &str, checked: &Checked) -> Option<Vec<u8>> {
        let packed = pack(checked).ok()?;
        self.cache.drawer.put(key, &packed);
        Some(packed)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

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
        let path = cache.drawer.path(&key);
        let mut bytes = fs::read(&path).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        fs::write(&path, bytes).unwrap();
        assert!(keys.get(&key).is_none(), "damaged");
        cache.trim();
        assert!(path.exists(), "there is room");
        fs::remove_dir_all(&folder).unwrap();
    }
}
