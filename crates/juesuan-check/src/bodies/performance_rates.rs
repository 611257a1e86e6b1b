//! Rates that follow from figures (`catalog/performance/rates.toml`): a printed one is held against every way to compute it.
//!
//! What a rate is made of is taken from what the document prints; where it prints only the change against a budget or against
//! last year, or where last year's document is there, from that. Where something is missing, the relation is unreadable and
//! names what is missing: never a figure.

use std::collections::BTreeSet;

use juesuan_catalog::names::{item, nature, stage};
use juesuan_catalog::{Operand, OperandSource, RateWay};
use juesuan_model::{
    Against, Cited, Dimension, Evaluation, FigureId, Interval, Meaning, Measure, Message, Number, Quantity, Said,
    Severity, Unit, Verdict,
};
use juesuan_text::plain;

use super::Bench;
use super::performance::{ONE, Wrong, percent, rate, widened};
use super::printed_rates::{Printed, all_printed};
use crate::docket::FIGURE;

/// Distance, in percentage points, within which a rate is another rounding.
const ROUNDING: i128 = ONE / 10;

/// A number that a rate is made of.
#[derive(Clone, Debug, Default)]
struct Known {
    figures: Vec<FigureId>,
    values: Option<Interval>,
    /// With its name, value and place.
    cited: Message,
}

/// A way to compute a rate, computed.
struct Computed {
    expected: Interval,
    figures: Vec<FigureId>,
    how: Message,
    /// Where something stands in for what the formula asks for: in this range a printed rate may be right, and is not judged.
    unsure: Option<Interval>,
}

/// What the ways of a rate come to.
#[derive(Default)]
struct Ways {
    computed: Vec<Computed>,
    /// The whole is printed as nothing: there is no rate.
    nothing: Vec<FigureId>,
    /// What the way that lacks least lacks.
    missing: Vec<String>,
}

/// Every rate of `[with] rates` (none named: every one that no other rule names) is what its figures give.
pub(crate) fn rates_follow(bench: &mut Bench<'_, '_, '_>) {
    let (mut seen, mut faults) = (0, 0);
    for printed in all_printed(bench) {
        let mut ways = ways(bench, &printed);
        bases(bench, &printed, &mut ways);
        let said = |says: &'static str| {
            Message::new(says).with("指标", Said::name(printed.indicator.name())).with(FIGURE, printed.id)
        };
        let without = || said("rate-without").with("缺", Said::list(ways.missing.iter().map(Said::name)));
        let fits = |slack: i128| {
            // A budget that fell by 5 % is also printed as adjusted by 5 %.
            let fall = |one: &Computed| Interval { low: -one.expected.high, high: -one.expected.low };
            let near = |one: &Computed| {
                widened(one.expected, slack).meets(printed.value)
                    || printed.spec.less && widened(fall(one), slack).meets(printed.value)
            };
            ways.computed.iter().find(|one| near(one))
        };
        seen += 1;
        if let Some(fitting) = fits(ROUNDING) {
            let figures = std::iter::once(printed.id).chain(fitting.figures.iter().copied()).collect();
            bench.say(said("rate-of-figures").with("算法", fitting.how.clone()), figures, Verdict::Holds);
            continue;
        }
        // A compiled document brings the figures of its books with it, also those that it does not print.
        let formula = by_formula(&printed);
        let compiled = !printed.indicator.steps.is_empty() || ways.computed.is_empty();
        if let Some((true, how)) = formula.as_ref().filter(|_| compiled) {
            bench.say(said("rate-of-formula").with("算式", Said::words(how)), vec![printed.id], Verdict::Holds);
            continue;
        }
        if ways.computed.is_empty() {
            if let Some((false, how)) = formula {
                faults += 1;
                let message = said("rate-of-formula").with("算式", Said::words(how));
                let places = vec![&printed.indicator.place];
                let figures = vec![printed.id];
                bench.wrong(bench.heading.severity, Wrong { message, figures, places, ..Wrong::default() });
            } else if ways.nothing.is_empty() {
                bench.say(without(), vec![printed.id], Verdict::Unreadable);
            } else if printed.value.meets(Interval::exact(0)) {
                let message = said("rate-of-nothing").with("说法", Said::name(&printed.spec.zero));
                bench.say(message, vec![printed.id], Verdict::Holds);
            } else {
                faults += 1;
                let message = said("rate-although-nothing").with("说法", Said::name(&printed.spec.zero));
                let figures = std::iter::once(printed.id).chain(ways.nothing).collect();
                let places = vec![&printed.indicator.place];
                bench.wrong(Severity::Warning, Wrong { message, figures, places, ..Wrong::default() });
            }
            continue;
        }
        let likely = |one: &Computed| one.unsure.is_some_and(|range| range.meets(printed.value));
        if ways.computed.iter().all(|one| one.unsure.is_some()) && ways.computed.iter().any(likely) {
            bench.say(without(), vec![printed.id], Verdict::Unreadable);
            continue;
        }
        faults += 1;
        let severity = if fits(ONE).is_some() { Severity::Notice } else { bench.heading.severity };
        let says = if ways.computed.len() > 1 { "rate-of-no-way" } else { "rate-of-figures" };
        fits_no_way(bench, severity, &printed, &ways, said(says));
    }
    if seen == 0 {
        bench.done(0, faults);
    }
}

