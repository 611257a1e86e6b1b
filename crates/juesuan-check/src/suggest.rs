//! What should stand at a faulty place, and what probably happened.

use juesuan_model::{Dimension, FigureId, Interval, Measure, Printed, Unit};

use crate::case::{Case, Form};
use crate::ledger::{Ledger, last_place, middle};
use crate::words::{near, with_unit};

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
        if let Form::Linear { terms, .. } = &case.form {
            let factor: i128 = terms.iter().filter(|t| t.operand.figure() == Some(id)).map(|t| t.factor).sum();
            let rest: i128 = terms
                .iter()
                .filter(|t| t.operand.figure() != Some(id))
                .map(|t| t.factor * t.operand.middle(ledger))
                .sum();
            if factor != 0 {
                candidates.push(near(-rest / factor, own));
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
        let value = near((expected.low + expected.high) / 2, own);
        inside(value).then_some(value)
    })
}

/// The first explanation that closes the gap exactly.
pub(crate) fn likely_cause(id: FigureId, right: Printed, ledger: &Ledger<'_>) -> Option<String> {
    let (wrong, _) = ledger.known(id)?;
    if wrong.is_zero() {
        return None;
    }
    other_figure(id, wrong, ledger).or_else(|| digits(wrong, right))
}

/// A figure of another year, stage, fund or nature that stands here.
fn other_figure(id: FigureId, wrong: Printed, ledger: &Ledger<'_>) -> Option<String> {
    let (meaning, measure) = ledger.keys(id).first()?;
    let mut best: Option<(usize, String)> = None;
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
            best = Some((apart, format!("{}是{}的数，疑似取错口径", with_unit(wrong), ledger.key_words(key))));
        }
    }
    if best.is_none()
        && matches!(measure, Measure::Amount | Measure::Count)
        && meaning.get(Dimension::Year).is_none()
        && let Some((then, meaning)) = ledger.earlier(&meaning.clone().with(Dimension::Year, ledger.last_year()))
        && then.quantity(&meaning).is_some_and(|p| p.values.iter().any(|(v, _, _)| middle(*v) == middle(wrong)))
    {
        return Some(format!("{}是上年的数，疑似没有更新", with_unit(wrong)));
    }
    best.map(|(_, text)| text)
}

/// A slip of digits.
fn digits(wrong: Printed, right: Printed) -> Option<String> {
    let decimals = wrong.decimals.max(right.decimals);
    let (wrong, right) = (wrong.with_decimals_at_least(decimals), right.with_decimals_at_least(decimals));
    if wrong.unit != right.unit {
        return None;
    }
    if wrong.mantissa == -right.mantissa {
        return Some("正负号相反".to_owned());
    }
    for (factor, what) in [(10, "小数点错一位"), (100, "小数点错两位"), (10_000, "元与万元混用")] {
        let (w, r) = (i128::from(wrong.mantissa), i128::from(right.mantissa));
        if r != 0 && ((w - r * factor).abs() < factor || (r - w * factor).abs() < factor && w != 0) {
            return Some(format!("疑似{what}"));
        }
    }
    let (w, r) = (wrong.mantissa.unsigned_abs().to_string(), right.mantissa.unsigned_abs().to_string());
    let (w, r): (Vec<char>, Vec<char>) = (w.chars().collect(), r.chars().collect());
    if w.len() == r.len() {
        let apart: Vec<usize> = (0..w.len()).filter(|i| w.get(*i) != r.get(*i)).collect();
        return match apart.as_slice() {
            [_] => Some("疑似录错一位数字".to_owned()),
            [a, b] if w.get(*a) == r.get(*b) && w.get(*b) == r.get(*a) => Some("疑似两位数字颠倒".to_owned()),
            _ => None,
        };
    }
    let without = |long: &[char], short: &[char]| {
        long.len() == short.len() + 1
            && (0..long.len()).any(|skip| long.iter().enumerate().filter(|(i, _)| *i != skip).map(|(_, c)| c).eq(short))
    };
    if without(&r, &w) {
        return Some("疑似漏录一位数字".to_owned());
    }
    without(&w, &r).then(|| "疑似多录一位数字".to_owned())
}

/// The gap between two prints, in their unit.
pub(crate) fn gap(a: Printed, b: Printed) -> String {
    let like = if last_place(a) <= last_place(b) { a } else { b };
    let gap = near((middle(a) - middle(b)).abs(), like);
    if gap.unit == Unit::Percent { format!("{}个百分点", gap.digits()) } else { with_unit(gap) }
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
            ("921.69", "921.96", "疑似两位数字颠倒"),
            ("92.20", "921.96", "疑似小数点错一位"),
            ("9219600.00", "921.96", "疑似元与万元混用"),
            ("921.06", "921.96", "疑似录错一位数字"),
            ("91.96", "921.96", "疑似漏录一位数字"),
            ("-3.00", "3.00", "正负号相反"),
        ] {
            assert_eq!(digits(print(wrong), print(right)).as_deref(), Some(cause), "{wrong}");
        }
        assert_eq!(digits(print("500.00"), print("921.96")), None);
    }
}
