//! One file that is whole or as it was: written beside its place, kept down to the disk, then put there in one step.
//!
//! Every file that a command writes goes through here, alone or in a folder that is exchanged as a whole. What a run that was killed left
//! beside the place is cleared by the next: while a run lives it holds a lock on its file, so that nobody takes the file of another.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// Longest part of a name that names beside it repeat, in bytes: file systems take 255.
const NAME_BYTES_MAX: usize = 180;
/// How often another name is taken for a file that somebody cleared before it was locked.
const TRIES: usize = 50;
/// How files and folders are called that are being written.
pub const WRITING: &str = "writing";

/// Puts a file in the place of what is there. Rights of an earlier file stay.
///
/// # Errors
/// A disk that takes no file; what was there is then as it was.
pub fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    put_with(path, |sink| sink.write_all(bytes))
}

/// Puts a file in the place of what is there, written piece by piece by `fill`. Rights of an earlier file stay.
///
/// # Errors
/// What `fill` says, or a disk that takes no file; what was there is then as it was.
pub fn put_with<E: From<io::Error>>(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<(), E>) -> Result<(), E> {
    clear_left(path);
    let aside = Aside::beside(path)?;
    let rights = fs::metadata(path).map(|there| there.permissions());
    let placed = || {
        aside.file.sync_all()?;
        rights.map_or(Ok(()), |rights| fs::set_permissions(&aside.path, rights))?;
        fs::rename(&aside.path, path)
    };
    let put = fill(&mut &aside.file).and_then(|()| Ok(placed()?));
    if put.is_err() {
        let _ = fs::remove_file(&aside.path);
    }
    put.and_then(|()| Ok(keep_folder(folder_of(path))?))
}

/// Puts a file where nothing is; the folders above it are made.
///
/// # Errors
/// `AlreadyExists` where something is, which stays as it is; a disk that takes no file.
pub fn put_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder_of(path))?;
    clear_left(path);
    if fs::symlink_metadata(path).is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    let aside = Aside::beside(path)?;
    let put = aside.fill(bytes).and_then(|()| match fs::hard_link(&aside.path, path) {
        Ok(()) => fs::remove_file(&aside.path),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
        // Some disks know no second name of a file.
        Err(_) => fs::rename(&aside.path, path),
    });
    if put.is_err() {
        let _ = fs::remove_file(&aside.path);
    }
    put.and_then(|()| keep_folder(folder_of(path)))
}

/// Keeps the names in a folder down to the disk; systems that open no folders do so by themselves.
///
/// # Errors
/// A folder that cannot be opened.
pub fn keep_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// The folder in which something lies.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A place beside `path` that no other run and no other thread has: `.name.123-0.writing`.
pub fn aside(path: &Path, what: &str) -> PathBuf {
    /// Keeps the names apart that one process gives.
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    path.with_file_name(format!("{}{}-{number}.{what}", front(path), std::process::id()))
}

/// What [`aside`] gave for `path` in this or another run and is still there.
pub fn left_aside(path: &Path, what: &str) -> Vec<PathBuf> {
    let (front, ending) = (front(path), format!(".{what}"));
    let is_ours = |name: &OsStr| {
        let middle = name.to_str().and_then(|name| name.strip_prefix(&front)?.strip_suffix(&ending));
        let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        middle
            .and_then(|middle| middle.split_once('-'))
            .is_some_and(|(process, count)| number(process) && number(count))
    };
    let entries = fs::read_dir(folder_of(path)).into_iter().flatten().flatten();
    let mut left: Vec<PathBuf> = entries.filter(|e| is_ours(&e.file_name())).map(|entry| entry.path()).collect();
    left.sort();
    left
}

fn front(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    format!(".{}.", juesuan_text::part_of_text(&name, ..name.floor_char_boundary(NAME_BYTES_MAX)))
}

/// Removes files that runs left which are no more. A failure leaves a hidden file that the next run clears.
fn clear_left(path: &Path) {
    for left in left_aside(path, WRITING) {
        let is_file = fs::symlink_metadata(&left).is_ok_and(|there| there.is_file());
        let Some(file) = is_file.then(|| OpenOptions::new().write(true).open(&left).ok()).flatten() else { continue };
        if file.try_lock().is_ok() {
            let _ = fs::remove_file(&left);
        }
    }
}

/// A file that is being written, held as long as this lives.
struct Aside {
    path: PathBuf,
    file: File,
}

impl Aside {
    fn beside(path: &Path) -> io::Result<Aside> {
        for _ in 0..TRIES {
            let beside = aside(path, WRITING);
            let file = match OpenOptions::new().write(true).create_new(true).open(&beside) {
                Ok(file) => file,
                Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(error),
            };
            match file.try_lock() {
                // Between making and locking it somebody may have taken it for one that was left.
                Ok(()) if beside.exists() => return Ok(Aside { path: beside, file }),
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
                    return Ok(Aside { path: beside, file });
                }
                Ok(()) | Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
        Err(ErrorKind::ResourceBusy.into())
    }

    fn fill(&self, bytes: &[u8]) -> io::Result<()> {
        (&self.file).write_all(bytes)?;
        self.file.sync_all()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("juesuan-whole-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn what_a_killed_run_left_is_cleared_and_what_a_living_one_writes_is_not() {
        let root = scratch("left");
        let path = root.join("报告.html");
        let dead = root.join(".报告.html.1-0.writing");
        fs::write(&dead, b"half").unwrap();
        let living = Aside::beside(&path).unwrap();
        fs::write(root.join(".报告.html.writing"), b"somebody's").unwrap();
        put(&path, b"whole").unwrap();
        assert!(!dead.exists() && living.path.exists() && root.join(".报告.html.writing").exists());
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        fs::remove_dir_all(&root).unwrap();
    }

    #[test]
    fn a_new_file_takes_no_place_that_is_taken_and_leaves_nothing_beside() {
        let root = scratch("new");
        let path = root.join("sub/甲.csv");
        put_new(&path, b"one").unwrap();
        assert_eq!(put_new(&path, b"two").unwrap_err().kind(), ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(fs::read_dir(root.join("sub")).unwrap().count(), 1);
        let long = root.join(format!("{}.csv", "长".repeat(80)));
        put_new(&long, b"long").unwrap();
        put(&long, b"longer").unwrap();
        assert_eq!(fs::read(&long).unwrap(), b"longer");
        fs::remove_dir_all(&root).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn rights_of_an_earlier_file_stay() {
        use std::os::unix::fs::PermissionsExt;
        let root = scratch("rights");
        let path = root.join("a.html");
        put(&path, b"one").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        put(&path, b"two").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::remove_dir_all(&root).unwrap();
    }
}
