//! Days of the calendar.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A real day, ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

/// Day 0 of spreadsheet serial numbers, 1899-12-30, counted from 0000-03-01.
const SPREADSHEET_EPOCH: i64 = 693_899;

impl Day {
    /// The day, if the calendar has it; years 1900 to 2200.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Day> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        ((1900..=2200).contains(&year) && (1..=days).contains(&day)).then_some(Day { year, month, day })
    }

    /// `2023-05-01`, and nothing else.
    pub fn parse_iso(text: &str) -> Option<Day> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let whole = parts.next().is_none() && year.len() == 4 && month.len() == 2 && day.len() == 2;
        if !whole || !text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
            return None;
        }
        Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// As people write it: `2023-05-01`, `2023/5/1`, `2023.5.1`, `2023年5月1日`, `20230501`, with or without a time behind.
    pub fn parse(text: &str) -> Option<Day> {
        let text = text.trim();
        let date = text.split([' ', 'T', '\u{3000}']).next().unwrap_or(text);
        if date.len() == 8 && date.bytes().all(|b| b.is_ascii_digit()) {
            let (year, day) = date.split_at_checked(4)?;
            let (month, day) = day.split_at_checked(2)?;
            return Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        }
        let mut parts = date.trim_end_matches('日').split(['-', '/', '.', '年', '月']);
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// From the serial number of a spreadsheet: 45047 is 2023-05-01.
    pub fn from_serial(serial: i64) -> Option<Day> {
        if !(1..=110_000).contains(&serial) {
            return None;
        }
        // Days from 0000-03-01 to a date, inverted. Source: the proleptic Gregorian calendar, 146,097 days in 400 years.
        let days = serial + SPREADSHEET_EPOCH;
        let (era, rest) = (days / 146_097, days % 146_097);
        let year_of_era = (rest - rest / 1_460 + rest / 36_524 - rest / 146_096) / 365;
        let day_of_year = rest - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Day::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// The calendar year.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, from 1.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub const fn day(self) -> u8 {
        self.day
    }

    /// As sentences have it: 2023年5月1日.
    pub fn in_words(self) -> String {
        format!("{}年{}月{}日", self.year, self.month, self.day)
    }

    /// Days since the epoch of spreadsheets; differences are days between two dates.
    pub fn serial(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let (era, year_of_era) = (year / 400, year % 400);
        let shifted = if month > 2 { month - 3 } else { month + 9 };
        let day_of_year = (153 * shifted + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - SPREADSHEET_EPOCH
    }
}

/// `2023-05-01`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        for text in ["2023-05-01", "2023/5/1", "2023.5.1", "2023年5月1日", "20230501", "2023-05-01 10:30:00"] {
            assert_eq!(Day::parse(text).map(|d| d.to_string()).as_deref(), Some("2023-05-01"), "{text}");
        }
        for text in ["2023-02-29", "2023-13-01", "2023", "五月一日", "2023-5", "1-2-3-4"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
        for text in ["2024-9-1", "2023-02-29", "2024-13-01", "2024-01-01-", "2024/01/01", ""] {
            assert_eq!(Day::parse_iso(text), None, "{text}");
        }
        assert!(Day::parse_iso("2024-02-29") < Day::parse_iso("2024-03-01"));
        assert_eq!(Day::new(2023, 5, 1).map(Day::in_words).as_deref(), Some("2023年5月1日"));
    }

    #[test]
    fn serial_numbers_of_spreadsheets_are_days_and_back() {
        assert_eq!(Day::from_serial(45_047), Day::parse_iso("2023-05-01"));
        for serial in 366..=100_000 {
            assert_eq!(Day::from_serial(serial).map(Day::serial), Some(serial));
        }
    }
}
