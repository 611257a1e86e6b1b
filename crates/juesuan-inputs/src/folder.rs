//! The files of an input folder, and of which kind each is.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use juesuan_catalog::{Catalog, InputFile};
use juesuan_model::{Place, Problem};
use sha2::{Digest, Sha256};

use super::arrangement::{doubles, is_read, misplaced};
use super::evidence::is_evidence;

/// Folders inside the input folder that hold no tables of the catalogue's kinds: they have readers of their own.
const OWN_READERS: [&str; 2] = ["books", "tables"];

/// Endings of files that hold sheets.
const SHEETS: [&str; 5] = ["csv", "txt", "tsv", "xlsx", "xls"];

/// The files of a folder.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// The folder.
    pub root: PathBuf,
    /// Path relative to the folder with `/` → SHA-256 in hexadecimal digits.
    pub digests: BTreeMap<String, String>,
}

impl Folder {
    /// Lists and digests the input below `root`; hidden files and the lock files of office programs are left out, what
    /// lies where nothing is read is named.
    pub fn list(root: &Path, problems: &mut Vec<Problem>) -> Folder {
        let mut folder = Folder { root: root.to_owned(), digests: BTreeMap::new() };
        if root.is_dir() {
            folder.walk(root, "", problems);
            doubles(&folder.digests, is_sheet, problems);
        } else {
            let message = if root.exists() {
                "是文件，不是部门年度文件夹"
            } else {
                "没有这个文件夹；请检查路径"
            };
            problems.push(fault(&root.display().to_string(), message));
        }
        folder
    }

    fn walk(&mut self, path: &Path, relative: &str, problems: &mut Vec<Problem>) {
        let entries = match std::fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) => {
                let name = if relative.is_empty() { path.display().to_string() } else { relative.to_owned() };
                return problems.push(fault(&name, format!("读不了这个文件夹，请检查权限（{error}）")));
            }
        };
        let mut names: Vec<String> = entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        for name in names.iter().filter(|name| !name.starts_with('.') && !name.starts_with("~$")) {
            let below = if relative.is_empty() { name.clone() } else { format!("{relative}/{name}") };
            let path = path.join(name);
            let link = std::fs::symlink_metadata(&path).is_ok_and(|m| m.is_symlink());
            if !path.is_dir() && !path.is_file() {
                problems.push(doubt(
                    &below,
                    "打不开，没有读取：可能是失效的快捷方式，或文件名有不能识别的字符；请换成文件本身",
                ));
            } else if !is_read(&path, &below) {
                problems.extend(misplaced(&path, &below, is_sheet(&below)));
            } else if path.is_dir() && link {
                // A link to a folder could lead back here.
                problems.push(doubt(&below, "是指向别处的链接（快捷方式），没有读取；请把文件夹本身放进来"));
            } else if link && is_evidence(&below) {
                problems.push(doubt(&below, "是指向别处的链接（快捷方式），不能作佐证；请把文件本身放进来"));
            } else if path.is_dir() {
                self.walk(&path, &below, problems);
            } else {
                match digest(&path) {
                    Ok(digest) => {
                        self.digests.insert(below, digest);
                    }
                    Err(error) => {
                        problems.push(fault(&below, format!("读不了，请检查权限，或关闭正在使用它的程序（{error}）")))
                    }
                }
            }
        }
    }

    /// True if the file is there.
    pub fn has(&self, relative: &str) -> bool {
        self.digests.contains_key(relative)
    }

    /// The text of a file, whatever its encoding; `None` and a problem if it cannot be read.
    pub fn text(&self, relative: &str, problems: &mut Vec<Problem>) -> Option<String> {
        let read = juesuan_read::file::bytes(&self.root.join(relative), relative)
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

    /// Files by the key of their kind. A file in a folder of the catalogue whose name says nothing is named.
    pub fn by_kind(&self, catalog: &Catalog, problems: &mut Vec<Problem>) -> BTreeMap<String, Vec<String>> {
        let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut folders: Vec<&str> = catalog.inputs.iter().map(|f| f.folder.as_str()).collect();
        folders.sort_unstable();
        folders.dedup();
        for folder in folders.into_iter().filter(|folder| !OWN_READERS.contains(folder)) {
            for path in self.sheets_in(folder) {
                match kind_of(catalog, folder, path) {
                    Some(spec) => files.entry(spec.key.clone()).or_default().push(path.to_owned()),
                    None => problems.push(unknown(catalog, folder, path)),
                }
            }
        }
        files
    }
}

fn is_sheet(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default().to_lowercase();
    SHEETS.contains(&ending.as_str())
        && !path.to_lowercase().rsplit('/').next().unwrap_or_default().starts_with("readme")
}

/// The kind whose longest word the file's name contains.
fn kind_of<'c>(catalog: &'c Catalog, folder: &str, path: &str) -> Option<&'c InputFile> {
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

fn digest(path: &Path) -> std::io::Result<String> {
    let mut file = std::fs::File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let length = file.read(&mut buffer)?;
        if length == 0 {
            break;
        }
        hash.update(&buffer[..length]);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn doubt(name: &str, message: &str) -> Problem {
    Problem::doubt(Place { file: Some(name.to_owned()), ..Place::default() }, message)
}

fn fault(name: &str, message: impl Into<String>) -> Problem {
    Problem::fatal(Place { file: Some(name.to_owned()), ..Place::default() }, message)
}
