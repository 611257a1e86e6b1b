//! From the ledger to leaves. Sums are made over small numbers; a leaf's coordinates are written out once it is final.

use std::sync::Arc;

use juesuan_catalog::names::item::{CLOSING, OPENING};
use juesuan_catalog::{Catalog, Side};
use juesuan_facts::{Amount, Fact, Facts, running_cost};
use juesuan_model::{Dimension, Meaning, Money, Place, UnitKind};
use juesuan_text::element;
use rustc_hash::FxHashMap;

use super::key::Symbol;
use super::ledger::{Leaves, Ledger, LedgerScope, net};

/// What a leaf is of. The order is nearly that of the coordinates written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Leaf {
    head: Head,
    fund: Symbol,
    nature: Symbol,
    function: Symbol,
    economic: Symbol,
    project: Symbol,
}

/// Item and source of a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Head {
    /// Carry-over of the first day.
    Opening,
    /// Carry-over of the last day.
    Closing,
    /// As the account says, the first of those that say the same.
    Account(u16),
}

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
        let mut leaves = self.leaves(&units, catalog);
        if scope == LedgerScope::Department {
            for (leaf, amount) in self.eliminations.iter().flat_map(|elimination| &elimination.leaves) {
                if let Some(sum) = leaves.get_mut(leaf) {
                    *sum -= *amount;
                }
            }
            leaves.retain(|_, amount| !amount.is_zero());
        }
        facts.add_all(leaves);
        for item in items(catalog) {
            facts.declare_complete(Meaning::new().with(Dimension::Item, item));
        }
        if !self.carry.is_empty() {
            for item in [OPENING, CLOSING] {
                facts.declare_complete(Meaning::new().with(Dimension::Item, item));
            }
        }
        if let Some(amount) = self.running_cost(&units, &facts, catalog) {
            let place = Place { file: Some("books".to_owned()), ..Place::default() };
            facts.state(catalog.accounts.running_cost.meaning(), Fact { amount, place, form: String::new() });
        }
        facts
    }

    /// The leaves of units, added up; none is zero.
    fn leaves(&self, units: &[u32], catalog: &Catalog) -> Leaves {
        let accounts = &catalog.accounts.accounts;
        let alike = catalog.accounts.first_alike();
        let mut sums: Vec<(Leaf, i64)> = Vec::new();
        for unit in units {
            for (key, amount) in self.flows_of(*unit) {
                let side = element(accounts, usize::from(key.account)).side;
                let expense = side == Side::Expense;
                let leaf = Leaf {
                    head: Head::Account(*element(&alike, usize::from(key.account))),
                    fund: key.fund,
                    nature: key.nature,
                    function: key.function,
                    economic: key.economic,
                    project: if expense { key.project } else { 0 },
                };
                sums.push((leaf, net(side, amount)));
            }
            let Some(carry) = self.carry.get(*unit as usize) else {
                continue;
            };
            for (head, pots) in [(Head::Opening, &carry.opening), (Head::Closing, &carry.closing)] {
                for ((fund, function, project), amount) in pots {
                    let (fund, function, project) = (*fund, *function, *project);
                    sums.push((Leaf { head, fund, nature: 0, function, economic: 0, project }, *amount));
                }
            }
        }
        sums.sort_unstable_by_key(|(leaf, _)| *leaf);
        sums.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 = kept.1.wrapping_add(next.1);
            }
            same
        });
        let sums = sums.into_iter().filter(|(_, amount)| *amount != 0);
        sums.map(|(leaf, amount)| (self.written(leaf, catalog), Money(amount))).collect()
    }

    /// The coordinates of a leaf.
    fn written(&self, leaf: Leaf, catalog: &Catalog) -> Meaning {
        let mut meaning = Meaning::new();
        let put = |meaning: Meaning, dimension, symbol: Symbol| match symbol {
            0 => meaning,
            symbol => meaning.with(dimension, Arc::clone(self.symbols.text(symbol))),
        };
        let account = match leaf.head {
            Head::Opening | Head::Closing => None,
            Head::Account(index) => catalog.accounts.accounts.get(usize::from(index)),
        };
        let item = match leaf.head {
            Head::Opening => self.names.get(OPENING),
            Head::Closing => self.names.get(CLOSING),
            Head::Account(_) => account.and_then(|a| a.item.as_deref()).and_then(|item| self.names.get(item)),
        };
        if let Some(item) = item {
            meaning = meaning.with(Dimension::Item, Arc::clone(item));
        }
        meaning = put(meaning, Dimension::Fund, leaf.fund);
        if let Some(source) = account.and_then(|a| a.source.as_deref()).and_then(|source| self.names.get(source)) {
            meaning = meaning.with(Dimension::Source, Arc::clone(source));
        }
        meaning = put(meaning, Dimension::Nature, leaf.nature);
        meaning = put(meaning, Dimension::Function, leaf.function);
        meaning = put(meaning, Dimension::Economic, leaf.economic);
        put(meaning, Dimension::Project, leaf.project)
    }

    /// 机关运行经费 of units, of which `facts` are what the books say.
    fn running_cost(&self, units: &[u32], facts: &Facts, catalog: &Catalog) -> Option<Amount> {
        let rule = &catalog.accounts.running_cost;
        let kinds: Vec<(u32, UnitKind)> = units.iter().filter_map(|unit| Some((*unit, self.kind(*unit)?))).collect();
        running_cost(rule, &kinds, |unit| {
            let Some(unit) = unit else { return facts.amount(&catalog.trees, &rule.counted(), "") };
            let mut own = Facts::default();
            own.add_all(self.leaves(&[unit], catalog));
            // What is not in the books did not happen.
            own.amount(&catalog.trees, &rule.counted(), "").or(Some(Amount::Exact(Money::ZERO)))
        })
    }
}

/// Names of items and sources, shared by all leaves.
pub(super) fn names(catalog: &Catalog) -> FxHashMap<String, Arc<str>> {
    let accounts = &catalog.accounts.accounts;
    let said = accounts.iter().flat_map(|a| [a.item.as_deref(), a.source.as_deref()]).flatten();
    said.chain([OPENING, CLOSING]).map(|name| (name.to_owned(), Arc::from(name))).collect()
}

/// Items that the accounts state, each once.
fn items(catalog: &Catalog) -> Vec<&str> {
    let mut items: Vec<&str> = catalog.accounts.accounts.iter().filter_map(|a| a.item.as_deref()).collect();
    items.sort_unstable();
    items.dedup();
    items
}
