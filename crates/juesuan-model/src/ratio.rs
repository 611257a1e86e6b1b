//! Exact fractions. They become digits once, when they are printed.

use crate::money::Money;
use crate::printed::{Printed, Unit, round_half_up};

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

    /// The percentage, rounded half up to `decimals` digits.
    pub fn percent(self, decimals: u8) -> Printed {
        let scaled = self.part * 100 * 10i128.pow(u32::from(decimals));
        Printed { mantissa: round_half_up(scaled, self.whole), decimals, unit: Unit::Percent }
    }

    /// The percentage cut off after `decimals` digits, as some people calculate it.
    pub fn percent_truncated(self, decimals: u8) -> Printed {
        let scaled = self.part * 100 * 10i128.pow(u32::from(decimals));
        let mantissa = i64::try_from(scaled / self.whole).unwrap_or(i64::MAX);
        Printed { mantissa, decimals, unit: Unit::Percent }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
