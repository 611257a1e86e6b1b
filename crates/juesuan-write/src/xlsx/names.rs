//! Names of sheets: at most 31 characters, none of `[ ] : * ? / \`, each once. What is too long loses the year in front, of which the
//! whole workbook is, then its middle: the kind of a form stands at the end of its title.

use std::collections::BTreeSet;

use juesuan_text::steers;

const LONGEST: usize = 31;
/// Characters at the end of a title that stay: 绩效自评表.
const KEPT: usize = 5;
/// Behind the year in front of a title.
const OF_YEAR: &str = "年度";

/// Names given so far, in small letters (spreadsheets do not tell case apart).
#[derive(Debug, Default)]
pub(super) struct SheetNames {
    taken: BTreeSet<String>,
}

impl SheetNames {
    /// A legal name for a title; a second table of the same name gets `(2)`.
    pub(super) fn unique(&mut self, title: &str) -> String {
        let legal: String = title.chars().filter(|c| !"[]:*?/\\".contains(*c) && !steers(*c)).collect();
        let legal = legal.trim().trim_matches('\'');
        let legal = if units(legal) > LONGEST { without_year(legal).trim_matches(['\'', ' ']) } else { legal };
        // Spreadsheets keep the name History for themselves.
        let nameless = legal.is_empty() || legal.eq_ignore_ascii_case("history");
        let legal = if nameless { "表" } else { legal };
        let mut name = cut(legal, LONGEST);
        let mut number = 2;
        while !self.taken.insert(name.to_lowercase()) {
            let tail = format!("({number})");
            name = cut(legal, LONGEST - tail.len()) + &tail;
            number += 1;
        }
        name
    }
}

/// A title behind its year.
fn without_year(title: &str) -> &str {
    let behind = title.trim_start_matches(|c: char| c.is_ascii_digit());
    let named = behind.strip_prefix(OF_YEAR).filter(|rest| behind.len() < title.len() && !rest.trim().is_empty());
    named.map_or(title, str::trim)
}

/// Length as spreadsheets count it.
fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// A text of at most this many UTF-16 units: a longer one with a mark for what is left out before its last characters.
fn cut(text: &str, most: usize) -> String {
    if units(text) <= most {
        return text.to_owned();
    }
    let behind = text.chars().rev().take(KEPT).collect::<Vec<_>>().into_iter().rev().collect::<String>();
    let (mut used, room) = (0, most.saturating_sub(units(&behind) + 1));
    let fits = |c: &char| {
        used += c.len_utf16();
        used <= room
    };
    let front: String = text.chars().take_while(fits).collect();
    format!("{front}…{behind}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheet_names_are_legal_short_and_unique() {
        let mut names = SheetNames::default();
        let long = "一般公共预算财政拨款基本支出决算明细表（部门：示例县示范办公室及所属单位）";
        let (first, second) = (names.unique(long), names.unique(long));
        assert_eq!((first.chars().count(), second.chars().count()), (31, 31));
        assert!(second.ends_with("(2)") && first != second);
        assert_eq!(names.unique("a/b:[c]"), "abc");
        assert_eq!(names.unique("'[]'"), "表");
        assert_eq!(names.unique("甲\u{202e}乙\u{ffff}"), "甲乙");
        assert_eq!(names.unique(&format!("{}'x", "a".repeat(30))), format!("{}…aaa'x", "a".repeat(25)));
        assert_eq!(names.unique("History"), "表(2)");
    }

    #[test]
    fn a_long_title_loses_its_year_and_its_middle_and_keeps_its_kind() {
        let mut names = SheetNames::default();
        assert_eq!(names.unique("2031年度堤防巡查绩效自评表"), "2031年度堤防巡查绩效自评表");
        let fitting = "防汛抗旱物资储备和应急抢险队伍能力建设专项资金绩效自评表";
        assert_eq!(names.unique(&format!("2031年度{fitting}")), fitting);
        let name = names.unique("2031年度江北新区防汛抗旱物资储备和应急抢险队伍能力建设专项资金绩效自评表");
        assert!(name.starts_with("江北新区防汛") && name.ends_with("…绩效自评表"), "{name}");
        assert_eq!(name.chars().count(), 31);
    }
}
