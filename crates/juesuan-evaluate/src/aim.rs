//! Values aimed at and reached: `≥90%`, `不少于12个`, `10—15天`, `提高`.

use juesuan_catalog::ValueWords;
use juesuan_catalog::performance::values::ValueNumber;
use juesuan_model::{Number, Operator, Printed, Unit};
use juesuan_text::{plain, unit};

/// A value aimed at or reached. Words and dates have neither operator nor number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aim {
    /// As printed.
    pub text: String,
    /// How the number is meant; [`Operator::Exactly`] where nothing says it, `None` for words.
    pub operator: Option<Operator>,
    /// The number; of a range the lower one.
    pub low: Option<Number>,
    /// The upper number of a range, and of nothing else.
    pub high: Option<Number>,
    /// What is counted, as printed and in half-width signs: `%`, `个`, `万元`.
    pub unit: String,
    /// The number with the digits of its print; of a range the lower one.
    pub printed: Option<Printed>,
    /// The upper number of a range with the digits of its print.
    pub printed_high: Option<Printed>,
}

impl Aim {
    /// Reads a value. What is not understood for certain (`100余件`, `2023年12月底前`) is words: no number.
    pub fn parse(text: &str, words: &ValueWords) -> Aim {
        let shown = text.trim().to_owned();
        let text = plain(text);
        let Some(read) = read(&text, words) else { return Aim { text: shown, ..Aim::default() } };
        let printed = |digits: &str| Printed::parse(digits, kind(&read.unit, digits)).ok();
        let high = read.high.as_deref();
        Aim {
            text: shown,
            operator: Some(read.operator),
            low: Number::parse(&read.low),
            high: high.and_then(Number::parse),
            printed: printed(&read.low),
            printed_high: high.and_then(printed),
            unit: read.unit,
        }
    }

    /// The number; `None` for words and for ranges, which have two.
    pub fn number(&self) -> Option<Number> {
        self.low.filter(|_| self.high.is_none())
    }

    /// True if it has a number, or two.
    pub fn is_number(&self) -> bool {
        self.low.is_some()
    }

    /// True if less is better: `≤`, `<`.
    pub fn is_reverse(&self) -> bool {
        matches!(self.operator, Some(Operator::AtMost | Operator::LessThan))
    }
}

/// What a printed number of this unit counts.
fn kind(unit: &str, digits: &str) -> Unit {
    match unit::named(unit) {
        Some(unit) if unit != Unit::Point => unit,
        _ if digits.contains('.') => Unit::Point,
        _ => Unit::Piece,
    }
}

/// The parts of a value with a number.
struct Read {
    operator: Operator,
    low: String,
    high: Option<String>,
    unit: String,
}

fn read(text: &str, words: &ValueWords) -> Option<Read> {
    let before = words.first_of(text);
    let mut operator = before.map(|(operator, _)| operator);
    let (low, mut unit) = number(before.map_or(Some(text), |(_, word)| text.strip_prefix(word))?)?;
    let mut high = None;
    if let Some((first, behind)) = words.number.upto.iter().find_map(|word| unit.split_once(word.as_str()))
        && let Some((second, last)) = number(behind)
    {
        if operator.is_some_and(|operator| operator != Operator::Exactly)
            || !(first.is_empty() || last.starts_with(first))
        {
            return None;
        }
        (operator, high, unit) = (Some(Operator::Between), Some(second), last);
    }
    if let Some((which, word)) = words.last_of(unit) {
        unit = unit.strip_suffix(word)?;
        operator = operator.or(Some(which));
    }
    let (from, upto) = (Number::parse(&low)?, high.as_deref().map(Number::parse));
    let ordered = upto.is_none_or(|upto| upto.is_some_and(|upto| from <= upto));
    let read = Read { operator: operator.unwrap_or(Operator::Exactly), low, high, unit: unit.to_owned() };
    (ordered && is_unit(&read.unit, from, &words.number) && !is_month(&read)).then_some(read)
}

/// The digits at the beginning, without separators, and what stands behind them.
fn number(text: &str) -> Option<(String, &str)> {
    let negative = text.starts_with('-');
    let body = text.strip_prefix('-').unwrap_or(text);
    let length = body.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '，'))).unwrap_or(body.len());
    let (digits, rest) = body.split_at(length);
    let mut groups = digits.split('，');
    let first = groups.next()?;
    let mut joined = format!("{}{first}", if negative { "-" } else { "" });
    for (at, group) in groups.enumerate() {
        let whole = group.split('.').next().unwrap_or_default();
        // 1,234,567.89: only the last group has a fraction.
        let last = at + 2 == digits.split('，').count();
        if first.len() > 3 || whole.len() != 3 || (whole.len() != group.len() && !last) {
            return None;
        }
        joined.push_str(group);
    }
    let joined = joined.trim_end_matches('.').to_owned();
    (joined.ends_with(|c: char| c.is_ascii_digit()) && !first.is_empty()).then_some((joined, rest))
}

