//! Formulas that go through sets: what breaks them, and how that is put together to findings.

use std::collections::BTreeMap;

use juesuan_catalog::Rule;
use juesuan_catalog::formula::{Condition, Field, Formula, Set, TextTest, Words};
use juesuan_model::relation::Form;
use juesuan_model::{FigureId, Message, Verdict};

use super::evidence::Evidence;
use super::said::sentence;
use crate::bodies::{Bench, Spot, Wrong};
use crate::case::Solve as _;
use crate::docket::{Docket, Heading};
use crate::formula::{At, Member};

/// How what a formula finds is put together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// The same words are one fault, wherever they stand.
    SameWords,
    /// All texts are one fault.
    Together,
    /// Every member is a fault of its own, told by its texts and figures.
    Member,
    /// Every member is a relation of its own that no figure repairs, also where it holds.
    Fact,
    /// Every figure is a fault of its own.
    Figure,
    /// Every figure is a relation of its own, also where it holds.
    Relation,
}

fn manner(formula: &Formula) -> Manner {
    match (formula.each.last(), &formula.claim) {
        (None, Condition::Some { set: Set::Texts(_), .. }) => Manner::Together,
        (Some(Set::Texts(_) | Set::Hits(_)), _) => Manner::SameWords,
        (Some(Set::Within(_) | Set::Growths | Set::Shares | Set::Completions), _) => Manner::Figure,
        (Some(Set::Changed), _) | (None, Condition::Compare(_)) => Manner::Relation,
        (Some(Set::Causes), _) | (None, _) => Manner::Fact,
        _ => Manner::Member,
    }
}

/// What the formulas of one rule have found so far.
#[derive(Default)]
struct Found {
    /// How many members were judged.
    seen: usize,
    /// The figures among them.
    figures: Vec<FigureId>,
    /// How many faults there are.
    faults: usize,
}

/// Runs the formulas of a rule that have sentences of their own.
pub(super) fn run<'a>(docket: &mut Docket<'_, 'a>, heading: Heading<'a>, rule: &'a Rule) {
    let mut found = Found::default();
    let bench = &mut Bench { docket, rule, heading };
    let own: Vec<&Formula> = rule.formula.iter().filter(|formula| !formula.says.is_empty()).collect();
    for formula in &own {
        match manner(formula) {
            manner @ (Manner::SameWords | Manner::Together) => texts(bench, formula, manner, &mut found),
            Manner::Member => members(bench, formula, &mut found),
            Manner::Fact => facts(bench, formula, &mut found),
            manner @ (Manner::Figure | Manner::Relation) => figures(bench, formula, manner, &mut found),
        }
    }
    match own.first().map(|formula| manner(formula)) {
        Some(Manner::SameWords | Manner::Together) => bench.settle(found.seen, found.faults),
        Some(Manner::Member) => bench.done(found.seen, found.faults),
        Some(Manner::Figure) => bench.conclude(found.figures, found.faults),
        Some(Manner::Fact | Manner::Relation) if found.seen == 0 => bench.conclude(Vec::new(), 0),
        Some(Manner::Fact | Manner::Relation) | None => {}
    }
}

/// The members of the sets of a formula for which it is asked.
fn asked<'q, 'l, 'a>(docket: &'q Docket<'l, 'a>, rule: &'a Rule, formula: &Formula) -> Vec<At<'q, 'l, 'a>> {
    let mut all = At::document(docket, Some(rule), None).through(&formula.each);
    all.retain(|at| is_asked(formula, at));
    all
}

fn is_asked(formula: &Formula, at: &At<'_, '_, '_>) -> bool {
    formula.when.as_ref().is_none_or(|when| at.truth(when) == Ok(true))
}

/// Faults of evaluations, indicators, tables …: one a member.
fn members(bench: &mut Bench<'_, '_, '_>, formula: &Formula, found: &mut Found) {
    let mut wrong = Vec::new();
    for at in asked(bench.docket, bench.rule, formula) {
        match at.judge(formula) {
            Verdict::NotApplicable | Verdict::Unreadable => {}
            Verdict::Holds => found.seen += 1,
            Verdict::Broken => {
                found.seen += 1;
                wrong.push((sentence(formula, &at), Evidence::of(formula, &at)));
            }
        }
    }
    found.faults += wrong.len();
    for (message, Evidence { figures, told, places }) in wrong {
        bench.wrong(bench.heading.severity, Wrong { message, figures, told, places });
    }
}

/// Relations that no figure repairs: one a member.
fn facts(bench: &mut Bench<'_, '_, '_>, formula: &Formula, found: &mut Found) {
    let mut stated = Vec::new();
    for at in asked(bench.docket, bench.rule, formula) {
        let verdict = at.judge(formula);
        if verdict != Verdict::NotApplicable {
            let subject = at.subject();
            stated.push((subject, sentence(formula, &at), Evidence::of(formula, &at).figures, verdict));
        }
    }
    found.seen += stated.len();
    for (subject, message, figures, verdict) in stated {
        bench.state(subject, message, figures, verdict);
    }
}

