//! The bulletin of the tasks of a quarter.

use askama::Template;
use juesuan_compose::bulletin::Quarter;
use juesuan_model::Problem;
use juesuan_office::evaluate::Told;
use juesuan_text::Day;
use serde::Deserialize;

use super::{Around, Tab};
use crate::fault::Fault;
use crate::page::{Frame, Room};

/// What is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// `2023Q3`.
    pub quarter: String,
    /// `2023-10-08`.
    pub date: String,
    /// Number of the document; empty: none yet.
    pub number: String,
}

impl Wanted {
    /// The quarter and the day, where both are given and are some.
    pub fn moment(&self) -> Option<(Quarter, Day)> {
        Some((Quarter::parse(&self.quarter)?, Day::parse(self.date.trim())?))
    }

    fn is_empty(&self) -> bool {
        self.quarter.trim().is_empty() && self.date.trim().is_empty()
    }

    /// The same question as part of an address.
    fn query(&self) -> String {
        let pairs = [("quarter", &self.quarter), ("date", &self.date), ("number", &self.number)];
        serde_urlencoded::to_string(pairs).unwrap_or_default()
    }
}

#[derive(Template)]
#[template(path = "evaluate/bulletin.html")]
struct Page<'t> {
    frame: Frame,
    around: Around,
    wanted: Wanted,
    told: Option<&'t Told>,
    problems: Vec<&'t Problem>,
}

/// The page; without what was told only the form.
pub fn page(around: Around, wanted: Wanted, told: Option<&Told>) -> Result<String, Fault> {
    let problems = told.iter().flat_map(|told| &told.bulletin.problems).collect();
    Ok(Page { frame: around.frame.clone(), around, wanted, told, problems }.render()?)
}
