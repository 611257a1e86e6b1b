//! Last year's published documents in `prior/` of a department's folder, read.

use juesuan_catalog::Catalog;
use juesuan_compose::LastYear;
use juesuan_inputs::Published;
use juesuan_inputs::prior::{FOLDER, unused};
use juesuan_model::{DocumentKind, Entity, Package, Place, Problem};
use juesuan_read::files::{Entry, FileKind, joined};
use juesuan_read::{Files, package};
use juesuan_recognize::Vocabulary;
use juesuan_write::report::kind;

use crate::documents::{Detail, Found, UNITS, of_package};
use crate::error::Error;
use crate::job::{Job, Phase};
use crate::search::{Item, Told};

/// Endings of documents that are published.
const DOCUMENTS: [&str; 9] = ["pdf", "docx", "doc", "wps", "html", "htm", "ofd", "mht", "zip"];
/// Endings of files that are documents or sheets to fill in.
const SHEETS: [&str; 2] = ["xlsx", "xls"];
/// Endings of files that other readers look at, or that say how sheets are read.
const OTHERS: [&str; 4] = ["csv", "txt", "tsv", "toml"];
/// Ending of packages.
const PACKAGES: [&str; 1] = ["json"];

/// How files begin that tell people what a folder is for.
const README: &str = "readme";

/// What was found.
pub(crate) struct Read {
    documents: Vec<Published>,
    /// What is wrong with files that were not used.
    pub(crate) problems: Vec<Problem>,
}

/// Tells whether last year's accounts of the one may be those of the other.
pub(crate) fn fits(catalog: &Catalog) -> impl Fn(&Entity, &Entity) -> bool + Sync {
    move |prior, entity| juesuan_check::may_be_prior(prior, entity, catalog)
}

impl Read {
    /// The final accounts among them.
    pub(crate) fn into_documents(self) -> Vec<Published> {
        self.documents
    }

    /// For the composer.
    pub(crate) fn with<'a>(&mut self, fits: &'a (dyn Fn(&Entity, &Entity) -> bool + Sync)) -> LastYear<'a> {
        LastYear { documents: std::mem::take(&mut self.documents), fits }
    }
}

/// Reads what lies in `prior/` of the department and of its units and is no input of another kind.
///
/// # Errors
/// A disk that does not give what lies there, a run that was called off.
pub(crate) fn read(folder: &dyn Files, catalog: &Catalog, job: Job<'_>) -> Result<Read, Error> {
    let mut out = Read { documents: Vec::new(), problems: Vec::new() };
    let units = folder.list(UNITS).unwrap_or_default();
    let of_units = units.iter().filter(|entry| !entry.name.starts_with('.')).map(|entry| joined(UNITS, &entry.name));
    let folders = std::iter::once(String::new()).chain(of_units).map(|body| joined(&body, FOLDER));
    let (files, strange): (Vec<String>, Vec<String>) =
        folders.flat_map(|prior| candidates(folder, &prior)).partition(|file| is_readable(file));
    let at = |file: String| Place { file: Some(file), ..Place::default() };
    out.problems.extend(strange.into_iter().map(|file| unused(at(file), &catalog.origins.prior.strange, catalog)));
    if files.is_empty() {
        return Ok(out);
    }
    let steps = job.phase(Phase::ReadingPrior, Some(files.len()))?;
    let vocabulary = Vocabulary::new(catalog);
    let means = job.means();
    for file in files {
        if has_ending(&file, &PACKAGES) {
            out.take(&file, of_package(folder, &file)?, catalog);
            steps.done()?;
            continue;
        }
        for source in juesuan_read::sources(folder, &file) {
            if let Told::Found(found) = Item::Source(source).read(&means, &vocabulary, Detail::Result)? {
                out.take(&file, found, catalog);
            }
        }
        steps.done()?;
    }
    Ok(out)
}

/// What a document is that is no final accounts.
pub(crate) fn no_accounts(package: &Package) -> String {
    format!("是{}，不是决算", kind(package))
}

/// Files that may be documents, packages in folders of their own, and files that nobody reads; in the order of their names.
fn candidates(folder: &dyn Files, prior: &str) -> Vec<String> {
    let entries = folder.list(prior).unwrap_or_default();
    let shown = entries.into_iter().filter(|entry| !entry.name.starts_with(['.', '~']));
    let path = |entry: Entry| match entry.kind {
        FileKind::File => Some(entry.name).filter(|name| name != package::NAME && !is_aside(name)),
        // The output of another body, whole.
        FileKind::Folder => {
            let inside = joined(&entry.name, package::NAME);
            (folder.kind(&joined(prior, &inside)) == Some(FileKind::File)).then_some(inside)
        }
        FileKind::Other => None,
    };
    let mut names: Vec<String> = shown.filter_map(path).collect();
    names.sort();
    names.iter().map(|name| joined(prior, name)).collect()
}

/// True for files of other readers.
fn is_aside(name: &str) -> bool {
    has_ending(name, &OTHERS) || name.to_lowercase().starts_with(README)
}

fn is_readable(file: &str) -> bool {
    has_ending(file, &DOCUMENTS) || has_ending(file, &SHEETS) || has_ending(file, &PACKAGES)
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

impl Read {
    fn take(&mut self, file: &str, found: Found, catalog: &Catalog) {
        // A workbook that is no document is a sheet to fill in, and whoever reads those says what is wrong with it.
        let is_sheet = has_ending(file, &SHEETS);
        let reason = match found {
            Found::Document(seen) if seen.package.kind == DocumentKind::Final => {
                return self.documents.push(Published { file: file.to_owned(), package: seen.package });
            }
            Found::Document(_) | Found::Refused(_) | Found::Skipped(_) if is_sheet => return,
            Found::Document(seen) => no_accounts(&seen.package),
            Found::Refused(problem) | Found::Skipped(problem) => problem.message,
        };
        let place = Place { file: Some(file.to_owned()), ..Place::default() };
        self.problems.push(unused(place, &reason, catalog));
    }
}
