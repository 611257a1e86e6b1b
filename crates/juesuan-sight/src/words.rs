//! Where something is written: shapes beside each other as stretches of one line, and which way they run.

use crate::plane::Plane;
use crate::rulings::{Ruling, Rulings};
use crate::shapes::{Groups, Shape, shapes};

/// Dots as dark as this are ink, at most and at least.
const INK: [u8; 2] = [60, 130];
/// Letters lower than this cannot be read, and specks are lower.
const LETTERS_MIN: usize = 6;
/// A stretch so many times as long as high is read in parts.
const LONG: usize = 28;
/// Shapes are held against each other so often at most: those of a full page some ten million times, specks without number for minutes.
const STEPS_MAX: usize = 1_000_000_000;

/// A stretch of writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Left, top, right, bottom of its ink, ends excluded.
    pub(crate) bounds: [usize; 4],
    /// How high each of the shapes in it is, from left to right.
    pub(crate) shapes: Vec<usize>,
}

impl Word {
    /// How many of its shapes are as high as figures are.
    pub(crate) fn figures(&self) -> usize {
        figures(&self.shapes, self.bounds)
    }
}

/// How many shapes of a stretch are as high as figures are.
pub(crate) fn figures(shapes: &[usize], [_, top, _, bottom]: [usize; 4]) -> usize {
    shapes.iter().filter(|shape| **shape * 2 > bottom - top).count()
}

/// What is written on a picture.
#[derive(Clone, Debug, Default)]
pub(crate) struct Writing {
    /// Shapes that are neither specks nor drawings.
    shapes: Vec<Shape>,
    /// How high letters are.
    pub(crate) letters: usize,
}

/// From how dark on a dot is ink: between the two heaps that its darkness forms (Otsu 1979), within bounds.
fn threshold(ink: &Plane) -> u8 {
    let mut counts = [0u64; 256];
    for dot in &ink.dots {
        if let Some(count) = counts.get_mut(usize::from(*dot)) {
            *count += 1;
        }
    }
    let values = || (0u64..).zip(counts);
    let (all, sum) = values().fold((0, 0), |(all, sum), (value, count)| (all + count, sum + value * count));
    let (mut below, mut weight, mut best) = (0u64, 0u64, (0u128, INK[1]));
    for (value, count) in values() {
        below += count;
        weight += value * count;
        let (above, rest) = (all - below, sum - weight);
        if below == 0 || above == 0 {
            continue;
        }
        // Their distance by their sizes, without fractions.
        let apart = u128::from((rest * 1000 / above).saturating_sub(weight * 1000 / below));
        let spread = apart * apart * u128::from(below) * u128::from(above) / u128::from(all.max(1));
        if spread > best.0 {
            best = (spread, u8::try_from(value + 1).unwrap_or(u8::MAX));
        }
    }
    best.1.clamp(INK[0], INK[1])
}

impl Writing {
    /// What is written in a plane of ink.
    pub(crate) fn of(ink: &Plane) -> Writing {
        // The thin strokes of small print are half as dark as the others; what has none that is dark is no ink: water marks, specks.
        let dark = threshold(ink);
        let found: Vec<Shape> = shapes(ink, dark / 2).into_iter().filter(|shape| shape.most >= dark).collect();
        let side = ink.width.min(ink.height);
        let mut heights: Vec<usize> = found
            .iter()
            .filter(|shape| (LETTERS_MIN..side / 8).contains(&shape.height()) && shape.width() < shape.height() * 3)
            .map(Shape::height)
            .collect();
        heights.sort_unstable();
        // Figures and parts of ideographs are lower than letters.
        let letters = heights.get(heights.len() * 17 / 20).copied().unwrap_or(0);
        let keep = |shape: &Shape| shape.height() <= letters * 5 && shape.width() <= letters * 12;
        let (mut shapes, drawings): (Vec<Shape>, Vec<Shape>) = found.into_iter().partition(keep);
        // Letters hang together with a water mark under them by their faint edges: they are what of it is dark.
        if drawings.iter().any(|drawing| drawing.width() > letters * 2 && drawing.height() > letters * 2) {
            let dark: Vec<Shape> = self::shapes(ink, dark).into_iter().filter(keep).collect();
            if dark.len().saturating_mul(drawings.len()) <= STEPS_MAX {
                shapes.sort_by_key(|shape| shape.left);
                let more: Vec<Shape> =
                    dark.into_iter().filter(|shape| is_apart(shape, &drawings, &shapes, letters * 12)).collect();
                shapes.extend(more);
            }
        }
        Writing { shapes, letters }
    }

