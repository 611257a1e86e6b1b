//! Law of balance: what came in and what was there equals what went out and what is left.

use std::collections::BTreeSet;

use juesuan_catalog::Trees;
use juesuan_catalog::names::{fund, item};
use juesuan_model::relation::{Sense, Term};
use juesuan_model::{Dimension, FigureId, Meaning, Measure, Message, Verdict};

use crate::case::{Worth as _, agreement_slack, sum_slack};
use crate::docket::{Docket, Heading};
use crate::laws::sum::Seen;
use crate::ledger::Ledger;

/// Both grand totals; the catalogue says what makes them up.
const TOTALS: [&str; 2] = [item::INCOME_TOTAL, item::EXPENSE_TOTAL];

/// What makes up a grand total.
fn parts(trees: &Trees, total: &str) -> Vec<String> {
    trees.partition(Dimension::Item, Some(total)).to_vec()
}

/// Where money comes from: what was there before stands first.
fn sources(trees: &Trees) -> Vec<String> {
    let mut items = parts(trees, item::INCOME_TOTAL);
    items.sort_by_key(|name| name.as_str() != item::OPENING);
    items
}

/// True for a grand total, and for a part of one that is neither income nor expense of the year.
pub(super) fn is_balance(trees: &Trees, name: &str) -> bool {
    let part = |total: &&str| trees.partition(Dimension::Item, Some(total)).iter().any(|own| own == name);
    TOTALS.contains(&name) || (![item::INCOME, item::EXPENSE].contains(&name) && TOTALS.iter().any(part))
}

/// Checks every region (all money, each fund, each code of a fund) for which the items are printed.
pub(crate) fn check(docket: &mut Docket<'_, '_>, heading: Heading<'_>, seen: &mut Seen) {
    let ledger = docket.ledger;
    for region in regions(ledger) {
        if is_moved_between(ledger, &region) {
            continue;
        }
        let sums = TOTALS.map(|total| grand_total(docket, heading, seen, &region, total));
        let agree = totals_agree(docket, heading, &region);
        covered(docket, heading, &region);
        // Where both totals are right for their parts, flows differ because the totals do.
        if agree != Some(Verdict::Broken) || sums != [Some(Verdict::Holds); 2] {
            flows(docket, heading, &region);
        }
    }
    outside_fiscal(docket, heading);
}

/// True for a fund of a government that gives to others or takes from them: what balances it is more than what it comes to by itself.
fn is_moved_between(ledger: &Ledger<'_>, region: &Meaning) -> bool {
    let moved = |meaning: &Meaning| {
        let node = meaning.get(Dimension::Theme).and_then(|theme| ledger.trees().node(Dimension::Theme, theme));
        node.is_some_and(|node| node.by_fund)
    };
    let fund = region.get(Dimension::Fund);
    fund.is_some() && ledger.order().iter().any(|(own, _)| own.get(Dimension::Fund) == fund && moved(own))
}

/// The coordinates beside the item for which an opening or closing balance or a grand total is printed.
fn regions(ledger: &Ledger<'_>) -> BTreeSet<Meaning> {
    let anchors = [item::INCOME_TOTAL, item::EXPENSE_TOTAL, item::OPENING, item::CLOSING];
    ledger
        .order()
        .iter()
        .filter(|(meaning, measure)| {
            *measure == Measure::Amount && meaning.get(Dimension::Item).is_some_and(|item| anchors.contains(&item))
        })
        .map(|(meaning, _)| meaning.clone().without(Dimension::Item))
        .collect()
}

fn of(region: &Meaning, item: &str) -> Meaning {
    region.clone().with(Dimension::Item, item)
}

/// The figure of an item; one of the same table as `beside` if there is one.
fn figure(ledger: &Ledger<'_>, region: &Meaning, item: &str, beside: Option<FigureId>) -> Option<FigureId> {
    let printings = ledger.printings(&(of(region, item), Measure::Amount))?;
    let table = beside.and_then(|id| ledger.place(id)).and_then(|place| place.table.as_deref());
    let near = printings
        .ids()
        .find(|id| table.is_some() && ledger.place(*id).and_then(|place| place.table.as_deref()) == table);
    near.or_else(|| printings.first()).or_else(|| printings.unreadable.first().copied())
}

/// The terms of the items; `None` where one that must exist is not printed.
fn terms(ledger: &Ledger<'_>, region: &Meaning, items: &[String], beside: Option<FigureId>) -> Option<Vec<Term>> {
    let other_money = |name: &str| {
        let node = ledger.trees().node(Dimension::Item, name);
        node.is_some_and(|node| node.only.get(Dimension::Fund).is_some()) && region.get(Dimension::Fund).is_some()
    };
    let mut out = Vec::new();
    for item in items {
        match figure(ledger, region, item, beside) {
            Some(id) => out.push(Term::plus(id)),
            None if other_money(item) => {}
            None => return None,
        }
    }
    Some(out)
}

