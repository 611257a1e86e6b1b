//! Points: of indicators, of execution, and all together.

use juesuan_model::{Evaluation, FigureId, Interval, Message, Printed, Quantity, Said, Severity, Stands, Topic};

use super::Bench;
use super::performance::{ONE, Wrong, in_points, percent, rate, widened};
use crate::ledger::middle;

/// Half of the last digit that points usually print: a tenth.
const HALF: i128 = ONE / 20;
const FULL: Interval = Interval::exact(100 * ONE);

/// Points stand for themselves: 50 is given, not rounded.
fn points(bench: &Bench<'_, '_, '_>, id: FigureId) -> i128 {
    bench.docket.ledger.known(id).map_or(0, |(printed, _)| middle(printed))
}

/// All points of a form together, those for execution included; `None` if an indicator has none.
fn sum_of_weights(bench: &Bench<'_, '_, '_>, form: &Evaluation) -> Option<i128> {
    let execution = form.amounts.get(&Quantity::ExecutionWeight).map_or(0, |id| points(bench, *id));
    let weights: Option<i128> = form.indicators.iter().map(|i| i.weight.map(|id| points(bench, id))).sum();
    weights.map(|sum| sum + execution)
}

/// A form as a value of a message.
fn of_form(evaluation: &Evaluation) -> Said {
    if evaluation.is_whole() { Message::new("whole-form").into() } else { Said::name(&evaluation.project) }
}

/// The rate of execution: of the money printed, else as printed; at most 100. Where places differ, that is said once, and
/// the value of most places is taken.
fn execution(bench: &Bench<'_, '_, '_>, evaluation: &Evaluation) -> Option<(Vec<FigureId>, Interval)> {
    let agreed = |quantity| bench.agreed(evaluation, quantity);
    let money = agreed(Quantity::Executed).zip(agreed(Quantity::FullYearBudget));
    let of_money =
        money.and_then(|((executed, spent), (budget, whole))| Some((vec![executed, budget], rate(spent, whole)?)));
    let of_funds = || funds(bench, evaluation);
    of_money.or_else(of_funds).or_else(|| agreed(Quantity::Rate).map(|(id, rate)| (vec![id], rate)))
}

/// The rate of the sources, where the line of the total prints nothing of what they add up to.
fn funds(bench: &Bench<'_, '_, '_>, form: &Evaluation) -> Option<(Vec<FigureId>, Interval)> {
    let (total, parts) = form.funds.split_first()?;
    let known = |id: &FigureId| bench.docket.ledger.known(*id);
    let nothing = |id: &FigureId| known(id).is_some_and(|(printed, _)| printed.is_zero());
    let sum = |quantity| {
        let ids: Vec<FigureId> = parts.iter().filter_map(|line| line.amounts.get(&quantity)).copied().collect();
        let each = ids.iter().filter_map(known).map(|(_, interval)| interval);
        let sum = each.reduce(|a, b| Interval { low: a.low + b.low, high: a.high + b.high })?;
        total.amounts.get(&quantity).is_some_and(nothing).then_some((ids, sum))
    };
    let ((budget, whole), (executed, spent)) = (sum(Quantity::FullYearBudget)?, sum(Quantity::Executed)?);
    Some(([executed, budget].concat(), rate(spent, whole)?))
}

/// Points for execution are its weight times its rate.
pub(crate) fn execution_points_follow(bench: &mut Bench<'_, '_, '_>) {
    let (mut seen, mut faults) = (0, 0);
    for form in bench.evaluations() {
        let (Some((score, _)), Some((weight, _)), Some((money, rate))) = (
            bench.amount(form, Quantity::ExecutionScore),
            bench.amount(form, Quantity::ExecutionWeight),
            execution(bench, form),
        ) else {
            continue;
        };
        seen += 1;
        // Points over their weight, and weights that do not add up, are faults of their own.
        if points(bench, score) > points(bench, weight)
            || sum_of_weights(bench, form).is_some_and(|sum| sum > 100 * ONE)
        {
            continue;
        }
        let rate = Interval { low: rate.low.min(FULL.low), high: rate.high.min(FULL.high) };
        let most = points(bench, weight);
        let expected = Interval { low: rate.low * most / (100 * ONE), high: rate.high * most / (100 * ONE) };
        let given = Interval::exact(points(bench, score));
        // Rounded to whole points, or by steps: less than one point is a question of the scheme.
        if widened(expected, HALF).meets(given) {
            continue;
        }
        let severity = if widened(expected, ONE).meets(given) { Severity::Notice } else { bench.heading.severity };
        faults += 1;
        let message = Message::new("differs")
            .with("自评", of_form(form))
            .with("得分", score)
            .with("分值", weight)
            .with("执行率", percent(rate))
            .with("应得", in_points(expected));
        let figures = [score, weight].into_iter().chain(money).collect();
        bench.wrong(severity, Wrong { message, figures, ..Wrong::default() });
    }
    bench.done(seen, faults);
}

