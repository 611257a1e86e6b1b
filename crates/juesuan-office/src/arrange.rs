//! Where files that somebody sends belong in a department's folder: people drop what they have, and the folder has its order.

use juesuan_catalog::Catalog;
use juesuan_inputs::FOLDERS;
use juesuan_inputs::arrangement::{FILES, PRIOR};
use juesuan_inputs::folder::kind_of;
use juesuan_inputs::import::Imported;
use juesuan_read::files::{FileKind, joined};
use juesuan_read::{Files, Grid, Memory, package};

use crate::documents::UNITS;
use crate::error::Error;
use crate::list::{Given, given};
use crate::manifest::MANIFEST;
use crate::prepare::import_into;

/// Endings of documents that are published: of an earlier year, for this year's are made here.
const DOCUMENTS: [&str; 8] = ["pdf", "docx", "doc", "wps", "html", "htm", "ofd", "mht"];
/// Endings of files that hold sheets.
const WORKBOOKS: [&str; 3] = ["xlsx", "xlsm", "xls"];
const TEXTS: [&str; 3] = ["csv", "txt", "tsv"];
/// Where exports of the accounting system lie.
const BOOKS: &str = "books";
/// Deepest folder that is looked into.
const DEPTH: usize = 12;

/// What becomes of a file that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It belongs there, as it is.
    At(String),
    /// A workbook of the ministry's software, as these files.
    Imported(Imported),
    /// A list of what was missing, filled in: its answers belong beside those that are there.
    Answers(Vec<Given>),
    /// Nothing that the folder has a place for.
    Strange,
}

/// Files that were sent, and what becomes of each, in the order of their paths. With `wish` (one of the folders, or empty for the
/// folder itself) they go where a person says.
///
/// # Errors
/// A tree whose files cannot be listed or read.
pub fn arrange(
    sent: &dyn Files,
    wish: Option<&str>,
    profile: &dyn Files,
    catalog: &Catalog,
) -> Result<Vec<(String, Arrival)>, Error> {
    let mut paths = Vec::new();
    walk(sent, "", DEPTH, &mut paths)?;
    paths.sort();
    if let Some(output) = output(&paths).filter(|_| wish.is_none()) {
        return Ok(of_output(&paths, &output));
    }
    let of = |path: String| {
        let name = if path.is_empty() { sent.name() } else { path.as_str() };
        let arrival = match wish {
            Some(folder) => Arrival::At(joined(folder, last(name))),
            None => by_itself(sent, &path, name, profile, catalog)?,
        };
        Ok((name.to_owned(), arrival))
    };
    paths.into_iter().map(of).collect()
}

fn walk(sent: &dyn Files, folder: &str, depth: usize, out: &mut Vec<String>) -> Result<(), Error> {
    if folder.is_empty() && sent.kind("") == Some(FileKind::File) {
        out.push(String::new());
        return Ok(());
    }
    let unread = |source| Error::Io { what: joined(sent.name(), folder), source };
    for entry in sent.list(folder).map_err(unread)?.iter().filter(|entry| !entry.name.starts_with(['.', '~'])) {
        let path = joined(folder, &entry.name);
        match entry.kind {
            FileKind::Folder if depth > 0 => walk(sent, &path, depth - 1, out)?,
            FileKind::File => out.push(path),
            _ => {}
        }
    }
    Ok(())
}

/// The folder with an output of this program.
fn output(paths: &[String]) -> Option<String> {
    let is_there = |folder: &&str| paths.iter().any(|path| *path == joined(folder, package::NAME));
    let manifests = paths.iter().filter(|path| last(path) == MANIFEST);
    manifests.map(|path| above(path)).find(is_there).map(str::to_owned)
}

/// An output of last year: its packages say everything that stands in its other files.
fn of_output(paths: &[String], output: &str) -> Vec<(String, Arrival)> {
    let packages = paths.iter().filter(|path| last(path) == package::NAME);
    let place = |path: &String| {
        let below = path.strip_prefix(output)?.trim_start_matches('/');
        let parts: Vec<&str> = below.split('/').collect();
        match parts.as_slice() {
            [name] => Some((path.clone(), Arrival::At(joined(PRIOR, name)))),
            [UNITS, unit, name] => Some((path.clone(), Arrival::At(joined(&joined(PRIOR, unit), name)))),
            _ => None,
        }
    };
    packages.filter_map(place).collect()
}

/// A file by its path, its name and what stands in it.
fn by_itself(
    sent: &dyn Files,
    path: &str,
    name: &str,
    profile: &dyn Files,
    catalog: &Catalog,
) -> Result<Arrival, Error> {
    if let Some(placed) = placed(name) {
        return Ok(Arrival::At(placed));
    }
    let file = last(name);
    if FILES.contains(&file) {
        return Ok(Arrival::At(file.to_owned()));
    }
    if file == package::NAME || has_ending(file, &DOCUMENTS) {
        return Ok(Arrival::At(joined(PRIOR, file)));
    }
    if has_ending(file, &WORKBOOKS) {
        let bytes = juesuan_read::file::bytes_of(sent, path, name).map_err(|problem| Error::Inputs(vec![problem]))?;
        if let Some(arrival) = of_workbook(file, &bytes, profile, catalog) {
            return Ok(arrival);
        }
    } else if !has_ending(file, &TEXTS) {
        return Ok(Arrival::Strange);
    }
    let known = FOLDERS.iter().filter_map(|folder| kind_of(catalog, folder, file));
    let word = |names: &[String]| {
        let inside = |word: &&String| file.to_lowercase().contains(&word.to_lowercase());
        names.iter().filter(inside).map(|word| word.chars().count()).max()
    };
    let folder = known.max_by_key(|kind| word(&kind.names)).map_or(BOOKS, |kind| kind.folder.as_str());
    Ok(Arrival::At(joined(folder, file)))
}

/// Where a file stays that lies in one of the folders already.
fn placed(name: &str) -> Option<String> {
    let parts: Vec<&str> = name.split('/').collect();
    let folders = parts.len().saturating_sub(1);
    let first = parts.iter().take(folders).position(|part| FOLDERS.contains(part))?;
    parts.get(first..).map(|parts| parts.join("/"))
}

/// What a workbook is by its sheets: that of the department, a list of what was missing, one of the ministry's software.
fn of_workbook(file: &str, bytes: &[u8], profile: &dyn Files, catalog: &Catalog) -> Option<Arrival> {
    let grids = juesuan_read::grids_entered(file, bytes).ok()?;
    if grids.iter().any(|grid| catalog.entry.sheet(&grid.sheet).is_some()) {
        return Some(Arrival::At(file.to_owned()));
    }
    if grids.iter().any(|grid: &Grid| grid.sheet.trim() == catalog.asks.sheet) {
        return Some(Arrival::Answers(given(file, bytes, catalog)));
    }
    // What an earlier import left is replaced: only the profile is looked at.
    let imported = import_into(&only_profile(profile), file, bytes, catalog).ok()?;
    Some(Arrival::Imported(imported.0)).filter(|_| grids.len() > 1)
}

/// What a folder says of the department, without anything else.
fn only_profile(folder: &dyn Files) -> Memory {
    let mut only = Memory::folder(folder.name());
    let entries = folder.list("").unwrap_or_default().into_iter();
    for entry in entries.filter(|entry| entry.kind == FileKind::File) {
        if let Ok(bytes) = juesuan_read::files::content(folder, &entry.name) {
            only.put(&entry.name, bytes);
        }
    }
    only
}

fn above(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(above, _)| above)
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}
