//! Trees of files → documents, one at a time.

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::Path;

use juesuan_catalog::Catalog;
use juesuan_model::{Gravity, Package, PageSize, Place, Problem};
use juesuan_read::FILE_BYTES_MAX;
use juesuan_read::file::bounded;
use juesuan_read::files::{Below, FileKind, full_name, joined};
use juesuan_read::{Files, Pages, package};
use juesuan_recognize::{Trace, Vocabulary};
use juesuan_write::report::Checked;

use crate::error::Error;
use crate::formats::{PAGE, SITE};
use crate::job::{Job, Phase};
use crate::manifest;
use crate::search::Search;

/// Where `compile` leaves those of units.
pub(crate) const UNITS: &str = "units";
/// What is said of what the system does not give.
pub(crate) const UNREAD: &str = "读不了";
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
    /// How large they are, from the first on, as far as pages are read.
    pub sizes: Vec<PageSize>,
    /// How it was read, where that was asked for.
    pub trace: Option<Box<Trace>>,
}

/// How much of the reading is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// What was recognised.
    #[default]
    Result,
    /// Also how: [`Seen::trace`].
    Trace,
}

/// What was found in a tree.
#[derive(Debug)]
pub enum Found {
    /// A document.
    Document(Box<Seen>),
    /// A document that cannot be read.
    Refused(Problem),
    /// A file in a folder that is no document.
    Skipped(Problem),
}

/// Every document of the trees, one at a time: files, folders with all below them, archives, and what `compile` left.
///
/// # Errors
/// A tree that is not there or without files, a folder that cannot be listed, or whatever `take` says.
pub fn each(
    trees: &[&dyn Files],
    catalog: &Catalog,
    job: Job<'_>,
    detail: Detail,
    take: impl FnMut(Found) -> Result<(), Error>,
) -> Result<(), Error> {
    each_in(Phase::Reading, trees, catalog, job, detail, take)
}

/// As [`each`], told as steps of a phase.
pub(crate) fn each_in(
    phase: Phase,
    trees: &[&dyn Files],
    catalog: &Catalog,
    job: Job<'_>,
    detail: Detail,
    mut take: impl FnMut(Found) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut search = Search::new(trees)?;
    let steps = job.phase(phase, None)?;
    let vocabulary = Vocabulary::new(catalog);
    let means = job.means();
    while let Some(item) = search.next() {
        if let Some(found) = search.told(item?.read(&means, &vocabulary, detail)?) {
            take(found)?;
            steps.done()?;
        }
    }
    steps.end();
    Ok(())
}

pub(crate) fn is_json(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

pub(crate) fn refused(name: String, problem: Problem) -> Found {
    let skipped = problem.gravity == Gravity::Doubt;
    let problem = Problem { place: Place { file: Some(name), ..problem.place }, ..problem };
    if skipped { Found::Skipped(problem) } else { Found::Refused(problem) }
}

/// The root of a tree; of a folder that holds outputs of `compile`, their packages or, where there are none, what was published without the
/// copies of it that belong to the pages of a site, and the other files.
pub(crate) fn roots(files: &dyn Files) -> Result<Vec<String>, Error> {
    let whole = vec![String::new()];
    if files.kind("") != Some(FileKind::Folder) {
        return Ok(whole);
    }
    let mut walk = Walk { files, copies: BTreeSet::new(), out: Vec::new() };
    walk.collect("", DEPTH)?;
    let compiled = walk.out.iter().any(|path| path.rsplit('/').next() == Some(package::NAME));
    Ok(if compiled || !walk.copies.is_empty() { walk.out } else { whole })
}

/// A walk through a folder.
struct Walk<'f> {
    files: &'f dyn Files,
    /// What manifests list of the sites beside their pages: tables, charts and downloads.
    copies: BTreeSet<String>,
    out: Vec<String>,
}