/// No total is higher than what execution leaves: 100 − weight · (1 − rate). A document that prints no weight is held to the
/// fewest points that a scheme of its place gives, and to those of the scheme itself, which is not known for certain.
pub(crate) fn total_is_possible(bench: &mut Bench<'_, '_, '_>) {
    let (mut seen, mut faults) = (0, 0);
    for evaluation in bench.evaluations().iter().filter(|e| e.stands != Stands::Summary && !e.is_whole()) {
        let (Some((id, _)), Some((money, rate))) =
            (bench.amount(evaluation, Quantity::Score), execution(bench, evaluation))
        else {
            continue;
        };
        seen += 1;
        // Another place has other points, or the form more of them than 100: that is said, and nothing follows from it.
        let score = points(bench, id);
        let disputed = bench.agreed(evaluation, Quantity::Score).is_some_and(|(most, _)| most != id);
        if disputed || sum_of_weights(bench, evaluation).is_some_and(|sum| sum > 100 * ONE) {
            continue;
        }
        let rate = Interval { low: rate.low.min(100 * ONE), high: rate.high.min(100 * ONE) };
        let bound = |weight: i128| 100 * ONE - weight * (100 * ONE - rate.high) / 100;
        let (certain, usual) = weights(bench, evaluation);
        let severity = match (score > bound(certain) + HALF, score > bound(usual) + HALF) {
            (true, _) => bench.heading.severity,
            (false, true) => Severity::Warning,
            (false, false) => continue,
        };
        faults += 1;
        // What is told is computed from what is printed, as if it were exact.
        let lost = 100 * ONE - i128::midpoint(rate.low, rate.high);
        let highest = |weight: i128| {
            let most = in_points(Interval::exact(100 * ONE - weight * lost / 100));
            let weight = Printed::count(i64::try_from(weight).unwrap_or(i64::MAX));
            Message::new("highest").with("分值", weight).with("最高", most)
        };
        let impossible = asked(bench, certain, usual).into_iter().filter(|weight| score > bound(*weight) + HALF);
        let each: Vec<Message> = impossible.map(highest).collect();
        // Execution may have at most (100 − total) ÷ (1 − rate). A total of 100 leaves nothing, and one above it is impossible
        // whatever execution has.
        let most = if lost > 0 { (100 * ONE - score) * 100 * ONE / lost } else { 0 };
        let most = (most > 0).then(|| in_points(Interval::exact(most)));
        let full = (score > 100 * ONE).then(|| in_points(Interval::exact(100 * ONE)));
        let message = Message::new("impossible")
            .with("自评", of_form(evaluation))
            .with("执行率", percent(rate))
            .with("得分", id)
            .with("各种分值", Said::list(each))
            .with_some("最多", most)
            .with_some("满分", full);
        let figures =
            std::iter::once(id).chain(money).chain(evaluation.amounts.get(&Quantity::Rate).copied()).collect();
        bench.wrong(severity, Wrong { message, figures, ..Wrong::default() });
    }
    bench.done(seen, faults);
}

/// Points for execution: what is certain, and what is usual; both the same where the form prints them or the document was
/// compiled by a scheme.
fn weights(bench: &Bench<'_, '_, '_>, evaluation: &Evaluation) -> (i128, i128) {
    let ledger = bench.docket.ledger;
    let performance = &ledger.catalog.performance;
    if let Some((id, _)) = bench.amount(evaluation, Quantity::ExecutionWeight) {
        let printed = points(bench, id) / ONE;
        return (printed, printed);
    }
    if let Some(own) = performance.profile(&ledger.package.performance.profile) {
        return (i128::from(own.execution), i128::from(own.execution));
    }
    let scheme = performance.profile_of(ledger.package.entity.demands().unwrap_or_default());
    scheme.map_or((0, 0), |profile| (i128::from(profile.execution_least), i128::from(profile.execution)))
}

/// The weights for which the highest total is told: of all schemes up to the usual one, and what lies between, from the most.
fn asked(bench: &Bench<'_, '_, '_>, certain: i128, usual: i128) -> Vec<i128> {
    let profiles = &bench.docket.ledger.catalog.performance.profiles;
    let mut out: Vec<i128> = profiles.iter().map(|profile| i128::from(profile.execution)).collect();
    out.extend([certain, usual, i128::midpoint(certain, usual)]);
    out.retain(|weight| (certain..=usual).contains(weight));
    out.sort_unstable_by(|a, b| b.cmp(a));
    out.dedup();
    out
}

/// The project that spent less has no more points than one that spent more and has nothing else to lose points for: nothing
/// left undone, or the same, and no problem.
pub(crate) fn points_follow_execution(bench: &mut Bench<'_, '_, '_>) {
    let mut all = Vec::new();
    for report in bench.projects(Stands::Report) {
        let told = report.says.get(&Topic::Unmet).filter(|_| bench.something(report, Topic::Problems).is_none());
        let (Some(told), Some((id, _)), Some((money, rate))) =
            (told, bench.amount(report, Quantity::Score), execution(bench, report))
        else {
            continue;
        };
        // An indicator of the form that was not reached explains a loss.
        let form = bench.projects(Stands::Form).find(|form| form.project == report.project);
        let explained =
            form.is_some_and(|form| form.indicators.iter().any(|i| crate::formula::is_unmet(bench.docket.ledger, i)));
        all.push((report, told, explained, id, points(bench, id), money, rate));
    }
    let (mut seen, mut faults) = (0, 0);
    for (better, told, explained, id, score, money, rate) in &all {
        for (worse, other_told, _, other_id, other_score, other_money, other_rate) in &all {
            let nothing = bench.is_none(&told.text);
            if *explained || !nothing && told.text != other_told.text || rate.low <= other_rate.high {
                continue;
            }
            seen += 1;
            if score >= other_score {
                continue;
            }
            faults += 1;
            let message = Message::new(if nothing { "against-nothing" } else { "against-the-same" })
                .with("多的", Said::name(&better.project))
                .with("多的率", percent(*rate))
                .with("多的分", *id)
                .with("少的", Said::name(&worse.project))
                .with("少的率", percent(*other_rate))
                .with("少的分", *other_id)
                .with("未完成", Said::words(&told.text));
            let figures = [*other_id, *id].into_iter().chain(other_money.iter().chain(money).copied()).collect();
            bench.wrong(bench.heading.severity, Wrong { message, figures, ..Wrong::default() });
        }
    }
    bench.done(seen, faults);
}
