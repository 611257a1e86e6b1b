//! What was found in a version of a document: its pages with every figure marked, the findings beside them, what is said to each,
//! and what became of those of the version before.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{Redirect, Response};
use juesuan_catalog::Catalog;
use juesuan_model::{Finding, Place};
use juesuan_office::{crops, packed};
use juesuan_store::{AnswerKind, Answered, Digest, Document, DocumentId, Version};
use juesuan_write::report::{self, Checked, Crops, PagePicture, PagePictures, Teller, Wanted};

use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::Visitor;
use crate::page::{Frame, Room};
use crate::pictures::is_drawn;
use crate::sheet::Sheet;
use crate::worker::apart;
use crate::{moment, token, versions};

#[derive(Template)]
#[template(path = "report.html")]
struct Page {
    frame: Frame,
    document: Document,
    version: Version,
    versions: Vec<Version>,
    /// Findings of this version, and how many of them are answered.
    found: usize,
    answered: usize,
    /// Figures that were read in pictures.
    seen: usize,
    change: Option<Change>,
    body: String,
}

impl Page {
    fn when(&self, at: &i64) -> String {
        moment::shown(*at)
    }
}

/// What became of the findings of the version before.
#[derive(Debug, Default, PartialEq, Eq)]
struct Change {
    /// The number of the version before.
    from: u32,
    /// What stood there and stands no more, in words.
    mended: Vec<String>,
    /// Keys of what did not stand there.
    new: BTreeSet<String>,
    /// How many stand in both.
    left: usize,
}

impl Change {
    fn between(before: &Checked, now: &Checked, from: u32, catalog: &Catalog) -> Change {
        let keys = |checked: &Checked| -> BTreeSet<String> {
            checked.report.findings.iter().map(|finding| finding.key.0.clone()).collect()
        };
        let (old, new) = (keys(before), keys(now));
        let teller = Teller::of(catalog, before);
        let gone = before.report.findings.iter().filter(|finding| !new.contains(&finding.key.0));
        let told = |finding: &Finding| format!("{} {}", teller.headline(finding), teller.statement(finding));
        Change {
            from,
            mended: gone.map(told).collect(),
            left: old.intersection(&new).count(),
            new: new.difference(&old).cloned().collect(),
        }
    }
}

/// What stands at the end of a finding.
#[derive(Template)]
#[template(path = "answer.html")]
struct Below<'a> {
    csrf: &'a str,
    document: i64,
    number: u32,
    finding: &'a Finding,
    anchor: String,
    answer: Option<&'a Answered>,
    is_new: bool,
    person: &'a str,
    /// The first of its figures that was read in a picture.
    pictured: Option<u32>,
}

/// The first figure of the document that a finding rests on and that was read in a picture.
fn pictured(finding: &Finding, checked: &Checked) -> Option<u32> {
    let figures = finding.spots.iter().filter_map(|spot| spot.figure.as_ref());
    let own = |file: Option<&str>| file.is_none_or(|file| file == checked.file);
    let mut seen = figures.filter(|figure| !figure.seen.is_text() && figure.place.picture.is_some());
    seen.find(|figure| own(figure.place.file.as_deref())).map(|figure| figure.id.0)
}

/// By what the answer to a finding is found on its page.
pub fn anchor(key: &str) -> String {
    let digest = token::digest(key);
    format!("a{}", digest.get(..12).unwrap_or_default())
}

/// The pages of a document, each at its address.
struct Addressed<'d> {
    front: String,
    /// Whether pages of the document can be drawn.
    is_pdf: bool,
    desk: &'d Desk,
    version: &'d Version,
}

impl PagePictures for Addressed<'_> {
    fn crops(&self, file: &str, places: &[&Place]) -> Crops {
        // Other documents that a finding speaks of have pages of their own.
        let bytes = (file == self.version.name).then(|| self.desk.store.contents().read(&self.version.content));
        let Some(Ok(bytes)) = bytes else { return Crops::new() };
        crops::of_bytes(file, &bytes, places, Arc::clone(&self.desk.means.interpreter))
    }

    fn wanted(&self) -> Wanted {
        Wanted::All
    }

    fn pictures(&self, _file: &str, pages: &BTreeSet<u32>) -> BTreeMap<u32, Result<PagePicture, &'static str>> {
        let picture = |page: &u32| (*page, Ok(PagePicture::Address(format!("{}/{page}", self.front))));
        if self.is_pdf { pages.iter().map(picture).collect() } else { BTreeMap::new() }
    }
}

