//! A folder that is written beside its place and renamed when it is whole.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::contents::poured;
use crate::digest::Digest;
use crate::error::{Error, Result, machine};
use crate::lock::{self, Lock};
use crate::place::{keep_folder, make_folder};

/// A folder that is being written; it goes when it is not finished. What a process that died left of the same place goes first.
pub(super) struct Beside {
    path: PathBuf,
    place: PathBuf,
    lock: Option<Lock>,
}

impl Beside {
    /// Begins the folder `place`, which must not be there.
    pub(super) fn of(place: &Path) -> Result<Beside> {
        let place = std::path::absolute(place).map_err(machine("cannot find", place))?;
        if fs::symlink_metadata(&place).is_ok() {
            return Err(Error::Exists(place));
        }
        let Some(name) = place.file_name() else { return Err(Error::Exists(place)) };
        let path = place.with_file_name(format!(".{}.writing", name.to_string_lossy()));
        make_folder(&path).map_err(machine("cannot make", &path))?;
        let lock = Lock::of(&path)?;
        let beside = Beside { path, place, lock: Some(lock) };
        beside.clear()?;
        Ok(beside)
    }

    fn clear(&self) -> Result<()> {
        for entry in fs::read_dir(&self.path).map_err(machine("cannot read", &self.path))? {
            let entry = entry.map_err(machine("cannot read", &self.path))?;
            if entry.file_name() == lock::NAME {
                continue;
            }
            let path = entry.path();
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let gone = if is_folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            gone.map_err(machine("cannot remove", &path))?;
        }
        Ok(())
    }

    /// Where it is being written.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Copies the file `from` to `to` in it, kept down to the disk, and says its digest.
    pub(super) fn copy(&self, from: &mut File, to: &str) -> Result<Digest> {
        let path = self.path.join(to);
        let mut file = File::create(&path).map_err(machine("cannot write", &path))?;
        let digest = poured(from, &mut file).map_err(machine("cannot write", &path))?;
        file.sync_all().map_err(machine("cannot write", &path))?;
        Ok(digest)
    }

    /// Puts it in its place.
    pub(super) fn finish(mut self) -> Result<()> {
        // Some systems rename no folder with an open file in it.
        self.lock = None;
        let lock = self.path.join(lock::NAME);
        fs::remove_file(&lock).map_err(machine("cannot remove", &lock))?;
        keep_folder(&self.path).map_err(machine("cannot keep", &self.path))?;
        fs::rename(&self.path, &self.place).map_err(machine("cannot make", &self.place))?;
        let parent = self.place.parent().unwrap_or(&self.place);
        keep_folder(parent).map_err(machine("cannot keep", parent))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // After a rename there is nothing left; what cannot be removed goes with the next try.
        drop(self.lock.take());
        let _ = fs::remove_dir_all(&self.path);
    }
}
