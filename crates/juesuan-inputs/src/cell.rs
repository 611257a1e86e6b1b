//! One cell of an input file, read by what its column holds.

use juesuan_catalog::{ColumnKind, InputColumn};
use juesuan_facts::entry::is_dash;
use juesuan_facts::record::Entry;
use juesuan_model::money::AmountError;
use juesuan_model::{Money, Number};
use juesuan_read::Value;
use juesuan_text::{Day, plain};
use juesuan_text::{form::half_width, part_of_text};

/// Reads a cell. `Ok(None)` is a blank; the error says what stands there and what should.
pub fn read(column: &InputColumn, value: &Value) -> Result<Option<Entry>, String> {
    let text = match value {
        Value::Blank => return Ok(None),
        Value::Unread(reason) => return Err(format!("读不出（{reason}）；请填上数值本身")),
        value => value.as_str(),
    };
    match column.kind {
        ColumnKind::Text => Ok(Some(Entry::Text(text.to_owned()))),
        ColumnKind::Choice => choice(column, text).map(|word| Some(Entry::Text(word))),
        ColumnKind::Code => code(text).map(|code| Some(Entry::Text(code))),
        ColumnKind::Yuan => yuan(value).map(|amount| amount.map(Entry::Yuan)),
        ColumnKind::Count => count(text).map(|number| number.map(Entry::Count)),
        ColumnKind::Number => number(value).map(|number| number.map(Entry::Number)),
        ColumnKind::Date => date(value).map(|day| Some(Entry::Date(day))),
        ColumnKind::Year => year(text).map(|year| Some(Entry::Year(year))),
    }
}

/// An amount without the name of the currency around it: `1,234.50元`, `人民币5元整`. What stands before 万元 stays, and is refused.
pub fn without_currency(text: &str) -> &str {
    let text = text.trim();
    let bare = text.trim_start_matches(['人', '民', '币']).trim_end_matches(['元', '圆', '整']).trim_end();
    if bare.is_empty() { text } else { bare }
}

/// Most things that one cell can mean: far above any department, far below where sums overflow.
const COUNT_MAX: i64 = 1_000_000_000;

/// Money in 元.
pub fn yuan(value: &Value) -> Result<Option<Money>, String> {
    match exact_yuan(value) {
        Ok(Some(amount)) if amount.abs() > Money::ENTRY_MAX => {
            Err(format!("“{}”超过一万亿元，不会是一个部门的金额；请核对单位和位数", value.as_str()))
        }
        read => read,
    }
}

/// An amount of a unit that is a power of ten of 元, in 元; what is no number stays as it is, and is refused where it is read.
pub fn in_yuan(value: &Value, power: u32) -> Value {
    let text: String =
        without_currency(value.as_str()).chars().map(half_width).filter(|c| !matches!(c, ',' | ' ')).collect();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = !digits.is_empty() && whole.chars().chain(fraction.chars()).all(|c| c.is_ascii_digit());
    if !is_number {
        return value.clone();
    }
    let places = usize::try_from(power).unwrap_or(0);
    let mut moved = fraction.chars().chain(std::iter::repeat('0'));
    let whole: String = whole.chars().chain(moved.by_ref().take(places)).collect();
    let rest: String = moved.take(fraction.len().saturating_sub(places)).collect();
    let number = if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") };
    match value {
        Value::Number(_) => Value::Number(number),
        _ => Value::Text(number),
    }
}

fn exact_yuan(value: &Value) -> Result<Option<Money>, String> {
    let text = value.as_str();
    if is_dash(text) {
        return Ok(None);
    }
    match Money::parse_yuan(without_currency(text)) {
        Ok(amount) => Ok(Some(amount)),
        Err(AmountError::TooFine(_)) if matches!(value, Value::Number(_)) => {
            without_noise(text).map(Some).ok_or_else(|| too_fine(text))
        }
        Err(AmountError::TooFine(_)) => Err(too_fine(text)),
        Err(AmountError::TooLarge(_)) => Err(format!("“{text}”超出可表示的范围")),
        Err(_) => Err(format!("“{text}”不是金额；应为以元为单位的数，例如 1234.50")),
    }
}

fn too_fine(text: &str) -> String {
    format!("“{text}”的小数位超过分；金额以元为单位，最多两位小数")
}

/// The amount of a calculated cell that misses a 分 by less than a millionth of 元: what binary formulas leave behind.
fn without_noise(text: &str) -> Option<Money> {
    let (whole, fraction) = text.split_once('.')?;
    let six: String = fraction.chars().chain(std::iter::repeat('0')).take(6).collect();
    let (cents, noise) = six.split_at(2);
    let base = Money::parse_yuan(&format!("{whole}.{cents}")).ok()?;
    let sign = if whole.starts_with('-') { -1 } else { 1 };
    match noise {
        "0000" => Some(base),
        "9999" => base.checked_add(Money(sign)),
        _ => None,
    }
}

