//! One document of a folder as it would be printed now, for whoever looks while entering: the pages of the PDF, and nothing kept.

use juesuan_catalog::Catalog;
use juesuan_compose::{Prepared, Tail, Unit, UnitAccounts};
use juesuan_model::Problem;
use juesuan_read::Files;

use crate::apart::{self, apart_for, each};
use crate::compile::{checked, department, stopped_beside};
use crate::documents::UNITS;
use crate::error::Error;
use crate::faces::Faces;
use crate::formats::{self, Format};
use crate::job::{Job, Phase};
use crate::last_year;
pub use crate::pdf::{Page, Pages};
use crate::publish::Issue;
use crate::reason::DraftReason;

/// A document as it would be printed now.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The units of the folder that have documents of their own, by name.
    pub units: Vec<String>,
    /// Whose document it is; `None`: the department's.
    pub unit: Option<String>,
    /// Its pages, or the reason for people why there are none.
    pub pages: Result<Pages, String>,
    /// Why it would be a draft; empty: it could be published.
    pub draft_reasons: Vec<DraftReason>,
}

/// Makes the document of a unit, or of the department if none is named that has one. Documents of the others are made as far as the department's
/// needs them, and none is printed.
///
/// # Errors
/// [`Error::Stopped`] and [`Error::Inputs`] with every fault by which nothing may be made; a run that was called off.
pub fn preview(
    folder: &dyn Files,
    unit: Option<&str>,
    faces: &Faces,
    catalog: &Catalog,
    job: Job<'_>,
) -> Result<Preview, Error> {
    let mut read = last_year::read(folder, catalog, job)?;
    let fits = last_year::fits(catalog);
    let before = read.with(&fits);
    let steps = job.phase(Phase::Reading, Some(1))?;
    apart::inputs(folder, |folder| {
        let prepared = match Prepared::read(folder, catalog, Tail::Keep, before) {
            Ok(prepared) => prepared,
            Err(stopped) => return Ok(Err(stopped_beside(stopped, read.problems))),
        };
        if let Err(error) = steps.done() {
            return Ok(Err(error));
        }
        let units: Vec<String> = prepared.units().iter().map(ToString::to_string).collect();
        let unit = units.iter().find(|name| Some(name.as_str()) == unit).cloned();
        let issue = match &unit {
            Some(name) => of_unit(&prepared, name, catalog),
            None => of_department(prepared, read.problems, catalog, job),
        };
        Ok(issue.and_then(|issue| printed(issue, (units, unit), faces)))
    })?
}

/// The checked document of a unit.
fn of_unit(prepared: &Prepared<'_>, name: &str, catalog: &Catalog) -> Result<Issue, Error> {
    let (unit, own) = made(prepared, name)?;
    let own = own.ok_or_else(|| Error::Inputs(unit.into_problems()))?;
    checked(String::new(), own.package, &[], &[], catalog)
}

fn made(prepared: &Prepared<'_>, name: &str) -> Result<(Unit<()>, Option<UnitAccounts>), Error> {
    let unit =
        apart_for(&format!("{UNITS}/{name}"), || prepared.unit(name)).map_err(|lost| Error::Inputs(vec![lost]))?;
    Ok(unit.parted())
}

/// The checked document of the department.
fn of_department(prepared: Prepared<'_>, read: Vec<Problem>, catalog: &Catalog, job: Job<'_>) -> Result<Issue, Error> {
    let units = prepared.units();
    let units = each(units.len(), |number| {
        job.go_on()?;
        units.get(number).map(|name| Ok(made(&prepared, name)?.0)).transpose()
    })?;
    let units = units.into_iter().flatten().collect();
    let mut accounts = prepared.finish(units).map_err(|stopped| stopped_beside(stopped, read.clone()))?;
    accounts.problems.extend(read);
    department(&accounts, catalog)
}

fn printed(mut issue: Issue, (units, unit): (Vec<String>, Option<String>), faces: &Faces) -> Result<Preview, Error> {
    let unshown = issue.see(faces)?;
    let pages = formats::set(&issue.package, &unshown, faces)?;
    Ok(Preview { units, unit, pages, draft_reasons: issue.draft_reasons })
}

/// Faces with which previews are set.
pub fn faces() -> Faces {
    Faces::find(&[Format::Pdf], &[])
}
