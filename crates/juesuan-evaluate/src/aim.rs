//! Values aimed at and reached: `≥90%`, `不少于12个`, `10—15天`, `提高`.

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
}

const BEFORE: [(Operator, &[&str]); 5] = [
    (Operator::AtLeast, &["≥", ">=", "不少于", "不低于", "不小于", "大于等于", "大于或等于", "至少"]),
    (
        Operator::AtMost,
        &["≤", "<=", "不超过", "不高于", "不多于", "不大于", "小于等于", "小于或等于", "至多", "最多", "控制在"],
    ),
    (Operator::MoreThan, &[">", "大于", "超过", "高于", "多于"]),
    (Operator::LessThan, &["<", "小于", "低于", "少于"]),
    (Operator::Exactly, &["=", "等于", "达到", "达", "完成", "已完成", "为"]),
];
const BEHIND: [(Operator, &[&str]); 2] = [
    (Operator::AtLeast, &["及以上", "(含)以上", "以上"]),
    (Operator::AtMost, &["及以下", "(含)以下", "以内", "以下", "之内", "内"]),
];
/// Between the numbers of a range, in half-width signs.
const UPTO: [&str; 6] = ["--", "-", "~~", "~", "至", "到"];
/// Longest unit, in characters.
const UNIT: usize = 6;
/// Units of time that are no dates.
const PERIODS: [&str; 2] = ["年", "个月"];
/// Years from which on a number before 年 is a date.
const YEARS: Number = Number::whole(1000);

impl Aim {
    /// Reads a value. What is not understood for certain (`100余件`, `2023年12月底前`) is words: no number.
    pub fn parse(text: &str) -> Aim {
        let Some(read) = read(&plain(text)) else { return Aim { text: text.trim().to_owned(), ..Aim::default() } };
        Aim {
            text: text.trim().to_owned(),
            operator: Some(read.operator),
            low: Number::parse(&read.low),
            high: read.high.as_deref().and_then(Number::parse),
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

    /// The number with the digits of its print; of a range the lower one.
    pub fn printed(&self) -> Option<Printed> {
        let read = read(&plain(&self.text))?;
        Printed::parse(&read.low, kind(&read.unit, &read.low)).ok()
    }

    /// The upper number of a range with the digits of its print.
    pub fn printed_high(&self) -> Option<Printed> {
        let read = read(&plain(&self.text))?;
        let high = read.high?;
        Printed::parse(&high, kind(&read.unit, &high)).ok()
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

fn read(text: &str) -> Option<Read> {
    let (mut operator, mut rest) = (None, text);
    // The longest word: 小于等于 begins with 小于.
    let words = BEFORE.iter().flat_map(|(which, words)| words.iter().map(move |word| (*which, *word)));
    if let Some((which, word)) = words.filter(|(_, word)| text.starts_with(word)).max_by_key(|(_, word)| word.len()) {
        (operator, rest) = (Some(which), text.strip_prefix(word)?);
    }
    let (low, mut unit) = number(rest)?;
    let mut high = None;
    if let Some((first, behind)) = UPTO.iter().find_map(|word| unit.split_once(word))
        && let Some((second, last)) = number(behind)
    {
        if operator.is_some_and(|operator| operator != Operator::Exactly)
            || !(first.is_empty() || last.starts_with(first))
        {
            return None;
        }
        (operator, high, unit) = (Some(Operator::Between), Some(second), last);
    }
    for (which, words) in BEHIND {
        if let Some(before) = words.iter().find_map(|word| unit.strip_suffix(word)) {
            unit = before;
            operator = operator.or(Some(which));
        }
    }
    let (from, upto) = (Number::parse(&low)?, high.as_deref().map(Number::parse));
    let ordered = upto.is_none_or(|upto| upto.is_some_and(|upto| from <= upto));
    let read = Read { operator: operator.unwrap_or(Operator::Exactly), low, high, unit: unit.to_owned() };
    (ordered && is_unit(&read.unit, from) && !is_month(&read)).then_some(read)
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

fn is_unit(unit: &str, number: Number) -> bool {
    let period = PERIODS.contains(&unit) && number < YEARS;
    let about = unit.starts_with(['余', '多', '几', '来']) || unit.ends_with("左右");
    let clean = !unit.contains(|c: char| c.is_ascii_digit() || "年月，。、；：-~±+".contains(c));
    !about && unit.chars().count() <= UNIT && (clean || period)
}

/// `2023.12` is a month.
fn is_month(read: &Read) -> bool {
    let year = |whole: &str| whole.len() == 4 && (whole.starts_with("19") || whole.starts_with("20"));
    let month = |fraction: &str| fraction.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month));
    read.unit.is_empty() && read.low.split_once('.').is_some_and(|(whole, fraction)| year(whole) && month(fraction))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(text: &str) -> Option<(Operator, String, String, String)> {
        let aim = Aim::parse(text);
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
        let aim = Aim::parse("10.50%~20%");
        assert_eq!((aim.number(), aim.is_number()), (None, true));
        assert_eq!(aim.printed().map(Printed::digits).as_deref(), Some("10.50"));
        assert_eq!(aim.printed_high().map(Printed::digits).as_deref(), Some("20"));
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
            let aim = Aim::parse(text);
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
            let aim = Aim::parse(&format!("{sign}{number}件"));
            prop_assert_eq!(aim.operator, Some(operator));
            prop_assert_eq!(aim.low, Number::parse(&number));
            prop_assert_eq!(aim.printed().map(Printed::digits), Some(number));
        }

        #[test]
        fn no_text_is_a_fault(text in ".{0,20}") {
            let aim = Aim::parse(&text);
            prop_assert_eq!(aim.is_number(), aim.operator.is_some());
        }
    }
}
