//! Lengths of an OFD: millimetres, held as tenths of a micrometre, exactly.

use super::ink::Hundredths;

/// Tenths of a micrometre in a millimetre, and hundredths of a point in a hundred million of them.
pub(super) const UNIT: i64 = 10_000;
const HUNDREDTHS: i64 = 2_834_646;
/// Farthest place that is kept: ten metres.
pub(super) const FARTHEST: i64 = 10_000 * UNIT;
/// Equal steps in a row that are kept.
const STEPS_MAX: usize = 200_000;

/// Numbers that white space sets apart.
pub(super) fn lengths(text: &str) -> Vec<i64> {
    text.split_whitespace().map(length).collect()
}

/// A decimal number in ten-thousandths; what is none is 0.
pub(super) fn length(text: &str) -> i64 {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction: String = fraction.chars().chain("0000".chars()).take(4).collect();
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().unwrap_or(0) };
    let value = whole.min(FARTHEST) * UNIT + fraction.parse::<i64>().unwrap_or(0);
    sign * value.min(FARTHEST)
}

/// A length in hundredths of a point.
pub(super) fn hundredths(length: i64) -> Hundredths {
    let at = length.clamp(-FARTHEST, FARTHEST) * HUNDREDTHS / 100_000_000;
    Hundredths::try_from(at).unwrap_or(0)
}

/// Steps between letters: numbers, and `g 3 4.2` for the same three times.
pub(super) fn steps(text: &str) -> Vec<i64> {
    let mut words = text.split_whitespace();
    let mut out = Vec::new();
    while let Some(word) = words.next() {
        if word == "g" {
            let times = words.next().and_then(|times| times.parse::<usize>().ok()).unwrap_or(0);
            let step = words.next().map_or(0, length);
            out.extend(std::iter::repeat_n(step, times.min(STEPS_MAX)));
        } else {
            out.push(length(word));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_exact_and_what_is_none_is_nothing() {
        assert_eq!(lengths("210 -3.5 .25 4.23333 x"), [2_100_000, -35_000, 2_500, 42_333, 0]);
        assert_eq!(hundredths(254_000), 7_200);
        assert_eq!(steps("4 g 2 5.5 3"), [40_000, 55_000, 55_000, 30_000]);
    }
}
