//! What should stand at a faulty place, and what probably happened.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::relation::{Form, Operand};
use juesuan_model::{Cause, Difference, Dimension, FigureId, Interval, Measure, Printed, Unit, Verdict};

use crate::case::{Case, Worth as _};
use crate::ledger::{Ledger, last_place, middle};
use crate::quotient;

/// The value that a faulty figure should have: as printed in another place, else calculated. It lies inside `expected`.
pub(crate) fn suggestion(
    id: FigureId,
    cases: &[&Case],
    expected: Option<Interval>,
    ledger: &Ledger<'_>,
) -> Option<Printed> {
    let expected = expected?;
    let (own, _) = ledger.known(id)?;
    if let Some(value) = slip(id, expected, cases, ledger) {
        return Some(value);
    }
    let inside = |value: Printed| {
        let interval = value.interval();
        interval.meets(expected) && middle(value) != middle(own) && is_possible(id, value, ledger)
    };
    let mut candidates: Vec<Printed> = Vec::new();
    for case in cases {
        if let form @ Form::Linear { .. } = &case.form {
            let is_own = |operand: &Operand| operand.figure() == Some(id);
            let factor: i128 = form.signed().filter(|(operand, _)| is_own(operand)).map(|(_, factor)| factor).sum();
            let others = form.signed().filter(|(operand, _)| !is_own(operand));
            let rest: i128 = others.map(|(operand, factor)| factor * operand.middle(ledger)).sum();
            if factor != 0 {
                candidates.push(own.nearest(-rest / factor));
            }
        }
    }
    let votes = |value: &Printed| candidates.iter().filter(|c| c == &value).count();
    let mut best: Option<(usize, Printed)> = None;
    for value in candidates.iter().filter(|value| inside(**value)) {
        let votes = votes(value);
        if best.is_none_or(|(most, _)| votes > most) {
            best = Some((votes, *value));
        }
    }
    let calculated = cases.iter().filter_map(|case| match &case.form {
        Form::Quotient { percent, shares } if *percent == id => quotient::middle(shares, ledger),
        _ => None,
    });
    let mut calculated = calculated.chain([(expected.low + expected.high) / 2]).map(|value| own.nearest(value));
    // A rate that says the other direction says nothing of how much it is.
    let same_way = |value: &Printed| (value.mantissa < 0) == (own.mantissa < 0);
    best.map(|(_, value)| value).or_else(|| calculated.find(|value| inside(*value) && same_way(value)))
}

/// Whether what is suggested is only near what should stand there: rates that were rounded leave room for several numbers, and no sum
/// and no other place says which of them it is.
pub(crate) fn is_about(id: FigureId, cases: &[&Case], expected: Option<Interval>, ledger: &Ledger<'_>) -> bool {
    let rates_alone = cases.iter().all(|case| matches!(&case.form, Form::Quotient { percent, .. } if *percent != id));
    let room = expected.zip(ledger.known(id)).map(|(expected, (own, _))| {
        let (low, high) = (own.nearest(expected.low), own.nearest(expected.high));
        high.mantissa.saturating_sub(low.mantissa)
    });
    rates_alone && room.is_some_and(|room| room > 1)
}

/// Whether a figure may be what is suggested: nothing that was printed without a sign is less than nothing, but for changes.
fn is_possible(id: FigureId, value: Printed, ledger: &Ledger<'_>) -> bool {
    let signed = ledger.keys(id).iter().any(|key| matches!(key.1, Measure::Change(_) | Measure::Growth(_)));
    signed || value.mantissa >= 0 || ledger.known(id).is_some_and(|(own, _)| own.mantissa < 0)
}

/// The last suspects: what would have to be less than nothing, and in a sum what is nothing wherever it is printed.
pub(crate) fn is_doubtful(id: FigureId, expected: Option<Interval>, cases: &[&Case], ledger: &Ledger<'_>) -> bool {
    let Some((own, _)) = ledger.known(id) else { return false };
    if expected.is_some_and(|expected| !is_possible(id, own.nearest(expected.high), ledger)) {
        return true;
    }
    let nothing = |(printed, _, _): &(Printed, Interval, Vec<FigureId>)| printed.is_zero();
    let everywhere = |key| ledger.printings(key).is_none_or(|printings| printings.values.iter().all(nothing));
    own.is_zero() && cases.iter().any(|case| case.form.signed().count() > 2) && ledger.keys(id).iter().all(everywhere)
}

/// What a slip of the pen stands for: the same digits in the unit of the others, or the change where the amount of last year is
/// printed for it.
pub(crate) fn slip(id: FigureId, expected: Interval, cases: &[&Case], ledger: &Ledger<'_>) -> Option<Printed> {
    in_other_unit(id, expected, cases, ledger).or_else(|| change_from_last_year(id, expected, cases, ledger))
}

