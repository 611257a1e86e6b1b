//! The monitoring during the year.

use juesuan_catalog::Catalog;
use juesuan_compose::during;
use juesuan_compose::monitoring::package;
use juesuan_evaluate::campaign::monitor::Warning;
use juesuan_evaluate::campaign::{self, Monitoring};
use juesuan_facts::Filing;
use juesuan_model::Problem;
use juesuan_read::Files;
use juesuan_text::file_name;
use std::collections::BTreeMap;

use crate::apart;
use crate::error::Error;
use crate::job::{Job, Phase};
use crate::publish::Issue;
use crate::state::State;

/// The lights of a folder at the end of a month.
#[derive(Debug)]
pub struct Monitored {
    /// Each body's lights.
    pub bodies: Vec<Monitoring>,
    /// The document of each body, in the same order.
    pub issues: Vec<Issue>,
    /// What is wrong with the input.
    pub problems: Vec<Problem>,
    /// Approval and the like.
    pub filing: Filing,
    /// SHA-256 of each input file.
    pub digests: BTreeMap<String, String>,
    /// How the run ends.
    pub state: State,
}

/// Judges money and targets at the end of `month`.
///
/// # Errors
/// [`Error::Inputs`], [`Error::NothingEntered`], a run that was called off.
pub fn monitor(folder: &dyn Files, month: u8, catalog: &Catalog, job: Job<'_>) -> Result<Monitored, Error> {
    let steps = job.phase(Phase::Reading, Some(1))?;
    let made = apart::inputs(folder, |folder| during(folder, catalog))?;
    steps.done()?;
    if made.campaigns.is_empty() {
        return Err(Error::NothingEntered);
    }
    let mut out = Monitored {
        bodies: Vec::new(),
        issues: Vec::new(),
        problems: made.problems,
        filing: made.filing,
        digests: made.digests,
        state: State::Clean,
    };
    for (entity, campaign) in &made.campaigns {
        let monitoring = campaign::monitor(campaign, month, catalog);
        let document = package(&monitoring, entity, catalog);
        if monitoring.warnings().any(unread) {
            out.state = out.state.max(State::Unread);
        } else if !document.document.draft_reasons.is_empty() {
            out.state = out.state.max(State::Errors);
        }
        let folder = match entity.name == made.department {
            true => String::new(),
            false => format!("units/{}/", file_name(&entity.name)),
        };
        out.bodies.push(monitoring);
        out.issues.push(Issue::internal(folder, document));
    }
    Ok(out)
}

/// Money that nobody can judge, and an indicator that cannot be judged though something was entered. What is measured only
/// at the end of the year has nothing entered before.
fn unread(warning: Warning<'_>) -> bool {
    warning.key.is_none()
        && warning.target.is_none_or(|target| target.reached.is_some())
        && !warning.subject.is_whole_without_entries()
}
