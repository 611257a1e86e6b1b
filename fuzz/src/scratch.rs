//! A folder for what can only be read from a disk.

use std::io;
use std::path::{Path, PathBuf};
use std::{env, fs};

use juesuan_read::Files;
use juesuan_read::files::{FileKind, content, joined};

/// A folder that goes with the value.
pub struct Scratch(PathBuf);

impl Scratch {
    /// An empty folder of this process.
    pub fn new(name: &str) -> io::Result<Scratch> {
        let folder = env::temp_dir().join(format!("juesuan-fuzz-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        Ok(Scratch(folder))
    }

    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// Takes out all that lies in it.
    pub fn clear(&self) {
        let _ = fs::remove_dir_all(&self.0);
        let _ = fs::create_dir_all(&self.0);
    }

    /// Writes a file; a tree gives only paths that stay below its root.
    pub fn put(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.0.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, bytes)
    }

    /// Holds the files of a tree and nothing else.
    pub fn fill(&self, files: &dyn Files) -> io::Result<()> {
        self.clear();
        self.fill_from(files, "")
    }

    fn fill_from(&self, files: &dyn Files, folder: &str) -> io::Result<()> {
        for entry in files.list(folder)? {
            let path = joined(folder, &entry.name);
            match entry.kind {
                FileKind::Folder => self.fill_from(files, &path)?,
                FileKind::File => self.put(&path, &content(files, &path)?)?,
                FileKind::Other => {}
            }
        }
        Ok(())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
