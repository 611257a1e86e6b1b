//! Exact numbers: amounts, counts, percentages and points, as fractions that are rounded once, when they are printed.

use std::cmp::Ordering;
use std::fmt;

use crate::money::Money;
use crate::printed::{Printed, Unit};

/// Digits behind the point that a text may have.
const DECIMALS_MAX: u32 = 9;

/// An exact number: a reduced fraction with a denominator above zero. Arithmetic gives `None` beyond what 128 bits hold, so
/// that no result is ever wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    numerator: i128,
    denominator: i128,
}

impl Number {
    /// Nothing.
    pub const ZERO: Number = Number { numerator: 0, denominator: 1 };
    /// One hundred: percent, and the points of an evaluation.
    pub const HUNDRED: Number = Number { numerator: 100, denominator: 1 };

    /// A whole number.
    pub const fn whole(number: i64) -> Number {
        Number { numerator: number as i128, denominator: 1 }
    }

    /// `numerator / denominator`; `None` for a denominator of zero or below.
    pub fn new(numerator: i128, denominator: i128) -> Option<Number> {
        if denominator <= 0 {
            return None;
        }
        let divisor = gcd(numerator.unsigned_abs(), denominator.unsigned_abs());
        let divisor = i128::try_from(divisor).ok()?;
        Some(Number { numerator: numerator / divisor, denominator: denominator / divisor })
    }

    /// Decimal digits with at most one point and an optional sign: `-12.50`. `None` for anything else.
    pub fn parse(text: &str) -> Option<Number> {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let decimals = u32::try_from(fraction.len()).ok().filter(|decimals| *decimals <= DECIMALS_MAX)?;
        let joined = format!("{whole}{fraction}");
        if whole.is_empty() || joined.is_empty() || !joined.bytes().all(|b| b.is_ascii_digit()) || joined.len() > 24 {
            return None;
        }
        Number::new(sign * joined.parse::<i128>().ok()?, 10i128.pow(decimals))
    }

    /// Money, in 元.
    pub fn of_money(money: Money) -> Number {
        Number::new(i128::from(money.fen()), 100).unwrap_or(Number::ZERO)
    }

    /// What was printed, taken as exact, in the unit of the print.
    pub fn of_printed(printed: Printed) -> Option<Number> {
        Number::new(i128::from(printed.mantissa), 10i128.checked_pow(u32::from(printed.decimals))?)
    }

