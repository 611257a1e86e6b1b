//! Lights of money and targets at the end of a month.

use askama::Template;
use juesuan_evaluate::LightKey;
use juesuan_evaluate::campaign::Monitoring;
use juesuan_evaluate::campaign::monitor::{Watched, WatchedTarget};
use juesuan_facts::Amount;
use juesuan_model::Problem;
use juesuan_model::{Money, Number, Package, Printed};
use juesuan_office::evaluate::{Monitored, own_problems};

use super::{Around, Tab};
use crate::fault::Fault;
use crate::page::{Frame, Room};

/// Digits behind the point of rates.
const DECIMALS: u8 = 2;
/// Months of a year.
const MONTHS: std::ops::RangeInclusive<u8> = 1..=12;

#[derive(Template)]
#[template(path = "evaluate/monitor.html")]
struct Page<'m> {
    frame: Frame,
    around: Around,
    month: u8,
    bodies: Vec<(&'m Package, &'m Monitoring)>,
    problems: Vec<Problem>,
}

impl Page<'_> {
    fn is_chosen(&self, month: &u8) -> bool {
        self.month == *month
    }
}

/// The page of a month.
pub fn page(around: Around, month: u8, monitored: &Monitored) -> Result<String, Fault> {
    let packages = monitored.issues.iter().map(|issue| &issue.package);
    let bodies = packages.zip(&monitored.bodies).collect();
    let (problems, _) = own_problems(&monitored.problems);
    Ok(Page { frame: around.frame.clone(), around, month, bodies, problems }.render()?)
}

/// A month of a year.
pub fn month(text: &str) -> Option<u8> {
    text.trim().parse().ok().filter(|month| MONTHS.contains(month))
}

fn budget(amount: &Amount) -> Option<String> {
    amount.money().map(|money| Printed::wan_yuan(money).digits())
}

fn money(money: &Money) -> String {
    Printed::wan_yuan(*money).digits()
}

fn rate(rate: &Number) -> String {
    rate.digits(DECIMALS)
}

/// How many targets are green.
fn green(subject: &Watched) -> usize {
    subject.targets.iter().filter(|target| target.light.key == Some(LightKey::Green)).count()
}

/// What somebody should explain: a light that is known and not green.
fn owes(key: &Option<LightKey>) -> bool {
    key.is_some_and(|key| key != LightKey::Green)
}

/// Targets that can be judged, or those that cannot.
fn judged(subject: &Watched, known: bool) -> Vec<&WatchedTarget> {
    subject.targets.iter().filter(|target| target.light.key.is_some() == known).collect()
}
