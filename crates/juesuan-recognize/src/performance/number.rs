//! Numbers behind the words that introduce them.

use juesuan_model::{Printed, Quantity, Unit};
use juesuan_text::unit;

/// A number and where it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) printed: Printed,
    /// First character.
    pub(super) start: usize,
    /// Behind its unit.
    pub(super) end: usize,
}

/// The number that begins at a character. Without a unit behind it, it is one of `usual`; without that, none.
pub(super) fn number_at(chars: &[char], start: usize, usual: Option<Unit>) -> Option<Found> {
    let rest = chars.get(start..)?;
    let mut digits = String::new();
    let mut length = 0;
    for (at, c) in rest.iter().enumerate() {
        match c {
            '0'..='9' | '.' => digits.push(*c),
            '-' if at == 0 => digits.push(*c),
            _ => break,
        }
        length = at + 1;
    }
    if !digits.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let behind: String = rest.get(length..).unwrap_or_default().iter().filter(|c| **c != '\n').take(2).collect();
    // 28.82万，执行: short for 万元.
    let short = behind.starts_with('万').then_some(("万", Unit::WanYuan));
    let unit = unit::leading(&behind).or(short);
    let (printed_unit, width) = match (unit, usual) {
        (Some((word, unit)), _) => (unit, word.chars().count()),
        (None, Some(unit)) => (unit, 0),
        (None, None) => return None,
    };
    let printed = Printed::parse(digits.trim_end_matches('.'), printed_unit).ok()?;
    Some(Found { printed, start, end: start + length + width })
}

/// All numbers with a unit behind them.
pub(super) fn all(chars: &[char]) -> Vec<Found> {
    let mut out = Vec::new();
    let mut index = 0;
    while index < chars.len() {
        let begins = index.checked_sub(1).and_then(|i| chars.get(i)).is_none_or(|c| !c.is_ascii_digit() && *c != '.');
        match number_at(chars, index, None).filter(|_| begins) {
            Some(found) => {
                index = found.end;
                out.push(found);
            }
            None => index += 1,
        }
    }
    out
}

/// True if a number of this unit can be this quantity.
pub(super) fn fits(quantity: Quantity, unit: Unit) -> bool {
    match quantity {
        Quantity::Rate => unit == Unit::Percent,
        Quantity::Score | Quantity::ExecutionScore | Quantity::ExecutionWeight | Quantity::WeightTotal => {
            unit == Unit::Point
        }
        _ => unit.fen().is_some(),
    }
}

/// True if `word` stands at a character.
pub(super) fn at(chars: &[char], from: usize, word: &[char]) -> bool {
    chars.get(from..from + word.len()).is_some_and(|own| own == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_needs_a_unit_or_a_usual_one() {
        let read = |text: &str, usual| {
            let chars: Vec<char> = text.chars().collect();
            number_at(&chars, 0, usual).map(|found| (found.printed.to_string(), found.end))
        };
        assert_eq!(read("28.82万，执行", None), Some(("28.82万元".to_owned(), 6)));
        assert_eq!(read("96.8分。", None), Some(("96.8分".to_owned(), 5)));
        assert_eq!(read("11个", None), None);
        assert_eq!(read("770.84项目", Some(Unit::WanYuan)), Some(("770.84万元".to_owned(), 6)));
    }
}
