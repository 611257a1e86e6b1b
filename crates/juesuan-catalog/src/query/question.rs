//! Named questions to an archive: `catalog/questions/*.toml`, one each.

use juesuan_model::Problem;
use serde::Deserialize;

use crate::near::lacking;
use crate::source::{Source, stem};

/// The folder.
const FOLDER: &str = "questions/";

/// All of them, in the order in which people are shown them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Questions {
    all: Vec<Question>,
}

/// One question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Name by which it is asked: that of its file.
    #[serde(skip)]
    pub key: String,
    /// Place in the list.
    pub order: u32,
    /// The question as people ask it.
    pub title: String,
    /// What the answer means, and what it does not.
    pub means: String,
    /// What may be set.
    #[serde(rename = "parameter", default)]
    pub parameters: Vec<QuestionParameter>,
    /// In the part of SQL that DataFusion and DuckDB have in common; `$name` is a parameter.
    pub sql: String,
    /// What follows `juesuan query` on the command line.
    pub example: String,
}

/// What may be set of a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionParameter {
    /// ASCII name: `$name` in the question, or the name of the table.
    pub name: String,
    /// What its values are.
    #[serde(rename = "type")]
    pub kind: ParameterKind,
    /// What people are told of it.
    pub about: String,
    /// Its value where nothing is set; of a table without a column that must be there: it has no rows.
    #[serde(default)]
    pub default: String,
    /// Columns of a table.
    #[serde(rename = "column", default)]
    pub columns: Vec<ParameterColumn>,
}

/// What a parameter is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ParameterKind {
    /// A whole number.
    #[default]
    Int,
    /// A number with digits behind its point.
    Number,
    /// A text.
    Text,
    /// A table of texts from a file.
    Table,
}

/// A column of such a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParameterColumn {
    /// ASCII name in the question.
    pub name: String,
    /// Heads by which it is known in the file.
    pub heads: Vec<String>,
    /// True if a file without it is of no use; else its cells are empty.
    #[serde(default)]
    pub required: bool,
}

impl Questions {
    /// Reads the files. A parameter that the question does not use, and one that it uses and nobody declared, are faults.
    pub fn load(source: &Source, problems: &mut Vec<Problem>) -> Questions {
        let mut all = Vec::new();
        for (path, mut question) in source.tomls::<Question>(FOLDER, problems) {
            question.key = stem(&path, FOLDER).to_owned();
            let used = parameters(&question.sql);
            for own in question.parameters.iter().filter(|own| own.kind != ParameterKind::Table) {
                if !used.contains(&own.name.as_str()) {
                    problems.push(source.fault(&path, &["parameter", &own.name], format!("没有用到“{}”", own.name)));
                }
                if !own.kind.takes(&own.default) {
                    problems.push(source.fault(&path, &[&own.name, "default"], format!("“{}”不合类型", own.default)));
                }
            }
            for name in used {
                if !question.parameters.iter().any(|own| own.name == name) {
                    problems.push(source.fault(
                        &path,
                        &["sql"],
                        lacking("parameter", name, question.parameters.iter().map(|own| own.name.as_str())),
                    ));
                }
            }
            all.push(question);
        }
        all.sort_by(|a: &Question, b: &Question| a.order.cmp(&b.order).then_with(|| a.key.cmp(&b.key)));
        Questions { all }
    }

    /// In the order in which people are shown them.
    pub fn iter(&self) -> impl Iterator<Item = &Question> {
        self.all.iter()
    }

    /// That of a name, or of the title.
    pub fn named(&self, name: &str) -> Option<&Question> {
        self.all.iter().find(|question| question.key == name || question.title == name)
    }
}

impl ParameterKind {
    /// True if a text is one of its values.
    pub fn takes(self, text: &str) -> bool {
        match self {
            ParameterKind::Int => text.parse::<i64>().is_ok(),
            ParameterKind::Number => {
                let unsigned = text.strip_prefix('-').unwrap_or(text);
                unsigned.starts_with(|c: char| c.is_ascii_digit())
                    && unsigned.chars().filter(|c| *c == '.').count() <= 1
                    && unsigned.chars().all(|c| c.is_ascii_digit() || c == '.')
            }
            ParameterKind::Text | ParameterKind::Table => true,
        }
    }
}

/// The names behind `$` in a question, each once, in order.
fn parameters(sql: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for behind in sql.split('$').skip(1) {
        let end = behind.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(behind.len());
        let name = behind.get(..end).unwrap_or_default();
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_that_is_not_used_or_not_declared_is_a_fault() {
        let text = "order = 1\ntitle = '题'\nmeans = ''\nexample = ''\nsql = 'SELECT $year'\n\
                    [[parameter]]\nname = 'ye'\ntype = 'int'\nabout = ''\ndefault = 'x'\n";
        let mut problems = Vec::new();
        let questions = Questions::load(&Source::of(&[("questions/a.toml", text)]), &mut problems);
        assert_eq!(problems.len(), 3, "{problems:?}");
        assert_eq!(questions.named("题").map(|own| own.key.as_str()), Some("a"));
    }

    #[test]
    fn numbers_are_digits_with_one_point() {
        let kind = ParameterKind::Number;
        assert!(
            kind.takes("-1.5") && kind.takes("10") && !kind.takes(".5") && !kind.takes("1e3") && !kind.takes("1.2.3")
        );
    }
}