fn is_unit(unit: &str, number: Number, words: &ValueNumber) -> bool {
    let period = words.periods.iter().any(|period| period == unit) && number < Number::whole(words.dates_from);
    let about = words.about_first.iter().any(|word| unit.starts_with(word.as_str()))
        || words.about_last.iter().any(|word| unit.ends_with(word.as_str()));
    let bare = words.per.iter().find_map(|end| unit.strip_suffix(end.as_str())).unwrap_or(unit);
    let clean = !bare.contains(|c: char| c.is_ascii_digit() || words.no_unit.contains(c));
    !about && unit.chars().count() <= words.unit_length && (clean || period)
}

/// `2023.12` is a month.
fn is_month(read: &Read) -> bool {
    let year = |whole: &str| whole.len() == 4 && (whole.starts_with("19") || whole.starts_with("20"));
    let month = |fraction: &str| fraction.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month));
    read.unit.is_empty() && read.low.split_once('.').is_some_and(|(whole, fraction)| year(whole) && month(fraction))
}

/// A value read by the words of the catalogue, for tests.
#[cfg(test)]
pub(crate) fn aimed(text: &str) -> Aim {
    static WORDS: std::sync::LazyLock<ValueWords> =
        std::sync::LazyLock::new(|| juesuan_catalog::Catalog::load(&[]).unwrap().performance.values);
    Aim::parse(text, &WORDS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(text: &str) -> Option<(Operator, String, String, String)> {
        let aim = aimed(text);
        let digits = |number: Option<Number>| number.map_or_else(String::new, |number| number.to_string());
        Some((aim.operator?, digits(aim.low), digits(aim.high), aim.unit))
    }

    #[test]
    fn operators_stand_before_or_behind_in_signs_or_words() {
        let cases = [
            ("≥ 90%", Operator::AtLeast, "90", "%"),
            ("95％以上", Operator::AtLeast, "95", "%"),
            ("12个及以上", Operator::AtLeast, "12", "个"),
            ("不超过3.5万元", Operator::AtMost, "3.5", "万元"),
            ("小于或等于15天", Operator::AtMost, "15", "天"),
            ("控制在10%以内", Operator::AtMost, "10", "%"),
            ("15个工作日内", Operator::AtMost, "15", "个工作日"),
            ("＞80分", Operator::MoreThan, "80", "分"),
            ("低于5‰", Operator::LessThan, "5", "‰"),
            ("1,234,567.8元", Operator::Exactly, "1234567.8", "元"),
            ("-3.2%", Operator::Exactly, "-3.2", "%"),
            ("≥5年", Operator::AtLeast, "5", "年"),
            ("12", Operator::Exactly, "12", ""),
        ];
        for (text, operator, digits, unit) in cases {
            assert_eq!(parts(text), Some((operator, digits.to_owned(), String::new(), unit.to_owned())), "{text}");
        }
    }

    #[test]
    fn a_range_has_two_numbers_and_one_unit() {
        for text in ["10—15天", "10～15天", "10天至15天", "10天-15天", "10——15 天"] {
            let some = Some((Operator::Between, "10".to_owned(), "15".to_owned(), "天".to_owned()));
            assert_eq!(parts(text), some, "{text}");
        }
        let aim = aimed("10.50%~20%");
        assert_eq!((aim.number(), aim.is_number()), (None, true));
        assert_eq!(aim.printed.map(Printed::digits).as_deref(), Some("10.50"));
        assert_eq!(aim.printed_high.map(Printed::digits).as_deref(), Some("20"));
    }

    #[test]
    fn words_dates_and_what_is_only_about_have_no_number() {
        for text in [
            "提高",
            "",
            "2023年12月底前",
            "2023年",
            "2023.12",
            "2023-12-31",
            "2023-12",
            "100余件",
            "12个左右",
            "12,34件",
            "15-10天",
            "≥10-15天",
            "3项、5件",
            "，5",
            "-",
            "1..2",
        ] {
            let aim = aimed(text);
            assert!(!aim.is_number() && aim.operator.is_none(), "{text}: {aim:?}");
        }
    }

    proptest! {
        #[test]
        fn every_printed_number_is_read_as_it_stands(mantissa in 0u64..1_000_000_000, decimals in 0usize..4, at in 0usize..4) {
            let (sign, operator) = [("≥", Operator::AtLeast), ("≤", Operator::AtMost), (">", Operator::MoreThan), ("", Operator::Exactly)][at];
            let digits = format!("{:0>width$}", mantissa, width = decimals + 1);
            let (whole, fraction) = digits.split_at(digits.len() - decimals);
            let number = if decimals == 0 { whole.to_owned() } else { format!("{whole}.{fraction}") };
            let aim = aimed(&format!("{sign}{number}件"));
            prop_assert_eq!(aim.operator, Some(operator));
            prop_assert_eq!(aim.low, Number::parse(&number));
            prop_assert_eq!(aim.printed.map(Printed::digits), Some(number));
        }

        #[test]
        fn no_text_is_a_fault(text in ".{0,20}") {
            let aim = aimed(&text);
            prop_assert_eq!(aim.is_number(), aim.operator.is_some());
        }
    }
}
