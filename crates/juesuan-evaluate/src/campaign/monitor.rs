//! The monitoring at the end of a month (双监控): money against time and targets against time, with warnings.

use juesuan_catalog::Catalog;
use juesuan_facts::Amount;
use juesuan_model::{Money, Number, Quantity};

use super::money;
use super::monitoring::Monitored;
use super::subject::Subject;
use super::year::Campaign;
use crate::{Aim, Light, LightKey, light, spending};

/// Months of a year.
const MONTHS: i64 = 12;

/// What the monitoring shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Monitoring {
    /// Month at whose end it is told, 1 to 12.
    pub month: u8,
    /// Percent of the year that is over.
    pub time: Number,
    /// The whole, if it is evaluated, and each project.
    pub subjects: Vec<Watched>,
}

/// The whole (no name) or a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// Name; empty: the whole.
    pub project: String,
    /// Budget of the year.
    pub budget: Option<Amount>,
    /// Spent from the beginning of the year.
    pub executed: Option<Money>,
    /// Spent in percent of the budget.
    pub rate: Option<Number>,
    /// Light of the money.
    pub light: Light,
    /// Why the money is off its way.
    pub reason: String,
    /// What is done about it.
    pub measure: String,
    /// Indicators in their order.
    pub targets: Vec<WatchedTarget>,
}

impl Watched {
    /// True for the whole where nobody entered anything of it by the month.
    pub fn is_whole_without_entries(&self) -> bool {
        self.project.is_empty() && self.executed.is_none() && self.targets.iter().all(|target| target.reached.is_none())
    }
}

/// An indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchedTarget {
    /// Third-level indicator.
    pub name: String,
    /// Target of the year.
    pub aim: Aim,
    /// Reached from the beginning of the year.
    pub reached: Option<Aim>,
    /// Its light.
    pub light: Light,
    /// Why it is off its way.
    pub reason: String,
    /// What is done about it.
    pub measure: String,
}

/// The monitoring at the end of `month` (1 to 12). What nobody entered has a light that says what is missing.
pub fn monitor(campaign: &Campaign, month: u8, catalog: &Catalog) -> Monitoring {
    let subjects = campaign.subjects().map(|subject| watched(campaign, subject, month, catalog)).collect();
    let time = Number::new(i128::from(month) * 100, i128::from(MONTHS)).unwrap_or(Number::ZERO);
    Monitoring { month, time, subjects }
}

fn watched(campaign: &Campaign, subject: &Subject, month: u8, catalog: &Catalog) -> Watched {
    let lights = &catalog.performance.monitor;
    let row = |indicator: &str| -> Option<&Monitored> {
        let mut rows = campaign.monitoring.iter().filter(|row| row.month == month);
        rows.find(|row| row.project == subject.project && row.indicator == indicator)
    };
    let budget = subject.amount(Quantity::FullYearBudget).or_else(|| subject.amount(Quantity::InitialBudget));
    let own = row("");
    let executed = own.and_then(|row| row.executed);
    let spent = executed.map(Number::of_money);
    let given = budget.and_then(money::number).map(|(number, _)| number);
    let targets = subject
        .lines
        .iter()
        .map(|line| {
            let own = row(line.name());
            let reached = own.and_then(|row| row.reached.clone());
            WatchedTarget {
                name: line.name().to_owned(),
                aim: line.aim.clone(),
                light: light(&line.aim, reached.as_ref(), own.and_then(|row| row.planned.as_ref()), month, lights),
                reached,
                reason: own.map_or_else(String::new, |row| row.reason.clone()),
                measure: own.map_or_else(String::new, |row| row.measure.clone()),
            }
        })
        .collect();
    Watched {
        project: subject.project.clone(),
        budget,
        executed,
        rate: spent.zip(given).and_then(|(spent, given)| spent.percent_of(given)),
        light: spending(spent, given, month, lights),
        reason: own.map_or_else(String::new, |row| row.reason.clone()),
        measure: own.map_or_else(String::new, |row| row.measure.clone()),
        targets,
    }
}

/// Something that somebody should look at: a light that is not green.
#[derive(Clone, Copy, Debug)]
pub struct Warning<'m> {
    /// Whose.
    pub subject: &'m Watched,
    /// Which indicator; `None`: the money.
    pub target: Option<&'m WatchedTarget>,
    /// Which light; `None`: nobody can say.
    pub key: Option<LightKey>,
}

impl Warning<'_> {
    /// The light with its explanation.
    pub fn light(&self) -> &Light {
        self.target.map_or(&self.subject.light, |target| &target.light)
    }

    /// Why, as it was entered.
    pub fn reason(&self) -> &str {
        self.target.map_or(&self.subject.reason, |target| &target.reason)
    }

    /// What is done about it, as it was entered.
    pub fn measure(&self) -> &str {
        self.target.map_or(&self.subject.measure, |target| &target.measure)
    }
}

impl Monitoring {
    /// Everything that is not green, in the order of the subjects; what nobody can say among it.
    pub fn warnings(&self) -> impl Iterator<Item = Warning<'_>> {
        let of = |light: &Light| light.key != Some(LightKey::Green);
        self.subjects.iter().flat_map(move |subject| {
            let money = of(&subject.light).then_some(Warning { subject, target: None, key: subject.light.key });
            let targets = subject.targets.iter().filter(move |target| of(&target.light));
            money.into_iter().chain(targets.map(move |target| Warning {
                subject,
                target: Some(target),
                key: target.light.key,
            }))
        })
    }
}
