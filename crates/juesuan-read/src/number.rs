//! Numbers that a spreadsheet stores in binary, as decimal text.

/// Digits that a spreadsheet shows and keeps at most. Source: the specification of Excel, number precision.
const DIGITS: usize = 15;

/// The shortest decimal text of a stored number, of at most 15 significant digits as a spreadsheet shows it: the binary
/// noise of a formula (`0.30000000000000004`) lies behind these. `None` for infinities and not-a-number. This is text
/// formatting; nothing is calculated with the number.
pub fn decimal_text(stored: f64) -> Option<String> {
    if !stored.is_finite() {
        return None;
    }
    let scientific = format!("{stored:.*e}", DIGITS - 1);
    let (mantissa, exponent) = scientific.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return Some("0".to_owned());
    }
    // The point stands behind this many digits.
    let point = exponent + 1;
    let length = i32::try_from(digits.len()).ok()?;
    let text = if point <= 0 {
        format!("{sign}0.{}{digits}", "0".repeat(usize::try_from(-point).ok()?))
    } else if point >= length {
        format!("{sign}{digits}{}", "0".repeat(usize::try_from(point - length).ok()?))
    } else {
        let (whole, fraction) = digits.split_at(usize::try_from(point).ok()?);
        format!("{sign}{whole}.{fraction}")
    };
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_numbers_become_the_text_a_spreadsheet_shows() {
        for (stored, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (0.1 + 0.2, "0.3"),
            (1234.5, "1234.5"),
            (-921.96, "-921.96"),
            (2_010_301.0, "2010301"),
            (0.001, "0.001"),
            (1e15, "1000000000000000"),
            (123_456_789_012.34, "123456789012.34"),
        ] {
            assert_eq!(decimal_text(stored).as_deref(), Some(text));
        }
        assert_eq!(decimal_text(f64::NAN), None);
    }

    proptest::proptest! {
        #[test]
        fn every_amount_in_fen_up_to_a_trillion_yuan_survives_binary_storage(fen in -100_000_000_000_000i64..100_000_000_000_000) {
            let written = juesuan_model::Money(fen).to_string();
            let stored: f64 = written.parse().unwrap();
            let read = juesuan_model::Money::parse_yuan(&decimal_text(stored).unwrap()).unwrap();
            proptest::prop_assert_eq!(read.fen(), fen);
        }
    }
}
