//! From the ledger to leaves.

use juesuan_catalog::{Catalog, Side};
use juesuan_model::{Dimension, Meaning, Money, Place};

use super::ledger::{Leaves, Ledger, LedgerScope, meaning, net};
use crate::facts::{Fact, Facts, Quantity};

/// Names of the items that carry-over is stated under.
const OPENING: &str = "年初结转和结余";
const CLOSING: &str = "年末结转和结余";

impl Ledger {
    /// Everything that the books say of a unit or of the department. An unknown unit has no facts.
    ///
    /// Income, expense, use of surplus and distribution are complete: what is not in the books did not happen. Carry-over
    /// is complete if opening balances were given.
    pub fn facts(&self, scope: LedgerScope<'_>, catalog: &Catalog) -> Facts {
        let units: Vec<u32> = match scope {
            LedgerScope::Unit(name) => self.unit_index(name).into_iter().collect(),
            LedgerScope::Department => (0..).take(self.units.len()).collect(),
        };
        let mut facts = Facts::default();
        if units.is_empty() {
            return facts;
        }
        let mut running_cost = Money::ZERO;
        let mut leaves = Leaves::new();
        for unit in &units {
            let own = self.leaves(*unit, catalog);
            running_cost += self.running_cost(*unit, &own, catalog);
            if leaves.is_empty() {
                leaves = own;
            } else {
                for (leaf, amount) in own {
                    *leaves.entry(leaf).or_default() += amount;
                }
            }
        }
        if scope == LedgerScope::Department {
            for (leaf, amount) in self.eliminations.iter().flat_map(|elimination| &elimination.leaves) {
                if let Some(sum) = leaves.get_mut(leaf) {
                    *sum -= *amount;
                }
            }
        }
        for (leaf, amount) in leaves {
            if !amount.is_zero() {
                facts.add(leaf, amount);
            }
        }
        for item in items(catalog) {
            facts.declare_complete(Meaning::new().with(Dimension::Item, item));
        }
        if !self.carry.is_empty() {
            for item in [OPENING, CLOSING] {
                facts.declare_complete(Meaning::new().with(Dimension::Item, item));
            }
        }
        self.state_running_cost(running_cost, catalog, &mut facts);
        facts
    }

    /// Leaves of one unit.
    pub(crate) fn leaves(&self, unit: u32, catalog: &Catalog) -> Leaves {
        let mut leaves = Leaves::new();
        for (key, amount) in self.flows_of(unit) {
            let side = catalog.accounts.accounts[usize::from(key.account)].side;
            if let Some(leaf) = meaning(*key, catalog, &self.symbols) {
                *leaves.entry(leaf).or_default() += Money(net(side, amount));
            }
        }
        if let Some(carry) = self.carry.get(unit as usize) {
            for (item, pots) in [(OPENING, &carry.opening), (CLOSING, &carry.closing)] {
                for ((fund, function, project), amount) in pots {
                    let mut leaf = Meaning::new().with(Dimension::Item, item);
                    let parts =
                        [(Dimension::Fund, fund), (Dimension::Function, function), (Dimension::Project, project)];
                    for (dimension, symbol) in parts.into_iter().filter(|(_, symbol)| **symbol != 0) {
                        leaf = leaf.with(dimension, std::sync::Arc::clone(self.symbols.text(*symbol)));
                    }
                    *leaves.entry(leaf).or_default() += Money(*amount);
                }
            }
        }
        leaves
    }

    /// 机关运行经费 of one unit; nothing for kinds of units that have none.
    fn running_cost(&self, unit: u32, leaves: &Leaves, catalog: &Catalog) -> Money {
        let rule = &catalog.accounts.running_cost;
        if !self.kind(unit).is_some_and(|kind| rule.kinds.contains(&kind)) {
            return Money::ZERO;
        }
        let Some(item) = expense_item(catalog) else { return Money::ZERO };
        let wanted = Meaning::new()
            .with(Dimension::Item, item)
            .with(Dimension::Fund, rule.fund.as_str())
            .with(Dimension::Nature, rule.nature.as_str());
        let selector = catalog.trees.selector(&wanted);
        leaves.iter().filter(|(leaf, _)| selector.selects(&catalog.trees, leaf)).map(|(_, amount)| *amount).sum()
    }

    fn state_running_cost(&self, amount: Money, catalog: &Catalog, facts: &mut Facts) {
        let Some(item) = expense_item(catalog) else { return };
        let theme = catalog.accounts.running_cost.theme.as_str();
        facts.state(
            Meaning::new().with(Dimension::Item, item).with(Dimension::Theme, theme),
            Fact {
                quantity: Quantity::Exact(amount),
                place: Place { file: Some("books".to_owned()), ..Place::default() },
                form: String::new(),
            },
        );
    }
}

/// Items that the accounts state, each once.
fn items(catalog: &Catalog) -> Vec<&str> {
    let mut items: Vec<&str> = catalog.accounts.accounts.iter().filter_map(|a| a.item.as_deref()).collect();
    items.sort_unstable();
    items.dedup();
    items
}

fn expense_item(catalog: &Catalog) -> Option<&str> {
    catalog.accounts.accounts.iter().find(|a| a.side == Side::Expense).and_then(|a| a.item.as_deref())
}
