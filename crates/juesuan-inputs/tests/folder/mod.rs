//! An input folder of a test.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use juesuan_catalog::Catalog;
use juesuan_inputs::{Inputs, read};
use juesuan_read::Disk;

/// A department with one unit.
pub const DEPARTMENT: &str = r#"name = "青溪区政府办公室"
year = 2023
variant = "hubei"
level = "区"

[[unit]]
name = "青溪区政府办公室本级"
kind = "行政"
headquarters = true
"#;

/// A folder with a department in it, empty otherwise.
pub struct Folder(pub PathBuf);

impl Folder {
    /// Of its own for each call: tests that share what they make run at the same time.
    pub fn new(name: &str) -> Folder {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let name = format!("{name}-{}", MADE.fetch_add(1, Ordering::Relaxed));
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(env!("CARGO_CRATE_NAME")).join(name);
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).unwrap();
        let folder = Folder(root);
        folder.put("department.toml", DEPARTMENT);
        folder
    }

    /// Writes a file.
    pub fn put(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Reads it.
    pub fn read(&self) -> Inputs {
        read(&Disk::new(&self.0), &catalog()).unwrap_or_else(|problems| panic!("{problems:#?}"))
    }
}

/// The catalogue of the program.
pub fn catalog() -> Catalog {
    Catalog::load(&[]).unwrap_or_else(|problems| panic!("{problems:#?}"))
}
