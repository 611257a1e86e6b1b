//! Points on a circle without floats.

/// Units of a full turn: 1/10,000 degree.
pub(super) const TURN: i64 = 3_600_000;

const ONE: i128 = 1_000_000_000;
const HALF_PI: i128 = 1_570_796_327;

/// Sine of an angle in [`TURN`] units, in 10^-9.
pub(super) fn sine(angle: i64) -> i64 {
    let angle = angle.rem_euclid(TURN);
    let quarter = TURN / 4;
    let value = match angle / quarter {
        0 => first_quarter(angle),
        1 => first_quarter(2 * quarter - angle),
        2 => -first_quarter(angle - 2 * quarter),
        _ => -first_quarter(4 * quarter - angle),
    };
    i64::try_from(value).unwrap_or(0)
}

/// Cosine, see [`sine`].
pub(super) fn cosine(angle: i64) -> i64 {
    sine(angle + TURN / 4)
}

/// Taylor series up to the 13th power: the error is below 10^-9 in the first quarter.
fn first_quarter(angle: i64) -> i128 {
    let x = i128::from(angle) * HALF_PI / i128::from(TURN / 4);
    let square = x * x / ONE;
    let (mut term, mut sum) = (x, x);
    for k in [6i128, 20, 42, 72, 110, 156] {
        term = -term * square / ONE / k;
        sum += term;
    }
    sum
}

/// The point at `angle` (clockwise from twelve o'clock) on a circle, in drawing units.
pub(super) fn point((x, y): (i64, i64), radius: i64, angle: i64) -> (i64, i64) {
    let scale = |part: i64| i64::try_from(i128::from(radius) * i128::from(part) / ONE).unwrap_or(0);
    (x + scale(sine(angle)), y - scale(cosine(angle)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sines_of_known_angles_are_right_to_eight_digits() {
        for (degrees, expected) in
            [(0, 0), (30, 500_000_000), (90, 1_000_000_000), (150, 500_000_000), (270, -1_000_000_000)]
        {
            assert!((sine(degrees * 10_000) - expected).abs() < 10, "{degrees}: {}", sine(degrees * 10_000));
        }
        assert!((cosine(600_000) - 500_000_000).abs() < 10);
    }
}
