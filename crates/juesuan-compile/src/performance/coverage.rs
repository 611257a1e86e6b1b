//! How many projects there are, and what was done for them.

use std::collections::BTreeSet;

use juesuan_catalog::Trees;
use juesuan_catalog::names::{item, theme};
use juesuan_model::{Dimension, Meaning, Problem, Stage};

use super::campaign::{Campaign, Coverage};
use super::project::Projects;
use crate::facts::{Facts, Quantity};
use crate::inputs::Performance;

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

/// Meaning of what the explanations call 自评项目 and 自评金额.
pub fn self_evaluated(item: &str) -> Meaning {
    Meaning::new().with(Dimension::Item, item).with(Dimension::Theme, theme::SELF_EVALUATION)
}

/// Number of evaluated projects and the money that was spent on them; the latter `None` while one is not known.
pub fn evaluated(campaign: &Campaign) -> (Quantity, Option<Quantity>) {
    let number = Quantity::Count(i64::try_from(campaign.projects.len()).unwrap_or(i64::MAX));
    let amounts: Option<Vec<Quantity>> =
        campaign.projects.iter().map(|subject| subject.amount(juesuan_model::Quantity::Executed)).collect();
    (number, amounts.and_then(|amounts| crate::narrate::implied::sum(&amounts)))
}

/// Names what somebody stated of the evaluated projects that does not follow from them.
pub fn check_stated(campaign: &Campaign, facts: &Facts, trees: &Trees, problems: &mut Vec<Problem>) {
    let (number, money) = evaluated(campaign);
    if campaign.projects.is_empty() {
        return;
    }
    for (item, own) in [(item::PROJECTS, Some(number)), (item::EXPENSE, money)] {
        let meaning = self_evaluated(item);
        let (Some(own), Some(stated)) = (own, facts.amount(trees, &meaning, "")) else { continue };
        let differs = match (own, stated) {
            (own, Quantity::Printed(printed)) => own.printed(printed.unit, printed.decimals) != printed,
            (own, stated) => own.exact().zip(stated.exact()).map_or(own != stated, |(own, stated)| own != stated),
        };
        let place = || facts.stated().find(|(of, _)| **of == meaning).map(|(_, fact)| fact.place.clone());
        if differs {
            let shown = |quantity: Quantity| match quantity {
                Quantity::Count(number) => format!("{number} 个"),
                quantity => {
                    let printed = quantity.printed(juesuan_model::Unit::WanYuan, 2);
                    format!("{} 万元", printed.digits())
                }
            };
            let what = if item == item::PROJECTS { "自评项目数" } else { "自评项目的支出" };
            let message = format!(
                "{what}填的是 {}，由绩效录入表里的 {} 个项目算出的是 {}；请改正一处，或删去填的数",
                shown(stated),
                campaign.projects.len(),
                shown(own)
            );
            problems.push(Problem::contradiction(place().unwrap_or_default(), message));
        }
    }
}
