//! What is so, as CSV beside the documents.

use crate::fault::Spot;
use crate::load::fate::{self, Fate, Issue};
use crate::load::written::{Load, Made};
use crate::sheet::Sheet;

/// The lists, each a file.
#[derive(Clone, Debug)]
pub struct Truth {
    /// Every body and year that must be published.
    pub bodies: Sheet,
    /// Bodies and years that are missing.
    pub missing: Sheet,
    /// Faults inside one document.
    pub planted: Sheet,
    /// Passages that another document had first.
    pub copied: Sheet,
    /// What contradicts another document: the year before, the department, the budget.
    pub torn: Sheet,
}

impl Default for Truth {
    fn default() -> Truth {
        Truth {
            bodies: Sheet::new(&["province", "county", "body", "kind", "department", "year", "file"]),
            missing: Sheet::new(&["body", "year"]),
            planted: Sheet::new(&["file", "fault", "codes", "place", "template"]),
            copied: Sheet::new(&["file", "from", "kind", "passage"]),
            torn: Sheet::new(&["kind", "file", "other"]),
        }
    }
}

impl Truth {
    /// Adds what is known of a document, be it there or missing.
    pub fn add(&mut self, load: &Load, issue: Issue, made: Option<&Made>) {
        let Some(body) = load.bodies.get(issue.body) else { return };
        let department = load.bodies.get(body.department).map(|d| d.name.clone()).unwrap_or_default();
        let county = body.region.strip_prefix(body.province.as_str()).unwrap_or_default();
        let kind = if body.member == 0 { "department" } else { "unit" };
        let year = load.year(issue).to_string();
        let file = made.map(|made| made.path.clone()).unwrap_or_default();
        let row = [&body.province, county, &body.name, kind, &department, &year, &file];
        self.bodies.row(row.iter().map(|field| (*field).to_owned()).collect());
        let Some(made) = made else {
            self.missing.row(vec![body.name.clone(), year]);
            return;
        };
        if let Some(planted) = &made.planted {
            let place = place(&planted.spot);
            let codes = planted.codes.join(" ");
            let template = if planted.template { county.to_owned() } else { String::new() };
            self.planted.row(vec![file.clone(), planted.name.to_owned(), codes, place, template]);
        }
        if let Some(copied) = &made.copied {
            let kind = copied.kind.name().unwrap_or_default().to_owned();
            self.copied.row(vec![file.clone(), copied.from.clone(), kind, copied.passage.clone()]);
        }
        if let Some(budget) = made.budget.as_ref().filter(|budget| budget.other) {
            self.torn.row(vec!["budget".to_owned(), file.clone(), budget.path.clone()]);
        }
        self.add_torn(load, issue, &file);
    }

    /// Adds what contradicts the year before or the department, where both are published.
    fn add_torn(&mut self, load: &Load, issue: Issue, file: &str) {
        let Some(body) = load.bodies.get(issue.body) else { return };
        let is_there = |issue: Issue| load.fate(issue) != Fate::Missing;
        if let Some(year) = issue.year.checked_sub(1) {
            let before = Issue { year, ..issue };
            let torn = fate::torn(&load.size, &load.shares, body);
            if is_there(before) && [Some(issue.year), Some(year)].contains(&torn) {
                self.torn.row(vec!["year".to_owned(), file.to_owned(), load.path(before)]);
            }
        }
        let department = Issue { body: body.department, ..issue };
        if fate::is_apart(&load.size, &load.shares, body, issue.body) && is_there(department) {
            self.torn.row(vec!["department".to_owned(), file.to_owned(), load.path(department)]);
        }
    }

    /// The files and what is in them.
    pub fn files(self) -> [(&'static str, String); 5] {
        [
            ("bodies.csv", self.bodies.text()),
            ("missing.csv", self.missing.text()),
            ("planted.csv", self.planted.text()),
            ("copied.csv", self.copied.text()),
            ("torn.csv", self.torn.text()),
        ]
    }
}

fn place(spot: &Spot) -> String {
    match spot {
        Spot::Cell { table, row } => format!("{table} {}", row.join(" ")),
        Spot::Text { words } => words.clone(),
        Spot::Missing { name } => name.clone(),
    }
}
