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

/// The bytes of all places at which `said` stands in `text` with no piece of a number, from the first on: 3万元 does not stand in 13万元.
pub fn all(text: &str, said: &str) -> Vec<Range<usize>> {
    if said.is_empty() {
        return Vec::new();
    }
    let numbers = numbers(text);
    let digit = |c: char| c.is_ascii_digit();
    let begins = |at: usize| !said.starts_with(digit) || numbers.iter().any(|own| own.start == at);
    let ends = |at: usize| !said.ends_with(digit) || numbers.iter().any(|own| own.end == at);
    let places = text.match_indices(said).map(|(at, _)| at..at + said.len());
    places.filter(|range| begins(range.start) && ends(range.end)).collect()
}

/// The bytes of every number of `text`, from the first on, with the marks between its digits.
pub fn numbers(text: &str) -> Vec<Range<usize>> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let digit = |at: usize| letters.get(at).is_some_and(|(_, c)| c.is_ascii_digit());
    let three = |at: usize| (1..=3).all(|k| digit(at + k)) && !digit(at + 4);
    let mut out: Vec<Range<usize>> = Vec::new();
    let (mut has_point, mut is_inside) = (false, false);
    for (at, (byte, c)) in letters.iter().enumerate() {
        is_inside &= match c {
            '.' => digit(at + 1),
            ',' => digit(at + 1) && !has_point,
            // 1，234.50
            '，' => three(at) && !has_point,
            c => c.is_ascii_digit(),
        };
        has_point = is_inside && (has_point || *c == '.');
        let end = byte + c.len_utf8();
        match out.last_mut().filter(|_| is_inside) {
            Some(number) => number.end = end,
            None if c.is_ascii_digit() => {
                out.push(*byte..end);
                is_inside = true;
            }
            None => {}
        }
    }
    out
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

    #[test]
    fn every_place_of_a_number_and_every_number_is_found() {
        assert_eq!(all("收3.00、13.00、3.00", "3.00"), [3..7, 18..22]);
        assert_eq!(all("支出支出", "支出"), [0..6, 6..12]);
        assert!(all("3", "").is_empty() && all("13万元、23.5", "3万元").is_empty());
        assert!(all("1,286.41、1，286.41", "286.41").is_empty());
        let told =
            |text: &str| numbers(text).into_iter().map(|range| text.get(range).unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(told("共1,234.50，其中3.，5个"), ["1,234.50", "3", "5"]);
        assert_eq!(told("为1，234.50、3.00，200和3.00,5"), ["1，234.50", "3.00", "200", "3.00", "5"]);
    }
}
