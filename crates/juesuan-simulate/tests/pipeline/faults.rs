//! One fault of each kind in each package: exactly one error or warning, and it names what was planted.

#![allow(clippy::indexing_slicing, clippy::string_slice, reason = "a test that finds no such place has failed")]

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::relation::Form;
use juesuan_model::{Cell, Figure, FigureId, Measure, Package, Place, Statement, Unit, Verdict};
use juesuan_simulate::random::Random;
use juesuan_write::report::ToldFinding;

use crate::made::{ALL, checked, grave};

/// A kind of fault: its name, and how it is put into a package; `None` where the package has nothing of the kind. What comes
/// back is the places of which one must be named.
type Fault = (&'static str, fn(Target<'_>, &mut Random) -> Option<Vec<Place>>);

/// A package and those of its figures that something is compared with: a fault in another cannot be found.
type Target<'a> = (&'a mut Package, &'a BTreeSet<FigureId>);

const FAULTS: [Fault; 11] = [
    ("表中一个数字录错", |p, r| change(p, r, |f| is_amount(f) && in_table(f) && !is_total(f), wrong_digit)),
    ("表中合计录错", |p, r| change(p, r, |f| is_amount(f) && in_table(f) && is_total(f), wrong_digit)),
    ("文字中金额录错", |p, r| change(p, r, |f| is_amount(f) && !in_table(f), wrong_digit)),
    ("小数点错一位", |p, r| change(p, r, is_amount, |n, _| n * 10)),
    ("两列互换", swapped),
    ("增减率算错", |p, r| change(p, r, |f| matches!(f.measure, Measure::Growth(_)), |n, r| n + r.between(12, 90))),
    ("占比算错", |p, r| {
        change(p, r, |f| matches!(f.measure, Measure::Share { .. }), |n, r| (n - r.between(12, 90)).abs())
    }),
    ("完成率算错", |p, r| {
        change(p, r, |f| matches!(f.measure, Measure::Completion(_)), |n, r| n + r.between(12, 90))
    }),
    ("方向词写反", reversed),
    ("个数漏填", |p, r| change(p, r, |f| f.measure == Measure::Count, |_, _| 0)),
    ("缺原因", without_cause),
];

fn is_amount(figure: &Figure) -> bool {
    figure.measure == Measure::Amount
}

fn in_table(figure: &Figure) -> bool {
    figure.place.table.is_some()
}

fn is_total(figure: &Figure) -> bool {
    [&figure.place.row, &figure.place.column].into_iter().flatten().any(|name| name.contains('计'))
}

/// Another digit at one of the first places.
fn wrong_digit(mantissa: i64, random: &mut Random) -> i64 {
    let digits = u32::try_from(mantissa.abs().to_string().len()).unwrap();
    let place = 10i64.pow(digits - 1 - u32::try_from(random.between(0, i64::from(digits.min(3)) - 1)).unwrap());
    let digit = mantissa.abs() / place % 10;
    let other = (digit + random.between(1, 9)) % 10;
    mantissa + mantissa.signum() * (other - digit) * place
}

fn printed(figure: &Figure) -> i64 {
    figure.cell.number().map_or(0, |printed| printed.mantissa)
}

fn pick<T: Clone>(random: &mut Random, from: &[T]) -> Option<T> {
    let last = i64::try_from(from.len()).unwrap() - 1;
    from.get(usize::try_from(random.between(0, last)).unwrap()).cloned()
}

fn set(package: &mut Package, id: FigureId, mantissa: i64) {
    if let Cell::Number(printed) = &mut package.figures[id.0 as usize].cell {
        printed.mantissa = mantissa;
    }
}

fn change(
    (package, compared): Target<'_>,
    random: &mut Random,
    wanted: impl Fn(&Figure) -> bool,
    wrong: impl Fn(i64, &mut Random) -> i64,
) -> Option<Vec<Place>> {
    // Below 0.50 万元 a wrong digit is within rounding of the sums around it.
    let large = |f: &Figure| f.measure != Measure::Amount || printed(f).abs() >= 50;
    let ids = (0..).zip(&package.figures).filter(|(_, f)| wanted(f) && printed(f) != 0 && large(f));
    let ids: Vec<FigureId> = ids.map(|(id, _)| FigureId(id)).filter(|id| compared.contains(id)).collect();
    let id = pick(random, &ids)?;
    let figure = package.figure(id)?;
    let place = figure.place.clone();
    let wrong = wrong(printed(figure), random);
    set(package, id, wrong);
    Some(vec![place])
}

