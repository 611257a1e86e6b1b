//! Checked packages to the files of an output with its manifest: what compiling and evaluating share.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use juesuan_catalog::Catalog;
use juesuan_facts::Filing;
use juesuan_model::package::Report;
use juesuan_model::{Package, Tally};
use juesuan_read::package::APPROVAL;
use juesuan_write::Approval;
use juesuan_write::report::{Teller, ToldFinding, ToldRelation};

use crate::apart::each;
use crate::digest::{Fingerprint, Fingerprinting, first_groups, of_catalog, sha256};
use crate::error::Error;
use crate::faces::Faces;
use crate::formats::{self, Format, SITE};
use crate::job::{Job, Phase};
use crate::manifest::{Covered, MANIFEST, Manifest};
use crate::outlet::Outlet;
use crate::press::{Press, Printed, pages};
use crate::reason::DraftReason;
use crate::state::State;
use crate::unshown::Unshown;

/// A package, where its files go below the output, and what was found.
#[derive(Clone, Debug)]
pub struct Issue {
    /// Empty, or a folder ending with `/`.
    pub folder: String,
    /// What is written. Why it is a draft is printed in it.
    pub package: Package,
    /// Why it is a draft; empty: it may be published.
    pub draft_reasons: Vec<DraftReason>,
    /// What was found.
    pub report: Report,
    /// The findings in words.
    pub findings: Vec<ToldFinding>,
    /// The relations in words.
    pub ledger: Vec<ToldRelation>,
}

impl Issue {
    /// A document that is for use inside the department and is not checked.
    pub(crate) fn internal(folder: String, package: Package) -> Issue {
        Issue::new(folder, package, Report::default())
    }

    fn new(folder: String, package: Package, report: Report) -> Issue {
        // Whoever composes a document says only what is lacking in it.
        let draft_reasons = package.document.draft_reasons.iter().cloned().map(DraftReason::Lacking).collect();
        Issue { folder, package, draft_reasons, report, findings: Vec::new(), ledger: Vec::new() }
    }

    /// A package with what was found in it.
    pub(crate) fn checked(folder: String, package: Package, report: Report, catalog: &Catalog) -> Issue {
        let teller = Teller::new(catalog, &package, &report, "");
        let findings = report.findings.iter().map(|finding| ToldFinding::new(finding, &teller)).collect();
        let ledger = ToldRelation::all(&report.relations, &teller);
        Issue { findings, ledger, ..Issue::new(folder, package, report) }
    }

    /// Makes it a draft for a reason that is not that something is lacking.
    pub(crate) fn withhold(&mut self, reason: DraftReason) {
        self.package.document.draft_reasons.push(reason.to_string());
        self.draft_reasons.push(reason);
    }

    /// Characters that these faces do not show as what they are. A package in which a box is printed for one is a draft.
    pub(crate) fn see(&mut self, faces: &Faces) -> Result<Vec<Unshown>, Error> {
        let unshown = Unshown::all(&self.package, faces)?;
        let boxed: Vec<char> = unshown.iter().filter(|u| u.is_boxed()).map(|unshown| unshown.character()).collect();
        if !boxed.is_empty() {
            self.withhold(DraftReason::Boxed(boxed));
        }
        Ok(unshown)
    }
}

/// Which files are made, with what faces, and from what the packages were made.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    /// Approval, publication and the like.
    pub filing: &'a Filing,
    /// SHA-256 of each input file.
    pub inputs: &'a BTreeMap<String, String>,
    /// The list of what is missing.
    pub list: Option<&'a [u8]>,
    /// Formats.
    pub formats: &'a [Format],
    /// Faces, found for these formats.
    pub faces: &'a Faces,
}

