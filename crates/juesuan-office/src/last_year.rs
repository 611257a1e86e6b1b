//! Last year's published documents in `prior/` of a department's folder, read.

use juesuan_catalog::Catalog;
use juesuan_compose::LastYear;
use juesuan_inputs::Published;
use juesuan_inputs::prior::FOLDER;
use juesuan_model::{DocumentKind, Entity, Place, Problem};
use juesuan_read::files::{FileKind, joined};
use juesuan_read::sight::Blind;
use juesuan_read::{Files, Means, package};
use juesuan_recognize::Vocabulary;
use juesuan_write::report::kind;

use crate::documents::{Detail, Found, UNITS};
use crate::error::Error;
use crate::job::{Job, Phase};
use crate::search::{Item, Told};

/// Endings of documents that are published.
const DOCUMENTS: [&str; 8] = ["pdf", "docx", "doc", "wps", "html", "htm", "ofd", "mht"];
/// Endings of files that are documents or sheets to fill in.
const SHEETS: [&str; 2] = ["xlsx", "xls"];

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
    let files: Vec<String> = std::iter::once(String::new())
        .chain(of_units)
        .flat_map(|body| candidates(folder, &joined(&body, FOLDER)))
        .collect();
    if files.is_empty() {
        return Ok(out);
    }
    let steps = job.phase(Phase::ReadingPrior, Some(files.len()))?;
    let vocabulary = Vocabulary::new(catalog);
    let means = Means { sight: &Blind, interpreter: job.interpreter() };
    for file in files {
        for source in juesuan_read::sources(folder, &file) {
            if let Told::Found(found) = Item::Source(source).read(&means, &vocabulary, Detail::Result)? {
                out.take(&file, found);
            }
        }
        steps.done()?;
    }
    Ok(out)
}

/// Files that may be documents, in the order of their names.
fn candidates(folder: &dyn Files, prior: &str) -> Vec<String> {
    let entries = folder.list(prior).unwrap_or_default();
    let mut names: Vec<String> = entries
        .into_iter()
        .filter(|entry| entry.kind == FileKind::File && !entry.name.starts_with(['.', '~']))
        .map(|entry| entry.name)
        .filter(|name| name != package::NAME && (has_ending(name, &DOCUMENTS) || has_ending(name, &SHEETS)))
        .collect();
    names.sort();
    names.iter().map(|name| joined(prior, name)).collect()
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

impl Read {
    fn take(&mut self, file: &str, found: Found) {
        // A workbook that is no document is a sheet to fill in, and whoever reads those says what is wrong with it.
        let is_sheet = has_ending(file, &SHEETS);
        let unused = match found {
            Found::Document(seen) if seen.package.kind == DocumentKind::Final => {
                return self.documents.push(Published { file: file.to_owned(), package: seen.package });
            }
            Found::Document(_) | Found::Refused(_) | Found::Skipped(_) if is_sheet => return,
            Found::Document(seen) => format!("是{}，不是决算", kind(&seen.package)),
            Found::Refused(problem) | Found::Skipped(problem) => problem.message,
        };
        let place = Place { file: Some(file.to_owned()), ..Place::default() };
        self.problems.push(Problem::doubt(place, format!("没有使用：{unused}")));
    }
}
