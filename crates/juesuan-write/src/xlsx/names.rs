//! Names of sheets: at most 31 characters, none of `[ ] : * ? / \`, each once.

use std::collections::BTreeSet;

use juesuan_text::steers;

const LONGEST: usize = 31;

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

/// The front of a text, at most this many UTF-16 units.
fn cut(text: &str, most: usize) -> String {
    let mut used = 0;
    let fits = |c: &char| {
        used += c.len_utf16();
        used <= most
    };
    let front: String = text.chars().take_while(fits).collect();
    // Where it is cut it may end as no name may.
    front.trim_end_matches(['\'', ' ']).to_owned()
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
        assert_eq!(names.unique(&format!("{}'x", "a".repeat(30))), "a".repeat(30));
        assert_eq!(names.unique("History"), "表(2)");
    }
}
