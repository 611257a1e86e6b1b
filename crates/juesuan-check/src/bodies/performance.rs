//! What the rules of performance share: evaluations, their numbers and texts, and faults with both places.

use juesuan_catalog::formula::bracketed;
use juesuan_model::printed::STEPS_PER_PERCENT;
use juesuan_model::{
    Evaluation, FigureId, Interval, Meaning, Measure, Message, Place, Printed, Quantity, Role, Said, Severity, Spot,
    Stands, Told, Topic, Unit, Verdict, Voice,
};

use super::Bench;
use crate::docket::{Fault, HOW_MANY, Heading};
use crate::ledger::last_place;

/// Most places named in one finding.
const PLACES: usize = 8;
/// Longest text named in a finding, in characters.
const NAMED: usize = 40;

/// A fault with its figures and texts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wrong<'a> {
    /// What stands there, what should and why.
    pub(crate) message: Message,
    /// Numbers concerned, the doubtful first.
    pub(crate) figures: Vec<FigureId>,
    /// Texts concerned.
    pub(crate) told: Vec<&'a Told>,
    /// Further places.
    pub(crate) places: Vec<&'a Place>,
}

impl<'a> Bench<'_, '_, 'a> {
    /// All evaluations.
    pub(super) fn evaluations(&self) -> &'a [Evaluation] {
        &self.docket.ledger.package.performance.evaluations
    }

    /// Those of the whole.
    pub(super) fn wholes(&self) -> impl Iterator<Item = &'a Evaluation> + use<'a> {
        self.evaluations().iter().filter(|evaluation| evaluation.is_whole())
    }

    /// Those of projects that stand in one kind of place.
    pub(super) fn projects(&self, stands: Stands) -> impl Iterator<Item = &'a Evaluation> + use<'a> {
        self.evaluations().iter().filter(move |evaluation| !evaluation.is_whole() && evaluation.stands == stands)
    }

    /// The values behind a number of an evaluation.
    pub(super) fn amount(&self, evaluation: &Evaluation, quantity: Quantity) -> Option<(FigureId, Interval)> {
        let id = *evaluation.amounts.get(&quantity)?;
        self.docket.ledger.known(id).map(|(_, interval)| (id, interval))
    }

    /// The same, as most places print it: where places differ, that is said once and by the law of agreement.
    pub(super) fn agreed(&self, evaluation: &Evaluation, quantity: Quantity) -> Option<(FigureId, Interval)> {
        let (id, own) = self.amount(evaluation, quantity)?;
        let ledger = self.docket.ledger;
        let most = ledger.keys(id).first().and_then(|key| ledger.spokesman(key)).unwrap_or(id);
        let (_, value) = ledger.known(most)?;
        Some(if value.meets(own) { (id, own) } else { (most, value) })
    }

    /// The first figure of a meaning that is given as `[支出·…]`, with its values.
    pub(super) fn of(&self, text: &str) -> Option<(FigureId, Interval)> {
        let meaning = bracketed(self.docket.ledger.trees(), text).ok()?;
        self.figure(&meaning, Measure::Amount)
    }

    /// The figure that speaks for a meaning and measure, with its values.
    pub(super) fn figure(&self, meaning: &Meaning, measure: Measure) -> Option<(FigureId, Interval)> {
        let ledger = self.docket.ledger;
        let id = ledger.spokesman(&(meaning.clone(), measure))?;
        ledger.known(id).map(|(_, interval)| (id, interval))
    }

    /// True if a text says that there is nothing.
    pub(super) fn is_none(&self, text: &str) -> bool {
        let text = text.trim_matches(|c: char| !c.is_alphanumeric());
        text.is_empty() || self.docket.ledger.catalog.performance.words.none.iter().any(|none| none == text)
    }

    /// The text about a topic, if it says something.
    pub(super) fn something(&self, evaluation: &'a Evaluation, topic: Topic) -> Option<&'a Told> {
        evaluation.says.get(&topic).filter(|told| !self.is_none(&told.text))
    }

    /// Adds a fault.
    pub(crate) fn wrong(&mut self, severity: Severity, wrong: Wrong<'_>) {
        let ledger = self.docket.ledger;
        let mut seen: Vec<Place> = Vec::new();
        let mut new = |place: &Place| {
            let new = seen.len() < PLACES && !place.is_unknown() && !seen.contains(place);
            new.then(|| seen.push(place.clone()))?;
            Some(place.clone())
        };
        let mut spots: Vec<Spot> = Vec::new();
        for id in &wrong.figures {
            let figure = ledger.shown(*id);
            spots.push(Spot { place: new(&figure.place), ..Spot::figure(Role::Other, figure) });
        }
        for told in wrong.told {
            let text: String = told.text.chars().take(NAMED).collect();
            let spot = Spot::words(Role::Other, Voice::Document, text, Place::default());
            spots.push(Spot { place: new(&told.place), ..spot });
        }
        spots.extend(wrong.places.into_iter().filter_map(|place| Some(Spot::at(Role::Other, new(place)?))));
        if let Some(first) = spots.first_mut() {
            first.role = Role::Wrong;
        }
        let heading = Heading { severity, ..self.heading };
        self.docket.fault(heading, Fault { message: wrong.message, spots });
    }

    /// After the faults: nothing found against what was looked at holds.
    pub(crate) fn done(&mut self, seen: usize, faults: usize) {
        let verdict = if seen == 0 { Verdict::NotApplicable } else { Verdict::Holds };
        if faults == 0 {
            self.say(Message::new("all").with(HOW_MANY, seen), Vec::new(), verdict);
        }
    }
}