/// Tells a rate that no way gives.
fn fits_no_way(
    bench: &mut Bench<'_, '_, '_>,
    severity: Severity,
    printed: &Printed<'_>,
    ways: &Ways,
    message: Message,
) {
    let message = message.with("算法", Said::list(ways.computed.iter().map(|one| one.how.clone())));
    let mut figures = vec![printed.id];
    for id in ways.computed.iter().flat_map(|one| &one.figures) {
        if !figures.contains(id) {
            figures.push(*id);
        }
    }
    let places = vec![&printed.indicator.place];
    bench.wrong(severity, Wrong { message, figures, places, ..Wrong::default() });
}

/// Up to a point beside what a way gives that stands in for another.
fn unsure(way: &RateWay, expected: Interval) -> Option<Interval> {
    way.near.then(|| widened(expected, ONE))
}

/// From half to twice a rate.
fn around(rate: Interval) -> Interval {
    let ends = [rate.low / 2, rate.low * 2, rate.high / 2, rate.high * 2];
    ends.into_iter().fold(rate, |all, end| Interval { low: all.low.min(end), high: all.high.max(end) })
}

/// All ways of a rate, and of the rates that the rule takes for it too.
fn ways(bench: &Bench<'_, '_, '_>, printed: &Printed<'_>) -> Ways {
    let mut out = Ways::default();
    let performance = &bench.docket.ledger.catalog.performance;
    // 预算执行率 is that of the whole budget where the form does not say 基本支出.
    let also = bench.words("also").iter().filter(|_| !printed.indicator.point.contains(nature::BASIC));
    let other = also.filter_map(|pair| pair.split_once('＝')).filter(|(own, _)| *own == printed.spec.key);
    let specs = std::iter::once(printed.spec).chain(other.filter_map(|(_, other)| performance.rate(other)));
    for way in specs.flat_map(|spec| &spec.way) {
        one_way(bench, printed, way, &mut out);
    }
    out
}

fn one_way(bench: &Bench<'_, '_, '_>, printed: &Printed<'_>, way: &RateWay, out: &mut Ways) {
    let part = operand(bench, printed.form, &way.part);
    let own = operand(bench, printed.form, &way.whole);
    let missing = [(&way.part, &part), (&way.whole, &own)].into_iter().filter(|(_, known)| known.is_none());
    let missing: Vec<String> = missing.map(|(operand, _)| operand.name.clone()).collect();
    // What lacks least is the way to ask for.
    if !way.near && (out.missing.is_empty() || missing.len() < out.missing.len()) {
        out.missing = missing;
    }
    let stands_in = own.is_none();
    let stand_in = || bench.words("whole").iter().find_map(|text| given(bench, text)).filter(|_| part.is_some());
    let whole = own.or_else(stand_in);
    let zero = |known: &Known| {
        known.figures.iter().all(|id| bench.docket.ledger.known(*id).is_some_and(|(printed, _)| printed.is_zero()))
            && !known.figures.is_empty()
    };
    match (part, whole) {
        (Some(_), Some(whole)) if zero(&whole) => out.nothing.extend(whole.figures),
        (Some(part), Some(whole)) => {
            let made = divided(printed.spec.less, &part, &whole);
            out.computed.extend(made.map(|one| {
                let unsure = if stands_in { Some(around(one.expected)) } else { unsure(way, one.expected) };
                Computed { unsure, ..one }
            }));
        }
        // Nothing is no part of anything.
        (Some(part), None) if !printed.spec.less && zero(&part) => {
            let how = Message::new("rate-of-zero").with("部分", part.cited);
            out.computed.push(Computed { expected: Interval::exact(0), figures: part.figures, how, unsure: None });
        }
        _ => {}
    }
}

