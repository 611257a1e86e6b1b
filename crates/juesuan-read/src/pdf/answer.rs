//! The answers of the interpreter: a document page by page, the dots of one picture, pages as pictures.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use hayro_interpret::InterpreterCache;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use juesuan_model::PageSize;

use super::foreign::{TIME_MAX, interpret};
use super::layers::Layers;
use super::message::{Found, Message, Refusal, Task};
use super::notes::Notes;
use super::{PAGES_MAX, cover, damage, drawn, ink, page, spread, turn};
use crate::pages::Beside;

/// A picture that covers so much of a page is a scan of it.
const SCAN_PERCENT: u8 = 50;
/// Drawing operations of a document; the largest real one seen has 20,000.
const OPERATIONS_MAX: u32 = 4_000_000;
/// Bytes of a picture in one message.
const ROWS_BYTES: usize = 4 << 20;

/// Gives a message of the answer to who asked; a break says that nobody is there any more.
pub(super) type Give<'g> = &'g mut dyn FnMut(Message) -> ControlFlow<()>;

/// Answers a task about a file.
pub(super) fn answer(task: &Task, file: &Arc<Vec<u8>>, give: Give<'_>) {
    let _ = match task {
        Task::Read => document(file, give),
        Task::Picture { page, number } => picture(file, *page, *number, give),
        #[cfg(feature = "pictures")]
        Task::Draw { pages, dpi, bytes_max } => super::draw::pages(file, pages, *dpi, *bytes_max, give),
    };
}

/// The pages of a document, each as soon as it is read.
fn document(file: &Arc<Vec<u8>>, give: Give<'_>) -> ControlFlow<()> {
    let pdf = match Pdf::new(Arc::clone(file)) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(_)) => return give(Message::Refused(Refusal::Encrypted)),
        Err(LoadPdfError::Invalid) => return give(Message::Refused(Refusal::Invalid)),
    };
    let open = Open { pdf: &pdf, cache: InterpreterCache::new(), layers: Layers::of(&pdf) };
    let all = pdf.pages();
    let sizes = (1..=PAGES_MAX).zip(all.iter()).map(|(_, page)| size(page)).collect();
    give(Message::Opened { pages: u32::try_from(all.len()).unwrap_or(u32::MAX), sizes })?;
    let mut budget = ink::Budget { operations: OPERATIONS_MAX, until: Instant::now() + TIME_MAX };
    let mut wide = false;
    for (number, page) in (1..=PAGES_MAX).zip(all.iter()) {
        if budget.is_spent() {
            let mut notes = Notes::default();
            notes.overfull(number);
            give(Message::Page { number, pieces: Vec::new(), notes: Box::new(notes) })?;
            continue;
        }
        let read = || {
            let (ink, sheet) = open.ink_of(page, &mut budget);
            wide |= spread::hangs(&ink);
            let (pieces, mut notes) = read_page(number, ink, sheet, Vec::new());
            if damage::is_damaged(page) {
                notes.broken(number);
            }
            if number == 1 && damage::encloses_files(&pdf) {
                notes.encloses();
            }
            (pieces, notes)
        };
        give(guarded(number, read))?;
    }
    if wide { open.sheets(&mut budget, give) } else { ControlFlow::Continue(()) }
}

/// How large a page is as it is shown.
fn size(page: &Page<'_>) -> PageSize {
    catch_unwind(AssertUnwindSafe(|| sheet(page).points())).unwrap_or_default()
}

fn sheet(page: &Page<'_>) -> turn::Sheet {
    let (width, height) = page.render_dimensions();
    turn::Sheet::new(ink::hundredths(f64::from(width)), ink::hundredths(f64::from(height)))
}

/// What is read of a page, or that nothing is.
fn guarded(number: u32, read: impl FnOnce() -> (Vec<Found>, Notes)) -> Message {
    let (pieces, notes) = catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        let mut notes = Notes::default();
        notes.failed(number);
        (Vec::new(), notes)
    });
    Message::Page { number, pieces, notes: Box::new(notes) }
}

