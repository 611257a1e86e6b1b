//! Shares of one whole, all of them.

use std::collections::BTreeMap;

use juesuan_catalog::names::item;
use juesuan_model::printed::STEPS_PER_PERCENT;
use juesuan_model::relation::{Form, Given, Operand, Sense, Term};
use juesuan_model::{Dimension, FigureId, Meaning, Measure, Message, Printed, Said};

use super::Bench;
use crate::case::Solve as _;
use crate::ledger::{last_place, middle};

/// Where a section lays out a sum and prints the share of every part that has money, the shares add up to 100.
pub(crate) fn shares_add_up(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let mut shares: BTreeMap<(&str, &Meaning, &Meaning), FigureId> = BTreeMap::new();
    for (id, figure, entry) in ledger.figures() {
        for (meaning, measure) in &entry.keys {
            if let (Measure::Share { of }, Some(section)) = (measure, figure.place.section.as_deref()) {
                shares.entry((section, of, meaning)).or_insert(id);
            }
        }
    }
    let mut seen = 0;
    for sum in &ledger.package.sums {
        let section = ledger.place(sum.total).and_then(|place| place.section.as_deref());
        let (Some(section), Some((whole, Measure::Amount))) = (section, ledger.keys(sum.total).first()) else {
            continue;
        };
        let money = |id: &&FigureId| ledger.known(**id).is_none_or(|(printed, _)| !printed.is_zero());
        let share = |id: &FigureId| {
            let (meaning, _) = ledger.keys(*id).first()?;
            shares.get(&(section, whole, meaning)).copied()
        };
        let all: Option<Vec<FigureId>> = sum.parts.iter().filter(money).map(share).collect();
        let Some(all) = all.filter(|all| all.len() > 1 && sum.less.is_empty()) else { continue };
        seen += 1;
        // Cut off instead of rounded, each share may miss one unit of its last place.
        let slack = all.iter().filter_map(|id| ledger.known(*id)).map(|(printed, _)| last_place(printed) / 2).sum();
        let terms: Vec<Term> = all.into_iter().map(Term::plus).collect();
        let what = Message::new("shares")
            .with("节", Said::name(section))
            .with("整体", ledger.subject(&(whole.clone(), Measure::Amount)));
        bench.docket.compare(bench.heading, what, &terms, Sense::Equal, &[hundred()], slack);
    }
    if seen == 0 {
        bench.conclude(Vec::new(), 0);
    }
}

/// 100 %.
fn hundred() -> Term {
    let given = Given::number(100 * STEPS_PER_PERCENT, Printed::count(100));
    Term { operand: Operand::Given(given), factor: 1 }
}

/// The contracts with small business of each kind of purchase, by its printed share, add up to all of them.
pub(crate) fn kinds_add_up(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let theme = |name: &str| Meaning::new().with(Dimension::Item, item::EXPENSE).with(Dimension::Theme, name);
    let amount = |name: &str| ledger.spokesman(&(theme(name), Measure::Amount));
    let Some(total) = bench.words("total").first().and_then(|name| amount(name)) else {
        return bench.conclude(Vec::new(), 0);
    };
    let (mut terms, mut slack) = (Vec::new(), 0i128);
    for name in bench.words("kinds") {
        let Some((kind, (print, range))) = amount(name).and_then(|id| Some((id, ledger.known(id)?))) else {
            return bench.conclude(Vec::new(), 0);
        };
        if print.is_zero() {
            continue;
        }
        let of = ledger.keys(kind).first().map(|key| key.0.clone()).unwrap_or_default();
        let share = Measure::Share { of: Box::new(of) };
        let part = bench.words("awarded").iter().find(|awarded| awarded.starts_with(name.as_str()));
        let id = part.and_then(|part| ledger.spokesman(&(theme(part), share)));
        let Some((id, (percent, _))) = id.and_then(|id| Some((id, ledger.known(id)?))) else {
            return bench.conclude(Vec::new(), 0);
        };
        terms.push(Term { operand: Operand::Figure(id), factor: middle(print) });
        slack += (range.high - range.low) / 2 * (middle(percent).abs() + last_place(percent));
    }
    let right = vec![Term { operand: Operand::Figure(total), factor: 100 * STEPS_PER_PERCENT }];
    let left = terms.clone();
    let form = Form::Linear { left: terms, sense: Sense::Equal, right, slack };
    let (verdict, _) = form.evaluate(ledger);
    let kinds = left.iter().filter_map(|term| term.operand.figure());
    let message = Message::new("kinds").with("各类", Said::list(kinds)).with("合计", total);
    bench.docket.place(bench.heading, message, form, (verdict, false));
}
