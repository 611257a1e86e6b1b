//! Amounts of a region that must not be negative, or must be nothing.

use juesuan_model::relation::{Given, Operand, Sense, Term};
use juesuan_model::{FigureId, Measure, Printed};

use super::Bench;
use crate::ledger::Value;

/// No amount within `[with] within` is negative.
pub(crate) fn not_negative(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let (mut seen, mut faults) = (Vec::new(), 0);
    for id in within(bench) {
        seen.push(id);
        let negative = ledger.known(id).is_some_and(|(printed, _)| printed.mantissa < 0);
        if negative || matches!(ledger.value(id), Value::Unreadable) {
            faults += 1;
            let what = format!("{}不小于零", ledger.label(id));
            let zero = nothing();
            bench.docket.compare(bench.heading, &what, &[zero], Sense::AtMost, &[Term::plus(id)], 0);
        }
    }
    bench.conclude(seen, faults);
}

/// Every amount within `[with] within` is nothing.
pub(crate) fn nothing_within(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let (mut seen, mut faults) = (Vec::new(), 0);
    for id in within(bench) {
        seen.push(id);
        if ledger.known(id).is_none_or(|(printed, _)| !printed.is_zero()) {
            faults += 1;
            let what = format!("{}没有发生额", ledger.label(id));
            bench.docket.compare(bench.heading, &what, &[Term::plus(id)], Sense::Equal, &[nothing()], 0);
        }
    }
    bench.conclude(seen, faults);
}

fn nothing() -> Term {
    Term { operand: Operand::Given(Given::number(0, Printed::count(0))), factor: 1 }
}

/// The amounts that lie in one of the regions of the rule: same item, stage and year, inside on the other dimensions.
fn within(bench: &Bench<'_, '_, '_>) -> Vec<FigureId> {
    use juesuan_model::Dimension::{Item, Stage, Year};
    let ledger = bench.docket.ledger;
    let regions: Vec<_> =
        bench.meanings("within").iter().map(|meaning| (ledger.trees().selector(meaning), meaning)).collect();
    let mut out = Vec::new();
    for (id, _, entry) in ledger.figures() {
        let inside = entry.keys.iter().any(|(inner, measure)| {
            *measure == Measure::Amount
                && regions.iter().any(|(selector, region)| {
                    [Item, Stage, Year].iter().all(|d| inner.get(*d) == region.get(*d))
                        && (inner == *region || selector.selects(ledger.trees(), inner))
                })
        });
        if inside && !matches!(entry.value, Value::Absent) {
            out.push(id);
        }
    }
    out
}
