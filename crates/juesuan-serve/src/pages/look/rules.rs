//! Laws and rules: the list, and one of them with its examples.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use juesuan_catalog::{Catalog, Level, Prefix, RuleState};
use juesuan_check::RulePage;
use juesuan_check::reference::Condition;
use juesuan_model::{DocumentKind, Scope, Severity, UnitKind};
use serde::Deserialize;

use super::example::Shown;
use super::{Tab, Words};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::Visitor;
use crate::page::{Frame, Room, filled};
use crate::worker::apart;

/// What the list shows.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    words: String,
    /// `error`, `warning`, `notice`; empty: all.
    severity: String,
    /// `stable`, `preview`, `retired`; empty: all.
    state: String,
}

#[derive(Template)]
#[template(path = "look/rules.html")]
struct List<'c> {
    frame: Frame,
    tab: Tab,
    wanted: Wanted,
    total: usize,
    /// By what the letters of their codes say.
    groups: Vec<(&'c Prefix, Vec<RulePage<'c>>)>,
}

/// The list.
pub async fn list(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Fault> {
    let mut found = found(&desk.catalog, &Words::of(&wanted.words));
    let severity = match wanted.severity.as_str() {
        "error" => Some(Severity::Error),
        "warning" => Some(Severity::Warning),
        "notice" => Some(Severity::Notice),
        _ => None,
    };
    let state = match wanted.state.as_str() {
        "stable" => Some(RuleState::Stable),
        "preview" => Some(RuleState::Preview),
        "retired" => Some(RuleState::Retired),
        _ => None,
    };
    found.retain(|rule| severity.is_none_or(|own| own == rule.severity) && state.is_none_or(|own| own == rule.state));
    let total = found.len();
    let groups = desk.catalog.rulebook.prefixes().iter().map(|prefix| {
        let own = found.extract_if(.., |rule| rule.code.starts_with(&prefix.letters));
        (prefix, own.collect::<Vec<_>>())
    });
    let groups = groups.filter(|(_, rules)| !rules.is_empty()).collect();
    filled(&List { frame: Frame::new(Room::LookUp, &visitor), tab: Tab::Rules, wanted, total, groups })
}

/// The laws and rules in which the words stand; without words all of them.
pub fn found<'c>(catalog: &'c Catalog, words: &Words) -> Vec<RulePage<'c>> {
    let mut rules = juesuan_check::rules(catalog);
    rules.retain(|rule| {
        let basis = rule.basis.concat();
        words.stand_in(&[rule.code, rule.name, rule.title, rule.fault, rule.explanation, rule.remedy, &basis])
    });
    rules
}

#[derive(Template)]
#[template(path = "look/rule.html")]
struct Page<'c> {
    frame: Frame,
    tab: Tab,
    rule: RulePage<'c>,
    /// What the letters of its code say.
    about: &'c str,
    /// Names of the variants it is for.
    variants: Vec<&'c str>,
    examples: Vec<Shown<'c>>,
}

/// One of them.
pub async fn show(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
) -> Result<Html<String>, Fault> {
    let frame = Frame::new(Room::LookUp, &visitor);
    // The examples are checked anew: that is no work for the thread that answers others.
    apart(move || {
        let catalog = &desk.catalog;
        let rule = juesuan_check::reference::rule(catalog, &code).ok_or(Fault::Missing)?;
        let mut prefixes = catalog.rulebook.prefixes().iter();
        let about = prefixes.find(|prefix| rule.code.starts_with(&prefix.letters)).map_or("", |prefix| &prefix.name);
        let variants = variants(catalog, &rule);
        let said = juesuan_office::examples::said(catalog, rule.code);
        let examples = rule.examples.iter().zip(said);
        let examples = examples.map(|((verdict, example), said)| Shown { verdict: *verdict, example, said }).collect();
        filled(&Page { frame, tab: Tab::Rules, about, variants, examples, rule })
    })
    .await?
}

/// The names of the variants a rule is restricted to.
fn variants<'c>(catalog: &'c Catalog, rule: &RulePage<'c>) -> Vec<&'c str> {
    let keys = rule.applies.iter().find_map(|condition| match condition {
        Condition::Variants(keys) => Some(*keys),
        _ => None,
    });
    let name = |key: &'c String| {
        let own = catalog.variants.iter().find(|variant| variant.key == *key);
        own.map_or(key.as_str(), |variant| variant.name.as_str())
    };
    keys.unwrap_or_default().iter().map(name).collect()
}
