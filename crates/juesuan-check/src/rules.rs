//! Runs the rules of the catalogue: formulas, and bodies by name.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::{Applies, Catalog, Rule};
use juesuan_model::{Dimension, Place, Problem, Verdict};

use crate::bodies::{BODIES, Bench, Body};
use crate::case::Term;
use crate::docket::{Docket, Heading};
use crate::formula::{self, Formula, Names};
use crate::ledger::Ledger;
use crate::passages::pattern;
use crate::{links, waiver};

/// Every fault of the rules that only their execution shows: formulas that cannot be read, unknown bodies, parameters and
/// placeholders. An empty list for a sound catalogue.
pub fn problems(catalog: &Catalog) -> Vec<Problem> {
    let mut out = Vec::new();
    for rule in catalog.rulebook.rules() {
        let names = Names { catalog, each: rule.each };
        let mut fault = |message: String| {
            let place = Place { file: Some(format!("rules/{}-{}.toml", rule.code, rule.name)), ..Place::default() };
            out.push(Problem::fatal(place, message));
        };
        for text in rule.formula.iter().chain(&rule.applies.when) {
            if let Err(error) = formula::parse(text, names) {
                fault(format!("公式“{text}”{error}"));
            }
        }
        if let Some(name) = &rule.body
            && body(name).is_none()
            && !links::bodies().chain(waiver::BODIES).any(|other| other == name)
        {
            let known: Vec<&str> = BODIES.iter().map(|(name, _)| *name).collect();
            fault(format!("没有名为“{name}”的规则程序，可用的有：{}", known.join("、")));
        }
        let patterns = PATTERNS.iter().filter_map(|key| rule.with.get(*key)).flatten();
        for text in patterns.filter(|text| pattern(&text.replace("YEAR", "(20[0-9]{2})")).is_none()) {
            fault(format!("“{text}”不是能用的正则表达式"));
        }
        for text in rule.with.values().flatten().filter(|text| text.starts_with('[')) {
            if let Err(error) = formula::meaning(names, text.trim_matches(['[', ']']), 1) {
                fault(format!("“{text}”{error}"));
            }
        }
        if rule.holds.is_empty() || rule.broken.is_empty() {
            fault("规则须有 holds（成立）和 broken（不成立）的例子".to_owned());
        }
    }
    for text in &catalog.rulebook.related {
        if let Err(error) = formula::parse(text, Names { catalog, each: None }) {
            let place = Place { file: Some("laws.toml".to_owned()), ..Place::default() };
            out.push(Problem::fatal(place, format!("公式“{text}”{error}")));
        }
    }
    out
}

/// Parameters of bodies that are patterns.
const PATTERNS: [&str; 11] =
    ["patterns", "item", "said", "summary", "reports", "date", "budget", "average", "highest", "lowest", "graded"];

fn body(name: &str) -> Option<Body> {
    BODIES.iter().find(|(known, _)| *known == name).map(|(_, body)| *body)
}

/// Runs every rule that applies.
pub(crate) fn check(docket: &mut Docket<'_, '_>, only: Option<&str>) {
    let ledger = docket.ledger;
    let catalog = ledger.catalog;
    for rule in catalog.rulebook.rules().iter().filter(|rule| only.is_none_or(|code| rule.code == code)) {
        let heading = Heading { code: &rule.code, severity: rule.severity };
        let names = Names { catalog, each: rule.each };
        let verdict = applies(&rule.applies, ledger, names);
        if verdict != Verdict::Holds {
            docket.say(heading, rule.title.clone(), Vec::new(), verdict, None);
            continue;
        }
        if let Some(body) = rule.body.as_deref().and_then(body) {
            body(&mut Bench { docket, rule, heading });
        }
        for text in &rule.formula {
            match formula::parse(text, names) {
                Ok(formula) => run(docket, heading, rule, &formula),
                Err(error) => {
                    docket.say(heading, format!("公式“{text}”{error}"), Vec::new(), Verdict::Unreadable, None)
                }
            }
        }
    }
}

/// The law of order: flows and their counts.
pub(crate) fn related(docket: &mut Docket<'_, '_>, heading: Heading<'_>) {
    let catalog = docket.ledger.catalog;
    for text in &catalog.rulebook.related {
        if let Ok(formula) = formula::parse(text, Names { catalog, each: None }) {
            once(docket, heading, "金额与数量同时为零或同时不为零", &formula, None);
        }
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
fn applies(applies: &Applies, ledger: &Ledger<'_>, names: Names<'_>) -> Verdict {
    let entity = &ledger.package.entity;
    let only = applies.only.is_empty()
        || (!entity.units.is_empty() && entity.units.iter().all(|unit| applies.only.contains(&unit.kind)));
    let any = applies.any.is_empty() || entity.units.iter().any(|unit| applies.any.contains(&unit.kind));
    let variant = applies.variants.is_empty() || applies.variants.contains(&entity.variant);
    let kind = applies.kind.is_none_or(|kind| kind == ledger.package.kind);
    if !(only && any && variant && kind) {
        return Verdict::NotApplicable;
    }
    match applies.when.as_ref().map(|when| formula::parse(when, names)) {
        None => Verdict::Holds,
        Some(Err(_)) => Verdict::Unreadable,
        Some(Ok(condition)) => match formula::truth(&condition.left, None, ledger) {
            Ok(true) => Verdict::Holds,
            Ok(false) => Verdict::NotApplicable,
            Err(verdict) => verdict,
        },
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
