//! A department's folder to its packages, checked: what may be published and what is a draft.

use std::collections::BTreeSet;

use juesuan_catalog::Catalog;
use juesuan_compose::{Accounts, Stopped, Tail, accounts_after};
use juesuan_model::{Package, Severity};
use juesuan_read::Files;
use juesuan_text::file_name;
use rayon::prelude::*;

use crate::apart::{self, apart_for};
use crate::error::Error;
use crate::job::{Job, Phase};
use crate::last_year;
use crate::publish::Issue;
use crate::reason::DraftReason;

/// What was made of a folder.
#[derive(Debug)]
pub struct Compiled {
    /// The packages as they were composed, with what was read on the way.
    pub accounts: Accounts,
    /// The same packages with what was found: the department first, then its units. One with errors is a draft.
    pub issues: Vec<Issue>,
}

/// Reads a department's folder, composes its packages and checks them.
///
/// # Errors
/// [`Error::Stopped`] with every fault of every file where no accounts can be made; a run that was called off.
pub fn compile(folder: &dyn Files, tail: Tail, catalog: &Catalog, job: Job<'_>) -> Result<Compiled, Error> {
    let accounts = made_or_stopped(folder, tail, catalog, job)?.map_err(|stopped| Error::Stopped(Box::new(stopped)))?;
    let issues = issues(&accounts, catalog, job)?;
    Ok(Compiled { accounts, issues })
}

/// The accounts of a folder, with what was published last year.
pub(crate) fn made(folder: &dyn Files, tail: Tail, catalog: &Catalog, job: Job<'_>) -> Result<Accounts, Error> {
    made_or_stopped(folder, tail, catalog, job)?.map_err(|stopped| Error::Inputs(stopped.problems))
}

fn made_or_stopped(
    folder: &dyn Files,
    tail: Tail,
    catalog: &Catalog,
    job: Job<'_>,
) -> Result<Result<Accounts, Stopped>, Error> {
    let mut read = last_year::read(folder, catalog, job)?;
    let fits = last_year::fits(catalog);
    let before = read.with(&fits);
    let steps = job.phase(Phase::Reading, Some(1))?;
    let mut made = apart::inputs(folder, |folder| Ok(accounts_after(folder, catalog, tail, before)))?;
    steps.done()?;
    match &mut made {
        Ok(made) => made.problems.append(&mut read.problems),
        Err(stopped) => stopped.problems.append(&mut read.problems),
    }
    Ok(made)
}

/// Checks every package; one with errors becomes a draft.
pub(crate) fn issues(made: &Accounts, catalog: &Catalog, job: Job<'_>) -> Result<Vec<Issue>, Error> {
    let prior: Vec<&Package> = made.prior.iter().collect();
    let department = (String::new(), &made.department, prior.as_slice());
    let folders = folders(made.units.iter().map(|unit| unit.entity.name.as_str()));
    let units = folders.into_iter().zip(&made.units).map(|(folder, unit)| (folder, unit, &[][..]));
    let all: Vec<_> = std::iter::once(department).chain(units).collect();
    let steps = job.phase(Phase::Checking, Some(all.len()))?;
    let contradictions = DraftReason::contradictions(&made.problems);
    all.into_par_iter()
        .map(|(folder, package, prior)| {
            let report = apart_for(&package.entity.name, || juesuan_check::check(package, catalog, prior))
                .map_err(|lost| Error::Inputs(vec![lost]))?;
            let errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
            let mut issue = Issue::checked(folder, package.clone(), report, catalog);
            // What the department and its units were made from is the folder of the department.
            let of_folder = if issue.folder.is_empty() { contradictions.as_slice() } else { &[] };
            of_folder.iter().for_each(|reason| issue.withhold(reason.clone()));
            if errors > 0 {
                issue.withhold(DraftReason::Wrong(errors));
            }
            steps.done()?;
            Ok(issue)
        })
        .collect()
}

/// A folder of its own for each unit. Names that differ only in what no file has, or in the case of letters, would share one.
fn folders<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    names
        .map(|name| {
            let name = file_name(name);
            let numbered = (2..).map(|number| format!("{name}({number})"));
            let mut free =
                std::iter::once(name.clone()).chain(numbered).filter(|name| taken.insert(name.to_lowercase()));
            format!("units/{}/", free.next().unwrap_or_default())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_whose_names_make_one_name_of_a_folder_have_one_each() {
        let made = folders(["甲局", "甲 局", "乙\u{202e}所A", "乙所a", "甲局(2)", "con"].into_iter());
        let names =
            ["units/甲局/", "units/甲局(2)/", "units/乙所A/", "units/乙所a(2)/", "units/甲局(2)(2)/", "units/_con/"];
        assert_eq!(made, names);
    }
}