/// What was written.
#[derive(Clone, Debug)]
pub struct Published {
    /// How the run ends.
    pub state: State,
    /// Each document, and whether it may be published.
    pub documents: Vec<Covered>,
    /// What was found in each of them.
    pub found: Vec<Found>,
    /// Why it is a draft, by the name of each document; empty: everything may be published.
    pub draft_reasons: Vec<(String, DraftReason)>,
    /// Formats that could not be made, with the reason for people.
    pub missing: Vec<String>,
    /// Characters that are not shown as what they are; [`crate::unshown::told`] says where they stand in the input.
    pub unshown: Vec<Unshown>,
    /// SHA-256 of each file of faces with which something was set or drawn, by its name.
    pub faces: BTreeMap<String, String>,
    /// Files that were written, the manifest among them.
    pub files: usize,
    /// The code that stands for the whole output.
    pub fingerprint: Fingerprint,
}

/// What was found in a document, for people.
#[derive(Clone, Debug)]
pub struct Found {
    /// Whose.
    pub name: String,
    /// Of which year.
    pub year: u16,
    /// The findings.
    pub findings: Vec<ToldFinding>,
    /// The four counts.
    pub tally: Tally,
}

impl From<&Issue> for Found {
    fn from(issue: &Issue) -> Found {
        let Issue { package, report, findings, .. } = issue;
        let (name, year) = (package.entity.name.clone(), package.entity.year);
        Found { name, year, findings: findings.clone(), tally: Tally::of(&report.relations) }
    }
}

/// Writes every package in every format, and the manifest, into `outlet`. Whoever gave the outlet makes it public once this
/// has come back well.
///
/// # Errors
/// A library that cannot write a format, an outlet that takes no file, a run that was called off.
pub fn publish(
    issues: Vec<Issue>,
    target: &Target<'_>,
    outlet: &dyn Outlet,
    catalog: &Catalog,
    job: Job<'_>,
) -> Result<Published, Error> {
    let steps = job.phase(Phase::Writing, Some(issues.len() * formats::in_order(target.formats).count()))?;
    let press = Press { formats: target.formats, faces: target.faces, outlet, catalog, steps: &steps };
    let (whole, units): (Vec<Issue>, Vec<Issue>) = issues.into_iter().partition(|issue| issue.folder.is_empty());
    let units: Vec<Mutex<Option<Issue>>> = units.into_iter().map(|unit| Mutex::new(Some(unit))).collect();
    let take = |unit: &Mutex<Option<Issue>>| unit.lock().unwrap_or_else(PoisonError::into_inner).take();
    let one = |number: usize| units.get(number).and_then(take).map(|unit| press.print(unit, &[])).transpose();
    let units: Vec<Printed> = each(units.len(), one)?.into_iter().flatten().collect();
    let pages = pages(&units);
    let whole = whole.into_iter().map(|issue| press.print(issue, &pages)).collect::<Result<Vec<Printed>, Error>>()?;
    bound(whole.into_iter().chain(units).collect(), target, outlet, catalog)
}

/// Writes the list of what is missing, the manifest and the sheet of approval of documents that were printed, the department's first.
pub(crate) fn bound(
    printed: Vec<Printed>,
    target: &Target<'_>,
    outlet: &dyn Outlet,
    catalog: &Catalog,
) -> Result<Published, Error> {
    let mut manifest = Manifest::begun(target, catalog);
    let whose = printed.first().map(|own| (own.found.name.clone(), own.found.year));
    let (mut unshown, mut ledgers, mut found) = (Vec::new(), Vec::new(), Vec::new());
    let (mut state, mut missing) = (State::Clean, Vec::<String>::new());
    let (mut draft_reasons, mut documents) = (Vec::new(), Vec::new());
    for own in printed {
        state = state.max(own.state);
        manifest.files.extend(own.digests);
        // What is lacking for one document is lacking for all: it is told once.
        missing.extend(own.missing.into_iter().filter(|new| !missing.contains(new)).collect::<Vec<String>>());
        unshown.extend(own.unshown.into_iter().filter(|new| !unshown.contains(new)).collect::<Vec<_>>());
        let name = &own.found.name;
        draft_reasons.extend(own.draft_reasons.into_iter().map(|reason| (name.clone(), reason)));
        documents.push(own.covered);
        ledgers.push(own.ledger);
        found.push(own.found);
    }
    if !missing.is_empty() {
        state = state.max(State::Unread);
    }
    if !draft_reasons.is_empty() {
        manifest.draft_reasons = draft_reasons.iter().map(|(name, reason)| format!("{name}：{reason}")).collect();
        manifest.publishable = false;
        state = state.max(State::Errors);
    }
    if documents.len() > 1 {
        manifest.documents.clone_from(&documents);
    }
    if let Some(list) = target.list {
        manifest.files.insert(catalog.asks.file.clone(), sha256(list));
        outlet.put(&catalog.asks.file, list.to_vec())?;
    }
    manifest.tally = found.iter().map(|own: &Found| own.tally).sum();
    manifest.findings = found.iter().flat_map(|own| &own.findings).cloned().collect();
    let mut fingerprint = Fingerprint::of(&[]);
    outlet.put_with(MANIFEST, &mut |sink| {
        let mut sink = Fingerprinting::new(sink);
        manifest.write_with(&ledgers, &mut sink)?;
        fingerprint = sink.end();
        Ok(())
    })?;
    let mut files = manifest.files.len() + 1;
    // There is nothing to sign below a draft.
    if documents.iter().any(|document| document.publishable) {
        outlet.put(APPROVAL, sheet(whose, &documents, &manifest, fingerprint, catalog)?)?;
        files += 1;
    }
    let faces = manifest.faces;
    Ok(Published { state, documents, found, draft_reasons, missing, unshown, faces, files, fingerprint })
}

