//! Word documents: paragraphs, tables, footnotes, text boxes and pictures in the order of the text.
//!
//! Kept: results of fields, insertions, automatic numbers. Left out: deletions, hidden text, codes of fields, headers and
//! footers. Page breaks are not known; `place.line` is the number of the paragraph, and each row of a table counts as one.
//!
//! In reading order: [`styles`] headings and sizes; [`numeral`] and [`numbering`] automatic numbers; [`paragraph`] the text of
//! one paragraph while it is read; [`body`] the walk through a part; [`table`] its tables; [`drawing`] its boxes and
//! pictures.

mod body;
mod drawing;
mod numbering;
mod numeral;
mod paragraph;
mod styles;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use juesuan_model::{Place, Problem};

use crate::archive::Archive;
use crate::budget::Budget;
use crate::drawings;
use crate::file::{EMPTY, fault};
use crate::pages::{Format, Pages, Piece};
use crate::said::said;
use crate::sight::{self, Handle, Sight};
use crate::xml::{self, Fault};
use body::Body;
use numbering::Numbering;
use styles::Styles;

/// What the parts of a document share while they are read.
#[derive(Default)]
struct Context {
    file: String,
    styles: Styles,
    numbering: Numbering,
    /// Notes by kind and id, each taken once where it is referred to.
    notes: BTreeMap<(Note, String), Vec<Piece>>,
    budget: Budget,
    problems: Vec<Problem>,
    /// The pictures of the part that is read, by the ids that it uses.
    pictures: BTreeMap<String, Handle>,
    /// Those of them that nobody can look at.
    unseen: BTreeMap<String, Unseen>,
    /// Where the first of each kind of them stands, and how many there are.
    unseen_at: BTreeMap<Unseen, (Place, u32)>,
}

/// Why a picture cannot be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Unseen {
    /// It lies outside the file.
    Linked,
    /// It is no picture of dots.
    Drawn,
    /// It stands for an object of another program, a spreadsheet for instance.
    Object,
}

/// Where a note stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Note {
    Foot,
    End,
}

/// Reads a Word document, its pictures as `sight` sees them.
pub fn read(name: &str, bytes: &[u8], sight: &dyn Sight) -> Result<Pages, Problem> {
    let mut archive = Archive::open(name, bytes)?;
    let main = main_part(&mut archive)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let Some(document) = archive.part(&main)? else {
        return Err(fault(name, "缺少正文部分，打不开；请用文字处理软件打开后另存为 DOCX"));
    };
    let mut context = Context { file: name.to_owned(), ..Context::default() };
    let mut part = |path: &str| -> Result<Option<Vec<u8>>, Problem> { archive.part(&format!("{folder}/{path}")) };
    if let Some(bytes) = part("styles.xml")? {
        match Styles::parse(&xml::decode(&bytes)) {
            Ok(styles) => context.styles = styles,
            Err(_) => context.doubt("样式部分损坏，标题级别可能认不出"),
        }
    }
    if let Some(bytes) = part("numbering.xml")? {
        match Numbering::parse(&xml::decode(&bytes)) {
            Ok(numbering) => context.numbering = numbering,
            Err(_) => context.doubt("编号部分损坏，自动编号没有读出"),
        }
    }
    for (path, kind) in [("footnotes.xml", Note::Foot), ("endnotes.xml", Note::End)] {
        if let Some(bytes) = part(path)? {
            let text = xml::decode(&bytes);
            let read = Body::new(&text, &mut context).notes(kind);
            if read.is_err() {
                context.doubt("脚注部分损坏，脚注可能不全");
            }
        }
    }
    (context.pictures, context.unseen) = pictures(&mut archive, &main, bytes);
    let text = xml::decode(&document);
    let mut body = Body::new(&text, &mut context);
    let mut pieces = Vec::new();
    let read = body.document(&mut pieces);
    let paragraph = body.paragraphs();
    if let Err(fault) = read {
        let why = match fault {
            Fault::Broken => "正文在这里损坏或中断，以后的内容没有读出；请用文字处理软件打开后另存为 DOCX",
            Fault::Entities => "正文含有自定义实体，不是文字处理软件的正常产物，不予读取；请另存为 DOCX",
        };
        let place = Place { file: Some(name.to_owned()), line: Some(paragraph.max(1)), ..Place::default() };
        context.problems.push(Problem::fatal(place, why));
    }
    context.tell_unseen();
    context.problems.extend(context.budget.problem(name));
    if pieces.is_empty() && context.problems.is_empty() {
        return Err(fault(name, EMPTY));
    }
    context.look(&mut pieces, sight);
    Ok(Pages::unpaged(name, Format::Docx, pieces, context.problems))
}

