//! The examples of the repository compile to packages in which nothing is wrong.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may stop"
)]

use std::collections::BTreeSet;
use std::path::Path;

use juesuan_catalog::Catalog;
use juesuan_compose::accounts::{Tail, accounts};
use juesuan_model::package::Report;
use juesuan_model::{Cell, FigureId, Finding, FindingKey, Package, Printed, Severity, Stands, Tally, Unit};
use juesuan_read::Disk;
use juesuan_write::report::Teller;

#[test]
fn what_is_compiled_has_no_error_and_nothing_unreadable() {
    let catalog = Catalog::load(&[]).unwrap_or_else(|p| panic!("{p:#?}"));
    for name in ["zengdu-2023", "putuo-planning-2024", "consolidated"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
        let made = accounts(&Disk::new(&folder), &catalog, Tail::Keep).unwrap_or_else(|p| panic!("{name}: {p:#?}"));
        let prior: Vec<&Package> = made.prior.iter().collect();
        let units = made.units.iter().map(|unit| (&unit.package, &[][..]));
        for (package, prior) in std::iter::once((&made.department, prior.as_slice())).chain(units) {
            let report = juesuan_check::check(package, &catalog, prior);
            let teller = Teller::new(&catalog, package, &report, "");
            let errors = report.findings.iter().filter(|f| f.severity == Severity::Error);
            let wrong: Vec<String> = errors.map(|f| teller.message(f)).collect();
            assert!(wrong.is_empty(), "{}\n{}", package.entity.name, wrong.join("\n"));
            let tally = Tally::of(&report.relations);
            assert!(tally.holds > 400 && tally.unreadable == 0, "{} {tally:?}", package.entity.name);
        }
    }
}

/// The first figure of the reports and forms of performance, which stand behind everything else.
fn first_of_annex(package: &Package) -> Option<FigureId> {
    let annex = package.performance.evaluations.iter().filter(|evaluation| evaluation.stands != Stands::Summary);
    annex.flat_map(|evaluation| evaluation.amounts.values()).min().copied()
}

/// What is more than a notice: of the example as it is, that it bought services without procurement.
fn grave(report: &Report) -> impl Iterator<Item = &Finding> {
    report.findings.iter().filter(|finding| finding.severity < Severity::Notice)
}

/// Makes a figure wrong; `None` where it is no number but zero.
fn spoilt(package: &Package, id: FigureId) -> Option<(Package, Printed)> {
    let mut package = package.clone();
    let figure = &mut package.figures[id.0 as usize];
    let mut printed = figure.cell.number().filter(|printed| !printed.is_zero())?;
    let least = if printed.unit == Unit::Percent { 25 } else { 137 };
    printed.mantissa += (printed.mantissa.abs() / 7).max(least);
    figure.cell = Cell::Number(printed);
    Some((package, printed))
}

/// Every seventh figure of a package before its annex is made wrong in its turn. A few have nothing to be compared with (a change whose
/// base nobody prints); all others are one finding that names the wrong figure first.
#[test]
fn a_wrong_figure_of_a_whole_package_is_one_finding_that_names_it_first() {
    let catalog = Catalog::load(&[]).unwrap_or_else(|p| panic!("{p:#?}"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/zengdu-2023");
    let made = accounts(&Disk::new(&folder), &catalog, Tail::Keep).unwrap_or_else(|p| panic!("{p:#?}"));
    let prior: Vec<&Package> = made.prior.iter().collect();
    let end = first_of_annex(&made.department).map_or(made.department.figures.len(), |id| id.0 as usize);
    let clean = juesuan_check::check(&made.department, &catalog, &prior);
    let known: BTreeSet<FindingKey> = grave(&clean).map(|finding| finding.key.clone()).collect();
    let (mut planted, mut missed) = (0, Vec::new());
    for number in (0u32..).take(end).step_by(7) {
        let Some((package, printed)) = spoilt(&made.department, FigureId(number)) else { continue };
        let place = package.figures[number as usize].place.clone();
        planted += 1;
        let report = juesuan_check::check(&package, &catalog, &prior);
        let grave: Vec<_> = grave(&report).filter(|f| !known.contains(&f.key)).collect();
        if !matches!(grave.as_slice(), [one] if one.places().next() == Some(&place)) {
            missed.push(format!("{place} {printed} {:?}", grave.iter().map(|f| &f.key).collect::<Vec<_>>()));
        }
    }
    assert!(planted > 30 && missed.len() * 20 <= planted, "{} of {planted}\n{}", missed.len(), missed.join("\n"));
}

/// Points and money of forms are held by each other, so that nobody can say which of them is wrong: one finding names the
/// wrong one among its places. Targets and what was reached are held by nothing but their points.
#[test]
fn wrong_points_and_wrong_money_of_a_form_are_one_finding_that_names_them() {
    let catalog = Catalog::load(&[]).unwrap_or_else(|p| panic!("{p:#?}"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/zengdu-2023");
    let made = accounts(&Disk::new(&folder), &catalog, Tail::Keep).unwrap_or_else(|p| panic!("{p:#?}"));
    let prior: Vec<&Package> = made.prior.iter().collect();
    let evaluations = &made.department.performance.evaluations;
    let scores = evaluations.iter().flat_map(|e| &e.indicators).flat_map(|i| [i.weight, i.score]).flatten();
    let money = evaluations.iter().filter(|e| !e.is_whole()).flat_map(|e| e.amounts.values().copied());
    let all: BTreeSet<FigureId> = scores.chain(money).collect();
    let clean = juesuan_check::check(&made.department, &catalog, &prior);
    let known: BTreeSet<FindingKey> = grave(&clean).map(|finding| finding.key.clone()).collect();
    let (mut planted, mut missed) = (0, Vec::new());
    for id in all.into_iter().step_by(11) {
        let Some((package, printed)) = spoilt(&made.department, id) else { continue };
        let place = package.figures[id.0 as usize].place.clone();
        planted += 1;
        let report = juesuan_check::check(&package, &catalog, &prior);
        let grave: Vec<_> = grave(&report).filter(|f| !known.contains(&f.key)).collect();
        if !matches!(grave.as_slice(), [one] if one.places().any(|other| *other == place)) {
            missed.push(format!("{place} {printed} {:?}", grave.iter().map(|f| &f.key).collect::<Vec<_>>()));
        }
    }
    assert!(planted > 20 && missed.len() * 8 <= planted, "{} of {planted}\n{}", missed.len(), missed.join("\n"));
}
