//! What is published of performance alone, without the accounts around it (`performance/alone.toml`).

use serde::Deserialize;

/// How it is titled, and which findings are about it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AloneWords {
    /// Lines of the cover, with `{单位}` and `{年}`.
    pub cover: Vec<String>,
    /// Headings of the explanations, and of reports and forms.
    pub parts: [String; 2],
    /// Key of the section of the explanations.
    pub section: String,
    /// Codes of rules, or their beginnings.
    pub rules: Vec<String>,
}

impl AloneWords {
    /// True for the codes of relations and findings about performance.
    pub fn concerns(&self, code: &str) -> bool {
        self.rules.iter().any(|rule| code.starts_with(rule.as_str()))
    }
}
