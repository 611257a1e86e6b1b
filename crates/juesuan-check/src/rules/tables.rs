//! Faults of statutory tables and of the lines below them, told by their words.

use juesuan_catalog::formula::{Condition, Formula};
use juesuan_model::{Message, Verdict};

use super::quantified::Found;
use super::said::sentence;
use crate::bodies::{Bench, Quote};
use crate::formula::{At, Member, note_place, table_place};

/// One fault a table, or a line below one; a table that cannot be read is a relation that cannot.
pub(super) fn each(bench: &mut Bench<'_, '_, '_>, formula: &Formula, found: &mut Found) {
    let (mut wrong, mut unread) = (Vec::new(), 0usize);
    for at in At::document(bench.docket, Some(bench.rule), None).through(&formula.each) {
        let verdict = match formula.when.as_ref().map(|when| at.truth(when)) {
            None | Some(Ok(true)) => at.judge(formula),
            Some(Ok(false)) => continue,
            Some(Err(verdict)) => verdict,
        };
        match verdict {
            Verdict::NotApplicable => {}
            Verdict::Unreadable => unread += 1,
            Verdict::Holds => found.seen += 1,
            Verdict::Broken => {
                found.seen += 1;
                let spots: Vec<Quote> = at.witnesses(&formula.claim).iter().filter_map(spot).collect();
                let spots = if spots.is_empty() { spot(&at).into_iter().collect() } else { spots };
                wrong.push((spots, sentence(formula, &at)));
            }
        }
    }
    found.faults += wrong.len() + unread;
    for (spots, message) in wrong {
        bench.report(&spots, message);
    }
    for _ in 0..unread {
        bench.say(Message::title(), Vec::new(), Verdict::Unreadable);
    }
}

/// All tables that break a claim are one fault.
pub(super) fn together(bench: &mut Bench<'_, '_, '_>, formula: &Formula, found: &mut Found) {
    let Condition::Some { set, .. } = &formula.claim else { return };
    let document = At::document(bench.docket, Some(bench.rule), None);
    if formula.when.as_ref().is_some_and(|when| document.truth(when) != Ok(true)) {
        return;
    }
    let spots: Vec<Quote> = document.witnesses(&formula.claim).iter().filter_map(spot).collect();
    let (seen, message) = (document.members_of(set).len(), sentence(formula, &document));
    found.seen += seen;
    found.faults += spots.len();
    bench.report(&spots, message);
}

/// The title of a table, or a line below it.
pub(super) fn spot(at: &At<'_, '_, '_>) -> Option<Quote> {
    match at.members.last()? {
        Member::Table(table) => Some(Quote { words: table.title.clone(), place: table_place(table) }),
        Member::Note(table, number) => {
            Some(Quote { words: table.notes.get(*number)?.clone(), place: note_place(table, *number) })
        }
        _ => None,
    }
}
