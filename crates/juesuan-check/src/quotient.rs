//! Percentages against their operands, by exact fractions of interval ends.
//!
//! percent = 100 · Σ part·x ÷ Σ whole·x is monotone in each x while the denominator keeps its sign, so its extremes
//! lie at the corners of the intervals.

use juesuan_model::printed::{STEPS_PER_PERCENT, percent};
use juesuan_model::relation::Share;
use juesuan_model::{FigureId, Interval, Severity, Verdict};

use crate::case::{FAR, Worth as _};
use crate::decimals::cut_off;
use crate::ledger::{Ledger, last_place};

/// Steps in 100 percent.
const HUNDRED: i128 = 100 * STEPS_PER_PERCENT;

/// The verdict with its tail, and how grave a break is.
pub(crate) fn evaluate(percent: FigureId, shares: &[Share], ledger: &Ledger<'_>) -> ((Verdict, bool), Severity) {
    let broken = |severity| ((Verdict::Broken, false), severity);
    let holds = |tail| ((Verdict::Holds, tail), Severity::Notice);
    let other = |verdict| ((verdict, false), Severity::Notice);
    let mut intervals = Vec::with_capacity(shares.len());
    for share in shares {
        match share.operand.interval(ledger) {
            Ok(interval) => intervals.push(interval),
            Err(verdict) => return other(verdict),
        }
    }
    let Some((printed, said)) = ledger.known(percent) else {
        return other(match ledger.value(percent) {
            crate::ledger::Value::Unreadable => Verdict::Unreadable,
            _ => Verdict::NotApplicable,
        });
    };
    // A base that may be zero gives no percentage; rules speak of those.
    let Some(range) = range(shares, &intervals) else {
        return other(Verdict::NotApplicable);
    };
    if said.meets(range) {
        return holds(false);
    }
    if cut_off(printed).meets(range) {
        return holds(true);
    }
    // Between the print and the one that would be right.
    let place = if printed.decimals > 0 { last_place(printed) } else { 0 };
    let miss = place + if said.low > range.high { said.low - range.high } else { range.low - said.high };
    // Whole 万元 leave a wide range: 96 of 864 is 11.11 %, and 12.11 % is one point off whatever was rounded.
    let exact = middle(shares, ledger).filter(|_| place > 0).map(|right| printed.nearest(right).middle());
    let miss = exact.map_or(miss, |right| miss.max((printed.middle() - right).abs()));
    broken(if miss < STEPS_PER_PERCENT { Severity::Warning } else { Severity::Error })
}

/// The percentage of what is printed, as if its digits were exact, in steps; `None` where the base is nothing or less.
pub(crate) fn middle(shares: &[Share], ledger: &Ledger<'_>) -> Option<i128> {
    let sum = |factor: fn(&Share) -> i128| -> i128 {
        shares.iter().map(|share| factor(share) * share.operand.middle(ledger)).sum()
    };
    percent(sum(|share| share.part), sum(|share| share.whole))
}

/// All percentages possible, in steps; `None` where the base may be zero or negative.
pub(crate) fn range(shares: &[Share], intervals: &[Interval]) -> Option<Interval> {
    let mut ends: Option<Interval> = None;
    for corner in 0..1u32 << shares.len() {
        let (mut part, mut whole) = (0i128, 0i128);
        for (number, (share, interval)) in shares.iter().zip(intervals).enumerate() {
            let x = if corner >> number & 1 == 0 { interval.low } else { interval.high };
            part += share.part * x;
            whole += share.whole * x;
        }
        if whole <= 0 {
            return None;
        }
        let scaled = part * HUNDRED;
        let (low, high) = (scaled.div_euclid(whole), -((-scaled).div_euclid(whole)));
        ends = Some(ends.map_or(Interval { low, high }, |e| Interval { low: e.low.min(low), high: e.high.max(high) }));
    }
    ends
}

/// The values of `figure` for which the percentage would be right. `None`: none, or any.
pub(crate) fn expected(percent: FigureId, shares: &[Share], figure: FigureId, ledger: &Ledger<'_>) -> Option<Interval> {
    if figure == percent {
        let intervals: Option<Vec<Interval>> = shares.iter().map(|s| s.operand.interval(ledger).ok()).collect();
        let range = range(shares, &intervals?)?;
        let half = ledger.known(percent).map_or(0, |(printed, _)| last_place(printed) / 2);
        return Some(Interval { low: range.low - half, high: range.high + half });
    }
    let own = shares.iter().find(|s| s.operand.figure() == Some(figure))?;
    let (_, said) = ledger.known(percent)?;
    let others: Vec<(&Share, Interval)> = shares
        .iter()
        .filter(|s| s.operand.figure() != Some(figure))
        .map(|s| s.operand.interval(ledger).ok().map(|i| (s, i)))
        .collect::<Option<_>>()?;
    let mut ends: Option<Interval> = None;
    let mut signs = (false, false);
    for corner in 0..1u32 << (others.len() + 1) {
        let p = if corner & 1 == 0 { said.low } else { said.high };
        let (mut part, mut whole) = (0i128, 0i128);
        for (number, (share, interval)) in others.iter().enumerate() {
            let x = if corner >> (number + 1) & 1 == 0 { interval.low } else { interval.high };
            part += share.part * x;
            whole += share.whole * x;
        }
        // (a·x + part) · HUNDRED = p · (w·x + whole)
        let (above, below) = (p * whole - part * HUNDRED, own.part * HUNDRED - own.whole * p);
        if below == 0 {
            return None;
        }
        // 0 ÷ 86 = 0%, and 0 of any other whole too.
        signs = (signs.0 || below < 0, signs.1 || below > 0);
        if signs == (true, true) {
            return None;
        }
        let (above, below) = if below < 0 { (-above, -below) } else { (above, below) };
        let (low, high) = (above.div_euclid(below), -((-above).div_euclid(below)));
        ends = Some(ends.map_or(Interval { low, high }, |e| Interval { low: e.low.min(low), high: e.high.max(high) }));
    }
    ends.filter(|e| e.low > -FAR && e.high < FAR)
}
