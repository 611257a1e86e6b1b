//! One page: ink to lines, tables and pictures in reading order.

use juesuan_model::Place;

use super::characters::is_numeric;
use super::ink::{Glyph, Hundredths, Ink};
use super::lattice::{Lattice, lattices};
use super::lines::{Line, around, lines};
use super::turn::{Sheet, upright};
use crate::grid::{Grid, Merged, MergedRegions, Row, Value};
use crate::pages::{PageLine, Piece};

/// What a page gives.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Lines, tables and pictures in reading order.
    pub(super) pieces: Vec<Piece>,
    /// Characters of which the file does not say which they are.
    pub(super) unknown: u32,
    /// True if there were more rulings than any table has.
    pub(super) overfull: bool,
}

/// Puts a page in order.
pub(super) fn read(ink: Ink, sheet: Sheet, file: &str, page: u32) -> Read {
    let mut read = Read { overfull: ink.overfull, ..Read::default() };
    let place =
        |bounds| Place { file: Some(file.to_owned()), page: Some(page), bounds: Some(bounds), ..Place::default() };
    let mut ordered: Vec<(Hundredths, Hundredths, Piece)> = Vec::new();
    for picture in &ink.pictures {
        let percent = sheet.percent(*picture);
        if percent > 0 {
            ordered.push((picture[1], picture[0], Piece::Picture { place: place(points(*picture)), cover: percent }));
        }
    }
    let (glyphs, pieces, sheet) = upright(ink.glyphs, ink.pieces, sheet);
    let (level, upright, overfull) = pieces.rules();
    read.overfull |= overfull;
    for glyph in &glyphs {
        read.unknown += u32::from(glyph.character == char::REPLACEMENT_CHARACTER);
    }

    let lattices = lattices(&level, &upright);
    let mut tables: Vec<Vec<(usize, Glyph)>> = vec![Vec::new(); lattices.len()];
    let mut free = Vec::new();
    for glyph in glyphs {
        let (x, y) = glyph.middle();
        // A table inside a cell of another one comes later, or is smaller: the smallest that holds the point.
        let holds = lattices.iter().enumerate().filter_map(|(i, l)| Some((i, l.cell_at(x, y)?, l.bounds())));
        let smallest = holds.min_by_key(|(_, _, b)| i64::from(b[2] - b[0]) * i64::from(b[3] - b[1]));
        match smallest.and_then(|(index, cell, _)| Some((tables.get_mut(index)?, cell))) {
            Some((table, cell)) => table.push((cell, glyph)),
            None => free.push(glyph),
        }
    }
    for (lattice, glyphs) in lattices.iter().zip(tables) {
        let [left, top, ..] = lattice.bounds();
        let grid = grid(lattice, glyphs, &sheet, file, page);
        ordered.push((top, left, Piece::Grid(grid)));
    }
    for line in lines(free) {
        let text = line.text();
        let size = u16::try_from((line.size() + 5) / 10).unwrap_or(u16::MAX);
        let edges = if sheet.is_turned() { Vec::new() } else { text.edges.iter().map(|edge| nearest(*edge)).collect() };
        ordered.push((
            line.bounds[1],
            line.bounds[0],
            Piece::Line(PageLine {
                text: text.text,
                place: place(points(sheet.back(line.bounds))),
                edges,
                size,
                ..PageLine::default()
            }),
        ));
    }
    ordered.sort_by_key(|(top, left, _)| (*top, *left));
    read.pieces = ordered.into_iter().map(|(_, _, piece)| piece).collect();
    read
}

