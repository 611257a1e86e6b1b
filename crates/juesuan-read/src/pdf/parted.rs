//! Headings of several columns in one cell: a converter leaves out the rulings between them.

use super::ink::{Glyph, Hundredths};
use super::lattice::{Lattice, Span};

/// Columns under such a cell, at least: of two nobody can tell whether `收  入` is one word.
const COLUMNS_MIN: usize = 3;
/// Letters of each heading, at least.
const LETTERS_MIN: usize = 2;

/// The table with each cell cut into its columns in which every column has words of its own, and the glyphs with their cells.
pub(super) fn columns(table: Lattice, glyphs: Vec<(usize, Glyph)>) -> (Lattice, Vec<(usize, Glyph)>) {
    let wide = |span: &Span| span.right + 1 >= span.left + COLUMNS_MIN;
    if !table.cells.iter().any(wide) {
        return (table, glyphs);
    }
    let mut words: Vec<Vec<Glyph>> = vec![Vec::new(); table.cells.len()];
    for (cell, glyph) in glyphs.iter().filter(|(_, glyph)| glyph.character != ' ') {
        if let Some(words) = words.get_mut(*cell) {
            words.push(*glyph);
        }
    }
    let parted: Vec<bool> =
        table.cells.iter().zip(words).map(|(span, own)| wide(span) && has_one_each(&table, span, own)).collect();
    if !parted.contains(&true) {
        return (table, glyphs);
    }
    let single =
        |span: &Span| (span.left..=span.right).map(|column| Span { left: column, right: column, ..*span }).collect();
    let spans: Vec<Span> = table
        .cells
        .iter()
        .zip(&parted)
        .flat_map(|(span, parted)| if *parted { single(span) } else { vec![*span] })
        .collect();
    let cut = Lattice::with_spans(table.xs.clone(), table.ys.clone(), &spans);
    let moved = |(cell, glyph): (usize, Glyph)| {
        let span = table.cells.get(cell)?;
        let inside = parted.get(cell).is_some_and(|parted| *parted);
        let (x, y) = glyph.middle();
        // A cell keeps its upper left corner.
        let corner = (*table.xs.get(span.left)? + 1, *table.ys.get(span.top)? + 1);
        let (x, y) = if inside { (x, y) } else { corner };
        Some((cut.cell_at(x, y)?, glyph))
    };
    let glyphs = glyphs.into_iter().filter_map(moved).collect();
    (cut, glyphs)
}

/// True if every column under a cell has words, and no word lies over two of them.
fn has_one_each(table: &Lattice, span: &Span, mut glyphs: Vec<Glyph>) -> bool {
    glyphs.sort_by_key(Glyph::left);
    let mut stretches: Vec<(Hundredths, Hundredths, usize)> = Vec::new();
    for glyph in glyphs {
        match stretches.last_mut() {
            Some((_, right, letters)) if glyph.left() - *right < glyph.size / 2 => {
                *right = glyph.right().max(*right);
                *letters += 1;
            }
            _ => stretches.push((glyph.left(), glyph.right(), 1)),
        }
    }
    let sides = table.xs.get(span.left..=span.right + 1).unwrap_or_default();
    let columns = sides.windows(2);
    stretches.len() == columns.len()
        && columns.zip(&stretches).all(|(sides, (left, right, letters))| {
            matches!(sides, [from, to] if from <= left && right <= to) && *letters >= LETTERS_MIN
        })
}
