//! Several documents at once: last year's, the budget's and the units' beside the department's.
//!
//! Every document is checked by itself, with the one of the year before as its `prior` if it is among them; then the rules
//! `LK` hold documents against each other. Their files stand with the others in `catalog/rules/`; their bodies here.

mod alike;
pub(crate) mod bench;
mod budgets;
mod copies;
mod directory;
mod names;
mod parts;
mod sums;
mod targets;

use juesuan_catalog::{Body, Catalog, LinkBody};
use juesuan_model::package::Report;
use juesuan_model::{Entity, Package};

pub use alike::alike;
pub use bench::Named;
use bench::{Bench, Found, Members};
pub use directory::{Beside, Card, Directory};

use crate::check::{check_with, cover};
use crate::order;
use crate::rules::{Trial, Which, at_most};

/// Looks at a document beside others and adds relations.
type Function = fn(&mut Bench<'_, '_>);

/// The function behind each body that rule files may name.
const fn function(body: LinkBody) -> Function {
    match body {
        LinkBody::UnitsAddUp => sums::without_elimination,
        LinkBody::UnitsAreNotMore => parts::not_more,
        LinkBody::UnitsAddUpBeforeElimination => sums::with_elimination,
        LinkBody::InitialBudgetAsPublished => budgets::initial_budget,
        LinkBody::ThemeBudgetAsPublished => budgets::theme_budget,
        LinkBody::DutiesOfTheirOwn => copies::duties,
        LinkBody::CausesOfTheirOwn => copies::causes,
        LinkBody::TargetsAsPublished => targets::as_published,
    }
}

/// True if `prior` is of the same body and scope as `entity`, as far as both print a name; no other body's accounts are a
/// year before.
pub fn may_be_prior(prior: &Entity, entity: &Entity, catalog: &Catalog) -> bool {
    names::may_be_prior(prior, entity, &own_words(catalog))
}

/// Checks documents together: each by itself (with those of `prior` that are of the same body, and with the document of the
/// year before, where it is among them), then against the others. One report a document, in the same order; what a report says
/// does not depend on that order.
pub fn check_all(documents: &[Named<'_>], catalog: &Catalog, prior: &[&Package], trial: Trial) -> Vec<Report> {
    let directory = Directory::new(catalog);
    let cards: Vec<Card> = documents.iter().map(|document| directory.card(*document)).collect();
    let of = |numbers: Vec<usize>| numbers.into_iter().filter_map(|n| Some((n, *documents.get(n)?)));
    let judged = documents.iter().enumerate().zip(directory.beside(&cards)).map(|((number, document), beside)| {
        let before: Vec<&Package> = of(beside.before.clone()).map(|(_, document)| document.package).collect();
        let mut report = check_alone(document.package, catalog, (prior, &before), trial);
        let others: Vec<(usize, Named<'_>)> = of(beside.others().into_iter().collect()).collect();
        check_beside(&mut report, (number, *document), (&beside, &others), catalog, trial);
        report
    });
    judged.collect()
}

/// Checks one document by itself, with those of `prior` that are of the same body, and those of the year `before`.
pub fn check_alone(
    package: &Package,
    catalog: &Catalog,
    (prior, before): (&[&Package], &[&Package]),
    trial: Trial,
) -> Report {
    let own = own_words(catalog);
    let fitting = prior.iter().filter(|other| names::may_be_prior(&other.entity, &package.entity, &own));
    let prior: Vec<&Package> = before.iter().chain(fitting).copied().collect();
    check_with(package, catalog, &prior, trial)
}

/// Adds to the report of a document what the rules between documents say of it, which is held against `others`, those of
/// [`Beside::others`] with their numbers.
pub fn check_beside(
    report: &mut Report,
    document: (usize, Named<'_>),
    (beside, others): (&Beside, &[(usize, Named<'_>)]),
    catalog: &Catalog,
    trial: Trial,
) {
    if !beside.is_linked() {
        return;
    }
    for found in link(document, (beside, others), catalog, Which::All(trial)) {
        found.put(report);
    }
    order::settle(report);
    cover(report, document.1.package, catalog);
}

/// What the rules between documents say of one.
fn link(
    document: (usize, Named<'_>),
    (beside, others): (&Beside, &[(usize, Named<'_>)]),
    catalog: &Catalog,
    which: Which<'_>,
) -> Vec<Found> {
    let mut out = Vec::new();
    let members = Members::new(std::iter::once(document).chain(others.iter().copied()), catalog);
    for rule in catalog.rulebook.rules().iter().filter(|rule| which.has(rule)) {
        if let Some(Body::Link(body)) = rule.body {
            let mut bench = Bench { members: &members, document: document.0, beside, rule, out: Vec::new() };
            function(body)(&mut bench);
            let findings = bench.out.iter_mut().filter_map(|found| found.finding.as_mut());
            findings.for_each(|finding| finding.severity = at_most(rule, finding.severity));
            out.append(&mut bench.out);
        }
    }
    out
}

/// What one rule says of all these documents.
pub(crate) fn link_all(documents: &[Named<'_>], catalog: &Catalog, code: &str) -> Vec<Found> {
    let directory = Directory::new(catalog);
    let cards: Vec<Card> = documents.iter().map(|document| directory.card(*document)).collect();
    let all: Vec<(usize, Named<'_>)> = documents.iter().copied().enumerate().collect();
    let beside = directory.beside(&cards);
    all.iter().zip(&beside).flat_map(|(one, beside)| link(*one, (beside, &all), catalog, Which::Only(code))).collect()
}

/// The words that make no difference in the name of a body: `[with] own` of the rules between documents.
fn own_words(catalog: &Catalog) -> Vec<String> {
    let rules = catalog.rulebook.rules().iter();
    let links = rules.filter(|rule| matches!(rule.body, Some(Body::Link(_))));
    links.flat_map(|rule| rule.with.words("own")).cloned().collect()
}
