//! Published documents of departments that nobody has, read and checked: nothing is found in what is right.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

#[path = "../published/mod.rs"]
mod published;

use juesuan_model::{Against, Dimension, Figure, Meaning, Measure, Money, Package, Printed, Unit};
use juesuan_write::report::ToldFinding;
use published::{ALL, FORMATS, Way, grave, read, written};

/// Meanings, measure and value as one line, without zeros at the end of the value.
fn told(figure: &Figure) -> Option<String> {
    let mut meanings: Vec<String> = figure.meanings.iter().map(Meaning::to_string).collect();
    meanings.sort();
    let printed = figure.cell.number()?;
    // A workbook keeps the amount to the 分 behind what it shows.
    let money = |money: Money| Printed::from_money(money, printed.unit, 2);
    let printed = printed.money().filter(|_| printed.unit == Unit::WanYuan).map_or(printed, money);
    Some(format!("{} {:?} {}{}", meanings.join("+"), figure.measure, printed.digits_trimmed(), printed.unit.word()))
}

/// How many of the figures that a format shows are read with their meanings, and the others.
fn read_again(package: &Package, read: &Package, way: Way) -> (usize, Vec<String>) {
    let mut left: Vec<String> = read.figures.iter().filter_map(told).collect();
    let (mut hit, mut missed) = (0, Vec::new());
    for id in published::printed(package, way) {
        let Some(told) = package.figure(id).and_then(told) else { continue };
        match left.iter().position(|other| *other == told) {
            Some(at) => {
                left.swap_remove(at);
                hit += 1;
            }
            None => missed.push(told),
        }
    }
    (hit, missed)
}

/// A made department may spend more than its whole budget of the year; that the text says so is worth a finding.
fn told_rightly(package: &Package, finding: &ToldFinding) -> bool {
    let over = |f: &Figure| {
        let whole = f.meanings.iter().all(|m| m.coordinates().eq([(Dimension::Item, "支出")]));
        let rate = f.cell.number().map(|n| n.interval().low);
        let hundred = Printed { mantissa: 10_000, decimals: 2, unit: Unit::Percent }.interval().high;
        whole && f.measure == Measure::Completion(Against::FullYearBudget) && rate > Some(hundred)
    };
    finding.code == "PF101" && package.figures.iter().any(over)
}

#[test]
fn what_is_right_is_read_as_it_was_meant_and_nothing_is_found_in_it() {
    let mut wrong = Vec::new();
    println!("format | seed | figures | read again | errors and warnings");
    for way in FORMATS {
        let results: Vec<(u64, usize, Vec<String>, Vec<String>)> = published::each(&ALL, |made| {
            let package = &made.accounts.department;
            let pages = written(package, &package.document, way, made.seed);
            let read = read(&pages);
            let (hit, missed) = read_again(package, &read.package, way);
            let found = grave(&read.package)
                .into_iter()
                .filter(|f| !told_rightly(package, f))
                .map(|f| format!("{} {}", f.code, f.message))
                .collect();
            (made.seed, hit, missed, found)
        });
        for (seed, hit, missed, found) in results {
            let all = hit + missed.len();
            println!("{} | {seed} | {all} | {hit} | {}", way.name(), found.len());
            missed.iter().for_each(|line| println!("    missed {line}"));
            found.iter().for_each(|line| println!("    found {line}"));
            // A zero that a page leaves out cannot be read.
            if all == 0 || hit * 100 < all * 99 {
                wrong.push(format!("{} seed {seed}: {hit} of {all} figures read", way.name()));
            }
            wrong.extend(found.iter().map(|line| format!("{} seed {seed}: {line}", way.name())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
