//! What was budgeted, spent and scored, for the whole and each project; and the documents of performance alone.

use juesuan_catalog::{Catalog, near};
use juesuan_compose::{Accounts, Tail, alone};
use juesuan_evaluate::campaign::{self, Campaign, Subject};
use juesuan_facts::performance::WHOLE;
use juesuan_model::{Gravity, Package};
use juesuan_read::Files;

use super::own_problems;
use crate::compile::{self, issues};
use crate::error::Error;
use crate::job::Job;
use crate::judge;
use crate::publish::Issue;
use crate::state::State;

/// The evaluations of a folder.
#[derive(Debug)]
pub struct Overview {
    /// The accounts from which they were made.
    pub accounts: Accounts,
    /// The documents of performance alone, with what was found in them.
    pub issues: Vec<Issue>,
}

impl Overview {
    /// The evaluations: the package that tells of each, and what it is.
    pub fn campaigns(&self) -> impl Iterator<Item = (&Package, &Campaign)> {
        campaigns(&self.accounts)
    }

    /// How the run ends: sources that contradict each other are errors, points that nobody can work out are unread.
    pub fn state(&self) -> State {
        let (own, _) = own_problems(&self.accounts.problems);
        let contradicts = own.iter().any(|problem| problem.gravity == Gravity::Contradiction);
        let first = if contradicts { State::Errors } else { State::Clean };
        let scores = self.campaigns().flat_map(|(_, campaign)| campaign.subjects()).map(scored);
        let found = self.issues.iter().map(|issue| judge::of_report(&issue.report));
        scores.chain(found).fold(first, State::max)
    }
}

/// Points that should be there and are not are unread.
fn scored(subject: &Subject) -> State {
    if subject.is_scored() && subject.total.is_none() { State::Unread } else { State::Clean }
}

fn campaigns(made: &Accounts) -> impl Iterator<Item = (&Package, &Campaign)> {
    let department = made.campaign.iter().map(|campaign| (&made.department, campaign));
    department.chain(made.units.iter().filter_map(|unit| Some((&unit.package, unit.campaign.as_ref()?))))
}

/// The accounts of a folder in which something was entered for an evaluation.
fn evaluated(folder: &dyn Files, catalog: &Catalog, job: Job<'_>) -> Result<Accounts, Error> {
    let made = compile::made(folder, Tail::Keep, catalog, job)?;
    if campaigns(&made).next().is_none() { Err(Error::NothingEntered) } else { Ok(made) }
}

/// Evaluates a folder and checks the documents of performance.
///
/// # Errors
/// [`Error::Inputs`], [`Error::NothingEntered`], a run that was called off.
pub fn overview(folder: &dyn Files, catalog: &Catalog, job: Job<'_>) -> Result<Overview, Error> {
    let made = evaluated(folder, catalog, job)?;
    let words = &catalog.performance.alone;
    let issues = issues(&made, catalog, job)?
        .into_iter()
        .filter(|issue| campaigns(&made).any(|(package, _)| package.entity == issue.package.entity))
        .map(|issue| Issue {
            package: alone::package(&issue.package, catalog),
            draft_reasons: issue.draft_reasons,
            report: alone::report(&issue.report, words),
            findings: issue.findings.into_iter().filter(|finding| words.concerns(&finding.code)).collect(),
            ledger: issue.ledger.into_iter().filter(|relation| words.concerns(&relation.code)).collect(),
            folder: issue.folder,
        })
        .collect();
    Ok(Overview { accounts: made, issues })
}

/// How the points of a project or of the whole came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Explanation {
    /// In every evaluation of the folder that has it: whose, line by line; and how the run ends.
    Found {
        /// Name of the body and its lines.
        bodies: Vec<(String, Vec<String>)>,
        /// True if the folder has more evaluations than one.
        several: bool,
        /// Unread where points cannot be worked out.
        state: State,
    },
    /// Nothing of that name was evaluated.
    Unknown {
        /// What comes near the name, for people; empty if nothing does.
        near: String,
        /// What was evaluated.
        known: Vec<String>,
    },
}

/// Explains `name` in every evaluation of the folder that has it.
///
/// # Errors
/// [`Error::Inputs`], [`Error::NothingEntered`], a run that was called off.
pub fn explain(folder: &dyn Files, name: &str, catalog: &Catalog, job: Job<'_>) -> Result<Explanation, Error> {
    let made = evaluated(folder, catalog, job)?;
    let asked = name.trim();
    let (mut bodies, mut state) = (Vec::new(), State::Clean);
    for (package, campaign) in campaigns(&made) {
        let Some(subject) = subject(asked, campaign) else { continue };
        bodies.push((package.entity.name.clone(), campaign::explain(campaign, &subject.project)));
        state = state.max(scored(subject));
    }
    if !bodies.is_empty() {
        return Ok(Explanation::Found { bodies, several: campaigns(&made).count() > 1, state });
    }
    let subjects = campaigns(&made).flat_map(|(_, campaign)| campaign.subjects());
    let known: Vec<String> = subjects.map(|subject| subject.name(WHOLE).to_owned()).collect();
    Ok(Explanation::Unknown { near: near::nearest(asked, known.iter().map(String::as_str)), known })
}

/// The subject of this name; else the only one whose name has it inside.
fn subject<'c>(name: &str, campaign: &'c Campaign) -> Option<&'c Subject> {
    let exact = campaign.subjects().find(|subject| subject.name(WHOLE) == name);
    exact.or_else(|| {
        let mut within = campaign.subjects().filter(|subject| !name.is_empty() && subject.project.contains(name));
        within.next().filter(|_| within.next().is_none())
    })
}
