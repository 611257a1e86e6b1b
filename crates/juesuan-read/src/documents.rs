//! Every document of a file, a folder or an archive, one at a time.

use std::io::Read;

use juesuan_model::{Place, Problem};
use juesuan_text::system_fault;

use crate::archive::{self, Archive};
use crate::budget::{
    ARCHIVE_RATIO_MAX, ARCHIVES_DEPTH_MAX, FILE_BYTES_MAX, FILES_MAX, FOLDERS_DEPTH_MAX, UNPACKED_BYTES_MAX,
    UNPACKED_FREE_BYTES,
};
use crate::file::{self, Content, fault};
use crate::files::{FileKind, Files, full_name, joined};
use crate::means::Means;
use crate::open;
use crate::package::{APPROVAL, LIST, RELATIONS};
use crate::pages::Pages;

/// A document that was found and is not read yet.
pub struct Source<'f> {
    /// Its path as given, inside an archive `archive.zip/inner.pdf`.
    pub name: String,
    held: Held<'f>,
    /// True if it was named by the user and not found in a folder or archive: then it must be a document.
    named: bool,
}

enum Held<'f> {
    File(&'f dyn Files, String),
    Bytes(Vec<u8>),
    Refused(Problem),
}

impl Source<'_> {
    /// The same with its bytes, which are then read no more.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn loaded(self) -> Result<Self, Problem> {
        let held = match self.held {
            Held::File(files, path) => Held::Bytes(file::bytes_of(files, &path, &self.name)?),
            held => held,
        };
        Ok(Source { held, ..self })
    }

    /// Its bytes, where they are there, and whether the user named it.
    pub fn content(&self) -> Option<(&[u8], bool)> {
        match &self.held {
            Held::Bytes(bytes) => Some((bytes, self.named)),
            Held::File(..) | Held::Refused(_) => None,
        }
    }

    /// Reads the document as [`open::pages_of`]. What was found in a folder or archive and is no document is a doubt that names it
    /// as skipped.
    pub fn read(self) -> Result<Pages, Problem> {
        self.read_with(&Means::default())
    }

    /// As [`Source::read`], with these means.
    pub fn read_with(self, means: &Means) -> Result<Pages, Problem> {
        let bytes = match self.held {
            Held::File(files, path) => file::bytes_of(files, &path, &self.name)?,
            Held::Bytes(bytes) => bytes,
            Held::Refused(problem) => return Err(problem),
        };
        let place = Place { file: Some(self.name.clone()), ..Place::default() };
        let skipped = (!self.named).then(|| no_document(&self.name, &bytes)).flatten();
        let skipped = skipped.map(|what| (what, Problem::doubt(place, format!("{what}，不是文档，已跳过"))));
        // A page that lies there as a picture is a document to who can read it.
        let is_blind = means.sight.version().is_empty();
        let skipped = match skipped {
            Some((what, problem)) if what != file::PICTURE || is_blind => return Err(problem),
            skipped => skipped,
        };
        let read = open::pages_with(&self.name, &bytes, means);
        read.map_err(|problem| skipped.map_or(problem, |(_, skipped)| skipped))
    }
}

/// What a file is that lies beside documents without being one.
fn no_document(name: &str, bytes: &[u8]) -> Option<&'static str> {
    const TEXTS: [&str; 6] = [".txt", ".csv", ".tsv", ".md", ".text", ".prn"];
    const UNKNOWN: &str = "不能识别的文件";
    let lower = name.to_lowercase();
    match file::content(name, bytes) {
        Ok(Content::Foreign(what)) => {
            let no_accounts =
                [file::PICTURE, file::PROGRAM, "数据库文件", "Access 数据库", file::MEDIA, "电子书", "XML"];
            no_accounts.contains(&what).then_some(what)
        }
        // Any file without zeros in it is a text; those of programs have endings of their own.
        Ok(Content::Text) if bytes.contains(&0) => Some(UNKNOWN),
        Ok(Content::Text) => (!TEXTS.iter().any(|ending| lower.ends_with(ending))).then_some(UNKNOWN),
        Ok(Content::Html) => {
            [".js", ".css", ".xml", ".json", ".svg"].iter().any(|e| lower.ends_with(e)).then_some("网页的附件")
        }
        Ok(Content::Docx | Content::Xlsx) if is_beside(name) => Some("编制时写出、不公开的文件"),
        Ok(Content::Pdf | Content::Ofd | Content::Docx | Content::Xlsx | Content::Xls | Content::Archive) | Err(_) => {
            None
        }
    }
}

