//! How values of the model are written in tables.

use juesuan_catalog::names::compared_with;
use juesuan_model::{Measure, Place, Printed, Seen};
use serde::Serialize;

use crate::column::Value;

/// Digits behind the point of numbers that are no money.
const DECIMALS: u32 = 8;
/// Of what is certain.
const CERTAIN: i64 = 1000;

/// The word by which the model's own files name a value: `final`, `broken`, `自评表`. Nothing for what is no plain word.
pub(super) fn word<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// 分, as if the printed digits were exact; nothing for what is no money.
pub(super) fn fen(printed: Printed) -> Option<i128> {
    printed.money().map(|money| i128::from(money.fen()))
}

/// A percentage, a count or points in hundred-millionths; nothing for money, and for more digits than a table has.
pub(super) fn number(printed: Printed) -> Option<i128> {
    if printed.unit.fen().is_some() {
        return None;
    }
    let power = |digits: u32| 10_i128.checked_pow(digits);
    let (mantissa, decimals) = (i128::from(printed.mantissa), u32::from(printed.decimals));
    match DECIMALS.checked_sub(decimals) {
        Some(more) => mantissa.checked_mul(power(more)?),
        None => {
            let divisor = power(decimals - DECIMALS)?;
            (mantissa % divisor == 0).then(|| mantissa / divisor)
        }
    }
}

/// 分 of one unit of the last printed digit; nothing for what is no money, 0 where that is less than one.
pub(super) fn step(printed: Printed) -> Option<i128> {
    let fen = i128::from(printed.unit.fen()?);
    Some(10_i128.checked_pow(u32::from(printed.decimals)).map_or(0, |divisor| fen / divisor))
}

/// What a measure is called, and what it is compared with.
pub(super) fn measure(measure: &Measure) -> (&'static str, String) {
    let against = |with| compared_with(with).to_owned();
    match measure {
        Measure::Amount => ("amount", String::new()),
        Measure::Change(with) => ("change", against(*with)),
        Measure::Growth(with) => ("growth", against(*with)),
        Measure::Share { of } => ("share", of.to_string()),
        Measure::Completion(with) => ("completion", against(*with)),
        Measure::Count => ("count", String::new()),
        Measure::Score => ("score", String::new()),
    }
}

/// How surely something was seen, in thousandths.
pub(super) fn seen(seen: Seen) -> i64 {
    match seen {
        Seen::Text | Seen::Proven | Seen::Corrected => CERTAIN,
        Seen::Picture(sure) => i64::from(u16::from(sure)),
    }
}

/// Words that may not be there.
pub(super) fn told(text: Option<&String>) -> Value<'_> {
    text.map_or("", String::as_str).into()
}

/// Table, section and page of a place that may not be known.
pub(super) fn place(place: Option<&Place>) -> [Value<'_>; 3] {
    let Some(place) = place else { return ["".into(), "".into(), Value::Nothing] };
    [told(place.table.as_ref()), told(place.section.as_ref()), place.page.into()]
}

#[cfg(test)]
mod tests {
    use juesuan_model::Unit;

    use super::*;

    fn printed(digits: &str, unit: Unit) -> Printed {
        Printed::parse(digits, unit).unwrap()
    }

    #[test]
    fn money_is_told_in_fen_and_everything_else_is_not() {
        let wan = printed("921.96", Unit::WanYuan);
        assert_eq!((fen(wan), step(wan), number(wan)), (Some(921_960_000), Some(10_000), None));
        let percent = printed("-3.8", Unit::Percent);
        assert_eq!((fen(percent), step(percent), number(percent)), (None, None, Some(-380_000_000)));
        assert_eq!(step(printed("1.000", Unit::Yuan)), Some(0));
    }

    #[test]
    fn more_digits_than_a_table_has_are_no_number_unless_they_are_zeros() {
        assert_eq!(number(printed("0.1234567891", Unit::Percent)), None);
        assert_eq!(number(printed("0.1234567800", Unit::Percent)), Some(12_345_678));
    }

    #[test]
    fn words_are_those_of_the_package_format() {
        assert_eq!(word(juesuan_model::DocumentKind::Final), "final");
        assert_eq!(word(juesuan_model::Verdict::NotApplicable), "not_applicable");
        assert_eq!(word(Some(1)), "");
    }
}
