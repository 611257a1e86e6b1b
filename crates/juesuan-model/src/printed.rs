//! A figure as it stands on paper, and the true values that may stand behind it.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::money::{AmountError, Decimal, FEN_PER_WAN_YUAN, FEN_PER_YUAN, Money};

/// What a printed number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
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

/// Most digits behind the point that are read. Source: the digits that a spreadsheet keeps.
pub const DECIMALS_MAX: u8 = 15;
/// Largest number that is read, without its point: 18 digits.
pub const MANTISSA_MAX: u64 = 999_999_999_999_999_999;
/// Digits behind the point from which on nothing changes: 10^-36 of any unit is less than all that an `i64` can tell apart.
const DECIMALS_TOLD_APART: u8 = 36;

/// A number as printed: `mantissa` × 10^-`decimals` of `unit`. 921.96 万元 is 92196, 2, 万元.
///
/// What is read from a text or a package file keeps to [`MANTISSA_MAX`] and [`DECIMALS_MAX`]. The methods give an answer
/// for every value of the fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(try_from = "Fields")]
pub struct Printed {
    /// Digits without the point, with the sign.
    pub mantissa: i64,
    /// Digits behind the point.
    pub decimals: u8,
    /// What is counted.
    pub unit: Unit,
}

/// The fields of a [`Printed`] in a file, before anybody has looked at them.
#[derive(JsonSchema, Deserialize)]
struct Fields {
    mantissa: i64,
    decimals: u8,
    unit: Unit,
}

impl TryFrom<Fields> for Printed {
    type Error = String;

    fn try_from(Fields { mantissa, decimals, unit }: Fields) -> Result<Printed, String> {
        Printed::within_bounds(mantissa, decimals, unit)
            .ok_or_else(|| format!("“{mantissa}”（{decimals} 位小数）超出可表示的范围"))
    }
}

/// True values that may stand behind a printed figure: every integer from `low` to `high`, both included.
/// For money the integers are 分, for percentages and scores 10^-6 of one unit, for counts one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// Least possible value.
    pub low: i128,
    /// Greatest possible value.
    pub high: i128,
}

/// Steps in one percent or one point inside an [`Interval`].
pub const STEPS_PER_PERCENT: i128 = 1_000_000;

/// `part` of `whole` in percent, in the integers of an interval, to the nearest; `None` where the whole is nothing or less.
pub fn percent(part: i128, whole: i128) -> Option<i128> {
    (whole > 0).then(|| (2 * part * 100 * STEPS_PER_PERCENT + whole).div_euclid(2 * whole))
}

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
    /// any other unit is taken as 分), at most [`DECIMALS_MAX`]. What has no room in the digits stays at their end.
    pub fn from_money(amount: Money, unit: Unit, decimals: u8) -> Printed {
        let decimals = decimals.min(DECIMALS_MAX);
        let step = i128::from(unit.fen().unwrap_or(1));
        let scaled = i128::from(amount.fen()) * power_of_ten(decimals);
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

    /// Reads a printed number; the decimals are those that stand there. More digits than [`MANTISSA_MAX`] and
    /// [`DECIMALS_MAX`] allow are [`AmountError::TooLarge`].
    pub fn parse(text: &str, unit: Unit) -> Result<Printed, AmountError> {
        let Decimal { mantissa, decimals } = Decimal::parse(text)?;
        Printed::within_bounds(mantissa, decimals, unit).ok_or_else(|| AmountError::TooLarge(text.trim().to_owned()))
    }

    const fn within_bounds(mantissa: i64, decimals: u8, unit: Unit) -> Option<Printed> {
        if mantissa.unsigned_abs() > MANTISSA_MAX || decimals > DECIMALS_MAX {
            return None;
        }
        Some(Printed { mantissa, decimals, unit })
    }

    /// The same value with at least `decimals` digits behind the point: "48 万元" is 48.00 in a document whose
    /// amounts have two. Digits that have no room are not added.
    pub fn with_decimals_at_least(self, decimals: u8) -> Printed {
        let mut out = self;
        while let Some(mantissa) = out.mantissa.checked_mul(10).filter(|_| out.decimals < decimals) {
            out.mantissa = mantissa;
            out.decimals += 1;
        }
        out
    }

    /// The number without its sign, as it stands beside a direction word.
    #[must_use]
    pub const fn abs(self) -> Printed {
        Printed { mantissa: self.mantissa.saturating_abs(), ..self }
    }

    /// True if the printed number is zero (the true value may still be a small amount).
    pub const fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// The amount as if the printed digits were exact; `None` for units that are no money or where 分 are too coarse.
    pub fn money(self) -> Option<Money> {
        let scaled = i128::from(self.mantissa) * i128::from(self.unit.fen()?);
        let divisor = power_of_ten(self.decimals);
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
        let divisor = power_of_ten(self.decimals);
        // In half steps of the last printed digit, so that nothing is lost before the division.
        let (low2, high2) = ((2 * i128::from(self.mantissa) - 1) * step, (2 * i128::from(self.mantissa) + 1) * step);
        let divisor2 = 2 * divisor;
        if self.unit.fen().is_none() && divisor > STEPS_PER_PERCENT {
            // A rate is no whole number of steps: what is printed finer than them lies between two.
            return Interval { low: floor_div(low2, divisor2), high: ceil_div(high2, divisor2) };
        }
        // Half away from zero: of the two ends, the one nearer to zero belongs to the interval.
        match self.mantissa {
            1.. => Interval { low: ceil_div(low2, divisor2), high: below(high2, divisor2) },
            0 => Interval { low: above(low2, divisor2), high: below(high2, divisor2) },
            _ => Interval { low: above(low2, divisor2), high: floor_div(high2, divisor2) },
        }
    }

    /// One step of the last printed digit, in the integers of its [`Interval`]; 1 for money that prints finer than 分.
    pub fn last_place(self) -> i128 {
        match self.unit {
            Unit::Piece => 1,
            _ => (self.step() / power_of_ten(self.decimals)).max(1),
        }
    }

    /// The printed digits as if they were exact, in the integers of an [`Interval`].
    pub fn middle(self) -> i128 {
        i128::from(self.mantissa) * self.step() / power_of_ten(self.decimals)
    }

    /// A value in the integers of an interval, printed as this one is.
    #[must_use]
    pub fn nearest(self, value: i128) -> Printed {
        let step = self.last_place();
        let half = if value < 0 { -step / 2 } else { step / 2 };
        Printed { mantissa: i64::try_from((value + half) / step).unwrap_or(i64::MAX), ..self }
    }

    /// The integers of an interval in one of its unit.
    fn step(self) -> i128 {
        match self.unit {
            Unit::Piece => 1,
            unit => unit.fen().map_or(STEPS_PER_PERCENT, i128::from),
        }
    }

    /// The digits with the point, all decimals, no separators: `921.96`, `-0.50`.
    pub fn digits(self) -> String {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let decimals = usize::from(self.decimals);
        let digits = format!("{:0width$}", self.mantissa.unsigned_abs(), width = decimals + 1);
        match digits.split_at(digits.len() - decimals) {
            (whole, "") => format!("{sign}{whole}"),
            (whole, fraction) => format!("{sign}{whole}.{fraction}"),
        }
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
        grouped(&self.digits())
    }
}

