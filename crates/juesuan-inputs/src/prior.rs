//! `prior/package.json`: last year's package, as this program wrote it.

use std::collections::BTreeMap;

use juesuan_facts::department::Department;
use juesuan_facts::{Amount, Fact, Facts};
use juesuan_model::{Cell, Dimension, Meaning, Measure, Package, Place, Problem, Unit};

/// Path of last year's package inside the folder.
pub const PACKAGE: &str = "prior/package.json";

/// States last year's amounts and counts: a figure without a year gets the year of that package. An exact amount is
/// preferred to a print of it.
pub fn state(package: &Package, department: &Department, facts: &mut Facts, problems: &mut Vec<Problem>) {
    let year = package.entity.year;
    if u32::from(year) + 1 != u32::from(department.year) {
        let message =
            format!("这是 {year} 年度的决算；上年应为 {} 年度，请换文件", u32::from(department.year).saturating_sub(1));
        problems.push(Problem::fatal(place(), message));
        return;
    }
    if package.entity.name != department.name {
        let message = format!("这是“{}”的决算，不是“{}”的；如果是更名，可以不管", package.entity.name, department.name);
        problems.push(Problem::doubt(place(), message));
    }
    let mut known: BTreeMap<Meaning, Amount> = BTreeMap::new();
    for figure in &package.figures {
        let amount = match (&figure.measure, figure.exact_fen, figure.cell) {
            (Measure::Amount, Some(money), _) => Amount::Exact(money),
            (Measure::Amount, None, Cell::Number(printed)) if printed.unit.fen().is_some() => Amount::Printed(printed),
            (Measure::Count, _, Cell::Number(printed)) if printed.unit == Unit::Piece && printed.decimals == 0 => {
                Amount::Count(printed.mantissa)
            }
            _ => continue,
        };
        for meaning in &figure.meanings {
            let meaning = match meaning.get(Dimension::Year) {
                None => meaning.clone().with(Dimension::Year, year.to_string()),
                Some(_) => meaning.clone(),
            };
            let better = |old: &Amount| old.exact().is_none() && amount.exact().is_some();
            if known.get(&meaning).is_none_or(better) {
                known.insert(meaning, amount);
            }
        }
    }
    for (meaning, amount) in known {
        facts.state(meaning, Fact { amount, place: place(), form: String::new() });
    }
}

fn place() -> Place {
    Place { file: Some(PACKAGE.to_owned()), ..Place::default() }
}