fn divided(less: bool, part: &Known, whole: &Known) -> Option<Computed> {
    let (above, below) = (part.values?, whole.values?);
    let figures = part.figures.iter().chain(&whole.figures).copied().collect();
    if !less {
        let expected = rate(above, below)?;
        let how = computed("rate-by-division", part, whole, expected);
        return Some(Computed { expected, figures, how, unsure: None });
    }
    let expected = rate(above.minus(below), below)?;
    let how = computed("rate-by-change", part, whole, expected);
    Some(Computed { expected, figures, how, unsure: None })
}

fn computed(says: &'static str, part: &Known, whole: &Known, rate: Interval) -> Message {
    let message = Message::new(says).with("部分", part.cited.clone()).with("整体", whole.cited.clone());
    message.with("率", percent(rate))
}

/// A number that a rate is made of, as the document gives it.
fn operand(bench: &Bench<'_, '_, '_>, form: &Evaluation, operand: &Operand) -> Option<Known> {
    let OperandSource::Figure(meaning) = operand.source() else { return None };
    if !form.is_whole() {
        let quantity = match meaning.get(Dimension::Stage) {
            Some(stage::FULL_YEAR) => Quantity::FullYearBudget,
            Some(stage::INITIAL) => Quantity::InitialBudget,
            Some(_) => return None,
            None => Quantity::Executed,
        };
        return bench.amount(form, quantity).map(|(id, values)| cite(id, values, &operand.name));
    }
    let meaning = bench.docket.ledger.canonical(meaning);
    let figure = |measure| bench.figure(&meaning, measure);
    let direct = figure(Measure::Amount).or_else(|| figure(Measure::Count));
    direct
        .map(|(id, values)| cite(id, values, &operand.name))
        .or_else(|| of_last_year(bench, &meaning, &operand.name))
        .or_else(|| by_change(bench, &meaning, &operand.name))
        .or_else(|| of_evaluations(bench, &meaning, &operand.name))
}

/// A meaning of the rule.
fn given(bench: &Bench<'_, '_, '_>, text: &str) -> Option<Known> {
    let (id, values) = bench.of(text)?;
    let cited = Message::new("operand").with(FIGURE, id);
    Some(Known { figures: vec![id], values: Some(values), cited })
}

fn cite(id: FigureId, values: Interval, name: &str) -> Known {
    let cited = Message::new("operand-by-name").with("名称", Said::name(name)).with(FIGURE, id);
    Known { figures: vec![id], values: Some(values), cited }
}

/// From last year's document.
fn of_last_year(bench: &Bench<'_, '_, '_>, meaning: &Meaning, name: &str) -> Option<Known> {
    let (ledger, own) = bench.docket.ledger.earlier(meaning)?;
    let id = ledger.spokesman(&(own, Measure::Amount))?;
    let (_, values) = ledger.known(id)?;
    let figure = Cited::Shown(Box::new(ledger.shown(id)));
    let cited = Message::new("operand-of-last-year").with("名称", Said::name(name)).with(FIGURE, figure);
    Some(Known { figures: Vec::new(), values: Some(values), cited })
}

/// From the amount and its change: a budget from the change against it, last year from the change against last year.
fn by_change(bench: &Bench<'_, '_, '_>, meaning: &Meaning, name: &str) -> Option<Known> {
    let (dimension, against) = match (meaning.get(Dimension::Year), meaning.get(Dimension::Stage)) {
        (Some(year), _) if year == bench.docket.ledger.last_year() => (Dimension::Year, Against::PriorYear),
        (None, Some(stage::INITIAL)) => (Dimension::Stage, Against::InitialBudget),
        (None, Some(stage::FULL_YEAR)) => (Dimension::Stage, Against::FullYearBudget),
        _ => return None,
    };
    let own = meaning.clone().without(dimension);
    let (amount, value) = bench.figure(&own, Measure::Amount)?;
    let (change, by) = bench.figure(&own, Measure::Change(against))?;
    let ledger = bench.docket.ledger;
    let base = crate::ledger::middle(ledger.known(amount)?.0) - crate::ledger::middle(ledger.known(change)?.0);
    let cited = Message::new("operand-by-change")
        .with("名称", Said::name(name))
        .with("值", ledger.known(amount)?.0.nearest(base))
        .with(FIGURE, amount)
        .with("增减", change);
    Some(Known { figures: vec![amount, change], values: Some(value.minus(by)), cited })
}