/// Digits with a comma at every third: `1234567.80` → `1,234,567.80`.
pub fn grouped(digits: &str) -> String {
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
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

/// Digits and unit: `921.96万元`.
impl fmt::Display for Printed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.digits(), self.unit.word())
    }
}

/// 10^`decimals`, at most 10^[`DECIMALS_TOLD_APART`].
pub(crate) const fn power_of_ten(decimals: u8) -> i128 {
    let told_apart = if decimals < DECIMALS_TOLD_APART { decimals } else { DECIMALS_TOLD_APART };
    10i128.pow(told_apart as u32)
}

/// `number` / `divisor` rounded half away from zero. `divisor` > 0; twice each has room in an `i128`.
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
    use proptest::prelude::*;

    const UNITS: [Unit; 6] = [Unit::Yuan, Unit::WanYuan, Unit::YiYuan, Unit::Percent, Unit::Piece, Unit::Point];

    proptest! {
        #[test]
        fn every_number_has_an_interval_and_digits_that_read_back(
            mantissa in any::<i64>(), decimals in any::<u8>(), unit in prop::sample::select(&UNITS), more in any::<u8>(),
        ) {
            let printed = Printed { mantissa, decimals, unit };
            let Interval { low, high } = printed.interval();
            // Money printed finer than 分 may have no true value at all.
            prop_assert!(low <= high || unit.fen().is_some());
            prop_assert!(printed.money().is_none_or(|money| printed.interval().meets(Interval::exact(money.fen().into()))));
            let _ = (printed.digits_grouped(), printed.digits_trimmed(), printed.with_decimals_at_least(more));
            let read = Printed::parse(&printed.digits(), unit);
            let bounded = mantissa.unsigned_abs() <= MANTISSA_MAX && decimals <= DECIMALS_MAX;
            prop_assert_eq!(read.ok(), bounded.then_some(printed));
        }

        #[test]
        fn an_amount_prints_at_any_precision_and_its_interval_has_it(
            fen in any::<i64>(), decimals in any::<u8>(), unit in prop::sample::select(&UNITS[..3]),
        ) {
            let printed = Printed::from_money(Money(fen), unit, decimals);
            if printed.mantissa.unsigned_abs() < i64::MAX.unsigned_abs() {
                prop_assert!(printed.interval().meets(Interval::exact(fen.into())));
            }
        }

        #[test]
        fn no_text_stops_the_reader_of_printed_numbers(text in any::<String>(), digits in "-?[0-9]{0,30}\\.?[0-9]{0,300}") {
            for text in [text, digits] {
                if let Ok(printed) = Printed::parse(&text, Unit::WanYuan) {
                    prop_assert_eq!(Printed::parse(&printed.digits(), Unit::WanYuan), Ok(printed));
                }
            }
        }
    }

    #[test]
    fn a_package_file_with_an_impossible_number_is_refused() {
        let read = |mantissa: i64, decimals: u8| {
            serde_json::from_str::<Printed>(&format!(
                r#"{{"mantissa":{mantissa},"decimals":{decimals},"unit":"万元"}}"#
            ))
        };
        assert_eq!(read(92_196, 2).ok(), Printed::parse("921.96", Unit::WanYuan).ok());
        for (mantissa, decimals) in [(1, 255), (1, DECIMALS_MAX + 1), (i64::MIN, 0), (i64::MAX, 0)] {
            assert!(read(mantissa, decimals).unwrap_err().to_string().contains("超出可表示的范围"));
        }
    }

    #[test]
    fn cells_are_rounded_half_up_from_yuan() {
        for (fen, digits) in [(921_955_000, "921.96"), (4_999, "0.00"), (5_000, "0.01"), (-5_000, "-0.01"), (0, "0.00")]
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
