//! An output folder that is either whole or not there, and a file of which the same is true: written beside, then put in place.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, io, thread};

use juesuan_inputs::FOLDERS;
use juesuan_inputs::whole::{self, WRITING, aside, folder_of, keep_folder, left_aside};
use juesuan_read::Disk;

use crate::error::{Error, TargetFault};
use crate::lock::Lock;
use crate::manifest;
use crate::outlet::{Outlet, refuse_outside};

/// What was being done when a disk failed.
const UNMADE: &str = "建不了文件夹";
const UNPLACED: &str = "换不上";
const UNKEPT: &str = "写不全";
pub(crate) const UNWRITTEN: &str = "写不了";
pub(crate) const UNOPENED: &str = "打不开";
/// How an earlier output is called while it is moved away.
const REPLACED: &str = "replaced";
/// The names of the files of a folder of pages, which has no manifest: nobody approves it.
pub const LISTING: &str = "files.txt";
/// How many files are kept down to the disk at a time.
const KEEPERS: usize = 8;
/// Files in the way that are named; the others are counted.
const NAMED: usize = 5;

/// A folder that is being written. While it lives no other run writes there.
pub struct Draft {
    target: PathBuf,
    beside: PathBuf,
    finished: bool,
    _lock: Lock,
}

impl Draft {
    /// Starts beside `target`; a link stays one, and what it leads to is written. A target that exists must be empty or an earlier
    /// output of this program, with nothing added.
    ///
    /// # Errors
    /// A target that is something else or that another run is writing, or a disk that takes no folder.
    pub fn beside(target: &Path) -> Result<Draft, Error> {
        let target = resolved(target)?;
        if target.file_name().is_none() {
            return Err(refused(&target, TargetFault::Nameless));
        }
        if let Some(parent) = target.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            // What is there and is no folder is told as what it is.
            let plain = |error: io::Error| match error.kind() {
                io::ErrorKind::AlreadyExists => io::ErrorKind::NotADirectory.into(),
                _ => error,
            };
            fs::create_dir_all(parent).map_err(plain).map_err(told(UNMADE, parent))?;
        }
        let lock = Lock::of(&target)?;
        // A run that was cut short between its two renames left the earlier output there.
        let old = left(&target, REPLACED, &lock);
        if let (Some(old), false) = (old.first(), target.exists()) {
            fs::rename(old, &target).map_err(told("放不回上次的", &target))?;
        }
        refuse_others(&target)?;
        let leavings = left(&target, WRITING, &lock).into_iter().chain(left(&target, REPLACED, &lock));
        for left in leavings {
            fs::remove_dir_all(&left).map_err(told("清不掉上次中断留下的", &left))?;
        }
        let beside = aside(&target, WRITING);
        fs::create_dir(&beside).map_err(told(UNMADE, &beside))?;
        Ok(Draft { target, beside, finished: false, _lock: lock })
    }

    /// Puts the folder in place of the earlier one: at once where the system can exchange two folders, so that one of them is there
    /// at every moment.
    ///
    /// # Errors
    /// A disk that does not move folders; the earlier output is then where it was.
    pub fn finish(mut self) -> Result<(), Error> {
        kept_below(&self.beside).map_err(told(UNKEPT, &self.beside))?;
        let mut old = None;
        if self.target.exists() {
            // Somebody may have put a file there meanwhile.
            refuse_others(&self.target)?;
            old = Some(self.beside.clone());
            if !exchanged(&self.beside, &self.target).map_err(told(UNPLACED, &self.target))? {
                old = Some(self.replace()?);
            }
        } else {
            fs::rename(&self.beside, &self.target).map_err(told(UNPLACED, &self.target))?;
        }
        self.finished = true;
        let parent = folder_of(&self.target);
        keep_folder(parent).map_err(told(UNKEPT, parent))?;
        old.map_or(Ok(()), |old| fs::remove_dir_all(&old).map_err(told("删不掉旧的", &old)))
    }

    /// Moves the earlier output away and this one in its place, and tells where the earlier one lies; a run that is cut short between the
    /// two is mended by the next.
    fn replace(&self) -> Result<PathBuf, Error> {
        let old = aside(&self.target, REPLACED);
        fs::rename(&self.target, &old).map_err(told("移不开旧的", &self.target))?;
        fs::rename(&self.beside, &self.target).map_err(|error| {
            let lost = |source| Error::Io { what: "换不上新的输出，旧的也放不回去".to_owned(), source };
            match fs::rename(&old, &self.target) {
                Ok(()) => told(UNPLACED, &self.target)(error),
                Err(error) => lost(error),
            }
        })?;
        Ok(old)
    }
}

