//! A department's folder to an output: its documents are composed, checked and written one by one, and only what the whole needs of each is
//! kept.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use juesuan_catalog::Catalog;
use juesuan_compose::{Accounts, Prepared, Stopped, Tail, Unit, accounts_after};
use juesuan_model::{Package, Problem, Severity};
use juesuan_read::Files;
use juesuan_text::file_name;

use crate::apart::{self, apart_for, each};
use crate::documents::UNITS;
use crate::error::Error;
use crate::faces::Faces;
use crate::formats::{self, Format};
use crate::job::{Job, Phase};
use crate::last_year;
use crate::list;
use crate::outlet::Outlet;
use crate::press::{Press, Printed, pages};
use crate::publish::{Issue, Published, Target, bound};
use crate::reason::DraftReason;

/// How a folder is compiled.
#[derive(Clone, Copy)]
pub struct Order<'a> {
    /// What becomes of rounding differences.
    pub tail: Tail,
    /// Formats.
    pub formats: &'a [Format],
    /// Folders of fonts before the usual places.
    pub fonts: &'a [PathBuf],
}

/// What was made of a folder.
pub struct Compiled {
    /// What was read on the way. Documents of units are written and gone.
    pub accounts: Accounts<()>,
    /// What was written and found.
    pub published: Published,
    /// The faces with which it was written.
    pub faces: Faces,
    /// Whether there is a list of what is missing.
    pub is_listed: bool,
}

/// Reads a department's folder, and writes its documents with the list of what they lack and the manifest into `outlet`. Whoever gave the
/// outlet makes it public once this has come back well. A document with errors is a draft.
///
/// # Errors
/// [`Error::Stopped`] with every fault of every file where no accounts can be made; an outlet that takes no file, a format that cannot be
/// written, a run that was called off.
pub fn compile(
    folder: &dyn Files,
    order: &Order<'_>,
    outlet: &dyn Outlet,
    catalog: &Catalog,
    job: Job<'_>,
) -> Result<Compiled, Error> {
    let mut read = last_year::read(folder, catalog, job)?;
    let fits = last_year::fits(catalog);
    let before = read.with(&fits);
    let steps = job.phase(Phase::Reading, Some(1))?;
    thread::scope(|scope| {
        let faces = scope.spawn(|| Faces::find(order.formats, order.fonts));
        apart::inputs(folder, |folder| {
            let prepared = match Prepared::read(folder, catalog, order.tail, before) {
                Ok(prepared) => prepared,
                Err(stopped) => return Ok(Err(stopped_beside(stopped, read.problems))),
            };
            if let Err(error) = steps.done() {
                return Ok(Err(error));
            }
            let faces = faces.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            Ok(written(prepared, read.problems, faces, order, (outlet, catalog, job)))
        })?
    })
}

