//! Pictures that lie askew, set straight: turned a little, or seen from the side as a camera sees a page.

use crate::plane::Plane;

/// Where each dot of a straight picture lies in the one that was given: a projection, row by row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Warp {
    /// Dots of a row of the straight picture.
    pub(crate) width: usize,
    /// Its rows.
    pub(crate) height: usize,
    matrix: [[f32; 3]; 3],
}

/// A point: from the left, from the top, in dots.
pub(crate) type Point = [f32; 2];

impl Warp {
    /// Nothing is moved.
    pub(crate) fn none(width: usize, height: usize) -> Warp {
        Warp { width, height, matrix: [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]] }
    }

    /// Turned about the middle, by a slope: so much farther down for each dot to the right.
    pub(crate) fn turned(width: usize, height: usize, slope: f32) -> Warp {
        let length = slope.hypot(1.0);
        let (cos, sin) = (1.0 / length, slope / length);
        let (x, y) = (float(width) / 2.0, float(height) / 2.0);
        let matrix = [[cos, -sin, x - cos * x + sin * y], [sin, cos, y - sin * x - cos * y], [0.0, 0.0, 1.0]];
        Warp { width, height, matrix }
    }

    /// So that the four corners (from the upper left one on, as a clock goes) become those of an upright rectangle in the same place.
    /// `None` if they are not the corners of anything.
    pub(crate) fn squared(width: usize, height: usize, corners: [Point; 4]) -> Option<Warp> {
        let [a, b, c, d] = corners;
        let half = |one: f32, other: f32| (one + other) / 2.0;
        let (left, right) = (half(a[0], d[0]), half(b[0], c[0]));
        let (top, bottom) = (half(a[1], b[1]), half(c[1], d[1]));
        if right - left < 1.0 || bottom - top < 1.0 {
            return None;
        }
        // The projection of a square with sides of one onto the corners (Heckbert 1989), and the rectangle onto that square.
        let (dx1, dy1) = (b[0] - c[0], b[1] - c[1]);
        let (dx2, dy2) = (d[0] - c[0], d[1] - c[1]);
        let (sx, sy) = (a[0] - b[0] + c[0] - d[0], a[1] - b[1] + c[1] - d[1]);
        let under = dx1 * dy2 - dx2 * dy1;
        if under.abs() < 1.0 {
            return None;
        }
        let (g, h) = ((sx * dy2 - dx2 * sy) / under, (dx1 * sy - sx * dy1) / under);
        let square = [
            [b[0] - a[0] + g * b[0], d[0] - a[0] + h * d[0], a[0]],
            [b[1] - a[1] + g * b[1], d[1] - a[1] + h * d[1], a[1]],
            [g, h, 1.0],
        ];
        let (across, down) = (1.0 / (right - left), 1.0 / (bottom - top));
        let rectangle = [[across, 0.0, -left * across], [0.0, down, -top * down], [0.0, 0.0, 1.0]];
        Some(Warp { width, height, matrix: product(square, rectangle) })
    }

    /// Where a point of the straight picture lies in the one that was given.
    pub(crate) fn source(&self, [x, y]: Point) -> Point {
        let [u, v, w] = self.matrix.map(|[a, b, c]| a * x + b * y + c);
        if w.abs() < f32::EPSILON { [0.0, 0.0] } else { [u / w, v / w] }
    }

    /// True if nothing moves by half a dot.
    pub(crate) fn is_none(&self) -> bool {
        let (right, bottom) = (float(self.width), float(self.height));
        let near = |at: Point| {
            let [x, y] = self.source(at);
            (x - at[0]).abs() < 0.5 && (y - at[1]).abs() < 0.5
        };
        near([0.0, 0.0]) && near([right, 0.0]) && near([0.0, bottom]) && near([right, bottom])
    }

    /// The plane as it looks straight; what was not on it has the value `outside`.
    pub(crate) fn of(&self, plane: &Plane, outside: u8) -> Plane {
        Plane::from_rows(self.width, self.height, |y, row| {
            for (x, slot) in row.iter_mut().enumerate() {
                let at = self.source([float(x), float(y)]);
                *slot = mixed(plane, at).unwrap_or(outside);
            }
        })
    }
}

/// The value between four dots; `None` outside of the plane.
pub(crate) fn mixed(plane: &Plane, [x, y]: Point) -> Option<u8> {
    let (left, top) = (x.floor(), y.floor());
    let (column, row) = (index(left)?, index(top)?);
    let (along, down) = (x - left, y - top);
    let pair = |row: &[u8]| -> Option<f32> {
        let one = *row.get(column)?;
        let other = row.get(column + 1).copied().unwrap_or(one);
        Some(f32::from(one) * (1.0 - along) + f32::from(other) * along)
    };
    let upper = pair(plane.row(row))?;
    let lower = pair(plane.row(row + 1)).unwrap_or(upper);
    Some(byte(upper * (1.0 - down) + lower * down))
}

fn product(one: [[f32; 3]; 3], other: [[f32; 3]; 3]) -> [[f32; 3]; 3] {
    let [a, b, c] = other;
    one.map(|[x, y, z]| {
        let column = |i: [f32; 3]| x * i[0] + y * i[1] + z * i[2];
        [column([a[0], b[0], c[0]]), column([a[1], b[1], c[1]]), column([a[2], b[2], c[2]])]
    })
}

/// A number of dots, to compute with.
#[expect(clippy::cast_precision_loss, reason = "dots of a picture, far below 2^23")]
pub(crate) fn float(dots: usize) -> f32 {
    dots as f32
}

/// A number of dots; `None` left of the first.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked before")]
pub(crate) fn index(at: f32) -> Option<usize> {
    (0.0..1e7).contains(&at).then_some(at as usize)
}

/// A value between 0 and 255.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
pub(crate) fn byte(value: f32) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(one: Point, other: Point) -> bool {
        (one[0] - other[0]).abs() < 0.01 && (one[1] - other[1]).abs() < 0.01
    }

    #[test]
    fn corners_of_a_page_seen_from_the_side_become_corners_of_a_rectangle() {
        let corners = [[100.0, 50.0], [900.0, 80.0], [950.0, 700.0], [60.0, 650.0]];
        let warp = Warp::squared(1000, 800, corners).unwrap();
        assert!(near(warp.source([80.0, 65.0]), corners[0]));
        assert!(near(warp.source([925.0, 65.0]), corners[1]));
        assert!(near(warp.source([925.0, 675.0]), corners[2]));
        assert!(near(warp.source([80.0, 675.0]), corners[3]));
        assert_eq!(Warp::squared(10, 10, [[1.0, 1.0]; 4]), None);
    }

    #[test]
    fn a_slanting_line_lies_level_afterwards() {
        let plane = Plane::from_rows(200, 100, |y, row| {
            for (x, dot) in row.iter_mut().enumerate() {
                *dot = if (y * 20).abs_diff(x + 1000) <= 20 { 255 } else { 0 };
            }
        });
        let warp = Warp::turned(200, 100, 0.05);
        let straight = warp.of(&plane, 0);
        let rows: Vec<usize> =
            (0..100).filter(|y| straight.row(*y).iter().filter(|dot| **dot > 100).count() > 150).collect();
        assert!(!rows.is_empty() && rows.len() <= 3, "{rows:?}");
        assert!(!warp.is_none() && Warp::none(3, 3).is_none());
    }
}
