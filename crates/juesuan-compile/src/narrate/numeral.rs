//! Numbers of items: 1. / （1） / 一、 / （一）.

const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// A number from 1 to 99 in Chinese; above that in digits.
pub fn chinese(number: usize) -> String {
    match (number / 10, number % 10) {
        (0, ones) => DIGITS[ones].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens @ 2..=9, ones) => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
        _ => number.to_string(),
    }
}

/// The `number`th in the style whose first is `first`: `1.`, `（1）`, `一、`, `（一）`.
pub fn numbered(first: &str, number: usize) -> String {
    if first.contains('一') { first.replace('一', &chinese(number)) } else { first.replace('1', &number.to_string()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_numbered_like_the_first_one() {
        assert_eq!(numbered("（一）", 14), "（十四）");
        assert_eq!(numbered("一、", 20), "二十、");
        assert_eq!(numbered("1.", 12), "12.");
        assert_eq!(chinese(10), "十");
    }
}
