//! The laws and rules that a package is checked by: `catalog/laws.toml` and `catalog/rules/*.toml`, one file a rule.
//!
//! A rule says the relation that should hold, either as a formula over meanings (`[支出·机关运行经费] = …`) or as the name of
//! a body in `juesuan-check`, and carries its own examples. Whatever it names is looked up when the catalogue is loaded.

pub mod body;
mod book;
mod example;
mod parameters;
mod says;

use std::collections::BTreeMap;

use juesuan_model::{DocumentKind, Scope, Severity, UnitKind, Verdict};
use serde::Deserialize;

pub use body::{Body, DocumentBody, LinkBody, WaiverBody};
pub use book::Rulebook;
pub use example::{
    Example, ExampleChange, ExampleClaim, ExampleDocument, ExampleEvaluation, ExampleFigure, ExampleStep, ExampleSum,
    ExampleTable,
};
pub(crate) use parameters::read_pattern;
pub use parameters::{NAME, Parameters, YEAR, pattern_and_right};

use crate::formula::Formula;
use crate::template::Template;

/// One of the five laws: its words. Its body is in `juesuan-check`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// Two letters and three digits.
    pub code: String,
    /// Key by which the body finds its words: `agreement`, `sum` …
    pub key: String,
    /// The relation that should hold.
    pub title: String,
    /// What is called wrong where it does not: the headline of its findings.
    pub fault: String,
    /// Legal ground.
    pub basis: Vec<String>,
    /// For people: why, and what is tolerated.
    pub explanation: String,
    /// What to do about it.
    pub remedy: String,
    /// How grave a break is, unless the law grades by its size.
    pub severity: Severity,
    /// What its relations say, by key.
    #[serde(default)]
    pub says: BTreeMap<String, Template>,
}

/// What the first two letters of a code say.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prefix {
    /// Two letters.
    pub letters: String,
    /// What laws and rules of these letters look at.
    pub name: String,
    /// True if these rules hold for the reports of governments on their areas too.
    #[serde(default)]
    pub governments: bool,
}

/// Where a rule stands on its way from proposal to history.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleState {
    /// On trial: its examples run; documents are judged by it where somebody asks for it.
    Preview,
    /// Runs always.
    #[default]
    Stable,
    /// Is explained, for those who meet its code in an old report, and never runs. Its code stays taken.
    Retired,
}

/// A rule of its own.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Path of its file in the catalogue.
    pub path: String,
    /// Two letters by kind and three digits; never reused.
    pub code: String,
    /// Its fault, in English with hyphens, e.g. `running-cost-differs`.
    pub name: String,
    /// Whether it runs.
    pub state: RuleState,
    /// The relation that should hold.
    pub title: String,
    /// What is called wrong where it does not: the headline of its findings.
    pub fault: String,
    /// How grave a break is.
    pub severity: Severity,
    /// Legal ground.
    pub basis: Vec<String>,
    /// For people: why.
    pub explanation: String,
    /// What to do about it.
    pub remedy: String,
    /// Formulas, each of which should hold. Either these or `body`.
    pub formula: Vec<Formula>,
    /// The body in Rust.
    pub body: Option<Body>,
    /// The placeholder 类, 款 or 项 in the formulas stands for every printed function code of that level.
    pub each: Option<Level>,
    /// Where the rule applies.
    pub applies: Applies,
    /// Parameters of the body.
    pub with: Parameters,
    /// What its relations say, by key.
    pub says: BTreeMap<String, Template>,
    /// Packages for which it holds.
    pub holds: Vec<Example>,
    /// Packages in which it is broken.
    pub broken: Vec<Example>,
    /// Packages in which a figure that it needs cannot be read.
    pub unreadable: Vec<Example>,
    /// Packages to which it does not apply.
    pub silent: Vec<Example>,
}

impl Rule {
    /// All its examples.
    pub fn examples(&self) -> impl Iterator<Item = &Example> {
        self.judged().map(|(_, example)| example)
    }

    /// All its examples, each with what should come out of it.
    pub fn judged(&self) -> impl Iterator<Item = (Verdict, &Example)> {
        let lists = [
            (Verdict::Holds, &self.holds),
            (Verdict::Broken, &self.broken),
            (Verdict::Unreadable, &self.unreadable),
            (Verdict::NotApplicable, &self.silent),
        ];
        lists.into_iter().flat_map(|(verdict, list)| list.iter().map(move |example| (verdict, example)))
    }
}

/// Level of the function classification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Level {
    /// 3 digits.
    #[serde(rename = "类")]
    Class,
    /// 5 digits.
    #[serde(rename = "款")]
    Section,
    /// 7 digits.
    #[serde(rename = "项")]
    Item,
}

impl Level {
    /// Digits of a code of this level.
    pub const fn digits(self) -> usize {
        match self {
            Level::Class => 3,
            Level::Section => 5,
            Level::Item => 7,
        }
    }

    /// The placeholder in formulas.
    pub const fn word(self) -> &'static str {
        match self {
            Level::Class => "类",
            Level::Section => "款",
            Level::Item => "项",
        }
    }
}

/// What a law or rule says to people.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'r> {
    /// The relation that should hold.
    pub title: &'r str,
    /// The headline of its findings.
    pub fault: &'r str,
    /// How grave a break is, unless the case says otherwise.
    pub severity: Severity,
    /// Whether it runs.
    pub state: RuleState,
    /// Legal ground.
    pub basis: &'r [String],
    /// Why.
    pub explanation: &'r str,
    /// What to do about it.
    pub remedy: &'r str,
    /// What its relations say, by key.
    pub says: &'r BTreeMap<String, Template>,
}

impl<'r> Entry<'r> {
    /// That of a law.
    pub fn of_law(law: &'r Law) -> Entry<'r> {
        let Law { title, fault, severity, basis, explanation, remedy, says, .. } = law;
        Entry { title, fault, severity: *severity, state: RuleState::Stable, basis, explanation, remedy, says }
    }

    /// That of a rule.
    pub fn of_rule(rule: &'r Rule) -> Entry<'r> {
        let Rule { title, fault, severity, state, basis, explanation, remedy, says, .. } = rule;
        Entry { title, fault, severity: *severity, state: *state, basis, explanation, remedy, says }
    }
}

/// Where a rule applies. Everything that is given must be true; nothing given: everywhere.
#[derive(Clone, Debug, Default)]
pub struct Applies {
    /// All units of the department are of these kinds (and there is at least one).
    pub only: Vec<UnitKind>,
    /// At least one unit is of one of these kinds.
    pub any: Vec<UnitKind>,
    /// Keys of the variants.
    pub variants: Vec<String>,
    /// `final` or `budget`: documents of this kind only.
    pub kind: Option<DocumentKind>,
    /// `department` or `unit`: documents of these only.
    pub scope: Option<Scope>,
    /// A condition in the formula language.
    pub when: Option<Formula>,
}
