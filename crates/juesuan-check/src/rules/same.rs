//! Members that have the same text and should not: copied paragraphs, goals, tables.

use juesuan_catalog::formula::{Condition, Field, Formula, Set};
use juesuan_model::Message;

use super::evidence::Evidence;
use super::quantified::{Found, asked};
use super::said::{BEGINNING, sentence_of};
use super::tables;
use crate::bodies::{Bench, Quote, Wrong};
use crate::formula::{At, Member, Stands, alike, how_many};

/// What shows a group: texts of evaluations, or words of the document.
enum Shown<'a> {
    Evidence(Evidence<'a>),
    Words(Vec<Quote>),
}

/// One fault a group; where the formula names the set in its claim, all texts of the document are one fault.
pub(super) fn check(bench: &mut Bench<'_, '_, '_>, formula: &Formula, found: &mut Found) {
    let Condition::Alike { count, set, such, field } = &formula.claim else { return };
    let document = At::document(bench.docket, Some(bench.rule), None);
    let members = match set {
        Some(set) => document.through(std::slice::from_ref(set)),
        None => asked(bench.docket, bench.rule, formula),
    };
    found.seen += members.len();
    let mut wrong: Vec<(Message, Shown<'_>)> = Vec::new();
    for group in alike(members, such, *field) {
        let Some(first) = group.first().filter(|_| how_many(&group) >= *count) else { continue };
        wrong.push((sentence_of(formula, first, Some(&group)), shown(*field, &group)));
    }
    found.faults += wrong.len();
    if matches!(set, Some(Set::Texts(_) | Set::Hits(..))) {
        let spots =
            wrong.iter().flat_map(|(_, shown)| if let Shown::Words(spots) = shown { spots.as_slice() } else { &[] });
        let all: Vec<Quote> = spots.cloned().collect();
        if let Some((message, _)) = wrong.into_iter().next() {
            bench.report(&all, message);
        }
        return;
    }
    for (message, shown) in wrong {
        match shown {
            Shown::Words(spots) => bench.report(&spots, message),
            Shown::Evidence(Evidence { figures, told, places }) => {
                bench.wrong(bench.heading.severity, Wrong { message, figures, told, places });
            }
        }
    }
}

fn shown<'a>(field: Field, group: &[At<'_, '_, 'a>]) -> Shown<'a> {
    match group.first().and_then(|at| at.members.last()) {
        Some(Member::Text(_) | Member::Hit(_)) => {
            Shown::Words(group.iter().filter_map(|at| beginning(field, at)).collect())
        }
        // The first table is where it belongs, the others stand there again.
        Some(Member::Table(_)) => Shown::Words(group.iter().skip(1).filter_map(tables::spot).collect()),
        _ => Shown::Evidence(Evidence::alike(field, group)),
    }
}

/// The beginning of a text, by which it is known again.
fn beginning(field: Field, at: &At<'_, '_, '_>) -> Option<Quote> {
    let text = at.telling(field)?;
    let Stands::Stretch(passage, from, _) = text.stands else { return None };
    let length: usize = text.words.chars().take(BEGINNING).map(char::len_utf8).sum();
    at.passages().get(passage).map(|passage| Quote::of(passage, from, from + length))
}
