//! PDF to lines, tables and pictures.
//!
//! In: the bytes of a file. Out: [`Pages`]. What a page shows decides, not what its file holds: text beyond the edge of
//! the page, cut away or invisible is not read, letters printed twice are read once. Tables are found from their rulings,
//! tables without rulings from what stands in columns. Deliberately not here: which rows are a header, where a table goes
//! on over the page, what any of it means.
//!
//! The interpreter of the format is foreign (`hayro`). It answers questions (`answer`) behind a door
//! ([`crate::interpreter`]): in a thread of its own (`apart`), or in a process with limits. What happens to it there is a
//! [`Problem`] of the file, and the pages that it gave before (`message`) are kept.

mod answer;
mod apart;
mod cells;
mod characters;
mod chunks;
mod columns;
mod cover;
mod cut;
mod damage;
#[cfg(feature = "pictures")]
mod draw;
mod drawn;
mod foreign;
mod halves;
mod ink;
mod lattice;
mod layers;
mod lines;
mod message;
mod notes;
pub mod ofd;
mod ofd_length;
mod ofd_page;
mod outlines;
mod overlaid;
mod overrun;
mod page;
mod parted;
mod paths;
mod rulings;
mod spread;
mod stacked;
mod strips;
mod turn;
mod veil;
mod view;

use std::collections::BTreeMap;
use std::sync::Arc;

use juesuan_model::{PageSize, Place, Problem};

use crate::grid::Grid;
use crate::interpreter::{Interpreter, Lost};
use crate::means::Means;
use crate::pages::{Format, PageLine, Pages, Piece};
use crate::sight::{self, Dots, Handle, Picture, Shown};
use message::{Found, Message, Refusal, Task, ask};

pub use apart::in_thread;
#[cfg(feature = "pictures")]
pub use draw::{Drawn, draw};

/// Pages that are read. The longest accounts of a department have a few hundred.
pub const PAGES_MAX: u32 = 3_000;
/// Bytes of everything that is read of a document, on their way from the interpreter. The largest real one seen has 90,000;
/// blank cells, which are the smallest there, take twenty-five times the room here.
const READ_BYTES_MAX: usize = 8 << 20;
/// Bytes of a picture on its way: its dots, and what goes round them.
const PICTURE_BYTES_MAX: usize = 256 << 20;

/// Reads a PDF, with its interpreter where `means` has it and its pictures as somebody sees them. `name` is the name of the
/// file as the user gave it.
///
/// # Errors
/// A fatal problem if nothing can be read: it is no PDF, damaged beyond repair, encrypted, or costs more than any document.
pub fn read(name: &str, bytes: &[u8], means: &Means) -> Result<Pages, Problem> {
    let data = Arc::new(bytes.to_vec());
    let mut reading = Reading::default();
    let asked = ask(means.interpreter.as_ref(), &Task::Read, READ_BYTES_MAX, &data, |message| reading.take(message));
    let file = Place { file: Some(name.to_owned()), ..Place::default() };
    if let Some(refusal) = reading.refused {
        return Err(Problem::fatal(file, refused(refusal)));
    }
    let mut problems = Vec::new();
    if let Err(lost) = asked {
        let missing = reading.missing();
        let problem = Problem::fatal(file.clone(), unread(&missing, lost));
        if reading.pages.is_empty() {
            return Err(problem);
        }
        problems.extend((!missing.is_empty()).then_some(problem));
    }
    let count = reading.count;
    problems.extend(too_many(count, &file));
    let mut notes = notes::Notes::default();
    let mut pieces: Vec<Piece> = Vec::new();
    for (page, (found, of_page)) in reading.pages {
        let by_scanner = of_page.is_recognized(page);
        notes.add(of_page);
        let of_page = |found| piece(name, page, found, |number| Some(picture(page, number, &data, &means.interpreter)));
        let mut found = strips::joined(found.into_iter().map(of_page).collect());
        let sight = means.sight.as_ref();
        if !by_scanner {
            notes.seen(&sight::look(&mut found, sight));
        } else if notes.may_compare()
            && let Some(held) = overlaid::held(&mut found, sight)
        {
            notes.compared(page, held);
        }
        pieces.extend(found);
    }
    problems.extend(notes.problems(&file, means.sight.as_ref()));
    Ok(Pages { file: name.to_owned(), format: Format::Pdf, count, sizes: reading.sizes, pieces, problems })
}

