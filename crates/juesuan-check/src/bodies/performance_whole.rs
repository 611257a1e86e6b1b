//! What is said of the whole: rates of execution, and amounts that other figures decide.

use juesuan_model::{FigureId, Interval, Message, Money, Printed, Quantity, Said, Stands, Topic};
use juesuan_text::plain;

use super::Bench;
use super::performance::{HUNDRED, ONE, Wrong, percent, rate, widened};
use crate::docket::{FIGURE, HOW_MANY};
use crate::passages::pattern;

/// Budget and execution of a project.
type Spending = ((FigureId, Interval), (FigureId, Interval));

/// The rate of execution of the whole is the same wherever it is printed, and follows from the money printed with it.
pub(crate) fn overall_rate_agrees(bench: &mut Bench<'_, '_, '_>) {
    let mut rates: Vec<(FigureId, Interval)> = Vec::new();
    let mut operands: Vec<FigureId> = Vec::new();
    let mut computed: Vec<Message> = Vec::new();
    let (mut seen, mut differ) = (0, false);
    for evaluation in bench.wholes() {
        let Some((id, printed)) = bench.amount(evaluation, Quantity::Rate) else { continue };
        seen += 1;
        differ |= rates.iter().any(|(_, other)| !other.meets(printed));
        rates.push((id, printed));
        let Some((executed, spent)) = bench.amount(evaluation, Quantity::Executed) else { continue };
        let wholes = [Quantity::FullYearBudget, Quantity::Received, Quantity::InitialBudget];
        let of: Vec<(FigureId, Interval)> = wholes
            .iter()
            .filter_map(|quantity| bench.amount(evaluation, *quantity))
            .filter_map(|(id, whole)| Some((id, rate(spent, whole)?)))
            .collect();
        if of.is_empty() || of.iter().any(|(_, rate)| widened(*rate, ONE).meets(printed)) {
            continue;
        }
        // Against a full-year budget that is printed nowhere a rate up to 100 % cannot be judged, and no rate at all where the
        // sentence says that it is against that budget.
        let judged = bench.amount(evaluation, Quantity::FullYearBudget).is_some()
            || printed.low > HUNDRED && !against_full_year(bench, id);
        if !judged {
            continue;
        }
        differ = true;
        operands.push(executed);
        for (whole, rate) in of {
            computed
                .push(Message::new("quotient").with("执行", executed).with("整体", whole).with("率", percent(rate)));
            operands.push(whole);
        }
    }
    if differ {
        let message = Message::new("rates-differ")
            .with("各处", Said::list(rates.iter().map(|(id, _)| *id)))
            .with_some("算式", (!computed.is_empty()).then(|| Said::list(computed)));
        let figures = rates.iter().map(|(id, _)| *id).chain(operands).collect();
        bench.wrong(bench.heading.severity, Wrong { message, figures, ..Wrong::default() });
    }
    bench.done(seen, usize::from(differ));
}

/// True if the sentence that prints a rate of execution names the full-year budget in front of it.
fn against_full_year(bench: &Bench<'_, '_, '_>, id: FigureId) -> bool {
    let Some((printed, _)) = bench.docket.ledger.known(id) else { return false };
    let printed = printed.digits_trimmed();
    let Some(named) = pattern("全年预算[^。；]{0,12}执行率[^。；，]{0,6}?([0-9.]+)%") else { return false };
    let trimmed = |digits: &str| match digits.contains('.') {
        true => digits.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => digits.to_owned(),
    };
    bench.passages().iter().filter(|passage| passage.is_paragraph()).any(|passage| {
        let mut rates = named.captures_iter(passage.text()).filter_map(|hit| hit.get(1));
        rates.any(|rate| trimmed(rate.as_str()) == printed)
    })
}

