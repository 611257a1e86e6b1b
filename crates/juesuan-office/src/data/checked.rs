//! What was found in documents as data.

use juesuan_catalog::Catalog;
use juesuan_model::{
    Confidence, DocumentKind, Finding, FindingKey, InPicture, Pictured, Place, Printed, Relation, Role, Scope,
    Severity, Spot, Tally, Verdict,
};
use juesuan_write::report::{Checked, Named, Teller, Waived};
use schemars::JsonSchema;
use serde::Serialize;

use super::relations::{RelationData, relations};
use super::tables::{TableData, tables};

/// How much the data holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// What was found.
    Findings,
    /// The relations too.
    Relations,
}

/// All documents of a run in the order given: a list of [`CheckedDocument`].
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "CheckedDocuments")]
pub struct CheckedDocuments<L> {
    /// The list.
    pub documents: L,
}

/// One of them.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Document")]
pub struct CheckedDocument {
    file: String,
    kind: DocumentKind,
    scope: Scope,
    name: String,
    year: Option<u16>,
    variant: String,
    pages: u32,
    figures: usize,
    tally: Tally,
    /// How much of what is printed was held against something else.
    coverage: CoverageData,
    /// Relations that nobody can judge, in words that name what is missing.
    unreadable: Vec<UnreadableData>,
    tables: Vec<TableData>,
    findings: Vec<FindingData>,
    waived: Vec<WaivedData>,
    /// Findings that the run was told not to list.
    left_out: usize,
    unread: Vec<UnreadData>,
    problems: Vec<UnreadData>,
    /// Every relation, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    relations: Option<Vec<RelationData>>,
}

/// Numbers that are printed, those that an equation or a rate held against another, and where none was.
#[derive(JsonSchema, Serialize)]
struct CoverageData {
    printed: usize,
    held: usize,
    /// Whole percent; `null` where nothing is printed.
    percent: Option<usize>,
    /// False where it is too little to say that the document is right.
    enough: bool,
    untried: Vec<UntriedData>,
    /// Numbers recognised in pictures, by how sure they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pictured: Option<Pictured>,
}

/// A table or section of whose amounts none was held against another; neither: what stands before the first heading.
#[derive(JsonSchema, Serialize)]
struct UntriedData {
    table: Option<String>,
    section: Option<String>,
    printed: usize,
}

#[derive(JsonSchema, Serialize)]
struct FindingData {
    code: String,
    severity: Severity,
    title: String,
    message: String,
    figures: Vec<Named>,
    places: Vec<PlaceData>,
    difference: Option<String>,
    likely_cause: Option<String>,
    basis: Vec<String>,
    evidence: Vec<String>,
    /// By what the same fault is known again in another reading of the document.
    key: FindingKey,
    /// What stands where, and what it is to the finding.
    spots: Vec<SpotData>,
}

/// A place of a finding with what stands there.
#[derive(JsonSchema, Serialize)]
struct SpotData {
    role: Role,
    /// What stands there, by its name.
    #[serde(flatten)]
    named: Option<Named>,
    place: Option<PlaceData>,
    /// What should stand there.
    expected: Option<String>,
}

/// A place with every key, also those of which nothing is known.
#[derive(JsonSchema, Serialize)]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<Box<InPicture>>,
}

#[derive(JsonSchema, Serialize)]
struct WaivedData {
    finding: FindingData,
    person: String,
    reason: String,
    until: String,
}

#[derive(JsonSchema, Serialize)]
struct UnreadableData {
    code: String,
    text: String,
}

#[derive(JsonSchema, Serialize)]
struct UnreadData {
    place: PlaceData,
    message: String,
}

