//! Numbers of lists in the forms that Word has for them.

use juesuan_text::numeral::{Script, written};

/// The number in a form of Word (`w:numFmt`); `None` where the form prints none (bullets).
pub fn numeral(format: &str, number: u32) -> Option<String> {
    Some(match format {
        "bullet" | "none" => return None,
        "chineseCounting"
        | "taiwaneseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCountingThousand"
        | "japaneseCounting" => written(number, Script::Usual),
        "chineseLegalSimplified" => written(number, Script::Financial),
        "ideographLegalTraditional" => written(number, Script::FinancialTraditional),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => {
            digits(number, "〇一二三四五六七八九")
        }
        "decimalFullWidth" | "decimalFullWidth2" => digits(number, "０１２３４５６７８９"),
        "decimalZero" => format!("{number:02}"),
        "ideographTraditional" => cyclic(number, "甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => cyclic(number, "子丑寅卯辰巳午未申酉戌亥"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => enclosed(number, '①', 20),
        "decimalEnclosedParen" => enclosed(number, '⑴', 20),
        "decimalEnclosedFullstop" => enclosed(number, '⒈', 20),
        "ideographEnclosedCircle" => enclosed(number, '㊀', 10),
        "upperLetter" => letters(number, b'A'),
        "lowerLetter" => letters(number, b'a'),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        _ => number.to_string(),
    })
}

fn digits(number: u32, alphabet: &str) -> String {
    let digit = |c: char| c.to_digit(10).and_then(|at| alphabet.chars().nth(at as usize));
    number.to_string().chars().filter_map(digit).collect()
}

fn cyclic(number: u32, alphabet: &str) -> String {
    let count = alphabet.chars().count() as u32;
    let at = number.saturating_sub(1) % count;
    alphabet.chars().nth(at as usize).map(String::from).unwrap_or_default()
}

fn enclosed(number: u32, first: char, most: u32) -> String {
    let letter = (1..=most).contains(&number).then(|| char::from_u32(first as u32 + number - 1)).flatten();
    letter.map_or_else(|| number.to_string(), String::from)
}

/// a … z, aa, bb, as Word counts.
fn letters(number: u32, first: u8) -> String {
    let at = number.saturating_sub(1);
    let letter = char::from(first + u8::try_from(at % 26).unwrap_or(0));
    std::iter::repeat_n(letter, (at / 26 + 1).min(30) as usize).collect()
}

fn roman(number: u32) -> String {
    if number == 0 || number > 3_999 {
        return number.to_string();
    }
    let mut left = number;
    let mut out = String::new();
    for (value, letters) in [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ] {
        while left >= value {
            out.push_str(letters);
            left -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_word_prints_them() {
        for (format, number, text) in [
            ("chineseCounting", 1, "一"),
            ("chineseCounting", 10, "十"),
            ("chineseCountingThousand", 12, "十二"),
            ("japaneseCounting", 20, "二十"),
            ("chineseCountingThousand", 101, "一百零一"),
            ("chineseCountingThousand", 110, "一百一十"),
            ("chineseCountingThousand", 1001, "一千零一"),
            ("chineseLegalSimplified", 3, "叁"),
            ("decimal", 12, "12"),
            ("decimalZero", 3, "03"),
            ("decimalEnclosedCircle", 3, "③"),
            ("decimalEnclosedCircle", 21, "21"),
            ("decimalFullWidth", 12, "１２"),
            ("upperLetter", 28, "BB"),
            ("lowerRoman", 4, "iv"),
            ("ideographTraditional", 2, "乙"),
        ] {
            assert_eq!(numeral(format, number).as_deref(), Some(text), "{format} {number}");
        }
        assert_eq!(numeral("bullet", 1), None);
    }
}
