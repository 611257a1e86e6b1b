//! A project, or the whole: everything that its form prints.

use std::collections::BTreeMap;

use juesuan_facts::Amount;
use juesuan_model::{Number, Place, Quantity, Topic};

use super::indicator::IndicatorLine;
use super::money::Fund;
use super::prior::PriorResult;
use super::text::Text;
use crate::score::Scored;

/// Most digits behind the point of a rate.
pub(super) const RATE_DIGITS_MAX: u8 = 4;

/// A project or the whole: its money, its texts, its indicators and their points.
#[derive(Clone, Debug, Default)]
pub struct Subject {
    /// Name, as in the books; empty: the whole.
    pub project: String,
    /// Key of the column of `perf-projects` → its entry.
    pub fields: BTreeMap<String, String>,
    /// Money by where it comes from; the first line is the total. Empty if nothing is known.
    pub funds: Vec<Fund>,
    /// Texts, in the order of the inputs.
    pub texts: BTreeMap<Topic, Vec<Text>>,
    /// Points for execution; `None` where the profile gives none or nothing was scored.
    pub execution: Option<Scored>,
    /// Points for execution at most.
    pub execution_weight: Option<Number>,
    /// Executed in percent of the budget of the whole year.
    pub rate: Option<Number>,
    /// Indicators, grouped by their levels in the order of the schemes, then in that of the inputs.
    pub lines: Vec<IndicatorLine>,
    /// All points; `None` while any is unknown.
    pub total: Option<Number>,
    /// The grade that the total gives.
    pub grade: Option<String>,
    /// Digits behind the point of the rate, if it was asked for others than those of all rates.
    pub rate_decimals: Option<u8>,
    /// What last year's package says of it.
    pub prior: Option<PriorResult>,
    /// Row where it was entered first.
    pub place: Place,
}

impl Subject {
    /// True for the whole department or unit.
    pub fn is_whole(&self) -> bool {
        self.project.is_empty()
    }

    /// An amount of the first line of its money.
    pub fn amount(&self, quantity: Quantity) -> Option<Amount> {
        self.funds.first()?.amounts.get(&quantity).copied()
    }

    /// The entry of a column of `perf-projects`; empty if there is none.
    pub fn field(&self, key: &str) -> &str {
        self.fields.get(key).map_or("", String::as_str)
    }

    /// True if it gets points at all: the forms of some places print none.
    pub fn is_scored(&self) -> bool {
        self.execution.is_some() || self.lines.iter().any(|line| line.weight.is_some())
    }

    /// Digits behind the point that its rate needs where `usual` are printed: as many as a reader needs to come to the points for
    /// execution, which have `of_points`.
    pub(super) fn digits_for_points(&self, usual: u8, of_points: u8) -> u8 {
        let points = |decimals: u8| {
            let rate = self.rate?.min(Number::HUNDRED).rounded(decimals)?;
            self.execution_weight?.times(rate)?.over(Number::HUNDRED)?.rounded(of_points)
        };
        let scored = self.execution.as_ref().and_then(|scored| scored.points);
        let enough = |scored| (usual..=RATE_DIGITS_MAX).find(|decimals| points(*decimals) == Some(scored));
        scored.and_then(enough).unwrap_or(usual)
    }

    /// Name for messages and lists; `whole` for the whole.
    pub fn name<'a>(&'a self, whole: &'a str) -> &'a str {
        if self.is_whole() { whole } else { &self.project }
    }
}
