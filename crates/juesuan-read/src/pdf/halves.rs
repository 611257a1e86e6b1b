//! Sheets on which two pages are printed beside each other, or four: each is read as a page of its own.

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
/// Pages on a sheet of four that are not blank, at least.
const PAGES_MIN: usize = 3;

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

/// Where a sheet of this size is to be parted into four pages: nothing crosses its middles, and on three of the four at least there is
/// much.
pub(super) fn crossing(
    glyphs: &[Glyph],
    level: &[Rule],
    upright: &[Rule],
    (width, height): (Hundredths, Hundredths),
) -> Option<(Hundredths, Hundredths)> {
    let printed: Vec<&Glyph> = glyphs.iter().filter(|glyph| glyph.character != ' ').collect();
    let x = gap(printed.iter().map(|glyph| (glyph.x, glyph.right())), level, width)?;
    let y = gap(printed.iter().map(|glyph| (glyph.y - glyph.size, glyph.y)), upright, height)?;
    let mut pages: [Vec<Glyph>; 4] = Default::default();
    for glyph in printed {
        let (across, along) = glyph.middle();
        let page = usize::from(across >= x) + 2 * usize::from(along >= y);
        pages.get_mut(page)?.push(*glyph);
    }
    let filled = pages.iter().filter(|page| page.len() >= LETTERS_MIN).count();
    let mut ruled = [0usize; 4];
    for rule in level {
        let page = usize::from(rule.from.midpoint(rule.to) >= x) + 2 * usize::from(rule.at >= y);
        ruled.get_mut(page).into_iter().for_each(|count| *count += 1);
    }
    let tables = ruled.into_iter().filter(|count| *count >= RULES_MIN).count();
    let full = filled >= PAGES_MIN && (tables > 1 || pages.into_iter().any(has_text));
    full.then_some((x, y))
}

/// The middle of the empty stretch about the middle of a length, if what is printed and ruled leaves one.
fn gap(
    printed: impl Iterator<Item = (Hundredths, Hundredths)>,
    rules: &[Rule],
    length: Hundredths,
) -> Option<Hundredths> {
    let middle = length / 2;
    let ruled = rules.iter().map(|rule| (rule.from, rule.to));
    let (mut end, mut begin) = (0, length);
    for (from, to) in printed.chain(ruled) {
        if from.midpoint(to) < middle {
            end = end.max(to);
        } else {
            begin = begin.min(from);
        }
    }
    (begin - end >= length / 100 * GUTTER).then_some(end.midpoint(begin))
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

    #[test]
    fn four_pages_on_a_sheet_are_parted_where_nothing_crosses_its_middles() {
        let line = |y: i32| text(3_000, 24, y * 1_500).chain(text(32_000, 24, y * 1_500));
        let upper: Vec<Glyph> = (2..24).flat_map(line).collect();
        let sheet: Vec<Glyph> = upper.iter().copied().chain((31..52).flat_map(line)).collect();
        let size = (59_500, 84_000);
        assert!(crossing(&sheet, &[], &[], size).is_some());
        // Two columns on one page, and a table that goes on below the middle.
        assert_eq!(crossing(&upper, &[], &[], size), None);
        let down = Rule { at: 3_000, from: 20_000, to: 60_000 };
        assert_eq!(crossing(&sheet, &[], &[down], size), None);
    }
}
