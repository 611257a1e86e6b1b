//! Groups of broken relations → findings; tails → notices.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::relation::{Form, Sense};
use juesuan_model::{
    Cause, Cited, Difference, Dimension, FigureId, Finding, Measure, Message, Printed, Proof, RelationId, Role, Said,
    Seen, Severity, Spot, Subject, Verdict,
};

use crate::case::{Case, Solve as _, Worth as _};
use crate::docket::{Docket, FIGURE, HOW_MANY, RIGHT};
use crate::group::{Group, Moved, groups};
use crate::key;
use crate::ledger::{Ledger, middle};
use crate::scanned::{self, Scanned};
use crate::suggest::{Standing, gap, is_about, likely_cause, suggestion};

/// Most figures named in one finding.
const NAMED: usize = 8;

/// All findings, in no particular order.
pub(crate) fn findings(docket: &Docket<'_, '_>) -> Vec<Finding> {
    let scanned = Scanned::of(docket.ledger.package);
    let mut grouped: Vec<(Group, Option<Printed>)> = groups(docket)
        .into_iter()
        .map(|group| {
            let cases: Vec<&Case> = group.cases.iter().filter_map(|i| docket.cases.get(*i)).collect();
            let right = group.culprit.and_then(|id| suggestion(id, &cases, group.expected, docket.ledger));
            (group, right)
        })
        .collect();
    join(&mut grouped, docket.ledger);
    let standing = Standing::of(&docket.cases, docket.ledger);
    let faults = grouped
        .iter()
        .filter(|(group, _)| !group.cases.is_empty())
        .filter_map(|(group, right)| finding(docket, group, *right, &standing));
    let faults = faults.map(|fault| Finding { severity: scanned.gravity(fault.severity, &fault.spots), ..fault });
    faults.chain(tails(docket)).collect()
}

/// Least digits of a number that does not stand in two places by chance.
const TELLING: u64 = 1000;

/// Two figures that stand each in the place of the other are one fault, and so are two that print the same wrong number for the
/// same right one.
fn join(grouped: &mut [(Group, Option<Printed>)], ledger: &Ledger<'_>) {
    let faults: Vec<Option<Mistake>> =
        grouped.iter().map(|(group, right)| Mistake::of(group, *right, ledger)).collect();
    let mut alike: BTreeMap<(i128, i128), Vec<usize>> = BTreeMap::new();
    for (number, fault) in faults.iter().enumerate() {
        if let Some(fault) = fault {
            alike.entry((fault.wrong, fault.right)).or_default().push(number);
        }
    }
    for (i, own) in faults.iter().enumerate() {
        let Some(own) = own else { continue };
        // Those that say the same the other way round, and those that say it the same way; a number may do both.
        let swapped = alike.get(&(own.right, own.wrong)).into_iter().flatten().map(|j| (*j, true));
        let same = |j: &&usize| faults.get(**j).and_then(Option::as_ref).is_some_and(|o| o.changes == own.changes);
        let copied = alike.get(&(own.wrong, own.right)).into_iter().flatten().filter(|j| own.is_telling && same(j));
        let mut others: Vec<(usize, bool)> = swapped.chain(copied.map(|j| (*j, false))).collect();
        others.sort_unstable_by_key(|(j, swapped)| (*j, !swapped));
        others.dedup_by_key(|(j, _)| *j);
        for (j, swapped) in others.into_iter().filter(|(j, _)| *j > i) {
            let is_left =
                |at: usize| grouped.get(at).is_some_and(|(group, _)| group.culprit.is_some() && group.moved.is_none());
            if !is_left(i) || !is_left(j) {
                continue;
            }
            let moved = grouped.get_mut(j).map(|(group, _)| std::mem::take(group)).unwrap_or_default();
            if let (Some((group, _)), Some(other)) = (grouped.get_mut(i), moved.culprit) {
                group.cases.extend(moved.cases);
                if swapped {
                    group.moved = Some(Moved::Exchanged(other));
                } else {
                    group.again.push(other);
                    group.again.extend(moved.again);
                }
            }
        }
    }
}

/// A wrong number and the right one.
struct Mistake {
    wrong: i128,
    right: i128,
    /// The wrong one does not stand in two places by chance.
    is_telling: bool,
    /// For a change, whether income or expense changed: each has its own sentence, and its own amount of the year before.
    changes: Option<String>,
}

impl Mistake {
    fn of(group: &Group, right: Option<Printed>, ledger: &Ledger<'_>) -> Option<Mistake> {
        let id = group.culprit.filter(|_| group.moved.is_none())?;
        let (wrong, _) = ledger.known(id)?;
        let change = ledger.keys(id).iter().find(|key| matches!(key.1, Measure::Change(_)));
        let changes = change.and_then(|key| key.0.get(Dimension::Item)).map(str::to_owned);
        let is_telling = wrong.mantissa.unsigned_abs() >= TELLING && wrong.unit.fen().is_some();
        Some(Mistake { wrong: middle(wrong), right: middle(right?), is_telling, changes })
    }
}

