//! How lines lie on their pages: margins, letters, where a paragraph ends and begins.

use std::collections::BTreeMap;

use juesuan_read::{Format, PageLine, Pages, Piece};
use juesuan_text::{Ordinal, characters};

/// Characters of a line that tells where the margins are, at least.
const LONG_LINE: usize = 18;

/// Margins of one page.
#[derive(Clone, Copy, Debug)]
struct Margins {
    left: i32,
    right: i32,
}

/// What is known of the lines of a document.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    margins: BTreeMap<u32, Margins>,
    common: Option<Margins>,
    /// Height of the letters of running text, in tenths of a point.
    body: u16,
    /// Width of a full line of a text without pages, in half-width characters.
    full: usize,
    says_ends: bool,
}

/// Half-width characters of a text.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

impl Layout {
    /// Looks at all lines.
    pub fn of(pages: &Pages, pieces: &[Piece]) -> Layout {
        let lines = || {
            pieces.iter().filter_map(|piece| match piece {
                Piece::Line(line) => Some(line),
                Piece::Grid(_) | Piece::Picture(_) => None,
            })
        };
        let mut layout = Layout { says_ends: matches!(pages.format, Format::Docx | Format::Html), ..Layout::default() };
        let mut sizes: BTreeMap<u16, usize> = BTreeMap::new();
        let mut widths: Vec<usize> = Vec::new();
        let mut all: Vec<Margins> = Vec::new();
        for line in lines() {
            *sizes.entry(line.size).or_default() += line.text.chars().count();
            widths.push(width(&line.text));
            let (Some([left, _, right, _]), Some(page)) = (line.place.bounds, line.place.page) else { continue };
            if line.text.chars().count() < LONG_LINE {
                continue;
            }
            all.push(Margins { left, right });
            let margins = layout.margins.entry(page).or_insert(Margins { left, right });
            margins.left = margins.left.min(left);
            margins.right = margins.right.max(right);
        }
        layout.body = sizes.into_iter().max_by_key(|(_, count)| *count).map_or(0, |(size, _)| size);
        widths.sort_unstable();
        layout.full = widths.get(widths.len() * 9 / 10).copied().unwrap_or(0);
        let middle = |mut values: Vec<i32>| {
            values.sort_unstable();
            values.get(values.len() / 2).copied()
        };
        layout.common = middle(all.iter().map(|m| m.left).collect())
            .zip(middle(all.iter().map(|m| m.right).collect()))
            .map(|(left, right)| Margins { left, right });
        layout
    }

    /// True where lines have bounds on a page.
    pub fn is_drawn(&self, line: &PageLine) -> bool {
        line.place.bounds.is_some() && line.place.page.is_some()
    }

    fn margins(&self, line: &PageLine) -> Option<(Margins, i32, i32)> {
        let [left, _, right, _] = line.place.bounds?;
        let margins = line.place.page.and_then(|page| self.margins.get(&page)).copied().or(self.common)?;
        Some((margins, left, right))
    }

    /// Width of a letter in points.
    fn letter(&self, line: &PageLine) -> i32 {
        let size = if line.size > 0 { line.size } else { self.body };
        i32::from(size).max(80) / 10
    }

    /// True if a line stops well before the right margin.
    pub fn is_short(&self, line: &PageLine) -> bool {
        self.stops(line, 3)
    }

    /// True if `letters` have room before the right margin; of a text without pages, if a line is much shorter than most.
    fn stops(&self, line: &PageLine, letters: i32) -> bool {
        match self.margins(line) {
            Some((margins, _, right)) => right < margins.right - letters * self.letter(line),
            None => width(&line.text) * 10 < self.full * 6,
        }
    }

    /// True if a line reaches the right margin, or nearly so.
    pub fn is_full(&self, line: &PageLine) -> bool {
        match self.margins(line) {
            Some(_) => !self.is_short(line),
            None => width(&line.text) * 10 >= self.full * 9,
        }
    }

    /// True if a line begins to the right of the left margin.
    pub fn is_indented(&self, line: &PageLine) -> bool {
        self.margins(line).is_some_and(|(margins, left, _)| left > margins.left + self.letter(line) * 6 / 5)
    }

    /// True if a line stands in the middle between the margins, with room at both sides.
    pub fn is_centred(&self, line: &PageLine) -> bool {
        self.margins(line).is_some_and(|(margins, left, right)| {
            let (before, behind) = (left - margins.left, margins.right - right);
            before > 3 * self.letter(line) && (before - behind).abs() < (margins.right - margins.left) / 8
        })
    }

    /// True if the letters are larger than those of running text.
    pub fn is_large(&self, line: &PageLine) -> bool {
        u32::from(line.size) * 10 > u32::from(self.body) * 11
    }

    /// True if a paragraph ends with `line`, which `next` follows.
    pub fn ends(&self, line: &PageLine, next: &PageLine) -> bool {
        if self.says_ends {
            return line.ends || next.heading.is_some() || line.heading.is_some();
        }
        let text = line.text.trim_end();
        let closed = text.ends_with(['。', '！', '；', '：', ':', ';']);
        let goes_on = text.ends_with(['，', '、', '（', '(', '“', '《', ',', '＝', '=', '÷', '×']);
        if !self.is_drawn(line) {
            return closed || (self.is_short(line) && !goes_on);
        }
        let item = Ordinal::at(&characters(&next.text)).is_some();
        if line.size.abs_diff(next.size) * 8 > line.size.max(next.size) {
            return true;
        }
        // A title in larger letters may fill its line; the item below it is no part of it.
        if item && u32::from(line.size) * 40 > u32::from(next.size) * 41 {
            return true;
        }
        let begins = self.is_indented(next) || item;
        if text.ends_with(['。', '！']) {
            self.is_short(line) || begins
        } else if closed {
            begins
        } else {
            // A word that must not be broken leaves room at the end of a line.
            !goes_on && (self.stops(line, 6) || (self.is_short(line) && begins))
        }
    }
}
