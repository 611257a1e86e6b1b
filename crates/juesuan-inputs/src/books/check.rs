//! What can only be judged once all files are added up.

use std::collections::BTreeMap;

use juesuan_catalog::Side;
use juesuan_model::{Money, Place, Problem};
use juesuan_text::element;
use rustc_hash::{FxHashMap, FxHashSet};

use super::column::Column;
use super::fault::{FaultKind, FileRead, TOLD_MAX};
use super::key::{Key, Symbols};
use super::ledger::{meaning, net};
use super::merge::{Booked, Books};
use super::terms::Terms;

/// The entries that count: of each unit its vouchers, or its balances if it has no vouchers. Where a unit has both,
/// they must agree in income and expense.
pub fn choose(
    books: &mut Books,
    terms: &Terms<'_>,
    files: &mut [FileRead],
    problems: &mut Vec<Problem>,
) -> FxHashMap<Key, Booked> {
    let mut flows = std::mem::take(&mut books.flows);
    let balances = std::mem::take(&mut books.balances);
    if balances.is_empty() {
        return flows;
    }
    closed_balances(&balances, terms, files);
    let with_vouchers: FxHashSet<u32> = flows.keys().map(|key| key.unit).collect();
    let mut differing: Vec<(Key, i64, i64, Booked)> = Vec::new();
    let counts = |key: &Key| matches!(terms.account(*key).side, Side::Income | Side::Expense);
    for (key, amount) in &balances {
        if !with_vouchers.contains(&key.unit) {
            flows.insert(*key, *amount);
            continue;
        }
        let side = terms.account(*key).side;
        let (said, booked) = (net(side, amount), flows.get(key).map_or(0, |vouchers| net(side, vouchers)));
        if counts(key) && said != booked {
            differing.push((*key, booked, said, *amount));
        }
    }
    let units_of_balances: FxHashSet<u32> = balances.keys().map(|key| key.unit).collect();
    for (key, amount) in flows.iter().filter(|(key, _)| units_of_balances.contains(&key.unit)) {
        let booked = net(terms.account(*key).side, amount);
        if counts(key) && booked != 0 && with_vouchers.contains(&key.unit) && !balances.contains_key(key) {
            differing.push((*key, booked, 0, *amount));
        }
    }
    differing.sort_by_key(|(key, _, _, at)| (at.file, at.line, *key));
    let rest = differing.len().saturating_sub(TOLD_MAX);
    for (key, booked, said, at) in differing.into_iter().take(TOLD_MAX) {
        let what = meaning(key, terms.catalog, &books.symbols).map_or_else(String::new, |m| m.to_string());
        let place = Place {
            file: files.get(usize::from(at.file)).map(|file| file.name.clone()),
            line: Some(at.line.saturating_add(1)),
            ..Place::default()
        };
        problems.push(Problem::fatal(
            place,
            format!(
                "{}的{what}：凭证合计 {} 元，发生额表 {} 元，两处不一致；请核对，或只留一种",
                element(&terms.units, key.unit as usize).name,
                Money(booked),
                Money(said)
            ),
        ));
    }
    if rest > 0 {
        let place = Place { file: Some("books".to_owned()), ..Place::default() };
        problems.push(Problem::fatal(place, format!("凭证与发生额表不一致的，另有 {rest} 处没有逐一列出")));
    }
    flows
}

/// Balances of a unit in which every account of income and expense is level: the closing of the year is in them.
fn closed_balances(balances: &FxHashMap<Key, Booked>, terms: &Terms<'_>, files: &mut [FileRead]) {
    let mut units: BTreeMap<u32, (bool, Booked)> = BTreeMap::new();
    for (key, amount) in balances {
        if !matches!(terms.account(*key).side, Side::Income | Side::Expense) {
            continue;
        }
        let (level, first) = units.entry(key.unit).or_insert((true, *amount));
        *level &= amount.debit == amount.credit;
        if (amount.file, amount.line) < (first.file, first.line) {
            *first = *amount;
        }
    }
    for (unit, (_, at)) in units.into_iter().filter(|(_, (level, _))| *level) {
        if let Some(file) = files.get_mut(usize::from(at.file)) {
            let name = &element(&terms.units, unit as usize).name;
            file.faults.add(FaultKind::ClosedBalances, at.line, Some(Column::Debit), || {
                format!("{name}的收入、支出科目借贷方发生额全部相等，像是包含了年末结转；请导出不含结转凭证的发生额")
            });
        }
    }
}

/// Income and expense whose net for the year is below zero. Red-letter entries are normal; a negative year is not.
pub fn negative(flows: &FxHashMap<Key, Booked>, terms: &Terms<'_>, symbols: &Symbols, files: &mut [FileRead]) {
    let first_alike = terms.catalog.accounts.first_alike();
    let mut leaves: FxHashMap<Key, (i64, Booked)> = FxHashMap::default();
    for (key, amount) in flows {
        let side = terms.account(*key).side;
        if !matches!(side, Side::Income | Side::Expense) {
            continue;
        }
        let project = if side == Side::Expense { key.project } else { 0 };
        let leaf = Key { account: *element(&first_alike, usize::from(key.account)), project, counterparty: 0, ..*key };
        let (sum, first) = leaves.entry(leaf).or_insert((0, *amount));
        *sum += net(side, amount);
        if (amount.file, amount.line) < (first.file, first.line) {
            *first = *amount;
        }
    }
    let mut below: Vec<(Key, i64, Booked)> =
        leaves.into_iter().filter(|(_, (sum, _))| *sum < 0).map(|(key, (sum, at))| (key, sum, at)).collect();
    below.sort_by_key(|(key, _, at)| (at.file, at.line, *key));
    for (key, sum, at) in below {
        let Some(file) = files.get_mut(usize::from(at.file)) else {
            continue;
        };
        let column = if terms.account(key).side == Side::Income { Column::Credit } else { Column::Debit };
        file.faults.add(FaultKind::Negative, at.line, Some(column), || {
            let what = meaning(key, terms.catalog, symbols).map_or_else(String::new, |m| m.to_string());
            let name = &element(&terms.units, key.unit as usize).name;
            format!(
                "{name}的{what}全年净额为 {} 元；红字冲销正常，全年为负不正常，请核对冲销是否用错了科目或辅助核算",
                Money(sum)
            )
        });
    }
}
