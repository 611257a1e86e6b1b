//! The files of an input folder, and of which kind each is.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use juesuan_catalog::{Catalog, InputFile};
use juesuan_model::{Place, Problem};
use juesuan_read::Files;
use juesuan_read::files::{Entry, FileKind, joined};
use juesuan_read::package::NAME as PACKAGE;
use juesuan_text::{part, system_fault};
use sha2::{Digest, Sha256};

use super::arrangement::{PRIOR, doubles, is_read, is_workbook, misplaced};
use super::evidence::is_evidence;
use super::header;
use super::mapping::Mapping;

/// Folders inside the input folder that hold no tables of the catalogue's kinds: they have readers of their own.
const OWN_READERS: [&str; 2] = ["books", "tables"];

/// The file with words for columns.
const MAPPING: &str = "mapping.toml";

/// Endings of files that hold sheets.
const SHEETS: [&str; 5] = ["csv", "txt", "tsv", "xlsx", "xls"];

/// The files of a folder.
#[derive(Clone)]
pub struct Folder<'f> {
    /// Where they lie.
    pub files: &'f dyn Files,
    /// Path with `/` → SHA-256 in hexadecimal digits.
    pub digests: BTreeMap<String, String>,
    /// Path with `/` → length in bytes.
    pub lengths: BTreeMap<String, u64>,
}

impl<'f> Folder<'f> {
    /// Lists and digests the input; hidden files and the lock files of office programs are left out, what lies where
    /// nothing is read is named.
    pub fn list(files: &'f dyn Files, problems: &mut Vec<Problem>) -> Folder<'f> {
        let mut folder = Folder { files, digests: BTreeMap::new(), lengths: BTreeMap::new() };
        let message = match files.kind("") {
            Some(FileKind::Folder) => {
                folder.walk("", problems);
                doubles(&folder.digests, is_sheet, problems);
                return folder;
            }
            Some(_) => "是文件，不是部门年度文件夹",
            None => "没有这个文件夹；请检查路径",
        };
        problems.push(fault(files.name(), message));
        folder
    }

    /// The files that say whose the folder is and what its columns are called, unread: those beside its folders, and the words in them.
    pub(crate) fn outer(files: &'f dyn Files, catalog: &Catalog) -> Folder<'f> {
        let beside = files.list("").unwrap_or_default().into_iter().map(|entry| entry.name);
        let shown = beside.filter(|name| !name.starts_with('.') && !name.starts_with("~$"));
        let inside = catalog.inputs.iter().map(|kind| joined(&kind.folder, MAPPING));
        let is_read = |path: &String| files.kind(path) == Some(FileKind::File) && is_read(path, FileKind::File);
        let paths: BTreeSet<String> = shown.chain(inside).filter(is_read).collect();
        let digests = paths.into_iter().map(|path| (path, String::new())).collect();
        Folder { files, digests, lengths: BTreeMap::new() }
    }

    fn walk(&mut self, relative: &str, problems: &mut Vec<Problem>) {
        let mut entries = match self.files.list(relative) {
            Ok(entries) => entries,
            Err(error) => {
                let name = if relative.is_empty() { self.files.name() } else { relative };
                return problems.push(fault(name, format!("读不了这个文件夹，请检查权限（{}）", system_fault(&error))));
            }
        };
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        for entry in entries.iter().filter(|entry| !entry.name.starts_with('.') && !entry.name.starts_with("~$")) {
            self.entry(entry, &joined(relative, &entry.name), problems);
        }
    }

    fn entry(&mut self, entry: &Entry, below: &str, problems: &mut Vec<Problem>) {
        let is_folder = entry.kind == FileKind::Folder;
        if entry.kind == FileKind::Other || entry.name.contains(char::REPLACEMENT_CHARACTER) {
            problems
                .push(doubt(below, "打不开，没有读取：可能是失效的快捷方式，或文件名有不能识别的字符；请换成文件本身"));
        } else if is_folder && self.has_package(below) {
            let package = Entry { name: PACKAGE.to_owned(), kind: FileKind::File, link: false, outside: false };
            self.entry(&package, &joined(below, PACKAGE), problems);
        } else if !is_read(below, entry.kind) {
            problems.extend(misplaced(self.files, below, entry.kind, is_sheet(below)));
        } else if is_folder && entry.link {
            // A link to a folder could lead back here.
            problems.push(doubt(below, "是指向别处的链接（快捷方式），没有读取；请把文件夹本身放进来"));
        } else if entry.link && is_evidence(below) {
            problems.push(doubt(below, "是指向别处的链接（快捷方式），不能作佐证；请把文件本身放进来"));
        } else if is_folder {
            self.walk(below, problems);
        } else {
            match digest(self.files, below) {
                Ok((digest, length)) => {
                    self.digests.insert(below.to_owned(), digest);
                    self.lengths.insert(below.to_owned(), length);
                }
                Err(error) => {
                    problems.push(fault(
                        below,
                        format!("读不了，请检查权限，或关闭正在使用它的程序（{}）", system_fault(&error)),
                    ));
                }
            }
        }
    }

    /// True for a folder in that of last year which is an output of this program.
    fn has_package(&self, below: &str) -> bool {
        let is_of_last_year = below.strip_prefix(PRIOR).is_some_and(|rest| rest.starts_with('/'));
        is_of_last_year && self.files.kind(&joined(below, PACKAGE)) == Some(FileKind::File)
    }

    /// True if the file is there.
    pub fn has(&self, relative: &str) -> bool {
        self.digests.contains_key(relative)
    }

    /// The text of a file, whatever its encoding; `None` and a problem if it cannot be read.
    pub fn text(&self, relative: &str, problems: &mut Vec<Problem>) -> Option<String> {
        let read = juesuan_read::file::bytes_of(self.files, relative, relative)
            .and_then(|bytes| juesuan_read::text::decode(relative, &bytes));
        read.map_err(|problem| problems.push(problem)).ok()
    }

    /// The files directly inside a folder that hold sheets.
    pub fn sheets_in<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        self.digests.keys().map(String::as_str).filter(move |path| {
            let inside = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
            inside.is_some_and(|name| !name.contains('/')) && is_sheet(path)
        })
    }

    /// The workbooks beside the folders.
    pub fn workbooks(&self) -> impl Iterator<Item = &str> {
        self.digests.keys().map(String::as_str).filter(|path| is_workbook(path))
    }

    /// Takes a file for none of the input.
    pub fn forget(&mut self, relative: &str) {
        self.digests.remove(relative);
        self.lengths.remove(relative);
    }

    /// The kind that somebody has told of the head of a file.
    fn kind_told<'c>(
        &self,
        catalog: &'c Catalog,
        folder: &str,
        path: &str,
        mapping: &Mapping,
    ) -> Option<&'c InputFile> {
        let of_folder = |kind: &&InputFile| kind.folder == folder;
        if !mapping.tells_of(|kind| catalog.inputs.get(kind).as_ref().is_some_and(of_folder)) {
            return None;
        }
        let bytes = juesuan_read::file::bytes_of(self.files, path, path).ok()?;
        let grids = juesuan_read::grids_entered(path, &bytes).ok()?;
        let told = grids.iter().find_map(|grid| header::told_kind(grid, mapping))?;
        catalog.inputs.get(told).filter(of_folder)
    }

    /// Files by the key of their kind, but for those of `published`, which are documents. A file in a folder of the catalogue
    /// whose name says nothing is named.
    pub fn by_kind(
        &self,
        catalog: &Catalog,
        published: &BTreeSet<String>,
        mapping: &Mapping,
        problems: &mut Vec<Problem>,
    ) -> BTreeMap<String, Vec<String>> {
        let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut folders: Vec<&str> = catalog.inputs.iter().map(|f| f.folder.as_str()).collect();
        folders.sort_unstable();
        folders.dedup();
        for folder in folders.into_iter().filter(|folder| !OWN_READERS.contains(folder)) {
            for path in self.sheets_in(folder).filter(|path| !published.contains(*path)) {
                let told = self.kind_told(catalog, folder, path, mapping);
                match told.or_else(|| kind_of(catalog, folder, path)) {
                    Some(spec) => files.entry(spec.key.clone()).or_default().push(path.to_owned()),
                    None => problems.push(unknown(catalog, folder, path)),
                }
            }
        }
        files
    }
}

