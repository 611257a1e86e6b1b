//! Printed numbers inside a text.

use std::ops::Range;

/// The bytes at which `number` stands in `text` and is not a piece of a longer number: 920 is not found in 1,920 or 920.5.
/// What is no number may stand anywhere.
pub fn find(text: &str, number: &str) -> Option<Range<usize>> {
    find_first(text, &[number], 0)
}

/// The first of several numbers from byte `from` on, of those that begin at the same byte the longest; see [`find`].
pub fn find_first<N: AsRef<str>>(text: &str, numbers: &[N], from: usize) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    let ranges = numbers.iter().map(AsRef::as_ref).filter(|number| !number.is_empty()).filter_map(|number| {
        let mut places = rest.match_indices(number).map(|(at, _)| from + at..from + at + number.len());
        places.find(|range| !is_number(number) || stands_alone(text, range))
    });
    ranges.min_by_key(|range| (range.start, usize::MAX - range.end))
}

fn is_number(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || is_mark(c) || c == '-')
}

fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default().chars().rev();
    let after = text.get(range.end..).unwrap_or_default().chars();
    !goes_on(before) && !goes_on(after)
}

/// True if the next character belongs to the number beside it.
fn goes_on(mut beside: impl Iterator<Item = char>) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    match beside.next() {
        Some(c) if is_mark(c) => digit(beside.next()),
        c => digit(c),
    }
}

const fn is_mark(c: char) -> bool {
    matches!(c, '.' | ',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_where_it_is_not_part_of_a_longer_one() {
        assert_eq!(find("收入1920.00、920.00万元", "920.00"), Some(16..22));
        assert_eq!(find("1,920", "920"), None);
        assert_eq!(find("920.5", "920"), None);
        assert_eq!(find("为920.", "920"), Some(3..6));
        assert_eq!(find("共3个", "3个"), Some(3..7));
        assert_eq!(find("共3个", ""), None);
        assert_eq!(find_first("5、5.0、5", &["5", "5.0"], 1), Some(4..7));
        assert_eq!(find_first("5", &["5"], 9), None);
    }
}