fn finding(docket: &Docket<'_, '_>, group: &Group, right: Option<Printed>, standing: &Standing) -> Option<Finding> {
    let ledger = docket.ledger;
    let cases: Vec<&Case> = group.cases.iter().filter_map(|i| docket.cases.get(*i)).collect();
    let (first, primary) = (*group.cases.first()?, *cases.first()?);
    let severity = cases.iter().map(|case| gravity(case, ledger)).min().unwrap_or(Severity::Error);
    let culprit = group.culprit.filter(|_| primary.claim.is_none());
    let wrong = culprit.and_then(|id| ledger.known(id)).map(|(printed, _)| printed);
    let difference = match wrong.zip(right) {
        Some((wrong, right)) => Some(gap(wrong, right)),
        None => apart(primary, ledger).filter(|_| culprit.is_none()),
    };
    let cause = match (group.moved, culprit, right) {
        (Some(Moved::Exchanged(other)), ..) => Some(Cause::Exchanged { with: Box::new(Cited::Own(other)) }),
        (Some(Moved::Slid(up)), Some(id), _) => Some(Cause::Slid { from: Box::new(Cited::Own(id)), up }),
        (Some(Moved::Displaced), Some(id), _) => Some(Cause::Displaced { from: Box::new(Cited::Own(id)) }),
        (None, Some(id), Some(right)) => likely_cause(id, right, &cases, (standing, ledger)),
        _ => None,
    };
    let others = group.culprit.and_then(|id| others(id, &cases, docket));
    let message = match culprit {
        None if matches!(primary.form, Form::Linear { .. } | Form::Quotient { .. }) => {
            Message::new("one-of-these").with("关系", relation(first)).with_some("差", difference)
        }
        None => primary.message.clone(),
        Some(id) => {
            let shown = Message::new(match (right, &others) {
                (Some(_), Some(_)) => "figure-differs",
                (Some(_), None) if is_about(id, &cases, group.expected, ledger) => "figure-should-be-about",
                (Some(_), None) => "figure-should-be",
                (None, _) => "figure-breaks",
            });
            let shown = shown.with(FIGURE, id).with("依据", relation(first)).with_some(RIGHT, right);
            let shown = shown.with_some("其余", others.clone());
            shown.with_some("差", difference)
        }
    };
    let mut evidence: Vec<Proof> = others.map(Proof::Others).into_iter().collect();
    evidence.extend(group.cases.iter().skip(1).map(|number| Proof::Breaks(relation(*number))));
    let mut spots = spots(ledger, primary, group, &cases);
    if let Some(spot) = spots.iter_mut().find(|spot| spot.role == Role::Wrong && culprit.is_some()) {
        spot.expected = right;
    }
    let key = key::of(ledger, primary, &spots);
    Some(Finding { code: primary.code.clone(), key, severity, message, spots, difference, cause, evidence })
}

/// How far the two sides of an equation of several figures are apart, printed as the first one is.
fn apart(case: &Case, ledger: &Ledger<'_>) -> Option<Difference> {
    let Form::Linear { left, sense: Sense::Equal, .. } = &case.form else { return None };
    let exact: i128 = case.form.signed().map(|(operand, factor)| factor * operand.middle(ledger)).sum();
    let (like, _) = ledger.known(left.first()?.operand.figure()?)?;
    (case.form.signed().count() > 2).then(|| Difference(like.nearest(exact.abs())))
}

/// How grave a broken relation is.
fn gravity(case: &Case, ledger: &Ledger<'_>) -> Severity {
    let claim = case.claim.and_then(|number| ledger.package.claims.get(number)).map(|claim| claim.seen);
    let figures = case.form.figures().into_iter().map(|id| ledger.seen(id));
    scanned::softened(case.severity, claim.into_iter().chain(figures).fold(Seen::Text, Seen::and), ledger.catalog)
}

/// The relation with the number of a case.
fn relation(number: usize) -> RelationId {
    RelationId(u32::try_from(number).unwrap_or(u32::MAX))
}

/// Where a group shows: what is said and wrong, the faulty figure, the others of its relations; what is no figure has spots
/// of its own.
fn spots(ledger: &Ledger<'_>, primary: &Case, group: &Group, cases: &[&Case]) -> Vec<Spot> {
    let claim = primary.claim.and_then(|number| ledger.package.claims.get(number));
    let swapped = group.moved.and_then(|moved| if let Moved::Exchanged(other) = moved { Some(other) } else { None });
    let shown = shown(group.culprit.into_iter().chain(swapped).chain(group.again.iter().copied()), cases);
    if claim.is_none() && shown.is_empty() {
        return primary.spots.clone();
    }
    let mut out: Vec<Spot> = claim.map(|claim| Spot::at(Role::Claim, claim.place.clone())).into_iter().collect();
    for id in shown {
        let role = match out.is_empty() {
            true => Role::Wrong,
            false if swapped == Some(id) => Role::Exchanged,
            false => Role::Other,
        };
        out.push(Spot::figure(role, ledger.shown(id)));
    }
    out
}

