//! A coloured picture as two planes: what is written, and what is light or dark beside it.
//!
//! Shadows and tinted paper are taken out by holding each dot against the paper around it. A red stamp over figures is taken out where it is
//! one: red that forms something much larger than letters. Red figures stay.

use crate::plane::Plane;
use crate::shapes::{self, Shape};

/// Side of the blocks in which the paper is looked for, in dots.
const BLOCK: usize = 32;
/// A dot is red if its red is so much more than its green and its blue.
const REDDER: u8 = 40;
/// Stamps are looked for in squares of so many dots: lines of tables that cross them are thinner.
const COARSE: usize = 6;
/// A stamp is so much of the shorter side of the picture, in thousandths, at least and at most.
const STAMP: [usize; 2] = [60, 400];

/// Red, green, blue.
pub(crate) struct Colours<'a> {
    /// Dots of a row.
    pub(crate) width: usize,
    /// Rows.
    pub(crate) height: usize,
    /// Three bytes a dot, row by row.
    pub(crate) rgb: &'a [u8],
}

/// How dark everything is.
#[derive(Clone, Debug)]
pub(crate) struct Shades {
    /// Ink against paper: 255 is black on white, 0 is paper. Without stamps.
    pub(crate) ink: Plane,
    /// The darkest of the three colours: 0 is black. With everything, shadows too.
    pub(crate) light: Plane,
}

impl Colours<'_> {
    fn row(&self, y: usize) -> impl Iterator<Item = [u8; 3]> + '_ {
        let row = self.rgb.get(y * self.width * 3..(y + 1) * self.width * 3).unwrap_or_default();
        row.as_chunks().0.iter().copied()
    }

    /// The two planes.
    pub(crate) fn shades(&self) -> Shades {
        let (width, height) = (self.width, self.height);
        let light = Plane::from_rows(width, height, |y, row| {
            for (slot, [r, g, b]) in row.iter_mut().zip(self.row(y)) {
                *slot = r.min(g).min(b);
            }
        });
        let mut any_red = false;
        let red = Plane::from_rows(width, height, |y, row| {
            for (slot, dot) in row.iter_mut().zip(self.row(y)) {
                *slot = u8::from(is_red(dot));
                any_red |= *slot > 0;
            }
        });
        let stamps = if any_red { stamps(&red) } else { Vec::new() };
        let mut grey = Plane::from_rows(width, height, |y, row| {
            for (slot, [r, g, b]) in row.iter_mut().zip(self.row(y)) {
                let sum = 77 * u32::from(r) + 150 * u32::from(g) + 29 * u32::from(b);
                *slot = u8::try_from(sum >> 8).unwrap_or(u8::MAX);
            }
        });
        for [left, top, right, bottom] in stamps {
            for y in top..bottom {
                let row = grey.row_mut(y).iter_mut().zip(self.row(y));
                for (slot, [r, ..]) in row.skip(left).take(right - left) {
                    // Black over red is as dark in red as anywhere; red alone is as light as paper.
                    *slot = (*slot).max(r);
                }
            }
        }
        Shades { ink: against_paper(&grey), light }
    }
}

/// Red enough to be of a stamp, not a shade of brown.
fn is_red([r, g, b]: [u8; 3]) -> bool {
    r > g.saturating_add(REDDER) && r > b.saturating_add(REDDER)
}

/// Boxes of stamps: what is red, hangs together but for thin lines that cross it, and is much larger than letters.
fn stamps(red: &Plane) -> Vec<[usize; 4]> {
    let coarse = Plane::from_rows(red.width.div_ceil(COARSE), red.height.div_ceil(COARSE), |line, row| {
        for y in line * COARSE..(line + 1) * COARSE {
            let parts = red.row(y).chunks(COARSE);
            row.iter_mut()
                .zip(parts)
                .for_each(|(slot, part)| *slot = (*slot).max(part.iter().copied().max().unwrap_or(0)));
        }
    });
    let side = coarse.width.min(coarse.height);
    let [least, most] = STAMP.map(|share| side * share / 1000);
    let large = |shape: &Shape| {
        let (width, height) = (shape.right - shape.left, shape.bottom - shape.top);
        (least..=most).contains(&width) && (least..=most).contains(&height) && width < height * 3 && height < width * 3
    };
    let found = shapes::shapes(&coarse, 1);
    found.iter().filter(|shape| large(shape)).map(|shape| shape.bounds().map(|at| at * COARSE)).collect()
}