/// 基本支出总额 and 项目支出总额 in the head of the form are those that the form's note says.
pub(crate) fn head_totals_agree(bench: &mut Bench<'_, '_, '_>) {
    let (mut seen, mut faults) = (0, 0);
    let notes = bench.words("notes");
    let demands = bench.docket.ledger.package.entity.demands();
    let ruled = bench.words("variants").iter().any(|key| demands == Some(key.as_str()));
    for form in bench.wholes().filter(|evaluation| evaluation.stands == Stands::Form) {
        let noted = form.text(Topic::Note).map(plain);
        let noted = noted.is_some_and(|note| notes.iter().any(|word| note.contains(word.as_str())));
        for (quantity, says, fiscal, all) in [
            (Quantity::BasicTotal, "basic-total", "fiscal_basic", "all_basic"),
            (Quantity::ProjectTotal, "project-total", "fiscal_project", "all_project"),
        ] {
            let Some((id, value)) = bench.amount(form, quantity) else { continue };
            let fiscal = bench.words(fiscal).iter().find_map(|text| bench.of(text).map(|found| (text, found)));
            // The general budget alone is all fiscal money only where no other budget pays anything.
            let part = fiscal
                .as_ref()
                .is_some_and(|(text, _)| !bench.words("whole_fund").iter().any(|own| text.contains(own.as_str())));
            let others =
                bench.words("other_funds").iter().filter_map(|text| bench.of(text)).any(|(_, paid)| paid.high > 0);
            if part && others {
                continue;
            }
            let fiscal = fiscal.map(|(_, found)| found);
            let all = bench.words(all).iter().find_map(|text| bench.of(text));
            let Some((right, expected)) = fiscal else { continue };
            seen += 1;
            let step = bench.step(id).max(bench.step(right));
            let whole = all.filter(|(_, all)| widened(*all, step).meets(value));
            if widened(expected, step).meets(value) || whole.is_some() && !noted && !ruled {
                continue;
            }
            faults += 1;
            let message =
                Message::new(says).with(FIGURE, id).with("财政", right).with_some("全部", whole.map(|(all, _)| all));
            let figures = [id, right].into_iter().chain(whole.map(|(all, _)| all)).collect();
            let told = form.says.get(&Topic::Note).filter(|_| noted).into_iter().collect();
            bench.wrong(bench.heading.severity, Wrong { message, figures, told, ..Wrong::default() });
        }
    }
    bench.done(seen, faults);
}

/// Where projects did not spend their budgets, the whole is not spent to 100 % without anything carried over.
pub(crate) fn unspent_is_explained(bench: &mut Bench<'_, '_, '_>) {
    let stands = if bench.projects(Stands::Summary).count() > 1 { Stands::Summary } else { Stands::Report };
    let mut all = Vec::new();
    for project in bench.projects(stands) {
        let money = bench.amount(project, Quantity::FullYearBudget).zip(bench.amount(project, Quantity::Executed));
        let Some(money) = money else { return bench.done(0, 0) };
        all.push((project.project.as_str(), money));
    }
    let hundred = Interval::exact(100 * ONE);
    let rates: Vec<FigureId> = bench
        .wholes()
        .filter_map(|evaluation| bench.amount(evaluation, Quantity::Rate))
        .filter(|(_, rate)| rate.meets(hundred))
        .map(|(id, _)| id)
        .collect();
    let closing = bench.of("[年末结转和结余]").is_some_and(|(_, closing)| closing.low > 0);
    let full = bench.wholes().any(|evaluation| bench.amount(evaluation, Quantity::FullYearBudget).is_some());
    let (Some(rate), false, false) = (rates.first().copied(), closing || all.len() < 2, full) else {
        return bench.done(0, 0);
    };
    let sum =
        |of: &dyn Fn(&Spending) -> Interval| all.iter().fold(Interval::exact(0), |sum, (_, money)| sum.plus(of(money)));
    let (budget, executed) = (sum(&|money| money.0.1), sum(&|money| money.1.1));
    let left = budget.minus(executed);
    // More than 2 % is left beyond all rounding.
    let faults = left.low * 50 > budget.high;
    if faults {
        let open: Vec<&(&str, Spending)> =
            all.iter().filter(|(_, (budget, executed))| budget.1.low > executed.1.high).collect();
        let names: Vec<&str> = open.iter().map(|(name, _)| *name).collect();
        let wan = |interval: Interval| {
            let fen = i64::try_from(i128::midpoint(interval.low, interval.high)).unwrap_or(i64::MAX);
            Printed::wan_yuan(Money(fen))
        };
        let message = Message::new("unspent")
            .with(HOW_MANY, all.len())
            .with("预算", wan(budget))
            .with("执行", wan(executed))
            .with("余几", names.len())
            .with("项目", Said::list(names.into_iter().map(Said::name)))
            .with("剩余", wan(left))
            .with("率", rate);
        let figures = std::iter::once(rate).chain(open.iter().flat_map(|(_, (b, e))| [b.0, e.0])).collect();
        bench.wrong(bench.heading.severity, Wrong { message, figures, ..Wrong::default() });
    }
    bench.done(1, usize::from(faults));
}
