//! What stands in a cell: as it was given in a finished table, or the amount that the facts have for its meaning.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::{Catalog, Form, FormBlock, FormColumn, FormRow, RowChoice, TableStyle, ZeroPrint};
use juesuan_facts::{Amount, Fact, Facts, PrintOptions};
use juesuan_model::{Cell, Dimension, Meaning, Money};

/// The content of one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What is printed.
    pub cell: Cell,
    /// The exact amount, where it is known.
    pub exact: Option<Money>,
    /// True if nothing is known about this meaning.
    pub unknown: bool,
}

impl Answer {
    /// True if it is known that there is no money.
    pub fn is_nothing(&self) -> bool {
        !self.unknown && self.cell.number().is_none_or(|p| p.is_zero() && self.exact.unwrap_or_default().is_zero())
    }
}

/// Answers for the cells of one form.
pub struct Answers<'a> {
    facts: &'a Facts,
    catalog: &'a Catalog,
    print: &'a PrintOptions,
    style: &'a TableStyle,
    form: &'a Form,
    /// The cells of this form in a finished table; empty if none was given.
    given: BTreeMap<&'a Meaning, &'a Fact>,
}

impl<'a> Answers<'a> {
    /// For one form of a variant.
    pub fn new(
        facts: &'a Facts,
        catalog: &'a Catalog,
        print: &'a PrintOptions,
        style: &'a TableStyle,
        form: &'a Form,
    ) -> Answers<'a> {
        let mut given = BTreeMap::new();
        for (meaning, fact) in facts.stated().filter(|(_, fact)| fact.form == form.key) {
            given.entry(meaning).or_insert(fact);
        }
        Answers { facts, catalog, print, style, form, given }
    }

    /// What stands in a cell of this meaning in `column`.
    pub fn answer(&self, meaning: &Meaning, column: &FormColumn) -> Answer {
        if let Some(fact) = self.given.get(meaning) {
            return self.as_given(fact);
        }
        let Some(amount) = self.facts.amount(&self.catalog.trees, meaning, &self.form.key) else {
            return Answer { cell: Cell::Blank, exact: None, unknown: self.given.is_empty() };
        };
        let cell = match self.zero(column) {
            // What the finished table does not have (a class it does not list) is empty unless there is money.
            _ if amount.is_zero() && !self.given.is_empty() => Cell::Blank,
            ZeroPrint::Blank if amount.is_zero() => Cell::Blank,
            ZeroPrint::Dash if amount.is_zero() => Cell::Dash,
            _ => Cell::Number(amount.printed(self.form.unit, self.form.decimals)),
        };
        Answer { cell, exact: amount.exact(), unknown: false }
    }

    /// A cell of a finished table stays as it stood: [`super::given`] states an empty one as an exact zero, and a dash in
    /// the quote of its place.
    fn as_given(&self, fact: &Fact) -> Answer {
        let cell = match fact.amount {
            Amount::Exact(money) if money.is_zero() => match fact.place.quote {
                Some(_) => Cell::Dash,
                None => Cell::Blank,
            },
            amount => Cell::Number(amount.printed(self.form.unit, self.form.decimals)),
        };
        Answer { cell, exact: fact.amount.exact(), unknown: false }
    }

    /// How zero prints in a column: the department's wish for the column, for the table, for all tables; then the form's;
    /// then the variant's.
    fn zero(&self, column: &FormColumn) -> ZeroPrint {
        let tables = || {
            [self.form.key.as_str(), self.form.name.as_str()]
                .into_iter()
                .chain(self.form.titles.iter().map(String::as_str))
        };
        let of_column = tables().find_map(|table| {
            column
                .words()
                .chain([column.key.as_str()])
                .find_map(|word| self.print.zero_in.get(&format!("{table}.{word}")))
        });
        of_column
            .or_else(|| tables().find_map(|table| self.print.zero_in.get(table)))
            .copied()
            .or(self.print.zero)
            .or(self.form.zero)
            .unwrap_or(self.style.zero)
    }

    /// The codes of `dimension` that have a row: in a finished table those it lists; else those with money in any
    /// column, and the codes above them.
    pub fn codes(&self, form: &Form, block: &FormBlock, row: &FormRow, dimension: Dimension) -> BTreeSet<String> {
        if !self.given.is_empty() {
            return self.given.keys().filter_map(|meaning| meaning.get(dimension).map(str::to_owned)).collect();
        }
        let mut codes = BTreeSet::new();
        for column in block.numbers() {
            let within = form.meaning(block, row, None, column);
            for code in self.facts.nodes(&self.catalog.trees, &within, dimension) {
                codes.extend((3..=code.len()).step_by(2).filter_map(|length| code.get(..length).map(str::to_owned)));
            }
        }
        codes.retain(|code| self.has_money(form, block, row, code));
        codes
    }

    /// The codes of a fixed list. A finished table that lists other classes (some print 债务还本支出, some do not) keeps them.
    pub fn listed(&self, row: &FormRow, dimension: Dimension) -> Vec<String> {
        let mut codes = row.codes.clone();
        let given = self.given.keys().filter_map(|meaning| meaning.get(dimension));
        let more: BTreeSet<&str> =
            given.filter(|code| dimension == Dimension::Function && !row.codes.iter().any(|c| c == code)).collect();
        if !more.is_empty() {
            codes.extend(more.into_iter().map(str::to_owned));
            codes.sort();
        }
        codes
    }

    /// True if a row of a fixed list is printed.
    pub fn shows(&self, form: &Form, block: &FormBlock, row: &FormRow, code: &str) -> bool {
        let choice = [&form.key, &form.name].into_iter().chain(&form.titles).find_map(|t| self.print.rows_in.get(t));
        match choice.copied().unwrap_or(form.rows) {
            RowChoice::All => true,
            RowChoice::Nonzero => self.has_money(form, block, row, code),
        }
    }

    /// True if any column has money for a code.
    pub fn has_money(&self, form: &Form, block: &FormBlock, row: &FormRow, code: &str) -> bool {
        block.numbers().any(|column| {
            let meaning = form.meaning(block, row, Some(code), column);
            match self.given.get(&meaning) {
                Some(fact) => !fact.amount.is_zero(),
                None if self.given.is_empty() => {
                    self.facts.amount(&self.catalog.trees, &meaning, &self.form.key).is_some_and(|q| !q.is_zero())
                }
                None => false,
            }
        })
    }
}
