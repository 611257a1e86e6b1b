//! A document as it lies before a reader: lines, tables and pictures in reading order, each with its place.
//!
//! Every format ends here; what comes after does not know which one it was.

use juesuan_model::{PageSize, Place, Problem, Seen};
use serde::{Deserialize, Serialize};

use crate::grid::Grid;
use crate::sight::Picture;

/// What a file was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// PDF: pages with glyphs.
    Pdf,
    /// OFD: pages with letters, as archives keep them.
    Ofd,
    /// Word, also of WPS.
    Docx,
    /// Excel since 2007.
    Xlsx,
    /// Excel before.
    Xls,
    /// A page of a web site.
    Html,
    /// Text without layout.
    Text,
    /// Rows of text.
    Csv,
    /// A photograph, a scan, a screenshot.
    Picture,
}

/// A document.
#[derive(Clone, Debug)]
pub struct Pages {
    /// Name of the file as the user gave it; inside an archive `archive.zip/inner.pdf`.
    pub file: String,
    /// What it was.
    pub format: Format,
    /// Number of pages; 0 for formats without pages.
    pub count: u32,
    /// How large they are, from the first on, as far as pages are read.
    pub sizes: Vec<PageSize>,
    /// Everything on them, in reading order.
    pub pieces: Vec<Piece>,
    /// What could not be read, and why.
    pub problems: Vec<Problem>,
}

impl Pages {
    /// What was read of a format without pages.
    pub fn unpaged(file: &str, format: Format, pieces: Vec<Piece>, problems: Vec<Problem>) -> Pages {
        Pages { file: file.to_owned(), format, count: 0, sizes: Vec::new(), pieces, problems }
    }
}

/// One thing on a page.
#[derive(Clone, Debug)]
pub enum Piece {
    /// A line of text.
    Line(PageLine),
    /// A table with its cells, of one page; [`crate::grid::Row`] says where each cell stands.
    Grid(Grid),
    /// A picture whose content is not read.
    Picture(Picture),
}

/// A line of text outside tables.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageLine {
    /// Text without leading and trailing white space.
    pub text: String,
    /// Page and bounds (PDF), or line of the file (text), or number of the paragraph (DOCX, HTML) as `line`.
    pub place: Place,
    /// Left edge of each character of `text` and the right edge of the last, in points; empty where there are no pages.
    pub edges: Vec<i32>,
    /// Level of the heading style, 1 to 9; `None` where the format has none or it is no heading.
    pub heading: Option<u8>,
    /// Height of the letters in tenths of a point; 0 where unknown.
    pub size: u16,
    /// True if the format itself sets the line in the middle (DOCX, HTML). False says nothing.
    pub centred: bool,
    /// True if the format itself says that a paragraph ends here (DOCX, HTML). False says nothing.
    pub ends: bool,
    /// How it was seen.
    pub seen: Seen,
    /// Pages beside its own that are one sheet with it, from left to right.
    pub beside: Vec<Beside>,
}

/// A page to the right of another one: a sheet that is wider than its paper was printed over several. Places on it are given as if
/// the paper were wide enough, until they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// Where it begins on the wide sheet, in points.
    pub from: i32,
    /// Where that is on the page itself.
    pub left: i32,
    /// Its number.
    pub page: u32,
}

impl Beside {
    /// A place on the wide sheet as a place on the page on which it stands.
    pub fn told(beside: &[Beside], place: Place) -> Place {
        let Some([left, top, right, bottom]) = place.bounds else { return place };
        let Some(own) = beside.iter().rev().find(|page| page.from <= left) else { return place };
        let back = own.from - own.left;
        Place { page: Some(own.page), bounds: Some([left - back, top, right - back, bottom]), ..place }
    }
}
