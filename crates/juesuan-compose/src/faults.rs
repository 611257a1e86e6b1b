//! What is wrong with a folder as a whole, and whose a problem is.

use std::collections::BTreeSet;

use juesuan_facts::Department;
use juesuan_model::{Gravity, Place, Problem};
use juesuan_read::Files;

use crate::accounts::UNITS;

/// True if nothing may be made.
pub(crate) fn is_fatal(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.gravity == Gravity::Fatal)
}

/// Names that there is nothing to make accounts of, unless what there is could not be read.
pub(crate) fn nothing_given(problems: &mut Vec<Problem>) {
    let faulty = |problem: &Problem| {
        let file = problem.place.file.as_deref().unwrap_or_default();
        problem.gravity == Gravity::Fatal && (file.starts_with("books") || file.starts_with("tables"))
    };
    if !problems.iter().any(faulty) {
        let place = Place { file: Some("books/、tables/".to_owned()), ..Place::default() };
        problems.push(Problem::fatal(
            place,
            "没有账，也没有决算表，无从编制；请把预算会计凭证或发生额余额表放进 books/，或把决算表放进 tables/",
        ));
    }
}

/// Folders of units that department.toml does not name: nobody reads them.
pub(crate) fn strangers(folder: &dyn Files, department: &Department, problems: &mut Vec<Problem>) {
    let Ok(entries) = folder.list(UNITS) else { return };
    for name in entries.into_iter().map(|entry| entry.name) {
        if !name.starts_with('.') && !department.units.iter().any(|unit| unit.name == name) {
            let place = Place { file: Some(format!("{UNITS}/{name}")), ..Place::default() };
            let known: Vec<&str> = department.units.iter().map(|unit| unit.name.as_str()).collect();
            let message = format!("没有读取：department.toml 里没有“{name}”这个单位；有：{}", known.join("、"));
            problems.push(Problem::doubt(place, message));
        }
    }
}

/// A problem of a file in a unit's own folder.
pub(crate) fn below(unit: &str, mut problem: Problem) -> Problem {
    let file = problem.place.file.unwrap_or_default();
    problem.place.file = Some(format!("{UNITS}/{unit}/{file}"));
    problem
}

/// A problem of a unit that has no folder: no path is told that is not there.
pub(crate) fn of_body(unit: &str, mut problem: Problem) -> Problem {
    problem.place.file = Some(unit.to_owned());
    problem
}

/// In the order of their places, each once.
pub(crate) fn sorted(problems: Vec<Problem>) -> Vec<Problem> {
    let mut seen = BTreeSet::new();
    let mut problems: Vec<Problem> =
        problems.into_iter().filter(|p| seen.insert((p.place.clone(), p.message.clone()))).collect();
    problems.sort_by(|a, b| (a.gravity, &a.place).cmp(&(b.gravity, &b.place)));
    problems
}
