//! The files of one input folder, by their path inside it.

use std::collections::BTreeMap;
use std::path::Path;

/// Text of each file, by path with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    /// Files.
    pub files: BTreeMap<String, String>,
}

impl Folder {
    /// Adds a file.
    pub fn put(&mut self, path: &str, text: impl Into<String>) {
        self.files.insert(path.to_owned(), text.into());
    }

    /// Writes all files below `root`, making folders as needed.
    ///
    /// # Errors
    /// What the file system says.
    pub fn write(&self, root: &Path) -> std::io::Result<()> {
        for (path, text) in &self.files {
            let target = root.join(path);
            if let Some(parent) = target.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::write(target, text)?;
        }
        Ok(())
    }

    /// Names the files below `root` that are missing or differ.
    pub fn differences(&self, root: &Path) -> Vec<String> {
        let differs = |(path, text): &(&String, &String)| {
            std::fs::read_to_string(root.join(path)).map_or(true, |found| found.replace("\r\n", "\n") != **text)
        };
        self.files.iter().filter(differs).map(|(path, _)| path.clone()).collect()
    }
}
