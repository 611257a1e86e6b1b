//! The tables of an archive of checked documents: `catalog/archive.toml`. Who writes an archive, who asks it and the page that
//! describes it go by this.

use std::collections::BTreeSet;

use juesuan_model::Problem;
use serde::Deserialize;

use crate::source::Source;

/// The file.
const FILE: &str = "archive.toml";

/// Every table of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchiveSchema {
    /// Counts up whenever a table changes.
    pub version: u32,
    /// Columns that stand in the names of folders (`year=2024/province=hubei`), from the outside.
    #[serde(rename = "partition", default)]
    pub partitions: Vec<ArchiveColumn>,
    /// In the order of the file.
    #[serde(rename = "table", default)]
    pub tables: Vec<ArchiveTable>,
}

/// One table: the folder of this name below an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchiveTable {
    /// ASCII name, by which it is asked.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// What a row is.
    pub about: String,
    /// Columns that no two rows share all of; rows are sorted by them.
    pub key: Vec<String>,
    /// In the order in which they are written; partitions are not among them.
    #[serde(rename = "column")]
    pub columns: Vec<ArchiveColumn>,
}

/// One column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchiveColumn {
    /// ASCII name, by which it is asked.
    pub name: String,
    /// What its values are.
    #[serde(rename = "type")]
    pub kind: ArchiveType,
    /// What people call it.
    pub title: String,
    /// What it means.
    pub about: String,
    /// True where a row may have no value: what is not known has none.
    #[serde(default)]
    pub optional: bool,
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ArchiveType {
    /// UTF-8.
    #[default]
    Text,
    /// 64 bits with sign.
    Int,
    /// True or false.
    Bool,
    /// Money in 分: decimal of 20 digits without any behind the point.
    Fen,
    /// Percentages, counts, points: decimal of 28 digits, eight of them behind the point.
    Number,
    /// A list of whole numbers.
    Ints,
}

impl ArchiveSchema {
    /// Reads the file; names that occur twice and keys that name no column are faults.
    pub fn load(source: &Source, problems: &mut Vec<Problem>) -> ArchiveSchema {
        let schema: ArchiveSchema = source.toml(FILE, problems).unwrap_or_default();
        let mut tables = BTreeSet::new();
        for table in &schema.tables {
            if !tables.insert(table.name.as_str()) {
                problems.push(source.fault(FILE, &[&table.name], format!("“{}”表有两个", table.name)));
            }
            schema.check(table, source, problems);
        }
        schema
    }

    /// The table of a name.
    pub fn table(&self, name: &str) -> Option<&ArchiveTable> {
        self.tables.iter().find(|table| table.name == name)
    }

    fn check(&self, table: &ArchiveTable, source: &Source, problems: &mut Vec<Problem>) {
        let mut names: BTreeSet<&str> = self.partitions.iter().map(|column| column.name.as_str()).collect();
        for column in &table.columns {
            if !names.insert(&column.name) {
                let message = format!("“{}”表的“{}”列有两个", table.name, column.name);
                problems.push(source.fault(FILE, &[&table.name, &column.name], message));
            }
        }
        for key in table.key.iter().filter(|key| table.column(key).is_none()) {
            let message = format!("“{}”表没有“{key}”列", table.name);
            problems.push(source.fault(FILE, &[&table.name, key], message));
        }
    }
}

impl ArchiveTable {
    /// The column of a name.
    pub fn column(&self, name: &str) -> Option<&ArchiveColumn> {
        self.columns.iter().find(|column| column.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        let mut problems = Vec::new();
        ArchiveSchema::load(&Source::of(&[(FILE, text)]), &mut problems);
        problems.into_iter().map(|problem| problem.message).collect()
    }

    #[test]
    fn every_table_is_tied_to_its_document_and_money_is_never_a_fraction() {
        let mut problems = Vec::new();
        let schema = ArchiveSchema::load(&Source::embedded(), &mut problems);
        assert_eq!(problems, []);
        assert_eq!(
            schema.partitions.iter().map(|column| column.name.as_str()).collect::<Vec<_>>(),
            ["year", "province"]
        );
        for table in &schema.tables {
            assert_eq!(table.key.first().map(String::as_str), Some("document"), "{}", table.name);
            assert_eq!(table.column("document").map(|column| column.kind), Some(ArchiveType::Text), "{}", table.name);
        }
        let amount = schema.table("figures").and_then(|table| table.column("amount")).unwrap();
        assert!(amount.optional && amount.kind == ArchiveType::Fen);
    }

    #[test]
    fn a_key_without_a_column_and_a_column_that_stands_in_the_folders_are_faults() {
        let column = |name: &str| format!("{{ name = '{name}', type = 'int', title = '', about = '' }}");
        let year = column("year");
        let table = format!("{{ name = 'more', title = '', about = '', key = ['document'], column = [{year}] }}");
        let told = faults(&format!("version = 1\npartition = [{year}]\ntable = [{table}, {table}]\n")).concat();
        for fault in ["“more”表没有“document”列", "“more”表的“year”列有两个", "“more”表有两个"]
        {
            assert!(told.contains(fault), "{fault} {told}");
        }
    }
}
