//! Formulas that go through sets: what breaks them, and how that is put together to findings.

use std::collections::BTreeMap;

use juesuan_catalog::Rule;
use juesuan_catalog::formula::{Condition, Field, Formula, Set, TextTest, Words};
use juesuan_model::relation::Form;
use juesuan_model::{FigureId, Message, Verdict};

use super::evidence::Evidence;
use super::said::sentence;
use super::{same, tables};
use crate::bodies::{Bench, Quote, Wrong};
use crate::case::Solve as _;
use crate::docket::{Docket, FIGURE, Heading};
use crate::formula::{At, Hit, Member};

/// Between the parts of a subject.
const BETWEEN: &str = "/";

/// How what a formula finds is put together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// The same words are one fault, wherever they stand.
    SameWords,
    /// All texts are one fault.
    Together,
    /// Every table, or line below one, is a fault of its own, told by its words.
    Table,
    /// All tables are one fault.
    Tables,
    /// Members that have the same text are one fault.
    Alike,
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
        (_, Condition::Alike { .. }) => Manner::Alike,
        (None, Condition::Some { set: Set::Texts(_), .. }) => Manner::Together,
        (None, Condition::Some { set: Set::Tables, .. }) => Manner::Tables,
        (None, Condition::Some { set: Set::Evaluations(_), .. }) => Manner::Member,
        (Some(Set::Texts(_) | Set::Hits(..)), _) => Manner::SameWords,
        (Some(Set::Tables | Set::Notes), _) => Manner::Table,
        (Some(Set::Within(_) | Set::Growths | Set::Shares | Set::Completions), _) => Manner::Figure,
        (Some(Set::Changed), _) | (None, Condition::Compare(_)) => Manner::Relation,
        (Some(Set::Causes | Set::Codes | Set::CodedAmounts | Set::Rows | Set::Items(_) | Set::Sections), _)
        | (None, _) => Manner::Fact,
        _ => Manner::Member,
    }
}

/// What the formulas of one rule have found so far.
#[derive(Default)]
pub(super) struct Found {
    /// How many members were judged.
    pub(super) seen: usize,
    /// The figures among them.
    figures: Vec<FigureId>,
    /// How many faults there are.
    pub(super) faults: usize,
}

/// Runs the formulas of a rule that have sentences of their own.
pub(super) fn run<'a>(docket: &mut Docket<'_, 'a>, heading: Heading<'a>, rule: &'a Rule) {
    let mut found = Found::default();
    let bench = &mut Bench { docket, rule, heading };
    let own: Vec<&Formula> = rule.formula.iter().filter(|formula| !formula.says.is_empty()).collect();
    for formula in &own {
        bench.heading.severity = formula.severity.unwrap_or(heading.severity);
        match manner(formula) {
            manner @ (Manner::SameWords | Manner::Together) => texts(bench, formula, manner, &mut found),
            Manner::Member => members(bench, formula, &mut found),
            Manner::Fact => facts(bench, formula, &mut found),
            Manner::Table => tables::each(bench, formula, &mut found),
            Manner::Tables => tables::together(bench, formula, &mut found),
            Manner::Alike => same::check(bench, formula, &mut found),
            manner @ (Manner::Figure | Manner::Relation) => figures(bench, formula, manner, &mut found),
        }
    }
    bench.heading = heading;
    match own.first().map(|formula| manner(formula)) {
        Some(Manner::SameWords | Manner::Together | Manner::Table | Manner::Tables) => {
            bench.settle(found.seen, found.faults);
        }
        Some(Manner::Alike | Manner::Member) => bench.done(found.seen, found.faults),
        Some(Manner::Figure) => bench.conclude(found.figures, found.faults),
        Some(Manner::Fact) if found.figures.is_empty() => bench.settle(found.seen, found.faults),
        Some(Manner::Fact) => bench.conclude(found.figures, found.faults),
        Some(Manner::Relation) if found.seen == 0 => bench.conclude(Vec::new(), 0),
        Some(Manner::Relation) | None => {}
    }
}