/// From what is said of the whole: 整体支出年初预算.
fn of_evaluations(bench: &Bench<'_, '_, '_>, meaning: &Meaning, name: &str) -> Option<Known> {
    let plain = meaning.get(Dimension::Item) == Some(item::EXPENSE)
        && meaning.coordinates().all(|(dimension, _)| matches!(dimension, Dimension::Item | Dimension::Stage));
    let quantity = match meaning.get(Dimension::Stage) {
        Some(stage::INITIAL) => Quantity::InitialBudget,
        Some(stage::FULL_YEAR) => Quantity::FullYearBudget,
        Some(_) => return None,
        None => Quantity::Executed,
    };
    let found = bench.wholes().find_map(|whole| bench.amount(whole, quantity));
    found.filter(|_| plain).map(|(id, values)| cite(id, values, name))
}

/// The bases of a change that the rule names besides: 到位资金 and the spending itself stand for the budget in the end.
fn bases(bench: &Bench<'_, '_, '_>, printed: &Printed<'_>, ways: &mut Ways) {
    let names = bench.words("bases");
    if names.is_empty() || !printed.form.is_whole() {
        return;
    }
    let of = |quantity| bench.wholes().find_map(|whole| bench.amount(whole, quantity));
    let named = |quantity, name: &str| of(quantity).map(|(id, values)| cite(id, values, name));
    let before: Vec<Known> = named(Quantity::InitialBudget, stage::INITIAL).into_iter().collect();
    let after = [
        named(Quantity::FullYearBudget, stage::FULL_YEAR),
        named(Quantity::Received, "到位资金"),
        named(Quantity::Executed, "整体支出"),
    ];
    let after: Vec<Known> =
        after.into_iter().flatten().chain(names.iter().filter_map(|text| given(bench, text))).collect();
    for before in &before {
        for after in &after {
            let same = ways.computed.iter().any(|one| {
                let known = |figures: &[FigureId]| figures.iter().all(|id| one.figures.contains(id));
                known(&before.figures) && known(&after.figures)
            });
            if !same {
                ways.computed.extend(divided(true, after, before));
                ways.computed.extend(of_the_end(after, before));
            }
        }
    }
    let mut values: BTreeSet<(i128, i128)> = BTreeSet::new();
    ways.computed.retain(|one| values.insert((one.expected.low, one.expected.high)));
}

/// The change as a part of the budget in the end.
fn of_the_end(after: &Known, before: &Known) -> Option<Computed> {
    let (end, begin) = (after.values?, before.values?);
    let apart = end.minus(begin);
    let apart = if apart.high < 0 { Interval { low: -apart.high, high: -apart.low } } else { apart };
    let expected = rate(apart, end)?;
    let how = Message::new("rate-of-the-end").with("整体", after.cited.clone()).with("率", percent(expected));
    let figures = after.figures.iter().chain(&before.figures).copied().collect();
    Some(Computed { expected, figures, how, unsure: None })
}

/// What an indicator's own formula comes to (`（a-b）÷c×100%=d%`), where it has one: true if it gives the printed value.
fn by_formula(printed: &Printed<'_>) -> Option<(bool, String)> {
    let formula = plain(&printed.indicator.formula);
    let (left, _) = formula.split_once("×100%")?;
    let (above, below) = left.rsplit_once('÷')?;
    let number = |text: &str| -> Option<Number> {
        let below_zero = if text.starts_with('-') { "-" } else { "" };
        let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        Number::parse(&format!("{below_zero}{digits}"))
    };
    let above = above.trim_matches(['(', ')']);
    let part = match above.char_indices().skip(1).find(|(_, c)| *c == '-') {
        Some((at, sign)) => number(above.get(..at)?)?.minus(number(above.get(at + sign.len_utf8()..)?)?)?,
        None => number(above)?,
    };
    let value = part.percent_of(number(below)?)?.printed(Unit::Percent, 2)?;
    let near = widened(value.interval(), ROUNDING).meets(printed.value);
    Some((near, printed.indicator.formula.clone()))
}
