//! Everything that a department says of its performance in one year, put together and computed: what its documents are
//! written from.

use juesuan_catalog::PerformanceCatalog;
use juesuan_model::{Evidence, Step, TargetChange};

use super::coverage::Coverage;
use super::monitoring::Monitored;
use super::subject::Subject;
use super::usage::UsePlan;
use crate::score::Met;

/// Digits behind the point of points, where the catalogue does not know the scheme.
const DECIMALS: u8 = 2;

/// The evaluation of one entity and year.
#[derive(Clone, Debug, Default)]
pub struct Campaign {
    /// Key of the scoring profile in the catalogue.
    pub profile: String,
    /// The whole department or unit; `None` if nothing was entered for it.
    pub whole: Option<Subject>,
    /// Its projects, in the order of the inputs; without the secret ones.
    pub projects: Vec<Subject>,
    /// Projects that are not published: no document may name them.
    pub secret: Vec<String>,
    /// What was done, in the order of the dates.
    pub steps: Vec<Step>,
    /// Targets that were changed after their approval, in the order of the dates.
    pub changes: Vec<TargetChange>,
    /// How the results are used, in the order of the inputs.
    pub uses: Vec<UsePlan>,
    /// Files that prove what was reached, ordered by their paths.
    pub evidence: Vec<Evidence>,
    /// What was reached by the end of a month, in the order of the inputs.
    pub monitoring: Vec<Monitored>,
    /// How many projects were evaluated, monitored …
    pub coverage: Coverage,
}

impl Campaign {
    /// A project, or the whole for an empty name.
    pub fn subject(&self, project: &str) -> Option<&Subject> {
        match project {
            "" => self.whole.as_ref(),
            name => self.projects.iter().find(|subject| subject.project == name),
        }
    }

    /// Digits behind the point of points, as the scheme has them.
    pub fn decimals(&self, catalog: &PerformanceCatalog) -> u8 {
        catalog.profile(&self.profile).map_or(DECIMALS, |profile| profile.decimals)
    }

    /// What is not known and should be: values that could not be computed, and points. Each as a reason for a draft. A value
    /// without points of which the form itself says why it is not known is none.
    pub fn missing(&self) -> Vec<String> {
        let mut missing = Vec::new();
        for subject in self.subjects() {
            let name = subject.name("整体");
            for line in &subject.lines {
                let judged = line.scored.points.is_some() || (line.weight.is_none() && line.scored.met != Met::Unknown);
                let explained = line.weight.is_none() && !line.reason.is_empty();
                if judged || explained {
                    continue;
                }
                if line.reached.is_none() {
                    let why = if line.formula.is_empty() { "没有填写" } else { &line.formula };
                    missing.push(format!("{name}的指标“{}”没有实际完成值：{why}", line.name()));
                } else if line.weight.is_some() {
                    missing.push(format!("{name}的指标“{}”没有得分：{}", line.name(), line.scored.steps));
                }
            }
            if let Some(execution) = subject.execution.as_ref().filter(|execution| execution.points.is_none()) {
                missing.push(format!("{name}的预算执行没有得分：{}", execution.steps));
            }
        }
        missing
    }

    /// The whole, if it was evaluated, and then each project.
    pub fn subjects(&self) -> impl Iterator<Item = &Subject> {
        self.whole.iter().chain(&self.projects)
    }
}
