//! What belongs where in an input folder. What lies elsewhere is not read, and is named: a file that nobody reads must
//! not be taken for one that was.

use std::collections::BTreeMap;

use juesuan_facts::performance::EVIDENCE;
use juesuan_model::{Place, Problem};
use juesuan_read::Files;
use juesuan_read::files::{FileKind, joined};

/// Folder of what there is of last year.
pub const PRIOR: &str = "prior";
/// Folders that are read.
pub const FOLDERS: [&str; 7] = ["books", "tables", "budget", "registers", "performance", "prior", "units"];
/// Files that are read beside them.
pub const FILES: [&str; 3] = ["department.toml", "narrative.toml", "mapping.toml"];
/// Folders in which the same file twice is counted twice.
const COUNTED: [&str; 4] = ["books", "budget", "registers", "performance"];
/// Folders below a folder that are not to be read (entry sheets to look at), or have readers of their own.
const BELOW: [&str; 2] = ["样表", "books"];
/// Endings of workbooks, which are looked at beside the folders.
const WORKBOOKS: [&str; 3] = ["xlsx", "xlsm", "xls"];
/// File by which an output folder is known.
const OUTPUT: &str = "manifest.json";

/// True if the entry is read: a file or folder of the input.
pub fn is_read(relative: &str, kind: FileKind) -> bool {
    let is_folder = kind == FileKind::Folder;
    match relative.split('/').collect::<Vec<_>>().as_slice() {
        [name] if is_folder => FOLDERS.contains(name),
        [name] => FILES.contains(name) || is_workbook(name),
        ["units", ..] => true,
        ["prior", "books"] | [_, EVIDENCE] => true,
        [_, _] => !is_folder,
        _ => true,
    }
}

/// True for a file that may be the workbook in which everything is entered.
pub fn is_workbook(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    !name.contains('/') && WORKBOOKS.contains(&ending.as_str())
}

/// What is wrong with where the entry lies, if it is not read.
pub fn misplaced(files: &dyn Files, relative: &str, kind: FileKind, is_sheet: bool) -> Option<Problem> {
    let (name, inside) = relative.rsplit_once('/').map_or((relative, None), |(folder, name)| (name, Some(folder)));
    let is_folder = kind == FileKind::Folder;
    let message = match inside {
        None if is_folder && FILES.contains(&name) => {
            return Some(Problem::fatal(at(relative), "应是文件，这里却是文件夹；请改名，并放入同名的文件"));
        }
        None if !is_folder && FOLDERS.contains(&name) => {
            return Some(Problem::fatal(at(relative), "应是文件夹，这里却是文件；请改名，并建一个同名的文件夹"));
        }
        None if is_folder && files.kind(&joined(relative, OUTPUT)) == Some(FileKind::File) => return None,
        None if is_folder => format!("不是输入文件夹，里面的没有读取；输入放在 {}", FOLDERS.join("、")),
        None if is_sheet => {
            "放在这里的表格没有读取；账放进 books/，决算表放进 tables/，预算放进 budget/，登记表放进 registers/，绩效放进 performance/"
                .to_owned()
        }
        None => return None,
        Some(_) if is_folder && BELOW.contains(&name) => return None,
        Some(folder) if is_folder => format!("是文件夹，里面的没有读取；文件请直接放在 {folder}/ 里"),
        Some(_) => return None,
    };
    Some(Problem::doubt(at(relative), message))
}

/// Files that would be counted twice: the same content under two names, or one name in two formats.
pub fn doubles(digests: &BTreeMap<String, String>, is_sheet: impl Fn(&str) -> bool, problems: &mut Vec<Problem>) {
    for folder in COUNTED {
        let mut contents: BTreeMap<&str, &str> = BTreeMap::new();
        let mut stems: BTreeMap<&str, &str> = BTreeMap::new();
        for (path, digest) in digests.iter().filter(|(path, _)| is_sheet(path)) {
            let Some(name) = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) else { continue };
            if name.contains('/') {
                continue;
            }
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            if let Some(first) = contents.insert(digest, path) {
                problems.push(Problem::fatal(at(path), format!("内容与 {first} 完全相同，会重复计算；请只留一个")));
            } else if let Some(first) = stems.insert(stem, path) {
                let message = format!("与 {first} 同名，只是格式不同，像是同一份，会重复计算；请只留一个");
                // Entry sheets that nobody filled in lie in the other folders: there it may be harmless.
                let books = folder == "books";
                problems.push(if books {
                    Problem::fatal(at(path), message)
                } else {
                    Problem::doubt(at(path), message)
                });
            }
        }
    }
}

fn at(relative: &str) -> Place {
    Place { file: Some(relative.to_owned()), ..Place::default() }
}
