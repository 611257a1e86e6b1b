//! What money was used for: the uses that a sentence lists with their amounts, and costs that indicators report.

use juesuan_model::{Evaluation, FigureId, Message, Printed, Quantity, Said, Stands, Unit};
use juesuan_text::unit;

use super::performance::Wrong;
use super::{Bench, Quote, of_project};
use crate::ledger::{last_place, middle};
use crate::passages::pattern;

/// Uses that a list has at least.
const USES: usize = 2;

/// `共90万元。其中：30万元用于甲；60万元用于乙。`: the uses add up. `[with] whole` has amount and unit of the whole as its groups,
/// `[with] part` those of each use; a list with anything else in it is none.
pub(crate) fn uses_add_up(bench: &mut Bench<'_, '_, '_>) {
    let passages = bench.passages();
    let of = |key: &str| bench.words(key).iter().filter_map(|text| pattern(text)).collect::<Vec<_>>();
    let (wholes, parts) = (of("whole"), of("part"));
    let (mut seen, mut found) = (0, Vec::new());
    for passage in passages.iter() {
        for whole in wholes.iter().flat_map(|regex| regex.captures_iter(passage.text())) {
            let (Some(all), Some(total)) = (whole.get(0), amount(&whole)) else { continue };
            let list = passage.text().get(all.end()..).unwrap_or_default();
            let Some((list, _)) = list.split_once('。') else { continue };
            let use_of = |clause: &str| parts.iter().find_map(|regex| amount(&regex.captures(clause)?));
            let Some(uses) = list.split('；').map(use_of).collect::<Option<Vec<Printed>>>() else { continue };
            if uses.len() < USES || uses.iter().any(|own| own.unit != total.unit) {
                continue;
            }
            seen += 1;
            // 30 beside 29.99 is 30.00: what prints fewer decimals is exact.
            let decimals = uses.iter().chain([&total]).map(|own| own.decimals).max().unwrap_or(0);
            let slack: i128 =
                uses.iter().chain([&total]).filter(|own| own.decimals == decimals).map(|own| last_place(*own)).sum();
            let sum: i128 = uses.iter().map(|own| middle(*own)).sum();
            if (sum - middle(total)).abs() * 2 > slack {
                let sum = Printed { decimals, ..total.with_decimals_at_least(decimals) }.nearest(sum);
                let wrong = Message::new("uses").with("合计", Said::from(sum)).with("印", Said::from(total));
                found.push((Quote::of(passage, all.start(), all.end() + list.len()), wrong));
            }
        }
    }
    for (spot, wrong) in &found {
        bench.report(std::slice::from_ref(spot), wrong.clone());
    }
    bench.settle(seen, found.len());
}

/// Amount and unit of a match.
fn amount(found: &regex::Captures<'_>) -> Option<Printed> {
    let digits: String = found.get(1)?.as_str().chars().filter(|c| *c != ',').collect();
    let unit = unit::named(found.get(2)?.as_str()).filter(|unit| unit.fen().is_some())?;
    Printed::parse(&digits, unit).ok()
}

/// An indicator of what a project cost reports what was spent, and not what was aimed at. `[with] words` are patterns of the
/// names of such indicators.
pub(crate) fn cost_is_what_was_spent(bench: &mut Bench<'_, '_, '_>) {
    let names: Vec<_> = bench.words("words").iter().filter_map(|text| pattern(text)).collect();
    let (mut seen, mut faults) = (0, 0);
    for form in bench.evaluations().iter().filter(|form| form.stands == Stands::Form && !form.is_whole()) {
        let Some((spent, executed)) = spent(bench, form) else { continue };
        for indicator in form.indicators.iter().filter(|own| names.iter().any(|name| name.is_match(own.name()))) {
            let ledger = bench.docket.ledger;
            let known = |id: Option<FigureId>| Some((id?, ledger.known(id?)?.0));
            let (Some((reached, actual)), Some((_, target))) =
                (known(indicator.actual.value), known(indicator.target.value))
            else {
                continue;
            };
            let in_money =
                [&indicator.actual.unit, &indicator.target.unit].iter().any(|own| own.as_str() == Unit::WanYuan.word());
            if !in_money {
                continue;
            }
            seen += 1;
            let money = |printed: Printed| middle(Printed { unit: Unit::WanYuan, ..printed });
            if money(actual) == money(target) && money(actual) > middle(executed) {
                faults += 1;
                let message = Message::new("as-aimed-at")
                    .with("自评表", of_project(&form.project))
                    .with("指标", Said::words(indicator.name()))
                    .with("完成值", reached)
                    .with("执行数", Said::from(executed));
                let figures = [reached].into_iter().chain(spent.iter().copied()).collect();
                bench.wrong(bench.heading.severity, Wrong { message, figures, ..Wrong::default() });
            }
        }
    }
    bench.done(seen, faults);
}

/// What a form says was spent: the line of the total, or the sources where that is nothing.
fn spent(bench: &Bench<'_, '_, '_>, form: &Evaluation) -> Option<(Vec<FigureId>, Printed)> {
    let known = |id: FigureId| Some((id, bench.docket.ledger.known(id)?.0));
    let of_total = form.amounts.get(&Quantity::Executed).and_then(|id| known(*id));
    if let Some((id, printed)) = of_total.filter(|(_, printed)| !printed.is_zero()) {
        return Some((vec![id], printed));
    }
    let parts = form.funds.iter().skip(1).filter_map(|line| known(*line.amounts.get(&Quantity::Executed)?));
    let parts: Vec<(FigureId, Printed)> = parts.filter(|(_, printed)| !printed.is_zero()).collect();
    match parts.as_slice() {
        [(id, printed)] => Some((vec![*id], *printed)),
        _ => None,
    }
}