/// What has been read so far.
#[derive(Default)]
struct Reading {
    refused: Option<Refusal>,
    count: u32,
    sizes: Vec<PageSize>,
    pages: BTreeMap<u32, (Vec<Found>, notes::Notes)>,
}

impl Reading {
    fn take(&mut self, message: Message) {
        match message {
            Message::Opened { pages, sizes } => (self.count, self.sizes) = (pages, sizes),
            Message::Refused(refusal) => self.refused = Some(refusal),
            Message::Page { number, pieces, notes } => {
                self.pages.insert(number, (pieces, *notes));
            }
            _ => {}
        }
    }

    /// Pages that should have been read and were not.
    fn missing(&self) -> Vec<u32> {
        (1..=self.count.min(PAGES_MAX)).filter(|page| !self.pages.contains_key(page)).collect()
    }
}

/// What is said of a document of more pages than are read.
fn too_many(count: u32, file: &Place) -> Option<Problem> {
    let message = || format!("共 {count} 页，只读了前 {PAGES_MAX} 页，其余没有读。请拆分后再读");
    (count > PAGES_MAX).then(|| Problem::doubt(file.clone(), message()))
}

/// Why a document is refused, and what to do.
fn refused(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Encrypted => "文件加密，请提供未加密的版本",
        Refusal::Invalid => "不是完整的 PDF 文件，或已损坏，无法解析。请检查文件是否下载完整，或用办公软件重新导出",
    }
}

/// Which pages were not read, why, and what to do; no pages: nobody knows how many there are.
fn unread(pages: &[u32], lost: Lost) -> String {
    let pages = if pages.is_empty() { String::new() } else { notes::listed(pages) };
    format!("{pages}没有读：PDF {}。请用办公软件重新导出 PDF 后再试", told(lost))
}

/// Why the interpreter did not get to the end of a file.
fn told(lost: Lost) -> &'static str {
    match lost {
        Lost::Start => "要用单独的进程读，进程没有启动",
        Lost::Broken => "结构损坏，或要用的内存超过上限，读取中断",
        Lost::Time => "读取时间超过上限",
        Lost::Size => "内容超过上限",
    }
}

/// What was found on a page of a file, as a piece of its document; `handle` opens the n-th picture of the page.
fn piece(name: &str, page: u32, found: Found, handle: impl FnOnce(usize) -> Option<Handle>) -> Piece {
    let place =
        |bounds| Place { file: Some(name.to_owned()), page: Some(page), bounds: Some(bounds), ..Place::default() };
    match found {
        Found::Line { text, bounds, edges, size, seen, beside } => {
            Piece::Line(PageLine { text, place: place(bounds), edges, size, seen, beside, ..PageLine::default() })
        }
        Found::Grid(grid) => Piece::Grid(Grid { file: name.to_owned(), ..grid }),
        Found::Picture { bounds, cover, number } => {
            Piece::Picture(Picture { place: place(bounds), cover, handle: handle(number) })
        }
    }
}

/// What opens the n-th picture of a page.
fn picture(page: u32, number: usize, data: &Arc<Vec<u8>>, interpreter: &Arc<dyn Interpreter>) -> Handle {
    let (data, interpreter) = (Arc::clone(data), Arc::clone(interpreter));
    let broken = move || Problem::doubt(Place { page: Some(page), ..Place::default() }, sight::BROKEN);
    Handle::new(move || dots(&*interpreter, &data, page, number).map(Shown::Dots).ok_or_else(broken))
}

