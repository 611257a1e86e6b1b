//! Values aimed at and reached: `≥90%`, `不少于12个`, `提高`.

use juesuan_model::{Operator, Printed, Unit};

use crate::text::normal::normal;

/// A value without its figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) operator: Option<Operator>,
    pub(super) number: Option<Printed>,
    pub(super) unit: String,
}

const AT_LEAST: [&str; 10] = ["≥", ">=", "≧", ">", "不少于", "不低于", "大于等于", "大于或等于", "大于", "至少"];
const AT_MOST: [&str; 10] = ["≤", "<=", "≦", "<", "不超过", "不高于", "小于等于", "小于或等于", "小于", "至多"];
const EXACTLY: [&str; 3] = ["=", "等于", "达到"];
const AT_LEAST_BEHIND: [&str; 2] = ["以上", "及以上"];
const AT_MOST_BEHIND: [&str; 3] = ["以内", "以下", "之内"];
/// Longest unit, in characters.
const UNIT: usize = 6;

/// Reads a cell; words and dates have no number.
pub(super) fn value(text: &str) -> Value {
    let text: String = normal(text).into_iter().collect();
    let none = Value::default();
    let (mut operator, mut rest) = (None, text.as_str());
    for (words, which) in
        [(&AT_LEAST[..], Operator::AtLeast), (&AT_MOST, Operator::AtMost), (&EXACTLY, Operator::Exactly)]
    {
        let longest = words.iter().filter_map(|word| rest.strip_prefix(word)).min_by_key(|rest| rest.len());
        if let (None, Some(behind)) = (operator, longest) {
            (operator, rest) = (Some(which), behind);
        }
    }
    let length = rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let (digits, mut unit) = rest.split_at(length);
    for (words, which) in [(&AT_LEAST_BEHIND[..], Operator::AtLeast), (&AT_MOST_BEHIND, Operator::AtMost)] {
        if let Some(before) = words.iter().find_map(|word| unit.strip_suffix(word)) {
            (operator, unit) = (operator.or(Some(which)), before);
        }
    }
    if digits.is_empty()
        || unit.chars().count() > UNIT
        || unit.contains(|c: char| c.is_ascii_digit() || "年月，。、；-".contains(c))
    {
        return none;
    }
    let kind = match unit {
        "%" => Unit::Percent,
        "万元" => Unit::WanYuan,
        "元" => Unit::Yuan,
        _ if digits.contains('.') => Unit::Point,
        _ => Unit::Piece,
    };
    match Printed::parse(digits.trim_end_matches('.'), kind) {
        Ok(number) => {
            Value { operator: operator.or(Some(Operator::Exactly)), number: Some(number), unit: unit.to_owned() }
        }
        Err(_) => none,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_stand_before_or_behind_and_words_have_no_number() {
        let read = |text: &str| {
            let value = value(text);
            value.number.map(|number| (value.operator.unwrap(), number.digits(), value.unit))
        };
        let some = |operator, digits: &str, unit: &str| Some((operator, digits.to_owned(), unit.to_owned()));
        assert_eq!(read("≥ 90%"), some(Operator::AtLeast, "90", "%"));
        assert_eq!(read("95％以上"), some(Operator::AtLeast, "95", "%"));
        assert_eq!(read("不超过3.5万元"), some(Operator::AtMost, "3.5", "万元"));
        assert_eq!(read("12个"), some(Operator::Exactly, "12", "个"));
        for words in ["提高", "2023年12月底前", "3-5天", ""] {
            assert_eq!(read(words), None, "{words}");
        }
    }
}
