//! `findings`: what is wrong, where, and what probably happened.

use juesuan_catalog::Catalog;
use juesuan_model::Difference;
use juesuan_write::report::Teller;

use super::relations::numbers;
use super::spell::{fen, number, place, word};
use super::{Sheet, Subject};

pub(super) const COLUMNS: [&str; 14] = [
    "document",
    "finding",
    "key",
    "code",
    "severity",
    "headline",
    "statement",
    "cause",
    "place_table",
    "place_section",
    "page",
    "difference",
    "points",
    "figures",
];

/// A row for each finding.
pub(super) fn fill(sheet: &mut Sheet, subject: Subject<'_>, catalog: &Catalog) {
    let teller = Teller::of(catalog, subject.checked);
    for (at, finding) in subject.checked.report.findings.iter().enumerate() {
        let [table, section, page] = place(finding.places().next());
        let apart = finding.difference.map(|Difference(apart)| apart);
        let figures = finding.spots.iter().filter_map(|spot| spot.figure.as_ref()).map(|figure| figure.id);
        sheet.row([
            subject.document.into(),
            at.into(),
            finding.key.0.as_str().into(),
            finding.code.as_str().into(),
            word(finding.severity).into(),
            teller.headline(finding).into(),
            teller.statement(finding).into(),
            teller.cause(finding).unwrap_or_default().into(),
            table,
            section,
            page,
            apart.and_then(fen).into(),
            apart.and_then(number).into(),
            numbers(figures).into(),
        ]);
    }
}
