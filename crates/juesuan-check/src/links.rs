//! Several documents at once: last year's, the budget's and the units' beside the department's.
//!
//! Every document is checked by itself, with the one of the year before as its `prior` if it is among them; then the rules
//! `LK` hold documents against each other. Their files stand with the others in `catalog/rules/`; their bodies here.

pub(crate) mod bench;
mod budgets;
mod copies;
mod names;
mod parts;
mod sums;
mod targets;

use juesuan_catalog::{Body, Catalog, LinkBody};
use juesuan_model::Package;
use juesuan_model::package::Report;

pub use bench::Named;
use bench::{Bench, Found};

use crate::check::{check_with, cover};
use crate::ledger::Ledger;
use crate::order;
use crate::rules::{Trial, Which, at_most};

/// Looks at all documents and adds relations.
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

/// True if `prior` is of the same body and scope as `package`, as far as both print a name; no other body's accounts are a
/// year before.
pub fn may_be_prior(prior: &Package, package: &Package, catalog: &Catalog) -> bool {
    names::may_be_prior(prior, package, &own_words(catalog))
}

/// Checks documents together: each by itself (with those of `prior` that are of the same body, and with the document of the
/// year before, where it is among them), then against each other. One report a document, in the same order; what a report says
/// does not depend on that order.
pub fn check_all(documents: &[Named<'_>], catalog: &Catalog, prior: &[&Package], trial: Trial) -> Vec<Report> {
    // Of two documents that say the same, one is called the copy; of two budgets of a year, one is held against: that of the
    // earlier file, whichever was given first.
    let mut numbered: Vec<(usize, Named<'_>)> = documents.iter().copied().enumerate().collect();
    numbered.sort_by_key(|(_, document)| (document.file, document.package.entity.year));
    let (numbers, sorted): (Vec<usize>, Vec<Named<'_>>) = numbered.into_iter().unzip();
    let mut reports: Vec<(usize, Report)> =
        numbers.into_iter().zip(check_sorted(&sorted, catalog, prior, trial)).collect();
    reports.sort_by_key(|(number, _)| *number);
    reports.into_iter().map(|(_, report)| report).collect()
}

fn check_sorted(documents: &[Named<'_>], catalog: &Catalog, prior: &[&Package], trial: Trial) -> Vec<Report> {
    let own = own_words(catalog);
    let mut reports: Vec<Report> = documents
        .iter()
        .map(|document| {
            let among = documents.iter().map(|other| other.package);
            let before = among.filter(|other| names::is_year_before(other, document.package, &own));
            let fitting = prior.iter().copied().filter(|other| names::may_be_prior(other, document.package, &own));
            let prior: Vec<&Package> = before.chain(fitting).collect();
            check_with(document.package, catalog, &prior, trial)
        })
        .collect();
    for found in link(documents, catalog, Which::All(trial)) {
        if let Some(report) = reports.get_mut(found.document) {
            found.put(report);
        }
    }
    for (report, document) in reports.iter_mut().zip(documents) {
        order::settle(report);
        cover(report, document.package, catalog);
    }
    reports
}

/// What the rules between documents say, with the number of the document that it belongs to.
pub(crate) fn link(documents: &[Named<'_>], catalog: &Catalog, which: Which<'_>) -> Vec<Found> {
    let mut out = Vec::new();
    if documents.len() < 2 {
        return out;
    }
    let own = own_words(catalog);
    let files: Vec<&str> = documents.iter().map(|document| document.file).collect();
    let ledgers: Vec<Ledger<'_>> =
        documents.iter().map(|document| Ledger::new(document.package, catalog, &[])).collect();
    for rule in catalog.rulebook.rules().iter().filter(|rule| which.has(rule)) {
        if let Some(Body::Link(body)) = rule.body {
            let mut bench = Bench { ledgers: &ledgers, files: &files, rule, own: &own, out: Vec::new() };
            function(body)(&mut bench);
            let findings = bench.out.iter_mut().filter_map(|found| found.finding.as_mut());
            findings.for_each(|finding| finding.severity = at_most(rule, finding.severity));
            out.append(&mut bench.out);
        }
    }
    out
}

/// The words that make no difference in the name of a body: `[with] own` of the rules between documents.
fn own_words(catalog: &Catalog) -> Vec<String> {
    let rules = catalog.rulebook.rules().iter();
    let links = rules.filter(|rule| matches!(rule.body, Some(Body::Link(_))));
    links.flat_map(|rule| rule.with.words("own")).cloned().collect()
}