/// True for what `compile` writes beside documents for those who work on them.
fn is_beside(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or_default();
    name == APPROVAL || name == RELATIONS || name.starts_with(LIST)
}

/// The problem of a folder or archive in which every file was passed over as no document.
pub fn without_documents(name: &str) -> Problem {
    fault(name, "里面没有一份文档，什么都没有核对；请放入 PDF、DOCX、XLSX 或网页")
}

/// The documents at a path of a tree, found one at a time: a file, a folder with all below it in the order of names, a ZIP
/// archive. Hidden files and the lock files of office programs are passed over.
pub fn sources<'f>(files: &'f dyn Files, path: &str) -> Sources<'f> {
    let root = Waiting { path: path.to_owned(), name: full_name(files, path), depth: 0, named: true, outside: false };
    Sources {
        files,
        at: root.name.clone(),
        waiting: vec![root],
        archives: Vec::new(),
        unpacked: 0,
        unpacked_max: 0,
        seen: 0,
        stopped: false,
    }
}

/// See [`sources`].
pub struct Sources<'f> {
    files: &'f dyn Files,
    /// What is being looked at, or was last.
    at: String,
    /// Files and folders, the next one last.
    waiting: Vec<Waiting>,
    /// Archives that are open, the innermost last.
    archives: Vec<Opened>,
    /// Bytes that came out of the outermost of them and of all inside it.
    unpacked: u64,
    /// How many may come out of it.
    unpacked_max: u64,
    seen: usize,
    stopped: bool,
}

struct Waiting {
    path: String,
    name: String,
    depth: usize,
    named: bool,
    /// A link to a folder outside the tree.
    outside: bool,
}

struct Opened {
    name: String,
    archive: Archive<Vec<u8>>,
    /// Entries that were not looked at yet, the next one last.
    entries: Vec<archive::Entry>,
    /// Names that it has twice.
    twice: Vec<String>,
}

impl<'f> Iterator for Sources<'f> {
    type Item = Source<'f>;

    fn next(&mut self) -> Option<Source<'f>> {
        while !self.stopped {
            let found = if self.archives.is_empty() {
                let waiting = self.waiting.pop()?;
                self.of_path(waiting)
            } else {
                self.of_archive()
            };
            if found.is_some() {
                return found;
            }
        }
        None
    }
}

impl<'f> Sources<'f> {
    /// The file or folder that was looked at last: where the search is, if it panics. It is behind the search then, which
    /// can go on with what follows.
    pub fn at(&self) -> &str {
        &self.at
    }

    /// Whether there is something that was not looked at.
    pub fn has_more(&self) -> bool {
        !(self.stopped || self.waiting.is_empty() && self.archives.is_empty())
    }