/// The same digits in the unit of all others, where they are right then.
fn in_other_unit(id: FigureId, expected: Interval, cases: &[&Case], ledger: &Ledger<'_>) -> Option<Printed> {
    let own = ledger.package.figure(id)?.cell.number()?;
    own.unit.fen()?;
    let units = |case: &&Case| {
        let others = case.form.figures().into_iter().filter(|other| *other != id);
        others.filter_map(|other| ledger.known(other)).map(|(printed, _)| printed.unit).collect::<Vec<_>>()
    };
    let right =
        [Unit::WanYuan, Unit::Yuan].into_iter().filter(|unit| *unit != own.unit).map(|unit| Printed { unit, ..own });
    right.filter(|value| !value.is_zero() && value.interval().meets(expected)).find(|value| {
        cases.iter().map(units).any(|units| units.len() > 1 && units.iter().all(|unit| *unit == value.unit))
    })
}

/// The amount less what is printed for its change, whichever way that is said to go, where that is the amount of last year.
fn change_from_last_year(id: FigureId, expected: Interval, cases: &[&Case], ledger: &Ledger<'_>) -> Option<Printed> {
    let (own, _) = ledger.known(id)?;
    if own.is_zero() || !ledger.keys(id).iter().any(|key| matches!(key.1, Measure::Change(_))) {
        return None;
    }
    let amount = |case: &&Case| match &case.form {
        Form::Quotient { shares, .. } => {
            shares.iter().find(|share| (share.part, share.whole) == (0, 1)).map(|share| share.operand.middle(ledger))
        }
        _ => None,
    };
    let right = cases.iter().filter_map(amount).map(|amount| own.nearest(amount - middle(own).abs()));
    right.into_iter().find(|right| right.interval().meets(expected))
}

/// What else is known of the figures of a report.
pub(crate) struct Standing {
    /// Those of broken relations.
    broken: BTreeSet<FigureId>,
    /// Those that a table prints too, or a sum of several holds for.
    held: BTreeSet<FigureId>,
    /// What prints a value: places in the order of the ledger. A document with many faults asks for each of them.
    printed: BTreeMap<i128, Vec<usize>>,
}

impl Standing {
    pub(crate) fn of(cases: &[Case], ledger: &Ledger<'_>) -> Standing {
        let figures = |verdict: Verdict| {
            let own = cases.iter().filter(move |case| case.verdict == verdict);
            own.filter(|case| !matches!(case.form, Form::Fact { .. })).map(|case| case.form.figures())
        };
        let money = |id: &FigureId| ledger.known(*id).is_some_and(|(printed, _)| !printed.is_zero());
        let proves = |ids: &Vec<FigureId>| match ids.as_slice() {
            [a, b] => {
                ledger.keys(*a).iter().any(|key| ledger.keys(*b).contains(key))
                    && (ledger.in_table(*a) || ledger.in_table(*b))
            }
            more => more.iter().filter(|id| money(id)).count() > 2,
        };
        let broken: BTreeSet<FigureId> = figures(Verdict::Broken).flatten().collect();
        let sound = |ids: &Vec<FigureId>| proves(ids) && ids.iter().all(|id| !broken.contains(id));
        let held = figures(Verdict::Holds).filter(sound).flatten().collect();
        let mut printed: BTreeMap<i128, Vec<usize>> = BTreeMap::new();
        for (at, key) in ledger.order().iter().enumerate() {
            let values = ledger.printings(key).into_iter().flat_map(|printings| &printings.values);
            let mut values: Vec<i128> = values.map(|(value, _, _)| middle(*value)).collect();
            values.sort_unstable();
            values.dedup();
            values.into_iter().for_each(|value| printed.entry(value).or_default().push(at));
        }
        Standing { broken, held, printed }
    }
}