/// True for the name of a file that holds sheets.
pub(crate) fn is_sheet(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default().to_lowercase();
    SHEETS.contains(&ending.as_str())
        && !path.to_lowercase().rsplit('/').next().unwrap_or_default().starts_with("readme")
}

/// The kind whose longest word the file's name contains, among those of a folder.
pub fn kind_of<'c>(catalog: &'c Catalog, folder: &str, path: &str) -> Option<&'c InputFile> {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let longest = |spec: &&InputFile| {
        spec.names.iter().filter(|word| name.contains(&word.to_lowercase())).map(|word| word.chars().count()).max()
    };
    catalog.inputs.iter().filter(|f| f.folder == folder).filter(|f| longest(f).is_some()).max_by_key(longest)
}

fn unknown(catalog: &Catalog, folder: &str, path: &str) -> Problem {
    let words: Vec<&str> = catalog
        .inputs
        .iter()
        .filter(|f| f.folder == folder)
        .filter_map(|f| f.names.first())
        .map(String::as_str)
        .collect();
    let message = format!("从文件名看不出是什么，没有读取；文件名里应有下列词之一：{}", words.join("、"));
    Problem::doubt(Place { file: Some(path.to_owned()), ..Place::default() }, message)
}

/// SHA-256 and length of a file.
fn digest(files: &dyn Files, path: &str) -> std::io::Result<(String, u64)> {
    let mut file = files.open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut total = 0;
    loop {
        let length = file.read(&mut buffer)?;
        if length == 0 {
            break;
        }
        hash.update(part(&buffer, ..length));
        total += length as u64;
    }
    Ok((hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect(), total))
}

fn doubt(name: &str, message: &str) -> Problem {
    Problem::doubt(Place { file: Some(name.to_owned()), ..Place::default() }, message)
}

fn fault(name: &str, message: impl Into<String>) -> Problem {
    Problem::fatal(Place { file: Some(name.to_owned()), ..Place::default() }, message)
}