    /// True if lines run from top to bottom: letters have their neighbours above and below.
    pub(crate) fn is_upright(&self) -> bool {
        let (mut level, mut upright) = (0usize, 0usize);
        let large = |shape: &Shape| shape.height().max(shape.width()) * 2 >= self.letters;
        let mut letters: Vec<Shape> = self.shapes.iter().copied().filter(large).collect();
        letters.sort_by_key(|shape| shape.left);
        let reach = self.letters * 3;
        if is_crowded(&letters, reach) {
            return false;
        }
        for (number, one) in letters.iter().enumerate() {
            let near = letters.iter().skip(number + 1).take_while(|other| other.left < one.right + reach);
            for other in near {
                let across = one.bottom.min(other.bottom).saturating_sub(one.top.max(other.top));
                let along = one.right.min(other.right).saturating_sub(one.left.max(other.left));
                let gap = |from: usize, to: usize| from.saturating_sub(to);
                if across * 2 >= one.height().min(other.height()) && gap(other.left, one.right) * 3 < self.letters {
                    level += 1;
                } else if along * 2 >= one.width().min(other.width())
                    && gap(other.top.max(one.top), one.bottom.min(other.bottom)) * 3 < self.letters
                {
                    upright += 1;
                }
            }
        }
        upright > level * 3 / 2 + 10
    }

    /// The stretches, in no order; no line of a table runs through any.
    pub(crate) fn words(&self, rulings: &Rulings) -> Vec<Word> {
        let mut shapes = self.shapes.clone();
        shapes.sort_by_key(|shape| (shape.left, shape.top));
        let mut groups = Groups::new(shapes.len());
        let height = self.letters.max(1);
        if is_crowded(&shapes, height) {
            return Vec::new();
        }
        for (number, one) in shapes.iter().enumerate() {
            let reach = one.right + height;
            for (other, next) in shapes.iter().enumerate().skip(number + 1) {
                if next.left > reach {
                    break;
                }
                if self.is_beside(one, next) && !is_parted(one, next, rulings) {
                    groups.unite(number, other);
                }
            }
        }
        let mut words: std::collections::BTreeMap<usize, Vec<Shape>> = std::collections::BTreeMap::new();
        for (number, shape) in shapes.iter().enumerate() {
            words.entry(groups.root(number)).or_default().push(*shape);
        }
        words.into_values().flat_map(|shapes| self.cut(shapes)).collect()
    }

    /// True if two shapes are of the same line: parts of a letter, or neighbours.
    fn is_beside(&self, one: &Shape, next: &Shape) -> bool {
        // As large as a letter of the usual size, or as the larger of both: a thin stroke is as wide as its letter.
        let size = |shape: &Shape| {
            let thin = shape.height() * 2 < self.letters;
            if thin { shape.width() } else { shape.height() }.min(self.letters * 5 / 2)
        };
        let height = self.letters.max(size(one)).max(size(next));
        // A dash, a stroke or a comma takes part in the line on which it stands, wherever on it that is.
        let [[top, bottom], [next_top, next_bottom]] = [one, next].map(|shape| {
            let more = (height / 2).saturating_sub(shape.height() / 2) * usize::from(shape.height() * 2 < height);
            [shape.top.saturating_sub(more), shape.bottom + more]
        });
        let across = bottom.min(next_bottom).saturating_sub(top.max(next_top));
        let gap = next.left.saturating_sub(one.right);
        let low = (bottom - top).min(next_bottom - next_top);
        let whole = one.bottom.max(next.bottom) - one.top.min(next.top);
        let highest = one.height().max(next.height());
        // Two lines that stand close do not become one by a shape that lies across a little of both.
        let fits = whole <= highest * 13 / 10 || whole * 10 <= height * 13;
        let together = across * 2 >= low;
        if together && gap < highest.max(height) * 4 / 5 {
            return fits;
        }
        let along = one.right.min(next.right).saturating_sub(one.left.max(next.left));
        let above = next.top.max(one.top).saturating_sub(one.bottom.min(next.bottom));
        // The strokes of 二 and 三 stand farther apart than parts of other letters.
        let apart = if one.height().max(next.height()) * 3 <= height { height * 4 / 5 } else { height / 3 };
        along * 2 >= one.width().min(next.width()) && above <= apart && whole * 10 <= height * 12
    }

