//! Sheets that are wider than their paper, printed over several pages: what a page shows at its left side is the rest of what another
//! one shows at its right.
//!
//! Put together only where that is certain. What a page draws beyond its own left edge, where nobody sees it, is drawn with the text
//! that goes on there: all of it has to stand on the other page, in the same place of the sheet. Tables without such text go on where
//! their rows lie at the same heights and the sides of a merged cell are open towards each other, or where the pages before both do.

use std::collections::BTreeSet;

use super::ink::{Glyph, Hundredths, Ink, POINT, Turn};
use super::outlines::Shape;
use super::page::points;
use super::rulings::Rule;
use super::turn::Sheet;
use crate::pages::Beside;

/// Pages of a document among which such sheets are looked for.
pub(super) const PAGES_MAX: u32 = 400;
/// Characters drawn beyond the edge that have to stand on the other page, at least.
const LETTERS_MIN: usize = 8;
/// Level rulings of a table that goes on, at least.
const RULES_MIN: usize = 3;
/// Places that are the same.
const NEAR: Hundredths = POINT * 3 / 5;
/// How far the ink of a ruling reaches over the edge of what is printed.
const EDGE: Hundredths = 2 * POINT;

/// A page after its drawing operations have run.
pub(super) struct Page {
    pub(super) number: u32,
    pub(super) ink: Ink,
    pub(super) sheet: Sheet,
}

/// A sheet, whole, as the first of its pages; and what remains of the others.
pub(super) struct Whole {
    pub(super) whole: Page,
    pub(super) beside: Vec<Beside>,
    pub(super) rest: Vec<(u32, Ink, Sheet)>,
}

/// True if something was cut away to the left of where it is shown.
pub(super) fn hangs(ink: &Ink) -> bool {
    ink.away.iter().any(|(glyph, area)| is_before(glyph, *area))
}

/// True for a letter to the left of its area, at the height of it.
fn is_before(glyph: &Glyph, [left, top, _, bottom]: [Hundredths; 4]) -> bool {
    let (x, y) = glyph.centre();
    glyph.turn == Turn::None && x < left && (top..=bottom).contains(&y)
}

/// True for a letter to the right of its area, at the height of it.
fn is_behind(glyph: &Glyph, [_, top, right, bottom]: [Hundredths; 4]) -> bool {
    let (x, y) = glyph.centre();
    glyph.turn == Turn::None && x > right && (top..=bottom).contains(&y)
}

/// The sheets among pages.
pub(super) fn sheets(pages: Vec<Page>) -> Vec<Whole> {
    let sides: Vec<Side> = pages.iter().map(Side::of).collect();
    // For each page the one to its left, and how far to the right of that it lies.
    let mut left: Vec<Option<(usize, Hundredths)>> = vec![None; sides.len()];
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for (at, side) in sides.iter().enumerate() {
        let free = (0..at).rev().filter(|other| !taken.contains(other));
        let mut near = free.filter_map(|other| Some((other, sides.get(other)?)));
        let found = near.find_map(|(other, own)| Some((other, own.goes_on(side)?))).or_else(|| {
            let (before, _) = left.get(at.checked_sub(1)?).copied().flatten()?;
            let next = Some(before + 1).filter(|next| *next < at && !taken.contains(next))?;
            Some((next, sides.get(next)?.has_rows_of(side)?))
        });
        taken.extend(found.map(|(other, _)| other));
        if let Some(slot) = left.get_mut(at) {
            *slot = found;
        }
    }
    together(pages, &left, &sides)
}

