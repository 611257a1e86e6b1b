//! The report as data: the shape that other programs read.

use juesuan_model::{Finding, Kind, NamedValue, Place, Relation, Scope, Severity, Tally, Verdict};
use juesuan_write::report::{Checked, Waived};
use serde::Serialize;

use crate::check::tables::{TableData, tables};

/// All documents of a run.
#[derive(Serialize)]
pub struct Documents {
    documents: Vec<Document>,
}

impl Documents {
    /// Documents in the order given.
    pub fn new(checked: &[Checked]) -> Documents {
        Documents { documents: checked.iter().map(document).collect() }
    }
}

#[derive(Serialize)]
struct Document {
    file: String,
    kind: Kind,
    scope: Scope,
    name: String,
    year: Option<u16>,
    variant: String,
    pages: u32,
    figures: usize,
    tally: Tally,
    /// Relations that nobody can judge, in words that name what is missing.
    unreadable: Vec<UnreadableData>,
    tables: Vec<TableData>,
    findings: Vec<FindingData>,
    waived: Vec<WaivedData>,
    unread: Vec<UnreadData>,
    problems: Vec<UnreadData>,
}

#[derive(Serialize)]
struct FindingData {
    code: String,
    severity: Severity,
    title: String,
    message: String,
    figures: Vec<NamedValue>,
    places: Vec<PlaceData>,
    difference: Option<String>,
    likely_cause: Option<String>,
    basis: Vec<String>,
    evidence: Vec<String>,
}

/// A place with every key, also those of which nothing is known.
#[derive(Serialize)]
struct PlaceData {
    file: String,
    page: Option<u32>,
    line: Option<u32>,
    section: Option<String>,
    table: Option<String>,
    row: Option<String>,
    column: Option<String>,
    quote: Option<String>,
    #[serde(rename = "box")]
    bounds: Option<[i32; 4]>,
}

#[derive(Serialize)]
struct WaivedData {
    finding: FindingData,
    person: String,
    reason: String,
    until: String,
}

#[derive(Serialize)]
struct UnreadableData {
    code: String,
    text: String,
}

#[derive(Serialize)]
struct UnreadData {
    place: PlaceData,
    message: String,
}

fn document(checked: &Checked) -> Document {
    let entity = &checked.package.entity;
    Document {
        file: checked.file.clone(),
        kind: checked.package.kind,
        scope: entity.scope,
        name: entity.name.clone(),
        year: (entity.year > 0).then_some(entity.year),
        variant: entity.variant.clone(),
        pages: checked.pages,
        figures: checked.package.figures.len(),
        tally: Tally::of(&checked.report.relations),
        unreadable: unreadable(&checked.report.relations),
        tables: tables(&checked.package),
        findings: checked.report.findings.iter().map(|finding| finding_data(finding, &checked.file)).collect(),
        waived: checked.waived.iter().map(|waived| waived_data(waived, &checked.file)).collect(),
        unread: checked.unread.iter().map(|(place, message)| unread(place, message, &checked.file)).collect(),
        problems: checked.problems.iter().map(|p| unread(&p.place, &p.message, &checked.file)).collect(),
    }
}

fn finding_data(finding: &Finding, file: &str) -> FindingData {
    let finding = finding.clone();
    FindingData {
        code: finding.code,
        severity: finding.severity,
        title: finding.title,
        message: finding.message,
        figures: finding.figures,
        places: finding.places.into_iter().map(|place| place_data(place, file)).collect(),
        difference: finding.difference.map(|difference| digits(&difference)),
        likely_cause: finding.likely_cause,
        basis: finding.basis,
        evidence: finding.evidence,
    }
}

fn place_data(place: Place, file: &str) -> PlaceData {
    PlaceData {
        file: place.file.unwrap_or_else(|| file.to_owned()),
        page: place.page,
        line: place.line,
        section: place.section,
        table: place.table,
        row: place.row,
        column: place.column,
        quote: place.quote,
        bounds: place.bounds,
    }
}

fn waived_data(waived: &Waived, file: &str) -> WaivedData {
    WaivedData {
        finding: finding_data(&waived.finding, file),
        person: waived.person.clone(),
        reason: waived.reason.clone(),
        until: waived.until.clone(),
    }
}

fn unreadable(relations: &[Relation]) -> Vec<UnreadableData> {
    let own = relations.iter().filter(|relation| relation.verdict == Verdict::Unreadable);
    own.map(|relation| UnreadableData { code: relation.code.clone(), text: relation.text.clone() }).collect()
}

fn unread(place: &Place, message: &str, file: &str) -> UnreadData {
    UnreadData { place: place_data(place.clone(), file), message: message.to_owned() }
}

/// A difference without its unit, which the figures beside it carry: `12.89` of `12.89万元`.
fn digits(difference: &str) -> String {
    difference.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | ',')).collect()
}
