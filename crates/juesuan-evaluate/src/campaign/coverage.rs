//! How many projects there are, and what was done for them.

use std::collections::BTreeSet;

use juesuan_facts::Performance;
use juesuan_model::Stage;

use super::project::Projects;

/// How many projects there are, and what was done for them. Secret ones are outside. `None`: nobody said it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Projects with money in the books or a budget of the year.
    pub projects: Option<usize>,
    /// With indicators and targets.
    pub targeted: Option<usize>,
    /// Monitored at least once.
    pub monitored: Option<usize>,
    /// Evaluated.
    pub evaluated: usize,
    /// With a use of their results.
    pub used: Option<usize>,
    /// Projects that are not published.
    pub secret: usize,
}

impl Coverage {
    /// Names of the counts, as rates and texts name them.
    pub const NAMES: [&'static str; 6] =
        ["项目数", "自评项目数", "监控项目数", "目标项目数", "应用结果数", "应应用结果数"];

    /// A count by its name: `None` if none is called so, `Some(None)` if it is not known.
    pub fn count(&self, name: &str) -> Option<Option<usize>> {
        let at = Coverage::NAMES.iter().position(|known| *known == name)?;
        let counts =
            [self.projects, Some(self.evaluated), self.monitored, self.targeted, self.used, Some(self.evaluated)];
        counts.get(at).copied()
    }

    /// Counted from what was entered; what no file says is not known.
    pub fn new(rows: &Performance, projects: &Projects) -> Coverage {
        let evaluated: BTreeSet<&str> = projects.evaluated.iter().map(|(name, _)| name.as_str()).collect();
        // A row of the whole stands for each project that has none of its own.
        let among = |names: BTreeSet<String>| match names.contains("") {
            true => evaluated.len(),
            false => evaluated.iter().filter(|name| names.contains(**name)).count(),
        };
        let named = |entry: &String| projects.name(entry);
        let steps = |stage: Stage| -> BTreeSet<String> {
            rows.cycle.iter().flatten().filter(|row| row.stage == stage).map(|row| named(&row.project)).collect()
        };
        let monitored = rows.monitoring.iter().flatten().filter(|row| !row.project.is_empty());
        let mut monitored: BTreeSet<String> = monitored.map(|row| named(&row.project)).collect();
        monitored.extend(steps(Stage::Monitored));
        let used: BTreeSet<String> = rows.uses.iter().flatten().map(|row| named(&row.project)).collect();
        let targeted: BTreeSet<String> = rows
            .indicators
            .iter()
            .flatten()
            .filter(|row| !row.project.is_empty())
            .map(|row| named(&row.project))
            .collect();
        Coverage {
            projects: (!projects.with_money.is_empty()).then_some(projects.with_money.len()),
            targeted: rows.indicators.as_ref().map(|_| among(targeted)),
            monitored: (rows.monitoring.is_some() || !monitored.is_empty()).then(|| among(monitored)),
            evaluated: evaluated.len(),
            used: rows.uses.as_ref().map(|_| among(used)),
            secret: projects.secret.len(),
        }
    }
}