/// Two cells of one row of one table change places.
fn swapped((package, compared): Target<'_>, random: &mut Random) -> Option<Vec<Place>> {
    let mut rows: BTreeMap<(&str, &str), Vec<FigureId>> = BTreeMap::new();
    for (id, figure) in (0..).zip(&package.figures) {
        let money = figure.cell.number().is_some_and(|printed| printed.unit == Unit::WanYuan);
        if let (Some(table), Some(row), true) = (&figure.place.table, &figure.place.row, money && printed(figure) != 0)
        {
            rows.entry((table, row)).or_default().push(FigureId(id));
        }
    }
    let apart = |a: FigureId, b: FigureId| {
        let (a, b) = (&package.figures[a.0 as usize], &package.figures[b.0 as usize]);
        (printed(a) - printed(b)).abs() > 50 && a.meanings != b.meanings
    };
    let pairs: Vec<(FigureId, FigureId)> = rows
        .values()
        .flat_map(|row| row.windows(2))
        .filter(|w| apart(w[0], w[1]) && w.iter().all(|id| compared.contains(id)))
        .map(|w| (w[0], w[1]))
        .collect();
    let (a, b) = pick(random, &pairs)?;
    let (left, right) = (printed(package.figure(a)?), printed(package.figure(b)?));
    set(package, a, right);
    set(package, b, left);
    Some(vec![package.figure(a)?.place.clone(), package.figure(b)?.place.clone()])
}

/// 增加 becomes 减少, 大于 becomes 小于, and the other way round.
fn reversed((package, _): Target<'_>, random: &mut Random) -> Option<Vec<Place>> {
    let directed = |s: &Statement| matches!(s, Statement::Up(_) | Statement::Down(_));
    let ids: Vec<usize> = (0..package.claims.len()).filter(|i| directed(&package.claims[*i].statement)).collect();
    let claim = &mut package.claims[pick(random, &ids)?];
    claim.statement = match claim.statement.clone() {
        Statement::Up(against) => Statement::Down(against),
        Statement::Down(against) => Statement::Up(against),
        other => other,
    };
    Some(vec![claim.place.clone()])
}

fn without_cause((package, _): Target<'_>, random: &mut Random) -> Option<Vec<Place>> {
    let cause = |s: &Statement| matches!(s, Statement::Cause(..));
    let ids: Vec<usize> = (0..package.claims.len()).filter(|i| cause(&package.claims[*i].statement)).collect();
    let claim = &mut package.claims[pick(random, &ids)?];
    if let Statement::Cause(against, _) = claim.statement {
        claim.statement = Statement::CauseMissing(against);
    }
    Some(vec![claim.place.clone()])
}

/// The figures of a relation that holds and that a wrong one may break: those that are added up or divided. What only a
/// condition speaks of (a sign, a range) may be wrong unnoticed.
fn compared(package: &Package) -> BTreeSet<FigureId> {
    let held = checked(package).relations.into_iter().filter(|r| r.verdict == Verdict::Holds);
    let tied = held.filter(|r| matches!(r.form, Form::Linear { .. } | Form::Quotient { .. }));
    tied.flat_map(|relation| relation.figures()).collect()
}

/// True if one finding names the fault and no other is grave.
fn as_demanded(found: &[ToldFinding], places: &[Place]) -> bool {
    matches!(found, [one] if one.places.iter().any(|place| places.contains(place)))
}

#[test]
fn each_planted_fault_is_one_finding_that_names_it() {
    let (mut missed, mut faults) = (Vec::new(), 0);
    let packages: Vec<(u64, &Package, BTreeSet<FigureId>)> =
        ALL.iter().flat_map(|made| made.faulty().map(|p| (made.seed, p, compared(p)))).collect();
    for (kind, plant) in FAULTS {
        let (mut planted, mut alone, mut named) = (0, 0, 0);
        for (seed, package, compared) in &packages {
            let mut faulty = (*package).clone();
            let mut random = Random::named(*seed, &format!("{kind}{}", package.entity.name));
            let Some(places) = plant((&mut faulty, compared), &mut random) else { continue };
            let found = grave(&faulty);
            if *seed == 0 {
                found.iter().for_each(|f| println!("  {}", f.message));
            }
            planted += 1;
            faults += 1;
            named += usize::from(found.iter().any(|f| f.places.iter().any(|place| places.contains(place))));
            if as_demanded(&found, &places) {
                alone += 1;
            } else {
                let told: Vec<String> = found.iter().map(|f| format!("    {} {}", f.code, f.message)).collect();
                missed.push(format!("{kind} seed {seed} {}: {}\n{}", package.entity.name, places[0], told.join("\n")));
            }
        }
        println!("{kind}: {planted} planted, {named} named, {alone} alone");
    }
    assert!(faults > 80 && missed.is_empty(), "{} of {faults}\n{}", missed.len(), missed.join("\n"));
}
