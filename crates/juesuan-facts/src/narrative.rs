//! `narrative.toml`: what only people know – causes of change and free text. The program never invents one.

use std::collections::BTreeMap;

use juesuan_model::Place;
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
    /// Terms explained in addition to the variant's glossary: term, explanation.
    #[serde(default)]
    pub glossary: Vec<Term>,
    /// Where causes, texts and purposes were entered, by their keys, if not in narrative.toml.
    #[serde(skip)]
    pub places: BTreeMap<String, Place>,
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
