//! What people name, as contents one after the other: folders with all below them, ZIP archives, files, and lists of these.

use std::fs;
use std::path::{Path, PathBuf};

use juesuan_catalog::BatchWords;
use juesuan_catalog::batch::told;
use juesuan_model::{Place, Problem};
use juesuan_office::digest::sha256;
use juesuan_office::{Content, contents};
use juesuan_read::{Disk, Files, file, package, text};
use juesuan_text::{Day, system_fault};

use crate::error::Result;
use crate::list::Offer;

/// What a list of files begins with.
const LIST: char = '@';
/// A line of a list that says nothing.
const REMARK: char = '#';
/// Folders inside each other that are followed.
const DEPTH_MAX: usize = 64;
/// By what it is known in the catalogue why something is not looked into.
const DEEP: &str = "deep";
const AWAY: &str = "away";

/// Something that was found.
pub(crate) enum Found {
    /// A content, with its bytes where they lie in no file of their own.
    Offer(Offer, Option<Vec<u8>>),
    /// What could not be opened, and why.
    Problem(Problem),
}

/// Looks through sources.
pub(crate) struct Search<'w, F> {
    words: &'w BatchWords,
    /// The folder of the archive, which may lie among the sources.
    archive: Option<PathBuf>,
    /// The folder that is looked through.
    root: Option<PathBuf>,
    take: F,
}

