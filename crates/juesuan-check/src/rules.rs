//! Runs the rules of the catalogue: formulas, and bodies.
//!
//! In reading order:
//! - this file: formulas that say their equation
//! - [`quantified`] formulas with a sentence of their own; [`tables`] those about tables, [`same`] those about texts that
//!   stand twice; [`evidence`] what shows their faults; [`said`] what the sentence says

mod evidence;
mod quantified;
mod said;
mod same;
mod tables;

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::formula::Formula;
use juesuan_catalog::{Body, Catalog, Rule, RuleState};
use juesuan_model::relation::Form;
use juesuan_model::{Dimension, Message, Said, Scope, Severity, Verdict};

use crate::bodies::{Bench, function};
use crate::docket::{Docket, FIGURE, Heading};
use crate::formula::{self, At};

/// Whether rules on trial judge documents. What they find is marked and never graver than a warning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trial {
    /// Only their examples run.
    #[default]
    Waits,
    /// They run with the others.
    Runs,
}

/// Which rules run.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Which<'c> {
    /// The one with this code, whatever its state.
    Only(&'c str),
    /// All in force, and those on trial where they run.
    All(Trial),
}

impl Which<'_> {
    /// Whether it is among them.
    pub(crate) fn has(self, rule: &Rule) -> bool {
        match (self, rule.state) {
            (Which::Only(code), _) => rule.code == code,
            (Which::All(_), RuleState::Stable) => true,
            (Which::All(trial), RuleState::Preview) => trial == Trial::Runs,
            (Which::All(_), RuleState::Retired) => false,
        }
    }
}

/// How grave what a rule finds may be at most.
pub(crate) fn at_most(rule: &Rule, severity: Severity) -> Severity {
    if rule.state == RuleState::Preview { severity.max(Severity::Warning) } else { severity }
}

/// Runs every rule that applies.
pub(crate) fn check(docket: &mut Docket<'_, '_>, which: Which<'_>) {
    let catalog = docket.ledger.catalog;
    for rule in catalog.rulebook.rules().iter().filter(|rule| which.has(rule)) {
        let before = docket.cases.len();
        docket.within(Heading { code: &rule.code, severity: rule.severity }, |docket| one(docket, rule));
        docket.cases.iter_mut().skip(before).for_each(|case| case.severity = at_most(rule, case.severity));
    }
}

fn one<'a>(docket: &mut Docket<'_, 'a>, rule: &'a Rule) {
    let heading = Heading { code: &rule.code, severity: rule.severity };
    let verdict = applies(docket, rule);
    if verdict != Verdict::Holds {
        docket.say(heading, Message::title(), Vec::new(), verdict, None);
        return;
    }
    if let Some(Body::Document(body)) = rule.body {
        function(body)(&mut Bench { docket, rule, heading });
    }
    for formula in rule.formula.iter().filter(|formula| formula.says.is_empty()) {
        run(docket, heading, rule, formula);
    }
    quantified::run(docket, heading, rule);
}

/// The law of order: flows and their counts.
pub(crate) fn related(docket: &mut Docket<'_, '_>, heading: Heading<'_>) {
    for formula in &docket.ledger.catalog.rulebook.related {
        once(docket, heading, formula, (None, None), Message::new("together"));
    }
}

fn run<'a>(docket: &mut Docket<'_, 'a>, heading: Heading<'_>, rule: &'a Rule, formula: &Formula) {
    match rule.each {
        None => once(docket, heading, formula, (Some(rule), None), Message::title()),
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
                once(docket, heading, formula, (Some(rule), Some(&code)), Message::title());
            }
        }
    }
}

/// Adds what a formula comes to; `otherwise` is said where no figure of it is printed.
fn once<'a>(
    docket: &mut Docket<'_, 'a>,
    heading: Heading<'_>,
    formula: &Formula,
    (rule, code): (Option<&'a Rule>, Option<&str>),
    otherwise: Message,
) {
    for outcome in formula::evaluate(formula, &At::document(docket, rule, code)) {
        let figures = outcome.form.figures();
        let message = match (&outcome.form, figures.is_empty()) {
            (Form::Linear { .. }, _) => Message::new("formula"),
            (_, false) => Message::new("cited").with(FIGURE, Said::list(figures)),
            (_, true) => otherwise.clone(),
        };
        docket.place(heading, message, outcome.form, outcome.verdict);
    }
}

/// Whether a rule applies: `Holds`, `NotApplicable`, or `Unreadable` where its condition cannot be read.
fn applies<'a>(docket: &Docket<'_, 'a>, rule: &'a Rule) -> Verdict {
    let (applies, package) = (&rule.applies, docket.ledger.package);
    let entity = &package.entity;
    let only = applies.only.is_empty()
        || (!entity.units.is_empty() && entity.units.iter().all(|unit| applies.only.contains(&unit.kind)));
    let any = applies.any.is_empty() || entity.units.iter().any(|unit| applies.any.contains(&unit.kind));
    let variant = applies.variants.is_empty()
        || entity.demands().is_some_and(|own| applies.variants.iter().any(|key| key == own));
    let kind = applies.kind.is_none_or(|kind| kind == package.kind);
    let scope = applies.scope.is_none_or(|scope| scope == entity.scope);
    let prefix = docket.ledger.catalog.rulebook.prefixes().iter().find(|own| rule.code.starts_with(&own.letters));
    let area = entity.scope != Scope::Government || prefix.is_some_and(|prefix| prefix.governments);
    if !(only && any && variant && kind && scope && area) {
        return Verdict::NotApplicable;
    }
    match applies.when.as_ref().map(|condition| At::document(docket, Some(rule), None).truth(&condition.claim)) {
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
