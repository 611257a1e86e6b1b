//! Exact amounts. One unit is one 分 (0.01 元); 1 万元 = 1,000,000 分.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// 分 in one 元.
pub const FEN_PER_YUAN: i64 = 100;
/// 分 in one 万元.
pub const FEN_PER_WAN_YUAN: i64 = 1_000_000;

/// An exact amount of money in 分. Range ±9.2 × 10^16 元, far above any public budget.
///
/// Arithmetic never panics and never wraps: what lies past the range stays at its end. Readers refuse amounts and
/// turnovers that could come near it, so that no published figure is such an end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(pub i64);

/// Why a text is not an amount of money.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Nothing but white space. Blank is not zero: the caller decides what a blank means.
    #[error("空白，不是金额")]
    Blank,
    /// A character that has no place in an amount.
    #[error("“{0}”不是金额")]
    NotANumber(String),
    /// More decimals than 分.
    #[error("“{0}”的小数位超过分")]
    TooFine(String),
    /// Larger than an `i64` of 分.
    #[error("“{0}”超出可表示的范围")]
    TooLarge(String),
}

impl Money {
    /// No money.
    pub const ZERO: Money = Money(0);

    /// Most money that one entry, cell or printed figure of a department can mean: 一万亿元. Readers refuse more; sums of
    /// ninety thousand such amounts stay inside the range.
    pub const ENTRY_MAX: Money = Money::from_yuan(1_000_000_000_000);

    /// Whole 元.
    pub const fn from_yuan(yuan: i64) -> Money {
        Money(yuan.saturating_mul(FEN_PER_YUAN))
    }

    /// The amount in 分.
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// Absolute value.
    pub const fn abs(self) -> Money {
        Money(self.0.saturating_abs())
    }

    /// True if nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Sum, or `None` past the range.
    pub fn checked_add(self, other: Money) -> Option<Money> {
        self.0.checked_add(other.0).map(Money)
    }

    /// Reads an amount in 元 with at most two decimals: `1,234.50`, `（12.3）`, `－5`, `△5`, `¥3`, full-width digits.
    pub fn parse_yuan(text: &str) -> Result<Money, AmountError> {
        let decimal = Decimal::parse(text)?;
        decimal.scaled(2).map(Money).map_err(|e| e.named(text))
    }

    /// Reads an amount in 万元 with at most six decimals (that is, to the 分).
    pub fn parse_wan_yuan(text: &str) -> Result<Money, AmountError> {
        let decimal = Decimal::parse(text)?;
        decimal.scaled(6).map(Money).map_err(|e| e.named(text))
    }
}

/// A decimal number as written: digits and how many of them stand behind the point (at most 255).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// All digits with the sign, without the point.
    pub mantissa: i64,
    /// Digits behind the point.
    pub decimals: u8,
}

/// Why a decimal does not fit a fixed scale.
enum ScaleError {
    TooFine,
    TooLarge,
}

impl ScaleError {
    fn named(self, text: &str) -> AmountError {
        match self {
            ScaleError::TooFine => AmountError::TooFine(text.trim().to_owned()),
            ScaleError::TooLarge => AmountError::TooLarge(text.trim().to_owned()),
        }
    }
}

