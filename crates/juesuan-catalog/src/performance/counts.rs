//! What is counted in the registers: `catalog/performance/counts.toml`.

use juesuan_model::Problem;
use serde::Deserialize;

use crate::source::Source;

/// Path of the file in the catalogue.
const FILE: &str = "performance/counts.toml";

/// What the columns of the registers mean, and what is counted in them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountCatalog {
    /// What the program counts itself, in the evaluations of the year.
    pub campaign: Vec<String>,
    /// What no register tells: a rate of these is entered.
    pub unregistered: Vec<String>,
    /// What the columns mean.
    #[serde(rename = "register")]
    pub registers: Vec<RegisterSpec>,
    /// What is counted, those with names of their own and those with one name for each entry of a column.
    #[serde(rename = "count")]
    pub counts: Vec<CountSpec>,
}

/// What the columns of a register mean, by their keys; empty where it has no such column.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RegisterSpec {
    /// Key of the register among the input files.
    pub key: String,
    /// When a row happened: the first of these that is filled.
    pub dates: Vec<String>,
    /// When it was begun.
    pub given: String,
    /// When it is due.
    pub due: String,
    /// When it was done.
    pub done: String,
    /// How it stands.
    pub status: String,
    /// Words of `status` for what is done.
    pub closed: Vec<String>,
    /// Words of `status` for what is not.
    pub open: Vec<String>,
    /// Who answers for it: one of these must be filled.
    pub owners: Vec<String>,
    /// Two rows with the same entries in all of these are one thing entered twice.
    pub same: Vec<String>,
}

/// What is counted: the rows of a register that meet all filters, the sum of a column of them, or a share of them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CountSpec {
    /// Names, the first is its key. With `each` they are written with entries: `{kind}次数`.
    pub names: Vec<String>,
    /// Key of the register among the input files.
    pub register: String,
    /// Rows that are counted.
    #[serde(rename = "where")]
    pub filters: Vec<CountFilter>,
    /// Column that is added up; empty: rows are counted.
    pub sum: String,
    /// What an empty cell of `sum` stands for; without it an empty cell makes the count unknown.
    pub blank: Option<i64>,
    /// Column whose different entries are counted.
    pub distinct: String,
    /// Rows that also meet these, in percent of all.
    pub share: Vec<CountFilter>,
    /// One count for each combination of the entries of these columns.
    pub each: Vec<String>,
    /// What is counted: `次`, `件`, `%`.
    pub unit: String,
    /// Column that says what is counted, in the place of `unit`.
    pub measure: String,
}

/// A condition on one cell of a row.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CountFilter {
    /// Column.
    pub column: String,
    /// It is one of these words.
    pub is: Vec<String>,
    /// It contains one of these words.
    pub contains: Vec<String>,
    /// It is filled, or it is not.
    pub filled: Option<bool>,
    /// It is filled with a date not after that of this column.
    pub by: String,
    /// It is filled with a date not more days after `from` than this column says.
    pub within: String,
    /// See `within`.
    pub from: String,
}

impl CountCatalog {
    /// Every name of a count. Those with one count for each entry of a column have places in braces.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let counted = self.counts.iter().flat_map(|count| &count.names);
        self.campaign.iter().chain(&self.unregistered).chain(counted).map(String::as_str)
    }

    /// Reads the file.
    pub fn load(source: &Source, problems: &mut Vec<Problem>) -> CountCatalog {
        source.toml(FILE, problems).unwrap_or_default()
    }

    /// What the columns of a register mean.
    pub fn register(&self, key: &str) -> Option<&RegisterSpec> {
        self.registers.iter().find(|register| register.key == key)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::{Catalog, ColumnKind};

    #[test]
    fn every_column_of_a_count_is_a_column_of_its_register_and_every_name_stands_once() {
        let catalog = Catalog::load(&[]).unwrap();
        let counts = &catalog.performance.counts;
        let known = |register: &str, column: &str| {
            column.is_empty() || catalog.inputs.get(register).and_then(|spec| spec.column(column)).is_some()
        };
        for spec in &counts.registers {
            let columns = [&spec.given, &spec.due, &spec.done, &spec.status];
            for column in columns.into_iter().chain(&spec.dates).chain(&spec.owners).chain(&spec.same) {
                assert!(known(&spec.key, column), "{} {column}", spec.key);
            }
        }
        let mut names = BTreeSet::new();
        for spec in &counts.counts {
            assert!(catalog.inputs.get(&spec.register).is_some(), "{}", spec.register);
            let filters = spec.filters.iter().chain(&spec.share).flat_map(|f| [&f.column, &f.by, &f.within, &f.from]);
            let columns = [&spec.sum, &spec.distinct, &spec.measure];
            for column in filters.chain(columns).chain(&spec.each) {
                assert!(known(&spec.register, column), "{:?} {column}", spec.names);
            }
            assert!(!spec.unit.is_empty() || !spec.measure.is_empty(), "{:?}", spec.names);
            for name in &spec.names {
                assert!(names.insert(name.clone()), "{name}");
            }
        }
    }

    #[test]
    fn every_word_of_a_choice_that_a_count_asks_for_can_be_entered() {
        let catalog = Catalog::load(&[]).unwrap();
        for spec in &catalog.performance.counts.counts {
            for filter in spec.filters.iter().chain(&spec.share) {
                let column = catalog.inputs.get(&spec.register).and_then(|file| file.column(&filter.column)).unwrap();
                for word in filter.is.iter().filter(|_| column.kind == ColumnKind::Choice) {
                    assert!(column.choices.contains(word), "{:?} {word}", spec.names);
                }
            }
        }
    }
}