fn grand_total(
    docket: &mut Docket<'_, '_>,
    heading: Heading<'_>,
    seen: &mut Seen,
    region: &Meaning,
    total: &str,
) -> Option<Verdict> {
    let ledger = docket.ledger;
    let id = figure(ledger, region, total, None)?;
    let parts = terms(ledger, region, &parts(ledger.trees(), total), Some(id))?;
    let mut key: Vec<FigureId> =
        parts.iter().filter(|t| t.operand.middle(ledger) != 0).filter_map(|t| t.operand.figure()).collect();
    key.sort();
    seen.insert((id, key)).then(|| {
        let what = ledger.subject(&(of(region, total), Measure::Amount));
        let slack = sum_slack(&[&[Term::plus(id)], parts.as_slice()].concat(), ledger);
        docket.compare(heading, what, &[Term::plus(id)], Sense::Equal, &parts, slack)
    })
}

fn totals_agree(docket: &mut Docket<'_, '_>, heading: Heading<'_>, region: &Meaning) -> Option<Verdict> {
    let ledger = docket.ledger;
    let income = figure(ledger, region, item::INCOME_TOTAL, None)?;
    let expense = figure(ledger, region, item::EXPENSE_TOTAL, Some(income)).filter(|expense| *expense != income)?;
    let what = Message::new("totals").with("何", ledger.subject(&(of(region, item::INCOME_TOTAL), Measure::Amount)));
    let slack = agreement_slack(income, expense, ledger);
    Some(docket.compare(heading, what, &[Term::plus(income)], Sense::Equal, &[Term::plus(expense)], slack))
}

/// What was spent is not more than all that was there, where nothing says that it was overdrawn.
fn covered(docket: &mut Docket<'_, '_>, heading: Heading<'_>, region: &Meaning) {
    let ledger = docket.ledger;
    let Some(all) = figure(ledger, region, item::INCOME_TOTAL, None) else {
        return;
    };
    let Some(spent) = figure(ledger, region, item::EXPENSE, Some(all)) else {
        return;
    };
    let closing = figure(ledger, region, item::CLOSING, Some(all)).and_then(|id| ledger.known(id));
    if all != spent && closing.is_none_or(|(printed, _)| printed.mantissa >= 0) {
        let what = Message::new("covered").with("何", ledger.subject(&(of(region, item::EXPENSE), Measure::Amount)));
        let slack = agreement_slack(spent, all, ledger);
        docket.compare(heading, what, &[Term::plus(spent)], Sense::AtMost, &[Term::plus(all)], slack);
    }
}

/// What the balance of a region is called.
pub(super) fn of_flows(ledger: &Ledger<'_>, region: &Meaning) -> Message {
    match region.coordinates().next() {
        None => Message::new("all-flows"),
        Some(_) => Message::new("flows").with("何", ledger.subject(&(region.clone(), Measure::Amount))),
    }
}

fn flows(docket: &mut Docket<'_, '_>, heading: Heading<'_>, region: &Meaning) {
    let ledger = docket.ledger;
    let beside = figure(ledger, region, item::OPENING, None).or_else(|| figure(ledger, region, item::CLOSING, None));
    let (from, to) = (sources(ledger.trees()), parts(ledger.trees(), item::EXPENSE_TOTAL));
    let (Some(left), Some(right)) = (terms(ledger, region, &from, beside), terms(ledger, region, &to, beside)) else {
        return;
    };
    let what = of_flows(ledger, region);
    docket.compare(heading, what, &left, Sense::Equal, &right, 0);
}

/// All money less 财政拨款 balances too; good for finding on which side a fault lies.
fn outside_fiscal(docket: &mut Docket<'_, '_>, heading: Heading<'_>) {
    let ledger = docket.ledger;
    let (all, fiscal) = (Meaning::new(), Meaning::new().with(Dimension::Fund, fund::FISCAL));
    let (from, to) = (sources(ledger.trees()), parts(ledger.trees(), item::EXPENSE_TOTAL));
    let side = |items: &[String]| Some((terms(ledger, &all, items, None)?, terms(ledger, &fiscal, items, None)?));
    let (Some((mut left, left_off)), Some((mut right, right_off))) = (side(&from), side(&to)) else {
        return;
    };
    let negative = |terms: Vec<Term>| terms.iter().map(Term::negated).collect::<Vec<_>>();
    left.extend(negative(left_off));
    right.extend(negative(right_off));
    docket.compare(heading, Message::new("own-flows"), &left, Sense::Equal, &right, 0);
}
