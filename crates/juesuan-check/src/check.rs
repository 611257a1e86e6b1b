//! The whole check of one package.

use std::collections::BTreeMap;

use juesuan_catalog::{Body, Catalog, DocumentBody};
use juesuan_model::package::Report;
use juesuan_model::relation::Form;
use juesuan_model::{Coverage, FigureId, Message, Package, Relation, Scope, Verdict};
use rustc_hash::FxHashSet;

use crate::docket::{BEYOND, Docket, HOW_MANY};
use crate::effort::FINDINGS_MAX;
use crate::findings::findings;
use crate::laws;
use crate::ledger::Ledger;
use crate::order;
use crate::rules::{self, Trial, Which};

/// The sentence on findings that are not listed.
const MORE: &str = "more-findings";

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
    judged(Docket::new(&ledger), trial)
}

fn judged(mut docket: Docket<'_, '_>, trial: Trial) -> Report {
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
    let misnamed: FxHashSet<_> = broken
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

pub(crate) fn run_laws(docket: &mut Docket<'_, '_>) {
    let catalog = docket.ledger.catalog;
    let book = &catalog.rulebook;
    // The report of a government tells of several budgets and levels: only what its sentences derive can be held to.
    let area = docket.ledger.package.entity.scope == Scope::Government;
    let heading = |key| book.law(key).filter(|law| !area || law.key == "derivation").map(laws::heading);
    if let Some(agreement) = heading("agreement") {
        docket.within(agreement, |docket| {
            laws::agreement::check(docket, agreement);
            laws::claims::existence(docket, agreement);
        });
    }
    let mut seen = laws::sum::Seen::new();
    if let Some(sum) = heading("sum") {
        docket.within(sum, |docket| {
            seen = laws::sum::check(docket, sum, &rules::codes(catalog));
            laws::partition::check(docket, sum, &mut seen);
            laws::listed::check(docket, sum, &mut seen);
        });
    }
    if let Some(balance) = heading("balance") {
        docket.within(balance, |docket| {
            laws::balance::check(docket, balance, &mut seen);
            laws::told::check(docket, balance, &mut seen);
        });
    }
    if let Some(derivation) = heading("derivation") {
        docket.within(derivation, |docket| laws::derivation::check(docket, derivation));
    }
    if let Some(order) = heading("order") {
        docket.within(order, |docket| {
            laws::order::check(docket, order);
            laws::claims::direction(docket, order);
            rules::related(docket, order);
        });
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
    shorten(&mut report);
    cover(&mut report, docket.ledger.package, docket.ledger.catalog);
    report
}

/// A report of more findings than anybody reads has the gravest of them; how many others there are is said for each law or rule.
fn shorten(report: &mut Report) {
    let mut others: BTreeMap<String, usize> = BTreeMap::new();
    for finding in report.findings.drain(FINDINGS_MAX.min(report.findings.len())..) {
        *others.entry(finding.code).or_default() += 1;
    }
    let told = others.into_iter().map(|(code, count)| Relation {
        code,
        message: Message::new(MORE).with(HOW_MANY, count),
        form: Form::Fact { figures: Vec::new(), subject: String::new() },
        verdict: Verdict::Unreadable,
        tail: false,
    });
    report.relations.extend(told);
}

/// What of a document was not looked at, or is not listed, because it would have cost too much.
pub fn beyond(report: &Report) -> Option<&Relation> {
    let told = |relation: &&Relation| relation.message.says == BEYOND || relation.message.says == MORE;
    report.relations.iter().find(told)
}

/// Counts what the relations of a report held against something else.
pub(crate) fn cover(report: &mut Report, package: &Package, catalog: &Catalog) {
    let least = usize::from(catalog.report.coverage.least);
    report.coverage = Coverage::of(package, &report.relations, least);
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::sync::LazyLock;

    use juesuan_model::{Cell, Dimension, Figure, Meaning, Measure, Printed, Seen, Unit};

    use super::*;
    use crate::effort::Effort;

    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::load(&[]).unwrap());

    /// The report on a document of which so much may be looked at and sorted.
    fn within(package: &Package, (steps, sorting): (usize, usize)) -> Report {
        let ledger = Ledger::new(package, &CATALOG, &[]);
        let mut docket = Docket::new(&ledger);
        (docket.effort, docket.grouping) = (Effort::of(steps), Effort::of(sorting));
        judged(docket, Trial::default())
    }

    fn read(name: &str, content: &str) -> Package {
        let pages = juesuan_read::pages_of(name, content.as_bytes()).unwrap();
        juesuan_recognize::document(&pages, &CATALOG).package
    }

    fn documents() -> [Package; 3] {
        let cover = "青溪区园林局2023年度部门决算";
        let mut text = format!("{cover}\n一、收入决算情况说明\n");
        let mut causes = text.clone();
        let mut table = format!("<h1>{cover}</h1><p>收入决算表</p><table><tr><td>项目<td>本年收入合计</tr>");
        for number in 0..30 {
            writeln!(text, "2023年度收入合计{number}1.00万元，占总支出的比重{number}%。").unwrap();
            writeln!(causes, "2023年度支出{number}1.00万元，比上年增加{number}.50万元，主要原因是种树第{number}批。")
                .unwrap();
            write!(table, "<tr><td>2010{number:03}<td>{number}.00</tr>").unwrap();
        }
        [read("文字.txt", &text), read("原因.txt", &causes), read("表.html", &(table + "</table>"))]
    }

    #[test]
    fn what_there_was_no_effort_for_says_so_and_neither_holds_nor_is_wrong() {
        for package in documents() {
            let all = within(&package, (usize::MAX, usize::MAX));
            assert!(beyond(&all).is_none() && !package.figures.is_empty());
            let some = within(&package, (500, usize::MAX));
            let not_looked_at = |relation: &&Relation| relation.message.says == BEYOND;
            let codes: Vec<&str> = some.relations.iter().filter(not_looked_at).map(|r| r.code.as_str()).collect();
            assert!(beyond(&some).is_some() && codes.len() > 10, "{codes:?}");
            for relation in some.relations.iter().filter(|relation| codes.contains(&relation.code.as_str())) {
                assert_eq!(relation.verdict, Verdict::Unreadable, "{relation:?}");
            }
        }
    }

    /// Two prints of each of so many projects that differ.
    fn contradictions(count: usize) -> Package {
        let mut package = Package::default();
        for number in 0..count {
            for amount in [format!("{}.00", 100 + number), format!("{}.00", 500_000 + 3 * number)] {
                let meaning =
                    Meaning::new().with(Dimension::Item, "支出").with(Dimension::Project, format!("第{number}项"));
                let cell = Cell::Number(Printed::parse(&amount, Unit::WanYuan).unwrap());
                let (measure, place) = (Measure::Amount, juesuan_model::Place::default());
                package.push(Figure {
                    meanings: vec![meaning],
                    measure,
                    cell,
                    exact_fen: None,
                    seen: Seen::Text,
                    place,
                });
            }
        }
        package
    }

    #[test]
    fn faults_that_nobody_can_sort_are_told_one_by_one() {
        let package = contradictions(40);
        let (sorted, not) = (within(&package, (usize::MAX, usize::MAX)), within(&package, (usize::MAX, 200)));
        let broken = |report: &Report| report.findings.iter().filter(|found| found.code == "LW001").count();
        assert_eq!((broken(&sorted), broken(&not)), (40, 40));
    }

    #[test]
    fn findings_that_nobody_reads_are_counted_and_the_document_is_not_called_read() {
        let report = within(&contradictions(FINDINGS_MAX + 7), (usize::MAX, usize::MAX));
        assert_eq!(report.findings.len(), FINDINGS_MAX);
        let told = beyond(&report).unwrap();
        assert_eq!(told.message.value(HOW_MANY), Some(&juesuan_model::Said::Count(7)));
        assert_eq!((told.code.as_str(), told.verdict), ("LW001", Verdict::Unreadable));
    }

    #[test]
    fn one_meaning_printed_in_very_many_ways_is_sorted_in_bounded_steps() {
        let mut package = Package::default();
        for number in 0..6_000 {
            let meaning = Meaning::new().with(Dimension::Item, "支出");
            let cell = Cell::Number(Printed::parse(&format!("{}.00", 1_000 + number), Unit::WanYuan).unwrap());
            let (measure, place) = (Measure::Amount, juesuan_model::Place::default());
            package.push(Figure { meanings: vec![meaning], measure, cell, place, seen: Seen::Text, exact_fen: None });
        }
        let ledger = Ledger::new(&package, &CATALOG, &[]);
        let printings = ledger.printings(ledger.order().first().unwrap()).unwrap();
        assert_eq!((printings.values.len(), printings.count()), (6_000, 6_000));
        let mut docket = Docket::new(&ledger);
        run_laws(&mut docket);
        assert_eq!(findings(&docket).len(), 5_999, "each but the one that speaks for the meaning");
        assert!(docket.grouping.is_spent(), "to weigh one figure against thousands is counted");
    }
}
