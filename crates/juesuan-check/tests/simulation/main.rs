//! Invented consistent departments: the clean copy has no error, each planted fault is found where it stands.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

mod books;
mod maker;
mod random;

use juesuan_catalog::Catalog;
use juesuan_check::check;
use juesuan_model::package::Report;
use juesuan_model::{Cause, Cell, Dimension, Figure, FigureId, Measure, Package, Severity, Statement};

use maker::Maker;
use random::Random;

/// Seeds where `JUESUAN_SEEDS` names no other number.
const SEEDS: u64 = 12;

/// How many departments each test makes.
fn seeds() -> u64 {
    std::env::var("JUESUAN_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(SEEDS)
}

fn catalog() -> Catalog {
    Catalog::load(&[]).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn messages(report: &Report, least: Severity) -> Vec<String> {
    let grave = report.findings.iter().filter(|f| f.severity <= least);
    grave.map(|f| format!("{:?} {} {:?} {:?}", f.severity, f.key.0, f.message, f.evidence)).collect()
}

/// Figures that satisfy a condition and print something.
fn figures(package: &Package, wanted: impl Fn(&Figure) -> bool) -> Vec<FigureId> {
    (0..).zip(&package.figures).filter(|(_, f)| wanted(f) && mantissa(f) != 0).map(|(id, _)| FigureId(id)).collect()
}

fn mantissa(figure: &Figure) -> i64 {
    figure.cell.number().map_or(0, |printed| printed.mantissa)
}

fn replant(package: &mut Package, id: FigureId, change: impl Fn(i64) -> i64) {
    let figure = &mut package.figures[id.0 as usize];
    if let Cell::Number(printed) = &mut figure.cell {
        printed.mantissa = change(printed.mantissa);
    }
}

/// A finding at least as grave as a warning names the place of the planted figure.
fn found(report: &Report, package: &Package, id: FigureId) -> bool {
    let place = &package.figure(id).unwrap().place;
    report.findings.iter().any(|f| f.severity <= Severity::Warning && f.places().any(|other| other == place))
}

fn errors(report: &Report) -> usize {
    report.findings.iter().filter(|f| f.severity == Severity::Error).count()
}

/// Plants a fault in one figure of each seed and demands that it is found; `single`: as exactly one error that names it first.
fn plant(wanted: impl Fn(&Figure) -> bool, change: impl Fn(i64, &mut Random) -> i64, single: bool) {
    let catalog = catalog();
    let mut faults = Vec::new();
    for seed in 0..seeds() {
        let mut package = Maker::package(seed);
        let mut random = Random(seed ^ 0xFA17);
        let id = *random.pick(&figures(&package, &wanted));
        let before = mantissa(package.figure(id).unwrap());
        let after = change(before, &mut random);
        replant(&mut package, id, |_| after);
        let report = check(&package, &catalog, &[]);
        let first = report.findings.iter().find(|f| f.severity == Severity::Error);
        let place = &package.figure(id).unwrap().place;
        let named = !single || (errors(&report) == 1 && first.is_some_and(|f| f.places().next() == Some(place)));
        if !found(&report, &package, id) || !named {
            let figure = package.figure(id).unwrap();
            let all = messages(&report, Severity::Warning).join("\n  ");
            faults.push(format!(
                "seed {seed}: {} {:?} {} {before} → {after}\n  {all}",
                figure.place, figure.measure, figure.meanings[0]
            ));
        }
    }
    assert!(
        faults.is_empty(),
        "{} of {}\n{}",
        faults.len(),
        seeds(),
        faults.iter().take(6).cloned().collect::<Vec<_>>().join("\n")
    );
}

/// Another amount, at least one tenth and 2.00 away.
fn other_amount(before: i64, random: &mut Random) -> i64 {
    let step = (before.abs() / 10).max(200);
    before + random.between(step, 3 * step)
}

fn is_amount(figure: &Figure) -> bool {
    figure.measure == Measure::Amount
}

#[test]
fn a_consistent_department_has_no_error_and_no_warning() {
    let catalog = catalog();
    for seed in 0..seeds() {
        let package = Maker::package(seed);
        let report = check(&package, &catalog, &[]);
        let grave = messages(&report, Severity::Warning);
        assert!(grave.is_empty(), "seed {seed}\n{}", grave.join("\n"));
        assert!(report.relations.len() > 400, "{}", report.relations.len());
    }
}

#[test]
fn an_amount_in_a_function_table_is_found_as_one_error() {
    let cell = |figure: &Figure| {
        is_amount(figure) && figure.place.table.as_deref().is_some_and(|t| t.ends_with("出决算表") && !t.contains('“'))
    };
    plant(cell, other_amount, true);
}

#[test]
fn a_total_in_a_table_is_found_as_one_error() {
    let total = |figure: &Figure| {
        is_amount(figure)
            && figure.place.row.as_deref().is_some_and(|r| r.contains('计'))
            && !figure.place.table.as_deref().is_some_and(|t| t.contains('“'))
    };
    plant(total, other_amount, true);
}

#[test]
fn an_amount_in_the_text_is_found_as_one_error() {
    let text = |figure: &Figure| {
        let meaning = &figure.meanings[0];
        is_amount(figure)
            && figure.place.table.is_none()
            && meaning.get(Dimension::Stage).is_none()
            && meaning.get(Dimension::Theme) != Some("国内接待")
    };
    plant(text, other_amount, true);
}

#[test]
fn a_growth_rate_is_found_as_one_error() {
    plant(|f| matches!(f.measure, Measure::Growth(_)), |before, random| before + random.between(15, 60), true);
}

#[test]
fn a_share_is_found_as_one_error() {
    plant(|f| matches!(f.measure, Measure::Share { .. }), |before, random| before - random.between(15, 60), true);
}

#[test]
fn a_completion_rate_is_found_as_one_error() {
    plant(|f| matches!(f.measure, Measure::Completion(_)), |before, random| before + random.between(20, 90), true);
}

#[test]
fn a_percentage_wrong_by_less_than_a_point_is_a_warning() {
    let catalog = catalog();
    for seed in 0..seeds() {
        let mut package = Maker::package(seed);
        let growth = figures(&package, |f| matches!(f.measure, Measure::Growth(_)));
        replant(&mut package, growth[0], |before| before + 5);
        let report = check(&package, &catalog, &[]);
        assert!(found(&report, &package, growth[0]), "{seed}");
        assert_eq!(errors(&report), 0, "{seed}: {:?}", messages(&report, Severity::Error));
    }
}

#[test]
fn a_count_of_nothing_beside_an_amount_is_found() {
    plant(|f| f.measure == Measure::Count && f.meanings[0].get(Dimension::Item) == Some("团组"), |_, _| 0, false);
}

#[test]
fn a_direction_word_against_its_figures_is_an_error() {
    let catalog = catalog();
    for seed in 0..seeds() {
        let mut package = Maker::package(seed);
        let (number, place) = {
            let up_or_down = |s: &Statement| matches!(s, Statement::Up(_) | Statement::Down(_));
            let (number, claim) = package.claims.iter().enumerate().find(|(_, c)| up_or_down(&c.statement)).unwrap();
            (number, claim.place.clone())
        };
        let statement = &mut package.claims[number].statement;
        *statement = match statement.clone() {
            Statement::Up(against) => Statement::Down(against),
            Statement::Down(against) => Statement::Up(against),
            other => other,
        };
        let report = check(&package, &catalog, &[]);
        assert_eq!(errors(&report), 1, "{seed}: {:?}", messages(&report, Severity::Error));
        assert!(
            report.findings.iter().any(|f| f.severity == Severity::Error && f.places().any(|other| *other == place)),
            "{seed}"
        );
    }
}

#[test]
fn two_figures_in_each_others_place_are_one_error() {
    let catalog = catalog();
    let mut faults = Vec::new();
    for seed in 0..seeds() {
        let mut package = Maker::package(seed);
        let text =
            figures(&package, |f| is_amount(f) && f.place.section.as_deref().is_some_and(|s| s.starts_with('六')));
        let (a, b) = (text[1], text[2]);
        let (x, y) = (mantissa(package.figure(a).unwrap()), mantissa(package.figure(b).unwrap()));
        replant(&mut package, a, |_| y);
        replant(&mut package, b, |_| x);
        let report = check(&package, &catalog, &[]);
        let cause = report.findings.iter().any(|f| matches!(f.cause, Some(Cause::Exchanged { .. })));
        if errors(&report) != 1 || !cause || !found(&report, &package, a) || !found(&report, &package, b) {
            faults.push(format!("seed {seed}: {x} ↔ {y}\n  {}", messages(&report, Severity::Warning).join("\n  ")));
        }
    }
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.iter().take(4).cloned().collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_figure_that_cannot_be_read_is_never_an_error() {
    let catalog = catalog();
    for seed in 0..seeds() {
        let mut package = Maker::package(seed);
        let mut random = Random(seed ^ 0xB1AD);
        let id = *random.pick(&figures(&package, |_| true));
        package.figures[id.0 as usize].cell = Cell::Unreadable;
        let report = check(&package, &catalog, &[]);
        let grave = messages(&report, Severity::Warning);
        assert!(grave.is_empty(), "seed {seed}\n{}", grave.join("\n"));
        assert!(
            report.relations.iter().any(|r| r.verdict == juesuan_model::Verdict::Unreadable),
            "{seed}: {}",
            package.figure(id).unwrap().place
        );
    }
}
