//! Sheets on which two pages are printed beside each other: each half is read as a page of its own.

use super::ink::{Glyph, Hundredths};
use super::lines::lines;
use super::rulings::Rule;

/// How much wider than high a sheet is that has room for two pages, in percent.
const WIDE: i64 = 120;
/// The empty stretch between the pages, in percent of the width, at least.
const GUTTER: i32 = 3;
/// Letters of a page, its full lines of text, and its level rulings, at least.
const LETTERS_MIN: usize = 40;
const LINES_MIN: usize = 3;
const RULES_MIN: usize = 4;

/// Where a sheet of this size is to be parted; `None` for one page. A table over the whole width has rulings that cross the
/// middle, or no lines of text.
pub(super) fn gutter(
    glyphs: &[Glyph],
    level: &[Rule],
    (width, height): (Hundredths, Hundredths),
) -> Option<Hundredths> {
    if i64::from(width) * 100 < i64::from(height) * WIDE {
        return None;
    }
    let middle = width / 2;
    let printed = || glyphs.iter().filter(|glyph| glyph.character != ' ');
    let (left, right): (Vec<Glyph>, Vec<Glyph>) = printed().copied().partition(|glyph| glyph.middle().0 < middle);
    let end = left.iter().map(Glyph::right).max()?;
    let begin = right.iter().map(Glyph::left).min()?;
    let crossed = level.iter().any(|rule| rule.from < end && rule.to > begin);
    if left.len().min(right.len()) < LETTERS_MIN || begin - end < width / 100 * GUTTER || crossed {
        return None;
    }
    let at = (begin + end) / 2;
    let ruled = |left: bool| level.iter().filter(|rule| ((rule.from + rule.to) / 2 < at) == left).count() >= RULES_MIN;
    (has_text(left) || has_text(right) || (ruled(true) && ruled(false))).then_some(at)
}

/// True if some lines are full of letters from one end to the other, as long as the longest.
fn has_text(glyphs: Vec<Glyph>) -> bool {
    let lines = lines(glyphs);
    let length = |bounds: &[Hundredths; 4]| bounds[2] - bounds[0];
    let longest = lines.iter().map(|line| length(&line.bounds)).max().unwrap_or(0);
    let full = lines.iter().filter(|line| {
        let letters: Hundredths = line.glyphs.iter().map(|glyph| glyph.advance).sum();
        letters * 10 >= length(&line.bounds) * 9 && length(&line.bounds) * 10 >= longest * 8
    });
    full.count() >= LINES_MIN
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(from: Hundredths, count: i32, y: Hundredths) -> impl Iterator<Item = Glyph> {
        let glyph = move |at| Glyph {
            character: '文',
            x: from + at * 1_000,
            y,
            advance: 1_000,
            size: 1_000,
            turn: super::super::ink::Turn::None,
            seen: juesuan_model::Seen::Text,
        };
        (0..count).map(glyph)
    }

    #[test]
    fn two_columns_of_full_lines_on_a_wide_sheet_are_two_pages() {
        let line = |y: i32| text(5_000, 28, y * 1_500).chain(text(47_000, 28, y * 1_500));
        let glyphs: Vec<Glyph> = (1..20).flat_map(line).collect();
        let wide = (84_000, 59_500);
        assert_eq!(gutter(&glyphs, &[], wide), Some(40_000));
        assert_eq!(gutter(&glyphs, &[], (59_500, 84_000)), None);
        let across = Rule { at: 3_000, from: 5_000, to: 75_000 };
        assert_eq!(gutter(&glyphs, &[across], wide), None);
        // The columns of a table have gaps in them.
        let row = |y: i32| [5_000, 20_000, 47_000, 60_000].into_iter().flat_map(move |x| text(x, 4, y * 1_500));
        let table: Vec<Glyph> = (1..20).flat_map(row).collect();
        assert_eq!(gutter(&table, &[], wide), None);
    }
}