/// Ink of each dot: how much darker it is than the paper around it.
fn against_paper(grey: &Plane) -> Plane {
    let paper = paper(grey);
    Plane::from_rows(grey.width, grey.height, |y, row| {
        let (line, part) = (y / BLOCK, y % BLOCK);
        let (above, below) = (paper.row(line), paper.row(line + 1));
        let mut mixed = above.iter().zip(below).map(|(a, b)| between(*a, *b, part));
        let (mut from, mut to) = (mixed.next().unwrap_or(255), mixed.next().unwrap_or(255));
        for (x, (slot, dot)) in row.iter_mut().zip(grey.row(y)).enumerate() {
            if x > 0 && x % BLOCK == 0 {
                (from, to) = (to, mixed.next().unwrap_or(to));
            }
            let paper = u32::from(between(from, to, x % BLOCK)).max(1);
            let ink = paper.saturating_sub(u32::from(*dot)) * 255 / paper;
            *slot = u8::try_from(ink).unwrap_or(u8::MAX);
        }
    })
}

/// A value so far between two others, in parts of a block.
fn between(from: u8, to: u8, part: usize) -> u8 {
    let value = (usize::from(from) * (BLOCK - part) + usize::from(to) * part) / BLOCK;
    u8::try_from(value).unwrap_or(u8::MAX)
}

/// How light the paper is at the corners of the blocks: one more in each direction than there are blocks.
fn paper(grey: &Plane) -> Plane {
    let (columns, rows) = (grey.width.div_ceil(BLOCK), grey.height.div_ceil(BLOCK));
    let blocks = Plane::from_rows(columns, rows, |line, row| {
        for (column, slot) in row.iter_mut().enumerate() {
            let mut counts = [0u32; 256];
            let mut all = 0;
            for y in line * BLOCK..(line + 1) * BLOCK {
                for dot in grey.row(y).iter().skip(column * BLOCK).take(BLOCK) {
                    if let Some(count) = counts.get_mut(usize::from(*dot)) {
                        *count += 1;
                        all += 1;
                    }
                }
            }
            // Nine of ten dots of a page are paper; where a block is full of ink, its neighbours know.
            let mut darker = 0;
            let light = counts.iter().position(|count| {
                darker += count;
                darker * 10 >= all * 9
            });
            *slot = u8::try_from(light.unwrap_or(255)).unwrap_or(u8::MAX);
        }
    });
    Plane::from_rows(columns + 1, rows + 1, |line, row| {
        for (column, slot) in row.iter_mut().enumerate() {
            let near =
                (line.saturating_sub(1)..=line).flat_map(|y| (column.saturating_sub(1)..=column).map(move |x| (x, y)));
            *slot = near.filter_map(|(x, y)| blocks.at(x, y)).max().unwrap_or(255).max(1);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(dot: impl Fn(usize, usize) -> [u8; 3]) -> Shades {
        let (width, height) = (400, 300);
        let rgb: Vec<u8> =
            (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).flat_map(|(x, y)| dot(x, y)).collect();
        Colours { width, height, rgb: &rgb }.shades()
    }

    #[test]
    fn a_shadow_is_no_ink_and_a_letter_in_it_is() {
        let shades = painted(|x, y| {
            let paper = u8::try_from(250 - x / 4).unwrap();
            let value = if (200..206).contains(&x) && (100..120).contains(&y) { paper / 5 } else { paper };
            [value; 3]
        });
        assert!(shades.ink.at(150, 50).unwrap() < 30);
        assert!(shades.ink.at(390, 250).unwrap() < 30);
        assert!(shades.ink.at(203, 110).unwrap() > 180);
    }

    #[test]
    fn a_stamp_goes_and_red_figures_and_what_is_under_the_stamp_stay() {
        let shades = painted(|x, y| {
            let (dx, dy) = (x.abs_diff(200), y.abs_diff(150));
            let ring = (35 * 35..45 * 45).contains(&(dx * dx + dy * dy));
            match (x, y) {
                (196..204, 110..190) | (_, 140..143) => [20, 20, 20],
                (20..30, 20..40) => [220, 20, 20],
                _ if ring => [230, 40, 40],
                _ => [255; 3],
            }
        });
        assert!(shades.ink.at(240, 150).unwrap() < 40, "the ring");
        assert!(shades.ink.at(200, 112).unwrap() > 200, "black under it");
        assert!(shades.ink.at(25, 30).unwrap() > 120, "red figures");
    }
}
