//! The single fields of an entry: amounts and days, straight from their bytes.

use juesuan_model::Money;
use juesuan_model::money::AmountError;

/// Largest amount of one entry, 10 trillion 元: what is larger is a slip, and sums of entries stay inside `i64`.
const AMOUNT_FEN_MAX: u64 = 1_000_000_000_000_000;

/// An amount in 元 as 分; blank is `None`. Plain digits take the short way, everything else the careful one.
pub fn amount(field: &[u8]) -> Result<Option<i64>, AmountError> {
    if field.is_empty() {
        return Ok(None);
    }
    if let Some(fen) = plain_amount(field) {
        return Ok(Some(fen));
    }
    let text = String::from_utf8_lossy(field);
    match Money::parse_yuan(&text) {
        Ok(money) if money.0.unsigned_abs() > AMOUNT_FEN_MAX => Err(AmountError::TooLarge(text.trim().to_owned())),
        Ok(money) => Ok(Some(money.0)),
        Err(AmountError::Blank) => Ok(None),
        Err(error) => Err(error),
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
    if fen.unsigned_abs() > AMOUNT_FEN_MAX {
        return None;
    }
    Some(if negative { -fen } else { fen })
}

/// Year and month of a day: `2023-05-01`, `2023/5/1`, `2023.5.1`, `2023年5月1日`, `20230501`, with or without a time, or
/// the number of days since 1899-12-30 as spreadsheets store it.
pub fn year_and_month(field: &[u8]) -> Option<(u16, u8)> {
    if let Some(found) = plain_day(field) {
        return Some(found);
    }
    let text = std::str::from_utf8(field).ok()?.trim();
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let (year, month, day): (u16, u8, u8) = match numbers.as_slice() {
        [run, ..] if run.len() == 8 && text.starts_with(run) => {
            (run[..4].parse().ok()?, run[4..6].parse().ok()?, run[6..].parse().ok()?)
        }
        [serial] if serial.len() == 5 && text.len() == 5 => {
            return month_of_serial(serial.parse().ok()?);
        }
        [year, month, day, ..] if year.len() == 4 && text.starts_with(year) => {
            (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        }
        _ => return None,
    };
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((year, month))
}

/// `2023-05-01` or `2023/05/01`; anything else is not for this function.
fn plain_day(field: &[u8]) -> Option<(u16, u8)> {
    let [y1, y2, y3, y4, b'-' | b'/', m1, m2, b'-' | b'/', d1, d2] = *field else {
        return None;
    };
    let digit = |byte: u8| byte.is_ascii_digit().then(|| byte - b'0');
    let year = [y1, y2, y3, y4].into_iter().try_fold(0_u16, |year, byte| Some(year * 10 + u16::from(digit(byte)?)))?;
    let (month, day) = (digit(m1)? * 10 + digit(m2)?, digit(d1)? * 10 + digit(d2)?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((year, month))
}

/// Year and month of a spreadsheet's day number. Howard Hinnant's calendar algorithm on whole days.
fn month_of_serial(serial: u32) -> Option<(u16, u8)> {
    // Day 0 of spreadsheets is 693,899 days after 0000-03-01.
    let days = serial + 693_899;
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year_of_era + u32::from(month <= 2);
    Some((u16::try_from(year).ok()?, u8::try_from(month).ok()?))
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

    #[test]
    fn amounts_in_other_spellings_are_read_and_what_is_none_is_refused() {
        assert_eq!(amount(b"1234.50"), Ok(Some(123_450)));
        assert_eq!(amount(b"-0.5"), Ok(Some(-50)));
        assert_eq!(amount("（1,234.5）".as_bytes()), Ok(Some(-123_450)));
        assert_eq!(amount(b"  "), Ok(None));
        assert!(amount(b"12.345").is_err() && amount("十".as_bytes()).is_err());
        assert!(matches!(amount(b"99999999999999.99"), Err(AmountError::TooLarge(_))));
    }

    #[test]
    fn days_are_read_in_all_their_spellings() {
        for text in ["2023-05-01", "2023/5/1", "2023.5.1", "2023年5月1日", "20230501", "2023-05-01 08:30:00", "45047"]
        {
            assert_eq!(year_and_month(text.as_bytes()), Some((2023, 5)), "{text}");
        }
        assert_eq!(year_and_month(b"45291"), Some((2023, 12)));
        assert_eq!(year_and_month(b"45292"), Some((2024, 1)));
        for text in ["", "5月1日", "2023-13-01", "2023", "abc"] {
            assert_eq!(year_and_month(text.as_bytes()), None, "{text}");
        }
    }
}
