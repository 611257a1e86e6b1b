//! Law of sums, third part: lists in running text (`其中：……`), by function item or by economic class.
//!
//! A text may name only some of its items, so a list proves nothing by itself. It is complete where it adds up once: the
//! items of the accounts tell for those of the budget, the list of 人员经费 for that of 公用经费. It is complete too where its
//! shares add up to 100 %, and a list of classes where the document prints no other.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::relation::{Form, Sense, Term};
use juesuan_model::{Block, Dimension, FigureId, Measure, Package, Severity, Verdict};
use juesuan_text::plain;

use crate::case::{Solve as _, sum_slack};
use crate::docket::{Docket, Heading};
use crate::laws::complete;
use crate::laws::partition::scopes;
use crate::laws::sum::{Seen, add_up, describe};
use crate::ledger::{Key, Ledger};
use crate::passages::pattern;

/// Classes of the function classification.
const CLASSES: (Dimension, usize) = (Dimension::Function, 3);
/// What texts list, with the digits of the codes.
const LISTED: [(Dimension, usize); 3] = [CLASSES, (Dimension::Function, 7), (Dimension::Economic, 5)];

/// A total and the items that the same section lists for it.
struct List {
    total: FigureId,
    items: Vec<FigureId>,
}

/// Checks the lists of every section.
pub(crate) fn check(docket: &mut Docket<'_, '_>, heading: Heading<'_>, seen: &mut Seen) {
    let ledger = docket.ledger;
    let mut families: BTreeMap<(&str, Dimension, usize), Vec<List>> = BTreeMap::new();
    for ((is_table, section), scope) in scopes(ledger) {
        if is_table {
            continue;
        }
        for (key, total) in scope.iter().filter(|(key, _)| key.1 == Measure::Amount) {
            for (dimension, digits) in LISTED {
                if !docket.effort.take(scope.len()) {
                    return;
                }
                if key.0.get(dimension).is_some() {
                    continue;
                }
                let items: Vec<FigureId> = scope
                    .iter()
                    .filter(|(item, _)| is_item(docket, key, item, dimension, digits))
                    .map(|(_, id)| *id)
                    .collect();
                if items.len() > 1 {
                    families.entry((section, dimension, digits)).or_default().push(List { total: *total, items });
                }
            }
        }
    }
    let gaps = with_gaps(ledger.package);
    families.retain(|(section, ..), _| !gaps.contains(*section));
    for ((_, dimension, digits), lists) in families {
        let holds = |list: &List| form(list, ledger).evaluate(ledger).0 == Verdict::Holds;
        let likewise = lists.iter().any(holds);
        for list in lists {
            let own = complete::List { total: list.total, parts: &list.items };
            let certain = own.has_all_shares(ledger)
                || (dimension, digits) == CLASSES && own.is_read(docket) && are_all(ledger, &list, dimension, digits);
            if !likewise && !certain {
                at_most(docket, heading, &list);
                continue;
            }
            let mut key = list.items.clone();
            key.sort();
            if seen.insert((list.total, key)) {
                let severity = if certain { heading.severity } else { Severity::Warning };
                let items: Vec<Term> = list.items.iter().map(|id| Term::plus(*id)).collect();
                add_up(docket, Heading { severity, ..heading }, list.total, &items);
            }
        }
    }
}

/// Items that may not be all there are: behind the total, with all money of their text understood, they are not more than that.
fn at_most(docket: &mut Docket<'_, '_>, heading: Heading<'_>, list: &List) {
    let own = complete::List { total: list.total, parts: &list.items };
    if list.items.iter().any(|id| *id <= list.total) || !own.is_understood(docket) {
        return;
    }
    let terms: Vec<Term> = list.items.iter().map(|id| Term::plus(*id)).collect();
    let whole = [Term::plus(list.total)];
    let slack = sum_slack(&[terms.as_slice(), &whole].concat(), docket.ledger);
    docket.compare(heading, describe(docket.ledger, list.total), &terms, Sense::AtMost, &whole, slack);
}

/// True if the document prints no other item of a list with money, wherever.
fn are_all(ledger: &Ledger<'_>, list: &List, dimension: Dimension, digits: usize) -> bool {
    let code = |key: &Key| key.0.get(dimension).and_then(|code| code.get(..digits)).map(str::to_owned);
    let own: BTreeSet<String> = list.items.iter().flat_map(|id| ledger.keys(*id)).filter_map(code).collect();
    let money = |key: &Key| ledger.known_of(key).is_none_or(|printed| !printed.is_zero());
    let others = ledger.order().iter().filter(|key| code(key).is_some_and(|code| !own.contains(&code)));
    !others.into_iter().any(money)
}

/// The sections in which an amount has not been filled in: their lists lack a part.
fn with_gaps(package: &Package) -> BTreeSet<&str> {
    let blank = pattern("(?:[Xx×*○]{2,}|_{2,})[万亿]?元");
    let mut out = BTreeSet::new();
    for part in &package.document.parts {
        let mut section = part.title.trim();
        for block in &part.blocks {
            match block {
                Block::Heading { level: 1, text, .. } => section = text.trim(),
                Block::Paragraph { runs, .. } => {
                    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
                    if blank.as_ref().is_some_and(|blank| blank.is_match(&plain(&text))) {
                        out.insert(section);
                    }
                }
                _ => {}
            }
        }
    }
    out
}

fn form(list: &List, ledger: &Ledger<'_>) -> Form {
    let right: Vec<Term> = list.items.iter().map(|id| Term::plus(*id)).collect();
    let left = vec![Term::plus(list.total)];
    let slack = sum_slack(&[left.as_slice(), &right].concat(), ledger);
    Form::Linear { left, sense: Sense::Equal, right, slack }
}

/// True if an item of the section is one of a total: the same meaning with a code of `digits`. The classes of 人员经费 and
/// 公用经费 stand below 基本支出.
fn is_item(docket: &Docket<'_, '_>, total: &Key, item: &Key, dimension: Dimension, digits: usize) -> bool {
    let Some(code) = item.0.get(dimension).filter(|code| code.len() == digits && item.1 == total.1) else {
        return false;
    };
    let bare = item.0.clone().without(dimension);
    let defined = total.0.get(Dimension::Nature).and_then(|n| docket.ledger.trees().node(Dimension::Nature, n));
    match defined.filter(|node| dimension == Dimension::Economic && !node.defined.is_empty()) {
        Some(node) => {
            let classes = node.defined.get(&Dimension::Economic).map_or(&[][..], Vec::as_slice);
            let nature = node.defined.get(&Dimension::Nature).and_then(|names| names.first());
            let base = total.0.clone().without(Dimension::Nature);
            let base = nature.map_or(base.clone(), |nature| base.with(Dimension::Nature, nature.as_str()));
            bare == base && classes.iter().any(|class| code.starts_with(class.as_str()))
        }
        None => bare == total.0,
    }
}