/// The pictures that the text refers to, and those of them that cannot be looked at. The file is kept for them, if there are any.
fn pictures(
    archive: &mut Archive<&[u8]>,
    main: &str,
    bytes: &[u8],
) -> (BTreeMap<String, Handle>, BTreeMap<String, Unseen>) {
    let paths = drawings::of_part(archive, main).unwrap_or_default();
    if paths.is_empty() {
        return (BTreeMap::new(), BTreeMap::new());
    }
    let held: BTreeSet<String> = archive.entries().into_iter().map(|entry| entry.path.to_lowercase()).collect();
    let drawn = |path: &str| path.rsplit_once('.').is_some_and(|(_, ending)| DRAWN.contains(&&*ending.to_lowercase()));
    let unseen = paths.iter().filter_map(|(id, path)| match () {
        () if !held.contains(&path.to_lowercase()) => Some((id.clone(), Unseen::Linked)),
        () => drawn(path).then(|| (id.clone(), Unseen::Drawn)),
    });
    let unseen = unseen.collect();
    let file: Arc<[u8]> = bytes.into();
    (paths.into_iter().map(|(id, path)| (id, Handle::part(&file, path))).collect(), unseen)
}

/// Endings of pictures that are drawings.
const DRAWN: [&str; 4] = ["emf", "wmf", "emz", "wmz"];

impl Context {
    /// Has the pictures looked at.
    fn look(&mut self, pieces: &mut Vec<Piece>, sight: &dyn Sight) {
        sight::look(pieces, sight);
        self.problems.extend(sight::recognised(&self.file, pieces));
        if !pieces.is_empty() && pieces.iter().all(|piece| matches!(piece, Piece::Picture(_))) {
            self.doubt(&sight::only_pictures(sight));
        }
    }

    /// Notes a picture that cannot be looked at.
    fn unseen(&mut self, why: Unseen, place: Place) {
        self.unseen_at.entry(why).or_insert((place, 0)).1 += 1;
    }

    /// What is said of them: of each kind the first, and how many there are.
    fn tell_unseen(&mut self) {
        for (why, (place, count)) in std::mem::take(&mut self.unseen_at) {
            let key = match why {
                Unseen::Linked => "linked",
                Unseen::Drawn => "drawn",
                Unseen::Object => "object",
            };
            self.problems.push(Problem::doubt(place, said(key, &[("count", &count.to_string())])));
        }
    }

    fn doubt(&mut self, message: &str) {
        let place = Place { file: Some(self.file.clone()), ..Place::default() };
        let problem = Problem::doubt(place, message);
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}

/// Path of the part with the text, as the relations of the package name it.
fn main_part(archive: &mut Archive<&[u8]>) -> Result<String, Problem> {
    const USUAL: &str = "word/document.xml";
    if archive.has(USUAL) {
        return Ok(USUAL.to_owned());
    }
    let bytes = archive.part("_rels/.rels")?.unwrap_or_default();
    let text = xml::decode(&bytes);
    let mut part = xml::Xml::new(&text);
    while let Ok(token) = part.read() {
        let tag = match token {
            xml::Token::Open(tag) | xml::Token::Empty(tag) => tag,
            xml::Token::Close | xml::Token::Text(_) => continue,
            xml::Token::End => break,
        };
        if xml::attribute(&tag, "Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
            && let Some(target) = xml::attribute(&tag, "Target")
        {
            return Ok(target.trim_start_matches('/').to_owned());
        }
    }
    Ok(USUAL.to_owned())
}
