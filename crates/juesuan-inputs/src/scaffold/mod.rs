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

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use juesuan_catalog::{Catalog, InputFile};

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
}

/// Folder of sheets that are not read from there: those for books, whose place exports take, and those that few need.
const SAMPLES: &str = "样表";

/// Folders beside the workbook: what comes from elsewhere.
const BESIDE: [&str; 2] = ["books", "prior"];

/// Makes the one workbook and the folders beside it; an existing file is never touched. Returns the paths of the new files.
pub fn workbook(dir: &Path, catalog: &Catalog, answers: &Answers) -> io::Result<Vec<PathBuf>> {
    let book = workbook::workbook(catalog, answers).map_err(io::Error::other)?;
    let made = put_absent(dir.join(&catalog.entry.file), &book)?;
    BESIDE.iter().try_for_each(|folder| std::fs::create_dir_all(dir.join(folder)))?;
    Ok(made.into_iter().collect())
}

/// Makes a file where none is.
fn put_absent(path: PathBuf, content: &[u8]) -> io::Result<Option<PathBuf>> {
    match put_new(&path, content) {
        Ok(()) => Ok(Some(path)),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(None),
        Err(error) => Err(error),
    }
}

/// Makes the files that are not there yet; an existing file is never touched. Returns the paths of the new files.
pub fn scaffold(dir: &Path, catalog: &Catalog, answers: &Answers) -> io::Result<Vec<PathBuf>> {
    let mut made = Vec::new();
    let mut make = |relative: &str, content: &[u8]| -> io::Result<()> {
        made.extend(put_absent(dir.join(relative), content)?);
        Ok(())
    };
    make("department.toml", texts::department(catalog, answers).as_bytes())?;
    make("narrative.toml", texts::narrative(catalog, answers).as_bytes())?;
    make("mapping.toml", texts::mapping(catalog).as_bytes())?;
    make("README.md", texts::guide(catalog, answers).as_bytes())?;
    for spec in entered(catalog) {
        make(
            &path_of(spec),
            &entry_sheet::workbook(spec, answers.year, &catalog.performance.library).map_err(io::Error::other)?,
        )?;
    }
    std::fs::create_dir_all(dir.join("tables"))?;
    Ok(made)
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
