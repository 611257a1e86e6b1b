//! Letters that are drawn as shapes instead of printed from a font: nobody can tell which they are, but that they are there.
//!
//! Writing is known by what a chart, a logo or an ornament has not: many shapes of the size of letters beside each other in
//! rows, of many forms, none lying over another.

use std::collections::BTreeSet;

use juesuan_model::Seen;

use super::ink::{Glyph, Hundredths, POINT, Turn};

/// What stands for a letter that is drawn.
pub(super) const LETTER: char = '\u{fffc}';
/// Shapes of a page that are looked at.
pub(super) const SHAPES_MAX: usize = 20_000;
/// Fewer letters than this on a page are a logo, a seal, the labels of a chart.
const LETTERS_MIN: usize = 60;
/// Forms that so many letters have at least; ornaments and the marks of a chart repeat a few.
const FORMS_MIN: usize = 7;
/// Letters of a row, and their forms.
const ROW_MIN: (usize, usize) = (4, 3);
/// Least and greatest height and width of a letter or of a large part of one.
const SIZE: (Hundredths, Hundredths) = (3 * POINT / 2, 45 * POINT);

/// Something drawn that may be a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// Left, top, right, bottom.
    pub(super) bounds: [Hundredths; 4],
    /// Same letters have the same number.
    pub(super) form: u32,
}

impl Shape {
    fn middle(&self) -> (Hundredths, Hundredths) {
        let [left, top, right, bottom] = self.bounds;
        (left + (right - left) / 2, top + (bottom - top) / 2)
    }

    fn height(&self) -> Hundredths {
        self.bounds[3] - self.bounds[1]
    }

    /// The two as one, if they lie over each other by more than neighbouring letters do.
    fn with(&self, other: &Shape) -> Option<Shape> {
        let ([l, t, r, b], [left, top, right, bottom]) = (self.bounds, other.bounds);
        let over = |from: Hundredths, to: Hundredths, one: Hundredths, two: Hundredths| to - from > one.min(two) / 8;
        let touching = over(l.max(left), r.min(right), r - l, right - left)
            && over(t.max(top), b.min(bottom), b - t, bottom - top);
        touching.then(|| Shape {
            bounds: [l.min(left), t.min(top), r.max(right), b.max(bottom)],
            form: self.form.wrapping_add(other.form),
        })
    }

    /// As it lies on the page turned on its side.
    fn aside(self) -> Shape {
        let [left, top, right, bottom] = self.bounds;
        Shape { bounds: [top, left, bottom, right], ..self }
    }

    fn glyph(&self) -> Glyph {
        let [left, _, right, bottom] = self.bounds;
        Glyph {
            character: LETTER,
            x: left,
            y: bottom,
            advance: right - left,
            size: self.height(),
            turn: Turn::None,
            seen: Seen::Text,
        }
    }
}

/// True for a box that a letter could fill: strokes of one are thinner, drawings larger.
pub(super) fn is_letter_sized([left, top, right, bottom]: [Hundredths; 4]) -> bool {
    let (least, greatest) = SIZE;
    let (width, height) = (right.saturating_sub(left), bottom.saturating_sub(top));
    (least..=greatest).contains(&width.max(height)) && width.min(height) >= least / 5
}

/// The letters among the shapes of a page, each as [`LETTER`]; none if it is no writing.
/// What lies under a printed letter is the same letter again.
pub(super) fn letters(shapes: &[Shape], printed: &[Glyph]) -> Vec<Glyph> {
    if shapes.len() < LETTERS_MIN {
        return Vec::new();
    }
    let mut whole = merged(shapes.to_vec());
    whole.retain(|shape| is_letter_sized(shape.bounds));
    let printed: BTreeSet<(i32, i32)> = printed.iter().map(|glyph| square(glyph.middle())).collect();
    whole.retain(|shape| !holds(shape, &printed));
    let aside = writing(whole.iter().map(|shape| shape.aside()).collect());
    let level = writing(whole);
    let found = if aside.len() > level.len() { aside.into_iter().map(Shape::aside).collect() } else { level };
    let forms: BTreeSet<u32> = found.iter().map(|shape| shape.form).collect();
    if found.len() < LETTERS_MIN || forms.len() < FORMS_MIN {
        return Vec::new();
    }
    found.iter().map(Shape::glyph).collect()
}

/// The square of two points' width in which a point lies.
fn square((x, y): (Hundredths, Hundredths)) -> (i32, i32) {
    (x.div_euclid(2 * POINT), y.div_euclid(2 * POINT))
}

fn holds(shape: &Shape, printed: &BTreeSet<(i32, i32)>) -> bool {
    let [left, top, right, bottom] = shape.bounds;
    let ((x0, y0), (x1, y1)) = (square((left, top)), square((right, bottom)));
    (x0..=x1).any(|x| printed.range((x, y0)..=(x, y1)).next().is_some())
}

/// Puts together what lies over each other: the parts of one letter. A drawing grows larger than any letter this way.
fn merged(mut shapes: Vec<Shape>) -> Vec<Shape> {
    shapes.sort_unstable_by_key(|shape| shape.bounds);
    let mut done = Vec::new();
    let mut open: Vec<Shape> = Vec::new();
    for mut shape in shapes {
        done.extend(open.extract_if(.., |other| other.bounds[2] <= shape.bounds[0]));
        while let Some((at, both)) = open.iter().enumerate().find_map(|(at, other)| Some((at, shape.with(other)?))) {
            open.swap_remove(at);
            shape = both;
        }
        open.push(shape);
    }
    done.extend(open);
    done
}

/// Those that stand beside each other in rows.
fn writing(mut shapes: Vec<Shape>) -> Vec<Shape> {
    shapes.sort_unstable_by_key(|shape| (shape.middle().1, shape.bounds));
    let mut found = Vec::new();
    let mut rest = shapes.as_mut_slice();
    while let Some(first) = rest.first() {
        let end = first.middle().1 + (first.height() / 2).clamp(3 * POINT, 10 * POINT);
        let (row, after) = rest.split_at_mut(rest.partition_point(|shape| shape.middle().1 <= end));
        rest = after;
        row.sort_unstable_by_key(|shape| shape.bounds);
        let beside = |one: &Shape, next: &Shape| {
            next.bounds[0] - one.bounds[2] <= 2 * one.height().max(next.height()).max(5 * POINT)
        };
        let runs = row.chunk_by(beside).filter(|run| run.len() > 1);
        let row: Vec<Shape> = runs.flatten().copied().collect();
        let forms: BTreeSet<u32> = row.iter().map(|shape| shape.form).collect();
        if row.len() >= ROW_MIN.0 && forms.len() >= ROW_MIN.1 {
            found.extend(row);
        }
    }
    found
}
