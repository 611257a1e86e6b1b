//! A document as it lies before a reader: lines, tables and pictures in reading order, each with its place.
//!
//! Every format ends here; what comes after does not know which one it was.

use std::ops::Range;

use juesuan_model::{CorrectedBy, Noted, PageSize, Place, Problem, Seen};
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
    /// Left edge of each character of `text` and the right edge of the last, in points, of a picture without a page in parts of it; empty
    /// where there are neither.
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
    /// What is known of some of its characters only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub noted: Vec<Noted>,
}

impl PageLine {
    /// Puts what a person says stands there in the place of some characters. The rest of the line is as sure as it was.
    pub fn correct(&mut self, range: &Range<usize>, text: &str, person: String) {
        let letters: Vec<char> = self.text.chars().collect();
        let part = |range: Range<usize>| letters.get(range).unwrap_or_default().iter().collect::<String>();
        let (before, read, behind) = (part(0..range.start), part(range.clone()), part(range.end..letters.len()));
        let count = text.chars().count();
        self.edges = spread(&self.edges, range, count);
        self.text = format!("{before}{text}{behind}");
        let corrected = Some(CorrectedBy { person, read });
        if before.is_empty() && behind.is_empty() {
            self.seen = Seen::Corrected;
            self.place.picture.get_or_insert_default().corrected.clone_from(&corrected);
        }
        self.noted = Noted::around(&self.noted, range, count);
        self.noted.push(Noted { corrected, ..Noted::of(&(range.start..range.start + count)) });
    }
}

/// Edges of letters where so many others stand in the place of some: as wide as those together, one like the other.
fn spread(edges: &[i32], range: &Range<usize>, count: usize) -> Vec<i32> {
    let (Some(before), Some(behind)) = (edges.get(..range.start), edges.get(range.end..)) else { return Vec::new() };
    let (Some(left), Some(right)) = (edges.get(range.start), behind.first()) else { return Vec::new() };
    let width = i64::from(*right) - i64::from(*left);
    let of = i64::try_from(count).unwrap_or(i64::MAX).max(1);
    let edge = |at: i64| i32::try_from(i64::from(*left) + width * at / of).unwrap_or(*right);
    let own = (0..).take(count).map(edge);
    before.iter().copied().chain(own).chain(behind.iter().copied()).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_says_takes_the_room_of_what_was_read_and_only_that_is_certain() {
        let seen = Seen::Picture(juesuan_model::Confidence::thousandths(700));
        let edges = (0..=8).map(|at| at * 10).collect();
        let mut line = PageLine { text: "共3.00，5元".to_owned(), edges, seen, ..PageLine::default() };
        line.correct(&(6..7), "8", "李四".to_owned());
        line.correct(&(1..5), "12345.00", "张三".to_owned());
        assert_eq!((line.text.as_str(), line.seen), ("共12345.00，8元", seen));
        assert_eq!(line.edges, [0, 10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80]);
        let told: Vec<_> =
            line.noted.iter().map(|noted| (noted.range(), noted.corrected.clone().unwrap().read)).collect();
        assert_eq!(told, [(10..11, "5".to_owned()), (1..9, "3.00".to_owned())]);
        let mut whole = PageLine { text: "3.00".to_owned(), seen, ..PageLine::default() };
        whole.correct(&(0..4), "8.00", "张三".to_owned());
        assert_eq!((whole.seen, whole.edges.len()), (Seen::Corrected, 0));
    }
}