    /// Counts a file; past the limit the run ends with a word on it.
    fn count(&mut self, name: &str) -> Option<Source<'f>> {
        self.seen += 1;
        (self.seen > FILES_MAX).then(|| {
            self.stopped = true;
            refused(name, fault(name, format!("超过 {FILES_MAX} 个文件，其余没有读；请分批检查")))
        })
    }

    fn of_path(&mut self, Waiting { path, name, depth, named, outside }: Waiting) -> Option<Source<'f>> {
        self.at.clone_from(&name);
        if outside {
            let problem = fault(&name, "是指向别处的链接（快捷方式），里面的没有读；请把文件夹本身放进来");
            return Some(refused(&name, problem));
        }
        if self.files.kind(&path) == Some(FileKind::Folder) {
            return self.of_folder(&path, &name, depth);
        }
        if let Some(stop) = self.count(&name) {
            return Some(stop);
        }
        if !is_zip(self.files, &path) {
            return Some(Source { name, held: Held::File(self.files, path), named });
        }
        match file::bytes_of(self.files, &path, &name) {
            Ok(bytes) => self.of_bytes(name, bytes, named),
            Err(problem) => Some(refused(&name, problem)),
        }
    }

    fn of_folder(&mut self, path: &str, name: &str, depth: usize) -> Option<Source<'f>> {
        if depth > FOLDERS_DEPTH_MAX {
            return Some(refused(name, fault(name, format!("文件夹超过 {FOLDERS_DEPTH_MAX} 层，里面的没有读"))));
        }
        let entries = match self.files.list(path) {
            Ok(entries) => entries,
            Err(error) => return Some(refused(name, fault(name, format!("文件夹打不开：{}", system_fault(&error))))),
        };
        let mut below: Vec<Waiting> = entries
            .into_iter()
            // A link to a folder may lead back to where it lies; what it leads to inside the tree is found there.
            .filter(|entry| entry.outside || !(entry.link && entry.kind == FileKind::Folder))
            .map(|entry| Waiting {
                path: joined(path, &entry.name),
                name: joined(name, &entry.name),
                depth: depth + 1,
                named: false,
                outside: entry.outside && entry.kind == FileKind::Folder,
            })
            .filter(|file| !is_aside(&file.name))
            .take(FILES_MAX + 1)
            .collect();
        below.sort_unstable_by(|a, b| b.name.cmp(&a.name));
        self.waiting.append(&mut below);
        None
    }

    /// A document, or an archive that is opened.
    fn of_bytes(&mut self, name: String, bytes: Vec<u8>, named: bool) -> Option<Source<'f>> {
        if !matches!(file::content(&name, &bytes), Ok(Content::Archive)) {
            return Some(Source { name, held: Held::Bytes(bytes), named });
        }
        if self.archives.len() >= ARCHIVES_DEPTH_MAX {
            let problem = fault(&name, "压缩包里套着压缩包，层数太多，没有读；请解压后再检查");
            return Some(refused(&name, problem));
        }
        let size = bytes.len() as u64;
        let mut archive = match Archive::open(&name, bytes) {
            Ok(archive) => archive,
            Err(problem) => return Some(refused(&name, problem)),
        };
        let mut entries = archive.entries();
        entries.retain(|entry| !entry.folder && !entry.path.is_empty() && !is_aside(&entry.path));
        entries.sort_by(|a, b| b.path.cmp(&a.path));
        if entries.is_empty() {
            let problem = fault(&name, "压缩包里没有文件；请重新打包");
            return Some(refused(&name, problem));
        }
        if self.archives.is_empty() {
            let most = size.saturating_mul(ARCHIVE_RATIO_MAX);
            (self.unpacked, self.unpacked_max) = (0, most.clamp(UNPACKED_FREE_BYTES, UNPACKED_BYTES_MAX));
        }
        let mut twice = archive.twice().to_vec();
        // `a.txt`, `/a.txt` and `../a.txt` would all be shown as one.
        let alike = entries.iter().zip(entries.iter().skip(1)).filter(|(one, next)| one.path == next.path);
        twice.extend(alike.map(|(one, _)| one.path.clone()));
        twice.dedup();
        self.archives.push(Opened { name, archive, entries, twice });
        None
    }

    fn of_archive(&mut self) -> Option<Source<'f>> {
        let opened = self.archives.last_mut()?;
        if let Some(path) = opened.twice.pop() {
            return Some(refused(&opened.name, archive::ambiguous(&opened.name, &path)));
        }
        let Some(entry) = opened.entries.pop() else {
            self.archives.pop();
            return None;
        };
        let name = format!("{}/{}", opened.name, entry.path);
        self.at.clone_from(&name);
        if self.unpacked > self.unpacked_max {
            self.archives.clear();
            let size = self.unpacked_max / 1024 / 1024;
            return Some(refused(
                &name,
                fault(&name, format!("压缩包解压后超过 {size} MB，从这里起没有读；请分批检查")),
            ));
        }
        let unpacked = opened
            .archive
            .unpack(entry.index, FILE_BYTES_MAX)
            .map_err(|problem| Problem { place: Place { file: Some(name.clone()), ..problem.place }, ..problem });
        self.unpacked = self.unpacked.saturating_add(unpacked.as_ref().map_or(0, |bytes| bytes.len() as u64));
        if let Some(stop) = self.count(&name) {
            return Some(stop);
        }
        match unpacked {
            Ok(bytes) => self.of_bytes(name, bytes, false),
            Err(problem) => Some(refused(&name, problem)),
        }
    }
}

fn refused<'f>(name: &str, problem: Problem) -> Source<'f> {
    Source { name: name.to_owned(), held: Held::Refused(problem), named: false }
}

/// True for hidden files, lock files, and what systems leave behind, by any part of the path below the root.
fn is_aside(path: &str) -> bool {
    let aside = |part: &str| {
        part.starts_with("~$")
            || part.starts_with('.') && part.len() > 1 && part != ".."
            || matches!(part, "__MACOSX" | "Thumbs.db" | "desktop.ini")
    };
    path.rsplit('/').next().is_some_and(aside) || path.split('/').any(|part| part == "__MACOSX")
}

/// True if the file begins as archives do.
fn is_zip(files: &dyn Files, path: &str) -> bool {
    let mut head = [0; 4];
    let read = |mut file: Box<dyn Read + Send + '_>| file.read_exact(&mut head);
    files.kind(path) == Some(FileKind::File) && files.open(path).and_then(read).is_ok() && head.starts_with(b"PK")
}
