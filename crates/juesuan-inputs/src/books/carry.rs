//! Carry-over of one unit: opening, closing, and whether the closing of the books says the same.

use std::collections::BTreeMap;

use juesuan_catalog::{Catalog, Side};
use juesuan_model::{Money, Place, Problem};
use juesuan_text::{element, element_mut};
use rustc_hash::FxHashMap;

use super::key::{Key, Symbol};
use super::ledger::{Carry, Ledger, net};
use super::merge::Booked;
use super::opening::Opening;

/// Where the books come from, for problems.
pub struct FileNames<'a> {
    /// Names of all files.
    pub names: &'a [String],
}

impl FileNames<'_> {
    /// Where an amount was first met.
    pub fn place(&self, amount: &Booked) -> Place {
        Place {
            file: self.names.get(usize::from(amount.file)).cloned(),
            line: Some(amount.line.saturating_add(1)),
            ..Place::default()
        }
    }
}

/// Carry-over of every unit. `moved` are the year's entries on its accounts outside the closing, `closed` those inside.
pub fn carry(
    ledger: &Ledger,
    catalog: &Catalog,
    opening: &Opening,
    (moved, closed): (&FxHashMap<Key, Booked>, &FxHashMap<Key, Booked>),
    files: &FileNames<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<Carry> {
    let mut all: Vec<Carry> = (0..ledger.units.len()).map(|_| Carry::default()).collect();
    let pot = |key: &Key| (key.fund, key.function, key.project);
    let given = of_units(&opening.adjustments, ledger.units.len());
    let booked = of_units(moved, ledger.units.len());
    for (key, amount) in opening.balances.iter().chain(&opening.adjustments) {
        *element_mut(&mut all, key.unit as usize).opening.entry(pot(key)).or_default() += amount.credit;
    }
    for (unit, (given, booked)) in given.iter().zip(&booked).enumerate() {
        match (given, booked) {
            // The file of opening balances has the adjustments: the vouchers must say the same and add nothing.
            (Some((amount, at)), Some((vouchers, _))) if amount != vouchers => problems.push(Problem::fatal(
                files.place(at),
                format!(
                    "{}的年初余额调整合计 {} 元，凭证里年初结转和结余科目的变动合计 {} 元，两处不一致；请核对",
                    element(&ledger.units, unit).name,
                    Money(*amount),
                    Money(*vouchers)
                ),
            )),
            (None, Some(_)) => {
                for (key, amount) in moved.iter().filter(|(key, _)| key.unit as usize == unit) {
                    *element_mut(&mut all, unit).opening.entry(pot(key)).or_default() += net(Side::CarryOver, amount);
                }
            }
            _ => {}
        }
    }
    for ((unit, carry), given) in (0_u32..).zip(&mut all).zip(&given) {
        carry.closing = carry.opening.clone();
        for (key, amount) in ledger.flows_of(unit) {
            let side = element(&catalog.accounts.accounts, usize::from(key.account)).side;
            let change = match side {
                Side::Income | Side::SurplusUse => net(side, amount),
                Side::Expense | Side::Distribution => -net(side, amount),
                Side::Cash | Side::CarryOver | Side::Operating | Side::Closing => continue,
            };
            *carry.closing.entry(pot(key)).or_default() += change;
        }
        fold_projects(carry);
        carry.opening.retain(|_, amount| *amount != 0);
        carry.closing.retain(|_, amount| *amount != 0);
        overdrawn(ledger, catalog, unit, carry, problems);
        compare_closing(ledger, unit, carry, (opening, moved, closed), given.is_some(), files, problems);
    }
    all
}

/// Money of a fund and function where income does not say for which project it came: kept without projects, since the
/// project's closing would be negative.
fn fold_projects(carry: &mut Carry) {
    let split: Vec<(Symbol, Symbol)> = carry
        .closing
        .iter()
        .filter(|(_, amount)| **amount < 0)
        .map(|((fund, function, _), _)| (*fund, *function))
        .collect();
    for pots in [&mut carry.opening, &mut carry.closing] {
        let mut folded = BTreeMap::new();
        for ((fund, function, project), amount) in std::mem::take(pots) {
            let project = if split.contains(&(fund, function)) { 0 } else { project };
            *folded.entry((fund, function, project)).or_default() += amount;
        }
        *pots = folded;
    }
}

/// Fiscal money cannot be overdrawn.
fn overdrawn(ledger: &Ledger, catalog: &Catalog, unit: u32, carry: &Carry, problems: &mut Vec<Problem>) {
    let fiscal = |fund: Symbol| {
        let name = ledger.symbols.text(fund);
        catalog.accounts.accounts.iter().filter(|a| a.side == Side::CarryOver).filter_map(|a| a.fund.as_deref()).any(
            |region| region != name.as_ref() && catalog.trees.contains(juesuan_model::Dimension::Fund, region, name),
        )
    };
    for ((fund, function, _), amount) in
        carry.closing.iter().filter(|((fund, ..), amount)| **amount < 0 && fiscal(*fund))
    {
        problems.push(Problem::doubt(
            Place { file: Some("books".to_owned()), ..Place::default() },
            format!(
                "{}的{} 功能科目 {} 年末结转和结余为 {} 元，财政拨款不能超支；请核对年初余额、收入和支出的资金性质与科目",
                element(&ledger.units, unit as usize).name,
                ledger.symbols.text(*fund),
                ledger.symbols.text(*function),
                Money(*amount)
            ),
        ));
    }
}

/// Total of each unit with its first place; `None` where there is no entry.
fn of_units(amounts: &FxHashMap<Key, Booked>, units: usize) -> Vec<Option<(i64, &Booked)>> {
    let mut totals: Vec<Option<(i64, &Booked)>> = vec![None; units];
    for (key, amount) in amounts {
        let Some(total) = totals.get_mut(key.unit as usize) else {
            continue;
        };
        let (sum, first) = total.get_or_insert((0, amount));
        *sum += net(Side::CarryOver, amount);
        if (amount.file, amount.line) < (first.file, first.line) {
            *first = amount;
        }
    }
    totals
}

/// Where the vouchers close the year, opening + all entries on the accounts of carry-over must be the closing that
/// follows from income and expense. By fund and function if all entries have both, else in total.
fn compare_closing(
    ledger: &Ledger,
    unit: u32,
    carry: &Carry,
    (opening, moved, closed): (&Opening, &FxHashMap<Key, Booked>, &FxHashMap<Key, Booked>),
    adjusted_by_file: bool,
    files: &FileNames<'_>,
    problems: &mut Vec<Problem>,
) {
    let of_unit = |(key, _): &(&Key, &Booked)| key.unit == unit;
    let Some((_, first)) = closed.iter().filter(of_unit).min_by_key(|(_, amount)| (amount.file, amount.line)) else {
        return;
    };
    // Distribution and use of surplus often carry no function; then only the total can be compared.
    let exact = closed.iter().filter(of_unit).all(|(key, _)| key.fund != 0 && key.function != 0)
        && carry.closing.keys().all(|(fund, function, _)| *fund != 0 && *function != 0);
    let pot = |fund: Symbol, function: Symbol| if exact { (fund, function) } else { (0, 0) };
    let mut differences: BTreeMap<(Symbol, Symbol), (i64, i64)> = BTreeMap::new();
    for ((fund, function, _), amount) in &carry.closing {
        differences.entry(pot(*fund, *function)).or_default().0 += amount;
    }
    let adjustments = if adjusted_by_file { &opening.adjustments } else { moved };
    for (key, amount) in [&opening.balances, adjustments, closed].into_iter().flatten().filter(of_unit) {
        differences.entry(pot(key.fund, key.function)).or_default().1 += net(Side::CarryOver, amount);
    }
    for ((fund, function), (follows, stated)) in differences.into_iter().filter(|(_, (a, b))| a != b) {
        let what = if exact {
            format!("{} 功能科目 {}", ledger.symbols.text(fund), ledger.symbols.text(function))
        } else {
            "全部资金".to_owned()
        };
        let here = |(key, _): &(&Key, &Booked)| pot(key.fund, key.function) == (fund, function);
        let entries = closed.iter().filter(of_unit).filter(here).map(|(_, amount)| amount);
        let at = entries.min_by_key(|amount| (amount.file, amount.line)).unwrap_or(first);
        problems.push(Problem::fatal(
            files.place(at),
            format!(
                "{} {what}：按年初加收入减支出推算，年末结转和结余应为 {} 元，结转凭证结出 {} 元，相差 {} 元；请核对结转凭证和年初余额",
                element(&ledger.units, unit as usize).name,
                Money(follows),
                Money(stated),
                Money(stated - follows)
            ),
        ));
    }
}
