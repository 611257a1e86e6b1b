//! Which indicators print a rate that the catalogue knows how to compute.

use std::collections::BTreeSet;

use juesuan_catalog::RateSpec;
use juesuan_model::{Evaluation, FigureId, Indicator, Interval, Unit};

use super::Bench;

/// An indicator that prints a rate.
pub(super) struct Printed<'a> {
    pub(super) form: &'a Evaluation,
    pub(super) indicator: &'a Indicator,
    pub(super) id: FigureId,
    pub(super) value: Interval,
    pub(super) spec: &'a RateSpec,
}

/// Letters and digits: quotation marks make no difference in a name.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The indicators of the rule with a printed percentage.
pub(super) fn all_printed<'a>(bench: &Bench<'_, '_, 'a>) -> Vec<Printed<'a>> {
    let ledger = bench.docket.ledger;
    let specs: Vec<(String, &RateSpec)> = ledger
        .catalog
        .performance
        .rates
        .iter()
        .flat_map(|spec| std::iter::once(&spec.key).chain(&spec.names).map(move |name| (letters(name), spec)))
        .collect();
    let own = bench.words("rates");
    let others: BTreeSet<&String> = ledger
        .catalog
        .rulebook
        .rules()
        .iter()
        .filter(|rule| rule.body == bench.rule.body && rule.code != bench.rule.code)
        .flat_map(|rule| rule.with.words("rates"))
        .collect();
    let mut out = Vec::new();
    for form in bench.evaluations() {
        for indicator in &form.indicators {
            let name = letters(indicator.name());
            let named =
                specs.iter().filter(|(own, spec)| name.contains(own.as_str()) && spec.of_project != form.is_whole());
            let Some((_, spec)) = named.max_by_key(|(own, _)| own.len()) else { continue };
            let mine = if own.is_empty() { !others.contains(&spec.key) } else { own.contains(&spec.key) };
            let known = indicator.actual.value.and_then(|id| Some((id, ledger.known(id)?)));
            let Some((id, (printed, value))) = known.filter(|_| mine) else { continue };
            if printed.unit == Unit::Percent && indicator.actual.upto.is_none() {
                out.push(Printed { form, indicator, id, value, spec });
            }
        }
    }
    out
}
