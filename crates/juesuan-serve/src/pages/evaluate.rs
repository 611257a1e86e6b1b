//! The room in which the performance of a department is evaluated: points and how each came about, lights during the year, the
//! bulletin of tasks.
//!
//! - [`overview`] points of all subjects and of one; [`monitor`] a month; [`bulletin`] a quarter
//! - [`documents`] all of these as documents to save
//! - [`folder`] where the department's files come from

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use axum::routing::get;
use axum::{Extension, Router};
use juesuan_model::Problem;
use juesuan_office::evaluate;
use juesuan_office::{Error, Job};
use serde::Deserialize;

use self::bulletin::Wanted;
use crate::desk::Desk;
use crate::fault::{Fault, Refusal};
use crate::guard::Visitor;
use crate::page::{Frame, Room};
use crate::stored::{Sent, Stored};
use crate::worker::apart;

mod bulletin;
mod documents;
mod folder;
mod monitor;
mod overview;

/// The addresses of the room.
pub fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/evaluate", get(folder::list))
        .route("/evaluate/{folder}", get(scores))
        .route("/evaluate/{folder}/subject", get(subject))
        .route("/evaluate/{folder}/monitor", get(lights))
        .route("/evaluate/{folder}/bulletin", get(tasks))
        .route("/evaluate/{folder}/documents", get(documents::scores))
        .route("/evaluate/{folder}/monitor/document", get(documents::lights))
        .route("/evaluate/{folder}/bulletin/document", get(documents::tasks))
}

/// Which page is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tab {
    Overview,
    Monitor,
    Bulletin,
}

/// What stands around the pages of one department.
struct Around {
    frame: Frame,
    tab: Tab,
    /// Its name.
    name: String,
    /// What its addresses begin with.
    front: String,
}

/// Why there is nothing to show.
#[derive(Template)]
#[template(path = "evaluate/nothing.html")]
struct Nothing {
    frame: Frame,
    around: Around,
    problems: Vec<Problem>,
}

impl Around {
    /// Around a page of a department, with the files of that.
    async fn of(desk: &Desk, visitor: &Visitor, folder: i64, tab: Tab) -> Result<(Around, Sent), Fault> {
        let (name, files) = folder::opened(desk, folder).await?;
        let frame = Frame::new(Room::Evaluate, visitor);
        Ok((Around { frame, tab, name, front: format!("/evaluate/{folder}") }, files))
    }

    /// The page that says why nothing can be evaluated.
    fn refused(self, error: Error) -> Result<String, Fault> {
        let problems = match error {
            Error::NothingEntered => Vec::new(),
            Error::Inputs(problems) => problems,
            Error::Stopped(stopped) => stopped.problems,
            error => return Err(error.into()),
        };
        Ok(Nothing { frame: self.frame.clone(), around: self, problems }.render()?)
    }
}

/// The points of all subjects.
async fn scores(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path(folder): Path<i64>,
) -> Result<Html<String>, Fault> {
    let (around, files) = Around::of(&desk, &visitor, folder, Tab::Overview).await?;
    apart(move || {
        let page = match evaluate::overview(&Stored::new(&files, desk.store.contents()), &desk.catalog, Job::default())
        {
            Ok(overview) => overview::page(around, &overview)?,
            Err(error) => around.refused(error)?,
        };
        Ok(Html(page))
    })
    .await?
}

/// Which subject.
#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    body: String,
    #[serde(default)]
    project: String,
}

/// How the points of one subject came about.
async fn subject(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path(folder): Path<i64>,
    Query(named): Query<Named>,
) -> Result<Html<String>, Fault> {
    let (around, files) = Around::of(&desk, &visitor, folder, Tab::Overview).await?;
    apart(move || {
        let page = match evaluate::overview(&Stored::new(&files, desk.store.contents()), &desk.catalog, Job::default())
        {
            Ok(overview) => overview::subject(around, &overview, &named.body, &named.project)?,
            Err(error) => around.refused(error)?,
        };
        Ok(Html(page))
    })
    .await?
}

/// Which month.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    month: String,
}

/// The month that is shown when none was asked for: the one that is monitored most.
const MONTH: u8 = 6;

/// The lights at the end of a month.
async fn lights(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path(folder): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let month = match asked.month.is_empty() {
        true => MONTH,
        false => monitor::month(&asked.month).ok_or(Fault::Refused(Refusal::Form))?,
    };
    let (around, files) = Around::of(&desk, &visitor, folder, Tab::Monitor).await?;
    apart(move || {
        let page = match evaluate::monitor(
            &Stored::new(&files, desk.store.contents()),
            month,
            &desk.catalog,
            Job::default(),
        ) {
            Ok(monitored) => monitor::page(around, month, &monitored)?,
            Err(error) => around.refused(error)?,
        };
        Ok(Html(page))
    })
    .await?
}