/// The dots of what a page draws as its n-th picture.
fn dots(interpreter: &dyn Interpreter, data: &Arc<Vec<u8>>, page: u32, number: usize) -> Option<Dots> {
    let mut dots = Dots::default();
    ask(interpreter, &Task::Picture { page, number }, PICTURE_BYTES_MAX, data, |message| match message {
        Message::Size { width, height } => (dots.width, dots.height) = (width, height),
        Message::Rows(rows) => dots.rgb.extend(rows),
        _ => {}
    })
    .ok()?;
    let whole = u64::from(dots.width) * u64::from(dots.height) * 3;
    (whole > 0 && u64::try_from(dots.rgb.len()).is_ok_and(|own| own == whole)).then_some(dots)
}

#[cfg(test)]
pub(crate) mod tests {
    use std::ops::ControlFlow;

    use super::*;
    use crate::interpreter::{Question, Take};

    /// The least that is a PDF: one blank page of 200 by 100 points.
    pub(crate) const ONE_PAGE: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF";

    fn read_by(interpreter: Arc<dyn Interpreter>) -> Result<Pages, Problem> {
        read("x.pdf", ONE_PAGE, &Means { interpreter, ..Means::default() })
    }

    #[test]
    fn a_blank_page_is_a_page_without_anything_on_it() {
        let pages = read_by(in_thread()).unwrap();
        assert_eq!((pages.count, pages.pieces.len(), pages.problems.len()), (1, 0, 0));
    }

    /// Says that there are three pages, reads the first so many of them and is lost.
    struct Dying(u32, Lost);

    impl Interpreter for Dying {
        fn ask(&self, _: &Question, _: &Arc<Vec<u8>>, take: Take<'_>) -> Result<(), Lost> {
            let mut say = |message: &Message| take(&message::packed(message).unwrap());
            assert_eq!(say(&Message::Opened { pages: 3, sizes: Vec::new() }), ControlFlow::Continue(()));
            for number in 1..=self.0 {
                let text = "甲".to_owned();
                let (bounds, edges, size) = ([0; 4], Vec::new(), 100);
                let (seen, beside) = Default::default();
                let pieces = vec![Found::Line { text, bounds, edges, size, seen, beside }];
                let _ = say(&Message::Page { number, pieces, notes: Box::default() });
            }
            Err(self.1)
        }
    }

    #[test]
    fn what_was_read_before_the_interpreter_was_lost_is_kept_and_the_rest_is_named() {
        let pages = read_by(Arc::new(Dying(1, Lost::Time))).unwrap();
        assert_eq!((pages.count, pages.pieces.len()), (3, 1));
        assert_eq!(pages.problems[0].message, "第2—3页没有读：PDF 读取时间超过上限。请用办公软件重新导出 PDF 后再试");
        assert_eq!(pages.problems[0].gravity, juesuan_model::Gravity::Fatal);
        let nothing = read_by(Arc::new(Dying(0, Lost::Broken))).unwrap_err();
        assert!(nothing.message.contains("内存超过上限"), "{nothing}");
        assert!(read_by(Arc::new(Dying(3, Lost::Size))).unwrap().problems.is_empty(), "nothing is missing");
    }

    /// Answers what no interpreter says.
    struct Liar(Vec<u8>);

    impl Interpreter for Liar {
        fn ask(&self, _: &Question, _: &Arc<Vec<u8>>, take: Take<'_>) -> Result<(), Lost> {
            while take(&self.0).is_continue() {}
            Ok(())
        }
    }

    #[test]
    fn an_answer_that_is_none_or_has_no_end_is_refused() {
        assert!(read_by(Arc::new(Liar(vec![0xff; 9]))).unwrap_err().message.contains("读取中断"));
        let size = message::packed(&Message::Rows(vec![0; 1 << 20])).unwrap();
        assert!(read_by(Arc::new(Liar(size))).unwrap_err().message.contains("内容超过上限"));
    }
}