impl Outlet for Draft {
    fn put(&self, path: &str, bytes: Vec<u8>) -> Result<(), Error> {
        self.put_with(path, &mut |sink| sink.write_all(&bytes))
    }

    fn put_with(&self, path: &str, fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
        refuse_outside(path)?;
        let file = self.beside.join(path);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent).map_err(told(UNMADE, parent))?;
        }
        // Kept down to the disk when all are there: one by one it takes longer than making them.
        let written = File::create(&file).map(BufWriter::new).and_then(|mut sink| {
            fill(&mut sink)?;
            sink.flush()
        });
        written.map_err(told(UNWRITTEN, &file))
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

/// Writes one file that is whole or as it was before. A link stays one, and what it leads to is written; what is no file (a
/// device, a pipe of the shell) takes the bytes as they come, and a pipe that lies in a folder is refused.
///
/// # Errors
/// A path that takes no file.
pub fn put_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    put_file_with(path, |sink| sink.write_all(bytes).map_err(told(UNWRITTEN, path)))
}

/// As [`put_file`], written piece by piece by `fill`.
///
/// # Errors
/// A path that takes no file, or what `fill` says.
pub fn put_file_with(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<(), Error>) -> Result<(), Error> {
    let failed = |source| told(UNWRITTEN, path)(source);
    let target = resolved(path)?;
    if target.file_name().is_none() {
        return Err(refused(path, TargetFault::Nameless));
    }
    let special = fs::metadata(&target).is_ok_and(|there| !there.is_file());
    if special && is_pipe(&target) {
        return Err(refused(path, TargetFault::Pipe));
    }
    if special {
        let mut device = fs::OpenOptions::new().write(true).open(&target).map_err(failed)?;
        return fill(&mut device);
    }
    whole::put_with(&target, |sink| fill(sink).map_err(|error| Halted::Fill(Box::new(error)))).map_err(|halted| {
        match halted {
            Halted::Disk(source) => failed(source),
            Halted::Fill(error) => *error,
        }
    })
}

/// Where systems keep the ends of pipes that a shell has opened for a program.
#[cfg(unix)]
const OPENED: [&str; 2] = ["/dev", "/proc"];

/// True for a pipe that lies in a folder: to open it would wait for whoever reads from it.
#[cfg(unix)]
fn is_pipe(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    let opened = OPENED.iter().any(|folder| path.starts_with(folder));
    !opened && fs::metadata(path).is_ok_and(|there| there.file_type().is_fifo())
}

#[cfg(not(unix))]
fn is_pipe(_: &Path) -> bool {
    false
}

/// Why a file was not written.
enum Halted {
    Disk(io::Error),
    Fill(Box<Error>),
}

impl From<io::Error> for Halted {
    fn from(error: io::Error) -> Halted {
        Halted::Disk(error)
    }
}

/// Keeps a folder and all below it down to the disk, several at a time: a disk writes down many together as fast as one.
fn kept_below(folder: &Path) -> io::Result<()> {
    let (mut folders, mut files) = (vec![folder.to_owned()], Vec::new());
    let mut seen = 0;
    while let Some(folder) = folders.get(seen) {
        let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<fs::DirEntry>>>()?;
        for entry in entries {
            if entry.file_type()?.is_dir() { folders.push(entry.path()) } else { files.push(entry.path()) }
        }
        seen += 1;
    }
    kept(&files, |file| fs::OpenOptions::new().write(true).open(file)?.sync_all())?;
    kept(&folders, keep_folder)
}