/// Most names listed in a message.
const LISTED: usize = 5;

/// The subject of an evaluation as a value of a message.
pub(crate) fn of_project(project: &str) -> Said {
    if project.is_empty() { Message::new("whole").into() } else { Said::name(project) }
}

/// Several projects as a value of a message: the first of them, and how many there are.
pub(crate) fn of_projects(names: &[&str]) -> Said {
    let shown = names.iter().take(LISTED).map(|name| Said::name(*name));
    let many = (names.len() > LISTED).then_some(names.len());
    Message::new("projects").with("项目", Said::list(shown)).with_some(HOW_MANY, many).into()
}

/// A rate for people: two decimals.
pub(super) fn percent(interval: Interval) -> Printed {
    Printed { mantissa: hundredths(interval), decimals: 2, unit: Unit::Percent }
}

/// A number of points for people: two decimals.
pub(super) fn in_points(interval: Interval) -> Printed {
    Printed { unit: Unit::Point, ..percent(interval) }
}

/// The middle of an interval, in hundredths.
fn hundredths(interval: Interval) -> i64 {
    let step = STEPS_PER_PERCENT / 100;
    let middle = i128::midpoint(interval.low, interval.high);
    let rounded = (middle.abs() + step / 2) / step;
    i64::try_from(if middle < 0 { -rounded } else { rounded }).unwrap_or(i64::MAX)
}

/// 100 × part ÷ whole, in the steps of a percentage; `None` where the whole can be nothing.
pub(super) fn rate(part: Interval, whole: Interval) -> Option<Interval> {
    let negative = |interval: Interval| Interval { low: -interval.high, high: -interval.low };
    if whole.low <= 0 {
        return None;
    }
    if part.high < 0 {
        return rate(negative(part), whole).map(negative);
    }
    // Nothing printed is a little above or below nothing.
    let part = Interval { low: part.low.max(0), ..part };
    let hundred = 100 * STEPS_PER_PERCENT;
    let up = |a: i128, b: i128| -((-a).div_euclid(b));
    Some(Interval { low: (part.low * hundred).div_euclid(whole.high), high: up(part.high * hundred, whole.low) })
}

/// An interval widened on both sides.
pub(super) const fn widened(interval: Interval, by: i128) -> Interval {
    Interval { low: interval.low - by, high: interval.high + by }
}

impl Bench<'_, '_, '_> {
    /// One step of the last printed digit of a figure.
    pub(super) fn step(&self, id: FigureId) -> i128 {
        self.docket.ledger.known(id).map_or(0, |(printed, _)| last_place(printed))
    }
}

/// One point, or one percent.
pub(super) const ONE: i128 = STEPS_PER_PERCENT;
/// 100 percent.
pub(super) const HUNDRED: i128 = 100 * STEPS_PER_PERCENT;
