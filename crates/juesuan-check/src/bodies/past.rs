//! What must have been the year before, or planned, by the changes that are printed.

use juesuan_model::relation::{Sense, Term};
use juesuan_model::{Against, Dimension, FigureId, Meaning, Measure};

use super::Bench;
use crate::ledger::Ledger;

/// The figure that speaks for a key, one that cannot be read if there is no other.
fn speaker(ledger: &Ledger<'_>, meaning: &Meaning, measure: Measure) -> Option<FigureId> {
    let printings = ledger.printings(&(meaning.clone(), measure))?;
    printings.first().or_else(|| printings.unreadable.first().copied())
}

/// What is compared with: this year's amount less the printed change. `None` where either is not printed.
fn base(ledger: &Ledger<'_>, meaning: &Meaning, against: Against) -> Option<Vec<Term>> {
    let change = speaker(ledger, meaning, Measure::Change(against))?;
    let now = speaker(ledger, meaning, Measure::Amount)?;
    Some(vec![Term::plus(now), Term::minus(change)])
}

/// The amount of an item of a fund, if it is printed.
fn printed(ledger: &Ledger<'_>, item: &str, fund: Option<&str>) -> Option<Term> {
    speaker(ledger, &of(item, fund), Measure::Amount).map(Term::plus)
}

fn of(item: &str, fund: Option<&str>) -> Meaning {
    let meaning = Meaning::new().with(Dimension::Item, item);
    fund.map_or_else(|| meaning.clone(), |fund| meaning.clone().with(Dimension::Fund, fund))
}

fn last_year(ledger: &Ledger<'_>, item: &str, fund: Option<&str>) -> Option<Vec<Term>> {
    base(ledger, &of(item, fund), Against::PriorYear)
}

/// Last year's total was not smaller than last year's income, nor than last year's expense.
pub(crate) fn last_total_holds_parts(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let mut seen = 0;
    for (total, part) in [("收入总计", "收入"), ("支出总计", "支出")] {
        if let (Some(total), Some(parts)) = (last_year(ledger, total, None), last_year(ledger, part, None)) {
            seen += 1;
            let what = format!("由增减额推得的上年{part}合计不大于上年{part}总计");
            bench.docket.compare(bench.heading, &what, &parts, Sense::AtMost, &total, 0);
        }
    }
    let funds = ledger.trees().partition(Dimension::Fund, Some("财政拨款"));
    let parts: Option<Vec<Vec<Term>>> = funds.iter().map(|fund| last_year(ledger, "收入", Some(fund))).collect();
    if let (Some(total), Some(parts)) = (last_year(ledger, "收入总计", Some("财政拨款")), parts) {
        seen += 1;
        let what = "由增减额推得的上年财政拨款收入不大于上年财政拨款收入总计";
        bench.docket.compare(bench.heading, what, &parts.concat(), Sense::AtMost, &total, 0);
    }
    if seen == 0 {
        bench.conclude(Vec::new(), 0);
    }
}

/// What 财政拨款 left last year, total less expense, is this year's opening; only where one fund holds all of it.
pub(crate) fn last_year_leaves_opening(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let nothing = |fund: &str| {
        let zero = |id| ledger.known(id).is_some_and(|(printed, _)| printed.is_zero());
        let amount = |item| ledger.spokesman(&(of(item, Some(fund)), Measure::Amount)).is_some_and(zero);
        let change = (of("收入", Some(fund)), Measure::Change(Against::PriorYear));
        let level = ledger.spokesman(&change).is_none_or(zero);
        amount("收入") && amount("支出") && level
    };
    let others = ["政府性基金", "国有资本经营"];
    let fiscal = Some("财政拨款");
    let terms = || {
        let opening = printed(ledger, "年初结转和结余", fiscal)?;
        let total = last_year(ledger, "收入总计", fiscal)?;
        let spent = last_year(ledger, "支出", Some("一般公共预算"))?;
        let spent = spent.into_iter().map(|term| term.negated());
        Some((opening, total.into_iter().chain(spent).collect::<Vec<_>>()))
    };
    match terms().filter(|_| others.iter().all(|fund| nothing(fund))) {
        None => bench.conclude(Vec::new(), 0),
        Some((opening, left)) => {
            let what = "财政拨款年初结转和结余等于由增减额推得的上年收入总计减去上年支出";
            bench.docket.compare(bench.heading, what, &[opening], Sense::Equal, &left, 0);
        }
    }
}

/// The budget that a printed change gives is not above `[with] whole`.
pub(crate) fn derived_budget_at_most(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let (Some(part), Some(whole)) = (bench.meanings("part").first(), bench.meanings("whole").first()) else { return };
    let whole_id = speaker(ledger, whole, Measure::Amount);
    match (base(ledger, part, Against::InitialBudget), whole_id) {
        (Some(part_terms), Some(id)) => {
            let what =
                format!("由增减额推得的{}年初预算不大于{}", ledger.meaning_words(part), ledger.meaning_words(whole));
            bench.docket.compare(bench.heading, &what, &part_terms, Sense::AtMost, &[Term::plus(id)], 0);
        }
        _ => bench.conclude(Vec::new(), 0),
    }
}
