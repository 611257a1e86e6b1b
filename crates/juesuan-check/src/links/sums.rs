//! A department's figures are the sums of those of its units.

use juesuan_model::relation::Sense;
use juesuan_model::{Dimension, FigureId, Meaning, Measure, Message, Said, Verdict};

use super::bench::{Bench, Side};
use crate::docket::HOW_MANY;

/// Coordinates that no unit shares with its department, or that do not name this year.
const NOT_ADDED: [Dimension; 3] = [Dimension::Year, Dimension::Unit, Dimension::Project];

/// Fiscal funds, themes and counts: nothing is eliminated between them.
pub(crate) fn without_elimination(bench: &mut Bench<'_, '_>) {
    departments(bench, false);
}

/// All funds together: what units pay each other is in their sum and not in the department's.
pub(crate) fn with_elimination(bench: &mut Bench<'_, '_>) {
    departments(bench, true);
}

fn departments(bench: &mut Bench<'_, '_>, eliminated: bool) {
    let (number, beside) = (bench.document, bench.beside);
    if beside.units.is_empty() {
        return;
    }
    if !beside.missing.is_empty() {
        let message = Message::new("lacking").with("单位", Said::list(beside.missing.iter().map(Said::name)));
        return bench.say(message, Vec::new(), Verdict::NotApplicable);
    }
    let Some(ledger) = bench.ledger(number) else { return };
    let keys: Vec<&(Meaning, Measure)> = ledger.order().iter().filter(|key| adds_up(bench, key, eliminated)).collect();
    let mut broken = Vec::new();
    for key in keys {
        broken.extend(one(bench, number, &beside.units, key));
    }
    bench.conclude(broken);
}

/// Whether the figures of a key add up over units, and which of the two rules speaks of them.
fn adds_up(bench: &Bench<'_, '_>, (meaning, measure): &(Meaning, Measure), eliminated: bool) -> bool {
    let item = meaning.get(Dimension::Item).unwrap_or("");
    let direct = meaning.get(Dimension::Fund).is_some_and(|fund| bench.words("funds").iter().any(|f| f == fund))
        || meaning.get(Dimension::Theme).is_some()
        || *measure == Measure::Count;
    matches!(measure, Measure::Amount | Measure::Count)
        && NOT_ADDED.iter().all(|dimension| meaning.get(*dimension).is_none())
        && !bench.words("except").iter().any(|word| word == item)
        && direct != eliminated
}

fn one(
    bench: &mut Bench<'_, '_>,
    number: usize,
    units: &[usize],
    key: &(Meaning, Measure),
) -> Option<super::bench::Broken> {
    let mut parts: Vec<Side> = Vec::new();
    let mut unreadable = false;
    for unit in units {
        match bench.speaker(*unit, key) {
            Ok(Some(id)) => parts.push((*unit, id)),
            // Not printed is not zero.
            Ok(None) => return None,
            Err(_) => unreadable = true,
        }
    }
    let own: FigureId = match bench.speaker(number, key) {
        Ok(Some(id)) => id,
        Ok(None) => return None,
        Err(id) => {
            unreadable = true;
            id
        }
    };
    let subject = bench.subject(number, key);
    if unreadable {
        bench.say(Message::new("unread").with_some("何", subject), vec![own], Verdict::Unreadable);
        return None;
    }
    // The document may contradict itself; then one printing that adds up is enough here.
    let mut outcome = None;
    for id in bench.values(number, key) {
        let (verdict, tail, difference) = bench.compare((number, id), &parts)?;
        if outcome.is_none() || verdict == Verdict::Holds {
            outcome = Some((id, verdict, tail, difference));
        }
        if verdict == Verdict::Holds {
            break;
        }
    }
    let (id, verdict, tail, difference) = outcome?;
    let message = Message::new("sum")
        .with_some("何", subject)
        .with_some("部门", bench.cited((number, id)))
        .with(HOW_MANY, parts.len())
        .with("单位数", Said::List(parts.iter().filter_map(|side| bench.cited(*side)).collect()));
    if verdict == Verdict::Broken {
        return Some(bench.broken((number, id), parts, message, difference));
    }
    let form = bench.sum((number, id), Sense::Equal, &parts);
    bench.add(message, form, verdict, tail);
    None
}
