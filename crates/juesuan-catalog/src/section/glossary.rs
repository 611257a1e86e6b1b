//! Terms explained at the end: `catalog/glossary/<variant>.toml`.

use juesuan_model::Meaning;
use serde::Deserialize;

use crate::template::Template;

/// All terms of a variant.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Glossary {
    /// Number of each term, written as the first one: `（一）`, `一、`.
    #[serde(default)]
    pub number: String,
    /// Terms in order.
    #[serde(default)]
    pub term: Vec<GlossaryTerm>,
}

/// A term.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GlossaryTerm {
    /// The term.
    pub term: Template,
    /// Its explanation.
    #[serde(default)]
    pub text: Template,
    /// Function items below this meaning are listed under the term in the place of an explanation.
    #[serde(default)]
    pub functions: Option<Meaning>,
    /// The line of each function item.
    #[serde(default)]
    pub each: Template,
}