/// Faults of words.
fn texts(bench: &mut Bench<'_, '_, '_>, formula: &Formula, manner: Manner, found: &mut Found) {
    let mut spots: BTreeMap<String, (Message, Vec<Spot>)> = BTreeMap::new();
    let document = At::document(bench.docket, Some(bench.rule), None);
    let all = if manner == Manner::Together {
        let set = if let Condition::Some { set, .. } = &formula.claim { std::slice::from_ref(set) } else { &[] };
        document.through(set)
    } else {
        asked(bench.docket, bench.rule, formula)
    };
    for at in all {
        let broken = match &formula.claim {
            Condition::Some { condition, .. } if manner == Manner::Together => at.truth(condition) == Ok(true),
            _ => at.judge(formula) == Verdict::Broken,
        };
        found.seen += 1;
        if !broken {
            continue;
        }
        for (value, spot) in shown(formula, &at) {
            let group = if manner == Manner::Together { String::new() } else { value };
            let entry = spots.entry(group).or_insert_with(|| (sentence(formula, &at), Vec::new()));
            entry.1.push(spot);
        }
    }
    found.faults += spots.len();
    for (wrong, spots) in spots.into_values() {
        bench.report(&spots, wrong);
    }
}

/// What is shown of a text that breaks a claim: what the patterns of the claim found, else all of it; each with the words by
/// which it is known again.
fn shown(formula: &Formula, at: &At<'_, '_, '_>) -> Vec<(String, Spot)> {
    let stretch =
        |passage: usize, from: usize, to: usize| at.passages().get(passage).map(|passage| Spot::of(passage, from, to));
    let value = |passage: usize, (from, to): (usize, usize)| {
        at.passages().get(passage).and_then(|p| p.text().get(from..to)).unwrap_or_default().to_owned()
    };
    match at.members.last() {
        Some(Member::Hit(hit)) => stretch(hit.passage, hit.shown.0, hit.shown.1)
            .map(|spot| (value(hit.passage, hit.value), spot))
            .into_iter()
            .collect(),
        Some(Member::Text(number)) => {
            let hits = patterns(&formula.claim).into_iter().flat_map(|key| at.hits(key));
            let mut spots: Vec<(String, Spot)> = hits
                .filter_map(|hit| {
                    Some((value(hit.passage, hit.value), stretch(hit.passage, hit.shown.0, hit.shown.1)?))
                })
                .collect();
            if spots.is_empty() {
                let whole = at.passages().get(*number).map_or(0, |passage| passage.text().len());
                spots.extend(stretch(*number, 0, whole).map(|spot| (value(*number, (0, whole)), spot)));
            }
            spots
        }
        _ => Vec::new(),
    }
}

/// The parameters with the patterns of a claim.
fn patterns(claim: &Condition) -> Vec<&str> {
    match claim {
        Condition::Text { field: Field::Own, test: TextTest::Matches(Words::Parameter(key), _) } => vec![key],
        Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(patterns).collect(),
        Condition::Some { condition, .. } => patterns(condition),
        _ => Vec::new(),
    }
}

/// Faults of figures.
fn figures(bench: &mut Bench<'_, '_, '_>, formula: &Formula, manner: Manner, found: &mut Found) {
    let ledger = bench.docket.ledger;
    let mut cases: Vec<(Message, Form, (Verdict, bool))> = Vec::new();
    for at in At::document(bench.docket, Some(bench.rule), None).through(&formula.each) {
        let id = at.figure().map(|(id, _)| id);
        // What a condition leaves out was looked at all the same.
        found.figures.extend(id.filter(|id| ledger.known(*id).is_some() && !found.figures.contains(id)));
        let verdict = if is_asked(formula, &at) { at.judge(formula) } else { Verdict::NotApplicable };
        if verdict == Verdict::NotApplicable {
            continue;
        }
        found.seen += 1;
        if let Some(id) = id.filter(|_| verdict == Verdict::Unreadable) {
            found.faults += 1;
            let message = Message::new("not-read").with("数", id);
            cases.push((message, Form::Logic { figures: vec![id] }, (verdict, false)));
            continue;
        }
        if verdict == Verdict::Holds && manner == Manner::Figure {
            continue;
        }
        found.faults += usize::from(verdict != Verdict::Holds);
        let said = sentence(formula, &at);
        match at.equation(&formula.claim) {
            Some(form) => {
                let evaluated = form.evaluate(ledger);
                cases.push((Message::new("equation").with("何", said), form, evaluated));
            }
            None => {
                let figures = Evidence::of(formula, &at).figures;
                cases.push((said, Form::Logic { figures }, (verdict, false)));
            }
        }
    }
    for (message, form, verdict) in cases {
        bench.docket.place(bench.heading, message, form, verdict);
    }
}