/// The first explanation that closes the gap exactly.
pub(crate) fn likely_cause(
    id: FigureId,
    right: Printed,
    cases: &[&Case],
    (standing, ledger): (&Standing, &Ledger<'_>),
) -> Option<Cause> {
    let (wrong, _) = ledger.known(id)?;
    if wrong.is_zero() || right.is_zero() {
        return None;
    }
    let as_change = change_from_last_year(id, right.interval(), cases, ledger) == Some(right);
    as_change
        .then_some(Cause::LastYearAsChange { value: wrong })
        .or_else(|| other_figure(id, wrong, (standing, ledger)))
        .or_else(|| digits(wrong, right))
}

/// A figure of another year, stage, fund or nature that stands here; it is right where it stands, and not of the same row,
/// where equal figures are usual.
fn other_figure(id: FigureId, wrong: Printed, (standing, ledger): (&Standing, &Ledger<'_>)) -> Option<Cause> {
    let (meaning, measure) = ledger.keys(id).first()?;
    let mut best: Option<(usize, Cause)> = None;
    let keys = standing.printed.get(&middle(wrong)).into_iter().flatten();
    for key in keys.filter_map(|at| ledger.order().get(*at)) {
        if key.1 != *measure || key.0 == *meaning {
            continue;
        }
        let apart = Dimension::ALL.iter().filter(|d| key.0.get(**d) != meaning.get(**d)).count();
        if apart > 1 || best.as_ref().is_some_and(|(least, _)| *least <= apart) {
            continue;
        }
        let same = |(printed, _, _): &&(Printed, _, _)| middle(*printed) == middle(wrong);
        let found = ledger.printings(key).and_then(|p| p.values.iter().find(same));
        let row =
            |id: &FigureId| ledger.place(*id).map(|place| (&place.table, &place.row)).filter(|row| row.0.is_some());
        let own = row(&id);
        let right = |other: &FigureId| !standing.broken.contains(other) && standing.held.contains(other);
        if let Some((_, _, ids)) = found
            && !ids.iter().any(|other| *other == id || own.is_some() && row(other) == own)
            && ids.iter().any(right)
        {
            best = Some((apart, Cause::OtherMeaning { value: wrong, of: Box::new(ledger.subject(key)) }));
        }
    }
    if best.is_none()
        && matches!(measure, Measure::Amount | Measure::Count)
        && meaning.get(Dimension::Year).is_none()
        && let Some((then, meaning)) = ledger.earlier(&meaning.clone().with(Dimension::Year, ledger.last_year()))
        && then.quantity(&meaning).is_some_and(|p| p.values.iter().any(|(v, _, _)| middle(*v) == middle(wrong)))
    {
        return Some(Cause::LastYear { value: wrong });
    }
    best.map(|(_, cause)| cause)
}

/// Whether digits that are easily mistaken explain a wrong figure.
pub(crate) fn mistaken(id: FigureId, expected: Option<Interval>, cases: &[&Case], ledger: &Ledger<'_>) -> bool {
    let wrong = ledger.known(id).map(|(printed, _)| printed);
    let right = suggestion(id, cases, expected, ledger);
    wrong.zip(right).is_some_and(|(wrong, right)| digits(wrong, right).is_some())
}

/// A slip of digits.
fn digits(wrong: Printed, right: Printed) -> Option<Cause> {
    let decimals = wrong.decimals.max(right.decimals);
    let (wrong, right) = (wrong.with_decimals_at_least(decimals), right.with_decimals_at_least(decimals));
    if wrong.unit != right.unit {
        return (wrong.mantissa == right.mantissa).then_some(Cause::YuanAsWan);
    }
    if wrong.mantissa == -right.mantissa {
        return Some(Cause::SignTurned);
    }
    let slips =
        [(10, Cause::PointMoved { places: 1 }), (100, Cause::PointMoved { places: 2 }), (10_000, Cause::YuanAsWan)];
    for (factor, cause) in slips {
        let (w, r) = (i128::from(wrong.mantissa), i128::from(right.mantissa));
        if r != 0 && ((w - r * factor).abs() < factor || (r - w * factor).abs() < factor && w != 0) {
            return Some(cause);
        }
    }
    let (w, r) = (wrong.mantissa.unsigned_abs().to_string(), right.mantissa.unsigned_abs().to_string());
    let (w, r): (Vec<char>, Vec<char>) = (w.chars().collect(), r.chars().collect());
    if w.len() == r.len() {
        let apart: Vec<usize> = (0..w.len()).filter(|i| w.get(*i) != r.get(*i)).collect();
        return match apart.as_slice() {
            [_] => Some(Cause::DigitWrong),
            [a, b] if w.get(*a) == r.get(*b) && w.get(*b) == r.get(*a) => Some(Cause::DigitsTurned),
            _ => None,
        };
    }
    let without = |long: &[char], short: &[char]| {
        long.len() == short.len() + 1
            && (0..long.len()).any(|skip| long.iter().enumerate().filter(|(i, _)| *i != skip).map(|(_, c)| c).eq(short))
    };
    if without(&r, &w) {
        return Some(Cause::DigitLost);
    }
    without(&w, &r).then_some(Cause::DigitDoubled)
}

/// The gap between two prints, in their unit.
pub(crate) fn gap(a: Printed, b: Printed) -> Difference {
    let like = if a.unit == b.unit && last_place(a) <= last_place(b) { a } else { b };
    Difference(like.nearest((middle(a) - middle(b)).abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(text: &str) -> Printed {
        Printed::parse(text, Unit::WanYuan).unwrap()
    }

    #[test]
    fn slips_of_digits_are_named() {
        for (wrong, right, cause) in [
            ("921.69", "921.96", Cause::DigitsTurned),
            ("92.20", "921.96", Cause::PointMoved { places: 1 }),
            ("9219600.00", "921.96", Cause::YuanAsWan),
            ("921.06", "921.96", Cause::DigitWrong),
            ("91.96", "921.96", Cause::DigitLost),
            ("-3.00", "3.00", Cause::SignTurned),
        ] {
            assert_eq!(digits(print(wrong), print(right)), Some(cause), "{wrong}");
        }
        assert_eq!(digits(print("500.00"), print("921.96")), None);
    }
}
