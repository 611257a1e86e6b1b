//! A figure as it stands on paper, and the true values that may stand behind it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::money::{Decimal, FEN_PER_WAN_YUAN, FEN_PER_YUAN, Money};

/// What a printed number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// 元.
    #[serde(rename = "元")]
    Yuan,
    /// 万元 = 10,000 元.
    #[serde(rename = "万元")]
    WanYuan,
    /// 亿元 = 10,000 万元.
    #[serde(rename = "亿元")]
    YiYuan,
    /// Hundredths.
    #[serde(rename = "%")]
    Percent,
    /// Things that are counted: 辆, 个, 人次, 台（套）, 项.
    #[serde(rename = "个")]
    Piece,
    /// Points of a score, 分 of 100.
    #[serde(rename = "分")]
    Point,
}

impl Unit {
    /// 分 in one of this unit, for units of money.
    pub const fn fen(self) -> Option<i64> {
        match self {
            Unit::Yuan => Some(FEN_PER_YUAN),
            Unit::WanYuan => Some(FEN_PER_WAN_YUAN),
            Unit::YiYuan => Some(FEN_PER_WAN_YUAN * 10_000),
            Unit::Percent | Unit::Piece | Unit::Point => None,
        }
    }

    /// The word printed behind the figure; counts have classifiers of their own.
    pub const fn word(self) -> &'static str {
        match self {
            Unit::Yuan => "元",
            Unit::WanYuan => "万元",
            Unit::YiYuan => "亿元",
            Unit::Percent => "%",
            Unit::Piece => "",
            Unit::Point => "分",
        }
    }
}

/// A number as printed: `mantissa` × 10^-`decimals` of `unit`. 921.96 万元 is 92196, 2, 万元.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Printed {
    /// Digits without the point, with the sign.
    pub mantissa: i64,
    /// Digits behind the point.
    pub decimals: u8,
    /// What is counted.
    pub unit: Unit,
}

/// True values that may stand behind a printed figure: every integer from `low` to `high`, both included.
/// For money the integers are 分, for percentages and scores 10^-6 of one unit, for counts one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    /// Least possible value.
    pub low: i128,
    /// Greatest possible value.
    pub high: i128,
}

/// Steps in one percent or one point inside an [`Interval`].
pub const STEPS_PER_PERCENT: i128 = 1_000_000;

impl Interval {
    /// A value known exactly.
    pub const fn exact(value: i128) -> Interval {
        Interval { low: value, high: value }
    }

    /// True if both can be the same value.
    pub const fn meets(self, other: Interval) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    /// All sums of a value of each.
    pub const fn plus(self, other: Interval) -> Interval {
        Interval { low: self.low + other.low, high: self.high + other.high }
    }

    /// All differences.
    pub const fn minus(self, other: Interval) -> Interval {
        Interval { low: self.low - other.high, high: self.high - other.low }
    }
}

impl Printed {
    /// An amount rounded once, half away from zero (四舍五入), to `decimals` digits of `unit` (a unit of money;
    /// any other unit is taken as 分).
    pub fn from_money(amount: Money, unit: Unit, decimals: u8) -> Printed {
        let step = i128::from(unit.fen().unwrap_or(1));
        let scaled = i128::from(amount.fen()) * 10i128.pow(u32::from(decimals));
        Printed { mantissa: round_half_up(scaled, step), decimals, unit }
    }

    /// A count.
    pub const fn count(number: i64) -> Printed {
        Printed { mantissa: number, decimals: 0, unit: Unit::Piece }
    }

    /// The usual form: 万元 with two decimals.
    pub fn wan_yuan(amount: Money) -> Printed {
        Printed::from_money(amount, Unit::WanYuan, 2)
    }

    /// Reads a printed number; the decimals are those that stand there.
    pub fn parse(text: &str, unit: Unit) -> Result<Printed, crate::money::AmountError> {
        let Decimal { mantissa, decimals } = Decimal::parse(text)?;
        Ok(Printed { mantissa, decimals, unit })
    }

    /// The same value with at least `decimals` digits behind the point: "48 万元" is 48.00 in a document whose
    /// amounts have two.
    pub fn with_decimals_at_least(self, decimals: u8) -> Printed {
        let mut out = self;
        while out.decimals < decimals {
            out.mantissa *= 10;
            out.decimals += 1;
        }
        out
    }

    /// True if the printed number is zero (the true value may still be a small amount).
    pub const fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// The amount as if the printed digits were exact; `None` for units that are no money or where 分 are too coarse.
    pub fn money(self) -> Option<Money> {
        let scaled = i128::from(self.mantissa) * i128::from(self.unit.fen()?);
        let divisor = 10i128.pow(u32::from(self.decimals));
        if scaled % divisor != 0 {
            return None;
        }
        i64::try_from(scaled / divisor).ok().map(Money)
    }