/// The tasks of a quarter.
async fn tasks(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path(folder): Path<i64>,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Fault> {
    let (around, files) = Around::of(&desk, &visitor, folder, Tab::Bulletin).await?;
    let Some(moment) = wanted.moment() else { return Ok(Html(bulletin::page(around, wanted, None)?)) };
    apart(move || {
        let told = evaluate::bulletin(
            &Stored::new(&files, desk.store.contents()),
            moment,
            wanted.number.trim(),
            &desk.catalog,
            Job::default(),
        );
        let page = match told {
            Ok(told) => bulletin::page(around, wanted, Some(&told))?,
            Err(error) => around.refused(error)?,
        };
        Ok(Html(page))
    })
    .await?
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path as FilePath;

    use juesuan_store::{Edit, FolderFace, Stamp};

    use crate::window::{Answer, Window};

    /// A window in which an example lies as a folder of the store.
    async fn with_example(name: &str) -> (Window, String) {
        let window = Window::open().await;
        let store = &window.desk.store;
        let stamp = Stamp::new(1, "");
        let face =
            FolderFace {
                body: "云岭市林业局".into(), year: Some(2023), variant: "hubei".into(), title: String::new()
            };
        let folder = store.add_folder(&stamp, &face).await.unwrap();
        let root = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
        let mut edits = Vec::new();
        gather(&root, "", &mut |path, bytes| {
            let content = Some(store.contents().put(&bytes).unwrap());
            edits.push(Edit { path, content, expected: None });
        });
        store.edit(&stamp, folder, &edits).await.unwrap();
        (window, format!("/evaluate/{folder}"))
    }

    fn gather(root: &FilePath, below: &str, put: &mut impl FnMut(String, Vec<u8>)) {
        for entry in fs::read_dir(root.join(below)).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{below}{}", entry.file_name().to_str().unwrap());
            match entry.file_type().unwrap().is_dir() {
                true => gather(root, &format!("{path}/"), put),
                false => put(path, fs::read(entry.path()).unwrap()),
            }
        }
    }

    /// The points in the row of a subject, which is named before it.
    fn points(page: &Answer, project: &str) -> String {
        let row = page.text().split("<tr>").find(|row| row.contains(&format!(">{project}</a>"))).unwrap_or_default();
        let cells: Vec<&str> = row.split("<td").collect();
        let cell = cells.get(4).and_then(|cell| cell.split_once('>')).map_or("", |(_, rest)| rest);
        cell.split('<').next().unwrap_or_default().to_owned()
    }

    /// What the browser is told to do with it, without the name.
    fn saved_as(answer: &Answer) -> &str {
        let said = answer.headers.get("content-disposition").map_or("", |said| said.to_str().unwrap());
        said.split(';').take(2).last().unwrap_or_default().trim()
    }

    /// True for an archive with such a file.
    fn holds(answer: &Answer, path: &str) -> bool {
        let archive = zip::ZipArchive::new(std::io::Cursor::new(&answer.bytes));
        archive.is_ok_and(|archive| archive.file_names().any(|own| own.unwrap().ends_with(path)))
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_points_of_the_list_are_those_that_are_explained() {
        let (window, front) = with_example("zengdu-2023").await;
        window.get("/evaluate").await.says(&["云岭市林业局 2023 年度", &format!("href=\"{front}\"")]);
        let page = window.get(&front).await;
        page.says(&["77.89%", "值班设备经费", "整体"]);
        let total = points(&page, "值班设备经费");
        assert!(total.parse::<f64>().is_ok(), "{total:?}");
        let body = page.text().split("subject?body=").nth(1).unwrap().split('&').next().unwrap();
        let address =
            format!("{front}/subject?body={body}&project=%E5%80%BC%E7%8F%AD%E8%AE%BE%E5%A4%87%E7%BB%8F%E8%B4%B9");
        window.get(&address).await.says(&[&format!("总分 {total} 分"), "预算执行", "97.73%"]);
        let unknown = window.get(&format!("{front}/subject?body={body}&project=x")).await;
        assert_eq!(unknown.status, axum::http::StatusCode::NOT_FOUND);
        let saved = window.get(&format!("{front}/documents")).await;
        assert_eq!(saved_as(&saved), "filename=\"file.zip\"");
        assert!(holds(&saved, ".docx") && holds(&saved, ".xlsx") && !holds(&saved, "manifest.json"));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_month_shows_lights_and_another_is_asked_for_by_its_number() {
        let (window, front) = with_example("zengdu-2023").await;
        window.get(&format!("{front}/monitor")).await.says(&["时间进度 50%", "绿灯", "class=\"light "]);
        window.get(&format!("{front}/monitor?month=9")).await.says(&["时间进度 75%"]);
        let saved = window.get(&format!("{front}/monitor/document?month=6")).await;
        assert!(saved_as(&saved) == "filename=\"file.docx\"" && holds(&saved, "word/document.xml"));
        let wrong = window.get(&format!("{front}/monitor?month=13")).await;
        assert_eq!(wrong.status, axum::http::StatusCode::UNPROCESSABLE_ENTITY);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_quarter_is_told_as_a_page_and_as_a_document() {
        let (window, front) = with_example("zengdu-2023").await;
        window.get(&format!("{front}/bulletin")).await.says(&["算到哪一天"]);
        window.get(&format!("{front}/bulletin?quarter=x&date=2023-10-08")).await.says(&["季度应写成 2023Q3"]);
        let question = "quarter=2023Q3&date=2023-10-08&number=";
        window.get(&format!("{front}/bulletin?{question}")).await.says(&["督办", "bulletin/document?quarter=2023Q3"]);
        let document = window.get(&format!("{front}/bulletin/document?{question}")).await;
        assert!(saved_as(&document).ends_with("filename=\"file.docx\"") && holds(&document, "word/document.xml"));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_folder_without_sheets_of_performance_says_what_is_missing() {
        let (window, front) = with_example("putuo-planning-2024").await;
        window.get(&front).await.says(&["没有评价：没有填好的绩效表"]);
        window.get(&format!("{front}/monitor")).await.says(&["没有评价"]);
        assert_eq!(window.get("/evaluate/99").await.status, axum::http::StatusCode::NOT_FOUND);
    }
}