    /// A stretch in parts that can be read; specks are none.
    fn cut(&self, mut shapes: Vec<Shape>) -> Vec<Word> {
        let Some(all) = shapes.iter().copied().reduce(Shape::and) else { return Vec::new() };
        let speck = all.width() * 3 < self.letters && all.height() * 3 < self.letters;
        if speck || all.height().max(all.width()) < 3 {
            return Vec::new();
        }
        if all.width() <= all.height() * LONG || shapes.len() < 2 {
            let shapes = shapes.iter().map(Shape::height).collect();
            return vec![Word { bounds: all.bounds(), shapes }];
        }
        // At the widest gap about the middle.
        let middle = all.left + all.width() / 2;
        let mut right = 0;
        let mut best = (0, 0);
        for (number, shape) in shapes.iter().enumerate() {
            let gap = shape.left.saturating_sub(right);
            if shape.left.abs_diff(middle) < all.width() / 4 && gap >= best.0 {
                best = (gap, number);
            }
            right = right.max(shape.right);
        }
        if best.1 == 0 {
            best.1 = shapes.len() / 2;
        }
        let rest = shapes.split_off(best.1);
        [shapes, rest].into_iter().flat_map(|part| self.cut(part)).collect()
    }
}

/// True where so many shapes, sorted by their left sides, stand within reach of each other that they are no writing.
fn is_crowded(shapes: &[Shape], reach: usize) -> bool {
    let near = |(number, one): (usize, &Shape)| {
        shapes.partition_point(|other| other.left <= one.right + reach).saturating_sub(number)
    };
    shapes.iter().enumerate().map(near).sum::<usize>() > STEPS_MAX
}

/// True for a shape that lies in a drawing and in none of those that are kept, which are sorted by their left sides and no wider than that.
fn is_apart(shape: &Shape, drawings: &[Shape], kept: &[Shape], widest: usize) -> bool {
    let is_in = |of: &Shape| shape.and(*of).bounds() == of.bounds();
    let first = kept.partition_point(|kept| kept.left + widest < shape.right);
    let mut near = kept.iter().skip(first).take_while(|kept| kept.left <= shape.left);
    drawings.iter().any(is_in) && !near.any(is_in)
}

