//! Law of sums, second part: where a table or section prints a node and all its children, they add up; where a text lists only
//! some, they are not more.
//!
//! Sums that were laid out explicitly are not repeated here.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::names::{fund, item};
use juesuan_model::relation::{Form, Sense, Term};
use juesuan_model::{Dimension, FigureId, Meaning, Measure, Verdict};

use crate::case::{Solve as _, sum_slack};
use crate::docket::{Docket, Heading};
use crate::laws::complete::{List, is_printed};
use crate::laws::sum::{Seen, add_up, describe};
use crate::laws::told::names_balance;
use crate::ledger::{Key, Ledger, middle};

/// The figures of one table or one section.
pub(crate) type Scope = BTreeMap<Key, FigureId>;

/// Dimensions whose nodes are partitioned by trees.
const TREES: [Dimension; 3] = [Dimension::Fund, Dimension::Nature, Dimension::Theme];
/// Dimensions whose codes contain each other.
const CODES: [Dimension; 2] = [Dimension::Function, Dimension::Economic];

/// Checks every partition that a scope prints in full.
pub(crate) fn check(docket: &mut Docket<'_, '_>, heading: Heading<'_>, seen: &mut Seen) {
    let ledger = docket.ledger;
    let laid_out = laid_out(ledger);
    for ((is_table, _), scope) in scopes(ledger) {
        let codes = codes_of(&scope);
        for (key, total) in &scope {
            if !docket.effort.take(scope.len()) {
                return;
            }
            if !matches!(key.1, Measure::Amount | Measure::Change(_) | Measure::Count) {
                continue;
            }
            for dimension in TREES {
                let found = by_tree(ledger, &scope, key, dimension);
                let names_both =
                    |found: &Found| !is_table && has_grandchild_beside(ledger, &scope, *total, &found.parts, dimension);
                // 政府采购 18 万元，按资金来源分：一般公共预算 12 万元，自有资金 6 万元: who else paid for a part is called in many ways.
                let by_payer = dimension == Dimension::Fund
                    && [Dimension::Theme, dimension].map(|d| key.0.get(d).is_some()) == [true, false];
                match found.filter(|found| !names_both(found)) {
                    Some(Found { parts, .. }) if by_payer && key.0.get(Dimension::Item) != Some(item::INCOME) => {
                        if !is_table && key.1 == Measure::Amount {
                            at_most(docket, heading, *total, &parts);
                        }
                    }
                    Some(Found { parts, .. })
                        if !is_table && key.1 == Measure::Amount && names_balance(docket, *total) =>
                    {
                        at_most(docket, heading, *total, &parts);
                    }
                    Some(Found { parts, missing }) if missing.is_empty() => {
                        let list = List { total: *total, parts: &parts };
                        if is_table || !list.goes_on(docket) {
                            add(docket, heading, seen, *total, parts);
                        } else {
                            at_most(docket, heading, *total, &parts);
                        }
                    }
                    Some(Found { parts, missing }) if !is_table && key.1 == Measure::Amount => {
                        listed(docket, heading, seen, *total, &parts, &missing);
                    }
                    Some(Found { parts, missing }) if !is_table && copied(ledger, *total, &parts, &missing) => {
                        add(docket, heading, seen, *total, parts);
                    }
                    Some(_) | None => {}
                }
            }
            if is_table {
                for dimension in CODES {
                    if !laid_out.contains(&(*total, dimension)) {
                        let parts = by_code((ledger, &codes), &scope, key, dimension);
                        add(docket, heading, seen, *total, parts);
                    }
                }
            }
        }
    }
}

/// The kinds that a text lists. They are all there are if the list says so or nothing else is printed; else they are not more
/// than the whole.
fn listed(
    docket: &mut Docket<'_, '_>,
    heading: Heading<'_>,
    seen: &mut Seen,
    total: FigureId,
    parts: &[FigureId],
    missing: &[Key],
) {
    let ledger = docket.ledger;
    let list = List { total, parts };
    let alone = || !missing.iter().any(|key| is_printed(ledger, key));
    if (list.has_all_shares(ledger) && !list.breaks_off(docket)) || (list.is_read(docket) && alone()) {
        add(docket, heading, seen, total, parts.to_vec());
    } else {
        at_most(docket, heading, total, parts);
    }
}

/// True for changes of which one part has all of the total although another one changed too, and what is not told of is nothing
/// this year.
fn copied(ledger: &Ledger<'_>, total: FigureId, parts: &[FigureId], missing: &[Key]) -> bool {
    let value = |id: FigureId| ledger.known(id).map_or(0, |(printed, _)| middle(printed));
    let changes: Vec<i128> = parts.iter().map(|id| value(*id)).filter(|change| *change != 0).collect();
    let nothing = |key: &Key| known_zero(ledger, &(key.0.clone(), Measure::Amount));
    changes.len() > 1 && changes.contains(&value(total)) && missing.iter().all(nothing)
}

