//! How grave a fault is: little things are warnings, what cannot be read is none, and two figures in each other's place are told
//! as that.

#![allow(clippy::indexing_slicing, clippy::string_slice, reason = "a test that finds no such place has failed")]

use juesuan_model::{Cause, Cell, Dimension, Figure, FigureId, Measure, Package, Severity, Verdict};
use juesuan_simulate::random::Random;

use crate::made::{ALL, checked, grave};

/// Figures that print something other than zero.
fn figures(package: &Package, wanted: impl Fn(&Figure) -> bool) -> Vec<FigureId> {
    (0..).zip(&package.figures).filter(|(_, f)| wanted(f) && mantissa(f) != 0).map(|(id, _)| FigureId(id)).collect()
}

fn mantissa(figure: &Figure) -> i64 {
    figure.cell.number().map_or(0, |printed| printed.mantissa)
}

fn set(package: &mut Package, id: FigureId, mantissa: i64) {
    if let Cell::Number(printed) = &mut package.figures[id.0 as usize].cell {
        printed.mantissa = mantissa;
    }
}

#[test]
fn a_percentage_wrong_by_less_than_a_point_is_a_warning() {
    let mut planted = 0;
    for made in ALL.iter() {
        let mut package = made.accounts.department.clone();
        let growth = |f: &Figure| matches!(f.measure, Measure::Growth(_)) && f.place.table.is_none();
        let Some(id) = figures(&package, growth).first().copied() else { continue };
        let figure = package.figure(id).unwrap();
        let (place, tenths) = (figure.place.clone(), figure.cell.number().unwrap().decimals.min(1));
        let before = mantissa(figure);
        if tenths == 0 {
            continue;
        }
        let unit = 10i64.pow(u32::from(figure.cell.number().unwrap().decimals - 1));
        set(&mut package, id, before + 5 * unit);
        let found = grave(&package);
        let told: Vec<String> = found.iter().map(|f| format!("{:?} {}", f.severity, f.message)).collect();
        assert!(found.iter().all(|f| f.severity == Severity::Warning), "seed {}: {}", made.seed, told.join("\n"));
        assert!(found.iter().any(|f| f.places.contains(&place)), "seed {}: {}", made.seed, told.join("\n"));
        planted += 1;
    }
    assert!(planted > 2, "{planted}");
}

#[test]
fn two_figures_in_each_others_place_are_one_error_with_that_cause() {
    let mut planted = 0;
    for made in ALL.iter() {
        let mut package = made.accounts.department.clone();
        let nature = |name: &str| {
            let named = |f: &Figure| f.meanings.iter().all(|m| m.get(Dimension::Nature) == Some(name));
            let whole = |f: &Figure| f.meanings.iter().all(|m| m.get(Dimension::Economic).is_none());
            let text = |f: &Figure| f.measure == Measure::Amount && f.place.table.is_none();
            figures(&package, |f| named(f) && whole(f) && text(f)).first().copied()
        };
        let (Some(a), Some(b)) = (nature("人员经费"), nature("公用经费")) else { continue };
        let [x, y] = [a, b].map(|id| mantissa(package.figure(id).unwrap()));
        set(&mut package, a, y);
        set(&mut package, b, x);
        let report = checked(&package);
        let errors: Vec<_> = report.findings.iter().filter(|f| f.severity == Severity::Error).collect();
        let exchanged = matches!(errors.as_slice(), [one] if matches!(one.cause, Some(Cause::Exchanged { .. })));
        let told: Vec<String> = errors.iter().map(|f| format!("{} {:?}", f.key.0, f.cause)).collect();
        assert!(exchanged, "seed {}: {x} ↔ {y} {told:#?}", made.seed);
        planted += 1;
    }
    assert!(planted > 2, "{planted}");
}

#[test]
fn a_figure_that_cannot_be_read_is_never_an_error() {
    for made in ALL.iter() {
        let mut package = made.accounts.department.clone();
        let all = figures(&package, |_| true);
        let mut random = Random::named(made.seed, "unreadable");
        let last = i64::try_from(all.len()).unwrap() - 1;
        let id = all[usize::try_from(random.between(0, last)).unwrap()];
        package.figures[id.0 as usize].cell = Cell::Unreadable;
        let told: Vec<String> = grave(&package).iter().map(|f| f.message.clone()).collect();
        let place = &package.figure(id).unwrap().place;
        assert!(told.is_empty(), "seed {} {place}\n{}", made.seed, told.join("\n"));
        let unreadable = checked(&package).relations.iter().any(|r| r.verdict == Verdict::Unreadable);
        assert!(unreadable, "seed {} {place}", made.seed);
    }
}
