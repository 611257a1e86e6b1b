//! Any readable file.

use std::path::Path;
use std::sync::Arc;

use juesuan_model::{Place, Problem};

use crate::budget::Budget;
use crate::counted::{Counted, PICTURES_MAX};
use crate::file::{self, Content, PICTURE, fault};
use crate::grid::Grid;
use crate::means::Means;
use crate::pages::{Format, Pages, Piece};
use crate::said::said;
use crate::sight::{self, Blind, Picture, Sight};
use crate::text::{self, Line};
use crate::{biff, delimited, docx, formats, html, pdf, picture, plain, sheets, workbook};

impl Default for Means {
    fn default() -> Means {
        Means { sight: Arc::new(Blind), interpreter: pdf::in_thread() }
    }
}

/// The document in a file; `name` is what its places carry. What the file is decides its content, not its ending.
pub fn pages(path: &Path, name: &str) -> Result<Pages, Problem> {
    pages_of(name, &file::bytes(path, name)?)
}

/// The document in `bytes`; places carry `name`. What could be read of a damaged document is there, and its problems say what
/// is not; a problem instead of a document says why there is none and what to do.
///
/// ```
/// let pages = juesuan_read::pages_of("决算.txt", "一、收入决算表".as_bytes()).unwrap();
/// assert_eq!(pages.file, "决算.txt");
/// let problem = juesuan_read::pages_of("空.pdf", b"").unwrap_err();
/// assert!(problem.message.contains("空文件"));
/// ```
pub fn pages_of(name: &str, bytes: &[u8]) -> Result<Pages, Problem> {
    pages_with(name, bytes, &Means::default())
}

/// As [`pages_of`], with these means. Files of strangers are read with an interpreter in a process of its own.
pub fn pages_with(name: &str, bytes: &[u8], means: &Means) -> Result<Pages, Problem> {
    file::bounded(name, bytes)?;
    let counted = Arc::new(Counted::new(Arc::clone(&means.sight), PICTURES_MAX));
    let own: Arc<dyn Sight> = Arc::<Counted>::clone(&counted);
    let mut pages = read(name, bytes, &Means { sight: own, ..means.clone() })?;
    pages.problems.extend(counted.problem(name));
    pages.problems.extend(broken(&pages, counted.as_ref()));
    Ok(pages)
}

/// What is said of pictures of an office file or a web page that are there and cannot be opened: something may stand in them.
fn broken(pages: &Pages, sight: &dyn Sight) -> Option<Problem> {
    let is_broken = |picture: &&Picture| match &picture.handle {
        Some(handle) => sight.wants(picture) && (handle.open().is_err() || sight.is_barred(picture)),
        None => false,
    };
    let pictures = pages.pieces.iter().filter_map(|piece| match piece {
        Piece::Picture(picture) => Some(picture),
        Piece::Line(_) | Piece::Grid(_) => None,
    });
    let is_told = matches!(pages.format, Format::Pdf | Format::Picture);
    let mut pictures = pictures.filter(|_| !is_told).take(PICTURES_MAX).filter(is_broken);
    let first = pictures.next()?;
    let more = match pictures.count() {
        0 => String::new(),
        more => said("several", &[("count", &(more + 1).to_string())]),
    };
    let place = Place { file: Some(pages.file.clone()), ..first.place.clone() };
    Some(Problem::doubt(place, format!("{}{more}", sight::BROKEN)))
}

fn read(name: &str, bytes: &[u8], means: &Means) -> Result<Pages, Problem> {
    let sight = means.sight.as_ref();
    match file::content(name, bytes)? {
        Content::Pdf => pdf::read(name, bytes, means).map(within_budget),
        Content::Ofd => pdf::ofd::read(name, bytes),
        Content::Docx => docx::read(name, bytes, sight),
        Content::Xlsx => sheets::xlsx(name, bytes, sight),
        Content::Xls => sheets::xls(name, bytes, sight),
        Content::Html => html::read(name, bytes, sight),
        Content::Text => plain::read(name, bytes),
        Content::Archive => Err(fault(name, "是压缩包，不是一份文档；请解压后逐份读取")),
        Content::Foreign(PICTURE) => picture::read(name, bytes, sight),
        Content::Foreign(kind) => {
            Err(fault(name, format!("内容是{kind}，这里读不了；请用原来的软件打开后另存为 DOCX 或 PDF")))
        }
    }
}

/// A document whose reader does not count while it reads.
fn within_budget(mut pages: Pages) -> Pages {
    let mut budget = Budget::document();
    pages.pieces.retain(|piece| budget.piece(piece));
    pages.problems.extend(budget.problem(&pages.file));
    pages
}

/// The sheets of a CSV, XLSX or XLS file, or the tables of a web page; places carry the path as given.
pub fn grids(path: &Path) -> Result<Vec<Grid>, Problem> {
    let name = path.display().to_string();
    grids_of(&name, &file::bytes(path, &name)?)
}

/// The sheets in `bytes`; places carry `name`. A workbook without any content is a problem, a CSV file always has one grid.
pub fn grids_of(name: &str, bytes: &[u8]) -> Result<Vec<Grid>, Problem> {
    file::bounded(name, bytes)?;
    let kind = match file::content(name, bytes)? {
        Content::Xlsx => return workbook::xlsx(name, bytes),
        Content::Xls => return workbook::xls(name, bytes),
        Content::Html => return html::grids(name, bytes),
        Content::Text => return delimited::grid(name, bytes, Budget::sheets()).map(|grid| vec![grid]),
        Content::Pdf | Content::Ofd => "PDF 或 OFD 文件",
        Content::Docx => "Word 文档",
        Content::Archive => "压缩包",
        Content::Foreign(kind) => kind,
    };
    Err(fault(name, format!("内容是{kind}，不是表格；请另存为 XLSX 或 CSV")))
}

/// As [`grids_of`], for sheets that people filled in: what a workbook shows in percent is a text that says so. An office program stores 97 %
/// as 0.97, and by itself nobody can tell that from 0.97 %.
pub fn grids_entered(name: &str, bytes: &[u8]) -> Result<Vec<Grid>, Problem> {
    let mut grids = grids_of(name, bytes)?;
    let mut shown = match file::content(name, bytes)? {
        Content::Xlsx => formats::cells(name, bytes),
        Content::Xls => biff::shown(bytes),
        _ => return Ok(grids),
    };
    for grid in &mut grids {
        sheets::show_percents(grid, &shown.remove(&grid.sheet).unwrap_or_default());
    }
    Ok(grids)
}

/// The lines of a text file in UTF-8, UTF-16, GBK or GB18030.
pub fn lines(path: &Path) -> Result<Vec<Line>, Problem> {
    let name = path.display().to_string();
    lines_of(&name, &file::bytes(path, &name)?)
}

/// The lines of the text in `bytes`; a problem carries `name`.
pub fn lines_of(name: &str, bytes: &[u8]) -> Result<Vec<Line>, Problem> {
    file::bounded(name, bytes)?;
    text::decode(name, bytes).map(|text| text::lines(&text))
}
