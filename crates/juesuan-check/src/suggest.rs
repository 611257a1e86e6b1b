//! What should stand at a faulty place, and what probably happened.

use juesuan_model::relation::{Form, Operand};
use juesuan_model::{Cause, Difference, Dimension, FigureId, Interval, Measure, Printed};

use crate::case::{Case, Worth as _};
use crate::ledger::{Ledger, last_place, middle};

/// The value that a faulty figure should have: as printed in another place, else calculated. It lies inside `expected`.
pub(crate) fn suggestion(
    id: FigureId,
    cases: &[&Case],
    expected: Option<Interval>,
    ledger: &Ledger<'_>,
) -> Option<Printed> {
    let expected = expected?;
    let (own, _) = ledger.known(id)?;
    let inside = |value: Printed| {
        let interval = value.interval();
        interval.meets(expected) && middle(value) != middle(own)
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
    best.map(|(_, value)| value).or_else(|| {
        let value = own.nearest((expected.low + expected.high) / 2);
        inside(value).then_some(value)
    })
}

/// The first explanation that closes the gap exactly.
pub(crate) fn likely_cause(id: FigureId, right: Printed, ledger: &Ledger<'_>) -> Option<Cause> {
    let (wrong, _) = ledger.known(id)?;
    if wrong.is_zero() {
        return None;
    }
    other_figure(id, wrong, ledger).or_else(|| digits(wrong, right))
}

/// A figure of another year, stage, fund or nature that stands here.
fn other_figure(id: FigureId, wrong: Printed, ledger: &Ledger<'_>) -> Option<Cause> {
    let (meaning, measure) = ledger.keys(id).first()?;
    let mut best: Option<(usize, Cause)> = None;
    for key in ledger.order() {
        if key.1 != *measure || key.0 == *meaning {
            continue;
        }
        let apart = Dimension::ALL.iter().filter(|d| key.0.get(**d) != meaning.get(**d)).count();
        if apart > 1 || best.as_ref().is_some_and(|(least, _)| *least <= apart) {
            continue;
        }
        let same = |(printed, _, _): &&(Printed, _, _)| middle(*printed) == middle(wrong);
        let found = ledger.printings(key).and_then(|p| p.values.iter().find(same));
        if let Some((_, _, ids)) = found
            && !ids.contains(&id)
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

/// A slip of digits.
fn digits(wrong: Printed, right: Printed) -> Option<Cause> {
    let decimals = wrong.decimals.max(right.decimals);
    let (wrong, right) = (wrong.with_decimals_at_least(decimals), right.with_decimals_at_least(decimals));
    if wrong.unit != right.unit {
        return None;
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
    let like = if last_place(a) <= last_place(b) { a } else { b };
    Difference(like.nearest((middle(a) - middle(b)).abs()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan_model::Unit;

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