/// The cells of a table with their text.
fn grid(lattice: &Lattice, mut glyphs: Vec<(usize, Glyph)>, sheet: &Sheet, file: &str, page: u32) -> Grid {
    keep_numbers_whole(lattice, &mut glyphs);
    let mut cells: Vec<Vec<Glyph>> = vec![Vec::new(); lattice.cells.len()];
    for (cell, glyph) in glyphs {
        if let Some(glyphs) = cells.get_mut(cell) {
            glyphs.push(glyph);
        }
    }
    let columns = lattice.columns();
    let mut rows: Vec<Row> = (1u32..)
        .take(lattice.rows())
        .map(|line| Row { line, cells: vec![Value::Blank; columns], page: Some(page), bounds: vec![None; columns] })
        .collect();
    let mut merged = Vec::new();
    for (index, (span, glyphs)) in lattice.cells.iter().zip(cells).enumerate() {
        if span.top < span.bottom || span.left < span.right {
            merged.push(Merged { top: span.top, left: span.left, bottom: span.bottom, right: span.right });
        }
        let lines = lines(glyphs);
        let Some(bounds) = lines.iter().map(|line| line.bounds).reduce(around) else { continue };
        let right = lattice.bounds_of(index).map_or(bounds[2], |bounds| bounds[2]);
        let text = joined(&lines, right);
        let row = rows.get_mut(span.top);
        if let Some(row) = row {
            if let Some(cell) = row.cells.get_mut(span.left) {
                *cell = match Value::text(&text) {
                    Value::Text(text) if text.contains(char::REPLACEMENT_CHARACTER) => Value::Unread(text),
                    value => value,
                };
            }
            if let Some(slot) = row.bounds.get_mut(span.left) {
                *slot = Some(points(sheet.back(bounds)));
            }
        }
    }
    Grid { file: file.to_owned(), sheet: String::new(), rows, merged: MergedRegions::new(merged) }
}

/// A long amount may stick out of its cell by a digit or two: the whole number belongs where most of it stands.
fn keep_numbers_whole(lattice: &Lattice, glyphs: &mut [(usize, Glyph)]) {
    glyphs.sort_by_key(|(_, glyph)| (glyph.y, glyph.x));
    let mut from = 0;
    while from < glyphs.len() {
        let mut to = from + 1;
        while let (Some((_, last)), Some((_, next))) = (glyphs.get(to - 1), glyphs.get(to)) {
            let joined = is_numeric(last.character)
                && is_numeric(next.character)
                && last.y == next.y
                && (next.left() - last.right()).abs() <= last.size / 5;
            if !joined {
                break;
            }
            to += 1;
        }
        if let Some(number) = glyphs.get_mut(from..to) {
            let points = number.iter().filter(|(_, glyph)| glyph.character == '.').count();
            let first = number.first().map(|(cell, _)| *cell);
            let apart = number.iter().any(|(cell, _)| Some(*cell) != first);
            if points == 1 && apart {
                let middle = number.get(number.len() / 2).map(|(cell, _)| *cell);
                let inside = number.iter().filter(|(cell, _)| Some(*cell) == middle).count();
                if let Some(middle) = middle.filter(|cell| *cell < lattice.cells.len() && inside + 2 >= number.len()) {
                    number.iter_mut().for_each(|(cell, _)| *cell = middle);
                }
            }
        }
        from = to;
    }
}

/// The lines of a cell as one text: broken words and numbers are put together, words and separate numbers stay apart.
fn joined(lines: &[Line], right: Hundredths) -> String {
    let mut all = String::new();
    let mut full = false;
    for line in lines {
        let text = line.text().text;
        if let (Some(last), Some(next)) = (all.chars().last(), text.chars().next()) {
            let narrow = last.is_ascii_alphanumeric() && next.is_ascii_alphanumeric();
            if narrow && !full {
                all.push(' ');
            }
        }
        all.push_str(&text);
        // The next letter would not have fitted: the line broke inside a word or number.
        full = right - line.bounds[2] < line.size() * 3 / 5 + super::ink::POINT * 2;
    }
    all
}

/// Hundredths to points, rounded outwards.
fn points(bounds: [Hundredths; 4]) -> [i32; 4] {
    let floor = |at: Hundredths| at.div_euclid(100);
    let ceil = |at: Hundredths| (at + 99).div_euclid(100);
    [floor(bounds[0]), floor(bounds[1]), ceil(bounds[2]), ceil(bounds[3])]
}

/// Hundredths to the nearest point.
fn nearest(at: Hundredths) -> i32 {
    (at + 50).div_euclid(100)
}
