//! Tables of balances: what moved on each account and its dimensions, each amount once.

use juesuan_model::Money;
use rustc_hash::FxHashMap;

use super::column::Column;
use super::fault::{FaultKind, Faults};
use super::key::Key;
use super::merge::{Books, add};
use super::part::{Cell, Part};
use super::terms::{Class, Terms};
use super::tree;
use crate::words::filled;

impl Books {
    /// Adds what moved on accounts; rows that only add up others are left out.
    pub(super) fn add_balances(&mut self, file: u16, parts: &[(u32, Part)], terms: &Terms<'_>, faults: &mut Faults) {
        let mut rows = Vec::new();
        for (index, (_, part)) in parts.iter().enumerate() {
            let numbers = self.numbers(part);
            let cells = part.cells.iter().enumerate().filter(|(_, cell)| matches!(cell.class, Class::Budget(_)));
            rows.extend(cells.map(|(at, cell)| tree::Row {
                id: (index, at),
                key: cell.key.renumbered(&numbers),
                code: part.symbols.text(cell.code).to_string(),
                told: cell.told,
                debit: cell.debit,
                credit: cell.credit,
            }));
        }
        let keys: FxHashMap<(usize, usize), Key> = rows.iter().map(|row| (row.id, row.key)).collect();
        let sums: FxHashMap<(usize, usize), tree::Sum> =
            tree::sums(rows).into_iter().map(|sum| (sum.id, sum)).collect();
        for (index, (line, part)) in parts.iter().enumerate() {
            for (at, cell) in part.cells.iter().enumerate().filter(|(_, cell)| cell.debit != 0 || cell.credit != 0) {
                let line = line + cell.line;
                if let Some(sum) = sums.get(&(index, at)) {
                    if !sum.covered {
                        let code = part.symbols.text(cell.code);
                        faults.add(FaultKind::Uncovered, line, Some(Column::Account), || {
                            uncovered(cell, code, sum, terms)
                        });
                    }
                    continue;
                }
                for (kind, column, message) in &cell.faults {
                    faults.add(*kind, line, Some(*column), || message.clone());
                }
                if let Some(key) = keys.get(&(index, at)).filter(|_| cell.usable) {
                    add(&mut self.balances, *key, cell.debit, cell.credit, (file, line));
                }
            }
        }
    }
}

/// What is said of an account of which a part is told nowhere below it.
fn uncovered(cell: &Cell, code: &str, sum: &tree::Sum, terms: &Terms<'_>) -> String {
    let yuan = |fen: i64| Money(fen).to_string();
    let words = [
        ("unit", terms.units.get(cell.key.unit as usize).map_or("", |unit| unit.name.as_ref())),
        ("account", code),
        ("debit", &yuan(cell.debit)),
        ("credit", &yuan(cell.credit)),
        ("debit_below", &yuan(sum.below.0)),
        ("credit_below", &yuan(sum.below.1)),
    ];
    filled(&terms.catalog.sheet_words.says.uncovered, &words)
}
