//! What was read in the pictures of a version: each figure beside the stretch of the picture, where a person says what stands there.
//! What is said is kept by the picture, not by the document: it holds for every version with the same picture, and can be undone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Redirect, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use juesuan_model::{Block, Confidence, Figure, FigureId, InPicture, Place, Seen};
use juesuan_office::{Corrections, crops};
use juesuan_store::{Corrected, Correction, DocumentId, Spot, Stamp, Version};
use juesuan_text::{number, part_of_text};
use juesuan_write::report::Checked;
use serde::Deserialize;

use crate::checking;
use crate::corrected::{self, spot_of};
use crate::desk::{Desk, PERSON};
use crate::fault::{Fault, Refusal};
use crate::guard::Visitor;
use crate::page::{Frame, Room, filled};
use crate::pages::reports::taken_up;
use crate::posted::Posted;
use crate::stored::Sent;
use crate::versions;
use crate::worker::apart;

/// Readings on a page.
const ROWS: usize = 50;
/// Letters of what a person may say stands there.
const LETTERS_MAX: usize = 200;

/// Which of them.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// The page, from 1.
    page: Option<usize>,
    /// The figure that somebody wants to see, whichever page it is on.
    figure: Option<u32>,
}

#[derive(Template)]
#[template(path = "readings.html")]
struct Page {
    frame: Frame,
    document: i64,
    number: u32,
    name: String,
    /// What the page was written from: readings have no numbers of their own.
    result: String,
    person: String,
    rows: Vec<Row>,
    /// What was said and is not there.
    idle: Vec<Idle>,
    /// How many there are on all pages.
    count: usize,
    page: usize,
    pages: usize,
}

/// A correction that was not used.
struct Idle {
    /// Its picture and its place there.
    spot: String,
    read: String,
    text: String,
    person: String,
}

/// A reading.
struct Row {
    id: u32,
    place: String,
    value: String,
    crop: Option<String>,
    state: Shown,
    differs: Option<(String, String)>,
    in_finding: bool,
}

/// How sure it is, for the template.
enum Shown {
    Corrected { person: String, read: String },
    Proven,
    Picture { percent: u16, doubtful: bool },
}

/// The readings of a version, those that findings rest on first.
pub async fn show(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path((document, number)): Path<(i64, u32)>,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Fault> {
    let version = versions::numbered(&desk, DocumentId(document), number).await?;
    let (person, frame) = (desk.person().await?, Frame::new(Room::Check, &visitor));
    let standing = desk.store.corrections().await?;
    let page = apart(move || written(&desk, (document, &version), wanted, (person, frame), &standing)).await??;
    filled(&page)
}

fn written(
    desk: &Desk,
    (document, version): (i64, &Version),
    wanted: Wanted,
    (person, frame): (String, Frame),
    standing: &[Corrected],
) -> Result<Page, Fault> {
    let checked = taken_up(desk, version)?;
    let all = readings(&checked);
    let pages = all.len().div_ceil(ROWS).max(1);
    let of_figure = wanted.figure.and_then(|figure| all.iter().position(|reading| reading.id.0 == figure));
    let page = of_figure.map_or(wanted.page.unwrap_or(1), |at| at / ROWS + 1).clamp(1, pages);
    let shown: Vec<&Reading<'_>> = all.iter().skip((page - 1) * ROWS).take(ROWS).collect();
    let places: Vec<&Place> = shown.iter().map(|reading| &reading.figure.place).collect();
    let bytes = desk.store.contents().read(&version.content)?;
    let crops = crops::of_bytes(&version.name, &bytes, &places, Arc::clone(&desk.means.interpreter));
    let least = Confidence::thousandths(desk.catalog.report.coverage.doubtful_below);
    let row = |reading: &&Reading<'_>| {
        let (figure, known) = (reading.figure, reading.picture);
        let state = match (&known.corrected, figure.seen) {
            (Some(by), _) => Shown::Corrected { person: by.person.clone(), read: by.read.clone() },
            (None, Seen::Picture(sure)) => {
                Shown::Picture { percent: (u16::from(sure) / 10).min(99), doubtful: sure < least }
            }
            (None, Seen::Text | Seen::Proven | Seen::Corrected) => Shown::Proven,
        };
        Row {
            id: reading.id.0,
            place: Place { file: None, ..figure.place.clone() }.to_string(),
            value: reading.printed.clone(),
            crop: crops.get(&(known.picture, known.at)).map(|png| STANDARD.encode(png)),
            state,
            differs: known.differs.as_ref().map(|differs| (differs.layer.clone(), differs.seen.clone())),
            in_finding: reading.in_finding,
        }
    };
    let rows = shown.iter().map(row).collect();
    let result = version.result.as_ref().map(ToString::to_string).unwrap_or_default();
    let (number, name, count) = (version.number, version.name.clone(), all.len());
    let idle = idle(&checked, standing);
    Ok(Page { frame, document, number, name, result, person, rows, idle, count, page, pages })
}

