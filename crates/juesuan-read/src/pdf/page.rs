//! One page: ink to lines, tables and pictures in reading order.

use std::sync::Arc;

use juesuan_model::{Confidence, Place, Problem, Seen};

use super::ink::{Glyph, Hundredths, Ink};
use super::lattice::lattices;
use super::lines::{Line, lines};
use super::turn::{Sheet, upright};
use super::{cells, columns, drawn, stacked};
use crate::pages::{PageLine, Piece};
use crate::sight::{Handle, Picture, Shown};

/// What a page gives.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Lines, tables and pictures in reading order.
    pub(super) pieces: Vec<Piece>,
    /// Characters of which the file does not say which they are.
    pub(super) unknown: u32,
    /// True if there was more than any page of a document has.
    pub(super) overfull: bool,
}

/// What text is that a scanner laid over its picture: the scanner does not say how sure it was.
pub(super) const BY_SCANNER: Seen = Seen::Picture(Confidence::thousandths(500));

/// The page of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source<'f> {
    /// Name of the file.
    pub(super) file: &'f str,
    /// Number of the page.
    pub(super) page: u32,
    /// How its letters were seen.
    pub(super) seen: Seen,
}

/// Which page it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Where<'f> {
    /// Name of the file.
    pub(super) file: &'f str,
    /// Number of the page.
    pub(super) page: u32,
    /// How its letters were seen.
    pub(super) seen: Seen,
    /// Its size and direction.
    pub(super) sheet: Sheet,
}

impl Where<'_> {
    fn place(&self, bounds: [Hundredths; 4]) -> Place {
        let bounds = Some(points(self.sheet.back(bounds)));
        Place { file: Some(self.file.to_owned()), page: Some(self.page), bounds, ..Place::default() }
    }
}

/// Puts a page in order.
pub(super) fn read(ink: Ink, sheet: Sheet, data: &Arc<Vec<u8>>, source: &Source<'_>) -> Read {
    let mut read = Read { overfull: ink.overfull, ..Read::default() };
    let (glyphs, pieces, turned) = upright(ink.glyphs, ink.pieces, sheet);
    let place = Where { file: source.file, page: source.page, seen: source.seen, sheet: turned };
    let (level, upright, overfull) = pieces.rules();
    read.overfull |= overfull;
    read.unknown = count(&glyphs, char::REPLACEMENT_CHARACTER);

    let mut ordered: Vec<(Hundredths, Hundredths, Piece)> = Vec::new();
    for (number, picture) in &ink.pictures {
        let cover = sheet.percent(*picture);
        let [left, top, ..] = turned.ahead(*picture);
        if cover > 0 {
            let place = Place { bounds: Some(points(*picture)), ..place.place(*picture) };
            let handle = Some(handle(data, source.page, *number));
            ordered.push((top, left, Piece::Picture(Picture { place, cover, handle })));
        }
    }
    let (tables, alone) = lattices(&level, &upright);
    let mut inside: Vec<Vec<(usize, Glyph)>> = vec![Vec::new(); tables.len()];
    let mut free = Vec::new();
    for glyph in glyphs {
        let (x, y) = glyph.middle();
        // A table inside a cell of another one: the smallest that holds the point.
        let holds = tables.iter().enumerate().filter_map(|(i, table)| Some((i, table.cell_at(x, y)?, table.bounds())));
        let smallest = holds.min_by_key(|(_, _, b)| i64::from(b[2] - b[0]) * i64::from(b[3] - b[1]));
        match smallest.and_then(|(index, cell, _)| Some((inside.get_mut(index)?, cell))) {
            Some((table, cell)) => table.push((cell, glyph)),
            None => free.push(glyph),
        }
    }
    for (table, mut glyphs) in tables.into_iter().zip(inside) {
        cells::keep_numbers_whole(&table, &mut glyphs);
        let (table, glyphs) = stacked::apart(table, glyphs);
        let [left, top, ..] = table.bounds();
        ordered.push((top, left, Piece::Grid(cells::grid(&table, glyphs, &place))));
    }
    let lines = lines(free);
    let open = columns::tables(&lines, &alone);
    let mut next = 0;
    for table in open {
        let [left, top, ..] = table.lattice.bounds();
        let before = lines.get(next..table.lines.start).unwrap_or_default();
        ordered.extend(before.iter().map(|line| page_line(line, &place)));
        ordered.push((top, left, Piece::Grid(cells::grid(&table.lattice, table.glyphs, &place))));
        next = table.lines.end;
    }
    ordered.extend(lines.get(next..).unwrap_or_default().iter().map(|line| page_line(line, &place)));
    ordered.sort_by_key(|(top, left, _)| (*top, *left));
    read.pieces = ordered.into_iter().map(|(_, _, piece)| piece).collect();
    read
}

/// The way to what a page draws as its n-th picture.
fn handle(data: &Arc<Vec<u8>>, page: u32, number: usize) -> Handle {
    let data = Arc::clone(data);
    Handle::new(move || {
        let broken = || Problem::doubt(Place { page: Some(page), ..Place::default() }, "图片损坏或过大，打不开");
        drawn::dots(&data, page, number).map(Shown::Dots).ok_or_else(broken)
    })
}

/// A line of text, and where it comes in the order of the page.
fn page_line(line: &Line, place: &Where<'_>) -> (Hundredths, Hundredths, Piece) {
    let text = line.text();
    let size = u16::try_from((line.size() + 5) / 10).unwrap_or(u16::MAX);
    let edges = match place.sheet.is_turned() {
        true => Vec::new(),
        false => text.edges.iter().map(|edge| nearest(*edge)).collect(),
    };
    let (text, own, seen) = (text.text, place.place(line.bounds), place.seen);
    let page_line = PageLine { text, place: own, edges, size, seen, ..PageLine::default() };
    (line.bounds[1], line.bounds[0], Piece::Line(page_line))
}

fn count(glyphs: &[Glyph], character: char) -> u32 {
    u32::try_from(glyphs.iter().filter(|glyph| glyph.character == character).count()).unwrap_or(u32::MAX)
}

/// Hundredths to points, rounded outwards.
pub(super) fn points(bounds: [Hundredths; 4]) -> [i32; 4] {
    let floor = |at: Hundredths| at.div_euclid(100);
    let ceil = |at: Hundredths| (at + 99).div_euclid(100);
    [floor(bounds[0]), floor(bounds[1]), ceil(bounds[2]), ceil(bounds[3])]
}

/// Hundredths to the nearest point.
fn nearest(at: Hundredths) -> i32 {
    (at + 50).div_euclid(100)
}
