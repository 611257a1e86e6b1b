//! One fault, one finding: the smallest set of figures whose correction makes the rest consistent.
//!
//! Greedy: for each figure, find the value that repairs most of the broken relations it stands in, and count the holding
//! relations which that value would break. The figure with the best balance is at fault; what it repairs is its group.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::relation::Form;
use juesuan_model::{FigureId, Interval, Severity, Unit, Verdict};

use crate::case::{Case, FAR, Solve as _};
use crate::docket::Docket;
use crate::exchange::{Exchange, exchanges};
use crate::ledger::Ledger;

/// Broken relations with one cause.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// The figure at fault; `None` where something other than a figure is.
    pub(crate) culprit: Option<FigureId>,
    /// Indices into [`Docket::cases`], the most telling first.
    pub(crate) cases: Vec<usize>,
    /// The values that would repair all of them.
    pub(crate) expected: Option<Interval>,
    /// The figure that stands in its place, where the two were exchanged.
    pub(crate) exchanged: Option<FigureId>,
}

/// What correcting one figure would do.
struct Repair {
    cases: Vec<usize>,
    expected: Option<Interval>,
    gain: i64,
    violated: usize,
    support: usize,
}

/// Groups all broken relations.
pub(crate) fn groups(docket: &Docket<'_, '_>) -> Vec<Group> {
    let (ledger, cases) = (docket.ledger, &docket.cases);
    let mut out = facts(cases);
    let mut left: BTreeSet<usize> = (0..cases.len())
        .filter(|i| cases.get(*i).is_some_and(|c| c.verdict == Verdict::Broken && !matches!(c.form, Form::Fact { .. })))
        .collect();
    let mut holding: BTreeMap<FigureId, Vec<usize>> = BTreeMap::new();
    for (number, case) in cases.iter().enumerate().filter(|(_, c)| c.verdict == Verdict::Holds) {
        for id in case.form.figures() {
            holding.entry(id).or_default().push(number);
        }
    }
    for Exchange { figures: (a, b), cases: repaired } in exchanges(docket, &left) {
        if !repaired.iter().all(|number| left.contains(number)) {
            continue;
        }
        // One wrong figure is the simpler explanation wherever it explains as much.
        let involved = repaired.iter().filter_map(|i| cases.get(*i)).flat_map(|case| case.form.figures());
        let alone = involved.map(|id| repair(id, &left, &holding, cases, ledger));
        let simpler = alone.filter(|r| repaired.iter().all(|i| r.cases.contains(i)) && r.violated == 0).count() > 0;
        if !simpler {
            left.retain(|i| !repaired.contains(i));
            let expected = ledger.known(b).map(|(_, interval)| interval);
            out.push(Group { culprit: Some(a), cases: repaired, expected, exchanged: Some(b) });
        }
    }
    while let Some(first) = left.first().copied() {
        let mut suspects: BTreeSet<FigureId> = BTreeSet::new();
        suspects.extend(left.iter().filter_map(|i| cases.get(*i)).flat_map(|case| case.form.figures()));
        let best = suspects
            .into_iter()
            .map(|id| (id, repair(id, &left, &holding, cases, ledger)))
            .filter(|(_, repair)| !repair.cases.is_empty())
            // Percentages are derived from amounts, text is copied from tables, later places from earlier ones.
            .max_by_key(|(id, r)| {
                (r.gain, r.cases.len(), is_percent(*id, ledger), Reverse(r.support), !ledger.in_table(*id), *id)
            });
        let group = match best {
            Some((id, repair)) => {
                Group { culprit: Some(id), cases: repair.cases, expected: repair.expected, exchanged: None }
            }
            None => Group { culprit: None, cases: vec![first], expected: None, exchanged: None },
        };
        left.retain(|i| !group.cases.contains(i));
        out.push(group);
    }
    for group in &mut out {
        group.cases.sort_by_key(|i| cases.get(*i).map(|case| (rank(case), case.code.clone(), *i)));
    }
    out
}

fn is_percent(id: FigureId, ledger: &Ledger<'_>) -> bool {
    ledger.known(id).is_some_and(|(printed, _)| printed.unit == Unit::Percent)
}

/// Facts of one code about one subject; without a named subject, those that say the same.
fn facts(cases: &[Case]) -> Vec<Group> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (number, case) in cases.iter().enumerate() {
        let Form::Fact { subject, .. } = &case.form else { continue };
        if case.verdict != Verdict::Broken {
            continue;
        }
        let alike = |other: &Case| match &other.form {
            Form::Fact { subject: others, .. } => {
                other.code == case.code && others == subject && (!subject.is_empty() || other.message == case.message)
            }
            _ => false,
        };
        let same = groups.iter_mut().find(|group| group.first().and_then(|i| cases.get(*i)).is_some_and(alike));
        match same {
            Some(group) => group.push(number),
            None => groups.push(vec![number]),
        }
    }
    let group = |cases| Group { culprit: None, cases, expected: None, exchanged: None };
    groups.into_iter().map(group).collect()
}

/// Graver first; of equals what names a value.
const fn rank(case: &Case) -> (Severity, u8) {
    let kind = match case.form {
        Form::Linear { .. } => 0,
        Form::Quotient { .. } => 1,
        Form::Logic { .. } | Form::Fact { .. } => 2,
    };
    (case.severity, kind)
}

fn repair(
    id: FigureId,
    left: &BTreeSet<usize>,
    holding: &BTreeMap<FigureId, Vec<usize>>,
    cases: &[Case],
    ledger: &Ledger<'_>,
) -> Repair {
    let mut values: Vec<(usize, Interval)> = Vec::new();
    let mut conditions: Vec<usize> = Vec::new();
    for number in left {
        let Some(case) = cases.get(*number).filter(|case| case.form.figures().contains(&id)) else {
            continue;
        };
        match (&case.form, case.form.expected(id, ledger)) {
            (Form::Logic { .. }, _) => conditions.push(*number),
            (_, Some(interval)) if interval.low <= interval.high => values.push((*number, interval)),
            _ => {}
        }
    }
    // The point that lies in most intervals is the low end of one of them.
    let point = values
        .iter()
        .map(|(_, interval)| interval.low)
        .max_by_key(|low| values.iter().filter(|(_, i)| i.low <= *low && *low <= i.high).count());
    let covered: Vec<(usize, Interval)> =
        values.iter().filter(|(_, i)| point.is_some_and(|p| i.low <= p && p <= i.high)).copied().collect();
    let expected =
        covered.iter().map(|(_, i)| *i).reduce(|a, b| Interval { low: a.low.max(b.low), high: a.high.min(b.high) });
    let held = holding.get(&id).map_or(&[][..], Vec::as_slice);
    let violated = held
        .iter()
        .filter_map(|i| cases.get(*i)?.form.expected(id, ledger))
        .filter(|allowed| expected.is_some_and(|e| !e.meets(*allowed)))
        .count();
    let mut all: Vec<usize> = covered.iter().map(|(number, _)| *number).collect();
    let gain = 2 * count(all.len()) - 2 * count(violated) + count(conditions.len());
    all.extend(conditions);
    let expected = expected.filter(|e| e.low > -FAR && e.high < FAR);
    Repair { cases: all, expected, gain, violated, support: held.len() }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