/// Corrections of the pictures of a document that no figure of it has.
fn idle(checked: &Checked, standing: &[Corrected]) -> Vec<Idle> {
    let figures = checked.package.figures.iter();
    let places: Vec<&InPicture> = figures.filter_map(|figure| figure.place.picture.as_deref()).collect();
    let shown = |own: &Corrected| {
        let Correction { read, text } = own.correction.clone();
        Idle { spot: format!("{} {}", own.spot.picture, own.spot.place), read, text, person: own.by.clone() }
    };
    corrected::idle(standing, &places).into_iter().map(shown).collect()
}

/// A figure that was read in a picture.
struct Reading<'c> {
    id: FigureId,
    figure: &'c Figure,
    picture: &'c InPicture,
    /// What stands there, as it was read.
    printed: String,
    in_finding: bool,
}

/// All of a document: first what findings rest on, then by how unsure they are; what is certain comes last.
fn readings(checked: &Checked) -> Vec<Reading<'_>> {
    let spots = checked.report.findings.iter().flat_map(|finding| &finding.spots);
    let own = |place: &Place| place.file.as_deref().is_none_or(|file| file == checked.file);
    let in_findings: BTreeSet<FigureId> =
        spots.filter_map(|spot| spot.figure.as_ref()).filter(|f| own(&f.place)).map(|figure| figure.id).collect();
    let texts = texts(checked);
    let reading = |(number, figure): (u32, _)| {
        let figure: &Figure = figure;
        let picture = figure.place.picture.as_deref().filter(|_| !figure.seen.is_text())?;
        let id = FigureId(number);
        let printed = texts.get(&id).map_or_else(|| printed(figure), |text| (*text).to_owned());
        Some(Reading { id, figure, picture, printed, in_finding: in_findings.contains(&id) })
    };
    let mut out: Vec<Reading<'_>> = (0..).zip(&checked.package.figures).filter_map(reading).collect();
    let sure = |reading: &Reading<'_>| match reading.figure.seen {
        Seen::Picture(sure) => u16::from(sure),
        Seen::Text | Seen::Proven | Seen::Corrected => u16::MAX,
    };
    out.sort_by_key(|reading| (!reading.in_finding, sure(reading), reading.id));
    // One place may hold several figures: it is shown once.
    let mut known = BTreeSet::new();
    out.retain(|reading| known.insert((reading.picture.picture, reading.picture.at)));
    out
}

/// What tables print for their figures.
fn texts(checked: &Checked) -> BTreeMap<FigureId, &str> {
    let blocks = checked.package.document.parts.iter().flat_map(|part| &part.blocks);
    let tables = blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    let cells = tables.flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    cells.filter_map(|cell| Some((cell.figure?, cell.text.as_str()))).collect()
}

/// What a figure outside tables looks like, as it is printed if the words around it are known.
fn printed(figure: &Figure) -> String {
    let Some(printed) = figure.cell.number() else { return String::new() };
    let quote = figure.place.quote.as_deref().unwrap_or_default();
    let ways = [printed.digits(), printed.digits_grouped(), printed.abs().digits(), printed.abs().digits_grouped()];
    let found = ways.iter().find_map(|digits| number::find(quote, digits));
    found.map_or_else(|| printed.digits(), |range| part_of_text(quote, range).to_owned())
}

