//! Points: of indicators, of execution, and all together.

use juesuan_model::{Evaluation, FigureId, Interval, Message, Place, Printed, Quantity, Said, Severity, Stands, Topic};

use super::Bench;
use super::performance::{ONE, Wrong, in_points, percent, rate, shown, widened};
use super::performance_own::is_unmet;
use crate::ledger::middle;

/// Half of the last digit that points usually print: a tenth.
const HALF: i128 = ONE / 20;
const FULL: Interval = Interval::exact(100 * ONE);

/// The values of all figures; `None` if one is not known.
fn all(bench: &Bench<'_, '_, '_>, ids: impl Iterator<Item = Option<FigureId>>) -> Option<Vec<(FigureId, Interval)>> {
    ids.map(|id| id.and_then(|id| Some((id, bench.docket.ledger.known(id)?.1)))).collect()
}

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

fn name(evaluation: &Evaluation) -> &str {
    if evaluation.is_whole() { "整体自评表" } else { &evaluation.project }
}

/// The points of a form add up to 100.
pub(crate) fn weights_add_up(bench: &mut Bench<'_, '_, '_>) {
    let (mut seen, mut faults) = (0, 0);
    for form in bench.evaluations() {
        let Some(mut weights) = all(bench, form.indicators.iter().map(|i| i.weight)).filter(|all| all.len() > 1) else {
            continue;
        };
        let sum: i128 = weights.iter().map(|(id, _)| points(bench, *id)).sum();
        let execution = bench.amount(form, Quantity::ExecutionWeight);
        let with = sum + execution.map_or(0, |(id, _)| points(bench, id));
        // Without printed points for execution the indicators may have 100, 90 or 80.
        let usual = execution.is_none() && [80, 90].contains(&(sum / ONE)) && sum % ONE == 0;
        seen += 1;
        if [sum, with].iter().any(|total| (total - 100 * ONE).abs() <= HALF) || usual {
            continue;
        }
        faults += 1;
        weights.sort_by_key(|(id, _)| std::cmp::Reverse(points(bench, *id)));
        let text = format!("{}各项分值合计{}分，应为100分", name(form), shown(Interval::exact(with)));
        let figures = execution.map(|(id, _)| id).into_iter().chain(weights.into_iter().map(|(id, _)| id)).collect();
        bench.wrong(
            bench.heading.severity,
            Wrong { text, figures, places: vec![&form.title.place], ..Wrong::default() },
        );
    }
    bench.done(seen, faults);
}

/// No indicator, and not the execution, has more points than it can have.
pub(crate) fn points_within_weight(bench: &mut Bench<'_, '_, '_>) {
    let (mut seen, mut faults) = (0, 0);
    for form in bench.evaluations() {
        let execution = (form.amounts.get(&Quantity::ExecutionScore), form.amounts.get(&Quantity::ExecutionWeight));
        let execution = execution.0.copied().zip(execution.1.copied());
        let total = form.amounts.get(&Quantity::Score).copied().zip(form.amounts.get(&Quantity::WeightTotal).copied());
        let lines = form.indicators.iter().map(|i| (i.name(), i.score.zip(i.weight), &i.place));
        let place = &form.title.place;
        let lines = lines.chain([("预算执行率", execution, place), ("总分", total, place)]);
        for (line, pair, place) in lines {
            let Some(values) = pair.and_then(|(score, weight)| all(bench, [Some(score), Some(weight)].into_iter()))
            else {
                continue;
            };
            let [(score, _), (weight, _)] = values.as_slice() else { continue };
            seen += 1;
            if (0..=points(bench, *weight)).contains(&points(bench, *score)) {
                continue;
            }
            faults += 1;
            let text = format!(
                "{}“{line}”得{}，分值为{}",
                name(form),
                bench.docket.ledger.stands(*score),
                bench.docket.ledger.stands(*weight)
            );
            let figures = vec![*score, *weight];
            bench.wrong(bench.heading.severity, Wrong { text, figures, places: vec![place], ..Wrong::default() });
        }
    }
    bench.done(seen, faults);
}

