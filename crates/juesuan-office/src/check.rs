//! Findings of documents of any kind, read or compiled, alone or beside each other.

mod beside;
mod prior;
mod selection;
mod waivers;

use juesuan_catalog::Catalog;
use juesuan_check::Trial;
use juesuan_model::{DocumentKind, Package, Place, Problem};
use juesuan_read::Files;
use juesuan_text::Day;
use juesuan_write::report::Checked;

pub use prior::Stranger;
pub use selection::Selection;
pub use waivers::Waivers;

use crate::documents::{Detail, Found, each};
use crate::error::Error;
use crate::job::{Job, Phase};
use crate::judge;
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
}

/// What came of it.
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

/// Reads the documents and checks them, each by itself and beside the others.
///
/// # Errors
/// A path without documents, a document of an earlier year that cannot be read, a run that was called off. A document that
/// cannot be read is no error: it stands in the outcome.
pub fn check(request: &Request<'_>, catalog: &Catalog, job: Job<'_>) -> Result<Outcome, Error> {
    let prior = prior::read(request.prior, catalog, job)?;
    let mut outcome = Outcome::default();
    each(request.documents, catalog, job, Detail::Result, |found| {
        match found {
            Found::Document(seen) => outcome.documents.push(seen.into_checked()),
            Found::Refused(problem) => outcome.documents.push(refused(problem)),
            Found::Skipped(problem) => outcome.skipped.push(problem),
        }
        Ok(())
    })?;
    outcome.strangers = prior::strangers(&prior, &mut outcome.documents, catalog);
    let steps = job.phase(Phase::Checking, Some(1))?;
    let prior: Vec<&Package> = prior.iter().map(|prior| &prior.package).collect();
    beside::judge_all(&mut outcome.documents, &prior, catalog, request.trial);
    if let Some(waivers) = request.waivers {
        waivers.apply(&mut outcome.documents, request.today, catalog);
    }
    if let Some(selection) = request.selection {
        selection.apply(&mut outcome.documents);
    }
    steps.done()?;
    Ok(outcome)
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
