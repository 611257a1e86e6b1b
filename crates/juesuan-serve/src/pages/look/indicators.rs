//! Usual indicators to choose from.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use juesuan_catalog::{Catalog, IndicatorUse, UsualIndicator};
use juesuan_inputs::scaffold::indicator_sheet::{SHEET, rows};
use serde::Deserialize;

use super::Tab;
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::Visitor;
use crate::page::{Frame, Room, filled};

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    words: String,
    /// `whole`, `project`; empty: either.
    #[serde(rename = "for")]
    scope: String,
}

impl Wanted {
    fn scope(&self) -> IndicatorUse {
        match self.scope.as_str() {
            "whole" => IndicatorUse::Whole,
            "project" => IndicatorUse::Project,
            _ => IndicatorUse::Both,
        }
    }

    /// The same question as part of an address.
    fn query(&self) -> String {
        serde_urlencoded::to_string([("words", &self.words), ("for", &self.scope)]).unwrap_or_default()
    }
}

#[derive(Template)]
#[template(path = "look/indicators.html")]
struct Page<'c> {
    frame: Frame,
    tab: Tab,
    wanted: Wanted,
    found: Vec<&'c UsualIndicator>,
}

impl Page<'_> {
    /// True for the first of a place in the tree, which gets a heading where nothing was looked for.
    fn opens(&self, number: &usize) -> bool {
        let path = |number: usize| self.found.get(number).map(|own| &own.path);
        self.wanted.words.trim().is_empty() && number.checked_sub(1).and_then(path) != path(*number)
    }
}

/// The page.
pub async fn list(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Fault> {
    let found = found(&desk.catalog, &wanted.words, wanted.scope());
    filled(&Page { frame: Frame::new(Room::LookUp, &visitor), tab: Tab::Indicators, wanted, found })
}

/// The same as a file with the columns of the sheet of indicators, for copying.
pub async fn save(State(desk): State<Arc<Desk>>, Query(wanted): Query<Wanted>) -> Result<Response, Fault> {
    let found = found(&desk.catalog, &wanted.words, wanted.scope());
    let bytes = rows(found, desk.catalog.inputs.get(SHEET)).map_err(|_| Fault::Broken)?;
    let headers =
        [(CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=\"indicators.csv\"")];
    Ok((headers, bytes).into_response())
}

/// Those in which every word stands, the best first; without words all of them by their place in the tree.
pub fn found<'c>(catalog: &'c Catalog, words: &str, scope: IndicatorUse) -> Vec<&'c UsualIndicator> {
    let mut found = catalog.performance.library.search(words);
    found.retain(|own| own.scope().serves(scope));
    if words.trim().is_empty() {
        let mut places: Vec<&[String; 2]> = Vec::new();
        for own in &found {
            if !places.contains(&&own.path) {
                places.push(&own.path);
            }
        }
        found.sort_by_key(|own| places.iter().position(|path| **path == own.path));
    }
    found
}
