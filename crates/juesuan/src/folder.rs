//! An output folder that is either whole or not there: written beside, then renamed.

use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, ensure};
use juesuan_compile::inputs::FOLDERS;

use crate::exit::{Exit, Refused};
use crate::manifest::{Difference, Manifest};

/// A folder that is being written.
pub struct Draft {
    target: PathBuf,
    beside: PathBuf,
    old: PathBuf,
    finished: bool,
}

impl Draft {
    /// Starts beside `target`. A target that exists must be empty or an earlier output of this program, with nothing added.
    pub fn beside(target: &Path) -> Result<Draft> {
        let Some(name) = target.file_name().map(|name| name.to_string_lossy()) else {
            return Err(refused(target, "不能作输出文件夹；请写一个新文件夹的名称"));
        };
        let beside = target.with_file_name(format!(".{name}.writing"));
        let old = target.with_file_name(format!(".{name}.replaced"));
        // A run that was cut short between its two renames left the earlier output there.
        if old.exists() && !target.exists() {
            fs::rename(&old, target).with_context(|| format!("放不回上次的 {}", target.display()))?;
        }
        refuse_others(target)?;
        for left in [&beside, &old] {
            if left.exists() {
                fs::remove_dir_all(left).with_context(|| format!("清不掉上次中断留下的 {}", left.display()))?;
            }
        }
        fs::create_dir_all(&beside).with_context(|| format!("建不了文件夹 {}", beside.display()))?;
        Ok(Draft { target: target.to_owned(), beside, old, finished: false })
    }

    /// Writes one file below the folder; `path` has forward slashes and leads nowhere else.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        ensure!(
            Path::new(path).components().all(|part| matches!(part, Component::Normal(_))),
            "{path} 不在输出文件夹之内"
        );
        let file = self.beside.join(path);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent).with_context(|| format!("建不了文件夹 {}", parent.display()))?;
        }
        fs::write(&file, bytes).with_context(|| format!("写不了 {}", file.display()))
    }

    /// Puts the folder in place of the earlier one.
    pub fn finish(mut self) -> Result<()> {
        let old = self.old.clone();
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

/// Refuses to write where the input is read from: the next run would read its own output.
pub fn refuse_inside(out: &Path, folder: &Path) -> Result<()> {
    let (Ok(out_whole), Ok(folder_whole)) = (std::path::absolute(out), folder.canonicalize()) else { return Ok(()) };
    // The output folder need not be there yet: the part that is there is resolved.
    let there = out_whole.ancestors().find_map(|part| Some((part, part.canonicalize().ok()?)));
    let Some((part, resolved)) = there else { return Ok(()) };
    let whole = resolved.join(out_whole.strip_prefix(part).unwrap_or(Path::new("")));
    let within = whole.strip_prefix(&folder_whole).ok().and_then(|rest| rest.iter().next());
    match within {
        Some(first) if FOLDERS.iter().any(|name| first == *name) => Err(Refused::error(
            Exit::Usage,
            format!("{}：在输入的 {}/ 里面；请把输出文件夹放到别处", out.display(), first.to_string_lossy()),
        )),
        _ if folder_whole.starts_with(&whole) => Err(Refused::error(
            Exit::Usage,
            format!("{}：输入就在里面，会被输出覆盖；请把输出文件夹放到别处", out.display()),
        )),
        _ => Ok(()),
    }
}

/// Refuses a folder that holds anything but an earlier output: it would be lost.
fn refuse_others(target: &Path) -> Result<()> {
    if !target.exists() {
        return Ok(());
    }
    if !target.is_dir() {
        return Err(refused(target, "是文件，不是文件夹；请换一个输出文件夹"));
    }
    let mut there = fs::read_dir(target).with_context(|| format!("打不开 {}", target.display()))?;
    if there.next().is_none() {
        return Ok(());
    }
    let others: Vec<String> = match Manifest::read(target) {
        Ok((manifest, _)) => manifest.compare(target)?.into_iter().filter_map(added).collect(),
        Err(_) => {
            return Err(refused(target, "文件夹里有别的文件，为免丢失没有写入；请换一个输出文件夹，或先把它清空"));
        }
    };
    if others.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = others.iter().take(5).map(String::as_str).collect();
    let message = format!(
        "文件夹里有不是本程序写的文件（{} 等 {} 个），为免丢失没有写入；请先移走它们",
        names.join("、"),
        others.len()
    );
    Err(refused(target, &message))
}

/// The path of a file that somebody added; what desktops and office programs leave lying about is nobody's work.
fn added(difference: Difference) -> Option<String> {
    let Difference::Added(path) = difference else { return None };
    let name = path.rsplit('/').next().unwrap_or(&path);
    let litter = name.starts_with('.') || name.starts_with("~$") || matches!(name, "Thumbs.db" | "desktop.ini");
    (!litter).then_some(path)
}

fn refused(target: &Path, message: &str) -> anyhow::Error {
    Refused::error(Exit::Usage, format!("{}：{message}", target.display()))
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
    fn nothing_is_written_outside_the_folder() {
        let root = scratch("outside");
        let draft = Draft::beside(&root.join("out")).unwrap();
        assert!(draft.write("../escaped.txt", b"x").is_err());
        assert!(draft.write(&root.join("escaped.txt").to_string_lossy(), b"x").is_err());
        drop(draft);
        assert_eq!(fs::read_dir(&root).unwrap().count(), 0);
        fs::remove_dir_all(&root).unwrap();
    }

    #[test]
    fn an_output_that_was_moved_away_when_a_run_was_cut_short_comes_back() {
        let root = scratch("cut-short");
        fs::create_dir_all(root.join(".out.replaced")).unwrap();
        fs::write(root.join(".out.replaced/a.txt"), b"x").unwrap();
        assert!(Draft::beside(&root.join("out")).is_err(), "a folder without a manifest is nobody's output");
        assert!(root.join("out/a.txt").is_file());
        fs::remove_dir_all(&root).unwrap();
    }
}
