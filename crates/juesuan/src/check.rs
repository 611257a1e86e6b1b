//! `juesuan check`: findings of documents of any kind, read or compiled, alone or beside each other.

mod data;
mod excerpt;
mod paint;
mod people;
#[cfg(feature = "pictures")]
mod pictures;
mod prior;
mod reports;
mod sources;
mod summary;
mod tables;

use std::fs;

use anyhow::{Context, Result};
use juesuan_catalog::Catalog;
use juesuan_check::Named;
use juesuan_check::waiver::{self, Day};
use juesuan_model::package::Report;
use juesuan_model::{Gravity, Kind, Package, Place, Problem, Severity, Verdict};
use juesuan_write::report::{Checked, Waived};

use crate::cli::Check;
use crate::exit::{Exit, Refused};
use crate::terminal;

pub use paint::{padded, width};
pub use sources::{Found, Seen, each};
pub use summary::identity;
pub use tables::{TableData, tables};

/// Checks every document and prints or writes what was found.
pub fn run(options: &Check, catalog: &Catalog) -> Result<Exit> {
    reports::refuse_terminal(options)?;
    let waivers = waivers(options)?;
    let today = today(options)?;
    let prior = prior::read(options, catalog)?;
    let mut checked = Vec::new();
    each(&options.files, catalog, |found| {
        match found {
            Found::Document(seen) => checked.push(seen.into_checked()),
            Found::Refused(problem) => checked.push(refused(problem)),
            Found::Skipped(problem) => terminal::warn(problem.to_string()),
        }
        Ok(())
    })?;
    prior::refuse_strangers(&prior, &mut checked, catalog);
    judge_all(&mut checked, &prior.iter().map(|prior| &prior.package).collect::<Vec<_>>(), catalog);
    waive(&mut checked, waivers.as_ref(), today, catalog);
    reports::write(options, &checked, catalog)?;
    Ok(checked.iter().map(exit).max().unwrap_or(Exit::Clean))
}

/// Checks the documents beside each other; an empty form and what is no account of any kind are not checked.
fn judge_all(checked: &mut [Checked], prior: &[&Package], catalog: &Catalog) {
    let subjects: Vec<usize> = (0..checked.len())
        .filter(|at| checked.get(*at).is_some_and(|c| !matches!(c.package.kind, Kind::Template | Kind::Unknown)))
        .collect();
    let documents: Vec<Named<'_>> = subjects
        .iter()
        .filter_map(|at| checked.get(*at))
        .map(|checked| Named { file: &checked.file, package: &checked.package })
        .collect();
    let reports = juesuan_check::check_all(&documents, catalog, prior);
    for (at, mut report) in subjects.into_iter().zip(reports) {
        if let Some(checked) = checked.get_mut(at) {
            unfile(&mut report, &checked.file);
            checked.report = report;
        }
    }
}

/// In the texts of its own report a document need not name its file; other files are named.
fn unfile(report: &mut Report, file: &str) {
    let own = format!("{file} ");
    if file.is_empty() {
        return;
    }
    let texts = report.findings.iter_mut().flat_map(|f| std::iter::once(&mut f.message).chain(&mut f.evidence));
    for text in texts.chain(report.relations.iter_mut().map(|relation| &mut relation.text)) {
        if text.contains(&own) {
            *text = text.replace(&own, "");
        }
    }
}

/// Takes out what the waivers fit.
fn waive(checked: &mut [Checked], waivers: Option<&Waivers>, today: Option<Day>, catalog: &Catalog) {
    let Some(Waivers { name, list }) = waivers else { return };
    let mut reports: Vec<Report> = checked.iter_mut().map(|checked| std::mem::take(&mut checked.report)).collect();
    let documents: Vec<Named<'_>> =
        checked.iter().map(|checked| Named { file: &checked.file, package: &checked.package }).collect();
    let waived = waiver::apply(list, name, &documents, &mut reports, today, catalog);
    for (checked, report) in checked.iter_mut().zip(reports) {
        checked.report = report;
    }
    for one in waived {
        if let Some(checked) = checked.get_mut(one.document) {
            checked.waived.push(Waived {
                finding: one.finding,
                person: one.waiver.person,
                reason: one.waiver.reason,
                until: one.waiver.until,
            });
        }
    }
}

