//! Law of sums, first part: the sums that a table or list lays out.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::relation::{Sense, Term};
use juesuan_model::{FigureId, Message, Verdict};

use crate::case::{Worth as _, cut_slack, sum_slack};
use crate::docket::{Docket, FIGURE, Heading};
use crate::ledger::{Ledger, Value};

/// The sums already looked at: total and parts with money.
pub(crate) type Seen = BTreeSet<(FigureId, Vec<FigureId>)>;

/// Checks [`juesuan_model::Package::sums`] and tells which they were.
pub(crate) fn check(docket: &mut Docket<'_, '_>, heading: Heading<'_>, codes: &BTreeMap<String, String>) -> Seen {
    let ledger = docket.ledger;
    let mut seen = Seen::new();
    for sum in &ledger.package.sums {
        let parts: Vec<Term> = sum
            .parts
            .iter()
            .map(|id| Term::plus(*id))
            .chain(sum.less.iter().map(|id| Term::minus(*id)))
            .filter(|term| !is_absent(term, ledger))
            .collect();
        let mut key: Vec<FigureId> =
            parts.iter().filter(|t| t.operand.middle(ledger) != 0).filter_map(|t| t.operand.figure()).collect();
        key.sort();
        if !seen.insert((sum.total, key)) {
            continue;
        }
        let code = codes.get(&sum.law).map_or(heading.code, String::as_str);
        let heading = Heading { code, ..heading };
        if parts.is_empty() {
            docket.say(heading, describe(ledger, sum.total), vec![sum.total], Verdict::NotApplicable, None);
        } else {
            add_up(docket, heading, sum.total, &parts);
        }
    }
    seen
}

/// Adds that a total is the sum of its parts.
pub(crate) fn add_up(docket: &mut Docket<'_, '_>, heading: Heading<'_>, total: FigureId, parts: &[Term]) {
    let ledger = docket.ledger;
    let slack = sum_slack(&[&[Term::plus(total)], parts].concat(), ledger) + cut_slack(total, parts, ledger);
    docket.compare(heading, describe(ledger, total), &[Term::plus(total)], Sense::Equal, parts, slack);
}

/// Place and name of a total; in a table the place is name enough.
pub(crate) fn describe(ledger: &Ledger<'_>, total: FigureId) -> Message {
    let in_table = ledger.place(total).is_some_and(|place| place.table.is_some() && place.row.is_some());
    Message::new(if in_table { "at" } else { "at-named" }).with(FIGURE, total)
}

fn is_absent(term: &Term, ledger: &Ledger<'_>) -> bool {
    term.operand.figure().is_some_and(|id| matches!(ledger.value(id), Value::Absent))
}
