//! Exact fractions. They become digits once, when they are printed.

use crate::money::Money;
use crate::printed::{DECIMALS_MAX, Printed, Unit, power_of_ten, round_half_up};

/// `part` of `whole`, both in 分.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    part: i128,
    whole: i128,
}

impl Ratio {
    /// `None` where the whole is zero: there is no share of nothing and no growth from nothing.
    pub fn new(part: Money, whole: Money) -> Option<Ratio> {
        if whole.is_zero() {
            return None;
        }
        let sign = if whole.fen() < 0 { -1 } else { 1 };
        Some(Ratio { part: sign * i128::from(part.fen()), whole: sign * i128::from(whole.fen()) })
    }

    /// The percentage, rounded half up to `decimals` digits (at most [`DECIMALS_MAX`]). What has no room in the digits
    /// stays at their end.
    pub fn percent(self, decimals: u8) -> Printed {
        let (scaled, decimals) = self.scaled(decimals);
        Printed { mantissa: round_half_up(scaled, self.whole), decimals, unit: Unit::Percent }
    }

    /// The percentage cut off after `decimals` digits, as some people calculate it.
    pub fn percent_truncated(self, decimals: u8) -> Printed {
        let (scaled, decimals) = self.scaled(decimals);
        let mantissa = i64::try_from(scaled / self.whole).unwrap_or(if scaled < 0 { i64::MIN } else { i64::MAX });
        Printed { mantissa, decimals, unit: Unit::Percent }
    }

    /// The part in hundredths of the last digit, and the digits. 2^63 × 100 × 10^15 has room in an `i128` twice.
    fn scaled(self, decimals: u8) -> (i128, u8) {
        let decimals = decimals.min(DECIMALS_MAX);
        (self.part * 100 * power_of_ten(decimals), decimals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_ratio_has_a_percentage_that_is_cut_off_towards_zero(
            part in any::<i64>(), whole in any::<i64>(), decimals in any::<u8>(),
        ) {
            if let Some(ratio) = Ratio::new(Money(part), Money(whole)) {
                let (rounded, cut) = (ratio.percent(decimals), ratio.percent_truncated(decimals));
                prop_assert!(cut.mantissa.unsigned_abs() <= rounded.mantissa.unsigned_abs());
                prop_assert!(rounded.mantissa.abs_diff(cut.mantissa) <= 1);
            }
        }
    }

    #[test]
    fn a_share_of_nothing_does_not_exist() {
        assert_eq!(Ratio::new(Money(5), Money::ZERO), None);
    }

    #[test]
    fn percentages_are_rounded_half_up_once() {
        let growth = Ratio::new(Money(33_630_000), Money(888_330_000)).unwrap();
        assert_eq!(growth.percent(1).digits(), "3.8");
        assert_eq!(growth.percent_truncated(1).digits(), "3.7");
        assert_eq!(Ratio::new(Money(1), Money(8)).unwrap().percent(0).digits(), "13");
    }
}
