//! Checked packages to the files of an output with its manifest: what compiling and evaluating share.

use std::collections::BTreeMap;

use juesuan_catalog::Catalog;
use juesuan_facts::Filing;
use juesuan_model::package::Report;
use juesuan_model::{Package, Tally};
use juesuan_read::package::APPROVAL;
use juesuan_write::report::{Teller, ToldFinding, ToldRelation};
use juesuan_write::{Approval, Page};
use rayon::prelude::*;

use crate::digest::{Fingerprint, first_groups, of_catalog, sha256};
use crate::error::Error;
use crate::faces::Faces;
use crate::formats::{self, Format, SITE};
use crate::job::{Job, Phase, Steps};
use crate::judge;
use crate::manifest::{Covered, MANIFEST, Manifest};
use crate::outlet::Outlet;
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
    /// Why it is a draft, by the name of each document; empty: everything may be published.
    pub draft_reasons: Vec<(String, DraftReason)>,
    /// Formats that could not be made, with the reason for people.
    pub missing: Vec<String>,
    /// Characters that are not shown as what they are; [`crate::unshown::told`] says where they stand in the input.
    pub unshown: Vec<Unshown>,
    /// Files that were written, the manifest among them.
    pub files: usize,
    /// The code that stands for the whole output.
    pub fingerprint: Fingerprint,
}

/// Writes every package in every format, and the manifest, into `outlet`. Whoever gave the outlet makes it public once this
/// has come back well.
///
/// # Errors
/// A library that cannot write a format, an outlet that takes no file, a run that was called off.
pub fn publish(
    mut issues: Vec<Issue>,
    target: &Target<'_>,
    outlet: &dyn Outlet,
    catalog: &Catalog,
    job: Job<'_>,
) -> Result<Published, Error> {
    let mut manifest = Manifest::begun(target, catalog);
    let whose = issues.first().map(|issue| (issue.package.entity.name.clone(), issue.package.entity.year));
    let steps = job.phase(Phase::Writing, Some(issues.len() * formats::in_order(target.formats).count()))?;
    let written = write_all(&mut issues, target, catalog, outlet, &steps)?;
    let mut unshown = Vec::new();
    let (mut state, mut missing) = (State::Clean, Vec::<String>::new());
    let (mut draft_reasons, mut documents) = (Vec::new(), Vec::new());
    for (issue, written) in issues.into_iter().zip(written) {
        let written = written?;
        state = state.max(judge::of_report(&issue.report));
        manifest.files.extend(written.digests);
        // What is lacking for one document is lacking for all: it is told once.
        missing.extend(written.missing.into_iter().filter(|new| !missing.contains(new)).collect::<Vec<String>>());
        unshown.extend(written.unshown.into_iter().filter(|new| !unshown.contains(new)).collect::<Vec<_>>());
        let name = &issue.package.entity.name;
        let (folder, publishable) = (issue.folder.clone(), issue.draft_reasons.is_empty());
        documents.push(Covered { name: name.clone(), folder, publishable });
        draft_reasons.extend(issue.draft_reasons.iter().map(|reason| (name.clone(), reason.clone())));
        manifest.take(issue);
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
    let bytes = manifest.written()?;
    let fingerprint = Fingerprint::of(&bytes);
    outlet.put(MANIFEST, bytes)?;
    let mut files = manifest.files.len() + 1;
    // There is nothing to sign below a draft.
    if documents.iter().any(|document| document.publishable) {
        outlet.put(APPROVAL, sheet(whose, &documents, &manifest, fingerprint, catalog)?)?;
        files += 1;
    }
    Ok(Published { state, documents, draft_reasons, missing, unshown, files, fingerprint })
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

/// Writes every package, several at a time.
fn write_all(
    issues: &mut [Issue],
    target: &Target<'_>,
    catalog: &Catalog,
    outlet: &dyn Outlet,
    steps: &Steps<'_>,
) -> Result<Vec<Result<Written, Error>>, Error> {
    let shown: Vec<Vec<Unshown>> =
        issues.par_iter_mut().map(|issue| of_faces(issue, target.faces)).collect::<Result<_, _>>()?;
    let pages = pages(issues);
    let one = |(issue, unshown): (&Issue, Vec<Unshown>)| {
        let pages = if issue.folder.is_empty() { pages.as_slice() } else { &[] };
        write((issue, unshown, pages), target, catalog, outlet, steps)
    };
    Ok(issues.par_iter().zip(shown).map(one).collect())
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

/// What was written of one package.
struct Written {
    /// SHA-256 by path below the output.
    digests: Vec<(String, String)>,
    /// Formats that could not be made, for people.
    missing: Vec<String>,
    /// Characters that are not shown as what they are.
    unshown: Vec<Unshown>,
}

/// Characters that are not shown as what they are. A package in which a box is printed for one is a draft.
fn of_faces(issue: &mut Issue, faces: &Faces) -> Result<Vec<Unshown>, Error> {
    let unshown = Unshown::all(&issue.package, faces)?;
    let boxed: Vec<char> = unshown.iter().filter(|u| u.is_boxed()).map(|unshown| unshown.character()).collect();
    if !boxed.is_empty() {
        issue.withhold(DraftReason::Boxed(boxed));
    }
    Ok(unshown)
}

/// The pages of the units, as the page of the department sees them. What may not be published is not linked from what is.
fn pages(issues: &[Issue]) -> Vec<Page> {
    let units = issues.iter().filter(|issue| !issue.folder.is_empty() && issue.draft_reasons.is_empty());
    units
        .map(|unit| Page {
            name: unit.package.entity.name.clone(),
            address: format!("../{}{SITE}/index.html", unit.folder),
        })
        .collect()
}

/// Writes one package.
fn write(
    (issue, unshown, pages): (&Issue, Vec<Unshown>, &[Page]),
    target: &Target<'_>,
    catalog: &Catalog,
    outlet: &dyn Outlet,
    steps: &Steps<'_>,
) -> Result<Written, Error> {
    let formats = (target.formats, target.faces);
    let made = formats::write(&issue.package, &unshown, &issue.ledger, formats, pages, catalog, steps)?;
    let mut digests = Vec::new();
    for file in made.files {
        let path = format!("{}{}", issue.folder, file.path);
        digests.push((path.clone(), sha256(&file.bytes)));
        outlet.put(&path, file.bytes)?;
    }
    Ok(Written { digests, missing: made.missing, unshown })
}

impl Manifest {
    /// Of what an output is made, before anything is in it.
    fn begun(target: &Target<'_>, catalog: &Catalog) -> Manifest {
        Manifest {
            program: format!("juesuan {}", env!("CARGO_PKG_VERSION")),
            catalog_sha256: of_catalog(catalog),
            filing: target.filing.clone(),
            inputs: target.inputs.clone(),
            faces: target.faces.digests().clone(),
            files: BTreeMap::new(),
            publishable: true,
            documents: Vec::new(),
            draft_reasons: Vec::new(),
            tally: Tally::default(),
            findings: Vec::new(),
            ledger: Vec::new(),
        }
    }

    /// Adds what was found in one package.
    fn take(&mut self, issue: Issue) {
        let tally = Tally::of(&issue.report.relations);
        self.tally.holds += tally.holds;
        self.tally.broken += tally.broken;
        self.tally.not_applicable += tally.not_applicable;
        self.tally.unreadable += tally.unreadable;
        self.findings.extend(issue.findings);
        self.ledger.extend(issue.ledger);
    }
}
