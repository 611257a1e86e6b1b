//! The single fields of an entry: amounts and days, straight from their bytes.

use juesuan_facts::entry::is_dash;
use juesuan_model::Money;
use juesuan_model::money::{AmountError, Decimal};
use juesuan_text::Day;
use juesuan_text::form::half_width;

use crate::cell::without_currency;

/// How the amounts of a file are written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Amounts<'a> {
    /// Power of ten by which they are more than 元.
    pub power: u32,
    /// Words beside an amount that make it negative.
    pub red: &'a [String],
}

/// An amount as 分, at most [`Money::ENTRY_MAX`]; blank and a dash alone are `None`. Plain digits take the short way, everything else
/// the careful one.
pub fn amount(field: &[u8], amounts: Amounts<'_>) -> Result<Option<i64>, AmountError> {
    if field.is_empty() {
        return Ok(None);
    }
    if let Some(fen) = plain_amount(field).filter(|_| amounts.power == 0) {
        return Ok(Some(fen));
    }
    let text = String::from_utf8_lossy(field);
    let (black, red) = without_red(text.trim(), amounts.red);
    let written = without_currency(black);
    let parsed = match amounts.power {
        0 => Money::parse_yuan(written),
        power => scaled(written, power),
    };
    match parsed {
        Ok(money) if money.abs() > Money::ENTRY_MAX => Err(AmountError::TooLarge(text.trim().to_owned())),
        Ok(money) => Ok(Some(if red { -money.0 } else { money.0 })),
        Err(AmountError::Blank) => Ok(None),
        Err(_) if is_dash(text.trim()) => Ok(None),
        Err(error) => Err(error),
    }
}

/// An amount without the word that makes it negative, and whether it had one.
fn without_red<'t>(text: &'t str, red: &[String]) -> (&'t str, bool) {
    let around = ['(', ')', '（', '）', '[', ']', '：', ':', ' '];
    for word in red {
        let rest = text.trim_matches(around).strip_prefix(word.as_str());
        if let Some(rest) = rest.or_else(|| text.trim_matches(around).strip_suffix(word.as_str())) {
            return (rest.trim_matches(around), true);
        }
    }
    (text, false)
}

/// An amount of which one is `power` powers of ten more than 元.
pub fn scaled(text: &str, power: u32) -> Result<Money, AmountError> {
    let Decimal { mantissa, decimals } = Decimal::parse(text)?;
    let (up, down) = ((power + 2).saturating_sub(decimals.into()), u32::from(decimals).saturating_sub(power + 2));
    let large = || AmountError::TooLarge(text.trim().to_owned());
    let of_ten = |power| 10_i64.checked_pow(power).ok_or_else(large);
    let fen = mantissa.checked_mul(of_ten(up)?).ok_or_else(large)?;
    match of_ten(down)? {
        part if fen % part == 0 => Ok(Money(fen / part)),
        _ => Err(AmountError::TooFine(text.trim().to_owned())),
    }
}

/// `-`, at most 13 digits, and at most two decimals; anything else is not for this function.
fn plain_amount(field: &[u8]) -> Option<i64> {
    let (negative, digits) = match field.split_first()? {
        (b'-', rest) => (true, rest),
        _ => (false, field),
    };
    if digits.is_empty() || digits.len() > 16 {
        return None;
    }
    let (mut fen, mut decimals) = (0_i64, None);
    for byte in digits {
        match (byte, decimals) {
            (b'0'..=b'9', _) => {
                fen = fen * 10 + i64::from(byte - b'0');
                decimals = decimals.map(|d: u32| d + 1);
            }
            (b'.', None) => decimals = Some(0),
            _ => return None,
        }
    }
    fen *= match decimals {
        None if digits.len() <= 13 => 100,
        Some(1) if digits.len() > 2 => 10,
        Some(2) if digits.len() > 3 => 1,
        _ => return None,
    };
    if fen > Money::ENTRY_MAX.fen() {
        return None;
    }
    Some(if negative { -fen } else { fen })
}

/// Year and month of a day in the spellings of [`Day::parse`], or of the number of days that a spreadsheet stores. The
/// usual spelling takes the short way.
pub fn year_and_month(field: &[u8]) -> Option<(u16, u8)> {
    let careful = || {
        let text: String = std::str::from_utf8(field).ok()?.trim().chars().map(half_width).collect();
        // A spreadsheet counts days, and keeps the time of day behind the point. Shorter numbers would be days too, of the
        // years before 1927: a year alone is none of them.
        let (day, _) = text.split_once('.').unwrap_or((&text, ""));
        let serial = || Day::from_serial(day.parse().ok().filter(|_| day.len() == 5)?);
        Day::parse(&text).or_else(serial)
    };
    plain_day(field).or_else(careful).map(|day| (day.year(), day.month()))
}

