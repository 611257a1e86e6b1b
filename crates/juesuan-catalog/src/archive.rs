//! The tables of an archive of checked documents: `catalog/archive.toml`. Who writes an archive, who asks it and the page that
//! describes it go by this.

use std::collections::BTreeMap;
use std::fmt::Write;

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
    /// What the page that describes the tables says of all of them.
    #[serde(default)]
    pub page: ArchivePage,
    /// Columns that stand in the names of folders (`year=2024/province=hubei`), from the outside.
    #[serde(rename = "partition", default)]
    pub partitions: Vec<ArchiveColumn>,
    /// In the order of the file.
    #[serde(rename = "table", default)]
    pub tables: Vec<ArchiveTable>,
}

/// Words of the page that describes the tables.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchivePage {
    /// Its title.
    pub title: String,
    /// What an archive is.
    pub about: String,
    /// Above the columns that stand in the names of folders.
    pub partitions: String,
    /// Before what a row is.
    pub rows: String,
    /// Before the key.
    pub key: String,
    /// Heads: column, title, type, whether it may have no value, meaning.
    pub heads: [String; 5],
    /// Of a column that may.
    pub optional: String,
    /// Types by their names in this file.
    pub types: BTreeMap<String, String>,
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
    /// Reads the file. Whether its columns are those that are written is asked by who writes.
    pub fn load(source: &Source, problems: &mut Vec<Problem>) -> ArchiveSchema {
        source.toml(FILE, problems).unwrap_or_default()
    }

    /// The table of a name.
    pub fn table(&self, name: &str) -> Option<&ArchiveTable> {
        self.tables.iter().find(|table| table.name == name)
    }

    /// The page that describes the tables, in Markdown.
    pub fn reference(&self) -> String {
        let words = &self.page;
        let mut out = format!("# {}\n\n{}", words.title, words.about);
        // A string takes whatever is written to it.
        let _ = writeln!(out, "\n## {}\n", words.partitions);
        self.columns(&self.partitions, &mut out);
        for table in &self.tables {
            let _ = writeln!(out, "\n## `{}` {}\n\n{}：{}。", table.name, table.title, words.rows, table.about);
            let key: Vec<String> = table.key.iter().map(|key| format!("`{key}`")).collect();
            let _ = writeln!(out, "{}：{}。\n", words.key, key.join("、"));
            self.columns(&table.columns, &mut out);
        }
        out
    }

    fn columns(&self, columns: &[ArchiveColumn], out: &mut String) {
        let words = &self.page;
        let _ = writeln!(out, "| {} |\n|---|---|---|---|---|", words.heads.join(" | "));
        for column in columns {
            let kind = words.types.get(column.kind.word()).map_or("", String::as_str);
            let optional = if column.optional { words.optional.as_str() } else { "" };
            let ArchiveColumn { name, title, about, .. } = column;
            let _ = writeln!(out, "| `{name}` | {title} | {kind} | {optional} | {about} |");
        }
    }
}

impl ArchiveType {
    /// As it is written in the file.
    pub const fn word(self) -> &'static str {
        match self {
            ArchiveType::Text => "text",
            ArchiveType::Int => "int",
            ArchiveType::Bool => "bool",
            ArchiveType::Fen => "fen",
            ArchiveType::Number => "number",
            ArchiveType::Ints => "ints",
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
    use std::collections::BTreeSet;

    use super::*;

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
    fn no_column_stands_twice_or_in_the_folders_too_and_keys_are_columns() {
        let schema = ArchiveSchema::load(&Source::embedded(), &mut Vec::new());
        for table in &schema.tables {
            let all = schema.partitions.iter().chain(&table.columns).map(|column| column.name.as_str());
            let names: Vec<&str> = all.collect();
            assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{}", table.name);
            assert!(table.key.iter().all(|key| table.column(key).is_some_and(|column| !column.optional)));
        }
        let page = schema.reference();
        assert!(page.contains("| `amount` |") && page.contains("DECIMAL(20,0)"), "{page}");
    }
}
