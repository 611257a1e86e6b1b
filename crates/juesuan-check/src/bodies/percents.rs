//! Changes, growth rates, shares and completion rates that cannot be, whatever their operands.

use juesuan_model::relation::{Operand, Sense, Term};
use juesuan_model::{Measure, Verdict};

use super::Bench;
use crate::case::Worth as _;
use crate::laws::derivation::{compared_with, operands};
use crate::ledger::{Value, middle};

/// Last year's amount, this year's less the change, is not negative.
pub(crate) fn prior_not_negative(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    for (id, figure, entry) in ledger.figures() {
        for (meaning, measure) in &entry.keys {
            let Measure::Change(against) = measure else {
                continue;
            };
            let section = figure.place.section.as_deref();
            let Some(now) = operands(bench.docket, meaning, section).into_iter().next() else {
                continue;
            };
            let what = format!("由{}推得的{}数不小于零", ledger.label(id), crate::words::against_word(*against));
            let now = Term { operand: now, factor: 1 };
            bench.docket.compare(bench.heading, &what, &[Term::plus(id)], Sense::AtMost, &[now], 0);
        }
    }
}

/// There is no growth rate where there was nothing before.
pub(crate) fn no_growth_from_nothing(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let (mut seen, mut faults) = (Vec::new(), 0);
    for (id, figure, entry) in ledger.figures() {
        for (meaning, measure) in &entry.keys {
            let Measure::Growth(against) = measure else {
                continue;
            };
            let Some((printed, _)) = ledger.known(id) else {
                continue;
            };
            let section = figure.place.section.as_deref();
            seen.push(id);
            let base = operands(bench.docket, &compared_with(ledger, meaning, *against), section).into_iter().next();
            let change = ledger.printings(&(meaning.clone(), Measure::Change(*against))).and_then(|p| p.first());
            let now = operands(bench.docket, meaning, section).into_iter().next();
            let base = match (base, now, change) {
                (Some(base), _, _) => Some(base.middle(ledger)),
                (None, Some(now), Some(change)) => Some(now.middle(ledger) - Operand::Figure(change).middle(ledger)),
                _ => None,
            };
            if base == Some(0) && !printed.is_zero() {
                faults += 1;
                let text = format!(
                    "{}{}为{}，而{}为零，没有增减率可言",
                    ledger.whereabouts(id),
                    ledger.label(id),
                    ledger.stands(id),
                    crate::words::against_word(*against)
                );
                bench.say(text, vec![id], Verdict::Broken);
            }
        }
    }
    bench.conclude(seen, faults);
}

/// A change and its growth rate have the same sign.
pub(crate) fn change_and_growth_agree(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let (mut seen, mut faults) = (Vec::new(), 0);
    for (id, _, entry) in ledger.figures() {
        for (meaning, measure) in &entry.keys {
            let Measure::Growth(against) = measure else {
                continue;
            };
            let change = ledger.printings(&(meaning.clone(), Measure::Change(*against))).and_then(|p| p.first());
            let (Some((rate, _)), Some(change)) = (ledger.known(id), change) else {
                continue;
            };
            let Some((amount, _)) = ledger.known(change) else {
                continue;
            };
            seen.push(id);
            if rate.mantissa.signum() * amount.mantissa.signum() < 0 {
                faults += 1;
                let text = format!("{}与{}方向相反", ledger.cited(id), ledger.cited(change));
                bench.say(text, vec![id, change], Verdict::Broken);
            }
        }
    }
    bench.conclude(seen, faults);
}

/// There is no completion rate of a budget of nothing.
pub(crate) fn no_completion_of_nothing(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let (mut seen, mut faults) = (Vec::new(), 0);
    for (id, figure, entry) in ledger.figures() {
        for (meaning, measure) in &entry.keys {
            let Measure::Completion(against) = measure else {
                continue;
            };
            let section = figure.place.section.as_deref();
            let whole = compared_with(ledger, meaning, *against);
            let Some(budget) = operands(bench.docket, &whole, section).into_iter().next() else {
                continue;
            };
            seen.push(id);
            let some = ledger.known(id).is_some_and(|(printed, _)| !printed.is_zero());
            if budget.interval(ledger).is_ok() && budget.middle(ledger) == 0 && some {
                faults += 1;
                let text = format!(
                    "{}{}为{}，而{}为零",
                    ledger.whereabouts(id),
                    ledger.label(id),
                    ledger.stands(id),
                    crate::words::against_word(*against)
                );
                let figures = [Some(id), budget.figure()].into_iter().flatten().collect();
                bench.say(text, figures, Verdict::Broken);
            }
        }
    }
    bench.conclude(seen, faults);
}

/// A share lies between 0 and 100, a completion rate is not negative, a decrease not more than 100.
pub(crate) fn percent_in_range(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let hundred = 100 * juesuan_model::printed::STEPS_PER_PERCENT;
    let (mut seen, mut faults) = (Vec::new(), 0);
    for (id, _, entry) in ledger.figures() {
        let Some((_, measure)) = entry.keys.first() else {
            continue;
        };
        let (low, high, range) = match measure {
            Measure::Share { .. } => (0, hundred, "占比应在0至100%之间"),
            Measure::Completion(_) => (0, i128::MAX, "完成率不会是负数"),
            Measure::Growth(_) => (-hundred, i128::MAX, "下降不会超过100%"),
            Measure::Amount | Measure::Change(_) | Measure::Count | Measure::Score => continue,
        };
        match entry.value {
            Value::Known { printed, .. } => {
                seen.push(id);
                if middle(printed) < low || middle(printed) > high {
                    faults += 1;
                    bench.say(
                        format!("{}{}为{}，{range}", ledger.whereabouts(id), ledger.label(id), ledger.stands(id)),
                        vec![id],
                        Verdict::Broken,
                    );
                }
            }
            Value::Unreadable => {
                faults += 1;
                bench.say(
                    format!("{}{}读不出", ledger.whereabouts(id), ledger.label(id)),
                    vec![id],
                    Verdict::Unreadable,
                );
            }
            Value::Absent => {}
        }
    }
    bench.conclude(seen, faults);
}
