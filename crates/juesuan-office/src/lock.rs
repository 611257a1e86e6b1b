//! One writer at a time for a place on a disk.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use juesuan_text::Day;

use crate::error::{Error, TargetFault};

/// How often a lock is taken anew whose file was removed by the run before, between opening and locking it.
const TRIES: usize = 50;
/// Most bytes of a lock that are read: whoever put them there need not be this program.
const LOCK_BYTES_MAX: u64 = 4096;
/// Most letters of a name in it that are shown.
const SHOWN_MAX: usize = 200;
/// Where Linux keeps the name of the machine.
const HOST: &str = "/proc/sys/kernel/hostname";
/// Where other systems do.
const HOST_VARIABLES: [&str; 2] = ["COMPUTERNAME", "HOSTNAME"];

/// A place that is taken until this goes. The system gives it free when the process ends, however that ends.
#[derive(Debug)]
pub(crate) struct Lock {
    /// `None` on disks that know no locks: there two runs at once are not kept apart.
    file: Option<File>,
    path: PathBuf,
}

/// Who holds a place, as he wrote it down; `?` for what is not known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("进程 {process}，计算机 {machine}，在文件夹 {folder} 里运行，北京时间 {since} 开始")]
pub struct Holder {
    /// Number of the process.
    pub process: String,
    /// Name of its machine: several may share a disk.
    pub machine: String,
    /// Where it was started.
    pub folder: String,
    /// Since when: `2026-03-01 09:05`.
    pub since: String,
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
        let busy = |holder| Error::Target { target: target.display().to_string(), fault: TargetFault::Busy(holder) };
        for _ in 0..TRIES {
            let mut file =
                OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
            match file.try_lock() {
                Ok(()) if is_at(&file, &path) => {
                    // On a full disk the place is held all the same; only nobody can tell by whom.
                    let _ = file.set_len(0).and_then(|()| file.write_all(Holder::own().as_bytes()));
                    return Ok(Lock { file: Some(file), path });
                }
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(busy(Holder::of(&file))),
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                    return Ok(Lock { file: None, path });
                }
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
        Err(busy(Holder::parsed("", None)))
    }

    /// Whether two runs are kept apart here.
    pub(crate) const fn holds(&self) -> bool {
        self.file.is_some()
    }
}

impl Holder {
    /// What this process writes down, a line each: its number, its machine, its folder. The time is that of the file.
    fn own() -> String {
        let variable = || HOST_VARIABLES.iter().find_map(|name| std::env::var(name).ok());
        let machine = fs::read_to_string(HOST).ok().or_else(variable).unwrap_or_default();
        let folder = std::env::current_dir().unwrap_or_default();
        format!("{}\n{}\n{}\n", std::process::id(), machine.trim(), folder.display())
    }

    /// Who wrote this lock down.
    fn of(file: &File) -> Holder {
        let mut bytes = Vec::new();
        let _ = file.take(LOCK_BYTES_MAX).read_to_end(&mut bytes);
        let since = file.metadata().and_then(|there| there.modified()).ok();
        let seconds = since.and_then(|since| since.duration_since(UNIX_EPOCH).ok()).map(|since| since.as_secs());
        Holder::parsed(&String::from_utf8_lossy(&bytes), seconds)
    }

    fn parsed(text: &str, seconds: Option<u64>) -> Holder {
        let mut lines = text.lines().map(str::trim);
        let mut line = || match lines.next() {
            None | Some("") => "?".to_owned(),
            Some(line) => line.chars().filter(|c| !juesuan_text::steers(*c)).take(SHOWN_MAX).collect(),
        };
        let (process, machine, folder) = (line(), line(), line());
        let since = seconds.and_then(in_beijing).unwrap_or_else(|| "?".to_owned());
        Holder { process, machine, folder, since }
    }
}

/// Days of spreadsheets at the epoch of Unix.
const UNIX_EPOCH_SERIAL: u64 = 25_569;

/// Seconds since the epoch of Unix as day and minute in Beijing, by which all offices of the country go.
fn in_beijing(seconds: u64) -> Option<String> {
    let minutes = seconds / 60 + 8 * 60;
    let day = Day::from_serial(i64::try_from(minutes / 1440 + UNIX_EPOCH_SERIAL).ok()?)?;
    Some(format!("{day} {:02}:{:02}", minutes / 60 % 24, minutes % 60))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_tells_who_holds_it_since_when_and_shows_nothing_that_steers() {
        let holder = Holder::parsed("4711\n财务科-2\n/家/决算\n", Some(1_772_326_500));
        assert_eq!(
            holder.to_string(),
            "进程 4711，计算机 财务科-2，在文件夹 /家/决算 里运行，北京时间 2026-03-01 08:55 开始"
        );
        let strange = Holder::parsed("\u{1b}[2J\u{202e}x", None);
        assert_eq!((strange.process.as_str(), strange.machine.as_str()), ("[2Jx", "?"));
        assert_eq!(in_beijing(0).as_deref(), Some("1970-01-01 08:00"));
    }
}
