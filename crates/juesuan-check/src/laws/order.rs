//! Law of order: a part is not larger than its whole.

use juesuan_catalog::names::item;
use juesuan_model::relation::{Form, Sense, Term};
use juesuan_model::{Dimension, Meaning, Measure, Message, Severity, Verdict};

use crate::case::{Solve as _, agreement_slack};
use crate::docket::{Docket, Heading};
use crate::laws::balance::is_balance;
use crate::ledger::{Key, Ledger};

/// Checks every printed amount against the nearest printed wholes, one along each dimension.
pub(crate) fn check(docket: &mut Docket<'_, '_>, heading: Heading<'_>) {
    let ledger = docket.ledger;
    for key in ledger.order() {
        if !matches!(key.1, Measure::Amount | Measure::Count) {
            continue;
        }
        let heading = match (flows(ledger, &key.0), is_grand(&key.0)) {
            (true, _) => heading,
            // Other money may have been overdrawn, but hardly ever is.
            (false, true) => Heading { severity: heading.severity.max(Severity::Warning), ..heading },
            (false, false) => continue,
        };
        for whole in wholes(ledger, &key.0) {
            compare(docket, heading, key, &(whole, key.1.clone()));
        }
    }
}

/// Parts of balances may be larger than the whole, because another part may be negative; those of income and expense are not.
fn flows(ledger: &Ledger<'_>, meaning: &Meaning) -> bool {
    meaning.get(Dimension::Item).is_some_and(|item| !is_balance(ledger.trees(), item))
}

/// True for 收入总计 and 支出总计.
pub(super) fn is_grand(meaning: &Meaning) -> bool {
    meaning.get(Dimension::Item).is_some_and(|own| [item::INCOME_TOTAL, item::EXPENSE_TOTAL].contains(&own))
}

fn compare(docket: &mut Docket<'_, '_>, heading: Heading<'_>, part: &Key, whole: &Key) {
    let ledger = docket.ledger;
    if ledger.adds_to(whole, part) {
        return;
    }
    let (Some(parts), Some(wholes)) = (ledger.printings(part), ledger.printings(whole)) else {
        return;
    };
    let (Some(first_part), Some(first_whole)) =
        (parts.first().or(parts.unreadable.first().copied()), wholes.first().or(wholes.unreadable.first().copied()))
    else {
        return;
    };
    if first_part == first_whole {
        return;
    }
    let pairs = parts
        .distinct(ledger, None)
        .into_iter()
        .flat_map(|p| wholes.distinct(ledger, None).into_iter().map(move |w| (p, w)));
    let fits = |(p, w): &(_, _)| {
        let (left, right) = (vec![Term::plus(*p)], vec![Term::plus(*w)]);
        let slack = agreement_slack(*p, *w, ledger);
        Form::Linear { left, sense: Sense::AtMost, right, slack }.evaluate(ledger).0 == Verdict::Holds
    };
    let (p, w) = pairs.into_iter().find(fits).unwrap_or((first_part, first_whole));
    let what = Message::new("part-of-whole").with("部分", ledger.subject(part)).with("整体", ledger.subject(whole));
    // One quantity may be both: the last place is tolerated as where it is printed twice.
    let slack = agreement_slack(p, w, ledger);
    docket.compare(heading, what, &[Term::plus(p)], Sense::AtMost, &[Term::plus(w)], slack);
}

/// The nearest meanings above that are printed: one along each dimension, and what a theme's definition gives.
fn wholes(ledger: &Ledger<'_>, meaning: &Meaning) -> Vec<Meaning> {
    let mut out = Vec::new();
    for (dimension, _) in meaning.coordinates() {
        let mut above = step_up(ledger, meaning, dimension);
        while let Some(whole) = above {
            if ledger.quantity(&whole).is_some() {
                out.push(whole);
                break;
            }
            above = step_up(ledger, &whole, dimension);
        }
    }
    out.extend(themes_of(ledger, meaning));
    out
}

/// One step towards the total of a dimension.
fn step_up(ledger: &Ledger<'_>, meaning: &Meaning, dimension: Dimension) -> Option<Meaning> {
    let node = meaning.get(dimension)?;
    let trees = ledger.trees();
    let without = || Some(meaning.clone().without(dimension));
    match dimension {
        Dimension::Item | Dimension::Stage | Dimension::Year | Dimension::Unit => None,
        Dimension::Function | Dimension::Economic if node.len() > 3 => {
            let above: String = node.chars().take(node.chars().count() - 2).collect();
            Some(meaning.clone().with(dimension, above))
        }
        Dimension::Function | Dimension::Economic | Dimension::Source => without(),
        // Project money may be printed with transfers that the department's own expense does not hold.
        Dimension::Project => None,
        Dimension::Theme => match parent(ledger, dimension, node) {
            Some(parent) => Some(meaning.clone().with(dimension, parent)),
            // 三公经费 is paid out of 财政拨款.
            None => trees
                .node(dimension, node)?
                .defined
                .get(&Dimension::Fund)?
                .first()
                .map(|fund| meaning.clone().without(dimension).with(Dimension::Fund, fund.as_str())),
        },
        Dimension::Fund | Dimension::Nature => match parent(ledger, dimension, node) {
            Some(parent) => Some(meaning.clone().with(dimension, parent)),
            None => without(),
        },
    }
}

fn parent<'a>(ledger: &Ledger<'a>, dimension: Dimension, node: &str) -> Option<&'a str> {
    let is_parent = |n: &&juesuan_catalog::Node| n.children.iter().any(|c| c == node);
    ledger.trees().nodes(dimension).find(is_parent).map(|n| n.name.as_str())
}

/// The narrowest theme that is defined by an economic code holds every amount of that code paid by its fund.
fn themes_of(ledger: &Ledger<'_>, meaning: &Meaning) -> Option<Meaning> {
    let code = meaning.get(Dimension::Economic)?;
    let fund = meaning.get(Dimension::Fund)?;
    let trees = ledger.trees();
    let holds = |theme: &&juesuan_catalog::Node| {
        let codes = theme.defined.get(&Dimension::Economic);
        let funds = theme.defined.get(&Dimension::Fund);
        codes.is_some_and(|codes| codes.iter().any(|c| code.starts_with(c.as_str())))
            && funds.is_some_and(|funds| funds.iter().any(|f| trees.contains(Dimension::Fund, f, fund)))
    };
    let theme = trees
        .nodes(Dimension::Theme)
        .filter(holds)
        .min_by_key(|theme| theme.defined.get(&Dimension::Economic).map_or(usize::MAX, Vec::len))?;
    let mut whole = Meaning::new().with(Dimension::Theme, theme.name.as_str());
    for dimension in [Dimension::Item, Dimension::Stage, Dimension::Year] {
        if let Some(node) = meaning.get(dimension) {
            whole = whole.with(dimension, node);
        }
    }
    ledger.quantity(&whole).is_some().then_some(whole)
}
