//! Everything that a department says of its performance in one year, put together and computed: what its documents are
//! written from.

use juesuan_catalog::PerformanceCatalog;
use juesuan_model::{Ask, Evidence, Need, Place, Step, TargetChange, Wanted};

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
    /// Digits behind the point of the rate of a subject: those that were asked for, else those of all rates.
    pub fn rate_digits(&self, subject: &Subject, usual: u8, of_points: u8) -> u8 {
        subject.rate_decimals.unwrap_or_else(|| self.rate_digits_of_all(usual, of_points))
    }

    /// Digits behind the point of rates for which none were asked, where `usual` are printed and points have `of_points`: as many as the one needs that
    /// needs most, so that the rates of a column are alike.
    pub fn rate_digits_of_all(&self, usual: u8, of_points: u8) -> u8 {
        let all = self.whole.iter().chain(&self.projects).filter(|subject| subject.rate_decimals.is_none());
        all.map(|subject| subject.digits_for_points(usual, of_points)).max().unwrap_or(usual)
    }

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

    /// What is not known and should be: values that could not be computed, and points. A value without points of which the form
    /// itself says why it is not known is none.
    pub fn missing(&self) -> Vec<Ask> {
        let mut missing = Vec::new();
        for subject in self.subjects() {
            let name = subject.name("整体");
            for line in &subject.lines {
                let judged = line.scored.points.is_some() || (line.weight.is_none() && line.scored.met != Met::Unknown);
                let explained = line.weight.is_none() && !line.reason.is_empty();
                if judged || explained {
                    continue;
                }
                let owner = format!("{name}的指标“{}”", line.name());
                if line.reached.is_none() {
                    let why = if line.formula.is_empty() { "没有填写" } else { &line.formula };
                    let wanted = reached(&subject.project, line.name());
                    missing.push(ask(wanted, owner.clone(), "实际完成值", why));
                }
                if line.lacks.is_some() || (line.reached.is_some() && line.weight.is_some()) {
                    let wanted = self.points(&subject.project, line.name());
                    missing.push(ask(wanted, owner, "得分", &line.scored.steps));
                }
            }
            if let Some(execution) = subject.execution.as_ref().filter(|execution| execution.points.is_none()) {
                let owner = format!("{name}的预算执行");
                missing.push(ask(self.points(&subject.project, ""), owner, "得分", &execution.steps));
            }
        }
        missing
    }

    /// What the points of an indicator wait for: the cell in which it is entered, if one can give it. For an empty name those of
    /// the execution, which come from other entries.
    pub fn points(&self, project: &str, indicator: &str) -> Wanted {
        let line = self.subject(project).and_then(|own| own.lines.iter().find(|line| line.name() == indicator));
        match line.and_then(|line| line.lacks) {
            Some(key) => {
                Wanted::Indicator { project: project.to_owned(), indicator: indicator.to_owned(), key: key.to_owned() }
            }
            None => Wanted::Elsewhere(format!("points/{project}/{indicator}")),
        }
    }

    /// The whole, if it was evaluated, and then each project.
    pub fn subjects(&self) -> impl Iterator<Item = &Subject> {
        self.whole.iter().chain(&self.projects)
    }
}

fn ask(wanted: Wanted, owner: String, name: &str, why: &str) -> Ask {
    Ask { owner, note: why.to_owned(), ..Ask::new(wanted, name, Place::default(), Need::Must) }
}

/// What an indicator reached, as it is asked for.
pub fn reached(project: &str, indicator: &str) -> Wanted {
    let key = "actual".to_owned();
    Wanted::Indicator { project: project.to_owned(), indicator: indicator.to_owned(), key }
}