/// Writes the list of what is missing and a manifest, where no document can be made.
///
/// # Errors
/// As [`publish`].
pub fn publish_list(target: &Target<'_>, outlet: &dyn Outlet, catalog: &Catalog) -> Result<(), Error> {
    let draft_reasons = vec![catalog.asks.read.faults.clone()];
    let mut manifest = Manifest { publishable: false, draft_reasons, ..Manifest::begun(target, catalog) };
    if let Some(list) = target.list {
        manifest.files.insert(catalog.asks.file.clone(), sha256(list));
        outlet.put(&catalog.asks.file, list.to_vec())?;
    }
    outlet.put(MANIFEST, manifest.written()?)
}

/// The sheet on which a person approves the output. It is made from the code and therefore no part of what the code covers.
fn sheet(
    whose: Option<(String, u16)>,
    documents: &[Covered],
    manifest: &Manifest,
    code: Fingerprint,
    catalog: &Catalog,
) -> Result<Vec<u8>, Error> {
    let (name, year) = whose.unwrap_or_default();
    let of = |path: &str| {
        let own = documents.iter().filter(|document| path.starts_with(document.folder.as_str()));
        own.max_by_key(|document| document.folder.len())
    };
    let covered = |path: &str| path != catalog.asks.file && of(path).is_none_or(|document| document.publishable);
    let files = manifest.files.iter().filter(|(path, _)| covered(path));
    let mut files: Vec<(String, String)> = files.map(|(path, digest)| (path.clone(), first_groups(digest))).collect();
    let named = |publishable: bool| -> Vec<&str> {
        let own = documents.iter().filter(|document| document.publishable == publishable);
        own.map(|document| document.name.as_str()).collect()
    };
    let (whole, drafts) = (named(true), named(false));
    // Documents stand before the parts of sites, the department before its units.
    files.sort_by_key(|(path, _)| (path.split('/').any(|folder| folder == SITE), path.matches('/').count()));
    let approval =
        Approval { name: &name, year, code: &code.to_string(), files: &files, whole: &whole, drafts: &drafts };
    juesuan_write::approval(&approval, catalog).map_err(|source| Error::Write { what: APPROVAL, source: source.into() })
}

impl Manifest {
    /// Of what an output is made, before anything is in it.
    fn begun(target: &Target<'_>, catalog: &Catalog) -> Manifest {
        Manifest {
            program: format!("juesuan {}", env!("CARGO_PKG_VERSION")),
            catalog_sha256: of_catalog(catalog),
            filing: target.filing.clone(),
            inputs: target.inputs.clone(),
            faces: target.faces.digests(),
            files: BTreeMap::new(),
            publishable: true,
            documents: Vec::new(),
            draft_reasons: Vec::new(),
            tally: Tally::default(),
            findings: Vec::new(),
            ledger: Vec::new(),
        }
    }
}