/// Takes what a person says, and has the document checked with it.
pub async fn correct(
    State(desk): State<Arc<Desk>>,
    Path(document): Path<i64>,
    Posted(form): Posted<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    let field = |name: &str| form.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value.trim());
    let number = field("number").parse().map_err(|_| Fault::Refused(Refusal::Form))?;
    let version = versions::numbered(&desk, DocumentId(document), number).await?;
    let person = field("person").to_owned();
    if person.is_empty() {
        return Err(Fault::Refused(Refusal::Form));
    }
    // Numbers of figures are those of the result that the page was written from.
    if version.result.as_ref().map(ToString::to_string).as_deref() != Some(field("result")) {
        return Err(Fault::Conflict(String::new()));
    }
    let (own, of) = (Arc::clone(&desk), version.clone());
    let checked = apart(move || taken_up(&own, &of)).await??;
    let changes = changes(&readings(&checked), &form);
    let back = format!("/documents/{document}/{number}/readings");
    if changes.is_empty() {
        return Ok(Redirect::to(&back));
    }
    let mut stamp = desk.stamp().await?;
    if stamp.person != person {
        stamp.person.clone_from(&person);
        desk.store.set(&stamp, PERSON, &serde_json::Value::String(person)).await?;
    }
    take(&desk, (&stamp, DocumentId(document)), changes).await?;
    // What lies in an archive inside an archive is kept only as it was recognised: it is read anew when it is sent again.
    if version.result.as_ref() == Some(&version.content) {
        return Ok(Redirect::to(&back));
    }
    let sent = Sent { name: version.name, files: [(String::new(), version.content)].into() };
    let job = checking::order(&desk, &stamp, vec![sent]).await?;
    Ok(Redirect::to(&format!("/jobs/{job}")))
}

/// Keeps what is changed.
async fn take(desk: &Desk, (stamp, document): (&Stamp, DocumentId), changes: Vec<Change>) -> Result<(), Fault> {
    let standing = desk.store.corrections().await?;
    for change in changes {
        let gone = match change {
            Change::Says(picture, correction) => {
                // In place of what was said of it before.
                let before = corrected::at(&standing, &picture).into_iter().next();
                let spot = before.unwrap_or_else(|| spot_of(&picture));
                desk.store.correct(stamp, document, &spot, &correction).await?;
                continue;
            }
            Change::Undoes(picture) => corrected::at(&standing, &picture),
            Change::Drops(spot) => standing.iter().map(|own| &own.spot).filter(|own| **own == spot).cloned().collect(),
        };
        if gone.is_empty() {
            return Err(Fault::Conflict(String::new()));
        }
        for spot in gone {
            desk.store.withdraw_correction(stamp, document, &spot).await?;
        }
    }
    Ok(())
}

/// What a form changes.
#[derive(Debug, PartialEq, Eq)]
enum Change {
    /// That stands there.
    Says(Box<InPicture>, Correction),
    /// Nothing was said there.
    Undoes(Box<InPicture>),
    /// What was not used is not said any more.
    Drops(Spot),
}

/// Readings of which the form says something else, or nothing any more.
fn changes(readings: &[Reading<'_>], form: &[(String, String)]) -> Vec<Change> {
    let fields: BTreeMap<&str, &str> = form.iter().map(|(name, value)| (name.as_str(), value.trim())).collect();
    let change = |reading: &Reading<'_>| {
        let id = reading.id.0;
        if fields.contains_key(format!("undo-{id}").as_str()) {
            return reading.picture.corrected.as_ref().map(|_| Change::Undoes(Box::new(reading.picture.clone())));
        }
        let text = *fields.get(format!("text-{id}").as_str())?;
        let is_new = !text.is_empty() && text != reading.printed && text.chars().count() <= LETTERS_MAX;
        let read = reading.picture.corrected.as_ref().map_or(&reading.printed, |by| &by.read);
        let correction = Correction { read: read.clone(), text: text.to_owned() };
        is_new.then(|| Change::Says(Box::new(reading.picture.clone()), correction))
    };
    let drops = form.iter().filter(|(name, _)| name == "drop").filter_map(|(_, spot)| spot.split_once(' '));
    let dropped = drops.map(|(picture, place)| Change::Drops(Spot { picture: picture.into(), place: place.into() }));
    readings.iter().filter_map(change).chain(dropped).collect()
}

