//! Whose a row is: what the files of a department say of the whole, and what of each unit.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::Catalog;
use juesuan_facts::performance::{FOLDER, WHOLE};
use juesuan_facts::record::Record;
use juesuan_facts::{Counts, Department, Facts, Performance};
use juesuan_model::Problem;
use juesuan_text::plain;

use crate::budget::Budget;
use crate::entered::texts::{UNIT, is_of, narrative};
use crate::entered::{Sheets, answers};
use crate::mapping::Mapping;
use crate::read::Inputs;
use crate::registers::Registers;
use crate::{origin, stated};

/// Kinds whose rows state figures, and whether they are last year's.
const FIGURES: [(&str, bool); 2] = [(PRIOR, true), ("stated", false)];
/// The kind with last year's figures.
pub(crate) const PRIOR: &str = "figures";
/// The kind that says which projects a unit has.
const PROJECTS: &str = "perf-projects";

/// Rows by kind.
type Records = BTreeMap<String, Vec<Record>>;

/// The rows of figures and performance that are of the whole department: those of its projects whose ever they are, and of the
/// whole those that name no unit. Rows of the bodies `before` a merger are of neither.
pub fn whole(records: &Records, department: &Department, before: &[String]) -> Records {
    let units = department.units.len();
    let of_kind = |(kind, rows): (&String, &Vec<Record>)| {
        let of_performance = kind.starts_with("perf-");
        let keep = |row: &&Record| {
            let of_other = row.filled(UNIT).is_some_and(|unit| origin::is_one(unit, before));
            (of_performance && !is_whole(row.text("project")))
                || (is_of(row, None, &department.name, units) && !of_other)
        };
        (kind.clone(), rows.iter().filter(keep).cloned().collect())
    };
    let split = records.iter().filter(|(kind, _)| is_split(kind));
    split.map(of_kind).collect()
}

fn is_split(kind: &str) -> bool {
    kind.starts_with("perf-") || FIGURES.iter().any(|(figures, _)| *figures == kind)
}

fn is_whole(project: &str) -> bool {
    let project = plain(project);
    project.is_empty() || project == WHOLE
}

/// The rows of figures and performance that are of one unit.
fn of_unit(records: &Records, unit: &str) -> Records {
    let own = |row: &&Record| row.filled(UNIT) == Some(unit);
    let rows = |kind: &str| records.get(kind).map_or(&[][..], Vec::as_slice);
    let projects: BTreeSet<&str> = rows(PROJECTS).iter().filter(own).map(|row| row.text("project")).collect();
    let keep = |kind: &str, row: &&Record| {
        let of_project = kind != PROJECTS && kind.starts_with("perf-") && row.filled(UNIT).is_none();
        own(row) || (of_project && !is_whole(row.text("project")) && projects.contains(row.text("project")))
    };
    let of_kind = |(kind, rows): (&String, &Vec<Record>)| {
        let rows: Vec<Record> = rows.iter().filter(|row| keep(kind, row)).cloned().collect();
        (kind.clone(), rows)
    };
    let split = records.iter().filter(|(kind, _)| is_split(kind)).map(of_kind);
    // What is not there for a unit is unknown, not nothing: the sheet was made for all.
    split.filter(|(_, rows)| !rows.is_empty()).collect()
}

/// States the figures of rows, last year's and others.
pub fn figures(records: &Records, year: u16, catalog: &Catalog, facts: &mut Facts, problems: &mut Vec<Problem>) {
    for (kind, is_prior) in FIGURES {
        let of = is_prior.then(|| year.saturating_sub(1));
        let rows = records.get(kind).map_or(&[][..], Vec::as_slice);
        stated::state(rows, &catalog.trees, of, year, facts, problems);
    }
}

impl Inputs {
    /// What the files of the department say of one unit that has no folder of its own: its texts, last year's figures and its
    /// performance. What registers and budget say of it, the department is asked for.
    pub fn of_unit(&self, name: &str, catalog: &Catalog, problems: &mut Vec<Problem>) -> Inputs {
        let (department, units) = (&self.department, self.department.units.len());
        let texts = |kind: &str| -> Vec<String> {
            let rows = self.sheets.rows(kind).iter().filter(|row| is_of(row, Some(name), &department.name, units));
            rows.map(|row| row.text("text").to_owned()).collect()
        };
        let records = of_unit(&self.records, name);
        let mut facts = Facts::default();
        figures(&records, department.year, catalog, &mut facts, problems);
        let mut said = narrative(&self.sheets, Some(name), &department.name, units);
        answers::narrate(&self.sheets.answers, Some(name), &department.name, &mut said, catalog, problems);
        let entry = department.units.iter().find(|unit| unit.name == name);
        let whose = entry.map_or_else(|| department.clone(), |unit| department.clone().formed_as(unit, catalog));
        let has_projects = records.contains_key(PROJECTS);
        let of = |kind: &str| records.get(kind).filter(|_| has_projects).cloned();
        let evidence = self.evidence.iter().filter(|one| one.path.starts_with(FOLDER)).cloned().collect();
        Inputs {
            department: Department {
                name: name.to_owned(),
                short_name: String::new(),
                duties: texts("duties"),
                offices: texts("offices"),
                ..whose
            },
            narrative: said,
            facts,
            evidence: if has_projects { evidence } else { Vec::new() },
            performance: Performance::new(of, &catalog.performance),
            registers: Registers::default(),
            counts: Counts::default(),
            records: Records::new(),
            texts: BTreeMap::new(),
            budget: Budget::default(),
            prior: None,
            sheets: Sheets::default(),
            has_prior_books: false,
            mapping: Mapping::default(),
            unfilled: Vec::new(),
            problems: Vec::new(),
            digests: BTreeMap::new(),
        }
    }
}