/// Parts of a list that may not be all there are: not more than the whole.
fn at_most(docket: &mut Docket<'_, '_>, heading: Heading<'_>, total: FigureId, parts: &[FigureId]) {
    let ledger = docket.ledger;
    if parts.len() < 2 || parts.contains(&total) {
        return;
    }
    let terms: Vec<Term> = parts.iter().map(|id| Term::plus(*id)).collect();
    let whole = [Term::plus(total)];
    let slack = sum_slack(&[terms.as_slice(), &whole].concat(), ledger);
    docket.compare(heading, describe(ledger, total), &terms, Sense::AtMost, &whole, slack);
}

/// True if a list adds up only with a part of one of its parts: it names the two side by side, and the first is short for what
/// is left (公务用车及运行费 251、公务用车购置费 56: the first is what was run).
fn has_grandchild_beside(
    ledger: &Ledger<'_>,
    scope: &Scope,
    total: FigureId,
    parts: &[FigureId],
    dimension: Dimension,
) -> bool {
    let sum = |more: Option<FigureId>| {
        let right: Vec<Term> = parts.iter().copied().chain(more).map(Term::plus).collect();
        let left = vec![Term::plus(total)];
        let slack = sum_slack(&[left.as_slice(), &right].concat(), ledger);
        Form::Linear { left, sense: Sense::Equal, right, slack }.evaluate(ledger).0
    };
    let inside = |(meaning, measure): &Key| {
        parts.iter().flat_map(|part| ledger.keys(*part)).any(|(whole, own)| {
            let (Some(outer), Some(inner)) = (whole.get(dimension), meaning.get(dimension)) else { return false };
            let same = whole.clone().without(dimension) == meaning.clone().without(dimension);
            own == measure && same && outer != inner && ledger.trees().contains(dimension, outer, inner)
        })
    };
    sum(None) == Verdict::Broken
        && scope.iter().any(|(key, id)| inside(key) && !parts.contains(id) && sum(Some(*id)) == Verdict::Holds)
}

/// Figures by table or section (none: before the first heading); the first of a key in a scope speaks.
pub(crate) fn scopes<'a>(ledger: &Ledger<'a>) -> BTreeMap<(bool, &'a str), Scope> {
    let mut scopes: BTreeMap<(bool, &str), Scope> = BTreeMap::new();
    for (id, figure, entry) in ledger.figures() {
        let name = match (&figure.place.table, &figure.place.section) {
            (Some(table), _) => (true, table.as_str()),
            (None, Some(section)) => (false, section.as_str()),
            (None, None) => (false, ""),
        };
        let scope = scopes.entry(name).or_default();
        for key in &entry.keys {
            scope.entry(key.clone()).or_insert(id);
        }
    }
    scopes
}

fn add(docket: &mut Docket<'_, '_>, heading: Heading<'_>, seen: &mut Seen, total: FigureId, parts: Vec<FigureId>) {
    let ledger = docket.ledger;
    let mut key: Vec<FigureId> =
        parts.iter().filter(|id| ledger.known(**id).is_none_or(|(printed, _)| !printed.is_zero())).copied().collect();
    key.sort();
    if parts.is_empty() || parts.contains(&total) || !seen.insert((total, key)) {
        return;
    }
    let parts: Vec<Term> = parts.into_iter().map(Term::plus).collect();
    add_up(docket, heading, total, &parts);
}

/// The children of a node that a scope prints, and those that it does not.
#[derive(Default)]
struct Found {
    parts: Vec<FigureId>,
    missing: Vec<Key>,
}

/// All children of a node; what the package prints as nothing elsewhere is not missing.
fn by_tree(ledger: &Ledger<'_>, scope: &Scope, (meaning, measure): &Key, dimension: Dimension) -> Option<Found> {
    let node = meaning.get(dimension);
    let of = meaning.get(Dimension::Item);
    match dimension {
        Dimension::Fund
            if node.is_none()
                && (of != Some(item::INCOME) && meaning.get(Dimension::Theme).is_none()
                    || meaning.get(Dimension::Source).is_some()) =>
        {
            return None;
        }
        // Natures are themselves defined by economic classes.
        Dimension::Nature if meaning.get(Dimension::Economic).is_some() => return None,
        Dimension::Nature
            if node.is_none()
                && (of != Some(item::EXPENSE)
                    || [Dimension::Theme, Dimension::Project].iter().any(|d| meaning.get(*d).is_some())) =>
        {
            return None;
        }
        _ => {}
    }
    let mut found = Found::default();
    expand((ledger, scope), meaning, measure, dimension, &mut found);
    (!found.parts.is_empty()).then_some(found)
}

