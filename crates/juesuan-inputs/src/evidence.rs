//! Files that prove what registers and performance sheets say. A row names them in its column 佐证; they lie in the folder
//! 佐证 beside the sheet. What is kept of them is name, length and digest.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use juesuan_catalog::Catalog;
use juesuan_facts::entry::names;
use juesuan_facts::performance::{EVIDENCE, FOLDER, WHOLE};
use juesuan_facts::record::Record;
use juesuan_model::{Evidence, Place, Problem};

use super::folder::Folder;

/// Key of the column that names the files.
const COLUMN: &str = "evidence";
/// Folders that have evidence.
const FOLDERS: [&str; 2] = [FOLDER, "registers"];
/// Columns that say what a row of a project is about, the first that is filled.
const SUBJECTS: [&str; 3] = ["level3", "indicator", "output"];

/// True for a path inside a folder of evidence.
pub fn is_evidence(relative: &str) -> bool {
    let mut parts = relative.split('/');
    parts.next().is_some_and(|folder| FOLDERS.contains(&folder)) && parts.next() == Some(EVIDENCE)
}

/// The files that rows name, in the order of their paths. A file that is named and is not there, or lies elsewhere, and a
/// file that nobody names are problems.
pub fn collect(
    files: &Folder<'_>,
    records: &BTreeMap<String, Vec<Record>>,
    catalog: &Catalog,
    problems: &mut Vec<Problem>,
) -> Vec<Evidence> {
    let present: BTreeSet<&str> = files.digests.keys().map(String::as_str).filter(|path| is_evidence(path)).collect();
    let mut proven: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let with_evidence = catalog.inputs.iter().filter(|file| file.column(COLUMN).is_some());
    for (file, row) in with_evidence.flat_map(|f| records.get(&f.key).into_iter().flatten().map(move |row| (f, row))) {
        for name in names(row.text(COLUMN)) {
            match find(name, &file.folder, &present) {
                Ok(path) => {
                    let proves = proven.entry(path).or_default();
                    let subject = subject(row);
                    if !proves.contains(&subject) {
                        proves.push(subject);
                    }
                }
                Err(message) => problems.push(Problem::contradiction(row.place(COLUMN), message)),
            }
        }
    }
    let mut evidence = Vec::new();
    for path in present {
        let place = || Place { file: Some(path.to_owned()), ..Place::default() };
        let Some(proves) = proven.remove(path) else {
            let message = "没有哪一行把它写作佐证；请在登记表或绩效指标的“佐证”列写上文件名，或移走";
            problems.push(Problem::doubt(place(), message));
            continue;
        };
        let bytes = files.lengths.get(path).copied().unwrap_or_default();
        if bytes == 0 {
            problems.push(Problem::doubt(place(), "是空文件，证明不了什么；请换成有内容的文件"));
        }
        let sha256 = files.digests.get(path).cloned().unwrap_or_default();
        evidence.push(Evidence { path: path.to_owned(), bytes, sha256, proves });
    }
    evidence
}

/// The path of a file by the name that a sheet of `folder` gives, with or without its ending.
fn find<'p>(name: &str, folder: &str, present: &BTreeSet<&'p str>) -> Result<&'p str, String> {
    let inside = name.replace('\\', "/");
    let escapes = inside.starts_with('/') || inside.contains(':') || inside.split('/').any(|part| part == "..");
    if escapes {
        return Err(format!("“{name}”指向别处；只能写 {folder}/{EVIDENCE}/ 里的文件名，请把文件放进去"));
    }
    let inside = inside.strip_prefix(&format!("{folder}/{EVIDENCE}/")).unwrap_or(&inside);
    let inside = inside.strip_prefix(&format!("{EVIDENCE}/")).unwrap_or(inside);
    let beside = FOLDERS.into_iter().filter(|other| *other != folder);
    for folder in std::iter::once(folder).chain(beside) {
        let path = format!("{folder}/{EVIDENCE}/{inside}");
        if let Some(found) = present.get(path.as_str()) {
            return Ok(found);
        }
        let stem = format!("{path}.");
        let mut ended = present
            .range::<str, _>((Bound::Included(stem.as_str()), Bound::Unbounded))
            .take_while(|found| found.starts_with(&stem));
        match (ended.next(), ended.next()) {
            (Some(found), None) => return Ok(found),
            (Some(first), Some(second)) => {
                return Err(format!("“{name}”有几个文件（{first}、{second}）；请写上扩展名"));
            }
            (None, _) => {}
        }
    }
    Err(format!("佐证文件“{name}”不在 {folder}/{EVIDENCE}/ 里；请放入这个文件，或改正文件名"))
}

/// What a row is about: project and indicator, or the row itself.
fn subject(row: &Record) -> String {
    match SUBJECTS.iter().find_map(|column| row.filled(column)) {
        Some(subject) => format!("{}／{subject}", row.filled("project").unwrap_or(WHOLE)),
        None => row.row_place().to_string(),
    }
}
