//! The targets that a self-evaluation names are those that were published with the budget of the same body and year.

use juesuan_evaluate::Aim;
use juesuan_model::{Evaluation, Indicator, Kind, NamedValue, Package, Stands, Verdict};

use super::bench::Bench;
use super::names;

/// Most indicators named in one finding.
const NAMED: usize = 6;

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Indicators and their values in the forms of a final account against those of the budget.
pub(crate) fn as_published(bench: &mut Bench<'_, '_>) {
    for (number, package) in bench.packages().into_iter().filter(|(_, package)| package.kind == Kind::Final) {
        let budget = bench.packages().into_iter().find(|(_, other)| {
            other.kind == Kind::Budget
                && other.entity.year == package.entity.year
                && names::same_body(&other.entity, &package.entity, bench.own)
        });
        let Some((budget, planned)) = budget else { continue };
        for form in forms(package) {
            let Some(plan) = forms(planned).find(|plan| letters(&plan.project) == letters(&form.project)) else {
                continue;
            };
            compare(bench, (number, package, form), (budget, plan));
        }
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
    let project = if form.is_whole() { "部门整体" } else { &form.project };
    let of = |indicator: &Indicator, all: &[Indicator]| {
        let name = letters(indicator.name());
        let mut same = all.iter().filter(|other| letters(other.name()) == name);
        // Two of one name cannot be told apart.
        same.next().cloned().filter(|_| same.next().is_none())
    };
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
        if !same(&Aim::parse(&planned.target.text), &Aim::parse(&indicator.target.text)) {
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
        let text = format!("{project}自评表的指标值与预算公开的绩效目标一致（{seen}项）");
        return bench.add(number, text, Vec::new(), Verdict::Holds, false);
    }
    let mut said: Vec<String> = wrong
        .iter()
        .take(NAMED)
        .map(|(own, planned)| format!("“{}”写“{}”，预算公开为“{}”", own.name(), own.target.text, planned.target.text))
        .collect();
    if wrong.len() > NAMED {
        said.push(format!("共{}项不同", wrong.len()));
    }
    if !gone.is_empty() {
        said.push(format!("预算公开的“{}”没有自评", gone.iter().take(NAMED).copied().collect::<Vec<_>>().join("”“")));
    }
    let text = format!("{project}自评表的指标与预算公开的绩效目标不同：{}。", said.join("；"));
    let mut finding = bench.finding(text.clone(), &[]);
    let value =
        |label: &str, value: &str| NamedValue { label: label.to_owned(), value: value.to_owned(), unit: String::new() };
    for (own, planned) in wrong.iter().take(NAMED) {
        finding.places.push(bench.filed(number, own.place.clone()));
        finding.places.push(bench.filed(budget, planned.place.clone()));
        finding.figures.push(value("自评表", &own.target.text));
        finding.figures.push(value("预算公开", &planned.target.text));
    }
    if finding.places.is_empty() {
        finding.places.push(bench.filed(number, form.title.place.clone()));
    }
    bench.fault(number, Vec::new(), text, finding);
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
