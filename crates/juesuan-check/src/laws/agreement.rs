//! Law of agreement: the same meaning printed in two places is the same figure.

use juesuan_model::Measure;
use juesuan_model::relation::{Given, Operand, Sense, Source, Term};

use crate::case::agreement_slack;
use crate::docket::{Docket, Heading};
use crate::ledger::last_place;

/// Compares every printing with the one that speaks for its meaning, and with last year's package.
pub(crate) fn check(docket: &mut Docket<'_, '_>, heading: Heading<'_>) {
    let ledger = docket.ledger;
    for key in ledger.order() {
        let Some(printings) = ledger.printings(key) else {
            continue;
        };
        let name = || ledger.subject(key);
        let first = printings.first();
        if let Some(first) = first {
            for id in printings.ids().filter(|id| *id != first) {
                let slack = agreement_slack(id, first, ledger);
                docket.compare(heading, name(), &[Term::plus(id)], Sense::Equal, &[Term::plus(first)], slack);
            }
        }
        // A figure that cannot be read has no other to agree with, unless one is printed elsewhere.
        for id in &printings.unreadable {
            if let Some(other) = first {
                docket.compare(heading, name(), &[Term::plus(*id)], Sense::Equal, &[Term::plus(other)], 0);
            }
        }
        if let (Some(first), true) = (first, matches!(key.1, Measure::Amount | Measure::Count))
            && let Some(given) = earlier(docket, &key.0)
        {
            let slack = ledger.known(first).map_or(0, |(p, _)| if p.unit.fen().is_some() { last_place(p) } else { 0 });
            let right = [Term { operand: given, factor: 1 }];
            docket.compare(heading, name(), &[Term::plus(first)], Sense::Equal, &right, slack);
        }
    }
}

/// The amount of a meaning of an earlier year in that year's package.
pub(crate) fn earlier(docket: &Docket<'_, '_>, meaning: &juesuan_model::Meaning) -> Option<Operand> {
    let (ledger, meaning) = docket.ledger.earlier(meaning)?;
    let (printed, interval, id) = ledger.quantity(&meaning)?.values.first()?;
    let from = Source::Earlier(Box::new(ledger.shown(*id.first()?)));
    Some(Operand::Given(Given { interval: *interval, middle: crate::ledger::middle(*printed), from }))
}
