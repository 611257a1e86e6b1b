//! How far a department's folder is: what is missing, who asks for it, what was read, and what of it has been held against each other.
//! All of it is computed; nothing is ticked off by a person.

use std::io::{self, Write};

use juesuan_catalog::Catalog;
use juesuan_compose::{Accounts, Stopped, Tail};
use juesuan_model::{Entity, Need, Problem, Severity, Tally};
use juesuan_read::Files;
use juesuan_write::AskCell;

use crate::compile::{Compiled, Order, compile};
use crate::error::Error;
use crate::job::Job;
use crate::list::{Asked, Item, Listed};
use crate::outlet::Outlet;
use crate::publish::{Found, Published};
use crate::reason::DraftReason;

/// How far a folder is.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// What is asked and what was answered.
    pub listed: Listed,
    /// True if faults of the inputs keep anything from being made.
    pub is_stopped: bool,
    /// The relations of all documents, by how they were judged.
    pub tally: Tally,
    /// Findings that are errors.
    pub errors: usize,
    /// Why documents are drafts, by the name of each.
    pub draft_reasons: Vec<(String, DraftReason)>,
    /// Everything wrong with the files.
    pub problems: Vec<Problem>,
    /// What was read from the books and of last year, a line each.
    pub reading: Vec<String>,
    /// What units paid each other and was taken out: payer, receiver, kind, amount in 元.
    pub eliminated: Vec<[String; 4]>,
}

/// So much of so much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// So much is done.
    pub done: usize,
    /// Of this.
    pub of: usize,
}

/// How far a folder is: everything of a run but the files.
///
/// # Errors
/// A run that was called off; what is wrong with the inputs is no error but part of the answer.
pub fn standing(folder: &dyn Files, catalog: &Catalog, job: Job<'_>) -> Result<Standing, Error> {
    let order = Order { tail: Tail::Keep, formats: &[], fonts: &[] };
    match compile(folder, &order, &Nowhere, catalog, job) {
        Ok(made) => Ok(Standing::of(&made, folder, catalog)),
        Err(Error::Stopped(stopped)) => Ok(Standing::of_stopped(*stopped, folder, catalog)),
        Err(Error::Inputs(problems)) => Ok(Standing::of_stopped(problems.into(), folder, catalog)),
        Err(error) => Err(error),
    }
}

impl Standing {
    /// Of what was made of a folder.
    pub fn of(made: &Compiled, folder: &dyn Files, catalog: &Catalog) -> Standing {
        let Published { found, draft_reasons, .. } = &made.published;
        Standing::judged_as(&made.accounts, found, draft_reasons.clone(), (folder, catalog))
    }

    /// Of accounts and what was found in each of their documents.
    pub(crate) fn judged_as<U>(
        accounts: &Accounts<U>,
        found: &[Found],
        draft_reasons: Vec<(String, DraftReason)>,
        (folder, catalog): (&dyn Files, &Catalog),
    ) -> Standing {
        let findings = found.iter().flat_map(|own| &own.findings);
        Standing {
            listed: Listed::of(&Asked::of(accounts), folder, catalog),
            is_stopped: false,
            tally: found.iter().map(|own| own.tally).sum(),
            errors: findings.filter(|finding| finding.severity == Severity::Error).count(),
            draft_reasons,
            problems: accounts.problems.clone(),
            reading: accounts.reading.lines().map(str::to_owned).collect(),
            eliminated: accounts
                .eliminations
                .iter()
                .map(|own| [own.payer.to_string(), own.receiver.to_string(), own.kind.clone(), own.amount.to_string()])
                .collect(),
        }
    }

    /// Of a folder of which nothing was made.
    pub fn of_stopped(stopped: Stopped, folder: &dyn Files, catalog: &Catalog) -> Standing {
        let listed = Listed::of(&Asked::of_stopped(&stopped), folder, catalog);
        Standing { listed, is_stopped: true, problems: stopped.problems, ..Standing::default() }
    }

    /// Whose documents these are; without a name where not even that is known.
    pub fn entity(&self) -> &Entity {
        &self.listed.entity
    }

    /// Relations that were judged, of those that apply.
    pub fn judged(&self) -> Share {
        let done = self.tally.holds + self.tally.broken;
        Share { done, of: done + self.tally.unreadable }
    }

    /// Questions that were answered in a list, of those that were asked and not left to the person.
    pub fn answered(&self) -> Share {
        let done = self.listed.items.iter().filter(|item| item.need.is_none()).count();
        let is_asked = |item: &&Item| item.need > Some(Need::May) && item.cell != AskCell::Nothing;
        Share { done, of: done + self.listed.items.iter().filter(is_asked).count() }
    }

    /// Questions without whose answer the documents stay drafts.
    pub fn musts(&self) -> usize {
        self.listed.items.iter().filter(|item| item.is_must()).count()
    }

    /// True if nothing is in the way of publishing what would be made now.
    pub fn is_publishable(&self) -> bool {
        !self.is_stopped && self.draft_reasons.is_empty()
    }
}

/// Takes files and keeps none.
struct Nowhere;

impl Outlet for Nowhere {
    fn put(&self, _path: &str, _bytes: Vec<u8>) -> Result<(), Error> {
        Ok(())
    }

    fn put_with(&self, path: &str, fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
        fill(&mut io::sink()).map_err(|source| Error::Io { what: path.to_owned(), source })
    }
}
