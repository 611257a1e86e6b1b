//! The PDF, where it is built in (feature `pdf`) and fonts are there.

use std::path::PathBuf;

use juesuan_model::Package;
use juesuan_write::fonts::FaceFiles;

use crate::error::Error;

/// A document that was set.
#[derive(Clone, Debug)]
pub struct Pages {
    /// All of it as PDF.
    pub pdf: Vec<u8>,
    /// Its pages.
    pub pages: Vec<Page>,
}

/// A page as it is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Points across.
    pub width: u32,
    /// Points down.
    pub height: u32,
    /// The same for pages on which the same is seen.
    pub look: u128,
}

/// Faces for the PDF, or why there are none.
#[cfg(feature = "pdf")]
pub(crate) struct PdfFaces(Result<juesuan_pdf::Fonts, String>);

#[cfg(feature = "pdf")]
impl PdfFaces {
    /// Looks in `folders` and in the usual places.
    pub(crate) fn find(folders: &[PathBuf], files: FaceFiles) -> PdfFaces {
        PdfFaces(juesuan_pdf::Fonts::find(folders, files).map_err(|error| error.to_string()))
    }

    /// Which face serves which role, for people.
    pub(crate) fn said(&self) -> Option<String> {
        let fonts = self.0.as_ref().ok()?;
        let roles: Vec<String> = fonts.roles().iter().map(|(role, face)| format!("{}＝{face}", role.name())).collect();
        Some(format!("PDF 字体：{}", roles.join("，")))
    }

    /// Whether a document cannot show this character; nothing is known of it where there are no faces.
    pub(crate) fn lacks(&self, character: char) -> bool {
        self.0.as_ref().is_ok_and(|fonts| fonts.lacks(character))
    }

    /// The PDF, or the reason for people why there is none.
    pub(crate) fn write(&self, package: &Package) -> Result<Result<Pages, String>, Error> {
        use juesuan_model::Block;

        let fonts = match &self.0 {
            Ok(fonts) => fonts,
            Err(reason) => return Ok(Err(reason.clone())),
        };
        let families = fonts.families_of_charts();
        let blocks = package.document.parts.iter().flat_map(|part| &part.blocks);
        let charts: Vec<(String, String)> = blocks
            .filter_map(|block| match block {
                Block::Chart(chart) => Some((chart.key.clone(), juesuan_write::chart_svg(chart, package, &families))),
                Block::Heading { .. } | Block::Paragraph { .. } | Block::Table(_) => None,
            })
            .collect();
        let made = juesuan_pdf::pdf(package, &charts, fonts);
        // The other formats are made all the same.
        let page = |page: juesuan_pdf::Page| Page { width: page.width, height: page.height, look: page.look };
        let pages = made.map(|made| Pages { pdf: made.bytes, pages: made.pages.into_iter().map(page).collect() });
        Ok(pages.map_err(|error| error.to_string()))
    }
}

/// A program built without PDF.
#[cfg(not(feature = "pdf"))]
pub(crate) struct PdfFaces;

#[cfg(not(feature = "pdf"))]
impl PdfFaces {
    /// Nothing to look for.
    pub(crate) fn find(_folders: &[PathBuf], _files: FaceFiles) -> PdfFaces {
        PdfFaces
    }

    /// No faces.
    pub(crate) fn said(&self) -> Option<String> {
        None
    }

    /// No faces, none that lacks anything.
    pub(crate) fn lacks(&self, _character: char) -> bool {
        false
    }

    /// Says that this program makes no PDF.
    pub(crate) fn write(&self, _package: &Package) -> Result<Result<Pages, String>, Error> {
        Ok(Err("这个程序编译时没有带 PDF 功能；请用 cargo build --release 重新编译".to_owned()))
    }
}
