//! Values aimed at and reached: `≥90%`, `不少于12个`, `10—15天`, `提高`.

use juesuan_catalog::ValueWords;
use juesuan_evaluate::Aim;
use juesuan_model::{Operator, Printed};

/// A value without its figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) operator: Option<Operator>,
    /// Of a range the lower one.
    pub(super) number: Option<Printed>,
    /// The upper one of a range.
    pub(super) upto: Option<Printed>,
    pub(super) unit: String,
}

/// Reads a cell; words and dates have no number.
pub(super) fn value(text: &str, words: &ValueWords) -> Value {
    let aim = Aim::parse(text, words);
    let (number, upto) = (aim.printed, aim.printed_high);
    // Digits beyond what a print holds are words.
    if number.is_none() || upto.is_some() != aim.high.is_some() {
        return Value::default();
    }
    Value { operator: aim.operator, number, upto, unit: aim.unit }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_stand_before_or_behind_and_words_have_no_number() {
        let words = juesuan_catalog::Catalog::load(&[]).unwrap().performance.values;
        let read = |text: &str| {
            let value = value(text, &words);
            value.number.map(|number| (value.operator.unwrap(), number.digits(), value.unit))
        };
        let some = |operator, digits: &str, unit: &str| Some((operator, digits.to_owned(), unit.to_owned()));
        assert_eq!(read("≥ 90%"), some(Operator::AtLeast, "90", "%"));
        assert_eq!(read("95％以上"), some(Operator::AtLeast, "95", "%"));
        assert_eq!(read("不超过3.5万元"), some(Operator::AtMost, "3.5", "万元"));
        assert_eq!(read("12个"), some(Operator::Exactly, "12", "个"));
        for words in ["提高", "2023年12月底前", "999999999999999999999件", ""] {
            assert_eq!(read(words), None, "{words}");
        }
    }

    #[test]
    fn a_range_has_both_its_numbers() {
        let words = juesuan_catalog::Catalog::load(&[]).unwrap().performance.values;
        let range = value("3-5.0天", &words);
        assert_eq!(range.operator, Some(Operator::Between));
        let digits = [range.number, range.upto].map(|number| number.map(Printed::digits));
        assert_eq!(digits, [Some("3".to_owned()), Some("5.0".to_owned())]);
    }
}
