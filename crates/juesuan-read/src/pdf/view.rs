//! What somebody saw on a picture, put in order as a page is: letters to lines and cells, rulings to tables.

use std::collections::BTreeMap;

use juesuan_model::{Confidence, Place, Seen};

use super::characters::is_numeric;
use super::ink::{Glyph, Hundredths, Ink, Turn};
use super::message::Found;
use super::page;
use super::rulings::Rule;
use super::turn::Sheet;
use crate::grid::{Grid, Row};
use crate::pages::{PageLine, Piece};
use crate::sight::{Box4, Letter, Ruling, View};

/// How high letters are taken to be, whatever the picture measures: lengths of pages go by those of print.
const LETTERS: Hundredths = 1_000;
/// Other texts of a cell that are kept.
const OTHERS_MAX: usize = 12;

impl View {
    /// Lines and tables in reading order. `place` says where a box of the view lies in the document; where a line has
    /// bounds there, its letters have edges.
    pub fn pieces(&self, place: &dyn Fn(Box4) -> Place) -> Vec<Piece> {
        let scale = Scale(i64::from(self.letters_high.max(1)));
        let [width, height] = self.size.map(|dots| scale.ahead(dots));
        let mut ink = Ink { glyphs: self.glyphs(scale), ..Ink::default() };
        let rule = |ruling: &Ruling| Rule {
            at: scale.ahead(ruling.at),
            from: scale.ahead(ruling.from),
            to: scale.ahead(ruling.to),
        };
        self.level.iter().for_each(|ruling| ink.pieces.level(rule(ruling)));
        self.upright.iter().for_each(|ruling| ink.pieces.upright(rule(ruling)));
        let read = page::read(ink, Sheet::new(width, height), 1, Vec::new());
        let letters: Vec<Standing<'_>> = self.letters.iter().map(|letter| Standing::of(letter, scale)).collect();
        let place = |points| place(scale.back(points));
        read.pieces.into_iter().filter_map(|found| placed(found, &letters, &place)).collect()
    }

    fn glyphs(&self, scale: Scale) -> Vec<Glyph> {
        let glyph = |letter: &Letter| {
            let [left, top, right, bottom] = letter.bounds.map(|dots| scale.ahead(dots));
            let size = bottom - top;
            Glyph {
                character: super::characters::plain(letter.character),
                x: left,
                // A glyph reaches from 22 parts of 25 above its base line to 3 below it.
                y: bottom - size * 3 / 25,
                advance: right - left,
                size,
                turn: Turn::None,
                seen: Seen::Picture(letter.sure),
            }
        };
        self.letters.iter().map(glyph).filter(|glyph| glyph.character != '\0').collect()
    }
}

/// How high letters are, in dots.
#[derive(Clone, Copy)]
struct Scale(i64);

impl Scale {
    /// Dots as hundredths of a point.
    fn ahead(self, dots: u32) -> Hundredths {
        Hundredths::try_from(i64::from(dots) * i64::from(LETTERS) / self.0).unwrap_or(Hundredths::MAX / 4)
    }

    /// Points as dots.
    fn back(self, points: Box4Points) -> Box4 {
        points.map(|at| u32::try_from(i64::from(at.max(0)) * 100 * self.0 / i64::from(LETTERS)).unwrap_or(u32::MAX))
    }
}

/// Left, top, right, bottom in points.
type Box4Points = [i32; 4];

/// A letter, and the middle of its box in points.
struct Standing<'v> {
    letter: &'v Letter,
    middle: [i32; 2],
}

