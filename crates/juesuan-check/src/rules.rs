//! Runs the rules of the catalogue: formulas, and bodies.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::formula::Formula;
use juesuan_catalog::{Applies, Body, Catalog, Rule, RuleState};
use juesuan_model::relation::Form;
use juesuan_model::{Dimension, Message, Said, Verdict};

use crate::bodies::{Bench, function};
use crate::docket::{Docket, Heading};
use crate::formula;
use crate::ledger::Ledger;

/// Runs every rule that applies.
pub(crate) fn check(docket: &mut Docket<'_, '_>, only: Option<&str>) {
    let ledger = docket.ledger;
    let catalog = ledger.catalog;
    for rule in catalog.rulebook.rules().iter().filter(|rule| runs(rule, only)) {
        let heading = Heading { code: &rule.code, severity: rule.severity };
        let verdict = applies(&rule.applies, ledger);
        if verdict != Verdict::Holds {
            docket.say(heading, Message::title(), Vec::new(), verdict, None);
            continue;
        }
        if let Some(Body::Document(body)) = rule.body {
            function(body)(&mut Bench { docket, rule, heading });
        }
        for formula in &rule.formula {
            run(docket, heading, rule, formula);
        }
    }
}

/// Whether a rule runs: the one that is asked for, else all that are neither on trial nor out of use.
fn runs(rule: &Rule, only: Option<&str>) -> bool {
    only.map_or(rule.state == RuleState::Stable, |code| rule.code == code)
}

/// The law of order: flows and their counts.
pub(crate) fn related(docket: &mut Docket<'_, '_>, heading: Heading<'_>) {
    for formula in &docket.ledger.catalog.rulebook.related {
        once(docket, heading, formula, None, Message::new("together"));
    }
}

fn run(docket: &mut Docket<'_, '_>, heading: Heading<'_>, rule: &Rule, formula: &Formula) {
    match rule.each {
        None => once(docket, heading, formula, None, Message::title()),
        Some(level) => {
            let codes: BTreeSet<String> = docket
                .ledger
                .order()
                .iter()
                .filter_map(|(meaning, _)| meaning.get(Dimension::Function))
                .filter(|code| code.len() == level.digits())
                .map(str::to_owned)
                .collect();
            for code in codes {
                once(docket, heading, formula, Some(&code), Message::title());
            }
        }
    }
}

/// Adds what a formula comes to; `otherwise` is said where no figure of it is printed.
fn once(docket: &mut Docket<'_, '_>, heading: Heading<'_>, formula: &Formula, code: Option<&str>, otherwise: Message) {
    for outcome in formula::evaluate(formula, code, docket.ledger) {
        let figures = outcome.form.figures();
        let message = match (&outcome.form, figures.is_empty()) {
            (Form::Linear { .. }, _) => Message::new("formula"),
            (_, false) => Message::new("cited").with("数", Said::list(figures)),
            (_, true) => otherwise.clone(),
        };
        docket.place(heading, message, outcome.form, outcome.verdict);
    }
}

/// Whether a rule applies: `Holds`, `NotApplicable`, or `Unreadable` where its condition cannot be read.
fn applies(applies: &Applies, ledger: &Ledger<'_>) -> Verdict {
    let entity = &ledger.package.entity;
    let only = applies.only.is_empty()
        || (!entity.units.is_empty() && entity.units.iter().all(|unit| applies.only.contains(&unit.kind)));
    let any = applies.any.is_empty() || entity.units.iter().any(|unit| applies.any.contains(&unit.kind));
    let variant = applies.variants.is_empty() || applies.variants.contains(&entity.variant);
    let kind = applies.kind.is_none_or(|kind| kind == ledger.package.kind);
    if !(only && any && variant && kind) {
        return Verdict::NotApplicable;
    }
    match applies.when.as_ref().map(|condition| formula::truth(&condition.left, None, ledger)) {
        None | Some(Ok(true)) => Verdict::Holds,
        Some(Ok(false)) => Verdict::NotApplicable,
        Some(Err(verdict)) => verdict,
    }
}

/// The codes that laid-out sums may name, by themselves and by the name of their rule.
pub(crate) fn codes(catalog: &Catalog) -> BTreeMap<String, String> {
    let rules = catalog
        .rulebook
        .rules()
        .iter()
        .flat_map(|r| [(r.code.clone(), r.code.clone()), (r.name.clone(), r.code.clone())]);
    let laws = catalog
        .rulebook
        .laws()
        .iter()
        .flat_map(|l| [(l.code.clone(), l.code.clone()), (l.key.clone(), l.code.clone())]);
    rules.chain(laws).collect()
}
