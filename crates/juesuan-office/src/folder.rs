//! An output folder that is either whole or not there: written beside, then renamed.

use std::path::{Path, PathBuf};
use std::{fs, io};

use juesuan_inputs::FOLDERS;
use juesuan_read::Disk;

use crate::error::{Error, TargetFault};
use crate::manifest::{Difference, Manifest};
use crate::outlet::{Outlet, refuse_outside};

/// Files in the way that are named; the others are counted.
const NAMED: usize = 5;

/// A folder that is being written.
pub struct Draft {
    target: PathBuf,
    beside: PathBuf,
    old: PathBuf,
    finished: bool,
}

impl Draft {
    /// Starts beside `target`. A target that exists must be empty or an earlier output of this program, with nothing added.
    ///
    /// # Errors
    /// A target that is something else, or a disk that takes no folder.
    pub fn beside(target: &Path) -> Result<Draft, Error> {
        let Some(name) = target.file_name().map(|name| name.to_string_lossy()) else {
            return Err(refused(target, TargetFault::Nameless));
        };
        let beside = target.with_file_name(format!(".{name}.writing"));
        let old = target.with_file_name(format!(".{name}.replaced"));
        // A run that was cut short between its two renames left the earlier output there.
        if old.exists() && !target.exists() {
            fs::rename(&old, target).map_err(told("放不回上次的", target))?;
        }
        refuse_others(target)?;
        for left in [&beside, &old] {
            if left.exists() {
                fs::remove_dir_all(left).map_err(told("清不掉上次中断留下的", left))?;
            }
        }
        fs::create_dir_all(&beside).map_err(told("建不了文件夹", &beside))?;
        Ok(Draft { target: target.to_owned(), beside, old, finished: false })
    }

    /// Puts the folder in place of the earlier one.
    ///
    /// # Errors
    /// A disk that does not move folders; the earlier output is then where it was.
    pub fn finish(mut self) -> Result<(), Error> {
        let old = self.old.clone();
        if self.target.exists() {
            fs::rename(&self.target, &old).map_err(told("移不开旧的", &self.target))?;
        }
        if let Err(error) = fs::rename(&self.beside, &self.target) {
            if old.exists() {
                let lost =
                    |source| Error::Io { what: "换不上新的输出，旧的也放不回去".to_owned(), source };
                fs::rename(&old, &self.target).map_err(lost)?;
            }
            return Err(told("换不上", &self.target)(error));
        }
        self.finished = true;
        if old.exists() {
            fs::remove_dir_all(&old).map_err(told("删不掉旧的", &old))?;
        }
        Ok(())
    }
}

impl Outlet for Draft {
    fn put(&self, path: &str, bytes: Vec<u8>) -> Result<(), Error> {
        refuse_outside(path)?;
        let file = self.beside.join(path);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent).map_err(told("建不了文件夹", parent))?;
        }
        fs::write(&file, bytes).map_err(told("写不了", &file))
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
///
/// # Errors
/// An output folder inside the input, or around it.
pub fn refuse_inside(out: &Path, folder: &Path) -> Result<(), Error> {
    let (Ok(out_whole), Ok(folder_whole)) = (std::path::absolute(out), folder.canonicalize()) else { return Ok(()) };
    // The output folder need not be there yet: the part that is there is resolved.
    let there = out_whole.ancestors().find_map(|part| Some((part, part.canonicalize().ok()?)));
    let Some((part, resolved)) = there else { return Ok(()) };
    let whole = resolved.join(out_whole.strip_prefix(part).unwrap_or(Path::new("")));
    let within = whole.strip_prefix(&folder_whole).ok().and_then(|rest| rest.iter().next());
    match within {
        Some(first) if FOLDERS.iter().any(|name| first == *name) => {
            Err(refused(out, TargetFault::InsideInput(first.to_string_lossy().into_owned())))
        }
        _ if folder_whole.starts_with(&whole) => Err(refused(out, TargetFault::AroundInput)),
        _ => Ok(()),
    }
}

/// Refuses a folder that holds anything but an earlier output: it would be lost.
fn refuse_others(target: &Path) -> Result<(), Error> {
    if !target.exists() {
        return Ok(());
    }
    if !target.is_dir() {
        return Err(refused(target, TargetFault::File));
    }
    let mut there = fs::read_dir(target).map_err(told("打不开", target))?;
    if there.next().is_none() {
        return Ok(());
    }
    let output = Disk::new(target);
    let Ok((manifest, _)) = Manifest::read(&output) else { return Err(refused(target, TargetFault::Foreign)) };
    let others: Vec<String> = manifest.compare(&output)?.into_iter().filter_map(added).collect();
    if others.is_empty() {
        return Ok(());
    }
    let names = others.iter().take(NAMED).cloned().collect();
    Err(refused(target, TargetFault::Added { names, count: others.len() }))
}

/// The path of a file that somebody added; what desktops and office programs leave lying about is nobody's work.
fn added(difference: Difference) -> Option<String> {
    let Difference::Added(path) = difference else { return None };
    let name = path.rsplit('/').next().unwrap_or(&path);
    let litter = name.starts_with('.') || name.starts_with("~$") || matches!(name, "Thumbs.db" | "desktop.ini");
    (!litter).then_some(path)
}

fn refused(target: &Path, fault: TargetFault) -> Error {
    Error::Target { target: target.display().to_string(), fault }
}

/// What was being done when the disk failed.
fn told(what: &str, path: &Path) -> impl FnOnce(io::Error) -> Error {
    let what = format!("{what} {}", path.display());
    move |source| Error::Io { what, source }
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
        draft.put("a/b.txt", b"x".to_vec()).unwrap();
        drop(draft);
        assert_eq!(fs::read_dir(&root).unwrap().count(), 0);
        fs::remove_dir_all(&root).unwrap();
    }

    #[test]
    fn nothing_is_written_outside_the_folder() {
        let root = scratch("outside");
        let draft = Draft::beside(&root.join("out")).unwrap();
        assert!(draft.put("../escaped.txt", b"x".to_vec()).is_err());
        assert!(draft.put(&root.join("escaped.txt").to_string_lossy(), b"x".to_vec()).is_err());
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
