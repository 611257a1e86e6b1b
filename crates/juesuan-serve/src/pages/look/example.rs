//! What an example of a rule shows: what would be printed, and what the program says of it.

use askama::Template;
use juesuan_catalog::{Example, ExampleFigure};
use juesuan_model::{Scope, UnitKind, Verdict};

/// An example with what comes of it.
#[derive(Template)]
#[template(path = "look/example.html")]
pub struct Shown<'c> {
    /// What comes out.
    pub verdict: Verdict,
    /// As it is written in the catalogue.
    pub example: &'c Example,
    /// What the program says of it.
    pub said: Vec<String>,
}

/// Figures as a table.
#[derive(Template)]
#[template(path = "look/figures.html")]
struct Figures<'c> {
    /// By what the table is told from others: whose figures these are, and of which example.
    of: &'c str,
    name: &'c str,
    figures: &'c [ExampleFigure],
}

impl Figures<'_> {
    /// Whether any of them says where it stands.
    fn are_placed(&self) -> bool {
        self.figures.iter().any(|own| !own.table.is_empty() || !own.row.is_empty() || !own.section.is_empty())
    }
}

impl Shown<'_> {
    fn figures<'c>(&'c self, of: &'c str, figures: &'c [ExampleFigure]) -> Figures<'c> {
        Figures { of, name: &self.example.name, figures }
    }
}

/// The meaning of a figure without the brackets of the formula language.
fn meaning(of: &str) -> &str {
    let inside = of.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inside.filter(|inside| !inside.contains('[')).unwrap_or(of)
}

/// A word of a closed list as the catalogue writes it.
fn written(word: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(word).ok();
    value.and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
