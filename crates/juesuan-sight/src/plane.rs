//! Rectangles of dots, one byte each.

/// Dots in rows from the top.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Plane {
    /// Dots of a row.
    pub(crate) width: usize,
    /// Rows.
    pub(crate) height: usize,
    /// Row by row.
    pub(crate) dots: Vec<u8>,
}

impl Plane {
    /// All dots alike.
    pub(crate) fn filled(width: usize, height: usize, value: u8) -> Plane {
        Plane { width, height, dots: vec![value; width * height] }
    }

    /// Row by row, what `value` says of each dot.
    pub(crate) fn from_rows(width: usize, height: usize, mut row: impl FnMut(usize, &mut [u8])) -> Plane {
        let mut plane = Plane::filled(width, height, 0);
        for (y, dots) in plane.dots.chunks_exact_mut(width.max(1)).enumerate() {
            row(y, dots);
        }
        plane
    }

    /// A row; empty outside of the plane.
    pub(crate) fn row(&self, y: usize) -> &[u8] {
        self.dots.get(y * self.width..(y + 1) * self.width).unwrap_or_default()
    }

    /// A row to write to; empty outside of the plane.
    pub(crate) fn row_mut(&mut self, y: usize) -> &mut [u8] {
        self.dots.get_mut(y * self.width..(y + 1) * self.width).unwrap_or_default()
    }

    /// A dot; `None` outside of the plane.
    pub(crate) fn at(&self, x: usize, y: usize) -> Option<u8> {
        self.row(y).get(x).copied()
    }

    /// Rows as columns and columns as rows.
    pub(crate) fn transposed(&self) -> Plane {
        // In blocks, so that both sides stay in the cache.
        const BLOCK: usize = 32;
        let mut turned = Plane::filled(self.height, self.width, 0);
        for top in (0..self.height).step_by(BLOCK) {
            for left in (0..self.width).step_by(BLOCK) {
                for y in top..(top + BLOCK).min(self.height) {
                    let row = self.row(y);
                    for (x, dot) in row.iter().enumerate().skip(left).take(BLOCK) {
                        if let Some(slot) = turned.dots.get_mut(x * self.height + y) {
                            *slot = *dot;
                        }
                    }
                }
            }
        }
        turned
    }

    /// Writes one value into a box of dots: left, top, right, bottom, ends excluded.
    pub(crate) fn fill(&mut self, [left, top, right, bottom]: [usize; 4], value: u8) {
        let right = right.min(self.width);
        for y in top..bottom.min(self.height) {
            if let Some(part) = self.row_mut(y).get_mut(left.min(right)..right) {
                part.fill(value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_columns_and_back() {
        let mut number = 0u8;
        let plane = Plane::from_rows(70, 40, |_, row| {
            row.fill_with(|| {
                number = number.wrapping_add(1);
                number
            });
        });
        let turned = plane.transposed();
        assert_eq!((turned.width, turned.height), (40, 70));
        assert_eq!(turned.at(3, 60), plane.at(60, 3));
        assert_eq!(turned.transposed(), plane);
    }
}
