//! The cells of a table with their text.

use super::characters::is_numeric;
use super::cut::Cut;
use super::ink::{Glyph, Hundredths, POINT};
use super::lattice::Lattice;
use super::lines::{Line, around, lines, seen};
use super::outlines::LETTER;
use super::page::{Where, points};
use crate::grid::{Grid, Merged, MergedRegions, Row, Value};

/// How much farther from the side of its cell the text of one cell begins than that of another, at most.
const INSETS_APART: Hundredths = POINT / 2;

/// A table from its places and its glyphs, each with its cell.
pub(super) fn grid(lattice: &Lattice, glyphs: Vec<(usize, Glyph)>, place: &Where, cut: &Cut) -> Grid {
    // Where nothing stands, something may have been overlooked: that is as sure as the worst of what was seen.
    let blank_seen = seen(glyphs.iter().map(|(_, glyph)| glyph));
    let mut cells: Vec<Vec<Glyph>> = vec![Vec::new(); lattice.cells.len()];
    for (cell, glyph) in glyphs {
        if let Some(glyphs) = cells.get_mut(cell) {
            glyphs.push(glyph);
        }
    }
    let columns = lattice.columns();
    let blank = |line| Row {
        line,
        cells: vec![Value::Blank; columns],
        page: Some(place.page),
        bounds: vec![None; columns],
        seen: if blank_seen.is_text() { Vec::new() } else { vec![blank_seen; columns] },
        beside: place.beside.clone(),
        ..Row::default()
    };
    let mut rows: Vec<Row> = (1u32..).take(lattice.rows()).map(blank).collect();
    let mut merged = Vec::new();
    for (index, (span, glyphs)) in lattice.cells.iter().zip(cells).enumerate() {
        if span.top < span.bottom || span.left < span.right {
            merged.push(Merged { top: span.top, left: span.left, bottom: span.bottom, right: span.right });
        }
        let lines = lines(glyphs);
        let Some(bounds) = lines.iter().map(|line| line.bounds).reduce(around) else { continue };
        let cell = lattice.bounds_of(index).unwrap_or(bounds);
        let right = cell[2];
        let ends = || lines.iter().any(|line| cut.ends(line));
        let value = match Value::text(&joined(&lines, right)) {
            Value::Text(text) if text.contains([char::REPLACEMENT_CHARACTER, LETTER]) => {
                Value::Unread(text.replace(LETTER, "\u{fffd}"))
            }
            Value::Text(text) if text.chars().all(|c| is_numeric(c) || c == ' ') => {
                let is_cut = ends() || cut.within(cell, |c| c.is_ascii_digit());
                if is_cut { Value::Unread(format!("{text}…")) } else { Value::Text(text) }
            }
            Value::Text(text) if ends() || cut.within(cell, |c| c != ' ') => Value::Unread(text),
            value => value,
        };
        let Some(row) = rows.get_mut(span.top) else { continue };
        if let Some(slot) = row.seen.get_mut(span.left) {
            *slot = seen(lines.iter().flat_map(|line| &line.glyphs));
        }
        if let Some(cell) = row.cells.get_mut(span.left) {
            *cell = value;
        }
        if let Some(slot) = row.bounds.get_mut(span.left) {
            *slot = Some(points(place.sheet.back(bounds)));
        }
    }
    Grid { rows, merged: MergedRegions::new(merged), ..Grid::default() }
}

/// A long amount may stick out of its cell by a digit or two: the whole number belongs where most of it stands.
pub(super) fn keep_numbers_whole(lattice: &Lattice, glyphs: &mut [(usize, Glyph)]) {
    glyphs.sort_by_key(|(_, glyph)| (glyph.y, glyph.x));
    let belong = |(_, last): &(usize, Glyph), (_, next): &(usize, Glyph)| {
        is_numeric(last.character)
            && is_numeric(next.character)
            && last.y == next.y
            && (next.left() - last.right()).abs() <= last.size / 5
    };
    for number in glyphs.chunk_by_mut(belong) {
        let first = number.first().map(|(cell, _)| *cell);
        let middle = number.get(number.len() / 2).map(|(cell, _)| *cell);
        let marks = |mark: char| number.iter().filter(|(_, glyph)| glyph.character == mark).count();
        let decimal = marks('.') == 1 || marks(',') > 0;
        let apart = number.iter().any(|(cell, _)| Some(*cell) != first);
        let inside = number.iter().filter(|(cell, _)| Some(*cell) == middle).count();
        if let (true, true, Some(cell)) = (decimal, apart && inside + 2 >= number.len(), middle)
            && cell < lattice.cells.len()
        {
            number.iter_mut().for_each(|(place, _)| *place = cell);
        }
    }
}

/// Words may run over the side of their cell into the next one, where that is blank: a spreadsheet prints them so. They belong where
/// they begin, up to where the words of another cell begin at its side as these do at theirs.
pub(super) fn keep_words_whole(lattice: &Lattice, glyphs: &mut [(usize, Glyph)]) {
    glyphs.sort_by_key(|(_, glyph)| (glyph.y, glyph.x));
    let belong = |(_, last): &(usize, Glyph), (_, next): &(usize, Glyph)| {
        let word = |glyph: &Glyph| glyph.character != ' ' && !is_numeric(glyph.character);
        word(last) && word(next) && last.y == next.y && (next.left() - last.right()).abs() <= last.size / 5
    };
    for words in glyphs.chunk_by_mut(belong) {
        let Some((mut home, first)) = words.first().copied() else { continue };
        let inset = |cell: usize, glyph: &Glyph| lattice.bounds_of(cell).map(|[left, ..]| glyph.left() - left);
        let Some(own) = inset(home, &first).filter(|own| *own < first.size / 2) else { continue };
        let mut last = (home, first.right());
        for (cell, glyph) in words.iter_mut().skip(1) {
            let inside = inset(*cell, glyph).unwrap_or(0);
            // A letter lies on the side, or the words of the next cell begin there.
            let over = inside < 0 || glyph.left() - inside + glyph.size / 10 < last.1;
            if *cell != last.0 && ((inside - own).abs() <= INSETS_APART || !over) {
                home = *cell;
            }
            last = (*cell, glyph.right());
            *cell = home;
        }
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
        full = right - line.bounds[2] < line.size() * 3 / 5 + POINT * 2;
    }
    all
}