/// The members of the sets of a formula for which it is asked.
pub(super) fn asked<'q, 'l, 'a>(docket: &'q Docket<'l, 'a>, rule: &'a Rule, formula: &Formula) -> Vec<At<'q, 'l, 'a>> {
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

/// Relations that no figure repairs: one a member. What holds of figures is told of all of them at the end.
fn facts(bench: &mut Bench<'_, '_, '_>, formula: &Formula, found: &mut Found) {
    let mut stated: Vec<Stated> = Vec::new();
    for at in asked(bench.docket, bench.rule, formula) {
        let verdict = at.judge(formula);
        if verdict == Verdict::NotApplicable {
            continue;
        }
        found.seen += 1;
        let figures = Evidence::of(formula, &at).figures;
        // What no figure shows stands where it is said, and each place is a fault of its own.
        let claim = at.claim().filter(|_| figures.is_empty());
        let subject = if claim.is_some() { String::new() } else { subject(formula, &at) };
        let message = sentence(formula, &at);
        // The same said again of the same thing is no other fault.
        let known = |other: &Stated| {
            !subject.is_empty() && (&other.subject, &other.message, other.verdict) == (&subject, &message, verdict)
        };
        if !stated.iter().any(known) {
            stated.push(Stated { subject, message, figures, verdict, claim });
        }
    }
    for Stated { subject, message, figures, verdict, claim } in stated {
        if verdict == Verdict::Holds && claim.is_none() {
            let new = figures.into_iter().filter(|id| !found.figures.contains(id)).collect::<Vec<_>>();
            found.figures.extend(new);
            continue;
        }
        found.faults += usize::from(verdict != Verdict::Holds);
        // The sentence says what is wrong.
        let message = if verdict == Verdict::Holds { Message::title() } else { message };
        bench.docket.state(bench.heading, message, (figures, subject), verdict, claim);
    }
}

/// A relation that no figure repairs.
struct Stated {
    subject: String,
    message: Message,
    figures: Vec<FigureId>,
    verdict: Verdict,
    claim: Option<usize>,
}

/// By what the faults of a formula are one.
fn subject(formula: &Formula, at: &At<'_, '_, '_>) -> String {
    if formula.together.is_empty() {
        return at.subject();
    }
    let texts = formula.together.iter().filter_map(|field| at.telling(*field));
    texts.map(|text| text.words).collect::<Vec<_>>().join(BETWEEN)
}

/// Faults of words.
fn texts(bench: &mut Bench<'_, '_, '_>, formula: &Formula, manner: Manner, found: &mut Found) {
    let mut spots: BTreeMap<String, (Message, Vec<Quote>)> = BTreeMap::new();
    let document = At::document(bench.docket, Some(bench.rule), None);
    let all = if manner == Manner::Together {
        if !is_asked(formula, &document) {
            return;
        }
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
        for (value, spot, hit) in shown(formula, &at) {
            let group = match (manner, formula.together.is_empty()) {
                (Manner::Together, _) => String::new(),
                (_, true) => value,
                (_, false) => subject(formula, &at),
            };
            let said = || sentence(formula, &hit.map_or_else(|| at.clone(), |hit| At::into(&at, Member::Hit(hit))));
            let entry = spots.entry(group).or_insert_with(|| (said(), Vec::new()));
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
fn shown<'a>(formula: &Formula, at: &At<'_, '_, 'a>) -> Vec<(String, Quote, Option<Hit<'a>>)> {
    let stretch =
        |passage: usize, from: usize, to: usize| at.passages().get(passage).map(|passage| Quote::of(passage, from, to));
    let value = |passage: usize, (from, to): (usize, usize)| {
        at.passages().get(passage).and_then(|p| p.text().get(from..to)).unwrap_or_default().to_owned()
    };
    let found = |hit: Hit<'a>| {
        Some((value(hit.passage, hit.value), stretch(hit.passage, hit.shown.0, hit.shown.1)?, Some(hit)))
    };
    match at.members.last() {
        Some(Member::Hit(hit)) => found(*hit).into_iter().map(|(value, spot, _)| (value, spot, None)).collect(),
        Some(Member::Text(number)) => {
            let hits = patterns(&formula.claim).into_iter().flat_map(|key| at.hits(key));
            let mut spots: Vec<_> = hits.filter_map(found).collect();
            if spots.is_empty() {
                let whole = at.passages().get(*number).map_or(0, |passage| passage.text().len());
                spots.extend(stretch(*number, 0, whole).map(|spot| (value(*number, (0, whole)), spot, None)));
            }
            spots
        }
        _ => Vec::new(),
    }
}

/// The parameters with the patterns of a claim.
pub(super) fn patterns(claim: &Condition) -> Vec<&str> {
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
            let message = Message::new("not-read").with(FIGURE, id);
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
