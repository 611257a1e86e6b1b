//! Figures with a code of a classification: the members of their sets, and what they have.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::formula::things::CodeOf;
use juesuan_model::{Dimension, FigureId, Meaning, Measure, Statement};

use super::members::{At, Member};
use crate::ledger::Key;

/// The classifications.
const CLASSIFICATIONS: [Dimension; 2] = [Dimension::Function, Dimension::Economic];

/// The code of a meaning, with its classification.
fn code(meaning: &Meaning) -> Option<(Dimension, &str)> {
    CLASSIFICATIONS.into_iter().find_map(|dimension| Some((dimension, meaning.get(dimension)?)))
}

/// The code one level up; empty for the uppermost.
fn above(code: &str) -> &str {
    code.get(..code.len().saturating_sub(2)).filter(|above| above.len() > 2).unwrap_or_default()
}

impl<'a> At<'_, '_, 'a> {
    /// The function codes, each by the figure that prints it first.
    pub(super) fn codes(&self) -> Vec<Member<'a>> {
        let mut first: BTreeMap<String, Member<'a>> = BTreeMap::new();
        for (id, _, entry) in self.docket.ledger.figures() {
            for key in entry.keys.iter().filter(|key| key.1 == Measure::Amount) {
                if let Some(code) = key.0.get(Dimension::Function) {
                    first.entry(code.to_owned()).or_insert_with(|| Member::Figure(id, key.clone()));
                }
            }
        }
        first.into_values().collect()
    }

    /// Amounts by function code, each by the figure that speaks for it.
    pub(super) fn coded_amounts(&self) -> Vec<Member<'a>> {
        let ledger = self.docket.ledger;
        let coded = |key: &&Key| key.1 == Measure::Amount && key.0.get(Dimension::Function).is_some();
        let all = ledger.order().iter().filter(coded);
        all.filter_map(|key| {
            let printings = ledger.printings(key)?;
            let id = printings.first().or_else(|| printings.unreadable.first().copied())?;
            Some(Member::Figure(id, key.clone()))
        })
        .collect()
    }

    /// Rows of tables with a function code, column by column, each with the code of the row before.
    pub(super) fn rows(&self) -> Vec<Member<'a>> {
        let mut columns: BTreeMap<(&str, Meaning), Vec<(FigureId, Key)>> = BTreeMap::new();
        for (id, figure, entry) in self.docket.ledger.figures() {
            let (Some(table), Some(key @ (meaning, Measure::Amount))) = (&figure.place.table, entry.keys.first())
            else {
                continue;
            };
            if meaning.get(Dimension::Function).is_some() {
                let column = (table.as_str(), meaning.clone().without(Dimension::Function));
                columns.entry(column).or_default().push((id, key.clone()));
            }
        }
        let mut out = Vec::new();
        for column in columns.into_values() {
            let mut before = None;
            for (id, key) in column {
                let code = key.0.get(Dimension::Function).map(str::to_owned);
                out.push(Member::Row(id, key, std::mem::replace(&mut before, code)));
            }
        }
        out
    }

    /// The items of the meanings of a parameter that have money in a table, each by the first figure that says so.
    pub(super) fn items(&self, key: &str) -> Vec<Member<'a>> {
        let ledger = self.docket.ledger;
        let regions = self.meanings(key);
        let mut seen: BTreeSet<&Key> = BTreeSet::new();
        let mut out = Vec::new();
        for (id, _, entry) in ledger.figures().filter(|(_, figure, _)| figure.place.table.is_some()) {
            let Some(key @ (meaning, Measure::Amount)) = entry.keys.first() else { continue };
            let of = |dimension| regions.contains(&meaning.clone().without(dimension));
            let inside = code(meaning).is_some_and(|(dimension, _)| of(dimension));
            let money = ledger.known(id).is_some_and(|(printed, _)| !printed.is_zero());
            if inside && money && seen.insert(key) {
                out.push(Member::Figure(id, key.clone()));
            }
        }
        out
    }

    /// The code of the figure that one is at, or one near it.
    pub(super) fn code(&self, which: CodeOf) -> Option<String> {
        let (_, (meaning, _)) = self.figure()?;
        let (_, own) = code(meaning)?;
        match which {
            CodeOf::Own => Some(own.to_owned()),
            CodeOf::Above => Some(above(own).to_owned()),
            CodeOf::Before => self.members.iter().find_map(|member| match member {
                Member::Row(_, _, before) => before.clone(),
                _ => None,
            }),
        }
    }

    /// The amount of the row one level up: in the same table, the same but for the code.
    pub(super) fn amount_above(&self) -> Option<FigureId> {
        let (id, (meaning, measure)) = self.figure()?;
        let (dimension, own) = code(meaning)?;
        let ledger = self.docket.ledger;
        let key = (meaning.clone().with(dimension, above(own)), measure.clone());
        let table = ledger.place(id)?.table.as_deref()?;
        let printings = ledger.printings(&key)?;
        let all = printings.ids().chain(printings.unreadable.iter().copied());
        let mut here = all.filter(|id| ledger.place(*id).and_then(|place| place.table.as_deref()) == Some(table));
        here.find(|id| ledger.keys(*id).first() == Some(&key))
    }

    /// The name of the code of the figure that one is at, in the year of the document.
    pub(super) fn code_name(&self) -> Option<String> {
        let (_, (meaning, _)) = self.figure()?;
        let (dimension, code) = code(meaning)?;
        let ledger = self.docket.ledger;
        let codes =
            if dimension == Dimension::Function { &ledger.catalog.functions } else { &ledger.catalog.economics };
        codes.name(code, ledger.package.entity.year).map(str::to_owned)
    }

    /// Whether the code of the figure stands in the classification of the year.
    pub(super) fn is_listed(&self) -> Option<bool> {
        let (_, (meaning, _)) = self.figure()?;
        let code = meaning.get(Dimension::Function)?;
        let ledger = self.docket.ledger;
        let year = ledger.package.entity.year;
        Some(ledger.catalog.functions.rows(code).iter().any(|row| year == 0 || row.valid_in(year)))
    }

    /// Whether the running text prints an amount for the item of the figure, or says that there is one; `None` where what the
    /// text lists contradicts the tables: that is said of the list.
    pub(super) fn item_in_text(&self) -> Option<bool> {
        let (_, (meaning, _)) = self.figure()?;
        let (dimension, _) = code(meaning)?;
        let ledger = self.docket.ledger;
        if dimension == Dimension::Economic && crate::bodies::names_wrong_items(ledger) {
            return None;
        }
        let printings = ledger.printings(&(meaning.clone(), Measure::Amount));
        let printed = printings.into_iter().flat_map(|p| p.ids().chain(p.unreadable.iter().copied()));
        let mut first = printed.filter(|id| ledger.keys(*id).first().is_some_and(|key| key.0 == *meaning));
        let said = || {
            let present = ledger.package.claims.iter().filter(|claim| claim.statement == Statement::Present);
            present.flat_map(|claim| &claim.meanings).any(|said| ledger.canonical(said) == *meaning)
        };
        Some(first.any(|id| !ledger.in_table(id)) || said())
    }

    /// Whether a path of the function classification that the running text names wrongly means the item of the figure.
    pub(super) fn item_misnamed(&self) -> Option<bool> {
        let (_, (meaning, _)) = self.figure()?;
        let code = meaning.get(Dimension::Function);
        Some(code.is_some_and(|code| self.docket.paths().meant().contains(code)))
    }
}
