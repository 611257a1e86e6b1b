//! OFD, the format in which archives keep documents: ZIP with XML, whose pages are laid out as those of PDF are. Letters and
//! straight lines of a page are read as its ink; everything behind that is the same.
//!
//! Source: GB/T 33190-2016.

use juesuan_model::{PageSize, Place, Problem};

use super::answer::read_page;
use super::notes::Notes;
use super::ofd_length::{hundredths, lengths};
use super::ofd_page::Drawing;
use super::turn::Sheet;
use super::{PAGES_MAX, piece, too_many};
use crate::archive::Archive;
use crate::budget::Budget;
use crate::drawings::resolve;
use crate::file::{BROKEN, EMPTY, fault};
use crate::pages::{Format, Pages};
use crate::sight::Blind;
use crate::xml::{self, Token, Xml};

/// What is said of a page that is not there or breaks off.
const BROKEN_PAGE: &str = "这一页缺失或损坏，没有读全；请用原来的软件打开后另存";
/// Letters and lines of a document that are kept.
const DOCUMENT_INK_MAX: usize = 4_000_000;

/// Reads an OFD document.
pub fn read(name: &str, bytes: &[u8]) -> Result<Pages, Problem> {
    let mut archive = Archive::open(name, bytes)?;
    let mut part = |path: &str| archive.part(path);
    let entry = part("OFD.xml")?.unwrap_or_default();
    let root = texts(&xml::decode(&entry), "DocRoot").into_iter().next().ok_or_else(|| fault(name, BROKEN))?;
    let root = root.trim_start_matches('/').to_owned();
    let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let document = part(&root)?.ok_or_else(|| fault(name, BROKEN))?;
    let outline = Outline::of(&xml::decode(&document));
    let count = u32::try_from(outline.pages.len()).unwrap_or(u32::MAX);
    let file = Place { file: Some(name.to_owned()), ..Place::default() };
    let (mut pieces, mut problems, mut budget) = (Vec::new(), Vec::new(), Budget::document());
    problems.extend(too_many(count, &file));
    let (mut notes, mut left) = (Notes::default(), DOCUMENT_INK_MAX);
    let mut sizes = vec![PageSize::default(); outline.pages.len()];
    sizes.truncate(usize::try_from(PAGES_MAX).unwrap_or(usize::MAX));
    for ((number, path), size) in (1..=PAGES_MAX).zip(&outline.pages).zip(&mut sizes) {
        if left == 0 {
            notes.overfull(number);
            continue;
        }
        let Some(content) = part(&resolve(&folder, path))? else {
            problems.push(Problem::fatal(Place { page: Some(number), ..file.clone() }, BROKEN_PAGE));
            continue;
        };
        let content = xml::decode(&content);
        let mut drawing = Drawing::on(outline.area);
        for (id, path) in &outline.templates {
            // Forms that lie under the page.
            if content.contains(&format!("TemplateID=\"{id}\""))
                && let Some(template) = part(&resolve(&folder, path))?
            {
                drawing.draw(&xml::decode(&template));
            }
        }
        if !drawing.draw(&content) {
            problems.push(Problem::fatal(Place { page: Some(number), ..file.clone() }, BROKEN_PAGE));
        }
        let (width, height) = (hundredths(drawing.area.0), hundredths(drawing.area.1));
        left = left.saturating_sub(drawing.kept);
        let sheet = Sheet::new(width, height);
        *size = sheet.points();
        let (found, of_page) = read_page(number, drawing.finish(), sheet, Vec::new());
        notes.add(of_page);
        let found = found.into_iter().map(|found| piece(name, number, found, |_| None));
        pieces.extend(found.filter(|piece| budget.piece(piece)));
    }
    problems.extend(notes.problems(&file, &Blind));
    problems.extend(budget.problem(name));
    if pieces.is_empty() && problems.is_empty() {
        return Err(fault(name, EMPTY));
    }
    Ok(Pages { file: name.to_owned(), format: Format::Ofd, count, sizes, pieces, problems })
}

/// The texts of all elements of this name.
fn texts(part: &str, name: &str) -> Vec<String> {
    let (mut xml, mut inside, mut found) = (Xml::new(part), false, Vec::new());
    while let Ok(token) = xml.read() {
        match token {
            Token::Open(tag) => {
                inside = xml::name(&tag) == name;
                found.extend(inside.then(String::new));
            }
            Token::Text(text) if inside => {
                if let Some(last) = found.last_mut() {
                    last.push_str(text.trim());
                }
            }
            Token::Close => inside = false,
            Token::End => break,
            Token::Empty(_) | Token::Text(_) => {}
        }
    }
    found
}

/// The pages of a document.
#[derive(Default)]
struct Outline {
    area: (i64, i64),
    pages: Vec<String>,
    /// Forms that lie under pages, by their ids.
    templates: Vec<(String, String)>,
}

impl Outline {
    fn of(document: &str) -> Outline {
        let mut outline = Outline::default();
        let mut xml = Xml::new(document);
        while let Ok(token) = xml.read() {
            match token {
                Token::Open(tag) | Token::Empty(tag) => {
                    let of = |name| xml::attribute(&tag, name).unwrap_or_default().trim_start_matches('/').to_owned();
                    match xml::name(&tag) {
                        "Page" => outline.pages.push(of("BaseLoc")),
                        "TemplatePage" => outline.templates.push((of("ID"), of("BaseLoc"))),
                        _ => {}
                    }
                }
                Token::End => break,
                Token::Close | Token::Text(_) => {}
            }
        }
        let boxes = texts(document, "PhysicalBox");
        if let Some([_, _, width, height]) = boxes.first().map(|numbers| lengths(numbers)).as_deref() {
            outline.area = (*width, *height);
        }
        outline
    }
}
