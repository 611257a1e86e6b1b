//! Pages of PDF documents as pictures for the HTML report.

use std::path::Path;

use juesuan_write::report::{PagePicture, PagePictures};

/// Dots an inch: small print is legible, and a page is no larger than 200 KB.
const DPI: u16 = 100;
/// Points an inch.
const POINTS: u32 = 72;
/// Where a PNG says its width and height.
const SIZE_AT: usize = 16;

/// Draws pages of the files of the run.
pub struct Drawn;

impl PagePictures for Drawn {
    fn picture(&self, file: &str, page: u32) -> Option<PagePicture> {
        let source = juesuan_read::FILE_BYTES_MAX;
        let path = Path::new(file);
        if std::fs::metadata(path).ok()?.len() > source {
            return None;
        }
        let bytes = std::fs::read(path).ok().filter(|bytes| bytes.starts_with(b"%PDF"))?;
        let bytes = juesuan_read::picture::png(&bytes, page, DPI).ok()?;
        let side = |at: usize| -> Option<u32> {
            let raw: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
            Some(u32::from_be_bytes(raw).saturating_mul(POINTS) / u32::from(DPI))
        };
        let (width, height) = (side(SIZE_AT)?, side(SIZE_AT + 4)?);
        Some(PagePicture { bytes, width, height })
    }
}