/// What people say of the pictures of a document, as `check --corrections` takes it.
pub async fn file(State(desk): State<Arc<Desk>>, Path(document): Path<i64>) -> Result<Response, Fault> {
    let version = versions::newest(&desk, DocumentId(document)).await?;
    let own = Arc::clone(&desk);
    let checked = apart(move || taken_up(&own, &version)).await??;
    let pictures: BTreeSet<_> =
        checked.package.figures.iter().filter_map(|figure| Some(figure.place.picture.as_ref()?.picture)).collect();
    let standing = corrected::all(desk.store.corrections().await?);
    let text = Corrections::file(standing.into_iter().filter(|own| pictures.contains(&own.picture)).collect());
    let headers = [
        (CONTENT_TYPE, "application/toml; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"corrections.toml\""),
    ];
    Ok((headers, text.map_err(|_| Fault::Broken)?).into_response())
}

#[cfg(test)]
mod tests {
    use juesuan_model::{Cell, CorrectedBy, Measure, PictureDigest, Printed, Unit};

    use super::*;
    use crate::window::Window;

    fn figure(digits: &str, quote: &str) -> Figure {
        let place = Place {
            quote: Some(quote.to_owned()),
            picture: Some(Box::new(InPicture { at: [1, 2, 3, 4], ..InPicture::default() })),
            ..Place::default()
        };
        Figure {
            meanings: Vec::new(),
            measure: Measure::Amount,
            cell: Printed::parse(digits, Unit::WanYuan).map_or(Cell::Unreadable, Cell::Number),
            exact_fen: None,
            place,
            seen: Seen::Picture(Confidence::thousandths(800)),
        }
    }

    #[test]
    fn a_figure_of_a_sentence_is_told_as_it_is_printed() {
        assert_eq!(printed(&figure("1234.50", "支出1,234.50万元")), "1,234.50");
        assert_eq!(printed(&figure("-3.00", "减少3.00万元")), "3.00");
        assert_eq!(printed(&figure("7.00", "别的")), "7.00");
    }

    #[test]
    fn only_what_differs_from_the_reading_is_a_change_and_only_what_was_said_is_undone() {
        let figure = figure("128.50", "");
        let plain = figure.place.picture.clone().unwrap();
        let by = CorrectedBy { person: "张三".into(), read: "123.50".into() };
        let said = InPicture { corrected: Some(by), picture: PictureDigest::new([1; 32]), ..*plain.clone() };
        let of = |id: u32, picture| Reading {
            id: FigureId(id),
            figure: &figure,
            picture,
            printed: "128.50".into(),
            in_finding: false,
        };
        let readings = [of(3, &plain), of(4, &said)];
        let form = |pairs: &[(&str, &str)]| -> Vec<Change> {
            let form: Vec<(String, String)> =
                pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            changes(&readings, &form)
        };
        assert_eq!(form(&[("text-3", "128.50"), ("text-4", " "), ("text-9", "1"), ("undo-3", "on")]), []);
        let says = |picture, read: &str| {
            Change::Says(Box::new(InPicture::clone(picture)), Correction { read: read.into(), text: "123.5".into() })
        };
        assert_eq!(
            form(&[("text-3", " 123.5 "), ("text-4", "123.5")]),
            [says(&plain, "128.50"), says(&said, "123.50")]
        );
        assert_eq!(form(&[("text-4", "1"), ("undo-4", "on")]), [Change::Undoes(Box::new(said.clone()))]);
    }

    /// A picture of any kind, for readers who do not look.
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0nothing that could be shown";

    /// Reads the same table in every picture: the second row adds up, the first does not.
    struct Double;

    impl juesuan_read::Sight for Double {
        fn look(&self, picture: &juesuan_read::Picture) -> Vec<juesuan_read::Piece> {
            use juesuan_read::{Grid, PageLine, Piece, Row, Value};
            let seen = Seen::Picture(Confidence::thousandths(950));
            let line = |number: u32, text: &str| {
                let place = picture.place_of([0, number * 5, 60, number * 5 + 4], [100, 100]);
                Piece::Line(PageLine { text: text.to_owned(), place, seen, ends: true, ..PageLine::default() })
            };
            let row = |number: u32, cells: [&str; 5]| {
                let top = 50 + number * 5;
                let at = |column: u32| [column * 20, top, column * 20 + 15, top + 4];
                let bounds = (0..5).map(|column| picture.place_of(at(column), [100, 100]).bounds);
                Row {
                    line: number,
                    cells: cells.map(Value::text).to_vec(),
                    bounds: bounds.collect(),
                    seen: vec![seen; 5],
                    ..Row::default()
                }
            };
            let rows = vec![
                row(1, ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"]),
                row(2, ["", "合计", "128.50", "80.00", "43.50"]),
                row(3, ["201", "一般公共服务支出", "123.50", "80.00", "43.50"]),
            ];
            let file = picture.place.file.clone().unwrap_or_default();
            vec![
                line(1, "安宁市档案局2023年度部门决算"),
                line(2, "支出决算表"),
                line(3, "单位：万元"),
                Piece::Grid(Grid { file, rows, ..Grid::default() }),
            ]
        }

        fn version(&self) -> String {
            "double".to_owned()
        }
    }

