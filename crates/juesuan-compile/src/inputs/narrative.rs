//! `narrative.toml`: what only people know – causes of change and free text. The program never invents one.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The whole file. Keys are those that the sections of the variant name in `{@…}`; a text without a place is a problem.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Narrative {
    /// Causes of a difference, by key, e.g. `收支总计.上年`.
    #[serde(default)]
    pub cause: BTreeMap<String, String>,
    /// Other texts, by key, e.g. `绩效管理.整体评价`.
    #[serde(default)]
    pub text: BTreeMap<String, String>,
    /// What each function item is for (主要用于 …), by code.
    #[serde(default)]
    pub purpose: BTreeMap<String, String>,
    /// Per project.
    #[serde(default)]
    pub project: Vec<ProjectText>,
    /// Terms explained in addition to the variant's glossary: term, explanation.
    #[serde(default)]
    pub glossary: Vec<Term>,
}

/// What is reported of one project in 第三部分.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectText {
    /// Name, as in books and budget.
    pub name: String,
    /// 主要产出和效益.
    #[serde(default)]
    pub outputs: Vec<String>,
    /// 发现的问题及原因.
    #[serde(default)]
    pub problems: Vec<String>,
    /// 下一步改进措施.
    #[serde(default)]
    pub measures: Vec<String>,
    /// Decimals of the completion rate in running text, if other than the variant's.
    #[serde(default)]
    pub rate_decimals: Option<u8>,
}

/// A glossary entry.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Term.
    pub term: String,
    /// Explanation.
    pub explanation: String,
}
