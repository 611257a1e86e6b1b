//! A department's folder before it is compiled, and a bureau's own list of codes.

use std::fs;
use std::path::{Path, PathBuf};

use juesuan_catalog::{Catalog, Codes};
use juesuan_inputs::import::Imported;
use juesuan_inputs::scaffold::{Answers, scaffold, workbook};
use juesuan_inputs::{classification, import};

use crate::apart::apart_for;
use crate::error::Error;
use crate::folder::put_file;
use crate::state::State;

/// In what a department enters its figures and texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// One workbook.
    Workbook,
    /// A folder with text files and a workbook for each kind of sheet.
    Folder,
}

/// Makes the files of a new folder that are not there yet; gives their paths. Variant and level may be said in other usual words.
///
/// # Errors
/// [`Error::NoVariant`] for a variant whose documents nobody can write in that year, [`Error::NoLevel`], and a disk that takes no
/// file.
pub fn new(folder: &Path, answers: &Answers, entry: Entry, catalog: &Catalog) -> Result<Vec<PathBuf>, Error> {
    let unmade = |source| Error::Io { what: format!("建不了 {}", folder.display()), source };
    let answers = called(answers, catalog)?;
    match entry {
        Entry::Workbook => workbook(folder, catalog, &answers),
        Entry::Folder => scaffold(folder, catalog, &answers),
    }
    .map_err(unmade)
}

/// The answers with the keys of variant and level.
fn called(answers: &Answers, catalog: &Catalog) -> Result<Answers, Error> {
    let variant = catalog.variant_called(&answers.variant).map(str::to_owned);
    let is_written = |key: &String| catalog.writable().any(|own| own.key == *key && own.since <= answers.year);
    let Some(variant) = variant.filter(is_written) else {
        let mut known: Vec<String> =
            catalog.writable().map(|variant| format!("{}（{}）", variant.key, variant.name)).collect();
        known.dedup();
        return Err(Error::NoVariant { asked: answers.variant.clone(), known });
    };
    let level = match catalog.level_called(&answers.level) {
        Some(key) => key.to_owned(),
        None if answers.level.is_empty() => String::new(),
        None => {
            let known = catalog.sections.phrases.level.keys().cloned().collect();
            return Err(Error::NoLevel { asked: answers.level.clone(), known });
        }
    };
    Ok(Answers { variant, level, ..answers.clone() })
}

/// Fills a folder from a workbook of the ministry's software. What could not be placed is named: then the run ends unread.
///
/// # Errors
/// [`Error::Inputs`] where nothing could be made of the workbook; nothing was written.
pub fn import(workbook: &Path, folder: &Path, catalog: &Catalog) -> Result<(Imported, State), Error> {
    let name = workbook.display().to_string();
    let imported = apart_for(&name, || import::import(workbook, folder, catalog))
        .unwrap_or_else(|lost| Err(vec![lost]))
        .map_err(Error::Inputs)?;
    let state = if imported.problems.is_empty() { State::Clean } else { State::Unread };
    Ok((imported, state))
}

/// Which classification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Classification {
    /// 支出功能分类.
    Function,
    /// 部门预算支出经济分类.
    Economic,
}

impl Classification {
    /// The list of a catalogue, and where it stands in an overlay.
    fn list(self, catalog: &Catalog) -> (&Codes, &'static str) {
        match self {
            Classification::Function => (&catalog.functions, "codes/function.tsv"),
            Classification::Economic => (&catalog.economics, "codes/economic.tsv"),
        }
    }
}

/// Writes a bureau's full list of codes into the folder of its overlay; gives the file and how many codes were taken in.
///
/// # Errors
/// [`Error::Inputs`] where the list has faults, and a disk that takes no file.
pub fn import_codes(
    list: &Path,
    kind: Classification,
    overlay: &Path,
    catalog: &Catalog,
) -> Result<(PathBuf, usize), Error> {
    let (known, path) = kind.list(catalog);
    let (text, count) = classification::import(list, known, catalog).map_err(Error::Inputs)?;
    let target = overlay.join(path);
    if let Some(folder) = target.parent() {
        let unmade = |source| Error::Io { what: format!("建不了文件夹 {}", folder.display()), source };
        fs::create_dir_all(folder).map_err(unmade)?;
    }
    put_file(&target, text.as_bytes())?;
    Ok((target, count))
}