    /// Waits until a job is over, and gives the page of its only document.
    async fn over(window: &Window, leads: &str) -> String {
        let job: i64 = leads.strip_prefix("/jobs/").unwrap().parse().unwrap();
        for _ in 0..600 {
            let line = window.desk.store.job(juesuan_store::JobId(job)).await.unwrap().line;
            if let Some(outcome) = line.outcome.clone().filter(|_| line.state == juesuan_store::JobState::Done) {
                let one = outcome.get("documents").and_then(|all| all.get(0)).unwrap().clone();
                return format!("/documents/{}/{}", one.get("document").unwrap(), one.get("number").unwrap());
            }
            assert!(line.is_open(), "{line:?}");
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("it takes too long");
    }

    fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
        text.split_once(before).and_then(|(_, rest)| rest.split_once(after)).map(|(found, _)| found).unwrap()
    }

    /// The name of the field in which this reading stands, and what the page was written from.
    fn field(page: &str, value: &str) -> (String, String) {
        let (before, _) = page.split_once(&format!("\" value=\"{value}\"")).unwrap();
        let (_, id) = before.rsplit_once("text-").unwrap();
        (id.to_owned(), between(page, "name=\"result\" value=\"", "\"").to_owned())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_reading_is_corrected_beside_its_picture_for_every_document_with_it_and_undone() {
        let means = juesuan_read::Means { sight: Arc::new(Double), ..juesuan_read::Means::default() };
        let window = Window::open_with(means).await;
        let work = tokio::spawn(crate::worker::work(Arc::clone(&window.desk)));
        let sent = window.send_files("/upload", &[("表.png", PNG)]).await;
        let report = over(&window, sent.leads()).await;
        let page = window.get(&report).await;
        page.says(&["把握95%", "对照图片更正", "128.50"]);
        assert!(page.text().contains("finding warning") && !page.text().contains("finding error"));
        let readings = format!("{report}/readings");
        let list = window.get(&readings).await;
        list.says(&["发现的问题用到它", "95%", "（没有图）"]);
        let (id, result) = field(list.text(), "128.50");
        let (document, number) = report.strip_prefix("/documents/").unwrap().split_once('/').unwrap();
        let address = format!("/documents/{document}/readings");
        let text = format!("text-{id}");
        let form =
            |person| [("number", number), ("result", result.as_str()), ("person", person), (text.as_str(), "123.50")];
        assert_eq!(window.post(&address, &form("")).await.status, 422, "nobody says so");
        let corrected = window.post(&address, &form("张三")).await;
        let again = over(&window, corrected.leads()).await;
        assert_eq!(again, report, "the same version");
        let page = window.get(&report).await;
        assert!(!page.text().contains("finding warning"), "{}", page.text());
        page.says(&["由张三更正"]);
        let list = window.get(&readings).await;
        list.says(&["由张三更正（识别成“128.50”）"]);
        assert_eq!(window.post(&address, &form("张三")).await.status, 409, "the page is of an earlier result");
        let file = window.get(&format!("/documents/{document}/readings.toml")).await;
        assert!(Corrections::parse("c.toml", file.text()).is_ok() && file.text().contains("123.50"));
        // Another document with the same picture.
        let data = STANDARD.encode(PNG);
        let other = format!("<p>说明</p><img src='data:image/png;base64,{data}'>");
        let sent = window.send_files("/upload", &[("稿.html", other.as_bytes())]).await;
        let other = over(&window, sent.leads()).await;
        window.get(&other).await.says(&["由张三更正"]);
        let (id, result) = field(list.text(), "123.50");
        let (undo, by) = (format!("undo-{id}"), [("number", number), ("result", result.as_str()), ("person", "张三")]);
        let undone = window.post(&address, &[&by[..], &[(undo.as_str(), "on")]].concat()).await;
        over(&window, undone.leads()).await;
        let page = window.get(&report).await;
        assert!(page.text().contains("finding warning") && !page.text().contains("由张三更正"));
        window.get("/desk/log").await.says(&["对照图片更正", "撤销更正", "张三"]);
        work.abort();
    }

    /// Reads a sentence with the same figure twice in every picture.
    struct Spoken;

    impl juesuan_read::Sight for Spoken {
        fn look(&self, picture: &juesuan_read::Picture) -> Vec<juesuan_read::Piece> {
            let seen = Seen::Picture(Confidence::thousandths(950));
            let line = |(number, text): (i32, &str)| {
                let (count, top) = (i32::try_from(text.chars().count()).unwrap(), number * 1_000);
                let place = Place { bounds: Some([0, top, count * 100, top + 500]), ..picture.place.clone() };
                let (edges, text) = ((0..=count).map(|at| at * 100).collect(), text.to_owned());
                let line = juesuan_read::PageLine { text, place, edges, seen, ends: true, ..Default::default() };
                juesuan_read::Piece::Line(line)
            };
            let sentence = "2023年度收入总计13.00万元，其中：基本支出3.00万元，项目支出3.00万元。";
            let all = ["安宁市档案局2023年度部门决算", "二、收入支出决算情况说明", sentence];
            (1..).zip(all).map(line).collect()
        }

        fn version(&self) -> String {
            "spoken".to_owned()
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn each_figure_of_a_sentence_is_corrected_by_itself_and_what_was_not_used_is_told_and_can_be_undone() {
        let means = juesuan_read::Means { sight: Arc::new(Spoken), ..juesuan_read::Means::default() };
        let window = Window::open_with(means).await;
        let work = tokio::spawn(crate::worker::work(Arc::clone(&window.desk)));
        let sent = window.send_files("/upload", &[("页.png", PNG)]).await;
        let report = over(&window, sent.leads()).await;
        let (document, number) = report.strip_prefix("/documents/").unwrap().split_once('/').unwrap();
        let (address, readings) = (format!("/documents/{document}/readings"), format!("{report}/readings"));
        let count = |page: &str, value: &str| page.matches(&format!("value=\"{value}\"")).count();
        let list = window.get(&readings).await;
        assert_eq!((count(list.text(), "3.00"), count(list.text(), "13.00")), (2, 1));
        let (id, result) = field(list.text(), "3.00");
        let text = format!("text-{id}");
        let by = |result| [("number", number), ("result", result), ("person", "张三")];
        let says = [&by(result.as_str())[..], &[(text.as_str(), "12345.00")]].concat();
        over(&window, window.post(&address, &says).await.leads()).await;
        let list = window.get(&readings).await;
        assert_eq!(list.text().matches("由张三更正（识别成“3.00”）").count(), 1);
        assert_eq!((count(list.text(), "3.00"), count(list.text(), "12345.00")), (1, 1));
        window.get(&report).await.says(&["由人更正1个"]);
        let (id, result) = field(list.text(), "12345.00");
        let undo = format!("undo-{id}");
        let undoes = [&by(result.as_str())[..], &[(undo.as_str(), "on")]].concat();
        over(&window, window.post(&address, &undoes).await.leads()).await;
        let list = window.get(&readings).await;
        assert_eq!((count(list.text(), "3.00"), count(list.text(), "12345.00")), (2, 0));
        // Said of the whole line: nobody knows of which of the two.
        let picture = juesuan_read::Shown::File(PNG.to_vec()).digest().to_string();
        let spot = Spot { picture, place: "0-3000-4300-3500".to_owned() };
        let correction = Correction { read: "3.00".into(), text: "8.00".into() };
        let (stamp, of) = (window.desk.stamp().await.unwrap(), DocumentId(document.parse().unwrap()));
        window.desk.store.correct(&stamp, of, &spot, &correction).await.unwrap();
        let list = window.get(&readings).await;
        list.says(&["1 处更正在这份文件里没有用上", "“3.00”更正为“8.00”"]);
        let (drop, (_, result)) = (format!("{} {}", spot.picture, spot.place), field(list.text(), "13.00"));
        let drops = [&by(result.as_str())[..], &[("drop", drop.as_str())]].concat();
        over(&window, window.post(&address, &drops).await.leads()).await;
        assert!(!window.get(&readings).await.text().contains("没有用上"));
        assert!(window.desk.store.corrections().await.unwrap().is_empty());
        work.abort();
    }
}
