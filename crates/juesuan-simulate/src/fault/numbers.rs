//! Wrong figures.

use juesuan_model::{Document, Figure, Measure, Printed, Unit};

use super::scene::{At, Printing, Scene, pick, spot, text_at};
use super::{Fault, Spot};
use crate::random::Random;

/// Below 0.50 a wrong digit is within rounding of the sums around it.
const LEAST: i64 = 50;

/// All kinds.
pub const FAULTS: [Fault; 11] = [
    Fault {
        name: "表内合计错",
        codes: &[],
        plant: |d, s, r| changed(d, s, r, |p| in_table(p) && is_total(p), wrong_digit),
    },
    Fault {
        name: "表内一项错",
        codes: &[],
        plant: |d, s, r| changed(d, s, r, |p| in_table(p) && !is_total(p), wrong_digit),
    },
    Fault { name: "表内两数互换", codes: &[], plant: swapped },
    Fault { name: "文字金额错", codes: &[], plant: |d, s, r| changed(d, s, r, |p| !in_table(p), wrong_digit) },
    Fault { name: "小数点错一位", codes: &[], plant: |d, s, r| changed(d, s, r, |_| true, |n, _| n * 10) },
    Fault {
        name: "漏一位数字", codes: &[], plant: |d, s, r| changed(d, s, r, |_| true, |n, _| n / 100 * 10 + n % 10)
    },
    Fault { name: "写成上年数", codes: &[], plant: last_year },
    Fault { name: "增减率错", codes: &[], plant: |d, s, r| percent(d, s, r, |m| matches!(m, Measure::Growth(_))) },
    Fault { name: "占比错", codes: &[], plant: |d, s, r| percent(d, s, r, |m| matches!(m, Measure::Share { .. })) },
    Fault {
        name: "完成率错", codes: &[], plant: |d, s, r| percent(d, s, r, |m| matches!(m, Measure::Completion(_)))
    },
    Fault { name: "个数错", codes: &[], plant: count },
];

fn in_table(printing: &Printing<'_>) -> bool {
    matches!(printing.at, At::Cell(..))
}

fn is_total(printing: &Printing<'_>) -> bool {
    let place = &printing.figure.place;
    [&place.row, &place.column].into_iter().flatten().any(|name| name.contains('计'))
}

/// The number printed there, as it stands.
fn number(figure: &Figure) -> Option<Printed> {
    figure.cell.number().map(|printed| Printed { mantissa: printed.mantissa.abs(), ..printed })
}

/// Another digit at one of the first places.
fn wrong_digit(mantissa: i64, random: &mut Random) -> i64 {
    let digits = u32::try_from(mantissa.to_string().len()).unwrap_or(1);
    let last = i64::from(digits.min(3)) - 1;
    let place = 10i64.pow(digits - 1 - u32::try_from(random.between(0, last)).unwrap_or(0));
    let digit = mantissa / place % 10;
    let other = (digit + random.between(1, 9)) % 10;
    mantissa + (other - digit) * place
}

/// Writes other digits at a place.
fn put(document: &mut Document, printing: &Printing<'_>, mantissa: i64) -> Option<Spot> {
    let printed = number(printing.figure)?;
    let wrong = Printed { mantissa, ..printed };
    let digits = if in_table(printing) { wrong.digits() } else { wrong.digits_trimmed() };
    *text_at(document, printing.at)? = digits;
    spot(document, printing.at)
}

fn changed(
    document: &mut Document,
    scene: &Scene<'_>,
    random: &mut Random,
    wanted: fn(&Printing<'_>) -> bool,
    wrong: fn(i64, &mut Random) -> i64,
) -> Option<Spot> {
    let large = |p: &Printing<'_>| number(p.figure).is_some_and(|n| n.mantissa >= LEAST);
    let mut all = scene.printings(document);
    all.retain(|p| p.figure.measure == Measure::Amount && large(p) && wanted(p));
    let printing = pick(random, &all)?;
    let right = number(printing.figure)?.mantissa;
    let mut value = wrong(right, random);
    if (value - right).abs() < LEAST {
        value = right * 10;
    }
    put(document, &printing, value)
}

fn percent(
    document: &mut Document,
    scene: &Scene<'_>,
    random: &mut Random,
    wanted: fn(&Measure) -> bool,
) -> Option<Spot> {
    let mut all = scene.printings(document);
    all.retain(|p| wanted(&p.figure.measure) && number(p.figure).is_some_and(|n| n.mantissa > 0));
    let printing = pick(random, &all)?;
    let right = number(printing.figure)?;
    let step = if right.decimals == 0 { random.between(2, 9) } else { random.between(12, 90) };
    put(document, &printing, right.mantissa + step * 10i64.pow(u32::from(right.decimals.saturating_sub(1))))
}

fn count(document: &mut Document, scene: &Scene<'_>, random: &mut Random) -> Option<Spot> {
    let mut all = scene.printings(document);
    all.retain(|p| p.figure.measure == Measure::Count && number(p.figure).is_some_and(|n| n.mantissa > 1));
    let printing = pick(random, &all)?;
    put(document, &printing, 0)
}

/// Two cells of one row of one table change places.
fn swapped(document: &mut Document, scene: &Scene<'_>, random: &mut Random) -> Option<Spot> {
    let mut all = scene.printings(document);
    let money = |p: &Printing<'_>| number(p.figure).is_some_and(|n| n.unit == Unit::WanYuan && n.mantissa > 0);
    all.retain(|p| in_table(p) && money(p));
    let row = |at: At| match at {
        At::Cell(p, b, r, _) => Some((p, b, r)),
        At::Run(..) => None,
    };
    let value = |p: &Printing<'_>| number(p.figure).map_or(0, |n| n.mantissa);
    let pairs: Vec<(Printing<'_>, Printing<'_>)> = all
        .array_windows()
        .filter(|[a, b]| row(a.at) == row(b.at) && a.figure.meanings != b.figure.meanings)
        .filter(|[a, b]| (value(a) - value(b)).abs() > LEAST)
        .map(|[a, b]| (*a, *b))
        .collect();
    let (left, right) = pick(random, &pairs)?;
    put(document, &left, value(&right))?;
    put(document, &right, value(&left))
}

/// The amount of the year before, where the text says by how much it changed.
fn last_year(document: &mut Document, scene: &Scene<'_>, random: &mut Random) -> Option<Spot> {
    let all = scene.printings(document);
    let change = |figure: &Figure| {
        let found = scene.package.figures.iter().find(|other| {
            other.meanings == figure.meanings
                && matches!(other.measure, Measure::Change(juesuan_model::Against::PriorYear))
        });
        found.and_then(|other| other.cell.number()).map(|n| n.mantissa)
    };
    let mut pairs: Vec<(Printing<'_>, i64)> = Vec::new();
    for printing in all {
        let amount = number(printing.figure).filter(|_| printing.figure.measure == Measure::Amount);
        if let (Some(amount), Some(change), false) = (amount, change(printing.figure), in_table(&printing))
            && change.abs() > LEAST
        {
            pairs.push((printing, amount.mantissa - change));
        }
    }
    let (printing, value) = pick(random, &pairs)?;
    put(document, &printing, value)
}
