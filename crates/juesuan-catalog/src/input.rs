//! The input files that people fill in or export: `catalog/inputs/*.toml`. From these come the header words by which
//! columns are found, the entry sheets of `juesuan new`, and the reference of input files.

use std::collections::BTreeMap;

use juesuan_model::{Dimension, Problem};
use serde::Deserialize;

use crate::source::Source;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnKind {
    /// Free text.
    Text,
    /// One of the words in `choices`.
    Choice,
    /// Classification code: digits only.
    Code,
    /// Money in 元 with at most two decimals.
    Yuan,
    /// Whole number of things.
    Count,
    /// Number of things that may have decimals, not below zero.
    Number,
    /// A day: 2023-05-01, 2023/5/1, 2023年5月1日, 20230501, or a spreadsheet date.
    Date,
    /// Four digits.
    Year,
}

/// One column.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputColumn {
    /// Key used in code.
    pub key: String,
    /// Header words, the usual one first. A `mapping.toml` beside the file may add words.
    pub header: Vec<String>,
    /// What it holds.
    pub kind: ColumnKind,
    /// True if the file cannot be read without it.
    #[serde(default)]
    pub required: bool,
    /// True if a cell of a required column may stay blank: then it is asked for in the list of what is missing.
    #[serde(default)]
    pub asked: bool,
    /// Words allowed, for [`ColumnKind::Choice`].
    #[serde(default)]
    pub choices: Vec<String>,
    /// For people: what to enter.
    #[serde(default)]
    pub help: String,
    /// Texts of the sections that this column gives where narrative.toml does not: its distinct entries, joined.
    #[serde(default)]
    pub texts: Vec<ColumnText>,
}

/// A text of the sections that a column gives.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnText {
    /// Key, as the sections name it in `{@text …}`.
    pub key: String,
    /// Only rows where each of these columns has this entry.
    #[serde(default)]
    pub when: BTreeMap<String, String>,
}

/// One kind of input file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputFile {
    /// Key used in code.
    pub key: String,
    /// Title for people.
    pub title: String,
    /// Folder below the department's folder.
    pub folder: String,
    /// A file is of this kind if its name contains one of these words.
    pub names: Vec<String>,
    /// What to put into it.
    pub about: String,
    /// True if few departments have it: its entry sheet is laid aside, to be moved to its place by those who fill it in.
    #[serde(default)]
    pub sample: bool,
    /// Columns in the order of the entry sheet.
    pub column: Vec<InputColumn>,
    /// Columns that exports have in place of some of them; no entry sheet asks for these.
    #[serde(default)]
    pub instead: Vec<Instead>,
    /// Columns of amounts that exports have in place of one that names a choice.
    #[serde(default)]
    pub wide: Vec<Wide>,
    /// What is known of last year that stands beside the table or its rows, for people.
    #[serde(default)]
    pub beside: Vec<Beside>,
}

/// What of last year stands beside a row, or, without a column, beside the whole table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beside {
    /// Key of the column beside which it stands.
    #[serde(default)]
    pub column: String,
    /// What it is, for people.
    pub says: String,
    /// Only for rows with this entry in each of these columns.
    #[serde(default)]
    pub when: BTreeMap<String, String>,
    /// Coordinates of the figure that are the same for all rows.
    #[serde(default)]
    pub with: BTreeMap<Dimension, String>,
    /// Coordinates that stand in columns of the row, by their keys.
    #[serde(default)]
    pub by: BTreeMap<Dimension, String>,
    /// What is told of an indicator instead of a figure.
    #[serde(default)]
    pub indicator: Option<IndicatorPart>,
}

/// What is told of last year's indicator of the same name, with the columns in which its name and that of its project stand.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorPart {
    /// Key of the column with the project.
    pub project: String,
    /// Key of the column with the name.
    pub name: String,
    /// Which value.
    pub value: IndicatorValue,
}

/// A value of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IndicatorValue {
    /// What was aimed at.
    Target,
    /// What was reached.
    Actual,
}

/// A column of amounts for each choice, in place of the column that names it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wide {
    /// Key of the column that names the choice.
    pub choice: String,
    /// Key of the column of amounts.
    pub amount: String,
    /// A choice → the heads of its column.
    pub heads: BTreeMap<String, Vec<String>>,
}

/// Columns that together take the place of others.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instead {
    /// Keys of the columns that are not needed then.
    pub of: Vec<String>,
    /// The columns that say the same.
    pub column: Vec<InputColumn>,
}

/// All kinds of input files.
#[derive(Clone, Debug, Default)]
pub struct InputFiles {
    files: Vec<InputFile>,
}

impl InputFiles {
    /// Reads all files below `inputs/`.
    pub fn load(source: &Source, problems: &mut Vec<Problem>) -> InputFiles {
        InputFiles { files: source.tomls("inputs/", problems).into_iter().map(|(_, file)| file).collect() }
    }

    /// A kind by its key.
    pub fn get(&self, key: &str) -> Option<&InputFile> {
        self.files.iter().find(|f| f.key == key)
    }

    /// All kinds, ordered by the names of their catalogue files.
    pub fn iter(&self) -> impl Iterator<Item = &InputFile> {
        self.files.iter()
    }
}

impl InputFile {
    /// A column by its key.
    pub fn column(&self, key: &str) -> Option<&InputColumn> {
        self.column.iter().find(|c| c.key == key)
    }

    /// All columns by which a file is read, those of exports last.
    pub fn readable(&self) -> impl Iterator<Item = &InputColumn> {
        self.column.iter().chain(self.instead.iter().flat_map(|instead| &instead.column))
    }

    /// The usual head of a column; its key if there is no such column.
    pub fn head<'f>(&'f self, key: &'f str) -> &'f str {
        self.column(key).and_then(|column| column.header.first()).map_or(key, String::as_str)
    }
}