/// The newest version.
pub async fn newest(State(desk): State<Arc<Desk>>, Path(document): Path<i64>) -> Result<Redirect, Fault> {
    let number = versions::newest(&desk, DocumentId(document)).await?.number;
    Ok(Redirect::to(&format!("/documents/{document}/{number}")))
}

/// Everything that the page of a version is written from, but for the law and the program, which do not change while it runs.
#[derive(Debug)]
struct Source {
    document: Document,
    versions: Vec<Version>,
    number: u32,
    answers: BTreeMap<String, Answered>,
    person: String,
}

impl Source {
    async fn of(desk: &Desk, document: DocumentId, number: u32) -> Result<Source, Fault> {
        Ok(Source {
            document: desk.store.document(document).await?,
            versions: desk.store.versions(document).await?,
            number,
            answers: desk.store.answers(document).await?,
            person: desk.person().await?,
        })
    }

    /// By what a page written from it is known. Every field is in it, also one that is added; and the clock by which days are told.
    fn key(&self) -> Digest {
        let times: Vec<String> = self.versions.iter().map(|version| moment::shown(version.at)).collect();
        Digest::of(format!("{self:?}\n{times:?}").as_bytes())
    }

    /// The page, with a mark in place of the secret of whoever asks.
    fn page(self, desk: &Desk) -> Result<String, Fault> {
        let Source { document: row, versions, number, answers, person } = self;
        let frame = Frame { room: Room::Check, csrf: desk.reports.mark().to_owned() };
        let version = versions.iter().find(|version| version.number == number).ok_or(Fault::Missing)?.clone();
        let before = versions.iter().filter(|other| other.number < number).max_by_key(|other| other.number);
        let now = taken_up(desk, &version)?;
        let from = before.map_or(0, |before| before.number);
        let before = before.map(|before| taken_up(desk, before)).transpose()?;
        let change = before.map(|before| Change::between(&before, &now, from, &desk.catalog));
        let keys = || now.report.findings.iter().map(|finding| finding.key.0.as_str());
        let document = row.id.0;
        let below = |finding: &Finding| {
            let key = finding.key.0.as_str();
            let is_new = change.as_ref().is_some_and(|change| change.new.contains(key));
            let (csrf, answer) = (frame.csrf.as_str(), answers.get(key));
            let pictured = pictured(finding, &now);
            let anchor = anchor(key);
            let below = Below { csrf, document, number, finding, anchor, answer, is_new, person: &person, pictured };
            below.render().unwrap_or_default()
        };
        let is_pdf = !now.sizes.is_empty() && is_drawn(desk.store.contents(), &version.content);
        let front = format!("/documents/{document}/{number}/pages");
        let pictures = Addressed { front, is_pdf, desk, version: &version };
        let seen = now.package.figures.iter().filter(|figure| !figure.seen.is_text()).count();
        let body = report::body(&now, &desk.catalog, &pictures, &below);
        let (found, answered) = (keys().count(), keys().filter(|key| answers.contains_key(*key)).count());
        Ok(Page { frame, document: row, version, versions, found, answered, seen, change, body }.render()?)
    }
}

/// One version.
pub async fn show(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path((document, number)): Path<(i64, u32)>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    Ok(written(&desk, DocumentId(document), number).await?.answer(&headers, &visitor.csrf))
}

/// The page of a version, as it is for everybody.
async fn written(desk: &Arc<Desk>, document: DocumentId, number: u32) -> Result<Arc<Sheet>, Fault> {
    let (generation, name) = (desk.store.generation(), format!("{document}/{number}"));
    if let Some(sheet) = desk.reports.still(generation, &name) {
        return Ok(sheet);
    }
    let source = Source::of(desk, document, number).await?;
    let (key, own) = (source.key(), Arc::clone(desk));
    let sheet = desk.reports.page(key.clone(), async move { apart(move || source.page(&own)).await? }).await?;
    desk.reports.note(generation, name, key);
    Ok(sheet)
}

/// A version as it was checked.
pub fn taken_up(desk: &Desk, version: &Version) -> Result<Checked, Fault> {
    let result = version.result.as_ref().ok_or(Fault::Missing)?;
    Ok(packed::unpack(&desk.store.contents().read(result)?)?)
}
