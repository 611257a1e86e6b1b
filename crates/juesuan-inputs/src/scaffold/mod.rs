//! A new input folder: commented files and entry sheets to fill in (`juesuan new`).
//!
//! Everything about columns, choices and causes comes from the catalogue. An entry sheet carries an example row; as long as
//! that stands there alone the file counts as not filled in, so that nothing is taken for “there was none”.
//!
//! - [`mod@workbook`] one workbook for everything
//! - [`entry_sheet`] one workbook per kind of input file; [`indicator_sheet`] indicators to copy
//! - `looks` faces, notes and printing of them all
//! - [`texts`] department.toml, narrative.toml, mapping.toml and the guide

pub mod entry_sheet;
pub mod indicator_sheet;
mod looks;
pub mod texts;
pub mod workbook;

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use juesuan_catalog::{Catalog, InputFile};
use juesuan_model::{BudgetUnit, UnitKind};
use rust_xlsxwriter::XlsxError;

use crate::whole::put_new;

/// What is known when a folder is made. Empty texts become placeholders to fill in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Full name of the department.
    pub name: String,
    /// Fiscal year.
    pub year: u16,
    /// Key of the variant in the catalogue.
    pub variant: String,
    /// 中央, 省, 市, 区, 县, 乡.
    pub level: String,
    /// Region as printed.
    pub region: String,
    /// Its units, headquarters first; none: headquarters alone.
    pub units: Vec<BudgetUnit>,
}

impl Answers {
    /// The units with which a folder begins; none where not even the name of the department is known.
    fn begun_units(&self, headquarters: &str) -> Vec<BudgetUnit> {
        let name = format!("{}{headquarters}", self.name);
        let alone = BudgetUnit { name, kind: UnitKind::Administrative, note: String::new() };
        match self.units.is_empty() {
            true if self.name.is_empty() => Vec::new(),
            true => vec![alone],
            false => self.units.clone(),
        }
    }
}

/// The word of a kind of unit, as it is read.
fn kind_word(kind: UnitKind) -> String {
    let word = serde_json::to_value(kind).ok();
    word.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

/// Folder of sheets that are not read from there: those for books, whose place exports take, and those that few need.
const SAMPLES: &str = "样表";

/// Folders beside the workbook: what comes from elsewhere.
const BESIDE: [&str; 2] = ["books", "prior"];
/// Folder of finished tables.
const TABLES: &str = "tables";

/// The files of a new folder, held until somebody writes or stores them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scaffold {
    /// Content by path below the folder.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Folders beside them, empty.
    pub folders: Vec<&'static str>,
}

impl Scaffold {
    /// The one workbook and the folders beside it.
    ///
    /// # Errors
    /// The library that writes workbooks.
    pub fn workbook(catalog: &Catalog, answers: &Answers) -> Result<Scaffold, XlsxError> {
        let files = BTreeMap::from([(catalog.entry.file.clone(), workbook::workbook(catalog, answers)?)]);
        Ok(Scaffold { files, folders: BESIDE.to_vec() })
    }

    /// Commented text files, and a workbook for each kind of sheet.
    ///
    /// # Errors
    /// The library that writes workbooks.
    pub fn sheets(catalog: &Catalog, answers: &Answers) -> Result<Scaffold, XlsxError> {
        let texts = [
            ("department.toml", texts::department(catalog, answers)),
            ("narrative.toml", texts::narrative(catalog, answers)),
            ("mapping.toml", texts::mapping(catalog)),
            ("README.md", texts::guide(catalog, answers)),
        ];
        let mut files: BTreeMap<String, Vec<u8>> =
            texts.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect();
        for spec in entered(catalog) {
            let sheet = entry_sheet::workbook(spec, answers.year, &catalog.performance.library)?;
            files.insert(path_of(spec), sheet);
        }
        Ok(Scaffold { files, folders: vec![TABLES] })
    }

    /// Writes the files that are not there yet; an existing one is never touched. Gives the paths of the new ones.
    ///
    /// # Errors
    /// A disk that takes no file.
    pub fn write(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        let mut made = Vec::new();
        for (relative, content) in &self.files {
            made.extend(put_absent(dir.join(relative), content)?);
        }
        self.folders.iter().try_for_each(|folder| std::fs::create_dir_all(dir.join(folder)))?;
        Ok(made)
    }
}

/// Makes a file where none is.
fn put_absent(path: PathBuf, content: &[u8]) -> io::Result<Option<PathBuf>> {
    match put_new(&path, content) {
        Ok(()) => Ok(Some(path)),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(None),
        Err(error) => Err(error),
    }
}

/// The kinds of files that belong to a department's folder.
pub fn entered(catalog: &Catalog) -> impl Iterator<Item = &InputFile> {
    catalog.inputs.iter().filter(|spec| !spec.folder.is_empty())
}

/// Where the entry sheet of a kind stands, relative to the folder.
pub fn path_of(spec: &InputFile) -> String {
    let title: String = spec.title.chars().filter(|c| !matches!(c, '“' | '”' | '/' | '\\' | ':')).collect();
    let title = match title.split_once('（') {
        Some((before, _)) => before.to_owned(),
        None => title,
    };
    let named = spec.names.iter().any(|word| title.to_lowercase().contains(&word.to_lowercase()));
    let name = if named { &title } else { spec.names.first().unwrap_or(&spec.key) };
    if spec.folder == "books" || spec.sample {
        format!("{}/{SAMPLES}/{name}.xlsx", spec.folder)
    } else {
        format!("{}/{name}.xlsx", spec.folder)
    }
}
