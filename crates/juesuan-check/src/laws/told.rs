//! Law of sums, fourth part: what a paragraph says a grand total is made of, and what it says came, went and is left.
//!
//! A paragraph may leave out what was nothing, and name the natures or classes of an expense instead of all of it. What it names is never
//! more than the total. It is all of it where every amount of the paragraph was understood, it does not say that there are more, and the
//! document prints nothing else, wherever, that would be a part.

use std::collections::BTreeMap;

use juesuan_catalog::Trees;
use juesuan_catalog::names::{fund, item};
use juesuan_model::relation::{Sense, Term};
use juesuan_model::{Dimension, DocumentKind, FigureId, Meaning, Measure};

use crate::case::sum_slack;
use crate::docket::{Docket, Heading};
use crate::laws::balance::{is_balance, of_flows};
use crate::laws::complete::{has_more, is_printed};
use crate::laws::order::is_grand;
use crate::laws::sum::{Seen, add_up, describe};
use crate::ledger::middle;

/// Dimensions by which a paragraph takes the income or the expense of a year apart.
const APART: [Dimension; 4] = [Dimension::Fund, Dimension::Source, Dimension::Nature, Dimension::Function];

/// A figure of a paragraph with what it is of.
type Told<'l> = (FigureId, &'l Meaning);

/// Checks every paragraph that prints a grand total, or what was there and what is left.
pub(crate) fn check(docket: &mut Docket<'_, '_>, heading: Heading<'_>, seen: &mut Seen) {
    let ledger = docket.ledger;
    let money = docket.money();
    let mut paragraphs: BTreeMap<usize, Vec<Told<'_>>> = BTreeMap::new();
    for (id, figure, entry) in ledger.figures() {
        let paragraph =
            Some(&figure.place).filter(|place| place.table.is_none()).and_then(|place| money.passage(place));
        let amounts = entry.keys.iter().filter(|(_, measure)| *measure == Measure::Amount);
        if let Some(paragraph) = paragraph {
            paragraphs.entry(paragraph).or_default().extend(amounts.map(|(meaning, _)| (id, meaning)));
        }
    }
    for (number, told) in paragraphs {
        if !docket.effort.take(told.len() * told.len()) {
            return;
        }
        // What governments add and take away is laid out by the sentence, or nobody knows what belongs to it.
        if told.iter().any(|(_, own)| is_of_governments(ledger.trees(), own)) {
            continue;
        }
        for (at, (total, meaning)) in told.iter().enumerate() {
            if is_grand(meaning) {
                let behind = told.get(at + 1..).unwrap_or_default();
                made_up(docket, heading, seen, (number, *total, *meaning), behind);
            }
        }
        for region in told.iter().filter(|(_, own)| own.get(Dimension::Item) == Some(item::OPENING)) {
            flows(docket, heading, number, &region.1.clone().without(Dimension::Item), &told);
        }
    }
}

fn is_of_governments(trees: &Trees, meaning: &Meaning) -> bool {
    let theme = meaning.get(Dimension::Theme).and_then(|own| trees.node(Dimension::Theme, own));
    theme.is_some_and(|node| node.by_fund)
}

/// `收入预算 98 万元，其中：一般公共预算 90 万元，上年结转 8 万元`: true where the list of an income or expense of the year names in the same sentence what
/// was there before or is left, so that its kinds are not all of it.
pub(super) fn names_balance(docket: &Docket<'_, '_>, total: FigureId) -> bool {
    let ledger = docket.ledger;
    let (money, passages) = (docket.money(), docket.passages());
    let number = |id| ledger.place(id).filter(|place| place.table.is_none()).and_then(|place| money.passage(place));
    let Some((own, text)) = number(total).and_then(|own| Some((own, passages.get(own)?.text()))) else { return false };
    let amount = |id| ledger.known(id).map(|(printed, _)| middle(printed).abs());
    let ends = |id| {
        let own_amount = amount(id);
        money
            .of(own)
            .iter()
            .filter(move |(printed, _)| Some(*printed) == own_amount)
            .map(|(_, end)| *end)
            .collect::<Vec<_>>()
    };
    let balance = |meaning: &Meaning| {
        !is_grand(meaning) && meaning.get(Dimension::Item).is_some_and(|item| is_balance(ledger.trees(), item))
    };
    let mut behind = ledger.figures().filter(|(id, figure, _)| *id > total && figure.place.table.is_none());
    behind.any(|(id, figure, entry)| {
        let amounts = entry.keys.iter().any(|(meaning, measure)| *measure == Measure::Amount && balance(meaning));
        amounts && money.passage(&figure.place) == Some(own) && {
            let one_sentence =
                |from: &usize, to: &usize| text.get(*from..*to).is_some_and(|between| !between.contains('。'));
            ends(total).iter().any(|from| ends(id).iter().any(|to| from < to && one_sentence(from, to)))
        }
    })
}

