//! Runs the rules of the catalogue: formulas, and bodies.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::formula::Formula;
use juesuan_catalog::{Applies, Body, Catalog, Rule, RuleState};
use juesuan_model::{Dimension, Verdict};

use crate::bodies::{Bench, function};
use crate::case::Term;
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
            docket.say(heading, rule.title.clone(), Vec::new(), verdict, None);
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
        once(docket, heading, "金额与数量同时为零或同时不为零", formula, None);
    }
}

fn run(docket: &mut Docket<'_, '_>, heading: Heading<'_>, rule: &Rule, formula: &Formula) {
    match rule.each {
        None => once(docket, heading, &rule.title, formula, None),
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
                once(docket, heading, &rule.title, formula, Some(&code));
            }
        }
    }
}

fn once(docket: &mut Docket<'_, '_>, heading: Heading<'_>, title: &str, formula: &Formula, code: Option<&str>) {
    let ledger = docket.ledger;
    for outcome in formula::evaluate(formula, code, ledger) {
        let (verdict, tail) = outcome.verdict;
        let text = match (&formula.right, outcome.left.is_empty()) {
            (None, false) => {
                let side = |terms: &[Term]| ledger.side_words(terms);
                format!("{}{}{}", side(&outcome.left), outcome.between, side(&outcome.right))
            }
            _ => {
                let cited: Vec<String> = outcome.form.figures().iter().map(|id| ledger.cited(*id)).collect();
                if cited.is_empty() { title.to_owned() } else { cited.join("，") }
            }
        };
        docket.place(heading, text, outcome.form, (verdict, tail));
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
