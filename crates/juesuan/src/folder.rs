//! An output folder that is either whole or not there: written beside, then renamed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::manifest::MANIFEST;

/// A folder that is being written.
pub struct Draft {
    target: PathBuf,
    beside: PathBuf,
    finished: bool,
}

impl Draft {
    /// Starts beside `target`. A target that exists must be empty or an earlier output of this program.
    pub fn beside(target: &Path) -> Result<Draft> {
        if target.exists() && !is_ours(target)? {
            bail!("{}：文件夹里有别的文件，为免覆盖没有写入。请换一个输出文件夹，或先把它清空。", target.display());
        }
        let name = target.file_name().context("输出文件夹没有名称，请换一个")?.to_string_lossy();
        let beside = target.with_file_name(format!(".{name}.writing"));
        if beside.exists() {
            fs::remove_dir_all(&beside).with_context(|| format!("清不掉上次中断留下的 {}", beside.display()))?;
        }
        fs::create_dir_all(&beside).with_context(|| format!("建不了文件夹 {}", beside.display()))?;
        Ok(Draft { target: target.to_owned(), beside, finished: false })
    }

    /// Writes one file below the folder; `path` has forward slashes.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let file = self.beside.join(path);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent).with_context(|| format!("建不了文件夹 {}", parent.display()))?;
        }
        fs::write(&file, bytes).with_context(|| format!("写不了 {}", file.display()))
    }

    /// Puts the folder in place of the earlier one.
    pub fn finish(mut self) -> Result<()> {
        let old = self.target.with_extension("replaced");
        if self.target.exists() {
            fs::rename(&self.target, &old).with_context(|| format!("移不开旧的 {}", self.target.display()))?;
        }
        if let Err(error) = fs::rename(&self.beside, &self.target) {
            if old.exists() {
                fs::rename(&old, &self.target).context("换不上新的输出，旧的也放不回去")?;
            }
            return Err(error).with_context(|| format!("换不上 {}", self.target.display()));
        }
        self.finished = true;
        if old.exists() {
            fs::remove_dir_all(&old).with_context(|| format!("删不掉旧的 {}", old.display()))?;
        }
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.finished {
            // Nothing half-written stays; a failure here leaves a hidden folder that the next run clears.
            let _ = fs::remove_dir_all(&self.beside);
        }
    }
}

fn is_ours(folder: &Path) -> Result<bool> {
    if folder.join(MANIFEST).is_file() {
        return Ok(true);
    }
    let mut entries = fs::read_dir(folder).with_context(|| format!("打不开 {}", folder.display()))?;
    Ok(entries.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("juesuan-folder-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn an_unfinished_folder_leaves_nothing() {
        let root = scratch("unfinished");
        let draft = Draft::beside(&root.join("out")).unwrap();
        draft.write("a/b.txt", b"x").unwrap();
        drop(draft);
        assert_eq!(fs::read_dir(&root).unwrap().count(), 0);
        fs::remove_dir_all(&root).unwrap();
    }

    #[test]
    fn a_folder_with_other_files_is_not_overwritten_and_an_earlier_output_is() {
        let root = scratch("foreign");
        let out = root.join("out");
        fs::create_dir_all(&out).unwrap();
        fs::write(out.join("thesis.docx"), b"mine").unwrap();
        assert!(Draft::beside(&out).is_err());
        fs::write(out.join(MANIFEST), b"{}").unwrap();
        let draft = Draft::beside(&out).unwrap();
        draft.write("new.txt", b"x").unwrap();
        draft.finish().unwrap();
        assert!(out.join("new.txt").is_file() && !out.join("thesis.docx").exists());
        fs::remove_dir_all(&root).unwrap();
    }
}
