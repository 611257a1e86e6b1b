//! The order of findings, and keys that no two of them share.
//!
//! The graver come first; of one gravity, what stands earlier in the document (page, line, then down and across the page; in
//! a document without pages and lines the order of its figures; what stands nowhere comes last); then code and key.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::package::Report;
use juesuan_model::{Finding, FindingKey};

/// Sorts the findings and tells apart those that have one key, in that order.
pub(crate) fn settle(report: &mut Report) {
    report.findings.sort_by(|a, b| {
        let of = |finding: &'_ Finding| (finding.severity, position(finding));
        of(a).cmp(&of(b)).then_with(|| (&a.code, &a.key).cmp(&(&b.code, &b.key)))
    });
    let mut taken: BTreeSet<FindingKey> = BTreeSet::new();
    // The number that the last finding of a key was given.
    let mut numbers: BTreeMap<FindingKey, usize> = BTreeMap::new();
    for finding in &mut report.findings {
        let mut key = finding.key.clone();
        let number = numbers.entry(finding.key.clone()).or_insert(1);
        while !taken.insert(key.clone()) {
            *number += 1;
            key = FindingKey(format!("{}#{number}", finding.key.0));
        }
        finding.key = key;
    }
}

/// Page, line, distance from the top and from the left, number of the figure.
type Position = (u32, u32, i32, i32, u32);

/// Where the first spot of a finding stands; what is not known comes last.
fn position(finding: &Finding) -> Position {
    let spot = finding.spots.first();
    let figure = spot.and_then(|spot| spot.figure.as_ref());
    let place = spot.and_then(|spot| spot.place.as_ref()).or_else(|| figure.map(|figure| &figure.place));
    let (left, top) = place.and_then(|p| p.bounds).map_or((i32::MAX, i32::MAX), |[left, top, ..]| (left, top));
    (
        place.and_then(|p| p.page).unwrap_or(u32::MAX),
        place.and_then(|p| p.line).unwrap_or(u32::MAX),
        top,
        left,
        figure.map_or(u32::MAX, |figure| figure.id.0),
    )
}
