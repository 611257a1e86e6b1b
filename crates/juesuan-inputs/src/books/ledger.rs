//! The books of a year, added up: what compile and consolidation ask of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use juesuan_catalog::{Catalog, Side};
use juesuan_model::{Dimension, Meaning, Money, UnitKind};
use juesuan_text::{element_mut, part};
use rustc_hash::FxHashMap;

use super::key::{Key, Symbol, Symbols};
use super::merge::Booked;
use super::terms::UnitTerm;
use crate::consolidate::Elimination;

/// What of the books is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerScope<'a> {
    /// One set of books, by the name of its unit.
    Unit(&'a str),
    /// All units, without what they paid each other.
    Department,
}

/// What was read, for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Files, in the order read.
    pub files: Vec<String>,
    /// Entries in them.
    pub entries: u64,
    /// Vouchers that close the year, recognised and left out.
    pub closing_vouchers: u64,
    /// For people: of which system the columns of files are.
    pub exports: Vec<String>,
}

/// Fund, function, project.
pub type Pot = (Symbol, Symbol, Symbol);

/// Carry-over of one unit, in 分.
#[derive(Clone, Debug, Default)]
pub struct Carry {
    /// Balance of the first day with its adjustment.
    pub opening: BTreeMap<Pot, i64>,
    /// Opening + income + use of surplus − expense − distribution.
    pub closing: BTreeMap<Pot, i64>,
}

/// The books of all units of a department for one year.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Units with books of their own.
    pub(super) units: Vec<UnitTerm>,
    /// Income, expense, use and distribution of surplus, in the order of their keys.
    pub(super) flows: Vec<(Key, Booked)>,
    /// Carry-over by unit; empty if nobody gave opening balances.
    pub(super) carry: Vec<Carry>,
    /// Texts of the keys, numbered in the order of the texts.
    pub(super) symbols: Symbols,
    /// Names of items and sources.
    pub(super) names: FxHashMap<String, Arc<str>>,
    /// Flows inside the department, matched on both sides.
    pub(super) eliminations: Vec<Elimination>,
    pub(super) reading: Reading,
}

impl Ledger {
    /// Names of the units with books of their own, in the order of department.toml.
    pub fn units(&self) -> Vec<Arc<str>> {
        self.units.iter().map(|unit| Arc::clone(&unit.name)).collect()
    }

    /// What was read.
    pub const fn reading(&self) -> &Reading {
        &self.reading
    }

    /// What units of the department paid each other; taken out of its accounts.
    pub fn eliminations(&self) -> &[Elimination] {
        &self.eliminations
    }

    /// Numbers the texts in their order, so that sums come out in the order of their coordinates.
    pub(super) fn number_in_order(&mut self) {
        let mut order: Vec<u32> = (0..).take(self.symbols.texts().len()).collect();
        order.sort_by(|a, b| self.symbols.text(*a).cmp(self.symbols.text(*b)));
        let mut symbols = Symbols::default();
        let mut numbers = vec![0; order.len()];
        for old in order {
            *element_mut(&mut numbers, old as usize) = symbols.intern(self.symbols.text(old));
        }
        self.symbols = symbols;
        for (key, _) in &mut self.flows {
            *key = key.renumbered(&numbers);
        }
        self.flows.sort_unstable_by_key(|(key, _)| *key);
        for carry in &mut self.carry {
            for pots in [&mut carry.opening, &mut carry.closing] {
                let renumbered = |((fund, function, project), amount): ((u32, u32, u32), i64)| {
                    let new = |symbol: u32| numbers.get(symbol as usize).copied().unwrap_or(0);
                    ((new(fund), new(function), new(project)), amount)
                };
                *pots = std::mem::take(pots).into_iter().map(renumbered).collect();
            }
        }
    }

    pub(super) fn unit_index(&self, name: &str) -> Option<u32> {
        self.units.iter().zip(0..).find(|(unit, _)| unit.name.as_ref() == name).map(|(_, index)| index)
    }

    pub(super) fn kind(&self, unit: u32) -> Option<UnitKind> {
        self.units.get(unit as usize).map(|unit| unit.kind)
    }

    /// The flows of one unit.
    pub(super) fn flows_of(&self, unit: u32) -> &[(Key, Booked)] {
        let start = self.flows.partition_point(|(key, _)| key.unit < unit);
        let end = self.flows.partition_point(|(key, _)| key.unit <= unit);
        part(&self.flows, start..end)
    }
}

/// Signed amount of a flow, as its account counts.
pub(super) const fn net(side: Side, amount: &Booked) -> i64 {
    match side {
        Side::Income | Side::CarryOver | Side::Operating => amount.credit.wrapping_sub(amount.debit),
        Side::Expense => amount.debit.wrapping_sub(amount.credit),
        Side::SurplusUse | Side::Distribution => amount.debit,
        Side::Cash | Side::Closing => 0,
    }
}

/// Coordinates of a leaf of income, expense, use or distribution; `None` for balances.
pub(crate) fn meaning(key: Key, catalog: &Catalog, symbols: &Symbols) -> Option<Meaning> {
    let account = catalog.accounts.accounts.get(usize::from(key.account))?;
    let mut meaning = Meaning::new().with(Dimension::Item, account.item.as_deref()?);
    if let Some(source) = &account.source {
        meaning = meaning.with(Dimension::Source, source.as_str());
    }
    let mut parts = vec![(Dimension::Fund, key.fund), (Dimension::Function, key.function)];
    if account.side == Side::Expense {
        parts.extend([
            (Dimension::Nature, key.nature),
            (Dimension::Economic, key.economic),
            (Dimension::Project, key.project),
        ]);
    }
    for (dimension, symbol) in parts.into_iter().filter(|(_, symbol)| *symbol != 0) {
        meaning = meaning.with(dimension, Arc::clone(symbols.text(symbol)));
    }
    Some(meaning)
}

/// Sums of leaves that have the same coordinates.
pub(crate) type Leaves = BTreeMap<Meaning, Money>;
