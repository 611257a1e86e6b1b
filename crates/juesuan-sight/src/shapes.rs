//! What hangs together in a plane: strokes, letters, frames.

use crate::plane::Plane;

/// Shapes of one picture; a full page of the smallest print has some twenty thousand.
const SHAPES_MAX: usize = 200_000;

/// Dots that touch, at sides or corners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Leftmost dot.
    pub(crate) left: usize,
    /// Uppermost dot.
    pub(crate) top: usize,
    /// Behind the rightmost dot.
    pub(crate) right: usize,
    /// Below the lowest dot.
    pub(crate) bottom: usize,
    /// The highest value of its dots.
    pub(crate) most: u8,
}

impl Shape {
    /// Left, top, right, bottom, ends excluded.
    pub(crate) fn bounds(&self) -> [usize; 4] {
        [self.left, self.top, self.right, self.bottom]
    }

    /// Dots from left to right.
    pub(crate) fn width(&self) -> usize {
        self.right - self.left
    }

    /// Dots from top to bottom.
    pub(crate) fn height(&self) -> usize {
        self.bottom - self.top
    }

    /// Both together.
    pub(crate) fn and(self, other: Shape) -> Shape {
        Shape {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
            most: self.most.max(other.most),
        }
    }
}

/// Trees of numbers that belong together.
pub(crate) struct Groups(Vec<usize>);

impl Groups {
    /// So many numbers, each alone.
    pub(crate) fn new(count: usize) -> Groups {
        Groups((0..count).collect())
    }

    /// One more, alone; its number.
    fn add(&mut self) -> usize {
        self.0.push(self.0.len());
        self.0.len() - 1
    }

    /// The number that stands for all that belong together with this one.
    pub(crate) fn root(&mut self, number: usize) -> usize {
        let mut at = number;
        while let Some(up) = self.0.get(at).copied().filter(|up| *up != at) {
            let above = self.0.get(up).copied().unwrap_or(up);
            if let Some(slot) = self.0.get_mut(at) {
                *slot = above;
            }
            at = up;
        }
        at
    }

    /// Puts two together.
    pub(crate) fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if let Some(slot) = self.0.get_mut(one.max(other)) {
            *slot = one.min(other);
        }
    }
}

/// A stretch of dots in a row, and the group it is of.
#[derive(Clone, Copy)]
struct Run {
    from: usize,
    to: usize,
    group: usize,
}

/// The shapes of all dots that are `least` or more, in the order of their first rows; none if there are too many to be writing.
pub(crate) fn shapes(plane: &Plane, least: u8) -> Vec<Shape> {
    let mut groups = Groups::new(0);
    let mut found: Vec<Shape> = Vec::new();
    let (mut above, mut here): (Vec<Run>, Vec<Run>) = (Vec::new(), Vec::new());
    for y in 0..plane.height {
        here.clear();
        let mut before = above.iter().peekable();
        for (from, to) in runs(plane.row(y), least) {
            let mut group = None;
            while let Some(run) = before.peek().copied().copied() {
                if run.to < from {
                    before.next();
                    continue;
                }
                if run.from > to {
                    break;
                }
                match group {
                    None => group = Some(run.group),
                    Some(group) => groups.unite(group, run.group),
                }
                if run.to > to {
                    break;
                }
                before.next();
            }
            let group = group.unwrap_or_else(|| {
                found.push(Shape { left: from, top: y, right: to, bottom: y + 1, most: 0 });
                groups.add()
            });
            if let Some(shape) = found.get_mut(group) {
                let dots = plane.row(y).get(from..to).unwrap_or_default();
                let most = dots.iter().copied().max().unwrap_or(0);
                *shape = shape.and(Shape { left: from, top: y, right: to, bottom: y + 1, most });
            }
            here.push(Run { from, to, group });
        }
        std::mem::swap(&mut above, &mut here);
        if found.len() > SHAPES_MAX {
            return Vec::new();
        }
    }
    let roots: Vec<usize> = (0..found.len()).map(|group| groups.root(group)).collect();
    for (group, root) in roots.iter().enumerate() {
        if group != *root
            && let Some(own) = found.get(group).copied()
            && let Some(shape) = found.get_mut(*root)
        {
            *shape = shape.and(own);
        }
    }
    found
        .into_iter()
        .enumerate()
        .filter(|(group, _)| roots.get(*group) == Some(group))
        .map(|(_, shape)| shape)
        .collect()
}

/// Stretches of a row that are `least` or more: first dot, and the one behind the last.
pub(crate) fn runs(row: &[u8], least: u8) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let from = at + row.get(at..)?.iter().position(|dot| *dot >= least)?;
        let long = row.get(from..)?.iter().position(|dot| *dot < least);
        at = long.map_or(row.len(), |long| from + long);
        Some((from, at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(rows: &[&str]) -> Plane {
        let width = rows.first().map_or(0, |row| row.len());
        Plane::from_rows(width, rows.len(), |y, row| {
            for (slot, letter) in row.iter_mut().zip(rows[y].bytes()) {
                *slot = u8::from(letter == b'#');
            }
        })
    }

    #[test]
    fn what_touches_is_one_shape_also_where_it_joins_below() {
        let found = shapes(&drawn(&["#..#..#", "#..#...", "####..#", "......."]), 1);
        let boxes: Vec<[usize; 4]> = found.iter().map(Shape::bounds).collect();
        assert_eq!(boxes, [[0, 0, 4, 3], [6, 0, 7, 1], [6, 2, 7, 3]]);
        assert!(found.iter().all(|shape| shape.most == 1));
    }

    #[test]
    fn corners_touch() {
        assert_eq!(shapes(&drawn(&["#..", ".#.", "..#"]), 1).len(), 1);
        assert_eq!(shapes(&drawn(&["..#", ".#.", "#.."]), 1).len(), 1);
    }
}
