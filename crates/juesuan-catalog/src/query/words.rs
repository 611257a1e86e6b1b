//! Views that every question may use, and what people are told of a question: `catalog/query.toml`.

use std::collections::BTreeSet;

use juesuan_model::Problem;
use serde::Deserialize;

use crate::near::twice;
use crate::source::Source;

/// The file.
const FILE: &str = "query.toml";

/// Views and words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct QueryWords {
    /// What follows from the tables and is asked again and again, each from those before it.
    #[serde(rename = "view", default)]
    pub views: Vec<View>,
    /// Why a question was not answered.
    pub refused: RefusedWords,
    /// What stands around answers.
    pub said: SaidWords,
    /// Words of the page with the ranking.
    pub ranking: RankingWords,
}

/// A table that is made of others by a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// ASCII name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// What a row is.
    pub about: String,
    /// The question.
    pub sql: String,
}

/// Why a question was not answered. Names in braces are filled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RefusedWords {
    /// No archive in `{folder}`: `{fault}`.
    pub no_archive: String,
    /// The manifest has the version `{version}`, this program reads `{own}`.
    pub version: String,
    /// A part that the manifest names, `{path}`, is not as it says.
    pub part: String,
    /// A path that leads elsewhere.
    pub path: String,
    /// The text is no SQL: `{fault}`.
    pub syntax: String,
    /// `{line}`, `{column}`.
    pub place: String,
    /// No column `{name}`; `{near}`.
    pub column: String,
    /// No table `{name}`; `{near}`.
    pub table: String,
    /// No function `{name}`; `{near}`.
    pub function: String,
    /// A name that may mean several columns.
    pub ambiguous: String,
    /// Something that would change what is there.
    pub read_only: String,
    /// More than one question at once.
    pub one: String,
    /// Too large for the memory that it may have, `{megabytes}`.
    pub memory: String,
    /// Anything else that the engine says.
    pub other: String,
    /// No question `{name}`; `{near}`.
    pub question: String,
    /// The question has no parameter `{name}`; `{near}`.
    pub parameter: String,
    /// `{text}` is no value of the parameter `{name}`, which is `{kind}`.
    pub value: String,
    /// The question cannot be asked without the list `{name}`, `{about}`.
    pub unset: String,
    /// The file of a parameter cannot be read: `{path}`, `{fault}`.
    pub file: String,
    /// It has no column `{name}`, `{heads}`.
    pub head: String,
    /// Whole numbers, in words.
    pub int: String,
    /// Numbers, in words.
    pub number: String,
    /// Files in the format of Parquet go into a file only.
    pub parquet: String,
    /// The file `{path}` cannot be written: `{fault}`.
    pub write: String,
    /// Neither a question nor anything else was asked.
    pub nothing: String,
    /// Something that the machine would not do: `{fault}`.
    pub machine: String,
}

/// What stands around answers. Names in braces are filled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SaidWords {
    /// Below a table: `{rows}`.
    pub rows: String,
    /// Below a table of which only `{shown}` rows are shown.
    pub more: String,
    /// No row at all.
    pub none: String,
    /// Written: `{rows}`, `{path}`.
    pub written: String,
    /// One question in the list: `{key}`, `{title}`, `{means}`.
    pub listed: String,
    /// A parameter of it: `{name}`, `{default}`, `{about}`.
    pub parameter: String,
    /// A parameter without a value.
    pub empty: String,
    /// Below the list.
    pub how: String,
    /// What was written for the ranking: `{files}`, `{folder}`.
    pub ranked: String,
}

/// Words of the page with the ranking.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RankingWords {
    /// Name of the page's file.
    pub file: String,
    /// Title of the page.
    pub title: String,
    /// Below it: how to read it.
    pub about: String,
    /// Above the formula.
    pub formula: String,
    /// Heads of the formula: what, points, how.
    pub formula_heads: [String; 3],
    /// Heads of the bands: letter, from, what it means.
    pub band_heads: [String; 3],
    /// What is said of rows that are left out of the page: `{count}`, `{file}`.
    pub more: String,
}

impl QueryWords {
    /// Reads the file; views with one name are faults.
    pub fn load(source: &Source, problems: &mut Vec<Problem>) -> QueryWords {
        let words: QueryWords = source.toml(FILE, problems).unwrap_or_default();
        let mut names = BTreeSet::new();
        for view in &words.views {
            if !names.insert(view.name.as_str()) {
                problems.push(source.fault(FILE, &[&view.name], twice(&view.name)));
            }
        }
        words
    }
}

/// A text with its names in braces filled.
pub fn filled(text: &str, values: &[(&str, &str)]) -> String {
    // From left to right, so that a value with braces of its own is left as it is.
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        out.push_str(before);
        let value = behind
            .split_once('}')
            .and_then(|(name, after)| values.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value, after)));
        match value {
            Some((value, after)) => {
                out.push_str(value);
                rest = after;
            }
            None => {
                out.push('{');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_with_braces_is_not_filled_again() {
        assert_eq!(filled("{a}、{b}、{c", &[("a", "{b}"), ("b", "乙")]), "{b}、乙、{c");
    }
}
