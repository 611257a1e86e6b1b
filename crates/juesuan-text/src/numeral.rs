//! Numbers in Chinese: 十二, 一百零一, 二〇二三, 叁.

/// The digits and powers of one way of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// 一二三, 十百千.
    Usual,
    /// 壹贰叁, 拾佰仟: as on cheques.
    Financial,
    /// 壹貳參, 拾佰仟: the same, unsimplified.
    FinancialTraditional,
}

impl Script {
    const fn digits(self) -> [char; 10] {
        match self {
            Script::Usual => ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
            Script::Financial => ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
            Script::FinancialTraditional => ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'],
        }
    }

    const fn powers(self) -> [char; 3] {
        match self {
            Script::Usual => ['十', '百', '千'],
            Script::Financial | Script::FinancialTraditional => ['拾', '佰', '仟'],
        }
    }
}

/// Greatest number that is written in words.
const MOST: u32 = 9_999;

/// The number in words: 一, 十, 十一, 二十, 一百零一. Nothing and what is above 九千九百九十九 stays in digits.
pub fn written(number: u32, script: Script) -> String {
    if number == 0 || number > MOST {
        return number.to_string();
    }
    let (digits, powers) = (script.digits(), script.powers());
    let mut out = String::new();
    let mut gap = false;
    for (power, place) in [(1000, 3), (100, 2), (10, 1), (1, 0)] {
        let digit = usize::try_from(number / power % 10).unwrap_or(0);
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.extend(digits.first());
            gap = false;
        }
        // 十一 and not 一十一.
        if !(place == 1 && digit == 1 && out.is_empty()) {
            out.extend(digits.get(digit));
        }
        out.extend(powers.iter().take(place).next_back());
    }
    out
}

/// As [`written`] in the usual script.
pub fn usual(number: usize) -> String {
    written(u32::try_from(number).unwrap_or(u32::MAX), Script::Usual)
}

/// The number that is the whole of a text in words: 十二, 两, 一百零一. `None` for anything else, digits among them.
pub fn parse(text: &str) -> Option<u32> {
    let (mut sum, mut least, mut digit, mut gap) = (0, MOST + 1, None, false);
    for c in text.chars() {
        match (digit_of(c), power_of(c)) {
            (Some(0), _) if digit.is_none() && !gap => gap = true,
            (Some(own), _) if own > 0 && digit.is_none() => digit = Some(own),
            (_, Some(power)) if power < least => {
                // 十二, 一百十二: one ten needs no 一.
                sum += power * digit.take().or((power == 10 && !gap).then_some(1))?;
                (least, gap) = (power, false);
            }
            _ => return None,
        }
    }
    match digit {
        Some(own) => (sum == 0 && !gap || sum > 0 && (least == 10 || gap)).then_some(sum + own),
        // 零 is a number, 一百零 is none.
        None => (gap == (sum == 0) && !text.is_empty()).then_some(sum),
    }
}

/// The number in words at the beginning, the longest there is, and how many characters it has.
pub fn leading(chars: &[char]) -> Option<(u32, usize)> {
    let run = chars.iter().take_while(|c| digit_of(**c).is_some() || power_of(**c).is_some()).count();
    (1..=run).rev().find_map(|length| Some((parse(&chars.get(..length)?.iter().collect::<String>())?, length)))
}

/// The digit that a character stands for where digits stand one by one: 二〇二三 is 2023.
pub const fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '○' | '零' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// True for what numbers of headings and lists are written with: 一 to 九 and 十.
pub fn counts(c: char) -> bool {
    c == '十' || digit(c).is_some_and(|digit| digit > 0)
}

const fn digit_of(c: char) -> Option<u32> {
    if c == '两' { Some(2) } else { digit(c) }
}

const fn power_of(c: char) -> Option<u32> {
    Some(match c {
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_that_is_written_is_read_back() {
        for number in 1..=MOST {
            assert_eq!(parse(&written(number, Script::Usual)), Some(number));
        }
        assert_eq!(usual(10), "十");
        assert_eq!(usual(12_345), "12345");
        assert_eq!(written(1_001, Script::Financial), "壹仟零壹");
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "一一", "十十", "一百零", "百", "一百五", "零一", "十2", "一百百", "12"] {
            assert_eq!(parse(text), None, "{text}");
        }
        for (text, number) in [("零", 0), ("两", 2), ("一百十二", 112), ("一十", 10)] {
            assert_eq!(parse(text), Some(number), "{text}");
        }
    }

    #[test]
    fn a_number_is_found_before_what_it_counts() {
        let at = |text: &str| leading(&text.chars().collect::<Vec<_>>());
        assert_eq!(at("十二个单位"), Some((12, 2)));
        assert_eq!(at("一一对应"), Some((1, 1)));
        assert_eq!(at("个单位"), None);
    }
}