/// Puts each page to the right of the one before it.
fn together(pages: Vec<Page>, left: &[Option<(usize, Hundredths)>], sides: &[Side]) -> Vec<Whole> {
    // For each page the first of its sheet, and how far it lies to the right of that.
    let mut first: Vec<(usize, Hundredths)> = Vec::with_capacity(pages.len());
    let mut out: Vec<(usize, Whole)> = Vec::new();
    let mut heads: Vec<Option<Page>> = Vec::new();
    for (at, page) in pages.into_iter().enumerate() {
        let place = left.get(at).copied().flatten().and_then(|(other, right)| {
            let (head, before) = first.get(other).copied()?;
            Some((head, before + right))
        });
        let Some((head, right)) = place else {
            first.push((at, 0));
            heads.push(Some(page));
            continue;
        };
        first.push((head, right));
        heads.push(None);
        if let Some(whole) = heads.get_mut(head).and_then(Option::take) {
            out.push((head, Whole { whole, beside: Vec::new(), rest: Vec::new() }));
        }
        let edge = sides.get(at).map_or(0, |side| side.left);
        if let Some((_, whole)) = out.iter_mut().find(|(own, _)| *own == head) {
            whole.add(page, right, edge);
        }
    }
    out.into_iter().map(|(_, whole)| whole).collect()
}

impl Whole {
    /// Adds a page that lies so far to the right, with the edge at which it begins.
    fn add(&mut self, page: Page, right: Hundredths, edge: Hundredths) {
        let Page { number, ink, sheet } = page;
        let moved = |glyph: Glyph| Glyph { x: glyph.x + right, ..glyph };
        let seam = right + edge;
        let own = &mut self.whole.ink;
        // What one page draws beyond the seam is shown by the other.
        own.away.retain(|(glyph, area)| !is_behind(glyph, *area) || area[2] < seam - EDGE);
        let away = ink.away.into_iter().filter(|(glyph, area)| !is_before(glyph, *area) || area[0] > edge + EDGE);
        own.away.extend(away.map(|(glyph, [l, t, r, b])| (moved(glyph), [l + right, t, r + right, b])));
        own.glyphs.extend(ink.glyphs.into_iter().map(moved));
        own.invisible.extend(ink.invisible.into_iter().map(moved));
        own.covered.extend(ink.covered.into_iter().map(moved));
        let shape = |shape: Shape| {
            let [l, t, r, b] = shape.bounds;
            Shape { bounds: [l + right, t, r + right, b], ..shape }
        };
        own.shapes.extend(ink.shapes.into_iter().map(shape));
        own.pieces.add(ink.pieces, right);
        own.slanted = own.slanted.saturating_add(ink.slanted);
        own.layered |= ink.layered;
        own.overfull |= ink.overfull;
        own.hidden = u32::try_from(own.away.len()).unwrap_or(u32::MAX);
        self.whole.sheet = self.whole.sheet.with(sheet, right);
        let at = |x: Hundredths| points([x, 0, x, 0])[0];
        self.beside.push(Beside { from: at(seam), left: at(edge), page: number });
        self.rest.push((number, Ink { pictures: ink.pictures, ..Ink::default() }, sheet));
    }
}

/// What a page has at its sides.
struct Side {
    left: Hundredths,
    right: Hundredths,
    /// What can be seen, by height and place.
    shown: Vec<Glyph>,
    /// What is drawn beyond the left edge.
    hanging: Vec<Glyph>,
    level: Vec<Rule>,
    upright: Vec<Rule>,
}

impl Side {
    fn of(page: &Page) -> Side {
        let ink = &page.ink;
        let (level, upright, _) = ink.pieces.clone().rules();
        let mut shown: Vec<Glyph> = ink.glyphs.iter().filter(|glyph| glyph.turn == Turn::None).copied().collect();
        shown.sort_by_key(|glyph| (glyph.y, glyph.x));
        let cut = |is_cut: fn(&Glyph, [Hundredths; 4]) -> bool| {
            ink.away.iter().filter(move |(glyph, area)| is_cut(glyph, *area))
        };
        let lefts = cut(is_before).map(|(_, area)| area[0]).chain(level.iter().map(|rule| rule.from));
        let rights = cut(is_behind).map(|(_, area)| area[2]).chain(level.iter().map(|rule| rule.to));
        // A letter of which the half is shown reaches over the edge.
        let left = lefts.min().or_else(|| shown.iter().map(Glyph::left).min()).unwrap_or(0);
        let right = rights.max().or_else(|| shown.iter().map(Glyph::right).max()).unwrap_or(0);
        let hanging = cut(is_before).filter(|(_, area)| area[0] <= left + EDGE).map(|(glyph, _)| *glyph).collect();
        Side { left, right, shown, hanging, level, upright }
    }

