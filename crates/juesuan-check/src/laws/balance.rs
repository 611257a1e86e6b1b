//! Law of balance: what came in and what was there equals what went out and what is left.

use std::collections::BTreeSet;

use juesuan_model::relation::{Sense, Term};
use juesuan_model::{Dimension, FigureId, Meaning, Measure, Message};

use crate::case::{Worth as _, agreement_slack};
use crate::docket::{Docket, Heading};
use crate::laws::sum::Seen;
use crate::ledger::Ledger;

/// Where money comes from, with 使用非财政拨款结余 where it is printed.
const IN: [&str; 3] = ["年初结转和结余", "收入", "使用非财政拨款结余"];
/// Where it goes.
const OUT: [&str; 3] = ["支出", "结余分配", "年末结转和结余"];
/// Both grand totals with the parts that make them up.
const TOTALS: [(&str, [&str; 3]); 2] = [
    ("收入总计", ["收入", "使用非财政拨款结余", "年初结转和结余"]),
    ("支出总计", ["支出", "结余分配", "年末结转和结余"]),
];
/// Only money outside 财政拨款 has these; where they are not printed for a fund, they do not exist.
const OWN_MONEY: [&str; 2] = ["使用非财政拨款结余", "结余分配"];

/// Checks every region (all money, each fund, each code of a fund) for which the items are printed.
pub(crate) fn check(docket: &mut Docket<'_, '_>, heading: Heading<'_>, seen: &mut Seen) {
    let ledger = docket.ledger;
    for region in regions(ledger) {
        for (total, parts) in TOTALS {
            grand_total(docket, heading, seen, &region, total, parts);
        }
        totals_agree(docket, heading, &region);
        flows(docket, heading, &region);
    }
    outside_fiscal(docket, heading);
}

/// The coordinates beside the item for which an opening or closing balance or a grand total is printed.
fn regions(ledger: &Ledger<'_>) -> BTreeSet<Meaning> {
    let anchors = ["收入总计", "支出总计", "年初结转和结余", "年末结转和结余"];
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
fn terms(ledger: &Ledger<'_>, region: &Meaning, items: [&str; 3], beside: Option<FigureId>) -> Option<Vec<Term>> {
    let mut out = Vec::new();
    for item in items {
        match figure(ledger, region, item, beside) {
            Some(id) => out.push(Term::plus(id)),
            None if OWN_MONEY.contains(&item) && region.get(Dimension::Fund).is_some() => {}
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
    parts: [&str; 3],
) {
    let ledger = docket.ledger;
    let Some(id) = figure(ledger, region, total, None) else {
        return;
    };
    let Some(parts) = terms(ledger, region, parts, Some(id)) else {
        return;
    };
    let mut key: Vec<FigureId> =
        parts.iter().filter(|t| t.operand.middle(ledger) != 0).filter_map(|t| t.operand.figure()).collect();
    key.sort();
    if seen.insert((id, key)) {
        let what = ledger.subject(&(of(region, total), Measure::Amount));
        docket.compare(heading, what, &[Term::plus(id)], Sense::Equal, &parts, 0);
    }
}

fn totals_agree(docket: &mut Docket<'_, '_>, heading: Heading<'_>, region: &Meaning) {
    let ledger = docket.ledger;
    let Some(income) = figure(ledger, region, "收入总计", None) else {
        return;
    };
    let Some(expense) = figure(ledger, region, "支出总计", Some(income)) else {
        return;
    };
    if income != expense {
        let what = Message::new("totals").with("何", ledger.subject(&(of(region, "收入总计"), Measure::Amount)));
        let slack = agreement_slack(income, expense, ledger);
        docket.compare(heading, what, &[Term::plus(income)], Sense::Equal, &[Term::plus(expense)], slack);
    }
}

fn flows(docket: &mut Docket<'_, '_>, heading: Heading<'_>, region: &Meaning) {
    let ledger = docket.ledger;
    let beside =
        figure(ledger, region, "年初结转和结余", None).or_else(|| figure(ledger, region, "年末结转和结余", None));
    let (Some(left), Some(right)) = (terms(ledger, region, IN, beside), terms(ledger, region, OUT, beside)) else {
        return;
    };
    let what = match region.coordinates().next() {
        None => Message::new("all-flows"),
        Some(_) => Message::new("flows").with("何", ledger.subject(&(region.clone(), Measure::Amount))),
    };
    docket.compare(heading, what, &left, Sense::Equal, &right, 0);
}

/// All money less 财政拨款 balances too; good for finding on which side a fault lies.
fn outside_fiscal(docket: &mut Docket<'_, '_>, heading: Heading<'_>) {
    let ledger = docket.ledger;
    let (all, fiscal) = (Meaning::new(), Meaning::new().with(Dimension::Fund, "财政拨款"));
    let side = |items| Some((terms(ledger, &all, items, None)?, terms(ledger, &fiscal, items, None)?));
    let (Some((mut left, left_off)), Some((mut right, right_off))) = (side(IN), side(OUT)) else {
        return;
    };
    let negative = |terms: Vec<Term>| terms.iter().map(Term::negated).collect::<Vec<_>>();
    left.extend(negative(left_off));
    right.extend(negative(right_off));
    docket.compare(heading, Message::new("own-flows"), &left, Sense::Equal, &right, 0);
}