impl CheckedDocument {
    /// What was found in it.
    pub fn new(checked: &Checked, catalog: &Catalog, extent: Extent) -> CheckedDocument {
        let entity = &checked.package.entity;
        let teller = &Teller::of(catalog, checked);
        CheckedDocument {
            file: checked.file.clone(),
            kind: checked.package.kind,
            scope: entity.scope,
            name: entity.name.clone(),
            year: (entity.year > 0).then_some(entity.year),
            variant: entity.variant.clone(),
            pages: checked.pages,
            figures: checked.package.figures.len(),
            tally: Tally::of(&checked.report.relations),
            coverage: coverage(checked, catalog),
            unreadable: unreadable(&checked.report.relations, teller),
            tables: tables(&checked.package),
            findings: checked
                .report
                .findings
                .iter()
                .map(|finding| finding_data(finding, teller, &checked.file))
                .collect(),
            waived: checked.waived.iter().map(|waived| waived_data(waived, teller, &checked.file)).collect(),
            left_out: checked.left_out.map_or(0, |left_out| left_out.findings),
            unread: unread_places(checked, teller),
            problems: checked.problems.iter().map(|p| unread(&p.place, &p.message, &checked.file)).collect(),
            relations: (extent == Extent::Relations).then(|| relations(checked, teller)),
        }
    }
}

/// Places of a document that were not understood and are listed; of others their number is told.
const UNREAD_MAX: usize = 2_000;

fn unread_places(checked: &Checked, teller: &Teller<'_>) -> Vec<UnreadData> {
    let listed = checked.unread.iter().take(UNREAD_MAX);
    let mut listed: Vec<_> = listed.map(|(place, message)| unread(place, message, &checked.file)).collect();
    let others = checked.unread.len().saturating_sub(UNREAD_MAX);
    if others > 0 {
        listed.push(unread(&Place::default(), &teller.counted("more-unread", others), &checked.file));
    }
    listed
}

fn coverage(checked: &Checked, catalog: &Catalog) -> CoverageData {
    let coverage = &checked.report.coverage;
    let printed = coverage.printed + checked.unread.len();
    let least = Confidence::thousandths(catalog.report.coverage.doubtful_below);
    let untried = coverage.untried.iter().map(|place| {
        let name = Some(place.name.clone()).filter(|name| !name.is_empty());
        let (table, section) = if place.table { (name, None) } else { (None, name) };
        UntriedData { table, section, printed: place.printed }
    });
    CoverageData {
        printed,
        held: coverage.held,
        percent: (100 * coverage.held).checked_div(printed),
        enough: coverage.is_enough(),
        untried: untried.collect(),
        pictured: Some(Pictured::of(&checked.package, least)).filter(|pictured| !pictured.is_empty()),
    }
}

fn finding_data(finding: &Finding, teller: &Teller<'_>, file: &str) -> FindingData {
    FindingData {
        code: finding.code.clone(),
        severity: finding.severity,
        title: teller.headline(finding).to_owned(),
        message: teller.message(finding),
        figures: teller.figures(finding),
        places: finding.places().map(|place| place_data(place.clone(), file)).collect(),
        // The figures beside it carry the unit.
        difference: finding.difference.map(|difference| difference.0.digits()),
        likely_cause: teller.cause(finding),
        basis: teller.basis(finding).to_vec(),
        evidence: teller.evidence(finding),
        key: finding.key.clone(),
        spots: finding.spots.iter().map(|spot| spot_data(spot, teller, file)).collect(),
    }
}

fn spot_data(spot: &Spot, teller: &Teller<'_>, file: &str) -> SpotData {
    SpotData {
        role: spot.role,
        named: teller.named(spot),
        place: spot.place.clone().map(|place| place_data(place, file)),
        expected: spot.expected.map(Printed::digits),
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
        picture: place.picture,
    }
}

fn waived_data(waived: &Waived, teller: &Teller<'_>, file: &str) -> WaivedData {
    WaivedData {
        finding: finding_data(&waived.finding, teller, file),
        person: waived.person.clone(),
        reason: waived.reason.clone(),
        until: waived.until.clone(),
    }
}

fn unreadable(relations: &[Relation], teller: &Teller<'_>) -> Vec<UnreadableData> {
    let own = relations.iter().filter(|relation| relation.verdict == Verdict::Unreadable);
    own.map(|relation| UnreadableData { code: relation.code.clone(), text: teller.relation(relation) }).collect()
}

fn unread(place: &Place, message: &str, file: &str) -> UnreadData {
    UnreadData { place: place_data(place.clone(), file), message: message.to_owned() }
}
