//! One page: ink to lines, tables and pictures in reading order.

use juesuan_model::{Confidence, Seen};

use super::cut::Cut;
use super::ink::{Glyph, Hundredths, Ink};
use super::lattice::lattices;
use super::lines::{Line, lines};
use super::message::Found;
use super::rulings::Rule;
use super::turn::{Sheet, upright};
use super::{cells, columns, halves, outlines, overrun, parted, stacked};
use crate::pages::Beside;

/// What a page gives.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Lines, tables and pictures in reading order.
    pub(super) pieces: Vec<Found>,
    /// Characters of which the file does not say which they are.
    pub(super) unknown: u32,
    /// Letters that are drawn as shapes.
    pub(super) outlined: u32,
    /// Lines of which a part is cut away.
    pub(super) cut: u32,
    /// True if there was more than any page of a document has.
    pub(super) overfull: bool,
}

/// What text is that a scanner laid over its picture: the scanner does not say how sure it was.
pub(super) const BY_SCANNER: Seen = Seen::Picture(Confidence::UNTOLD);

/// Which page it is.
#[derive(Clone, Debug)]
pub(super) struct Where {
    /// Number of the page.
    pub(super) page: u32,
    /// Its size and direction.
    pub(super) sheet: Sheet,
    /// Pages to its right that are one sheet with it.
    pub(super) beside: Vec<Beside>,
}

impl Where {
    /// Bounds on the page as it lies in the file, in points.
    fn bounds(&self, bounds: [Hundredths; 4]) -> [i32; 4] {
        points(self.sheet.back(bounds))
    }
}

/// Puts a page in order, or a sheet that was printed over several pages.
pub(super) fn read(mut ink: Ink, sheet: Sheet, page: u32, beside: Vec<Beside>) -> Read {
    let mut read = Read { overfull: ink.overfull, ..Read::default() };
    read.unknown = count(&ink.glyphs, char::REPLACEMENT_CHARACTER);
    let outlined = outlines::letters(&ink.shapes, &ink.glyphs);
    read.outlined = u32::try_from(outlined.len()).unwrap_or(u32::MAX);
    ink.glyphs.extend(outlined);
    let (glyphs, pieces, turned) = upright(ink.glyphs, ink.pieces, sheet);
    let place = Where { page, sheet: turned, beside };
    let cut = Cut::new(ink.away, &turned);
    let (level, upright, overfull) = pieces.rules();
    read.overfull |= overfull;

    let mut pictures: Vec<(Hundredths, Hundredths, Found)> = Vec::new();
    for (number, picture) in &ink.pictures {
        let cover = sheet.percent(*picture);
        let [left, top, ..] = turned.ahead(*picture);
        if cover > 0 {
            pictures.push((top, left, Found::Picture { bounds: points(*picture), cover, number: *number }));
        }
    }
    let all = Area { glyphs, level, upright, ordered: pictures };
    for area in all.pages(place.beside.is_empty(), turned.size()) {
        read.pieces.extend(area.read(&place, &cut, &mut read.cut));
    }
    read
}

/// What lies on a page, or on half of a sheet.
struct Area {
    glyphs: Vec<Glyph>,
    level: Vec<Rule>,
    upright: Vec<Rule>,
    /// Pieces with where they come in the order of the page.
    ordered: Vec<(Hundredths, Hundredths, Found)>,
}

impl Area {
    /// The pages that are printed on it, in reading order, where one sheet may hold several.
    fn pages(self, several: bool, size: (Hundredths, Hundredths)) -> Vec<Area> {
        if !several {
            return vec![self];
        }
        if let Some(at) = halves::gutter(&self.glyphs, &self.level, size) {
            return self.parted(at).into();
        }
        match halves::crossing(&self.glyphs, &self.level, &self.upright, size) {
            None => vec![self],
            Some((x, y)) => self.levels(y).into_iter().flat_map(|half| half.parted(x)).collect(),
        }
    }

    /// What lies above, and below a place.
    fn levels(self, at: Hundredths) -> [Area; 2] {
        let (above, below) = self.glyphs.into_iter().partition(|glyph| glyph.middle().1 < at);
        let (level_above, level_below) = self.level.into_iter().partition(|rule| rule.at < at);
        let (upright_above, upright_below) = self.upright.into_iter().partition(|rule| (rule.from + rule.to) / 2 < at);
        let (ordered_above, ordered_below) = self.ordered.into_iter().partition(|(top, ..)| *top < at);
        [
            Area { glyphs: above, level: level_above, upright: upright_above, ordered: ordered_above },
            Area { glyphs: below, level: level_below, upright: upright_below, ordered: ordered_below },
        ]
    }

