//! Pages whose text runs another way than the page: they are turned upright to be read, and places turned back.

use juesuan_model::PageSize;

use super::ink::{Glyph, Hundredths, Turn};
use super::rulings::{Pieces, Rule, Swap};

/// The size of a page, and how its text runs on it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sheet {
    width: Hundredths,
    height: Hundredths,
    turn: Turn,
}

impl Sheet {
    /// A page whose text runs left to right, as far as is known.
    pub(super) fn new(width: Hundredths, height: Hundredths) -> Sheet {
        Sheet { width, height, turn: Turn::None }
    }

    /// The sheet that this page makes with another one whose left edge lies so far to the right of its own.
    pub(super) fn with(self, other: Sheet, right: Hundredths) -> Sheet {
        Sheet { width: self.width.max(right + other.width), height: self.height.max(other.height), ..self }
    }

    /// How large it is as it is shown.
    pub(super) fn points(&self) -> PageSize {
        let nearest = |side: Hundredths| u32::try_from((side.max(0) + 50) / 100).unwrap_or(0);
        PageSize { width: nearest(self.width), height: nearest(self.height) }
    }

    /// True if places have to be turned back.
    pub(super) fn is_turned(&self) -> bool {
        self.turn != Turn::None
    }

    /// Width and height where its text is upright.
    pub(super) fn size(&self) -> (Hundredths, Hundredths) {
        match self.turn {
            Turn::None | Turn::Over => (self.width, self.height),
            Turn::Right | Turn::Left => (self.height, self.width),
        }
    }

    /// Percent of the page that a box covers.
    pub(super) fn percent(&self, [left, top, right, bottom]: [Hundredths; 4]) -> u8 {
        let page = i64::from(self.width.max(1)) * i64::from(self.height.max(1));
        let part = i64::from((right - left).max(0)) * i64::from((bottom - top).max(0));
        u8::try_from((part * 100 / page).clamp(0, 100)).unwrap_or(100)
    }

    /// A point of the page where its text is upright.
    fn upright(&self, x: Hundredths, y: Hundredths) -> (Hundredths, Hundredths) {
        match self.turn {
            Turn::None => (x, y),
            Turn::Right => (y, self.width - x),
            Turn::Over => (self.width - x, self.height - y),
            Turn::Left => (self.height - y, x),
        }
    }

    /// A glyph of the real page where it stands when the text is upright.
    pub(super) fn standing(&self, glyph: Glyph) -> Glyph {
        let (x, y) = self.upright(glyph.x, glyph.y);
        standing(Glyph { x, y, ..glyph }, relative(glyph.turn, self.turn))
    }

    /// A box of the real page where it lies when the text is upright.
    pub(super) fn ahead(&self, bounds: [Hundredths; 4]) -> [Hundredths; 4] {
        let (x0, y0) = self.upright(bounds[0], bounds[1]);
        let (x1, y1) = self.upright(bounds[2], bounds[3]);
        [x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)]
    }

    /// A box of the upright page where it lies on the real one.
    pub(super) fn back(&self, bounds: [Hundredths; 4]) -> [Hundredths; 4] {
        let point = |x: Hundredths, y: Hundredths| match self.turn {
            Turn::None => (x, y),
            Turn::Right => (self.width - y, x),
            Turn::Over => (self.width - x, self.height - y),
            Turn::Left => (y, self.height - x),
        };
        let (x0, y0) = point(bounds[0], bounds[1]);
        let (x1, y1) = point(bounds[2], bounds[3]);
        [x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)]
    }
}

/// Turns a page upright if most of its text runs another way. A glyph that still lies on its side afterwards keeps its
/// place and stands upright there.
pub(super) fn upright(glyphs: Vec<Glyph>, pieces: Pieces, sheet: Sheet) -> (Vec<Glyph>, Pieces, Sheet) {
    let count = |turn: Turn| glyphs.iter().filter(|g| g.turn == turn && g.character != ' ').count();
    let turns = [Turn::None, Turn::Right, Turn::Over, Turn::Left];
    let turn = turns.into_iter().max_by_key(|turn| (count(*turn), *turn == Turn::None)).unwrap_or_default();
    let sheet = Sheet { turn, ..sheet };
    let glyphs = glyphs.into_iter().map(|glyph| sheet.standing(glyph)).collect();
    let ends = |a: Hundredths, b: Hundredths| (a.min(b), a.max(b));
    let level = |rule: Rule| {
        let (x0, y0) = sheet.upright(rule.from, rule.at);
        let (x1, y1) = sheet.upright(rule.to, rule.at);
        let (at, (from, to)) = if x0 == x1 && y0 != y1 { (x0, ends(y0, y1)) } else { (y0, ends(x0, x1)) };
        Rule { at, from, to }
    };
    let across = |rule: Rule| {
        let (x0, y0) = sheet.upright(rule.at, rule.from);
        let (x1, y1) = sheet.upright(rule.at, rule.to);
        let (at, (from, to)) = if y0 == y1 && x0 != x1 { (y0, ends(x0, x1)) } else { (x0, ends(y0, y1)) };
        Rule { at, from, to }
    };
    let pieces = match turn {
        Turn::None => pieces,
        Turn::Over => pieces.turned(level, across, Swap::No),
        Turn::Right | Turn::Left => pieces.turned(level, across, Swap::Yes),
    };
    (glyphs, pieces, sheet)
}

/// How a glyph runs on a page that has been turned.
fn relative(glyph: Turn, page: Turn) -> Turn {
    let quarters = |turn: Turn| match turn {
        Turn::None => 0u8,
        Turn::Right => 1,
        Turn::Over => 2,
        Turn::Left => 3,
    };
    match (quarters(glyph) + 4 - quarters(page)) % 4 {
        1 => Turn::Right,
        2 => Turn::Over,
        3 => Turn::Left,
        _ => Turn::None,
    }
}

/// An upright glyph in the box of one that lies on its side.
fn standing(glyph: Glyph, turn: Turn) -> Glyph {
    let (size, advance) = (glyph.size, glyph.advance);
    let (up, down) = (size * 22 / 25, size * 3 / 25);
    let (left, bottom, wide) = match turn {
        Turn::None => return Glyph { turn, ..glyph },
        Turn::Right => (glyph.x - down, glyph.y + advance, size),
        Turn::Over => (glyph.x - advance, glyph.y + up, advance),
        Turn::Left => (glyph.x - up, glyph.y, size),
    };
    Glyph { x: left, y: bottom - down, advance: wide, turn: Turn::None, ..glyph }
}
