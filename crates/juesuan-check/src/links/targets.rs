//! The targets that a self-evaluation names are those that were published with the budget of the same body and year.

use juesuan_evaluate::Aim;
use juesuan_model::{Evaluation, Indicator, Message, Package, Role, Said, Spot, Stands, Verdict, Voice};

use super::bench::Bench;
use crate::docket::HOW_MANY;

/// Most indicators named in one finding.
const NAMED: usize = 6;

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Indicators and their values in the forms of a final account against those of the budget.
pub(crate) fn as_published(bench: &mut Bench<'_, '_>) {
    let (number, Some(budget)) = (bench.document, bench.beside.budget) else { return };
    let (Some(package), Some(planned)) = (bench.package(number), bench.package(budget)) else { return };
    for form in forms(package) {
        let Some(plan) = forms(planned).find(|plan| letters(&plan.project) == letters(&form.project)) else {
            continue;
        };
        compare(bench, (number, package, form), (budget, plan));
    }
}

fn forms(package: &Package) -> impl Iterator<Item = &Evaluation> {
    let evaluations = package.performance.evaluations.iter();
    evaluations.filter(|e| e.stands == Stands::Form && !e.indicators.is_empty())
}

fn compare(
    bench: &mut Bench<'_, '_>,
    (number, package, form): (usize, &Package, &Evaluation),
    (budget, plan): (usize, &Evaluation),
) {
    let of = |indicator: &Indicator, all: &[Indicator]| {
        let name = letters(indicator.name());
        let mut same = all.iter().filter(|other| letters(other.name()) == name);
        // Two of one name cannot be told apart.
        same.next().cloned().filter(|_| same.next().is_none())
    };
    let Some(ledger) = bench.ledger(number) else { return };
    let words = &ledger.catalog.performance.values;
    let mut wrong = Vec::new();
    let mut seen = 0;
    for indicator in &form.indicators {
        let Some(planned) = of(indicator, &plan.indicators) else { continue };
        let changed =
            package.performance.changes.iter().any(|change| {
                change.project == form.project && letters(&change.indicator) == letters(indicator.name())
            });
        if planned.target.text.is_empty() || indicator.target.text.is_empty() || changed {
            continue;
        }
        seen += 1;
        if !same(&Aim::parse(&planned.target.text, words), &Aim::parse(&indicator.target.text, words)) {
            wrong.push((indicator.clone(), planned));
        }
    }
    let gone: Vec<&str> = plan
        .indicators
        .iter()
        .filter(|planned| of(planned, &plan.indicators).is_some())
        .map(Indicator::name)
        .filter(|name| !form.indicators.iter().any(|own| letters(own.name()) == letters(name)))
        .collect();
    if seen == 0 {
        return;
    }
    if wrong.is_empty() && gone.is_empty() {
        let message = Message::new("same").with("项目", of_form(form)).with(HOW_MANY, seen);
        return bench.say(message, Vec::new(), Verdict::Holds);
    }
    let message = different(form, &wrong, &gone);
    let mut spots = Vec::new();
    for (own, planned) in wrong.iter().take(NAMED) {
        let role = if spots.is_empty() { Role::Wrong } else { Role::Other };
        let place = bench.filed(number, own.place.clone());
        spots.push(Spot::words(role, Voice::Form, &own.target.text, place));
        let place = bench.filed(budget, planned.place.clone());
        spots.push(Spot::words(Role::Other, Voice::Budget, &planned.target.text, place));
    }
    if spots.is_empty() {
        spots.push(Spot::at(Role::Wrong, bench.filed(number, form.title.place.clone())));
    }
    bench.fault(message, spots);
}

fn of_form(form: &Evaluation) -> Said {
    if form.is_whole() { Message::new("whole").into() } else { Said::name(&form.project) }
}

/// What differs: values, and indicators of the budget that the form lacks.
fn different(form: &Evaluation, wrong: &[(Indicator, Indicator)], gone: &[&str]) -> Message {
    let value = |(own, planned): &(Indicator, Indicator)| {
        Message::new("other-value")
            .with("指标", Said::name(own.name()))
            .with("写", Said::words(&own.target.text))
            .with("定", Said::words(&planned.target.text))
    };
    let mut all: Vec<Message> = wrong.iter().take(NAMED).map(value).collect();
    if wrong.len() > NAMED {
        all.push(Message::new("so-many").with(HOW_MANY, wrong.len()));
    }
    if !gone.is_empty() {
        let names = gone.iter().take(NAMED).map(|name| Said::name(*name));
        all.push(Message::new("not-evaluated").with("指标", Said::list(names)));
    }
    Message::new("different").with("项目", of_form(form)).with("不同", Said::list(all))
}

/// True if two targets are one: the same numbers, or the same words. A budget may have sign and unit in columns of their own.
fn same(planned: &Aim, own: &Aim) -> bool {
    match (planned.is_number(), own.is_number()) {
        (true, true) => {
            let unit = planned.unit.is_empty() || own.unit.is_empty() || planned.unit == own.unit;
            unit && (planned.low, planned.high) == (own.low, own.high)
        }
        _ => letters(&planned.text) == letters(&own.text),
    }
}
