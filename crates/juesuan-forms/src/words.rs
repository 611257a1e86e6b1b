//! Labels made comparable: no white space, one kind of brackets, no quotation marks, no numbering.

use juesuan_text::{numeral, plain};

/// As [`plain`], without `一、`, `（一）`, `1.` and `其中：` in front.
pub fn label(text: &str) -> String {
    let text = plain(text);
    let text = text.strip_prefix("其中：").unwrap_or(&text);
    let numeral = |c: char| numeral::counts(c) || c.is_ascii_digit();
    let inner = text.strip_prefix('(').unwrap_or(text);
    let rest = inner.trim_start_matches(numeral);
    if rest.len() == inner.len() {
        return text.to_owned();
    }
    let marks: &[char] = if inner.len() < text.len() { &[')'] } else { &['、', '，', '.'] };
    match rest.strip_prefix(marks) {
        // "一)" of a bracketed number may be followed by a comma.
        Some(name) if !name.is_empty() => name.trim_start_matches(['、', '，']).to_owned(),
        _ => text.to_owned(),
    }
}

/// The digits of a classification code of 3, 5 or 7 digits, alone or before its name; also `2010301.0` of a spreadsheet.
pub fn code(text: &str) -> Option<String> {
    let text = plain(text);
    let text = text.strip_suffix(".0").unwrap_or(&text);
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let rest = text.get(digits.len()..).unwrap_or("");
    let name_follows = rest.chars().next().is_none_or(|c| !c.is_ascii() || c == '-');
    (matches!(digits.len(), 3 | 5 | 7) && name_follows).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_equal_whatever_their_numbering_brackets_and_spaces() {
        for text in [
            "一、因公出国(境)费",
            "  因公出国（境）费",
            "（一）因公出国（境）费",
            "1.因公出国（境）费",
            "其中：因公出国（境）费",
        ] {
            assert_eq!(label(text), "因公出国(境)费", "{text}");
        }
        assert_eq!(label("总　计"), "总计");
        assert_eq!(label("二十四、抗疫特别国债安排的支出"), "抗疫特别国债安排的支出");
        assert_eq!(label("三公经费"), "三公经费");
    }

    #[test]
    fn only_three_five_or_seven_digits_are_a_code() {
        assert_eq!(code("2010301").as_deref(), Some("2010301"));
        assert_eq!(code("20103 政府办公厅").as_deref(), Some("20103"));
        assert_eq!(code("201.0").as_deref(), Some("201"));
        for text in ["2010", "201.50", "921.96", "合计", ""] {
            assert_eq!(code(text), None, "{text}");
        }
    }
}
