//! Ruled columns that texts run over: a sheet of text of which only the first cell of each row has a frame. What is written there goes
//! on beyond the frame, and is lines, not cells.

use super::ink::Glyph;
use super::lattice::Lattice;

/// A letter that lies so near behind another one goes on with it, in fifths of its size.
const FIFTHS_APART: i32 = 1;

/// The tables that are none taken out, their glyphs put to the free ones: most of the cells that say something go on beyond the right
/// edge.
pub(super) fn released(
    tables: Vec<Lattice>,
    inside: Vec<Vec<(usize, Glyph)>>,
    free: &mut Vec<Glyph>,
) -> (Vec<Lattice>, Vec<Vec<(usize, Glyph)>>) {
    let mut outside: Vec<Glyph> = free.iter().filter(|glyph| glyph.character != ' ').copied().collect();
    outside.sort_by_key(|glyph| (glyph.y, glyph.x));
    let (mut kept, mut cells) = (Vec::new(), Vec::new());
    for (table, glyphs) in tables.into_iter().zip(inside) {
        if is_overrun(&table, &glyphs, &outside) {
            free.extend(glyphs.into_iter().map(|(_, glyph)| glyph));
        } else {
            kept.push(table);
            cells.push(glyphs);
        }
    }
    (kept, cells)
}

fn is_overrun(table: &Lattice, glyphs: &[(usize, Glyph)], outside: &[Glyph]) -> bool {
    let [_, _, right, _] = table.bounds();
    let mut filled = vec![false; table.cells.len()];
    let mut over = filled.clone();
    for (cell, glyph) in glyphs.iter().filter(|(_, glyph)| glyph.character != ' ') {
        if let Some(filled) = filled.get_mut(*cell) {
            *filled = true;
        }
        let near = right - glyph.right() <= glyph.size && goes_on(glyph, outside);
        if let (true, Some(over)) = (near, over.get_mut(*cell)) {
            *over = true;
        }
    }
    let count = |marks: &[bool]| marks.iter().filter(|mark| **mark).count();
    count(&over) > 1 && count(&over) * 2 > count(&filled)
}

/// True if one of these letters stands directly behind a letter.
fn goes_on(glyph: &Glyph, outside: &[Glyph]) -> bool {
    let near = glyph.size * FIFTHS_APART / 5;
    let from = outside.partition_point(|other| other.y < glyph.y - near);
    let mut level = outside.iter().skip(from).take_while(|other| other.y <= glyph.y + near);
    level.any(|other| (other.left() - glyph.right()).abs() <= near)
}
