//! Findings of documents of any kind, read or compiled, alone or beside each other.

mod alone;
mod beside;
mod gather;
mod prior;
mod selection;
mod waivers;

use std::borrow::Cow;

use juesuan_catalog::Catalog;
use juesuan_check::{Beside, Card, Trial};
use juesuan_model::{Compared, DocumentKind, Package, Place, Problem};
use juesuan_read::Files;
use juesuan_text::Day;
use juesuan_write::report::{Checked, Documents, each};

pub use alone::{Alone, Single};
pub use prior::Stranger;
pub use selection::Selection;
pub use waivers::Waivers;

use self::gather::Gathered;
use crate::cache::Cache;
use crate::error::Error;
use crate::job::Job;
use crate::judge;
use crate::shelf::Shelf;
pub use crate::shelf::taken_up;
use crate::state::State;

/// What is checked, and against what.
#[derive(Clone, Copy, Default)]
pub struct Request<'a> {
    /// Documents, folders, archives; several are held against each other.
    pub documents: &'a [&'a dyn Files],
    /// Documents of earlier years that are compared with and not checked.
    pub prior: &'a [&'a dyn Files],
    /// What somebody answers for.
    pub waivers: Option<&'a Waivers>,
    /// The day on which waivers are judged by their last day; without it they are not.
    pub today: Option<Day>,
    /// Whether the rules on trial run too.
    pub trial: Trial,
    /// Which laws and rules are spoken of; all without it.
    pub selection: Option<&'a Selection>,
    /// Results of earlier runs; not asked where documents of earlier years are given.
    pub cache: Option<&'a Cache>,
    /// Whether a run that is called off gives what it has: [`Batch::missing`] says what it has not.
    pub partial: bool,
}

/// What came of it, with every document in memory.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The documents in the order given, also those that could not be read.
    pub documents: Vec<Checked>,
    /// Files in folders that are no documents.
    pub skipped: Vec<Problem>,
    /// Documents of earlier years that belong to none of those checked.
    pub strangers: Vec<Stranger>,
}

impl Outcome {
    /// How the run ends: as its gravest document.
    pub fn state(&self) -> State {
        self.documents.iter().map(judge::state).max().unwrap_or_default()
    }
}

/// What came of it, with the documents put down: they are taken up one at a time, however many there are.
pub struct Batch {
    /// Documents that were not looked at any more when the run was called off.
    pub missing: Vec<String>,
    shelf: Shelf,
    cards: Vec<Card>,
    beside: Vec<Beside>,
    /// Files in folders that are no documents.
    pub skipped: Vec<Problem>,
    /// Documents of earlier years that belong to none of those checked.
    pub strangers: Vec<Stranger>,
}

impl Batch {
    /// How the run ends: as its gravest document.
    pub fn state(&self) -> State {
        self.shelf.state()
    }

    /// Findings that are errors.
    pub fn errors(&self) -> usize {
        self.shelf.errors()
    }

    /// The documents that were held against each other, by their numbers, and how.
    pub fn compared(&self) -> Vec<(usize, usize, Compared)> {
        let own = self.beside.iter().enumerate();
        own.flat_map(|(one, beside)| beside.compared().into_iter().map(move |(other, how)| (one, other, how))).collect()
    }

    /// Documents that print the same numbers (`true`) or almost (`false`), by their numbers.
    pub fn alike(&self) -> Vec<(Vec<usize>, bool)> {
        juesuan_check::alike(&self.cards)
    }

    /// The document with this file.
    pub fn of_file(&self, file: &str) -> Option<Cow<'_, Checked>> {
        let number = self.cards.iter().position(|card| card.file == file)?;
        self.document(number).ok()
    }
}

impl Documents for Batch {
    fn count(&self) -> usize {
        self.shelf.count()
    }

    fn document(&self, number: usize) -> Result<Cow<'_, Checked>, juesuan_write::Error> {
        self.shelf.document(number)
    }
}

/// Reads the documents and checks them, each by itself and beside the others.
///
/// # Errors
/// A path without documents, a document of an earlier year that cannot be read, a run that was called off. A document that
/// cannot be read is no error: it stands in the outcome.
pub fn check(request: &Request<'_>, catalog: &Catalog, job: Job<'_>) -> Result<Outcome, Error> {
    let batch = batch(request, catalog, job)?;
    let documents = each(&batch).map(|document| document.map(Cow::into_owned)).collect::<Result<_, _>>();
    Ok(Outcome { documents: documents.map_err(taken_up)?, skipped: batch.skipped, strangers: batch.strangers })
}

/// As [`check`], for any number of documents: a few are in memory at a time.
///
/// # Errors
/// As [`check`], and a disk that takes no temporary file.
pub fn batch(request: &Request<'_>, catalog: &Catalog, job: Job<'_>) -> Result<Batch, Error> {
    let prior = prior::read(request.prior, catalog, job)?;
    let packages: Vec<&Package> = prior.iter().map(|prior| &prior.package).collect();
    let Gathered { mut shelf, cards, skipped, missing } = gather::gather(request, &packages, catalog, job)?;
    let strangers = prior::strangers(&prior, (&mut shelf, &cards), catalog)?;
    // What was called off is finished with what there is.
    let job = if missing.is_empty() { job } else { job.uncancelled() };
    let beside = beside::judge_all((&mut shelf, &cards), &packages, catalog, (request.trial, job))?;
    if let Some(waivers) = request.waivers {
        waivers.apply((&mut shelf, &cards), request.today, catalog)?;
    }
    if let Some(selection) = request.selection {
        selection.apply(&mut shelf)?;
    }
    Ok(Batch { missing, shelf, cards, beside, skipped, strangers })
}

/// A file of which nothing could be read.
fn refused(problem: Problem) -> Checked {
    Checked {
        file: problem.place.file.clone().unwrap_or_default(),
        package: Package { kind: DocumentKind::Unknown, ..Package::default() },
        problems: vec![Problem { place: Place { file: None, ..problem.place }, ..problem }],
        ..Checked::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_which_nothing_was_read_ends_unread_under_its_name() {
        let refused = refused(Problem::fatal(Place { file: Some("a.pdf".to_owned()), ..Place::default() }, "坏"));
        assert_eq!((refused.file.as_str(), judge::state(&refused)), ("a.pdf", State::Unread));
    }
}
