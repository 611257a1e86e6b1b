//! The bulletin of the tasks of a quarter.

use juesuan_catalog::Catalog;
use juesuan_compose::bulletin::{self, Bulletin, Quarter};
use juesuan_facts::Filing;
use juesuan_model::{Gravity, Problem};
use juesuan_read::Files;
use juesuan_text::Day;
use std::collections::BTreeMap;

use crate::apart;
use crate::error::Error;
use crate::job::{Job, Phase};
use crate::publish::Issue;
use crate::state::State;

/// A bulletin and its document.
#[derive(Debug)]
pub struct Told {
    /// What it says.
    pub bulletin: Bulletin,
    /// The same in lines.
    pub lines: Vec<String>,
    /// Its document.
    pub issue: Issue,
    /// What is wrong with the input.
    pub problems: Vec<Problem>,
    /// Approval and the like.
    pub filing: Filing,
    /// SHA-256 of each input file.
    pub digests: BTreeMap<String, String>,
    /// How the run ends.
    pub state: State,
}

/// The tasks of `quarter` as they stand on `date`: what was due before and is not done is overdue. `number` is that of the document, if
/// it has one.
///
/// # Errors
/// [`Error::Inputs`], a run that was called off.
pub fn bulletin(
    folder: &dyn Files,
    (quarter, date): (Quarter, Day),
    number: &str,
    catalog: &Catalog,
    job: Job<'_>,
) -> Result<Told, Error> {
    let steps = job.phase(Phase::Reading, Some(1))?;
    let read = apart::inputs(folder, |folder| juesuan_inputs::read(folder, catalog))?;
    steps.done()?;
    let bulletin = bulletin::bulletin(&read.records, catalog, quarter, date);
    let lines = bulletin::said(&bulletin, &read.department, catalog);
    let fatal = read.problems.iter().any(|problem| problem.gravity == Gravity::Fatal);
    let state = if bulletin.tasks.is_none() || fatal { State::Unread } else { State::Clean };
    let issue = Issue::internal(String::new(), bulletin::package(&bulletin, number, &read.department, catalog));
    Ok(Told {
        bulletin,
        lines,
        issue,
        problems: read.problems,
        filing: read.department.filing(),
        digests: read.digests,
        state,
    })
}
