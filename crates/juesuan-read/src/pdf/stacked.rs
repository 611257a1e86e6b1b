//! Rows without rulings between them: amounts stacked in one ruled row are cut apart.
//!
//! Only where it is certain: two columns or more hold stacked amounts on the same heights, all written with the same
//! number of decimals, so that it cannot be one long number broken over lines.

use super::chunks::{Kind, kind};
use super::ink::{Glyph, Hundredths, POINT};
use super::lattice::Lattice;
use super::lines::{Line, lines};

/// A table with its rows cut where amounts are stacked, and its glyphs in the cells they then belong to.
pub(super) fn apart(lattice: Lattice, glyphs: Vec<(usize, Glyph)>) -> (Lattice, Vec<(usize, Glyph)>) {
    let mut cells: Vec<Vec<Glyph>> = vec![Vec::new(); lattice.cells.len()];
    for (cell, glyph) in &glyphs {
        if let Some(cell) = cells.get_mut(*cell) {
            cell.push(*glyph);
        }
    }
    let mut cut = lattice.clone();
    for row in (0..lattice.rows()).rev() {
        let inside = lattice.cells.iter().zip(&cells).filter(|(span, _)| (span.top, span.bottom) == (row, row));
        let columns: Vec<Vec<Line>> = inside.map(|(_, glyphs)| lines(glyphs.clone())).collect();
        if let Some(cuts) = cuts(&columns) {
            cut = cut.cut(row, &cuts);
        }
    }
    if cut.rows() == lattice.rows() {
        return (lattice, glyphs);
    }
    let moved = |(cell, glyph): (usize, Glyph)| {
        let (x, y) = glyph.middle();
        (cut.cell_at(x, y).unwrap_or(cell), glyph)
    };
    let glyphs = glyphs.into_iter().map(moved).collect();
    (cut, glyphs)
}

/// Where a row is to be cut, from the lines in its cells; none if it is one row.
fn cuts(columns: &[Vec<Line>]) -> Option<Vec<Hundredths>> {
    let stacks: Vec<&Vec<Line>> = columns.iter().filter(|lines| is_stack(lines)).collect();
    let (first, others) = stacks.split_first()?;
    let heights: Vec<Hundredths> = first.iter().map(middle).collect();
    let same = |lines: &&Vec<Line>| {
        let all = lines.len() == heights.len();
        all && lines.iter().zip(&heights).all(|(line, height)| (middle(line) - height).abs() <= line.size() / 2)
    };
    if others.is_empty() || !others.iter().all(same) {
        return None;
    }
    let words: Vec<&Line> = columns.iter().filter(|lines| !is_stack(lines)).flatten().collect();
    let beside = |height: Hundredths| words.iter().any(|line| (middle(line) - height).abs() <= line.size() / 2);
    let cuts = first.windows(2).filter_map(|pair| {
        let [above, below] = pair else { return None };
        // Names that begin beside their amount go on below it; names centred on it reach half-way to the next.
        let starts = beside(middle(above)) && beside(middle(below));
        Some(if starts { below.bounds[1] - POINT } else { (middle(above) + middle(below)) / 2 })
    });
    Some(cuts.collect())
}

fn middle(line: &Line) -> Hundredths {
    line.glyphs.iter().find(|glyph| glyph.character != ' ').map_or(0, |glyph| glyph.middle().1)
}

/// Two or more amounts, one a line, with the same number of decimals.
fn is_stack(lines: &[Line]) -> bool {
    let of = |line: &Line| kind(line.glyphs.iter().map(|glyph| glyph.character).filter(|c| *c != ' '));
    let mut kinds = lines.iter().map(of).filter(|kind| *kind != Kind::Dash);
    let Some(first) = kinds.next() else { return false };
    lines.len() > 1 && matches!(first, Kind::Amount(1..)) && kinds.all(|kind| kind == first)
}