    /// How far to the right of this page the other one lies, if that goes on with it for certain.
    fn goes_on(&self, other: &Side) -> Option<Hundredths> {
        let right = self.right - other.left;
        let near = (right - EDGE..=right + EDGE).step_by(10);
        let shown = near.filter_map(|right| Some((right, self.shows(&other.hanging, right)?)));
        let (right, letters) = shown.min_by_key(|(own, _)| (own - right).abs())?;
        let rows = || self.has_rows_of(other).is_some() && self.opens_to(other);
        (letters >= LETTERS_MIN || rows()).then_some(right)
    }

    /// How many letters another page, so far to the right, draws beyond its left edge, if this one shows all of them.
    fn shows(&self, hanging: &[Glyph], right: Hundredths) -> Option<usize> {
        let moved = hanging.iter().map(|glyph| Glyph { x: glyph.x + right, ..*glyph });
        let mut count = 0;
        for glyph in moved.filter(|glyph| glyph.character != ' ' && glyph.centre().0 >= self.left) {
            let from = self.shown.partition_point(|own| own.y < glyph.y - NEAR);
            let mut level = self.shown.iter().skip(from).take_while(|own| own.y <= glyph.y + NEAR);
            if !level.any(|own| own.character == glyph.character && (own.x - glyph.x).abs() <= NEAR) {
                return None;
            }
            count += 1;
        }
        Some(count)
    }

    /// How far the other page lies to the right, if the rows of tables on both lie at the same heights and go on over the edge.
    fn has_rows_of(&self, other: &Side) -> Option<Hundredths> {
        let ends = |rules: &[Rule], at: &dyn Fn(&Rule) -> Hundredths, edge: Hundredths| -> Vec<Hundredths> {
            let ends = rules.iter().filter(|rule| (at(rule) - edge).abs() <= EDGE);
            ends.map(|rule| rule.at).collect()
        };
        let own = ends(&self.level, &|rule| rule.to, self.right);
        let theirs = ends(&other.level, &|rule| rule.from, other.left);
        let same = own.len() == theirs.len() && own.iter().zip(&theirs).all(|(a, b)| (a - b).abs() <= NEAR);
        (same && own.len() >= RULES_MIN).then_some(self.right - other.left)
    }

    /// True if a cell of both has no side where they meet, and every other cell has one on both or on none.
    fn opens_to(&self, other: &Side) -> bool {
        let at = |rule: &&Rule, y: Hundredths| rule.from <= y && y <= rule.to;
        let ruled = |rules: &[Rule], y: Hundredths| rules.iter().any(|rule| at(&rule, y));
        let closed = |rules: &[Rule], edge: Hundredths, y: Hundredths| {
            rules.iter().filter(|rule| at(rule, y)).any(|rule| (rule.at - edge).abs() <= EDGE)
        };
        let heights: Vec<Hundredths> = self.level.iter().map(|rule| rule.at).collect();
        let rows = heights.windows(2).filter_map(|pair| match pair {
            &[above, below] if below - above > 2 * EDGE => Some((above + below) / 2),
            _ => None,
        });
        let sides = |y| (closed(&self.upright, self.right, y), closed(&other.upright, other.left, y));
        let open = |y| sides(y) == (false, false) && ruled(&self.upright, y) && ruled(&other.upright, y);
        rows.clone().all(|y| sides(y).0 == sides(y).1) && rows.clone().any(open)
    }
}
