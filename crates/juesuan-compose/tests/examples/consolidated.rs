//! consolidated: the department is the sum of its units less what they paid each other.

use std::collections::BTreeMap;

use juesuan_catalog::Catalog;
use juesuan_facts::Department;
use juesuan_inputs::{Ledger, LedgerScope, books};
use juesuan_model::{Dimension, Figure, Meaning, Measure, Money, Package};
use juesuan_read::Disk;

use crate::made::{example, folder};

const NAME: &str = "consolidated";

fn ledger(catalog: &Catalog) -> Ledger {
    let text = std::fs::read_to_string(folder(NAME).join("department.toml")).unwrap();
    let department: Department = juesuan_catalog::parse_toml("department.toml", &text).unwrap();
    let mut problems = Vec::new();
    let ledger = books::read(&Disk::new(folder(NAME)), &department, catalog, &mut problems);
    assert_eq!(problems, []);
    ledger.unwrap()
}

fn leaves(ledger: &Ledger, scope: LedgerScope<'_>, catalog: &Catalog) -> BTreeMap<Meaning, Money> {
    ledger.facts(scope, catalog).leaves().map(|(leaf, amount)| (leaf.clone(), amount)).collect()
}

#[test]
fn units_less_eliminations_are_the_department_in_every_leaf_to_the_fen() {
    let catalog = Catalog::load(&[]).unwrap();
    let ledger = ledger(&catalog);
    assert_eq!(ledger.units().len(), 6);
    let mut sum: BTreeMap<Meaning, Money> = BTreeMap::new();
    for unit in ledger.units() {
        for (leaf, amount) in leaves(&ledger, LedgerScope::Unit(&unit), &catalog) {
            *sum.entry(leaf).or_default() += amount;
        }
    }
    let eliminations = ledger.eliminations();
    let kinds: Vec<&str> = eliminations.iter().map(|e| e.kind.as_str()).collect();
    assert_eq!(kinds, ["对附属单位补助", "上缴上级"]);
    for (leaf, amount) in eliminations.iter().flat_map(|e| &e.leaves) {
        *sum.get_mut(leaf).unwrap() -= *amount;
    }
    sum.retain(|_, amount| !amount.is_zero());
    let department = leaves(&ledger, LedgerScope::Department, &catalog);
    assert!(department.len() > 100, "{}", department.len());
    assert_eq!(department, sum);
}

/// Exact amounts of the nine tables by meaning; a meaning may be printed in several tables.
fn tables(package: &Package) -> BTreeMap<Meaning, Money> {
    let of_table = |figure: &&Figure| figure.place.section.is_none() && figure.measure == Measure::Amount;
    let mut amounts = BTreeMap::new();
    for figure in package.figures.iter().filter(of_table) {
        for meaning in &figure.meanings {
            if let Some(exact) = figure.exact_fen {
                let earlier = amounts.insert(meaning.clone(), exact);
                assert!(earlier.is_none_or(|e| e == exact), "{meaning}");
            }
        }
    }
    amounts
}

#[test]
fn every_cell_of_the_departments_tables_is_the_sum_of_its_units_cells_less_eliminations() {
    let catalog = Catalog::load(&[]).unwrap();
    let accounts = example(NAME);
    let units: Vec<BTreeMap<Meaning, Money>> = accounts.units.iter().map(|unit| tables(&unit.package)).collect();
    assert_eq!(units.len(), 6);
    let mut compared = 0;
    for (meaning, amount) in tables(&accounts.department) {
        // The department's table lists a row if any unit has it; a unit's table may leave it out.
        let sum: Money = units.iter().filter_map(|unit| unit.get(&meaning)).copied().sum();
        let total = ["收入总计", "支出总计"].iter().any(|item| meaning.get(Dimension::Item) == Some(item));
        let parts = if total {
            let item = meaning.get(Dimension::Item).unwrap().replace("总计", "");
            meaning.clone().with(Dimension::Item, item)
        } else {
            meaning.clone()
        };
        let selector = catalog.trees.selector(&parts);
        let taken: Money = accounts
            .eliminations
            .iter()
            .flat_map(|e| &e.leaves)
            .filter(|(leaf, _)| parts.get(Dimension::Stage).is_none() && selector.selects(&catalog.trees, leaf))
            .map(|(_, amount)| *amount)
            .sum();
        assert_eq!(amount, sum - taken, "{meaning}");
        compared += 1;
    }
    assert!(compared > 300, "{compared}");
}