/// Year, if one is told, and month of a period: `5`, `05月`, `2023.05`, `202305`, `2023年5期`.
pub fn period(field: &[u8]) -> Option<(Option<u16>, u8)> {
    let text: String = std::str::from_utf8(field).ok()?.trim().chars().map(half_width).collect();
    let mut groups = text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
    let (first, second) = (groups.next()?, groups.next());
    let (year, month) = match (first.len(), second) {
        (1 | 2, None) => (None, first.parse().ok()?),
        (4, Some(month)) => (Some(first.parse().ok()?), month.parse().ok()?),
        (6, None) => (Some(first.get(..4)?.parse().ok()?), first.get(4..)?.parse().ok()?),
        _ => return None,
    };
    (1..=12).contains(&month).then_some((year, month))
}

/// `2023-05-01` or `2023/05/01`; anything else is not for this function.
fn plain_day(field: &[u8]) -> Option<Day> {
    let [y1, y2, y3, y4, b'-' | b'/', m1, m2, b'-' | b'/', d1, d2] = *field else {
        return None;
    };
    let digit = |byte: u8| byte.is_ascii_digit().then(|| byte - b'0');
    let year = [y1, y2, y3, y4].into_iter().try_fold(0_u16, |year, byte| Some(year * 10 + u16::from(digit(byte)?)))?;
    Day::new(year, digit(m1)? * 10 + digit(m2)?, digit(d1)? * 10 + digit(d2)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_short_way_reads_an_amount_as_the_careful_one_does(text in "-?[0-9]{0,14}(\\.[0-9]{0,3})?") {
            if let Some(fen) = plain_amount(text.as_bytes()) {
                prop_assert_eq!(Money::parse_yuan(&text), Ok(Money(fen)));
            }
        }
    }

    fn amount(field: &[u8]) -> Result<Option<i64>, AmountError> {
        super::amount(field, Amounts::default())
    }

    #[test]
    fn what_is_red_or_in_brackets_is_negative() {
        let red = ["红字".to_owned()];
        let amounts = Amounts { power: 0, red: &red };
        for text in ["红字500.50", "500.50红字", "500.5（红字）", "(500.50)", "（500.50）", "-500.50", "－500.50"]
        {
            assert_eq!(super::amount(text.as_bytes(), amounts), Ok(Some(-50_050)), "{text}");
        }
        assert!(super::amount("红".as_bytes(), amounts).is_err());
    }

    #[test]
    fn amounts_of_another_unit_are_so_many_times_more() {
        let wan = Amounts { power: 4, red: &[] };
        for (text, fen) in [
            ("1.2", 1_200_000),
            ("12.345678", 12_345_678),
            ("-0.000001", -1),
            ("（1,234.50）", -1_234_500_000),
            ("3", 3_000_000),
            ("０．５", 500_000),
        ] {
            assert_eq!(super::amount(text.as_bytes(), wan), Ok(Some(fen)), "{text}");
        }
        assert!(super::amount(b"1.23456789", wan).is_err() && super::amount("约1".as_bytes(), wan).is_err());
    }

    #[test]
    fn amounts_in_other_spellings_are_read_and_what_is_none_is_refused() {
        assert_eq!(amount(b"1234.50"), Ok(Some(123_450)));
        assert_eq!(amount(b"-0.5"), Ok(Some(-50)));
        assert_eq!(amount("（1,234.5）".as_bytes()), Ok(Some(-123_450)));
        assert_eq!(amount("￥1,234.50元".as_bytes()), Ok(Some(123_450)));
        assert_eq!(amount("１，２３４．５０".as_bytes()), Ok(Some(123_450)));
        assert!(amount("12万元".as_bytes()).is_err());
        assert_eq!(amount(b"  "), Ok(None));
        assert!(amount(b"12.345").is_err() && amount("十".as_bytes()).is_err());
        assert!(matches!(amount(b"99999999999999.99"), Err(AmountError::TooLarge(_))));
    }

    #[test]
    fn periods_are_read_with_and_without_a_year() {
        for text in ["2023.05", "202305", "2023年5月", "2023-5", "２０２３年０５期"] {
            assert_eq!(period(text.as_bytes()), Some((Some(2023), 5)), "{text}");
        }
        assert!(["5", "05", "5月"].iter().all(|text| period(text.as_bytes()) == Some((None, 5))));
        assert!(["", "13", "0", "2023", "月", "20230501"].iter().all(|text| period(text.as_bytes()).is_none()));
    }

    #[test]
    fn days_are_read_in_all_their_spellings() {
        for text in [
            "2023-05-01",
            "2023/5/1",
            "2023.5.1",
            "2023年5月1日",
            "20230501",
            "2023-05-01 08:30:00",
            "45047",
            "45047.375",
            "２０２３－０５－０１",
        ] {
            assert_eq!(year_and_month(text.as_bytes()), Some((2023, 5)), "{text}");
        }
        assert_eq!(year_and_month(b"45291"), Some((2023, 12)));
        assert_eq!(year_and_month(b"45292"), Some((2024, 1)));
        for text in ["", "5月1日", "2023-13-01", "2023-02-30", "2023", "abc"] {
            assert_eq!(year_and_month(text.as_bytes()), None, "{text}");
        }
    }
}
