//! Text of which a part is cut away: at the edge of a printed area, or at the side of a cell that is too narrow. What is left of a
//! number is another number, so it is not read.

use super::ink::{Glyph, Hundredths, POINT};
use super::lines::Line;
use super::turn::Sheet;

/// Characters before the colon of what is led by one: 注：, 说明：.
const LEAD_MAX: usize = 4;
/// How far an area may reach over the side of its cell.
const OVER: Hundredths = 4 * POINT;

/// The glyphs of a page that were cut away, by the height of their base line.
#[derive(Debug, Default)]
pub(super) struct Cut(Vec<(Glyph, [Hundredths; 4])>);

impl Cut {
    /// From glyphs with the areas outside of which they lie, on a page that is turned upright.
    pub(super) fn new(away: Vec<(Glyph, [Hundredths; 4])>, sheet: &Sheet) -> Cut {
        let turned = |(glyph, area): (Glyph, [Hundredths; 4])| (sheet.standing(glyph), sheet.ahead(area));
        let mut away: Vec<_> = away.into_iter().map(turned).collect();
        away.sort_by_key(|(glyph, _)| (glyph.y, glyph.x));
        Cut(away)
    }

    /// True if a glyph that was cut away stands directly before or behind a line, of the same area: what another cell cut away of its
    /// own text says nothing about this one.
    pub(super) fn ends(&self, line: &Line) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let mut solid = line.glyphs.iter().filter(|glyph| glyph.character != ' ');
        let Some(first) = solid.next() else { return false };
        let last = solid.next_back().unwrap_or(first);
        let beside = |own: &Glyph, gap: &dyn Fn(&Glyph) -> Hundredths| {
            let from = self.0.partition_point(|(glyph, _)| glyph.y < own.y - own.size / 5);
            let level = self.0.iter().skip(from).take_while(|(glyph, _)| glyph.y <= own.y + own.size / 5);
            let (x, _) = own.middle();
            let same =
                |[left, _, right, _]: &[Hundredths; 4]| (left - own.size / 2..=right + own.size / 2).contains(&x);
            level
                .into_iter()
                .any(|(glyph, area)| same(area) && (-own.size / 2..=own.size * 3 / 5).contains(&gap(glyph)))
        };
        beside(last, &|glyph| glyph.left() - last.right()) || beside(first, &|glyph| first.left() - glyph.right())
    }

    /// True for a line that is cut and still says what it says: words from a mark on that leads them, without a number.
    pub(super) fn is_kept(&self, line: &Line) -> bool {
        let text = line.text().text;
        let led = text.chars().take(LEAD_MAX).any(|c| matches!(c, '：' | ':'));
        led && !text.contains(|c: char| c.is_ascii_digit()) && text.chars().count() > 2 * LEAD_MAX
    }

    /// True if such a character was cut away above or below the lines of a cell: what the cell shows is one line of several.
    pub(super) fn within(&self, cell: [Hundredths; 4], such: impl Fn(char) -> bool) -> bool {
        let [left, top, right, bottom] = cell;
        let inside = |[x0, y0, x1, y1]: [Hundredths; 4]| {
            x0 >= left - OVER && x1 <= right + OVER && y0 >= top - OVER && y1 <= bottom + OVER
        };
        self.0.iter().any(|(glyph, area)| such(glyph.character) && inside(*area))
    }
}