/// The points given add up to the total.
pub(crate) fn points_add_up(bench: &mut Bench<'_, '_, '_>) {
    let (mut seen, mut faults) = (0, 0);
    for form in bench.evaluations() {
        let Some(given) = all(bench, form.indicators.iter().map(|i| i.score)).filter(|all| all.len() > 1) else {
            continue;
        };
        let Some((total, _)) = bench.amount(form, Quantity::Score) else { continue };
        let execution = bench.amount(form, Quantity::ExecutionScore);
        if execution.is_none() && form.amounts.contains_key(&Quantity::ExecutionWeight) {
            continue;
        }
        seen += 1;
        // Points over their weight are a fault of their own.
        let over = form.indicators.iter().filter_map(|i| i.score.zip(i.weight));
        let execution_pair =
            form.amounts.get(&Quantity::ExecutionScore).zip(form.amounts.get(&Quantity::ExecutionWeight));
        let mut over = over.chain(execution_pair.map(|(score, weight)| (*score, *weight)));
        if over.any(|(score, weight)| points(bench, score) > points(bench, weight)) {
            continue;
        }
        let lines: Vec<FigureId> = given.iter().chain(&execution).map(|(id, _)| *id).collect();
        let sum: i128 = lines.iter().map(|id| points(bench, *id)).sum();
        let apart = points(bench, total) - sum;
        let slack = lines.iter().fold(0, |slack, _| slack + HALF);
        // The execution's points may stand in a line that was not read.
        let hidden = execution.is_none() && (0..=20 * ONE).contains(&apart);
        if apart.abs() <= slack || hidden {
            continue;
        }
        let sum = Interval::exact(sum);
        faults += 1;
        let text = format!("{}各项得分合计{}分，总分写{}", name(form), shown(sum), bench.at(total));
        let figures = std::iter::once(total).chain(lines).collect();
        bench.wrong(
            bench.heading.severity,
            Wrong { text, figures, places: vec![&form.title.place], ..Wrong::default() },
        );
    }
    bench.done(seen, faults);
}