    /// The true values that round to this number (half-open on the side away from zero), see [`Interval`].
    pub fn interval(self) -> Interval {
        let step = match self.unit.fen() {
            Some(fen) => i128::from(fen),
            None if self.unit == Unit::Piece => return Interval::exact(i128::from(self.mantissa)),
            None => STEPS_PER_PERCENT,
        };
        let divisor = 10i128.pow(u32::from(self.decimals));
        // In half steps of the last printed digit, so that nothing is lost before the division.
        let (low2, high2) = ((2 * i128::from(self.mantissa) - 1) * step, (2 * i128::from(self.mantissa) + 1) * step);
        let divisor2 = 2 * divisor;
        // Half away from zero: of the two ends, the one nearer to zero belongs to the interval.
        match self.mantissa {
            1.. => Interval { low: ceil_div(low2, divisor2), high: below(high2, divisor2) },
            0 => Interval { low: above(low2, divisor2), high: below(high2, divisor2) },
            _ => Interval { low: above(low2, divisor2), high: floor_div(high2, divisor2) },
        }
    }

    /// The digits with the point, all decimals, no separators: `921.96`, `-0.50`.
    pub fn digits(self) -> String {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let number = self.mantissa.unsigned_abs();
        if self.decimals == 0 {
            return format!("{sign}{number}");
        }
        let scale = 10u64.pow(u32::from(self.decimals));
        format!("{sign}{}.{:0width$}", number / scale, number % scale, width = usize::from(self.decimals))
    }

    /// As [`Printed::digits`] without zeros at the end: 683.20 is `683.2`, 10.00 is `10`.
    pub fn digits_trimmed(self) -> String {
        let digits = self.digits();
        if self.decimals == 0 {
            return digits;
        }
        digits.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// As [`Printed::digits`] with a comma at every third digit: `9,746.50`.
    pub fn digits_grouped(self) -> String {
        let digits = self.digits();
        let (whole, fraction) = digits.split_once('.').map_or((digits.as_str(), None), |(w, f)| (w, Some(f)));
        let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |w| ("-", w));
        let mut out = String::from(sign);
        for (i, c) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                out.push(',');
            }
            out.push(c);
        }
        if let Some(fraction) = fraction {
            out.push('.');
            out.push_str(fraction);
        }
        out
    }
}

/// Digits and unit: `921.96万元`.
impl fmt::Display for Printed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.digits(), self.unit.word())
    }
}

/// `number` / `divisor` rounded half away from zero. `divisor` > 0.
pub(crate) fn round_half_up(number: i128, divisor: i128) -> i64 {
    let magnitude = (2 * number.abs() + divisor) / (2 * divisor);
    let signed = if number < 0 { -magnitude } else { magnitude };
    i64::try_from(signed).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
}

fn floor_div(number: i128, divisor: i128) -> i128 {
    number.div_euclid(divisor)
}

fn ceil_div(number: i128, divisor: i128) -> i128 {
    -((-number).div_euclid(divisor))
}

/// Least integer strictly above the fraction.
fn above(number: i128, divisor: i128) -> i128 {
    floor_div(number, divisor) + 1
}

/// Greatest integer strictly below the fraction.
fn below(number: i128, divisor: i128) -> i128 {
    ceil_div(number, divisor) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_rounded_half_up_from_yuan() {
        for (fen, digits) in
            [(9_219_550_00, "921.96"), (4_999, "0.00"), (5_000, "0.01"), (-5_000, "-0.01"), (0, "0.00")]
        {
            assert_eq!(Printed::wan_yuan(Money(fen)).digits(), digits, "{fen}");
        }
    }

    #[test]
    fn a_printed_figure_is_the_interval_of_what_rounds_to_it() {
        for mantissa in [-3, -1, 0, 1, 92_196] {
            let printed = Printed { mantissa, decimals: 2, unit: Unit::WanYuan };
            let Interval { low, high } = printed.interval();
            let back = |fen: i128| Printed::wan_yuan(Money(i64::try_from(fen).unwrap())).mantissa;
            assert_eq!((back(low), back(high)), (mantissa, mantissa));
            assert_eq!((back(low - 1), back(high + 1)), (mantissa - 1, mantissa + 1));
        }
    }

    #[test]
    fn numbers_print_with_trimmed_or_grouped_digits() {
        let printed = Printed { mantissa: 974_650, decimals: 2, unit: Unit::WanYuan };
        assert_eq!((printed.digits_trimmed().as_str(), printed.digits_grouped().as_str()), ("9746.5", "9,746.50"));
        assert_eq!(Printed { mantissa: -1_234_567, decimals: 0, unit: Unit::Yuan }.digits_grouped(), "-1,234,567");
    }
}