fn expand(
    (ledger, scope): (&Ledger<'_>, &Scope),
    meaning: &Meaning,
    measure: &Measure,
    dimension: Dimension,
    found: &mut Found,
) {
    let trees = ledger.trees();
    let children = children(ledger, scope, meaning, dimension);
    if children.is_empty() {
        found.missing.push((meaning.clone(), measure.clone()));
    }
    for child in children {
        let key = (child, measure.clone());
        if let Some(id) = printed_in(ledger, scope, &key) {
            found.parts.push(id);
        } else if known_zero(ledger, &key) || cannot_be(ledger, &key.0, dimension) {
            // Printed as nothing elsewhere, or of other money.
        } else if key.0.get(Dimension::Fund) == Some(fund::OTHER) && key.0.get(Dimension::Item) == Some(item::INCOME) {
            for source in trees.root(Dimension::Source) {
                let meaning = key.0.clone().without(Dimension::Fund).with(Dimension::Source, source.as_str());
                let key = (meaning, measure.clone());
                match printed_in(ledger, scope, &key) {
                    Some(id) => found.parts.push(id),
                    None if known_zero(ledger, &key) => {}
                    None => found.missing.push(key),
                }
            }
        } else {
            expand((ledger, scope), &key.0, measure, dimension, found);
        }
    }
}

/// True if a node is only paid out of money that is not that of the meaning: no 经营支出 out of 财政拨款.
fn cannot_be(ledger: &Ledger<'_>, meaning: &Meaning, dimension: Dimension) -> bool {
    let trees = ledger.trees();
    let node = meaning.get(dimension).and_then(|name| trees.node(dimension, name));
    let only = node.and_then(|node| node.only.get(Dimension::Fund));
    only.zip(meaning.get(Dimension::Fund)).is_some_and(|(only, own)| {
        !trees.contains(Dimension::Fund, only, own) && !trees.contains(Dimension::Fund, own, only)
    })
}

/// The meanings directly below, along a dimension.
fn children(ledger: &Ledger<'_>, scope: &Scope, meaning: &Meaning, dimension: Dimension) -> Vec<Meaning> {
    let trees = ledger.trees();
    let node = meaning.get(dimension);
    // A node that is defined by economic classes (人员经费) adds up from those that the table prints.
    let defined =
        node.and_then(|n| trees.node(dimension, n)).filter(|n| dimension == Dimension::Nature && !n.defined.is_empty());
    if let Some(node) = defined {
        let base = node.defined.get(&Dimension::Nature).and_then(|names| names.first()).map_or_else(
            || meaning.clone().without(Dimension::Nature),
            |n| meaning.clone().with(Dimension::Nature, n.as_str()),
        );
        let codes = node.defined.get(&Dimension::Economic).map_or(&[][..], Vec::as_slice);
        return codes
            .iter()
            .map(|code| base.clone().with(Dimension::Economic, code.as_str()))
            .filter(|child| printed_in(ledger, scope, &(child.clone(), Measure::Amount)).is_some())
            .collect();
    }
    trees.partition(dimension, node).iter().map(|child| meaning.clone().with(dimension, child.as_str())).collect()
}

/// The figure of a key in a scope. Most keys are printed nowhere: the index of the ledger says so without comparing many.
fn printed_in(ledger: &Ledger<'_>, scope: &Scope, key: &Key) -> Option<FigureId> {
    ledger.printings(key)?;
    scope.get(key).copied()
}

fn known_zero(ledger: &Ledger<'_>, key: &Key) -> bool {
    ledger.spokesman(key).and_then(|id| ledger.known(id)).is_some_and(|(printed, _)| printed.is_zero())
}

/// The codes one level below that the same table prints.
fn by_code(
    (ledger, codes): (&Ledger<'_>, &Codes),
    scope: &Scope,
    (meaning, measure): &Key,
    dimension: Dimension,
) -> Vec<FigureId> {
    let code = meaning.get(dimension).unwrap_or("");
    let digits = if code.is_empty() { 3 } else { code.len() + 2 };
    if digits > 7 || (dimension == Dimension::Economic && (digits > 5 || code.is_empty())) {
        return Vec::new();
    }
    let below = codes.get(&dimension).into_iter().flatten();
    below
        .filter(|c| c.len() == digits && c.starts_with(code))
        .filter_map(|c| printed_in(ledger, scope, &(meaning.clone().with(dimension, c.as_str()), measure.clone())))
        .collect()
}

/// The codes that a scope prints, by dimension.
type Codes = BTreeMap<Dimension, BTreeSet<String>>;

fn codes_of(scope: &Scope) -> Codes {
    let mut codes = Codes::new();
    for (meaning, _) in scope.keys() {
        for dimension in CODES {
            if let Some(code) = meaning.get(dimension) {
                codes.entry(dimension).or_default().insert(code.to_owned());
            }
        }
    }
    codes
}

/// The totals whose parts by code are laid out already.
fn laid_out(ledger: &Ledger<'_>) -> BTreeSet<(FigureId, Dimension)> {
    let mut out = BTreeSet::new();
    for sum in &ledger.package.sums {
        for dimension in CODES {
            let digits = |id: &FigureId| ledger.keys(*id).first().and_then(|k| k.0.get(dimension)).map_or(0, str::len);
            if sum.parts.iter().any(|part| digits(part) > digits(&sum.total)) {
                out.insert((sum.total, dimension));
            }
        }
    }
    out
}