/// A document that is open.
struct Open<'a> {
    pdf: &'a Pdf,
    cache: InterpreterCache<'a>,
    layers: Layers,
}

impl<'a> Open<'a> {
    /// Tells the pages again that are parts of one sheet: the sheet as the first of them, of the others only what no sheet has.
    fn sheets(&self, budget: &mut ink::Budget, give: Give<'_>) -> ControlFlow<()> {
        let mut pages = Vec::new();
        for (number, page) in (1..=spread::PAGES_MAX).zip(self.pdf.pages().iter()) {
            let (ink, sheet) = self.ink_of(page, budget);
            if budget.is_spent() {
                // What was read page by page stays.
                return ControlFlow::Continue(());
            }
            pages.push(spread::Page { number, ink, sheet });
        }
        for sheet in spread::sheets(pages) {
            for (number, ink, own) in sheet.rest {
                give(guarded(number, || read_page(number, ink, own, Vec::new())))?;
            }
            let number = sheet.whole.number;
            give(guarded(number, || read_page(number, sheet.whole.ink, sheet.whole.sheet, sheet.beside)))?;
        }
        ControlFlow::Continue(())
    }

    /// Runs the drawing operations of a page.
    fn ink_of(&self, page: &Page<'a>, budget: &mut ink::Budget) -> (ink::Ink, turn::Sheet) {
        let (width, height) = page.render_dimensions();
        let mut collector = ink::Collector::new(width, height, *budget);
        let stopped = catch_unwind(AssertUnwindSafe(|| interpret(page, self.pdf, &self.cache, &mut collector)));
        *budget = collector.left();
        if let Err(cause) = stopped
            && !cause.is::<ink::Stop>()
        {
            collector.ink.overfull = true;
        }
        collector.ink.layered = self.layers.hide_part_of(page);
        (collector.ink, sheet(page))
    }
}

/// What stands on a page or sheet, and what was not read of it.
pub(super) fn read_page(
    number: u32,
    mut ink: ink::Ink,
    sheet: turn::Sheet,
    beside: Vec<Beside>,
) -> (Vec<Found>, Notes) {
    let mut notes = Notes::default();
    let cover = ink.pictures.iter().map(|(_, picture)| sheet.percent(*picture)).max().unwrap_or(0);
    let printed = |glyphs: &[ink::Glyph]| glyphs.iter().any(|glyph| glyph.character != ' ');
    if !printed(&ink.glyphs) && cover > 0 {
        if printed(&ink.invisible) && cover >= SCAN_PERCENT {
            ink.glyphs = std::mem::take(&mut ink.invisible);
            ink.glyphs.iter_mut().for_each(|glyph| glyph.seen = page::BY_SCANNER);
            notes.recognized(number);
        } else {
            notes.scanned(number);
        }
    }
    let unseen = ink.invisible.iter().filter(|glyph| glyph.character != ' ').count();
    notes.hidden(number, ink.hidden.saturating_add(u32::try_from(unseen).unwrap_or(u32::MAX)));
    notes.covered(number, cover::lost(std::mem::take(&mut ink.covered), &ink.glyphs));
    notes.slanted(number, ink.slanted);
    if ink.layered {
        notes.layered(number);
    }
    let read = page::read(ink, sheet, number, beside);
    notes.unknown(number, read.unknown);
    notes.outlined(number, read.outlined);
    notes.cut(number, read.cut);
    if read.overfull {
        notes.overfull(number);
    }
    (read.pieces, notes)
}

/// The dots of a picture, some rows at a time; nothing if there is none, or it is too large.
fn picture(file: &Arc<Vec<u8>>, page: u32, number: usize, give: Give<'_>) -> ControlFlow<()> {
    let Some(dots) = drawn::dots(file, page, number) else { return ControlFlow::Continue(()) };
    give(Message::Size { width: dots.width, height: dots.height })?;
    dots.rgb.chunks(ROWS_BYTES).try_for_each(|rows| give(Message::Rows(rows.to_vec())))
}