/// A number of things.
pub fn count(text: &str) -> Result<Option<i64>, String> {
    if is_dash(text) {
        return Ok(None);
    }
    let digits: String = text.chars().filter(|c| !matches!(c, ',' | '，' | ' ')).map(half_width).collect();
    let whole = digits
        .split_once('.')
        .map_or(digits.as_str(), |(whole, rest)| if rest.bytes().all(|b| b == b'0') { whole } else { digits.as_str() });
    match whole.parse::<i64>() {
        Ok(number) if number > COUNT_MAX => Err(format!("“{text}”大得不可能是数量；请核对")),
        Ok(number) if number >= 0 => Ok(Some(number)),
        Ok(_) => Err(format!("“{text}”是负数；数量不能小于 0")),
        Err(_) => Err(format!("“{text}”不是数量；应为整数，不带单位")),
    }
}

/// Digits behind the point of a calculated number: what stands further behind is what binary formulas leave.
const CALCULATED_DECIMALS: u8 = 6;
/// Digits behind the point that are looked at to round a calculated number.
const CALCULATED_READ: usize = 8;

fn number(value: &Value) -> Result<Option<Number>, String> {
    let text = value.as_str();
    if is_dash(text) {
        return Ok(None);
    }
    let digits: String = text.chars().filter(|c| !matches!(c, ',' | '，' | ' ')).map(half_width).collect();
    let read = match (value, digits.split_once('.')) {
        (Value::Number(_), Some((whole, fraction))) if fraction.len() > CALCULATED_READ => {
            let near: String = fraction.chars().take(CALCULATED_READ).collect();
            Number::parse(&format!("{whole}.{near}")).and_then(|near| Number::parse(&near.digits(CALCULATED_DECIMALS)))
        }
        _ => Number::parse(&digits),
    };
    match read {
        Some(number) if number > Number::whole(COUNT_MAX) => Err(format!("“{text}”大得不可能是数量；请核对")),
        Some(number) if number.is_negative() => Err(format!("“{text}”是负数；数量不能小于 0")),
        Some(number) => Ok(Some(number)),
        None => Err(format!("“{text}”不是数量；应为数，可以有小数，不带单位")),
    }
}

fn date(value: &Value) -> Result<Day, String> {
    let text = value.as_str();
    let serial = match value {
        Value::Number(number) => number.split('.').next().and_then(|n| n.parse().ok()).and_then(Day::from_serial),
        _ => None,
    };
    Day::parse(text).or(serial).ok_or_else(|| format!("“{text}”不是日期；应为 2023-05-01 这样的日期，并且真实存在"))
}

fn year(text: &str) -> Result<u16, String> {
    let digits: String = text.trim_end_matches("年度").trim_end_matches('年').chars().map(half_width).collect();
    digits
        .parse()
        .ok()
        .filter(|year| (1990..=2200).contains(year))
        .ok_or_else(|| format!("“{text}”不是年度；应为四位数字，例如 2023"))
}

/// A code alone, or with its name before or behind it: `2010301 行政运行`, `[30201]办公费`.
fn code(text: &str) -> Result<String, String> {
    let text_half: String = text.chars().map(half_width).collect();
    let trimmed = text_half.trim_start_matches(['[', '【', '(', '（']);
    let digits: String = trimmed.chars().take_while(char::is_ascii_digit).collect();
    let rest = part_of_text(trimmed, digits.len()..);
    let rest = rest.strip_prefix(".0").unwrap_or(rest);
    let named = rest.chars().next().is_none_or(|c| !c.is_ascii_alphanumeric() && c != '.');
    if matches!(digits.len(), 3 | 5 | 7) && named {
        return Ok(digits);
    }
    let dotted: String = trimmed.chars().filter(|c| *c != '.').collect();
    if matches!(dotted.len(), 3 | 5 | 7) && dotted.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(dotted);
    }
    Err(format!("“{text}”不是科目编码；应为 3、5 或 7 位数字"))
}

