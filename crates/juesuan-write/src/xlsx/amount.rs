//! What a cell of the workbook holds, exactly, and the one place where it becomes a float.

use juesuan_model::{Cell, Figure, Printed};

/// Decimals of [`Amount::scaled`]: 分 are exact in 亿元.
const SCALE: u32 = 10;

/// A number for a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Amount {
    /// The value in 10^-10 of the printed unit.
    pub(super) scaled: i128,
    /// The printed number in the same measure.
    pub(super) printed: i128,
    /// Decimals shown.
    pub(super) decimals: u8,
}

impl Amount {
    /// The number as printed.
    pub(crate) fn of_printed(printed: Printed) -> Amount {
        let decimals = u32::from(printed.decimals);
        let mantissa = i128::from(printed.mantissa);
        let scaled = match SCALE.checked_sub(decimals) {
            Some(more) => mantissa * 10i128.pow(more),
            None => mantissa / 10i128.pow((decimals - SCALE).min(30)),
        };
        Amount { scaled, printed: scaled, decimals: printed.decimals }
    }

    /// The exact amount behind a figure if it is known and prints as what is printed; else the printed number.
    pub(super) fn of_figure(figure: &Figure) -> Option<Amount> {
        let Cell::Number(printed) = figure.cell else {
            return None;
        };
        let plain = Amount::of_printed(printed);
        let exact = figure.exact_fen.zip(printed.unit.fen()).and_then(|(money, fen)| {
            let same = Printed::from_money(money, printed.unit, printed.decimals) == printed;
            same.then(|| i128::from(money.fen()) * 10i128.pow(SCALE) / i128::from(fen))
        });
        Some(Amount { scaled: exact.unwrap_or(plain.scaled), ..plain })
    }

    /// Decimal text of the value.
    pub(super) fn text(self) -> String {
        decimal(self.scaled, 0)
    }

    /// The value for the workbook library, which knows only floats.
    pub(crate) fn number(self) -> f64 {
        float(&self.text())
    }
}

/// Decimal text of a number in 10^-10, with at least `decimals` digits behind the point.
pub(super) fn decimal(scaled: i128, decimals: usize) -> String {
    let sign = if scaled < 0 { "-" } else { "" };
    let one = 10u128.pow(SCALE);
    let (whole, part) = (scaled.unsigned_abs() / one, scaled.unsigned_abs() % one);
    let mut part = format!("{part:010}");
    while part.len() > decimals && part.ends_with('0') {
        part.pop();
    }
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// The border to the file format, which stores floats: a decimal text becomes the nearest one. No money is reckoned
/// with it; sums are made in integers before and by the reader's program after.
fn float(decimal: &str) -> f64 {
    decimal.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use juesuan_model::{Meaning, Measure, Money, Place, Seen, Unit};

    use super::*;

    fn figure(digits: &str, exact: Option<i64>) -> Figure {
        Figure {
            meanings: vec![Meaning::new()],
            measure: Measure::Amount,
            cell: Cell::Number(Printed::parse(digits, Unit::WanYuan).unwrap()),
            exact_fen: exact.map(Money),
            seen: Seen::Text,
            place: Place::default(),
        }
    }

    #[test]
    fn the_exact_amount_is_kept_to_the_last_fen_but_never_against_the_print() {
        assert_eq!(Amount::of_figure(&figure("921.96", Some(921_955_049))).unwrap().text(), "921.955049");
        assert_eq!(Amount::of_figure(&figure("921.96", Some(921_954_999))).unwrap().text(), "921.96");
        assert_eq!(Amount::of_figure(&figure("-0.50", None)).unwrap().text(), "-0.5");
    }

    #[test]
    fn a_decimal_text_becomes_the_same_number() {
        assert_eq!(Amount::of_figure(&figure("921.96", None)).unwrap().number().to_string(), "921.96");
    }
}