impl<'v> Standing<'v> {
    fn of(letter: &'v Letter, scale: Scale) -> Standing<'v> {
        let [left, top, right, bottom] = letter.bounds.map(|dots| scale.ahead(dots));
        Standing { letter, middle: [(left + right) / 200, (top + bottom) / 200] }
    }
}

/// What else may stand in the cells of a row that hold figures: the text of each with one letter that is another, the likeliest first.
fn others(row: &Row, letters: &[Standing<'_>]) -> BTreeMap<usize, Vec<String>> {
    let figures = |text: &str| text.chars().all(|c| c == char::REPLACEMENT_CHARACTER || is_numeric(c) || c == ' ');
    let mut out = BTreeMap::new();
    for (column, (cell, bounds)) in row.cells.iter().zip(&row.bounds).enumerate() {
        let (text, Some([left, top, right, bottom])) = (cell.as_str(), bounds) else { continue };
        if text.is_empty() || !figures(text) {
            continue;
        }
        let inside = |at: &&Standing<'_>| {
            (*left..=*right).contains(&at.middle[0])
                && (*top..=*bottom).contains(&at.middle[1])
                && at.letter.character != ' '
        };
        let mut own: Vec<&Standing<'_>> = letters.iter().filter(inside).collect();
        own.sort_by_key(|at| at.middle[0]);
        // Figures of one line, read whole: otherwise nobody knows which letter of the text is which of the picture.
        let read: Vec<char> = text.chars().filter(|c| *c != ' ').collect();
        if read.len() != own.len() {
            continue;
        }
        let mut found: Vec<(Confidence, String)> = Vec::new();
        for (number, at) in own.iter().enumerate() {
            for (character, sure) in at.letter.others.iter().filter(|(character, _)| is_numeric(*character)) {
                let put = |(own, read): (usize, &char)| if own == number { *character } else { *read };
                found.push((*sure, read.iter().enumerate().map(put).collect()));
            }
        }
        found.sort_by_key(|(sure, _)| std::cmp::Reverse(*sure));
        found.truncate(OTHERS_MAX);
        if !found.is_empty() {
            out.insert(column, found.into_iter().map(|(_, text)| text).collect());
        }
    }
    out
}

/// What was found, where it lies in the document.
fn placed(found: Found, letters: &[Standing<'_>], place: &dyn Fn(Box4Points) -> Place) -> Option<Piece> {
    match found {
        Found::Line { text, bounds, edges, size, seen, .. } => {
            let at = place(bounds);
            let edges = at.bounds.map(|on_page| stretched(&edges, bounds, on_page)).unwrap_or_default();
            Some(Piece::Line(PageLine { text, place: at, edges, size, seen, ..PageLine::default() }))
        }
        Found::Grid(mut grid) => {
            let on = place([0, 0, 1, 1]);
            for row in &mut grid.rows {
                row.page = on.page;
                row.others = others(row, letters);
                for slot in &mut row.bounds {
                    *slot = slot.and_then(|points| place(points).bounds);
                }
            }
            let (file, sheet) = (on.file.unwrap_or_default(), on.table.unwrap_or_default());
            Some(Piece::Grid(Grid { file, sheet, ..grid }))
        }
        Found::Picture { .. } => None,
    }
}

/// Edges of letters in a line that lies elsewhere on its page: in the same parts of it.
fn stretched(edges: &[i32], [left, _, right, _]: Box4Points, [begin, _, end, _]: Box4Points) -> Vec<i32> {
    let (from, to) = (i64::from(right - left).max(1), i64::from(end - begin));
    let moved = |edge: &i32| i64::from(begin) + i64::from(edge - left) * to / from;
    edges.iter().map(|edge| i32::try_from(moved(edge)).unwrap_or(end)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters of a line, 20 dots high and wide, from a place on.
    fn line(text: &str, left: u32, top: u32) -> impl Iterator<Item = Letter> {
        (0..).zip(text.chars()).map(move |(number, character)| {
            let from = left + number * 20;
            let sure = Confidence::thousandths(if character == '8' { 700 } else { 990 });
            let others =
                if character == '8' { vec![('3', Confidence::thousandths(200)), ('B', sure)] } else { Vec::new() };
            Letter { character, bounds: [from, top, from + 20, top + 20], sure, others }
        })
    }

    #[test]
    fn letters_and_rulings_become_lines_and_tables_with_their_places_and_how_sure_they_are() {
        let letters = line("收入决算表", 100, 50)
            .chain(line("项目", 110, 110))
            .chain(line("合计", 310, 110))
            .chain(line("基本支出", 110, 150))
            .chain(line("128.50", 310, 150));
        let ruling = |at, from, to| Ruling { at, from, to };
        let view = View {
            size: [800, 600],
            letters_high: 20,
            letters: letters.collect(),
            level: [100, 140, 180].map(|at| ruling(at, 100, 500)).to_vec(),
            upright: [100, 300, 500].map(|at| ruling(at, 100, 180)).to_vec(),
        };
        let place = |dots: Box4| Place {
            page: Some(3),
            bounds: Some(dots.map(|at| i32::try_from(at / 2).unwrap())),
            ..Place::default()
        };
        let pieces = view.pieces(&place);
        let [Piece::Line(title), Piece::Grid(grid)] = &pieces[..] else { panic!("{pieces:?}") };
        assert_eq!((title.text.as_str(), title.place.page), ("收入决算表", Some(3)));
        assert_eq!(title.place.bounds, Some([50, 25, 100, 35]));
        assert_eq!(title.edges.first(), Some(&50));
        assert_eq!(grid.cell(1, 1).as_str(), "128.50");
        assert_eq!(grid.seen_as(1, 1), Seen::Picture(Confidence::thousandths(700)), "as its worst letter");
        assert_eq!(grid.seen_as(1, 0), Seen::Picture(Confidence::thousandths(990)));
        assert_eq!(grid.rows[1].others, BTreeMap::from([(1, vec!["123.50".to_owned()])]));
        assert_eq!(grid.place_of_cell(1, 1).bounds, Some([155, 75, 215, 85]));
    }
}
