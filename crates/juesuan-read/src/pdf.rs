//! PDF to lines, tables and pictures.
//!
//! In: the bytes of a file. Out: [`Pages`]. What a page shows decides, not what its file holds: text beyond the edge of
//! the page, cut away or invisible is not read, letters printed twice are read once. Tables are found from their rulings,
//! tables without rulings from what stands in columns. Deliberately not here: which rows are a header, where a table goes
//! on over the page, what any of it means.
//!
//! The interpreter of the format is foreign (`hayro`); it runs in a thread of its own, and whatever happens to it is a
//! [`Problem`]. No input makes this run without end or take unbounded memory.

mod bomb;
mod cells;
mod characters;
mod chunks;
mod columns;
mod drawn;
mod foreign;
mod ink;
mod lattice;
mod lines;
mod notes;
mod page;
mod rulings;
mod stacked;
mod turn;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use hayro_interpret::InterpreterCache;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use juesuan_model::{Place, Problem, Seen};

use crate::pages::{Format, Pages};
use crate::sight::{self, Sight};
use foreign::{TIME_MAX, apart, interpret};

/// Pages that are read. The longest accounts of a department have a few hundred.
pub const PAGES_MAX: u32 = 3_000;
/// A picture that covers so much of a page is a scan of it.
const SCAN_PERCENT: u8 = 50;
/// Drawing operations of a document; the largest real one seen has 20,000.
const OPERATIONS_MAX: u32 = 4_000_000;

/// Reads a PDF, its pictures as `sight` sees them. `name` is the name of the file as the user gave it.
///
/// # Errors
/// A fatal problem if nothing can be read: it is no PDF, damaged beyond repair, or encrypted.
pub fn read(name: &str, bytes: &[u8], sight: &dyn Sight) -> Result<Pages, Problem> {
    let file = || Place { file: Some(name.to_owned()), ..Place::default() };
    if bomb::is_bomb(bytes) {
        return Err(Problem::fatal(file(), "PDF 解压后过大，可能是恶意文件，没有读"));
    }
    let data = Arc::new(bytes.to_vec());
    let inner = name.to_owned();
    let read = apart(move || document(&inner, &data));
    let lost = || Problem::fatal(file(), "PDF 结构损坏，无法解析。请用办公软件重新导出 PDF 后再试");
    let (mut pages, mut notes) = read.unwrap_or_else(|| Err(lost()))?;
    notes.seen(&sight::look(&mut pages.pieces, sight));
    pages.problems.extend(notes.problems(&file()));
    Ok(pages)
}

/// Reads the document, in the thread.
fn document(name: &str, data: &Arc<Vec<u8>>) -> Result<(Pages, notes::Notes), Problem> {
    let file = || Place { file: Some(name.to_owned()), ..Place::default() };
    let pdf = Pdf::new(Arc::clone(data)).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Problem::fatal(file(), "文件加密，请提供未加密的版本"),
        LoadPdfError::Invalid => Problem::fatal(
            file(),
            "不是完整的 PDF 文件，或已损坏，无法解析。请检查文件是否下载完整，或用办公软件重新导出",
        ),
    })?;
    let cache = InterpreterCache::new();
    let all = pdf.pages();
    let count = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let mut pages =
        Pages { file: name.to_owned(), format: Format::Pdf, count, pieces: Vec::new(), problems: Vec::new() };
    let mut notes = notes::Notes::default();
    let mut budget = ink::Budget { operations: OPERATIONS_MAX, until: Instant::now() + TIME_MAX };
    for (number, page) in (1..=PAGES_MAX).zip(all.iter()) {
        if budget.is_spent() {
            notes.overfull(number);
            continue;
        }
        let read = catch_unwind(AssertUnwindSafe(|| {
            let (mut ink, sheet) = ink_of(page, &pdf, &cache, &mut budget);
            let cover = ink.pictures.iter().map(|(_, picture)| sheet.percent(*picture)).max().unwrap_or(0);
            let mut seen = Seen::Text;
            let printed = |glyphs: &[ink::Glyph]| glyphs.iter().any(|glyph| glyph.character != ' ');
            if !printed(&ink.glyphs) && cover > 0 {
                if printed(&ink.invisible) && cover >= SCAN_PERCENT {
                    ink.glyphs = std::mem::take(&mut ink.invisible);
                    seen = page::BY_SCANNER;
                    notes.recognized(number);
                } else {
                    notes.scanned(number);
                }
            }
            let unseen = ink.invisible.iter().filter(|glyph| glyph.character != ' ').count();
            notes.hidden(number, ink.hidden.saturating_add(u32::try_from(unseen).unwrap_or(u32::MAX)));
            notes.slanted(number, ink.slanted);
            page::read(ink, sheet, data, &page::Source { file: name, page: number, seen })
        }));
        match read {
            Ok(read) => {
                notes.unknown(number, read.unknown);
                if read.overfull {
                    notes.overfull(number);
                }
                pages.pieces.extend(read.pieces);
            }
            Err(_) => notes.failed(number),
        }
    }
    if count > PAGES_MAX {
        let message = format!("共 {count} 页，只读了前 {PAGES_MAX} 页，其余没有读。请拆分后再读");
        pages.problems.push(Problem::doubt(file(), message));
    }
    Ok((pages, notes))
}

/// Runs the drawing operations of a page.
fn ink_of<'a>(
    page: &Page<'a>,
    pdf: &'a Pdf,
    cache: &InterpreterCache<'a>,
    budget: &mut ink::Budget,
) -> (ink::Ink, turn::Sheet) {
    let (width, height) = page.render_dimensions();
    let mut collector = ink::Collector::new(width, height, *budget);
    let stopped = catch_unwind(AssertUnwindSafe(|| interpret(page, pdf, cache, &mut collector)));
    *budget = collector.left();
    if let Err(cause) = stopped
        && !cause.is::<ink::Stop>()
    {
        collector.ink.overfull = true;
    }
    let sheet = turn::Sheet::new(ink::hundredths(f64::from(width)), ink::hundredths(f64::from(height)));
    (collector.ink, sheet)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The least that is a PDF: one blank page of 200 by 100 points.
    pub(crate) const ONE_PAGE: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF";

    #[test]
    fn a_blank_page_is_a_page_without_anything_on_it() {
        let pages = read("x.pdf", ONE_PAGE, &sight::Blind).unwrap();
        assert_eq!((pages.count, pages.pieces.len(), pages.problems.len()), (1, 0, 0));
    }
}