    /// What lies to the left, and to the right of a place.
    fn parted(self, at: Hundredths) -> [Area; 2] {
        let (left, right) = self.glyphs.into_iter().partition(|glyph| glyph.middle().0 < at);
        let (level_left, level_right) = self.level.into_iter().partition(|rule| (rule.from + rule.to) / 2 < at);
        let (upright_left, upright_right) = self.upright.into_iter().partition(|rule| rule.at < at);
        let (ordered_left, ordered_right) = self.ordered.into_iter().partition(|(_, left, _)| *left < at);
        [
            Area { glyphs: left, level: level_left, upright: upright_left, ordered: ordered_left },
            Area { glyphs: right, level: level_right, upright: upright_right, ordered: ordered_right },
        ]
    }

    /// Its pieces in reading order; counts the lines that are cut.
    fn read(self, place: &Where, cut: &Cut, gone: &mut u32) -> impl Iterator<Item = Found> + use<> {
        let Area { glyphs, level, upright, mut ordered } = self;
        let (tables, alone) = lattices(&level, &upright);
        let mut inside: Vec<Vec<(usize, Glyph)>> = vec![Vec::new(); tables.len()];
        let mut free = Vec::new();
        for glyph in glyphs {
            let (x, y) = glyph.middle();
            // A table inside a cell of another one: the smallest that holds the point.
            let holds =
                tables.iter().enumerate().filter_map(|(i, table)| Some((i, table.cell_at(x, y)?, table.bounds())));
            let smallest = holds.min_by_key(|(_, _, b)| i64::from(b[2] - b[0]) * i64::from(b[3] - b[1]));
            match smallest.and_then(|(index, cell, _)| Some((inside.get_mut(index)?, cell))) {
                Some((table, cell)) => table.push((cell, glyph)),
                // Outside of tables nothing looks empty where nothing was read.
                None if glyph.character == outlines::LETTER => {}
                None => free.push(glyph),
            }
        }
        let (tables, inside) = overrun::released(tables, inside, &mut free);
        for (table, mut glyphs) in tables.into_iter().zip(inside) {
            cells::keep_numbers_whole(&table, &mut glyphs);
            cells::keep_words_whole(&table, &mut glyphs);
            let (table, glyphs) = parted::columns(table, glyphs);
            let (table, glyphs) = stacked::apart(table, glyphs);
            let [left, top, ..] = table.bounds();
            ordered.push((top, left, Found::Grid(cells::grid(&table, glyphs, place, cut))));
        }
        let mut lines = lines(free);
        let all = lines.len();
        lines.retain(|line| !cut.ends(line) || cut.is_kept(line));
        *gone = gone.saturating_add(u32::try_from(all - lines.len()).unwrap_or(u32::MAX));
        let open = columns::tables(&lines, &alone);
        let mut next = 0;
        for table in open {
            let [left, top, ..] = table.lattice.bounds();
            let before = lines.get(next..table.lines.start).unwrap_or_default();
            ordered.extend(before.iter().map(|line| page_line(line, place)));
            ordered.push((top, left, Found::Grid(cells::grid(&table.lattice, table.glyphs, place, cut))));
            next = table.lines.end;
        }
        ordered.extend(lines.get(next..).unwrap_or_default().iter().map(|line| page_line(line, place)));
        ordered.sort_by_key(|(top, left, _)| (*top, *left));
        ordered.into_iter().map(|(_, _, piece)| piece)
    }
}

/// A line of text, and where it comes in the order of the page.
fn page_line(line: &Line, place: &Where) -> (Hundredths, Hundredths, Found) {
    let text = line.text();
    let size = u16::try_from((line.size() + 5) / 10).unwrap_or(u16::MAX);
    let edges = match place.sheet.is_turned() {
        true => Vec::new(),
        false => text.edges.iter().map(|edge| nearest(*edge)).collect(),
    };
    let bounds = place.bounds(line.bounds);
    let beside = place.beside.clone();
    let found = Found::Line { text: text.text, bounds, edges, size, seen: line.seen(), beside };
    (line.bounds[1], line.bounds[0], found)
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
