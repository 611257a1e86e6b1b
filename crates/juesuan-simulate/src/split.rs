//! One amount into the payments of a year. The parts always add up to the whole, to the 分.

use juesuan_model::Money;

use crate::random::Random;

/// Parts of `whole` in proportion to `weights`, each but the last a multiple of `grain_fen`.
pub fn split(whole: Money, weights: &[i64], grain_fen: i64) -> Vec<Money> {
    let total: i128 = weights.iter().map(|w| i128::from(*w)).sum();
    let mut parts = Vec::with_capacity(weights.len());
    let mut rest = whole;
    for (i, weight) in weights.iter().enumerate() {
        let part = if i + 1 == weights.len() || total == 0 {
            rest
        } else {
            let share = i128::from(whole.fen()) * i128::from(*weight) / total / i128::from(grain_fen);
            Money(i64::try_from(share).unwrap_or(0) * grain_fen)
        };
        parts.push(part);
        rest -= part;
    }
    parts
}

/// Weights of `count` payments of about the same size (`spread` = 1) or of very different sizes (`spread` = 20).
pub fn weights(random: &mut Random, count: usize, spread: i64) -> Vec<i64> {
    (0..count).map(|_| random.between(40, 40 + 2 * spread)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_add_up_to_the_whole_to_the_fen() {
        let parts = split(Money(141_751_837), &[3, 1, 1, 2], 100);
        assert_eq!(parts.iter().copied().sum::<Money>(), Money(141_751_837));
        assert!(parts[..3].iter().all(|p| p.fen() % 100 == 0));
    }
}
