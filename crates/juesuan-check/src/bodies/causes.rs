//! Causes of change are given.

use std::cmp::Ordering;

use juesuan_model::{Claim, Measure, Message, Statement, Verdict};

use super::Bench;
use crate::laws::claims::{sign, way};

/// A change other than nothing has a cause in its section: always where the template demands one, and for the subjects of
/// `[with] subjects` wherever a direction is said.
pub(crate) fn cause_given(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let claims = &ledger.package.claims;
    let subjects = bench.meanings("subjects");
    let concerned = |claim: &Claim| claim.meanings.iter().any(|m| subjects.contains(&ledger.canonical(m)));
    let (mut seen, mut faults) = (0usize, 0usize);
    for (number, claim) in claims.iter().enumerate() {
        let (against, demanded) = match &claim.statement {
            Statement::CauseMissing(against) => (*against, true),
            Statement::Up(against) | Statement::Down(against) if concerned(claim) => (*against, false),
            _ => continue,
        };
        seen += 1;
        // One cause may speak for several figures of its section.
        let given = claims.iter().any(|other| {
            matches!(&other.statement, Statement::Cause(a, text) if *a == against && !text.trim().is_empty())
                && (other.place.section == claim.place.section && other.place.section.is_some()
                    || other.meanings.iter().any(|m| claim.meanings.contains(m)))
        });
        let reported = !demanded
            && claims.iter().any(|other| {
                other.statement == Statement::CauseMissing(against)
                    && other.meanings.iter().any(|m| claim.meanings.contains(m))
            });
        if given && !demanded || reported {
            continue;
        }
        let meaning = claim.meanings.first().map(|m| ledger.canonical(m)).unwrap_or_default();
        let (figures, direction) = sign(ledger, &meaning, against, claim);
        if direction == Some(Ordering::Equal) && !demanded {
            continue;
        }
        faults += 1;
        let message = Message::new("missing")
            .with("处", &claim.place)
            .with("何", ledger.subject(&(meaning, Measure::Amount)))
            .with("向", direction.map_or_else(|| Message::new("change"), |d| way(d, against)));
        bench.docket.state(bench.heading, message, (figures, String::new()), Verdict::Broken, Some(number));
    }
    if faults == 0 {
        let verdict = if seen == 0 { Verdict::NotApplicable } else { Verdict::Holds };
        bench.say(Message::new("all").with("几", seen), Vec::new(), verdict);
    }
}