impl Walk<'_> {
    fn collect(&mut self, path: &str, depth: usize) -> Result<(), Error> {
        let files = self.files;
        if files.kind(path) != Some(FileKind::Folder) {
            if !self.copies.contains(path) {
                self.out.push(path.to_owned());
            }
            return Ok(());
        }
        let package = joined(path, package::NAME);
        if files.kind(&package) == Some(FileKind::File) {
            self.out.push(package);
            let units = joined(path, UNITS);
            let is_there = files.kind(&units) == Some(FileKind::Folder);
            return if is_there && depth > 0 { self.collect(&units, depth - 1) } else { Ok(()) };
        }
        if depth == 0 {
            return Ok(());
        }
        let listed = manifest::listed(&Below::new(files, path)).unwrap_or_default();
        self.copies.extend(listed.iter().filter(|file| is_of_site(file)).map(|file| joined(path, file)));
        let unlisted = |source| Error::Io { what: format!("读不了文件夹 {}", full_name(files, path)), source };
        let mut entries = files.list(path).map_err(unlisted)?;
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        for entry in entries {
            // A link to a folder may lead round in a circle.
            let aside = entry.name.starts_with(['.', '~']) || entry.link && entry.kind == FileKind::Folder;
            if !aside {
                self.collect(&joined(path, &entry.name), depth - 1)?;
            }
        }
        Ok(())
    }
}

/// True for a file that belongs to the page of a site.
fn is_of_site(path: &str) -> bool {
    let mut folders = path.split('/').rev().skip(1);
    let in_site = format!("{SITE}/{PAGE}");
    folders.any(|folder| folder == SITE) && path != in_site && !path.ends_with(&format!("/{in_site}"))
}

pub(crate) fn recognized(pages: &Pages, vocabulary: &Vocabulary<'_>, detail: Detail) -> Seen {
    let (read, trace) = match detail {
        Detail::Result => (juesuan_recognize::document_by(pages, vocabulary), None),
        Detail::Trace => {
            let (read, trace) = juesuan_recognize::traced(pages, vocabulary);
            (read, Some(Box::new(trace)))
        }
    };
    let unread = read.unread.into_iter().map(|unread| (unread.place, format!("“{}”：{}", unread.text, unread.reason)));
    Seen {
        file: pages.file.clone(),
        package: read.package,
        unread: unread.collect(),
        problems: read.problems,
        pages: read.pages,
        sizes: read.sizes,
        trace,
    }
}

/// A `package.json`.
pub(crate) fn of_package(files: &dyn Files, path: &str) -> Result<Found, Error> {
    let file = full_name(files, path);
    let unread = |source: io::Error| Error::Io { what: format!("{UNREAD} {file}"), source };
    let mut bytes = Vec::new();
    files.open(path).and_then(|content| content.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes)).map_err(unread)?;
    Ok(match bounded(&file, &bytes).and_then(|()| package::read(&file, &bytes)) {
        Ok(package) => {
            let unread = Vec::new();
            let reasons: Vec<&str> = package.document.draft_reasons.iter().map(String::as_str).collect();
            let place = || Place { file: Some(file.clone()), ..Place::default() };
            let draft = (!reasons.is_empty())
                .then(|| Problem::fatal(place(), format!("这是草稿，不得公开：{}", reasons.join("；"))));
            let problems = draft.into_iter().collect();
            let (pages, sizes) = (0, Vec::new());
            Found::Document(Box::new(Seen { file, package, unread, problems, pages, sizes, trace: None }))
        }
        Err(problem) => Found::Refused(problem),
    })
}

impl Seen {
    /// The document before anything was found in it.
    pub(crate) fn into_checked(self) -> Checked {
        Checked {
            file: self.file,
            package: self.package,
            unread: self.unread,
            problems: self.problems,
            pages: self.pages,
            sizes: self.sizes,
            ..Checked::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan_model::DocumentKind;

    #[test]
    fn an_empty_form_keeps_what_was_not_read_of_it() {
        let package = Package { kind: DocumentKind::Template, ..Package::default() };
        let problems = vec![Problem::doubt(Place::default(), "第2页没有读")];
        let (file, unread) = ("表样.pdf".to_owned(), Vec::new());
        let checked = Seen { file, package, unread, problems, pages: 2, sizes: Vec::new(), trace: None }.into_checked();
        assert!(!crate::judge::is_complete(&checked));
    }
}
