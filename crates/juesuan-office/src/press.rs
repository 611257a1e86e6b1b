//! The files of one document: written, and only what the whole output needs of it is kept.

use juesuan_catalog::Catalog;
use juesuan_model::Tally;
use juesuan_write::Page;

use crate::digest::sha256;
use crate::error::Error;
use crate::faces::Faces;
use crate::formats::{self, Format, PAGE, SITE};
use crate::job::Steps;
use crate::judge;
use crate::manifest::{Covered, Ledger};
use crate::outlet::Outlet;
use crate::publish::{Found, Issue};
use crate::reason::DraftReason;
use crate::state::State;
use crate::unshown::Unshown;

/// With what documents are written, and where to.
pub(crate) struct Press<'a> {
    pub(crate) formats: &'a [Format],
    pub(crate) faces: &'a Faces,
    pub(crate) outlet: &'a dyn Outlet,
    pub(crate) catalog: &'a Catalog,
    pub(crate) steps: &'a Steps<'a>,
}

/// What stays of a document when its files stand there.
pub(crate) struct Printed {
    pub(crate) covered: Covered,
    /// How a run with it ends.
    pub(crate) state: State,
    pub(crate) draft_reasons: Vec<DraftReason>,
    pub(crate) found: Found,
    /// SHA-256 by path below the output.
    pub(crate) digests: Vec<(String, String)>,
    /// Formats that could not be made, for people.
    pub(crate) missing: Vec<String>,
    /// Characters that are not shown as what they are.
    pub(crate) unshown: Vec<Unshown>,
    pub(crate) ledger: Ledger,
}

impl Press<'_> {
    /// Writes a document, with links to the pages of others.
    pub(crate) fn print(&self, mut issue: Issue, pages: &[Page]) -> Result<Printed, Error> {
        let unshown = issue.see(self.faces)?;
        let formats = (self.formats, self.faces);
        let made = formats::write(&issue.package, &unshown, &issue.ledger, formats, pages, self.catalog, self.steps)?;
        let mut digests = Vec::new();
        for file in made.files {
            let path = format!("{}{}", issue.folder, file.path);
            digests.push((path.clone(), sha256(&file.bytes)));
            self.outlet.put(&path, file.bytes)?;
        }
        let (state, ledger) = (judge::of_report(&issue.report), Ledger::of(&issue.ledger)?);
        let tally = Tally::of(&issue.report.relations);
        let Issue { folder, package, draft_reasons, findings, .. } = issue;
        let (name, year) = (package.entity.name, package.entity.year);
        let covered = Covered { name: name.clone(), folder, publishable: draft_reasons.is_empty() };
        let found = Found { name, year, findings, tally };
        Ok(Printed { covered, state, draft_reasons, found, digests, missing: made.missing, unshown, ledger })
    }
}

/// The pages of the units, as the page of the department sees them. What may not be published is not linked from what is.
pub(crate) fn pages(units: &[Printed]) -> Vec<Page> {
    let publishable = units.iter().map(|unit| &unit.covered).filter(|unit| unit.publishable);
    let page = |unit: &Covered| Page { name: unit.name.clone(), address: format!("../{}{SITE}/{PAGE}", unit.folder) };
    publishable.map(page).collect()
}