/// True if a line of a table runs between two shapes.
fn is_parted(one: &Shape, next: &Shape, rulings: &Rulings) -> bool {
    let middles = [one, next].map(|shape| (shape.top + shape.bottom) / 2);
    let (upper, lower) = (middles[0].min(middles[1]), middles[0].max(middles[1]));
    let first = rulings.level.partition_point(|line| line.until < upper);
    let mut level = rulings.level.iter().skip(first).take_while(|line| line.at <= lower);
    let covers = |line: &Ruling| line.from <= one.left.max(next.left) + 2 && line.to + 2 >= one.right.min(next.right);
    if level.any(covers) {
        return true;
    }
    let (from, to) = (one.right.min(next.left), next.left.max(one.right));
    let (top, bottom) = (one.top.max(next.top), one.bottom.min(next.bottom));
    let (top, bottom) = if top < bottom { (top, bottom) } else { (upper, lower + 1) };
    let first = rulings.upright.partition_point(|line| line.at + 2 < from);
    let mut upright = rulings.upright.iter().skip(first).take_while(|line| line.at <= to + 2);
    upright.any(|line| {
        let beside = one.right <= line.until + 2 && next.left + 2 >= line.at;
        beside && line.from <= bottom && line.to >= top
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters as boxes.
    fn written(boxes: &[[usize; 4]]) -> Plane {
        let mut ink = Plane::filled(600, 200, 0);
        boxes.iter().for_each(|bounds| ink.fill(*bounds, 255));
        ink
    }

    fn row(left: usize, top: usize, count: usize) -> Vec<[usize; 4]> {
        (0..count).map(|number| [left + number * 22, top, left + number * 22 + 18, top + 20]).collect()
    }

    #[test]
    fn letters_beside_each_other_are_one_stretch_with_their_points_and_lines_below_are_others() {
        let mut boxes = row(20, 20, 6);
        boxes.push([152, 36, 156, 40]);
        boxes.extend(row(160, 20, 2));
        boxes.extend(row(20, 48, 4));
        let writing = Writing::of(&written(&boxes));
        assert_eq!(writing.letters, 20);
        let mut found: Vec<[usize; 4]> = writing.words(&Rulings::default()).iter().map(|word| word.bounds).collect();
        found.sort_unstable();
        assert_eq!(found, [[20, 20, 200, 40], [20, 48, 104, 68]]);
        assert!(!writing.is_upright());
    }

    #[test]
    fn strokes_that_stand_apart_and_marks_between_letters_belong_to_their_line() {
        // 二、十 and below it 一 alone.
        let boxes = [[22, 22, 36, 25], [20, 37, 38, 40], [42, 34, 47, 40], [60, 20, 78, 40], [20, 58, 38, 61]];
        let mut all = boxes.to_vec();
        all.extend(row(200, 20, 8));
        let mut found: Vec<[usize; 4]> =
            Writing::of(&written(&all)).words(&Rulings::default()).iter().map(|word| word.bounds).collect();
        found.sort_unstable();
        assert_eq!(found, [[20, 20, 78, 40], [20, 58, 38, 61], [200, 20, 372, 40]]);
    }

    #[test]
    fn letters_on_a_water_mark_are_read_and_the_mark_is_not() {
        let mut ink = written(&[row(20, 20, 6), row(20, 48, 4), row(20, 140, 8)].concat());
        // A faint stroke that runs through letters of two lines and far beyond.
        for y in 10..190 {
            for x in 40 + y / 2..52 + y / 2 {
                let dot = ink.at(x, y).unwrap_or(0).max(70);
                ink.fill([x, y, x + 1, y + 1], dot);
            }
        }
        let writing = Writing::of(&ink);
        let mut found: Vec<[usize; 4]> = writing.words(&Rulings::default()).iter().map(|word| word.bounds).collect();
        found.sort_unstable();
        assert_eq!(found, [[20, 20, 148, 40], [20, 48, 104, 68], [20, 140, 192, 160]]);
    }

    #[test]
    fn a_line_of_a_table_parts_what_stands_close() {
        let writing = Writing::of(&written(&[row(20, 20, 6), row(20, 45, 6)].concat()));
        let line = |at| Ruling { at, until: at + 2, from: 0, to: 200 };
        let words = |level, upright| writing.words(&Rulings { level, upright }).len();
        assert_eq!(words(Vec::new(), vec![line(83)]), 4);
        assert_eq!(words(vec![line(41)], Vec::new()), 2);
    }

    #[test]
    fn specks_without_number_are_no_writing_and_cost_little() {
        let speck = |number: usize| {
            let (left, top) = (number % 10 * 3, number / 10 * 3);
            Shape { left, top, right: left + 2, bottom: top + 2, most: 255 }
        };
        let writing = Writing { shapes: (0..60_000).map(speck).collect(), letters: 400 };
        assert!(!writing.is_upright() && writing.words(&Rulings::default()).is_empty());
    }

    #[test]
    fn a_long_line_is_read_in_parts_and_specks_are_nothing() {
        let mut boxes: Vec<[usize; 4]> = (0..58).map(|number| [10 + number * 10, 50, 17 + number * 10, 60]).collect();
        boxes.push([300, 150, 302, 152]);
        let words = Writing::of(&written(&boxes)).words(&Rulings::default());
        assert_eq!(words.len(), 4, "{words:?}");
        assert_eq!(words.iter().map(|word| word.shapes.len()).sum::<usize>(), 58);
    }

    #[test]
    fn columns_of_letters_run_downwards() {
        let boxes: Vec<[usize; 4]> = (0..5)
            .flat_map(|column| {
                row(column * 60, 20, 7)
                    .into_iter()
                    .map(move |[l, t, r, b]| [t + column * 40, l - column * 60, b + column * 40, r - column * 60])
            })
            .collect();
        assert!(Writing::of(&written(&boxes)).is_upright());
    }
}