/// A grand total against what its paragraph names behind it.
fn made_up(
    docket: &mut Docket<'_, '_>,
    heading: Heading<'_>,
    seen: &mut Seen,
    (number, total, meaning): (usize, FigureId, &Meaning),
    behind: &[Told<'_>],
) {
    let ledger = docket.ledger;
    let own = behind.iter().take_while(|(id, other)| *id == total || *other != meaning);
    let named: Vec<Told<'_>> =
        own.filter(|(id, part)| *id != total && is_part(ledger.trees(), meaning, part)).copied().collect();
    let Some(parts) = outermost(ledger.trees(), &named) else { return };
    if parts.len() < 2 || parts.iter().any(|(id, _)| ledger.known(*id).is_none()) {
        return;
    }
    let ids: Vec<FigureId> = parts.iter().map(|(id, _)| *id).collect();
    let mut key: Vec<FigureId> =
        ids.iter().filter(|id| ledger.known(**id).is_some_and(|(printed, _)| !printed.is_zero())).copied().collect();
    key.sort();
    if seen.contains(&(total, key.clone())) {
        return;
    }
    let terms: Vec<Term> = ids.iter().copied().map(Term::plus).collect();
    if is_all(docket, number, meaning, &parts) {
        seen.insert((total, key));
        add_up(docket, heading, total, &terms);
    } else {
        let whole = [Term::plus(total)];
        let slack = sum_slack(&[terms.as_slice(), &whole].concat(), ledger);
        docket.compare(heading, describe(ledger, total), &terms, Sense::AtMost, &whole, slack);
    }
}

/// True if a meaning is a part of a grand total: an item that makes it up, or its funds, sources, natures or classes.
fn is_part(trees: &Trees, total: &Meaning, part: &Meaning) -> bool {
    let items = total.get(Dimension::Item).map_or(&[][..], |own| trees.partition(Dimension::Item, Some(own)));
    let of = part.get(Dimension::Item);
    let narrower = of == total.get(Dimension::Item) && part.get(Dimension::Fund).is_some();
    let item = narrower || of.is_some_and(|of| items.iter().any(|own| own == of));
    let class = part.get(Dimension::Function).is_none_or(|code| code.len() == 3);
    let known =
        |(dimension, _)| dimension == Dimension::Item || APART.contains(&dimension) || total.get(dimension).is_some();
    item && class && part.coordinates().all(known) && inside(trees, &total.clone().without(Dimension::Item), part)
}

/// True if a meaning lies in another on every dimension that this names.
fn inside(trees: &Trees, whole: &Meaning, part: &Meaning) -> bool {
    whole.coordinates().all(|(dimension, node)| {
        part.get(dimension).is_some_and(|own| own == node || trees.contains(dimension, node, own))
    })
}

/// The parts that lie in no other, each once; natures before classes. `None` where two of them may have something in common.
fn outermost<'l>(trees: &Trees, named: &[Told<'l>]) -> Option<Vec<Told<'l>>> {
    let natures = named.iter().any(|(_, own)| own.get(Dimension::Nature).is_some());
    let kept = |own: &Meaning| !(natures && own.get(Dimension::Function).is_some());
    let mut out: Vec<Told<'l>> = Vec::new();
    for (id, own) in named.iter().filter(|(_, own)| kept(own)) {
        let covered = named.iter().any(|(_, other)| other != own && kept(other) && inside(trees, other, own));
        if !covered && !out.iter().any(|(_, told)| told == own) {
            out.push((*id, *own));
        }
    }
    let apart = |a: &Meaning, b: &Meaning| {
        let differ = |d| matches!((a.get(d), b.get(d)), (Some(a), Some(b)) if a != b && !trees.contains(d, a, b) && !trees.contains(d, b, a));
        let fiscal = |own: &Meaning| {
            own.get(Dimension::Fund)
                .is_some_and(|f| f == fund::FISCAL || trees.contains(Dimension::Fund, fund::FISCAL, f))
        };
        let other = |own: &Meaning| own.get(Dimension::Source).is_some() && own.get(Dimension::Fund).is_none();
        differ(Dimension::Item) || APART.into_iter().any(differ) || (fiscal(a) && other(b)) || (fiscal(b) && other(a))
    };
    let clash = out.iter().enumerate().any(|(at, (_, a))| out.iter().skip(at + 1).any(|(_, b)| !apart(a, b)));
    (!clash).then_some(out)
}

