//! One writer at a time for a place on a disk.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, TargetFault};

/// How often a lock is taken anew whose file was removed by the run before, between opening and locking it.
const TRIES: usize = 50;

/// A place that is taken until this goes. The system gives it free when the process ends, however that ends.
#[derive(Debug)]
pub(crate) struct Lock {
    /// `None` on disks that know no locks: there two runs at once are not kept apart.
    file: Option<File>,
    path: PathBuf,
}

impl Lock {
    /// Takes the place `target`, whose parent is there.
    ///
    /// # Errors
    /// A place that another run holds, and a disk that takes no file.
    pub(crate) fn of(target: &Path) -> Result<Lock, Error> {
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let path = target.with_file_name(format!(".{name}.lock"));
        let failed = |source| Error::Io { what: format!("占不住 {}", target.display()), source };
        for _ in 0..TRIES {
            let mut file =
                OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
            match file.try_lock() {
                Ok(()) if is_at(&file, &path) => {
                    let holder = std::process::id().to_string();
                    file.set_len(0).and_then(|()| file.write_all(holder.as_bytes())).map_err(failed)?;
                    return Ok(Lock { file: Some(file), path });
                }
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let mut holder = String::new();
                    let _ = file.take(20).read_to_string(&mut holder);
                    return Err(busy(target, &holder));
                }
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                    return Ok(Lock { file: None, path });
                }
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
        Err(busy(target, ""))
    }
}

/// A place that the process `holder` holds, as it wrote its number down.
fn busy(target: &Path, holder: &str) -> Error {
    let digits: String = holder.chars().filter(char::is_ascii_digit).collect();
    let holder = if digits.is_empty() { "?".to_owned() } else { digits };
    Error::Target { target: target.display().to_string(), fault: TargetFault::Busy(holder) }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while it is held, so that whoever takes it next finds that it is gone and takes a new one.
        let _ = fs::remove_file(&self.path);
        self.file = None;
    }
}

/// True if the file itself still lies there: the run before may have removed it, and a link that somebody put there leads to a
/// file that is not ours to write.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let both = file.metadata().and_then(|own| Ok((own, fs::symlink_metadata(path)?)));
    both.is_ok_and(|(own, there)| (own.dev(), own.ino()) == (there.dev(), there.ino()))
}

/// A file that is open cannot be removed on other systems.
#[cfg(not(unix))]
fn is_at(_file: &File, path: &Path) -> bool {
    path.exists()
}
