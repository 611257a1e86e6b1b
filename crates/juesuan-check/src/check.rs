//! The whole check of one package.

use juesuan_catalog::{Body, Catalog, DocumentBody};
use juesuan_model::package::Report;
use juesuan_model::{Coverage, FigureId, Package, Relation, Scope, Verdict};

use crate::docket::Docket;
use crate::findings::findings;
use crate::laws;
use crate::ledger::Ledger;
use crate::order;
use crate::rules::{self, Trial, Which};

/// Checks a package by the five laws and the rules of the catalogue.
///
/// `prior` are packages of earlier years of the same entity, as far as they are known; with them last year's figures are
/// compared. The package may have been compiled or read: only what it prints counts.
///
/// ```
/// use juesuan_catalog::{Body, Catalog, DocumentBody};
/// use juesuan_model::Package;
///
/// let catalog = Catalog::load(&[]).unwrap();
/// let report = juesuan_check::check(&Package::default(), &catalog, &[]);
/// assert!(report.relations.iter().all(|relation| relation.verdict != juesuan_model::Verdict::Broken));
/// ```
pub fn check(package: &Package, catalog: &Catalog, prior: &[&Package]) -> Report {
    check_with(package, catalog, prior, Trial::default())
}

/// The same, with the rules on trial or without.
pub(crate) fn check_with(package: &Package, catalog: &Catalog, prior: &[&Package], trial: Trial) -> Report {
    let ledger = Ledger::new(package, catalog, prior);
    let mut docket = Docket::new(&ledger);
    run_laws(&mut docket);
    rules::check(&mut docket, Which::All(trial));
    excuse_misnamed(&mut docket);
    report(&docket)
}

/// A row whose name is that of another code says nothing of what its code is held to: only the name is at fault.
fn excuse_misnamed(docket: &mut Docket<'_, '_>) {
    let (ledger, book) = (docket.ledger, &docket.ledger.catalog.rulebook);
    let Some(order) = book.law("order").map(|law| law.code.as_str()) else { return };
    let named = book.rules().iter().filter(|rule| rule.body == Some(Body::Document(DocumentBody::NameFitsCode)));
    let names: Vec<&str> = named.map(|rule| rule.code.as_str()).collect();
    let row = |id: &FigureId| ledger.place(*id).map(|place| (place.table.clone(), place.row.clone()));
    let broken = docket.cases.iter().filter(|case| case.verdict == Verdict::Broken);
    let misnamed: Vec<_> = broken
        .filter(|case| names.contains(&case.code.as_str()))
        .flat_map(|case| case.form.figures())
        .filter_map(|id| row(&id))
        .collect();
    for case in docket.cases.iter_mut().filter(|case| case.verdict == Verdict::Broken && case.code == order) {
        if case.form.figures().iter().filter_map(row).any(|own| misnamed.contains(&own)) {
            case.verdict = Verdict::NotApplicable;
        }
    }
}

/// Checks a package by one rule only, for the examples of that rule.
pub(crate) fn check_rule(package: &Package, catalog: &Catalog, prior: &[&Package], code: &str) -> Report {
    let ledger = Ledger::new(package, catalog, prior);
    let mut docket = Docket::new(&ledger);
    rules::check(&mut docket, Which::Only(code));
    report(&docket)
}

fn run_laws(docket: &mut Docket<'_, '_>) {
    let catalog = docket.ledger.catalog;
    let book = &catalog.rulebook;
    // The report of a government tells of several budgets and levels: only what its sentences derive can be held to.
    let area = docket.ledger.package.entity.scope == Scope::Government;
    let heading = |key| book.law(key).filter(|law| !area || law.key == "derivation").map(laws::heading);
    if let Some(agreement) = heading("agreement") {
        laws::agreement::check(docket, agreement);
        laws::claims::existence(docket, agreement);
    }
    let mut seen = laws::sum::Seen::new();
    if let Some(sum) = heading("sum") {
        seen = laws::sum::check(docket, sum, &rules::codes(catalog));
        laws::partition::check(docket, sum, &mut seen);
        laws::listed::check(docket, sum, &mut seen);
    }
    if let Some(balance) = heading("balance") {
        laws::balance::check(docket, balance, &mut seen);
    }
    if let Some(derivation) = heading("derivation") {
        laws::derivation::check(docket, derivation);
    }
    if let Some(order) = heading("order") {
        laws::order::check(docket, order);
        laws::claims::direction(docket, order);
        rules::related(docket, order);
    }
}

fn report(docket: &Docket<'_, '_>) -> Report {
    let findings = findings(docket);
    let relations = docket
        .cases
        .iter()
        .map(|case| Relation {
            code: case.code.clone(),
            message: case.message.clone(),
            form: case.form.clone(),
            verdict: case.verdict,
            tail: case.tail,
        })
        .collect();
    let (readings, coverage) = (docket.ledger.readings(), Coverage::default());
    let mut report = Report { relations, findings, readings, coverage };
    order::settle(&mut report);
    cover(&mut report, docket.ledger.package, docket.ledger.catalog);
    report
}

/// Counts what the relations of a report held against something else.
pub(crate) fn cover(report: &mut Report, package: &Package, catalog: &Catalog) {
    let least = usize::from(catalog.report.coverage.least);
    report.coverage = Coverage::of(package, &report.relations, least);
}
