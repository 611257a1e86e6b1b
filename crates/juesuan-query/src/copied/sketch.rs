//! In how many passages a stretch stands, estimated in a table of fixed size (count-min): never too few, rarely too many.

use super::stretch::mixed;

/// Counters of a row: at least, and at most (two rows of bytes: 2 to 512 MB).
const LEAST: u64 = 1 << 20;
const MOST: u64 = 1 << 28;
/// Counters for each byte of a part: text is packed to about a third, a character has three bytes, and most stretches are usual.
const COUNTERS_A_BYTE: u64 = 2;

/// The table.
pub(super) struct Sketch {
    mask: u64,
    rows: [Vec<u8>; 2],
}

impl Sketch {
    /// One for parts of so many bytes.
    pub fn new(bytes: u64) -> Sketch {
        let size = bytes.saturating_mul(COUNTERS_A_BYTE).clamp(LEAST, MOST).next_power_of_two();
        let row = || vec![0; usize::try_from(size).unwrap_or(usize::MAX)];
        Sketch { mask: size - 1, rows: [row(), row()] }
    }

    /// Counts the stretches of a passage, each once.
    pub fn count(&mut self, stretches: &[u64]) {
        for stretch in stretches {
            for (hash, row) in hashes(*stretch).into_iter().zip(&mut self.rows) {
                let at = usize::try_from(hash & self.mask).unwrap_or(usize::MAX);
                if let Some(counter) = row.get_mut(at) {
                    *counter = counter.saturating_add(1);
                }
            }
        }
    }

    /// In how many passages a stretch stands, up to 255.
    pub fn passages(&self, stretch: u64) -> u32 {
        let counts = hashes(stretch).into_iter().zip(&self.rows).map(|(hash, row)| {
            let at = usize::try_from(hash & self.mask).unwrap_or(usize::MAX);
            row.get(at).map_or(0, |counter| u32::from(*counter))
        });
        counts.min().unwrap_or(0)
    }
}

fn hashes(stretch: u64) -> [u64; 2] {
    [stretch, mixed(stretch.rotate_left(32))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_stretch_is_counted_too_low() {
        let mut sketch = Sketch::new(0);
        for passage in 0..300 {
            sketch.count(&[1, mixed(passage)]);
        }
        assert_eq!(sketch.passages(1), 255);
        assert!((0..300).all(|passage| (1..=2).contains(&sketch.passages(mixed(passage)))));
    }
}