    /// The sum.
    pub fn plus(self, other: Number) -> Option<Number> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Number::new(left.checked_add(right)?, self.denominator.checked_mul(other.denominator)?)
    }

    /// The difference.
    pub fn minus(self, other: Number) -> Option<Number> {
        self.plus(Number { numerator: -other.numerator, denominator: other.denominator })
    }

    /// The product.
    pub fn times(self, other: Number) -> Option<Number> {
        Number::new(self.numerator.checked_mul(other.numerator)?, self.denominator.checked_mul(other.denominator)?)
    }

    /// The quotient; `None` for a divisor of zero.
    pub fn over(self, other: Number) -> Option<Number> {
        let sign = other.numerator.signum();
        Number::new(
            self.numerator.checked_mul(other.denominator)?.checked_mul(sign)?,
            self.denominator.checked_mul(other.numerator.checked_abs()?)?,
        )
    }

    /// This in percent of `whole`; `None` for a whole of zero or below.
    pub fn percent_of(self, whole: Number) -> Option<Number> {
        if whole.numerator <= 0 {
            return None;
        }
        self.over(whole)?.times(Number::HUNDRED)
    }

    /// True for zero.
    pub const fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// True below zero.
    pub const fn is_negative(self) -> bool {
        self.numerator < 0
    }

    /// Rounded half away from zero to `decimals` digits; `None` beyond what a print holds.
    pub fn printed(self, unit: Unit, decimals: u8) -> Option<Printed> {
        let scaled = self.numerator.checked_mul(10i128.checked_pow(u32::from(decimals))?)?;
        let half = self.denominator / 2 + self.denominator % 2;
        let rest = (scaled % self.denominator).abs();
        let mut mantissa = scaled / self.denominator;
        if rest >= half && rest != 0 {
            mantissa += scaled.signum();
        }
        Some(Printed { mantissa: i64::try_from(mantissa).ok()?, decimals, unit })
    }

    /// Rounded half away from zero to `decimals` digits, as a number; `None` beyond what a print holds.
    pub fn rounded(self, decimals: u8) -> Option<Number> {
        Number::of_printed(self.printed(Unit::Point, decimals)?)
    }

    /// The digits, rounded to `decimals`, without zeros at the end: `96.8`, `100`.
    pub fn digits(self, decimals: u8) -> String {
        self.printed(Unit::Point, decimals).map_or_else(|| "?".to_owned(), Printed::digits_trimmed)
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

impl Ord for Number {
    fn cmp(&self, other: &Number) -> Ordering {
        match (self.numerator.checked_mul(other.denominator), other.numerator.checked_mul(self.denominator)) {
            (Some(left), Some(right)) => left.cmp(&right),
            // Beyond 128 bits: whole parts first, then the rests by their reciprocals.
            _ => {
                let (left, right) =
                    (self.numerator.div_euclid(self.denominator), other.numerator.div_euclid(other.denominator));
                left.cmp(&right).then_with(|| {
                    let rest = |n: &Number| n.numerator.rem_euclid(n.denominator);
                    match (rest(self), rest(other)) {
                        (0, 0) => Ordering::Equal,
                        (0, _) => Ordering::Less,
                        (_, 0) => Ordering::Greater,
                        (own, theirs) => Number { numerator: other.denominator, denominator: theirs }
                            .cmp(&Number { numerator: self.denominator, denominator: own }),
                    }
                })
            }
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Number {
    /// Up to four digits behind the point.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.digits(4))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn a_rate_is_exact_until_it_is_printed() {
        let rate = number("28.82").percent_of(number("37")).unwrap();
        assert_eq!(rate.printed(Unit::Percent, 2).unwrap().digits(), "77.89");
        let points = rate.times(number("20")).unwrap().over(Number::HUNDRED).unwrap();
        assert_eq!(points.digits(2), "15.58");
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        assert_eq!(number("-0.125").printed(Unit::Point, 2).unwrap().mantissa, -13);
        assert_eq!(number("0.125").printed(Unit::Point, 2).unwrap().mantissa, 13);
        assert_eq!(Number::new(1, 3).unwrap().printed(Unit::Point, 0).unwrap().mantissa, 0);
        assert_eq!(Number::new(2, 3).unwrap().printed(Unit::Point, 0).unwrap().mantissa, 1);
    }

    #[test]
    fn there_is_no_rate_of_nothing_and_no_number_in_words() {
        assert_eq!(number("5").percent_of(Number::ZERO), None);
        assert_eq!(number("5").over(Number::ZERO), None);
        for text in ["", "1.2.3", "一", "+3", "1,000", "."] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_beyond_128_bits_are_still_ordered() {
        let near = |n: i128| Number::new(i128::MAX - n, i128::MAX / 3 - 1).unwrap();
        assert!(near(1) < near(0));
    }

    proptest! {
        #[test]
        fn what_was_added_can_be_taken_away(a in -1_000_000_000i64..1_000_000_000, b in 1i64..10_000_000, c in any::<i32>()) {
            let one = Number::new(i128::from(a), i128::from(b)).unwrap();
            let other = Number::whole(i64::from(c));
            prop_assert_eq!(one.plus(other).unwrap().minus(other).unwrap(), one);
            if c != 0 {
                prop_assert_eq!(one.times(other).unwrap().over(other).unwrap(), one);
            }
        }
    }
}