/// True if the parts are all there are.
fn is_all(docket: &Docket<'_, '_>, number: usize, total: &Meaning, parts: &[Told<'_>]) -> bool {
    let ledger = docket.ledger;
    let trees = ledger.trees();
    let balance =
        |(_, own): &Told<'_>| own.get(Dimension::Item).is_some_and(|of| !is_grand(own) && is_balance(trees, of));
    let planned = ledger.package.kind == DocumentKind::Budget;
    if !(planned || parts.iter().any(balance)) || !is_understood(docket, number, parts) {
        return false;
    }
    let related = |own: &Meaning| parts.iter().any(|(_, part)| inside(trees, part, own) || inside(trees, own, part));
    let year = |own: &Meaning| {
        [Dimension::Stage, Dimension::Year, Dimension::Unit].iter().all(|d| own.get(*d) == total.get(*d))
    };
    let others = ledger.order().iter().filter(|(own, measure)| {
        *measure == Measure::Amount && !is_grand(own) && year(own) && is_part(trees, total, own) && !related(own)
    });
    !others.into_iter().any(|key| ledger.known_of(key).is_none_or(|printed| !printed.is_zero()))
}

/// True if every amount of a paragraph was understood, and it does not say that there are more parts.
fn is_understood(docket: &Docket<'_, '_>, number: usize, parts: &[Told<'_>]) -> bool {
    let (ledger, money, passages) = (docket.ledger, docket.money(), docket.passages());
    let own: Vec<i128> =
        parts.iter().filter_map(|(id, _)| ledger.known(*id)).map(|(printed, _)| middle(printed).abs()).collect();
    let printed = money.of(number);
    let last = printed.iter().rfind(|(amount, _)| own.contains(amount)).map(|(_, end)| *end);
    let behind = last.and_then(|end| passages.get(number)?.text().get(end..)).unwrap_or_default();
    printed.iter().all(|(amount, _)| money.is_understood(*amount)) && !has_more(behind, ledger)
}

/// What was there and came is what went and is left, where one paragraph tells of all four and nothing else of the kind is printed.
fn flows(docket: &mut Docket<'_, '_>, heading: Heading<'_>, number: usize, region: &Meaning, told: &[Told<'_>]) {
    let ledger = docket.ledger;
    let of = |name: &str| region.clone().with(Dimension::Item, name);
    let id = |name: &str| {
        let own = of(name);
        let mut all = told.iter().filter(|(_, meaning)| **meaning == own);
        all.next().map(|(id, _)| *id)
    };
    let sides =
        [item::INCOME_TOTAL, item::EXPENSE_TOTAL].map(|total| ledger.trees().partition(Dimension::Item, Some(total)));
    let printed = |name: &String| id(name).is_some();
    let all = sides.iter().flat_map(|side| side.iter());
    let quiet = |name: &String| !is_printed(ledger, &(of(name), Measure::Amount));
    let needed = [item::OPENING, item::INCOME, item::EXPENSE, item::CLOSING];
    let whole = needed.iter().all(|name| id(name).is_some());
    // Where all kinds are printed the law of balance has looked at them.
    let some_left_out = all.clone().any(|name| !printed(name));
    let complete = whole && some_left_out && all.clone().all(|name| printed(name) || quiet(name));
    let here: Vec<Told<'_>> = told.to_vec();
    if !complete || !is_understood(docket, number, &here) {
        return;
    }
    let terms = |side: &[String]| side.iter().filter_map(|name| id(name)).map(Term::plus).collect::<Vec<_>>();
    let [left, right] = sides.map(terms);
    let what = of_flows(ledger, region);
    let slack = sum_slack(&[left.as_slice(), &right].concat(), ledger);
    docket.compare(heading, what, &left, Sense::Equal, &right, slack);
}
