//! A quarter of a year.

use std::fmt;

use juesuan_text::{Day, numeral, plain};

/// A quarter: 1 to 4 of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    first: Day,
    last: Day,
}

impl Quarter {
    /// As people write it: `2023Q3`, `2023q3`, `2023-Q3`, `2023年第三季度`, `2023年3季度`, `2023年三季度`.
    pub fn parse(text: &str) -> Option<Quarter> {
        let text = plain(text);
        let (year, rest) = (text.get(..4)?, text.get(4..)?);
        let year = year.bytes().all(|b| b.is_ascii_digit()).then(|| year.parse().ok()).flatten()?;
        let rest = rest.trim_start_matches(['-', '年']);
        let number = match rest.strip_prefix(['Q', 'q']) {
            Some(number) => number,
            None => rest.strip_suffix("季度")?.trim_start_matches('第'),
        };
        let named = numeral::parse(number).and_then(|number| u8::try_from(number).ok());
        let digit = (number.len() == 1).then(|| number.parse().ok()).flatten();
        let number = named.or(digit).filter(|number| (1..=4).contains(number))?;
        let days = if matches!(number, 1 | 4) { 31 } else { 30 };
        Some(Quarter { first: Day::new(year, number * 3 - 2, 1)?, last: Day::new(year, number * 3, days)? })
    }

    /// The year.
    pub const fn year(self) -> u16 {
        self.first.year()
    }

    /// 1 to 4.
    pub const fn number(self) -> u8 {
        self.last.month() / 3
    }

    /// Its name in words: 一, 二, 三, 四.
    pub fn name(self) -> String {
        numeral::usual(usize::from(self.number()))
    }

    /// Its first day.
    pub const fn first(self) -> Day {
        self.first
    }

    /// Its last day.
    pub const fn last(self) -> Day {
        self.last
    }

    /// True for a day inside it.
    pub fn contains(self, day: Day) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

/// `2023Q3`.
impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}Q{}", self.year(), self.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_is_read_as_people_write_it_and_has_its_days() {
        for text in ["2023Q3", "2023q3", "2023-Q3", "2023年第三季度", "2023年三季度", "2023年3季度", " ２０２３Ｑ３ "]
        {
            assert_eq!(Quarter::parse(text).map(|q| q.to_string()).as_deref(), Some("2023Q3"), "{text}");
        }
        for text in ["2023Q5", "2023Q0", "Q3", "2023", "2023Q33", "三季度", "2023年第季度", "年年年年Q1", "0023Q1"]
        {
            assert_eq!(Quarter::parse(text), None, "{text}");
        }
        let days = |text: &str| Quarter::parse(text).map(|q| (q.first().to_string(), q.last().to_string()));
        assert_eq!(days("2023Q1"), Some(("2023-01-01".to_owned(), "2023-03-31".to_owned())));
        assert_eq!(days("2023Q3"), Some(("2023-07-01".to_owned(), "2023-09-30".to_owned())));
        assert_eq!(days("2023Q4"), Some(("2023-10-01".to_owned(), "2023-12-31".to_owned())));
    }
}
