//! Laws and rules for people: what each says as data, from which every page about them is made.
//!
//! [`rules`] gives all of them, [`rule`] one; `markdown` makes the explanation of one and the whole reference of it.

mod markdown;

use juesuan_catalog::{Catalog, Example, Law, Level, Rule, RuleState};
use juesuan_model::{DocumentKind, Scope, Severity, UnitKind, Verdict};

pub use markdown::{explain, reference};

/// What people are told of a law or rule.
#[derive(Clone, Debug)]
pub struct RulePage<'c> {
    /// Two letters and three digits.
    pub code: &'c str,
    /// English name of the fault; of a law its key.
    pub name: &'c str,
    /// True for one of the five laws, which hold for every figure.
    pub is_law: bool,
    /// The relation that should hold.
    pub title: &'c str,
    /// What is called wrong where it does not.
    pub fault: &'c str,
    /// How grave a break is.
    pub severity: Severity,
    /// Whether it runs.
    pub state: RuleState,
    /// Formulas as they are written, each of which should hold; none for a law, and where a body in Rust says it.
    pub formulas: Vec<&'c str>,
    /// Where it applies: all of these must be true; none: everywhere.
    pub applies: Vec<Condition<'c>>,
    /// Why.
    pub explanation: &'c str,
    /// What to do about it.
    pub remedy: &'c str,
    /// Legal ground.
    pub basis: &'c [String],
    /// Its examples, each with what comes out: those that hold first, then broken, unreadable and silent ones.
    pub examples: Vec<(Verdict, &'c Example)>,
}

/// One condition on the documents to which a rule applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition<'c> {
    /// All units of the department are of these kinds.
    Only(&'c [UnitKind]),
    /// At least one unit is of one of these kinds.
    Any(&'c [UnitKind]),
    /// The document follows one of these variants.
    Variants(&'c [String]),
    /// The document is of this kind.
    Kind(DocumentKind),
    /// This kind of body files it.
    Scope(Scope),
    /// A formula that has to be true, as it is written.
    When(&'c str),
    /// It is asked of every printed function code of this level.
    Each(Level),
}

/// All laws, then all rules by code.
pub fn rules(catalog: &Catalog) -> Vec<RulePage<'_>> {
    let laws = catalog.rulebook.laws().iter().map(of_law);
    laws.chain(catalog.rulebook.rules().iter().map(of_rule)).collect()
}

/// The law or rule of this code, in letters of either case, or of this name; `None` for an unknown one.
pub fn rule<'c>(catalog: &'c Catalog, code: &str) -> Option<RulePage<'c>> {
    rules(catalog).into_iter().find(|page| page.code.eq_ignore_ascii_case(code) || page.name == code)
}

fn of_law(law: &Law) -> RulePage<'_> {
    RulePage {
        code: &law.code,
        name: &law.key,
        is_law: true,
        title: &law.title,
        fault: &law.fault,
        severity: law.severity,
        state: RuleState::Stable,
        formulas: Vec::new(),
        applies: Vec::new(),
        explanation: law.explanation.trim(),
        remedy: &law.remedy,
        basis: &law.basis,
        examples: Vec::new(),
    }
}

fn of_rule(rule: &Rule) -> RulePage<'_> {
    RulePage {
        code: &rule.code,
        name: &rule.name,
        is_law: false,
        title: &rule.title,
        fault: &rule.fault,
        severity: rule.severity,
        state: rule.state,
        formulas: rule.formula.iter().map(|formula| formula.text.as_str()).collect(),
        applies: conditions(rule),
        explanation: rule.explanation.trim(),
        remedy: &rule.remedy,
        basis: &rule.basis,
        examples: rule.judged().collect(),
    }
}

fn conditions(rule: &Rule) -> Vec<Condition<'_>> {
    let applies = &rule.applies;
    // Whoever restricts a rule names one of the two; what is unknown or a template is never named.
    let kind = applies.kind.filter(|kind| matches!(kind, DocumentKind::Final | DocumentKind::Budget));
    let all = [
        (!applies.only.is_empty()).then_some(Condition::Only(&applies.only)),
        (!applies.any.is_empty()).then_some(Condition::Any(&applies.any)),
        (!applies.variants.is_empty()).then_some(Condition::Variants(&applies.variants)),
        kind.map(Condition::Kind),
        applies.scope.map(Condition::Scope),
        applies.when.as_ref().map(|when| Condition::When(&when.text)),
        rule.each.map(Condition::Each),
    ];
    all.into_iter().flatten().collect()
}