impl Decimal {
    /// Reads a decimal as people and spreadsheets write it. Thousands separators, full-width forms, currency
    /// signs, brackets or △ for negative numbers are understood; anything else is refused.
    pub fn parse(text: &str) -> Result<Decimal, AmountError> {
        let trimmed = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}' || c == '\u{3000}');
        if trimmed.is_empty() {
            return Err(AmountError::Blank);
        }
        let refuse = || AmountError::NotANumber(trimmed.to_owned());
        let bracketed = (trimmed.starts_with('(') && trimmed.ends_with(')'))
            || (trimmed.starts_with('（') && trimmed.ends_with('）'));
        let inner = if bracketed {
            let mut chars = trimmed.chars();
            chars.next();
            chars.next_back();
            chars.as_str()
        } else {
            trimmed
        };
        let too_large = || AmountError::TooLarge(trimmed.to_owned());
        let mut negative = bracketed;
        let mut mantissa: i64 = 0;
        let mut decimals: u8 = 0;
        let (mut digit_seen, mut point, mut sign_seen) = (false, false, false);
        for c in inner.chars() {
            let c = match c {
                '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
                '．' => '.',
                '，' => ',',
                _ => c,
            };
            match c {
                '0'..='9' => {
                    let digit = i64::from(c as u32 - '0' as u32);
                    mantissa = mantissa.checked_mul(10).and_then(|m| m.checked_add(digit)).ok_or_else(too_large)?;
                    digit_seen = true;
                    if point {
                        decimals = decimals.checked_add(1).ok_or_else(too_large)?;
                    }
                }
                '.' if !point => point = true,
                ',' if digit_seen && !point => {}
                '-' | '－' | '−' | '△' | '▲' if !digit_seen && !point && !sign_seen && !bracketed => {
                    negative = true;
                    sign_seen = true;
                }
                '+' if !digit_seen && !point && !sign_seen => sign_seen = true,
                '¥' | '￥' if !digit_seen => {}
                ' ' | '\u{a0}' | '\u{3000}' => {}
                _ => return Err(refuse()),
            }
        }
        if !digit_seen {
            return Err(refuse());
        }
        Ok(Decimal { mantissa: if negative { -mantissa } else { mantissa }, decimals })
    }

    /// The number times 10^`decimals`, if it is whole at that scale.
    fn scaled(self, decimals: u8) -> Result<i64, ScaleError> {
        let (mut mantissa, mut have) = (self.mantissa, self.decimals);
        while have > decimals {
            if mantissa % 10 != 0 {
                return Err(ScaleError::TooFine);
            }
            mantissa /= 10;
            have -= 1;
        }
        while have < decimals {
            mantissa = mantissa.checked_mul(10).ok_or(ScaleError::TooLarge)?;
            have += 1;
        }
        Ok(mantissa)
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0.saturating_add(other.0))
    }
}

impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money(self.0.saturating_sub(other.0))
    }
}

impl Neg for Money {
    type Output = Money;
    fn neg(self) -> Money {
        Money(self.0.saturating_neg())
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        *self = *self + other;
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Money) {
        *self = *self - other;
    }
}

/// The order of the amounts does not matter, even where a part of the sum lies past the range.
impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        let sum: i128 = amounts.map(|amount| i128::from(amount.0)).sum();
        Money(i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX }))
    }
}

/// 元 with two decimals, as in the books: `-1234.50`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, fen) in [
            ("1,234.5", 123_450),
            ("（12.30）", -1_230),
            ("－5", -500),
            ("△5", -500),
            ("￥３．１", 310),
            ("0.10", 10),
            ("12.3400", 1_234),
        ] {
            assert_eq!(Money::parse_yuan(text), Ok(Money(fen)), "{text}");
        }
    }

    #[test]
    fn what_is_not_an_amount_is_refused_and_blank_is_not_zero() {
        assert_eq!(Money::parse_yuan("  "), Err(AmountError::Blank));
        for text in ["—", "-", "1.2.3", "12元", "1-2", "1.234", "99999999999999999999", "(", "（"] {
            assert!(Money::parse_yuan(text).is_err(), "{text}");
        }
    }

    #[test]
    fn long_runs_of_zeros_do_not_move_the_point() {
        assert_eq!(Money::parse_yuan(&format!("{}1.5", "0".repeat(300))), Ok(Money(150)));
        assert!(Money::parse_yuan(&format!("0.{}1", "0".repeat(256))).is_err());
    }

    proptest! {
        #[test]
        fn no_text_stops_the_reader_of_amounts(text in any::<String>(), digits in "[-+(（△¥]?[0-9０-９,.]{0,400}[)）]?") {
            for text in [text, digits] {
                if let Ok(money) = Money::parse_yuan(&text) {
                    prop_assert_eq!(Money::parse_yuan(&money.to_string()), Ok(money));
                }
                let _ = Money::parse_wan_yuan(&text);
            }
        }

        #[test]
        fn arithmetic_is_exact_inside_the_range_and_stops_at_its_end(a in any::<i64>(), b in any::<i64>()) {
            let exact = |value: i128| Money(i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX }));
            let (x, y) = (i128::from(a), i128::from(b));
            prop_assert_eq!(Money(a) + Money(b), exact(x + y));
            prop_assert_eq!(Money(a) - Money(b), exact(x - y));
            prop_assert_eq!((-Money(a), Money(a).abs()), (exact(-x), exact(x.abs())));
            prop_assert_eq!([Money(a), Money(b), Money(a)].into_iter().sum::<Money>(), exact(2 * x + y));
        }
    }
}