/// A file of waivers.
struct Waivers {
    name: String,
    list: Vec<waiver::Waiver>,
}

fn waivers(options: &Check) -> Result<Option<Waivers>> {
    let Some(path) = &options.waivers else { return Ok(None) };
    let name = path.display().to_string();
    let text = fs::read_to_string(path).with_context(|| format!("读不了豁免文件 {name}"))?;
    let list = waiver::parse(&text, &name).map_err(|problem| Refused::error(Exit::Usage, problem.to_string()))?;
    Ok(Some(Waivers { name, list }))
}

fn today(options: &Check) -> Result<Option<Day>> {
    let Some(text) = &options.date else { return Ok(None) };
    let day = Day::parse(text);
    day.map(Some)
        .ok_or_else(|| Refused::error(Exit::Usage, format!("--date 不能是“{text}”；请写成 2025-03-31 这样的日期")))
}

/// A file of which nothing could be read.
fn refused(problem: Problem) -> Checked {
    Checked {
        file: problem.place.file.clone().unwrap_or_default(),
        package: Package { kind: Kind::Unknown, ..Package::default() },
        problems: vec![Problem { place: Place { file: None, ..problem.place }, ..problem }],
        ..Checked::default()
    }
}

impl Seen {
    /// Of an empty form there is nothing to say but that it is one.
    fn into_checked(mut self) -> Checked {
        if self.package.kind == Kind::Template {
            self.unread.clear();
            self.problems.clear();
        }
        Checked {
            file: self.file,
            package: self.package,
            report: Report::default(),
            unread: self.unread,
            problems: self.problems,
            pages: self.pages,
            waived: Vec::new(),
        }
    }
}

/// How a run with this document ends: a file that was not read through never ends well, whatever stands in the rest.
fn exit(checked: &Checked) -> Exit {
    if checked.problems.iter().any(|problem| problem.gravity == Gravity::Fatal) {
        return Exit::Unread;
    }
    match judge(&checked.report) {
        Exit::Clean if !is_complete(checked) => Exit::Unread,
        exit => exit,
    }
}

/// True if everything in the document was read and recognised.
fn is_complete(checked: &Checked) -> bool {
    match checked.package.kind {
        Kind::Template => checked.problems.is_empty(),
        Kind::Unknown => false,
        Kind::Final | Kind::Budget => {
            checked.problems.is_empty()
                && checked.unread.is_empty()
                && !checked.package.figures.is_empty()
                && judge(&checked.report) != Exit::Unread
        }
    }
}

/// What a report means for the exit code.
pub fn judge(report: &Report) -> Exit {
    if report.findings.iter().any(|finding| finding.severity == Severity::Error) {
        Exit::Findings
    } else if report.relations.iter().any(|relation| relation.verdict == Verdict::Unreadable) {
        Exit::Unread
    } else {
        Exit::Clean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_without_figures_or_with_unread_parts_never_ends_clean() {
        let mut checked = Checked::default();
        assert_eq!(exit(&checked), Exit::Unread, "no figures");
        checked.package.kind = Kind::Template;
        assert_eq!(exit(&checked), Exit::Clean);
        checked.package.kind = Kind::Unknown;
        assert_eq!(exit(&checked), Exit::Unread);
        let refused = refused(Problem::fatal(Place { file: Some("a.pdf".to_owned()), ..Place::default() }, "坏"));
        assert_eq!((refused.file.as_str(), exit(&refused)), ("a.pdf", Exit::Unread));
    }
}
