//! Pages whose text runs another way than the page: their places are those of the page, and lines lie in them as if they were
//! written on their side. Here they are turned upright, to be compared with each other.

use std::collections::BTreeMap;

use juesuan_read::{Pages, Piece};

/// Characters of a text that tells which way it runs, at least.
const LONG: usize = 3;

/// Which way the text of a page runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Down,
    Over,
    Up,
}

/// The pages whose text does not run left to right.
#[derive(Clone, Debug, Default)]
pub struct Turned(BTreeMap<u32, Way>);

impl Turned {
    /// Looks at the texts of each page, in reading order.
    pub fn of(pages: &Pages) -> Turned {
        let mut texts: BTreeMap<u32, Vec<[i32; 4]>> = BTreeMap::new();
        for piece in &pages.pieces {
            match piece {
                Piece::Line(line) if line.text.chars().count() >= LONG => {
                    if let (Some(page), Some(bounds)) = (line.place.page, line.place.bounds) {
                        texts.entry(page).or_default().push(bounds);
                    }
                }
                Piece::Grid(grid) => {
                    for row in &grid.rows {
                        let long = row.cells.iter().zip(&row.bounds);
                        let long = long.filter(|(cell, _)| cell.as_str().chars().count() >= LONG);
                        let bounds = long.filter_map(|(_, bounds)| *bounds);
                        texts.entry(row.page.unwrap_or(0)).or_default().extend(bounds);
                    }
                }
                Piece::Line(_) | Piece::Picture(_) => {}
            }
        }
        Turned(texts.into_iter().filter_map(|(page, texts)| Some((page, way(&texts)?))).collect())
    }

    /// A box where it lies when the text of its page is upright; the corner of the page may lie anywhere.
    pub fn upright(&self, page: Option<u32>, bounds: [i32; 4]) -> [i32; 4] {
        let [left, top, right, bottom] = bounds;
        match page.and_then(|page| self.0.get(&page)) {
            None => bounds,
            Some(Way::Down) => [top, -right, bottom, -left],
            Some(Way::Over) => [-right, -bottom, -left, -top],
            Some(Way::Up) => [-bottom, left, -top, right],
        }
    }
}

/// The way of a page whose texts, in reading order, lie in these boxes; `None` if it is upright.
fn way(texts: &[[i32; 4]]) -> Option<Way> {
    let tall = texts.iter().filter(|[left, top, right, bottom]| bottom - top > right - left).count();
    let [first, .., last] = texts else { return None };
    if tall * 2 > texts.len() {
        return Some(if first[0] > last[0] { Way::Down } else { Way::Up });
    }
    // A line below another on most of the page: the page hangs on its head only if all lines do.
    let rising = texts.windows(2).filter(|pair| matches!(pair, [above, below] if below[1] < above[1])).count();
    (texts.len() > LONG && rising * 10 > texts.len() * 8).then_some(Way::Over)
}