/// The allowed word that stands there, or the longest one that the text contains (`小型企业` says 小型).
fn choice(column: &InputColumn, text: &str) -> Result<String, String> {
    let written = plain(text);
    if let Some(word) = column.choices.iter().find(|word| plain(word) == written) {
        return Ok(word.clone());
    }
    let contained = |word: &&String| {
        let word = plain(word);
        word.chars().count() > 1
            && written
                .match_indices(&word)
                .any(|(at, _)| !part_of_text(&written, ..at).ends_with(['非', '不', '无', '未']))
    };
    let mut found: Vec<&String> = column.choices.iter().filter(contained).collect();
    found.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    match found.as_slice() {
        [longest, rest @ ..] if rest.iter().all(|word| longest.contains(word.as_str())) => Ok((*longest).clone()),
        _ => Err(format!("“{text}”不在可选的词之内；可以填：{}", column.choices.join("、"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(kind: ColumnKind, choices: &[&str]) -> InputColumn {
        InputColumn {
            key: "k".to_owned(),
            header: Vec::new(),
            kind,
            required: false,
            asked: false,
            choices: choices.iter().map(|c| (*c).to_owned()).collect(),
            help: String::new(),
            texts: Vec::new(),
        }
    }

    fn text_of(kind: ColumnKind, text: &str, choices: &[&str]) -> Result<String, String> {
        match read(&column(kind, choices), &Value::text(text))? {
            Some(Entry::Text(text)) => Ok(text),
            other => Err(format!("{other:?}")),
        }
    }

    #[test]
    fn a_code_may_stand_with_its_name_and_nothing_else_is_a_code() {
        for text in [
            "2010301",
            "2010301 行政运行",
            "[2010301]行政运行",
            "2010301-行政运行",
            "２０１０３０１",
            "201.03.01",
            "2010301.0",
        ] {
            assert_eq!(text_of(ColumnKind::Code, text, &[]).as_deref(), Ok("2010301"), "{text}");
        }
        for text in ["行政运行", "20103011", "20", "2010301a"] {
            assert!(text_of(ColumnKind::Code, text, &[]).is_err(), "{text}");
        }
    }

    #[test]
    fn a_choice_is_understood_inside_longer_words_but_not_negated() {
        let funds = ["一般公共预算", "非财政拨款", "一般公共预算财政拨款"];
        assert_eq!(
            text_of(ColumnKind::Choice, "1 一般公共预算财政拨款", &funds).as_deref(),
            Ok("一般公共预算财政拨款")
        );
        assert_eq!(text_of(ColumnKind::Choice, "小型企业", &["中型", "小型"]).as_deref(), Ok("小型"));
        let refused = text_of(ColumnKind::Choice, "非中型", &["中型", "小型"]).unwrap_err();
        assert!(refused.contains("中型、小型"), "{refused}");
    }

    #[test]
    fn binary_noise_of_a_calculated_amount_is_dropped_and_real_decimals_are_not() {
        let amount = |value: Value| read(&column(ColumnKind::Yuan, &[]), &value);
        assert_eq!(amount(Value::Number("0.0299999999999727".into())), Ok(Some(Entry::Yuan(Money(3)))));
        assert_eq!(amount(Value::Number("-12.3000001".into())), Ok(Some(Entry::Yuan(Money(-1230)))));
        assert!(amount(Value::Number("12.345".into())).is_err());
        assert!(amount(Value::Text("12.3000001".into())).is_err());
        assert_eq!(amount(Value::Text("—".into())), Ok(None));
        assert!(amount(Value::Unread("#REF!".into())).is_err());
        assert!(amount(Value::Number("1000000000000.01".into())).is_err());
        assert!(read(&column(ColumnKind::Count, &[]), &Value::Number("9999999999".into())).is_err());
    }

    #[test]
    fn amounts_of_a_larger_unit_are_moved_and_what_is_none_is_left() {
        for (text, power, moved) in [
            ("464.67", 4, "4646700"),
            ("-0.5", 4, "-05000"),
            ("1，234.567891", 4, "12345678.91"),
            ("3", 3, "3000"),
            ("约5", 4, "约5"),
            ("—", 4, "—"),
        ] {
            assert_eq!(in_yuan(&Value::text(text), power).as_str(), moved, "{text}");
        }
        assert_eq!(yuan(&in_yuan(&Value::text("0.123456"), 4)), Ok(Some(Money(123_456))));
        assert!(yuan(&in_yuan(&Value::text("0.1234567"), 4)).is_err(), "finer than 分");
    }

    #[test]
    fn a_number_of_things_may_have_decimals_and_no_sign() {
        let of = |value: Value| match read(&column(ColumnKind::Number, &[]), &value) {
            Ok(Some(Entry::Number(number))) => Ok(number.digits(9)),
            other => Err(format!("{other:?}")),
        };
        assert_eq!(of(Value::text("1，234．5")).as_deref(), Ok("1234.5"));
        assert_eq!(of(Value::Number("0.30000000000000004".into())).as_deref(), Ok("0.3"));
        assert_eq!(of(Value::text("0.1234567")).as_deref(), Ok("0.1234567"));
        for text in ["-1", "5万元", "9999999999", "约3"] {
            assert!(of(Value::text(text)).is_err(), "{text}");
        }
        assert_eq!(read(&column(ColumnKind::Number, &[]), &Value::text("—")), Ok(None));
    }
}