impl<'w, F: FnMut(Found) -> Result<()>> Search<'w, F> {
    /// Gives everything that is found to `take`, and passes over `archive`.
    pub(crate) fn new(words: &'w BatchWords, archive: &Path, take: F) -> Search<'w, F> {
        Search { words, archive: archive.canonicalize().ok(), root: None, take }
    }

    /// Looks through one source as people name it: a path, or `@` and the path of a list.
    ///
    /// # Errors
    /// A list that is not there, and whatever `take` says.
    pub(crate) fn source(&mut self, source: &Path) -> Result<()> {
        let shown = source.to_string_lossy();
        match shown.strip_prefix(LIST).filter(|_| !source.exists()) {
            Some(list) => self.list(Path::new(list)),
            None => self.named(source, &base(source), None),
        }
    }

    /// What somebody has named.
    fn named(&mut self, path: &Path, name: &str, published: Option<&str>) -> Result<()> {
        self.root = path.canonicalize().ok();
        let is_archive = self.root.is_some() && self.root == self.archive;
        if is_archive { Ok(()) } else { self.path(path, name, published, 0) }
    }

    /// A list: a path a line, from where the list lies; behind a tab the day when it was published.
    fn list(&mut self, list: &Path) -> Result<()> {
        let name = list.display().to_string();
        let lines = match file::bytes(list, &name).and_then(|bytes| text::decode(&name, &bytes)) {
            Ok(lines) => lines,
            Err(problem) => return (self.take)(Found::Problem(problem)),
        };
        let folder = list.parent().unwrap_or_else(|| Path::new(""));
        for (number, line) in (1_u32..).zip(lines.lines()) {
            let (path, day) = line.split_once('\t').map_or((line, ""), |(path, day)| (path, day));
            let (path, day) = (path.trim(), day.trim());
            if path.is_empty() || path.starts_with(REMARK) {
                continue;
            }
            let published = Day::parse_iso(day).map(|day| day.to_string());
            if published.is_none() && !day.is_empty() {
                let place = Place { file: Some(name.clone()), line: Some(number), ..Place::default() };
                let message = told(&self.words.day, &[("day", day)]);
                (self.take)(Found::Problem(Problem::doubt(place, message)))?;
            }
            self.named(&folder.join(path), &slashed(path), published.as_deref())?;
        }
        Ok(())
    }

    /// A file, or a folder with all below it in the order of names; `name` is what it is called.
    fn path(&mut self, path: &Path, name: &str, published: Option<&str>, depth: usize) -> Result<()> {
        let is_output = || path.join(package::NAME).is_file();
        if !path.is_dir() || is_output() {
            return self.tree(path, name, published);
        }
        if depth >= DEPTH_MAX {
            return self.refused(name, self.words.reason.get(DEEP).cloned());
        }
        let mut entries: Vec<PathBuf> = match fs::read_dir(path) {
            Ok(entries) => entries.flatten().map(|entry| entry.path()).collect(),
            Err(error) => {
                let doing = self.words.doing.get("list");
                return self.refused(name, doing.map(|doing| format!("{doing}：{}", system_fault(&error))));
            }
        };
        entries.sort();
        for entry in entries {
            let own = base(&entry);
            let is_data = own.to_lowercase().ends_with(".json") && entry.is_file();
            let aside = own.starts_with('.') || own.starts_with("~$") || own == "__MACOSX";
            if !(aside || is_data) {
                self.entry(&entry, &format!("{name}/{own}"), published, depth + 1)?;
            }
        }
        Ok(())
    }

    /// What lies in a folder. A link to a folder may lead round in a circle; what it leads to inside the source is found there.
    fn entry(&mut self, path: &Path, name: &str, published: Option<&str>, depth: usize) -> Result<()> {
        let is_link = fs::symlink_metadata(path).is_ok_and(|there| there.is_symlink());
        if !path.is_dir() {
            return self.path(path, name, published, depth);
        }
        let real = path.canonicalize().ok();
        if is_link {
            let inside = real.zip(self.root.as_ref()).is_some_and(|(real, root)| real.starts_with(root));
            return if inside { Ok(()) } else { self.refused(name, self.words.reason.get(AWAY).cloned()) };
        }
        if real.is_some() && real == self.archive { Ok(()) } else { self.path(path, name, published, depth) }
    }

    /// Tells of what is not looked into.
    fn refused(&mut self, name: &str, why: Option<String>) -> Result<()> {
        let place = Place { file: Some(name.to_owned()), ..Place::default() };
        (self.take)(Found::Problem(Problem::fatal(place, why.unwrap_or_default())))
    }

    /// A file, an archive, or what `compile` left: the documents in it.
    fn tree(&mut self, path: &Path, name: &str, published: Option<&str>) -> Result<()> {
        let disk = Disk::new(path);
        let root = disk.name().to_owned();
        let mut ended = Ok(());
        let looked = contents(&[&disk], |content| {
            if ended.is_ok() {
                ended = self.content(content, (&root, name), published);
            }
            Ok(())
        });
        ended?;
        match looked {
            Ok(()) => Ok(()),
            Err(error) => {
                let place = Place { file: Some(name.to_owned()), ..Place::default() };
                (self.take)(Found::Problem(Problem::fatal(place, error.to_string())))
            }
        }
    }

    fn content(&mut self, content: Content, (root, name): (&str, &str), published: Option<&str>) -> Result<()> {
        let Content { name: found, package, bytes } = content;
        let inside = found.strip_prefix(root).unwrap_or_default();
        let file = slashed(&format!("{name}{inside}"));
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(problem) => {
                let place = Place { file: Some(file), ..problem.place };
                return (self.take)(Found::Problem(Problem { place, ..problem }));
            }
        };
        // What lies in an archive has no file of its own.
        let place = std::path::absolute(&found).ok().filter(|path| path.is_file());
        let place = place.and_then(|path| path.into_os_string().into_string().ok());
        let offer = Offer {
            digest: sha256(&bytes),
            package,
            place: place.clone().unwrap_or_default(),
            file,
            published: published.map(str::to_owned),
        };
        (self.take)(Found::Offer(offer, place.is_none().then_some(bytes)))
    }
}

/// The last part of a path, also of `.`.
fn base(path: &Path) -> String {
    let last = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let own = last(path).or_else(|| path.canonicalize().ok().and_then(|path| last(&path)));
    own.unwrap_or_default()
}

/// With the same signs between folders on every system.
fn slashed(path: &str) -> String {
    let path = path.replace('\\', "/");
    path.strip_prefix("./").unwrap_or(&path).to_owned()
}
