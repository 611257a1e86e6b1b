//! What people name on the command line → documents, one at a time.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use juesuan_catalog::Catalog;
use juesuan_model::{Gravity, Package, Place, Problem};

use crate::exit::{Exit, Refused};

/// A package as `compile` leaves it.
const PACKAGE: &str = "package.json";
/// Where `compile` leaves those of units.
const UNITS: &str = "units";
/// Deepest folder that is looked into.
const DEPTH: usize = 12;

/// A document that was read.
#[derive(Debug)]
pub struct Seen {
    /// Name of the file as the user gave it.
    pub file: String,
    /// What was recognised.
    pub package: Package,
    /// What was not: where, and what it is.
    pub unread: Vec<(Place, String)>,
    /// Faults of the file.
    pub problems: Vec<Problem>,
    /// Pages; 0 where the format has none.
    pub pages: u32,
}

/// What was found at a path.
#[derive(Debug)]
pub enum Found {
    /// A document.
    Document(Box<Seen>),
    /// A document that cannot be read.
    Refused(Problem),
    /// A file in a folder that is no document.
    Skipped(Problem),
}

/// Every document that `paths` name, one at a time: files, folders with all below them, archives, and what `compile` left.
///
/// # Errors
/// A path that does not exist, a folder that cannot be listed, or whatever `take` says.
pub fn each(paths: &[PathBuf], catalog: &Catalog, mut take: impl FnMut(Found) -> Result<()>) -> Result<()> {
    for path in paths {
        if !path.exists() {
            let message = format!("没有 {}；请检查路径", path.display());
            return Err(Refused::error(Exit::Unread, message));
        }
    }
    for path in paths {
        let mut found = 0usize;
        for root in roots(path)? {
            if root.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
                found += 1;
                take(package(&root)?)?;
                continue;
            }
            for (name, pages) in juesuan_read::documents(&root) {
                found += 1;
                take(match pages {
                    Ok(pages) => Found::Document(Box::new(recognized(&pages, catalog))),
                    Err(problem) => refused(name, problem),
                })?;
            }
        }
        if found == 0 {
            return Err(Refused::error(Exit::Unread, format!("{}：文件夹里没有文件", path.display())));
        }
    }
    Ok(())
}

fn refused(name: String, problem: Problem) -> Found {
    let skipped = problem.gravity == Gravity::Doubt;
    let problem = Problem { place: Place { file: Some(name), ..problem.place }, ..problem };
    if skipped { Found::Skipped(problem) } else { Found::Refused(problem) }
}

/// A path itself; of a folder that holds outputs of `compile`, their packages and the other files.
fn roots(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut out = Vec::new();
    collect(path, DEPTH, &mut out)?;
    let compiled = out.iter().any(|file| file.file_name().is_some_and(|name| name == PACKAGE));
    Ok(if compiled { out } else { vec![path.to_owned()] })
}

fn collect(path: &Path, depth: usize, out: &mut Vec<PathBuf>) -> Result<()> {
    if !path.is_dir() {
        out.push(path.to_owned());
        return Ok(());
    }
    let package = path.join(PACKAGE);
    if package.is_file() {
        out.push(package);
        return match path.join(UNITS) {
            units if units.is_dir() && depth > 0 => collect(&units, depth - 1, out),
            _ => Ok(()),
        };
    }
    if depth == 0 {
        return Ok(());
    }
    let whole = || format!("读不了文件夹 {}", path.display());
    let mut entries = fs::read_dir(path).with_context(whole)?.collect::<Result<Vec<_>, _>>().with_context(whole)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let hidden = entry.file_name().to_string_lossy().starts_with(['.', '~']);
        // A link to a folder may lead round in a circle.
        let kind = entry.file_type().with_context(whole)?;
        if !(hidden || kind.is_symlink() && entry.path().is_dir()) {
            collect(&entry.path(), depth - 1, out)?;
        }
    }
    Ok(())
}

fn recognized(pages: &juesuan_read::Pages, catalog: &Catalog) -> Seen {
    let read = juesuan_recognize::document(pages, catalog);
    let unread = read.unread.into_iter().map(|unread| (unread.place, format!("“{}”：{}", unread.text, unread.reason)));
    Seen {
        file: pages.file.clone(),
        package: read.package,
        unread: unread.collect(),
        problems: read.problems,
        pages: read.pages,
    }
}

/// A `package.json`.
fn package(path: &Path) -> Result<Found> {
    let file = path.display().to_string();
    let bytes = fs::read(path).with_context(|| format!("读不了 {file}"))?;
    Ok(match serde_json::from_slice::<Package>(&bytes) {
        Ok(package) => {
            Found::Document(Box::new(Seen { file, package, unread: Vec::new(), problems: Vec::new(), pages: 0 }))
        }
        Err(error) => {
            let line = u32::try_from(error.line()).ok().filter(|line| *line > 0);
            let place = Place { file: Some(file), line, ..Place::default() };
            let message = "不是本程序写出的 package.json，或已损坏；请换成输出文件夹里的原文件";
            Found::Refused(Problem::fatal(place, message))
        }
    })
}
