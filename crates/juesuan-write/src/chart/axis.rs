//! A value axis with round steps, always from zero.

use super::canvas::{Anchor, Canvas, INK, PX, text_width};
use super::plot::STEPS;

/// Axis from `low` (at most zero) to `high`, both whole steps.
pub(super) struct Axis {
    low: i128,
    high: i128,
    step: i128,
    /// Drawing coordinate of `high`.
    pub(super) top: i64,
    /// Drawing coordinate of `low`.
    pub(super) bottom: i64,
}

impl Axis {
    /// An axis that holds all sizes between two heights of the drawing.
    pub(super) fn new(sizes: impl Iterator<Item = i128>, top: i64, bottom: i64) -> Axis {
        let (mut least, mut most) = (0i128, 0i128);
        for size in sizes {
            least = least.min(size);
            most = most.max(size);
        }
        if least == most {
            most = STEPS;
        }
        let step = round_step(most - least);
        let low = least.div_euclid(step) * step;
        let high = -((-most).div_euclid(step)) * step;
        Axis { low, high, step, top, bottom }
    }

    /// Height of a size in the drawing.
    pub(super) fn y(&self, size: i128) -> i64 {
        let span = i128::from(self.bottom - self.top);
        let up = (size - self.low) * span / (self.high - self.low);
        self.bottom - i64::try_from(up).unwrap_or(0)
    }

    fn ticks(&self) -> impl Iterator<Item = i128> + '_ {
        let count = (self.high - self.low) / self.step;
        (0..=count).map(|i| self.low + i * self.step)
    }

    /// Room that the numbers beside the axis need.
    pub(super) fn label_width(&self) -> i64 {
        self.ticks().map(|tick| text_width(&tick_text(tick))).max().unwrap_or(0)
    }

    /// Numbers, grid lines and the zero line.
    pub(super) fn draw(&self, canvas: &mut Canvas, left: i64, right: i64) {
        for tick in self.ticks() {
            let y = self.y(tick);
            canvas.line((left, y), (right, y), if tick == 0 { INK } else { "#d0d0d0" });
            canvas.text((left - 6 * PX, y + 5 * PX), Anchor::End, "#4a4a4a", &tick_text(tick));
        }
    }
}

/// 1, 2 or 5 times a power of ten, so that the span has at most five steps.
pub(super) fn round_step(span: i128) -> i128 {
    let mut power = 1i128;
    loop {
        for factor in [1, 2, 5] {
            let step = factor * power;
            if span <= 5 * step {
                return step;
            }
        }
        power *= 10;
    }
}

pub(super) fn tick_text(size: i128) -> String {
    let sign = if size < 0 { "-" } else { "" };
    let (whole, part) = (size.abs() / STEPS, size.abs() % STEPS);
    let part = format!("{part:06}");
    let part = part.trim_end_matches('0');
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_starts_at_zero_and_has_at_most_six_round_steps() {
        let axis = Axis::new([888_330_000, 921_960_000].into_iter(), 0, 1000);
        let ticks: Vec<String> = axis.ticks().map(tick_text).collect();
        assert_eq!(ticks, ["0", "200", "400", "600", "800", "1000"]);
        let below = Axis::new([-3_360_000i128, 12_000_000].into_iter(), 0, 1000);
        assert_eq!(tick_text(below.low), "-5");
        assert!(below.y(0) < below.bottom);
    }
}