/// The rate of execution: of the money printed, else as printed; at most 100. Where places differ, that is said once, and
/// the value of most places is taken.
fn execution(bench: &Bench<'_, '_, '_>, evaluation: &Evaluation) -> Option<(Vec<FigureId>, Interval)> {
    let agreed = |quantity| bench.agreed(evaluation, quantity);
    let money = agreed(Quantity::Executed).zip(agreed(Quantity::FullYearBudget));
    let of_money =
        money.and_then(|((executed, spent), (budget, whole))| Some((vec![executed, budget], rate(spent, whole)?)));
    of_money.or_else(|| agreed(Quantity::Rate).map(|(id, rate)| (vec![id], rate)))
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
        // Execution may have at most (100 − total) ÷ (1 − rate).
        let most = if lost > 0 { ((100 * ONE - score) * 100 * ONE / lost).max(0) } else { 0 };
        let message = Message::new("impossible")
            .with("自评", of_form(evaluation))
            .with("执行率", percent(rate))
            .with("得分", id)
            .with("各种分值", Said::list(each))
            .with("最多", in_points(Interval::exact(most)));
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
    let scheme = performance.profile_of(&ledger.package.entity.variant);
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
        let explained = form.is_some_and(|form| form.indicators.iter().any(|i| is_unmet(bench, i)));
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

/// The grade is that of the points.
pub(crate) fn grade_fits_points(bench: &mut Bench<'_, '_, '_>) {
    let (mut seen, mut faults) = (0, 0);
    let ledger = bench.docket.ledger;
    let grades = ledger.catalog.performance.grades(&ledger.package.entity.variant);
    for evaluation in bench.evaluations() {
        let (Some((id, _)), Some(told)) =
            (bench.amount(evaluation, Quantity::Score), evaluation.says.get(&Topic::Grade))
        else {
            continue;
        };
        let named = grades.iter().filter(|band| told.text.starts_with(&band.word)).max_by_key(|band| band.word.len());
        let right = grades.iter().find(|band| points(bench, id) >= i128::from(band.from) * ONE);
        let (Some(named), Some(right)) = (named, right) else { continue };
        seen += 1;
        if named.word != right.word {
            faults += 1;
            let text =
                format!("{}自评得分{}，等级写“{}”，应为“{}”", name(evaluation), bench.at(id), named.word, right.word);
            bench
                .wrong(bench.heading.severity, Wrong { text, figures: vec![id], told: vec![told], ..Wrong::default() });
        }
    }
    bench.done(seen, faults);
}

/// Where points were taken off, a reason is given.
pub(crate) fn losses_have_reasons(bench: &mut Bench<'_, '_, '_>) {
    let (mut seen, mut faults) = (0, 0);
    for form in bench.evaluations() {
        let mut lost = Vec::new();
        for indicator in &form.indicators {
            let pair = indicator.score.zip(indicator.weight);
            let Some(values) = pair.and_then(|(score, weight)| all(bench, [Some(score), Some(weight)].into_iter()))
            else {
                continue;
            };
            let [(score, _), (weight, _)] = values.as_slice() else { continue };
            seen += 1;
            if points(bench, *score) < points(bench, *weight) && bench.is_none(&indicator.reason) {
                lost.push((indicator, *score));
            }
        }
        // A weight that is wrong makes a loss that nobody had.
        let sound = sum_of_weights(bench, form).is_none_or(|sum| sum <= 100 * ONE);
        if lost.is_empty() || !sound || bench.something(form, Topic::Deviation).is_some() {
            continue;
        }
        faults += 1;
        let names: Vec<&str> = lost.iter().map(|(indicator, _)| indicator.name()).collect();
        let text = format!("{}的“{}”扣了分，没有写偏差原因", name(form), names.join("”“"));
        let figures = lost.iter().map(|(_, id)| *id).collect();
        let places: Vec<&Place> = lost.iter().map(|(indicator, _)| &indicator.place).collect();
        bench.wrong(bench.heading.severity, Wrong { text, figures, places, ..Wrong::default() });
    }
    bench.done(seen, faults);
}

/// An indicator that was not reached does not have all its points.
pub(crate) fn unmet_loses_points(bench: &mut Bench<'_, '_, '_>) {
    let (mut seen, mut faults) = (0, 0);
    for form in bench.evaluations() {
        for indicator in &form.indicators {
            let ids = [indicator.target.value, indicator.actual.value, indicator.score, indicator.weight];
            let Some(values) = all(bench, ids.into_iter()) else { continue };
            let [(target, _), (actual, _), (score, _), (weight, _)] = values.as_slice() else { continue };
            if indicator.target.unit != indicator.actual.unit || points(bench, *weight) <= 0 {
                continue;
            }
            seen += 1;
            let unmet = is_unmet(bench, indicator);
            if !unmet || points(bench, *score) < points(bench, *weight) {
                continue;
            }
            faults += 1;
            let text = format!(
                "{}“{}”指标值{}，完成{}，没有达到，却得满分{}",
                name(form),
                indicator.name(),
                indicator.target.text,
                indicator.actual.text,
                bench.docket.ledger.stands(*score)
            );
            let figures = vec![*score, *target, *actual];
            let places = vec![&indicator.place];
            bench.wrong(bench.heading.severity, Wrong { text, figures, places, ..Wrong::default() });
        }
    }
    bench.done(seen, faults);
}

/// The total of a form's money is not less than its parts.
pub(crate) fn funds_within_total(bench: &mut Bench<'_, '_, '_>) {
    let (mut seen, mut faults) = (0, 0);
    for form in bench.evaluations() {
        let Some((total, parts)) = form.funds.split_first() else { continue };
        for (quantity, word) in [
            (Quantity::InitialBudget, "年初预算数"),
            (Quantity::FullYearBudget, "全年预算数"),
            (Quantity::Executed, "全年执行数"),
        ] {
            let Some(id) = total.amounts.get(&quantity).copied() else { continue };
            let known = all(bench, parts.iter().filter_map(|part| part.amounts.get(&quantity)).map(|id| Some(*id)));
            let (Some(parts), Some((_, whole))) = (known.filter(|all| !all.is_empty()), bench.docket.ledger.known(id))
            else {
                continue;
            };
            seen += 1;
            let sum = parts.iter().fold(Interval::exact(0), |sum, (_, own)| sum.plus(*own));
            if sum.low <= whole.high {
                continue;
            }
            faults += 1;
            let ledger = bench.docket.ledger;
            let cited: Vec<String> = parts.iter().map(|(id, _)| ledger.stands(*id)).collect();
            let text = format!(
                "{}“{}”的{word}为{}，小于各项来源之和（{}）",
                name(form),
                total.name,
                bench.at(id),
                cited.join("、")
            );
            let figures = std::iter::once(id).chain(parts.into_iter().map(|(id, _)| id)).collect();
            bench.wrong(bench.heading.severity, Wrong { text, figures, ..Wrong::default() });
        }
    }
    bench.done(seen, faults);
}