/// `其余4处均为921.96万元（……）`: the places that print the same meaning otherwise.
fn others(id: FigureId, cases: &[&Case], docket: &Docket<'_, '_>) -> Option<Message> {
    let ledger = docket.ledger;
    let mut other: BTreeSet<FigureId> = BTreeSet::new();
    for case in cases {
        let figures = case.form.figures();
        if let [a, b] = figures.as_slice()
            && matches!(&case.form, Form::Linear { sense: Sense::Equal, .. } if case.form.signed().count() == 2)
            && figures.contains(&id)
        {
            let partner = if *a == id { *b } else { *a };
            for key in ledger.keys(partner).iter().filter(|key| ledger.keys(id).contains(key)) {
                let value = ledger.known(partner).map(|(printed, _)| middle(printed));
                let printings = ledger.printings(key).filter(|all| docket.grouping.take(all.values.len()));
                let alike = printings.into_iter().flat_map(|all| &all.values);
                let alike = alike.filter(|(printed, _, _)| Some(middle(*printed)) == value).flat_map(|(_, _, ids)| ids);
                other.extend(alike.filter(|o| **o != id));
                other.insert(partner);
            }
        }
    }
    let first = *other.first()?;
    let says = if other.len() == 1 { "one-other" } else { "others" };
    Some(Message::new(says).with(FIGURE, first).with(HOW_MANY, other.len()))
}

/// The faulty figure first, then the others of the relations.
fn shown(first: impl Iterator<Item = FigureId>, cases: &[&Case]) -> Vec<FigureId> {
    let mut out: Vec<FigureId> = first.collect();
    for id in cases.iter().flat_map(|case| case.form.figures()) {
        if out.len() < NAMED && !out.contains(&id) {
            out.push(id);
        }
    }
    out
}

/// What holds only within rounding: one notice for each code, and for each figure that is printed in two ways.
fn tails(docket: &Docket<'_, '_>) -> Vec<Finding> {
    let ledger = docket.ledger;
    let mut by_subject: BTreeMap<(&str, Option<Subject>), Vec<usize>> = BTreeMap::new();
    for (number, case) in
        docket.cases.iter().enumerate().filter(|(_, case)| case.verdict == Verdict::Holds && case.tail)
    {
        let figures = case.form.figures();
        let same = match figures.as_slice() {
            [a, b] => ledger.keys(*a).iter().find(|key| ledger.keys(*b).contains(key)),
            _ => None,
        };
        let subject = same.map(|key| ledger.subject(key));
        by_subject.entry((&case.code, subject)).or_default().push(number);
    }
    by_subject.into_iter().filter_map(|((_, subject), numbers)| tail(docket, subject, &numbers)).collect()
}

/// What the first figure of a relation would print by the others, where that is another number.
fn computed(form: &Form, ledger: &Ledger<'_>) -> Option<Printed> {
    let first = *form.figures().first()?;
    let (own, _) = ledger.known(first)?;
    let values = match form {
        Form::Quotient { .. } | Form::Linear { sense: Sense::Equal, .. } => form.expected(first, ledger)?,
        _ => return None,
    };
    let right = own.nearest(i128::midpoint(values.low, values.high));
    (form.figures().len() > 2 && middle(right) != middle(own)).then_some(right)
}

fn tail(docket: &Docket<'_, '_>, subject: Option<Subject>, numbers: &[usize]) -> Option<Finding> {
    let ledger = docket.ledger;
    let cases: Vec<&Case> = numbers.iter().filter_map(|number| docket.cases.get(*number)).collect();
    let (number, first) = (*numbers.first()?, *cases.first()?);
    let totals = cases.iter().filter_map(|case| case.form.figures().first().copied()).take(NAMED);
    let message = match (&first.form, &subject, cases.len()) {
        (Form::Quotient { .. }, _, _) => Message::new("tail-cut-off"),
        (_, None, 1) => Message::new("tail"),
        (_, None, _) => Message::new("tails"),
        (_, Some(_), _) => Message::new("tail-in-print"),
    };
    let message = message
        .with(HOW_MANY, cases.len())
        .with("关系", relation(number))
        .with(FIGURE, Said::list(first.form.figures()))
        .with_some(RIGHT, computed(&first.form, ledger))
        .with_some("何", subject);
    let mut spots: Vec<Spot> =
        shown(totals, &cases).into_iter().map(|id| Spot::figure(Role::Other, ledger.shown(id))).collect();
    if let Some(spot) = spots.first_mut() {
        spot.role = Role::Wrong;
    }
    Some(Finding {
        code: first.code.clone(),
        key: key::of(ledger, first, &spots),
        severity: Severity::Notice,
        message,
        spots,
        difference: None,
        cause: Some(Cause::Tail),
        evidence: numbers.iter().map(|number| Proof::Likewise(relation(*number))).collect(),
    })
}
