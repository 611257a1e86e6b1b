//! Causes of change: given, and saying something.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use juesuan_model::printed::STEPS_PER_PERCENT;
use juesuan_model::{Against, Claim, Dimension, FigureId, Meaning, Measure, Message, Said, Statement, Verdict};

use super::Bench;
use crate::laws::claims::{sign, way};
use crate::ledger::middle;

/// Most rates written out in one finding.
const NAMED: usize = 8;
/// 100 % in the integers of an interval.
const HUNDRED: i128 = 100 * STEPS_PER_PERCENT;

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

/// A cause has at least six characters and is none of the empty phrases of `[with] phrases`.
pub(crate) fn cause_says_something(bench: &mut Bench<'_, '_, '_>) {
    const SHORTEST: usize = 6;
    let ledger = bench.docket.ledger;
    let phrases = bench.words("phrases");
    let (mut seen, mut faults) = (0usize, 0usize);
    for (number, claim) in ledger.package.claims.iter().enumerate() {
        let Statement::Cause(_, cause) = &claim.statement else {
            continue;
        };
        seen += 1;
        let core = cause.trim_matches(|c: char| c.is_whitespace() || "。，；、：".contains(c));
        let rest = phrases.iter().fold(core.to_owned(), |rest, phrase| rest.replace(phrase.as_str(), ""));
        let left = rest.chars().filter(|c| c.is_alphanumeric()).count();
        if left < SHORTEST {
            faults += 1;
            let meaning = claim.meanings.first().map(|m| ledger.canonical(m)).unwrap_or_default();
            let message = Message::new("says-nothing")
                .with("处", &claim.place)
                .with("何", ledger.subject(&(meaning, Measure::Amount)))
                .with("原因", Said::words(core));
            bench.docket.state(bench.heading, message, (Vec::new(), String::new()), Verdict::Broken, Some(number));
        }
    }
    if faults == 0 {
        let verdict = if seen == 0 { Verdict::NotApplicable } else { Verdict::Holds };
        bench.say(Message::new("all").with("几", seen), Vec::new(), verdict);
    }
}

/// Items of a section that differ from their budget, where the section gives no cause for any of them: one fault a section.
pub(crate) fn deviation_has_cause(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let mut sections: BTreeMap<&str, Vec<FigureId>> = BTreeMap::new();
    let mut seen = Vec::new();
    for (id, figure, entry) in ledger.figures() {
        let Some(section) = figure.place.section.as_deref().filter(|_| figure.place.table.is_none()) else { continue };
        if entry.keys.iter().any(|(meaning, measure)| matches!(measure, Measure::Completion(_)) && is_item(meaning)) {
            seen.push(id);
            if ledger.known(id).is_some_and(|(printed, _)| !printed.is_zero() && middle(printed) != HUNDRED) {
                sections.entry(section).or_default().push(id);
            }
        }
    }
    let explained = |section: &str| {
        let here = ledger.package.claims.iter().filter(|claim| claim.place.section.as_deref() == Some(section));
        here.clone().any(|claim| match &claim.statement {
            Statement::Cause(against, _) => *against != Against::PriorYear,
            Statement::CauseMissing(_) => true,
            _ => false,
        })
    };
    sections.retain(|section, _| !explained(section));
    let faults = sections.len();
    for (section, figures) in sections {
        let message = Message::new("unexplained")
            .with("节", Said::name(section))
            .with("几", figures.len())
            .with("数", Said::list(figures.iter().take(NAMED).copied()));
        bench.state(section.to_owned(), message, figures, Verdict::Broken);
    }
    bench.conclude(seen, faults);
}

/// An amount by function item or a theme: not the total, whose cause may stand with its items.
fn is_item(meaning: &Meaning) -> bool {
    meaning.get(Dimension::Function).is_some() || meaning.get(Dimension::Theme).is_some()
}
