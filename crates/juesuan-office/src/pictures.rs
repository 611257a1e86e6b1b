//! Pages of PDF documents as pictures for the HTML report.

use std::io::Read;

use juesuan_read::{FILE_BYTES_MAX, Files};
use juesuan_write::report::{PagePicture, PagePictures};

/// Dots an inch: small print is legible, and a page is no larger than 200 KB.
const DPI: u16 = 100;
/// Points an inch.
const POINTS: u32 = 72;
/// Where a PNG says its width and height.
const SIZE_AT: usize = 16;

/// Draws pages of the PDF files of these trees.
pub(crate) struct Drawn<'a>(pub(crate) &'a [&'a dyn Files]);

impl PagePictures for Drawn<'_> {
    fn picture(&self, file: &str, page: u32) -> Option<PagePicture> {
        let bytes = self.0.iter().find_map(|files| content(*files, file))?;
        let bytes = juesuan_read::picture::png(&bytes, page, DPI).ok()?;
        let side = |at: usize| -> Option<u32> {
            let raw: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
            Some(u32::from_be_bytes(raw).saturating_mul(POINTS) / u32::from(DPI))
        };
        let (width, height) = (side(SIZE_AT)?, side(SIZE_AT + 4)?);
        Some(PagePicture { bytes, width, height })
    }
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