/// Writes what was prepared.
fn written(
    prepared: Prepared<'_>,
    read: Vec<Problem>,
    faces: Faces,
    order: &Order<'_>,
    (outlet, catalog, job): (&dyn Outlet, &Catalog, Job<'_>),
) -> Result<Compiled, Error> {
    let names = prepared.units();
    let folders = folders(names.iter().map(AsRef::as_ref));
    let steps = job.phase(Phase::Writing, Some((names.len() + 1) * formats::in_order(order.formats).count()))?;
    let press = Press { formats: order.formats, faces: &faces, outlet, catalog, steps: &steps };
    let stopped = AtomicBool::new(prepared.is_stopped());
    let units = each(names.len(), |number| {
        let (Some(name), Some(folder)) = (names.get(number), folders.get(number)) else { return Ok(None) };
        job.go_on()?;
        let unit =
            apart_for(&format!("{UNITS}/{name}"), || prepared.unit(name)).map_err(|lost| Error::Inputs(vec![lost]))?;
        stopped.fetch_or(unit.is_stopped(), Ordering::Relaxed);
        let (unit, own) = unit.parted();
        // Behind a fault by which nothing may be made the others are only looked at for what they lack.
        let own = own.filter(|_| !stopped.load(Ordering::Relaxed));
        let print = |package| press.print(checked(folder.clone(), package, &[], &[], catalog)?, &[]);
        Ok(Some((unit, own.map(|own| print(own.package)).transpose()?)))
    })?;
    let (units, printed): (Vec<Unit<()>>, Vec<Option<Printed>>) = units.into_iter().flatten().unzip();
    let mut accounts = prepared.finish(units).map_err(|stopped| stopped_beside(stopped, read.clone()))?;
    accounts.problems.extend(read);
    let whole = department(&accounts, catalog)?;
    let mut printed: Vec<Printed> = printed.into_iter().flatten().collect();
    let whole = press.print(whole, &pages(&printed))?;
    printed.insert(0, whole);
    let list = list::list(&accounts, catalog)?;
    let (filing, inputs, list) = (&accounts.filing, &accounts.digests, list.as_deref());
    let target = Target { filing, inputs, list, formats: order.formats, faces: &faces };
    let published = bound(printed, &target, outlet, catalog)?;
    let is_listed = list.is_some();
    Ok(Compiled { accounts, published, faces, is_listed })
}

/// The checked document of the department.
pub(crate) fn department<U>(accounts: &Accounts<U>, catalog: &Catalog) -> Result<Issue, Error> {
    let prior: Vec<&Package> = accounts.prior.iter().collect();
    // What the department and its units were made from is the folder of the department.
    let contradictions = DraftReason::contradictions(&accounts.problems);
    checked(String::new(), accounts.department.clone(), &prior, &contradictions, catalog)
}

/// Nothing may be made; with what is wrong with last year's documents.
pub(crate) fn stopped_beside(mut stopped: Stopped, read: Vec<Problem>) -> Error {
    stopped.problems.extend(read);
    Error::Stopped(Box::new(stopped))
}

/// The accounts of a folder, with what was published last year.
pub(crate) fn made(folder: &dyn Files, tail: Tail, catalog: &Catalog, job: Job<'_>) -> Result<Accounts, Error> {
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
    made.map_err(|stopped| Error::Inputs(stopped.problems))
}

/// Checks every package; one with errors becomes a draft. The department first, then its units.
pub(crate) fn issues(made: &Accounts, catalog: &Catalog, job: Job<'_>) -> Result<Vec<Issue>, Error> {
    let units: Vec<&Package> = made.units.iter().map(|unit| &unit.package).collect();
    let folders = folders(units.iter().map(|unit| unit.entity.name.as_str()));
    let steps = job.phase(Phase::Checking, Some(units.len() + 1))?;
    let whole = department(made, catalog)?;
    steps.done()?;
    let units = each(units.len(), |number| {
        let (Some(unit), Some(folder)) = (units.get(number), folders.get(number)) else { return Ok(None) };
        let issue = checked(folder.clone(), (*unit).clone(), &[], &[], catalog)?;
        steps.done()?;
        Ok(Some(issue))
    })?;
    Ok(std::iter::once(whole).chain(units.into_iter().flatten()).collect())
}

/// A package that was checked; with errors it is a draft, as it is for reasons that are known.
pub(crate) fn checked(
    folder: String,
    package: Package,
    prior: &[&Package],
    reasons: &[DraftReason],
    catalog: &Catalog,
) -> Result<Issue, Error> {
    let report = apart_for(&package.entity.name, || juesuan_check::check(&package, catalog, prior))
        .map_err(|lost| Error::Inputs(vec![lost]))?;
    let errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let mut issue = Issue::checked(folder, package, report, catalog);
    reasons.iter().for_each(|reason| issue.withhold(reason.clone()));
    if errors > 0 {
        issue.withhold(DraftReason::Wrong(errors));
    }
    Ok(issue)
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
