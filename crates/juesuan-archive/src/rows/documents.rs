//! `documents`: what a document is, and how its check ended.

use juesuan_catalog::Catalog;
use juesuan_model::{Confidence, Pictured, Severity, Tally, Verdict};
use juesuan_office::{State, judge};
use juesuan_write::report::Checked;

use super::spell::word;
use super::{Sheet, Subject};

pub(super) const COLUMNS: [&str; 26] = [
    "document",
    "catalog",
    "format",
    "kind",
    "body",
    "scope",
    "level",
    "region",
    "variant_by",
    "state",
    "errors",
    "warnings",
    "notices",
    "figures",
    "printed",
    "held",
    "relations",
    "broken",
    "unreadable",
    "unread",
    "proven",
    "plausible",
    "doubtful",
    "units",
    "pages",
    "bytes",
];

/// The one row of a document.
pub(super) fn fill(sheet: &mut Sheet, subject: Subject<'_>, catalog: &Catalog) {
    let Subject { document, catalog_digest, format, bytes, checked } = subject;
    let (package, report) = (&checked.package, &checked.report);
    let entity = &package.entity;
    let count = |severity| report.findings.iter().filter(|finding| finding.severity == severity).count();
    let tally = Tally::of(&report.relations);
    let pictured = Pictured::of(package, Confidence::thousandths(catalog.report.coverage.doubtful_below));
    sheet.row([
        document.into(),
        catalog_digest.into(),
        format.into(),
        word(package.kind).into(),
        entity.name.as_str().into(),
        word(entity.scope).into(),
        entity.level.as_str().into(),
        entity.region.as_str().into(),
        word(entity.variant_by).into(),
        state(checked).into(),
        count(Severity::Error).into(),
        count(Severity::Warning).into(),
        count(Severity::Notice).into(),
        package.figures.len().into(),
        report.coverage.printed.into(),
        report.coverage.held.into(),
        (tally.holds + tally.broken).into(),
        tally.broken.into(),
        tally.unreadable.into(),
        (checked.unread.len() + checked.problems.len()).into(),
        pictured.proven.into(),
        pictured.plausible.into(),
        pictured.doubtful.into(),
        entity.unit_names().count().into(),
        checked.pages.into(),
        i64::try_from(bytes).unwrap_or(i64::MAX).into(),
    ]);
}

/// How the check ended, in one word: what was not read never counts as right.
pub(crate) fn state(checked: &Checked) -> &'static str {
    let report = &checked.report;
    match judge::state(checked) {
        State::Errors => "errors",
        State::Clean if report.findings.iter().any(|finding| finding.severity == Severity::Warning) => "warnings",
        State::Clean => "right",
        State::Unread | State::Misuse | State::Machine => {
            let is_read = checked.unread.is_empty()
                && checked.problems.is_empty()
                && !checked.package.figures.is_empty()
                && report.relations.iter().all(|relation| relation.verdict != Verdict::Unreadable);
            if is_read && !report.coverage.is_enough() { "little" } else { "unread" }
        }
    }
}

#[cfg(test)]
mod tests {
    use juesuan_model::{DocumentKind, Package, Place, Problem};

    use super::*;

    #[test]
    fn what_was_not_read_through_is_never_told_as_right() {
        let package = Package { kind: DocumentKind::Template, ..Package::default() };
        let mut checked = Checked { package, ..Checked::default() };
        assert_eq!(state(&checked), "right");
        checked.problems.push(Problem::fatal(Place::default(), "x"));
        assert_eq!(state(&checked), "unread");
        assert_eq!(state(&Checked::default()), "unread", "without figures");
    }
}