fn kept(all: &[PathBuf], keep: impl Fn(&Path) -> io::Result<()> + Sync) -> io::Result<()> {
    let next = AtomicUsize::new(0);
    let rest = || std::iter::from_fn(|| all.get(next.fetch_add(1, Ordering::Relaxed))).try_for_each(|path| keep(path));
    thread::scope(|scope| {
        // Where there is no room for another thread, this one does it alone.
        let spawn = |_| thread::Builder::new().spawn_scoped(scope, rest).ok();
        let helpers: Vec<_> = (1..KEEPERS.min(all.len())).map_while(spawn).collect();
        let own = rest();
        let of_helpers = helpers.into_iter().map(|helper| helper.join().unwrap_or_else(|panic| resume_unwind(panic)));
        of_helpers.fold(own, io::Result::and)
    })
}

/// Folders that earlier runs left beside the place. Without a lock they may be those of a run that lives.
fn left(target: &Path, what: &str, lock: &Lock) -> Vec<PathBuf> {
    let is_folder = |path: &PathBuf| fs::symlink_metadata(path).is_ok_and(|there| there.is_dir());
    if lock.holds() { left_aside(target, what).into_iter().filter(is_folder).collect() } else { Vec::new() }
}

/// Exchanges two folders in one step; false where the system or its disk cannot.
#[cfg(target_os = "linux")]
fn exchanged(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchanged(_one: &Path, _other: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Where a link leads; anything else is itself.
fn resolved(target: &Path) -> Result<PathBuf, Error> {
    let link = fs::symlink_metadata(target).is_ok_and(|there| there.is_symlink());
    if link { target.canonicalize().map_err(told(UNOPENED, target)) } else { Ok(target.to_owned()) }
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
    let mut there = fs::read_dir(target).map_err(told(UNOPENED, target))?;
    if there.next().is_none() {
        return Ok(());
    }
    let output = Disk::new(target);
    if let Ok(listing) = fs::read_to_string(target.join(LISTING)) {
        return refuse_unlisted(target, &listing);
    }
    let Some(listed) = manifest::listed(&output) else { return Err(refused(target, TargetFault::Foreign)) };
    let mut there = Vec::new();
    manifest::paths(&output, "", &mut there)?;
    let others: Vec<String> = there.into_iter().filter(|path| !listed.contains(path) && !is_litter(path)).collect();
    if others.is_empty() {
        return Ok(());
    }
    let names = others.iter().take(NAMED).cloned().collect();
    Err(refused(target, TargetFault::Added { names, count: others.len() }))
}

/// Refuses a folder of pages that holds anything but what the run before listed.
fn refuse_unlisted(target: &Path, listing: &str) -> Result<(), Error> {
    let known: BTreeSet<&str> = listing.lines().chain([LISTING]).collect();
    let entries = fs::read_dir(target).map_err(told(UNOPENED, target))?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let others: Vec<String> = names.filter(|name| !known.contains(name.as_str()) && !is_litter(name)).collect();
    if others.is_empty() {
        return Ok(());
    }
    let names = others.iter().take(NAMED).cloned().collect();
    Err(refused(target, TargetFault::Added { names, count: others.len() }))
}

/// True for what desktops and office programs leave lying about: it is nobody's work.
fn is_litter(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with('.') || name.starts_with("~$") || matches!(name, "Thumbs.db" | "desktop.ini")
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
    fn while_one_run_writes_another_is_refused_and_nothing_of_it_stays() {
        let root = scratch("busy");
        let draft = Draft::beside(&root.join("out")).unwrap();
        let Err(Error::Target { fault: TargetFault::Busy(holder), .. }) = Draft::beside(&root.join("out")) else {
            panic!("two runs write at once")
        };
        assert_eq!(holder.process, std::process::id().to_string());
        assert!(!holder.since.contains('?') && !holder.folder.contains('?'), "{holder}");
        draft.put("a.txt", b"x".to_vec()).unwrap();
        draft.finish().unwrap();
        assert_eq!(fs::read_dir(&root).unwrap().count(), 1, "the output alone");
        fs::remove_dir_all(&root).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_the_lock_leads_nowhere() {
        let root = scratch("lock-link");
        fs::write(root.join("mine.txt"), b"x").unwrap();
        std::os::unix::fs::symlink(root.join("mine.txt"), root.join(".out.lock")).unwrap();
        assert!(Draft::beside(&root.join("out")).is_err());
        assert_eq!(fs::read(root.join("mine.txt")).unwrap(), b"x");
        fs::remove_dir_all(&root).unwrap();
    }

    #[test]
    fn of_many_runs_at_once_each_leaves_a_whole_output_or_is_refused() {
        let root = scratch("many");
        let target = root.join("out");
        let run = |number: usize| {
            let Ok(draft) = Draft::beside(&target) else { return false };
            for file in ["a.txt", "b.txt", "c.txt"] {
                draft.put(file, number.to_string().into_bytes()).unwrap();
            }
            draft.finish().unwrap();
            // Nobody takes its place before it is gone: an output without a manifest is refused.
            for file in ["a.txt", "b.txt", "c.txt"] {
                assert_eq!(fs::read_to_string(target.join(file)).unwrap(), number.to_string());
            }
            fs::remove_dir_all(&target).unwrap();
            true
        };
        let done: usize = (0..50)
            .map(|round| {
                std::thread::scope(|scope| {
                    let runs: Vec<_> = (0..4).map(|own| scope.spawn(move || run(4 * round + own))).collect();
                    runs.into_iter().map(|run| usize::from(run.join().unwrap())).sum::<usize>()
                })
            })
            .sum();
        assert!(done >= 50, "{done}");
        assert_eq!(fs::read_dir(&root).unwrap().count(), 0, "nothing is left");
        fs::remove_dir_all(&root).unwrap();
    }

    #[test]
    fn a_file_is_whole_or_as_it_was_and_a_link_stays_a_link() {
        let root = scratch("file");
        let path = root.join("report.html");
        put_file(&path, b"one").unwrap();
        put_file(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert!(put_file(&root.join("no/report.html"), b"x").is_err());
        #[cfg(unix)]
        {
            let link = root.join("link.html");
            std::os::unix::fs::symlink(&path, &link).unwrap();
            put_file(&link, b"three").unwrap();
            assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
            assert_eq!(fs::read(&path).unwrap(), b"three");
        }
        let hidden =
            fs::read_dir(&root).unwrap().filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().starts_with('.'));
        assert_eq!(hidden.count(), 0);
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
    fn what_a_dead_run_left_does_not_block_and_goes_and_what_is_not_ours_stays() {
        let root = scratch("dead");
        fs::write(root.join(".out.lock"), b"1\nelsewhere\n/\n").unwrap();
        for folder in [".out.1-0.writing", ".out.writing", ".out.1-x.writing", ".other.1-0.writing"] {
            fs::create_dir_all(root.join(folder)).unwrap();
            fs::write(root.join(folder).join("a.txt"), b"x").unwrap();
        }
        let draft = Draft::beside(&root.join("out")).unwrap();
        draft.put("a.txt", b"x".to_vec()).unwrap();
        draft.finish().unwrap();
        let mut names: Vec<_> =
            fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        assert_eq!(names, [".other.1-0.writing", ".out.1-x.writing", ".out.writing", "out"]);
        fs::remove_dir_all(&root).unwrap();
    }

    #[test]
    fn a_file_that_somebody_put_there_meanwhile_is_not_lost() {
        let root = scratch("meanwhile");
        fs::create_dir_all(root.join("out")).unwrap();
        let draft = Draft::beside(&root.join("out")).unwrap();
        draft.put("a.txt", b"x".to_vec()).unwrap();
        fs::write(root.join("out/mine.txt"), b"mine").unwrap();
        assert!(draft.finish().is_err());
        assert_eq!(fs::read(root.join("out/mine.txt")).unwrap(), b"mine");
        assert_eq!(fs::read_dir(&root).unwrap().count(), 1);
        fs::remove_dir_all(&root).unwrap();
    }

    #[test]
    fn an_output_that_was_moved_away_when_a_run_was_cut_short_comes_back() {
        let root = scratch("cut-short");
        fs::create_dir_all(root.join(".out.1-0.replaced")).unwrap();
        fs::write(root.join(".out.1-0.replaced/a.txt"), b"x").unwrap();
        assert!(Draft::beside(&root.join("out")).is_err(), "a folder without a manifest is nobody's output");
        assert!(root.join("out/a.txt").is_file());
        fs::remove_dir_all(&root).unwrap();
    }
}
