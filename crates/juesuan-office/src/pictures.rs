//! Pages of PDF documents as pictures for the HTML report, and stretches of pictures that were read.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use juesuan_model::Place;
use juesuan_read::{Files, Interpreter};
use juesuan_write::report::{Crops, PagePicture, PagePictures};

use crate::crops;

/// Bytes of all crops of a document.
const CROPS_BYTES_MAX: usize = 4 << 20;
/// Bytes of all pictures of a report: what a browser still opens.
const REPORT_BYTES_MAX: usize = 96 << 20;

/// Draws pages of the PDF files of these trees, those of a document in one go.
pub(crate) struct Drawn<'a> {
    trees: &'a [&'a dyn Files],
    interpreter: &'a Arc<dyn Interpreter>,
    /// Bytes that the pictures of the report may still have.
    left: Cell<usize>,
}

impl<'a> Drawn<'a> {
    /// Of these trees, drawn there.
    pub(crate) fn new(trees: &'a [&'a dyn Files], interpreter: &'a Arc<dyn Interpreter>) -> Drawn<'a> {
        Drawn { trees, interpreter, left: Cell::new(REPORT_BYTES_MAX) }
    }
}

impl PagePictures for Drawn<'_> {
    #[cfg(feature = "pictures")]
    fn pictures(&self, file: &str, pages: &BTreeSet<u32>) -> BTreeMap<u32, Result<PagePicture, &'static str>> {
        pages::drawn(self, file, pages)
    }

    #[cfg(not(feature = "pictures"))]
    fn pictures(&self, _: &str, _: &BTreeSet<u32>) -> BTreeMap<u32, Result<PagePicture, &'static str>> {
        BTreeMap::new()
    }

    fn crops(&self, file: &str, places: &[&Place]) -> Crops {
        let mut room = self.left.get().min(CROPS_BYTES_MAX);
        let mut crops = crops::of_file(self.trees, file, places, Arc::clone(self.interpreter));
        crops.retain(|_, png| match room.checked_sub(png.len()) {
            Some(left) => {
                room = left;
                true
            }
            None => false,
        });
        let taken: usize = crops.values().map(Vec::len).sum();
        self.left.set(self.left.get().saturating_sub(taken));
        crops
    }
}

#[cfg(feature = "pictures")]
mod pages {
    use std::collections::{BTreeMap, BTreeSet};
    use std::io::Read;
    use std::sync::Arc;

    use juesuan_read::{FILE_BYTES_MAX, Files, pdf};
    use juesuan_write::report::PagePicture;

    use super::Drawn;

    /// Dots an inch: small print is legible, and a page is no larger than 200 KB.
    const DPI: u16 = 100;
    /// Bytes of all pictures of a document: a hundred pages of tables. Its further pages are shown as text.
    const DOCUMENT_BYTES_MAX: usize = 12 << 20;
    /// Most pages of a document that are drawn.
    const PAGES_MAX: usize = 2_000;

    /// Draws pages of a document.
    pub(super) fn drawn(
        own: &Drawn<'_>,
        file: &str,
        pages: &BTreeSet<u32>,
    ) -> BTreeMap<u32, Result<PagePicture, &'static str>> {
        let Some(bytes) = own.trees.iter().find_map(|files| content(*files, file)) else { return BTreeMap::new() };
        let room = own.left.get().min(DOCUMENT_BYTES_MAX);
        let pages: Vec<u32> = pages.iter().copied().take(PAGES_MAX).collect();
        let drawn = pdf::draw(own.interpreter.as_ref(), &Arc::new(bytes), &pages, DPI, room);
        let taken: usize = drawn.iter().flatten().map(Vec::len).sum();
        own.left.set(own.left.get().saturating_sub(taken));
        pages.into_iter().zip(drawn).map(|(page, png)| (page, png.map(PagePicture::Bytes))).collect()
    }

    /// The bytes of a PDF file that goes by its full name.
    fn content(files: &dyn Files, file: &str) -> Option<Vec<u8>> {
        let below = file.strip_prefix(files.name().trim_end_matches('/'))?;
        let path = if file == files.name() { "" } else { below.strip_prefix('/')? };
        let mut bytes = Vec::new();
        files.open(path).ok()?.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes).ok()?;
        let is_pdf = bytes.starts_with(b"%PDF") && bytes.len() as u64 <= FILE_BYTES_MAX;
        is_pdf.then_some(bytes)
    }
}
