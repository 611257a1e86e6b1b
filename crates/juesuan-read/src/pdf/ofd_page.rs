//! One page of an OFD: its objects to ink. What cannot be seen (no colour, the colour of its ground, under an area, beside the page) is
//! told and not read, as on a page of a PDF.

use juesuan_model::Seen;

use super::characters::{is_wide, plain};
use super::ink::{Glyph, Hundredths, Ink, Turn};
use super::ofd_length::{UNIT, hundredths, length, lengths, steps};
use super::outlines::{SHAPES_MAX, Shape, is_letter_sized};
use super::rulings::Rule;
use crate::xml::{self, Tag, Token, Xml};

/// Letters and lines of one page that are kept.
const INK_MAX: usize = 200_000;
/// How opaque it is that lets nothing through, and how opaque that cannot be seen, of 255.
const OPAQUE: i64 = 250;
const FAINT: i64 = 8;
/// Levels of a colour that look the same.
const LEVELS: i64 = 8;
const PAPER: Colour = [255 / LEVELS; 3];
/// How often a letter is held against an area.
const COMPARISONS_MAX: usize = 50_000_000;
/// A shape of fewer pieces is a ruling, a box, a mark, but hardly a letter; a bow says as much as several straight pieces.
const LETTER_SEGMENTS_MIN: u32 = 6;
const CURVE_SEGMENTS: u32 = 3;

/// Red, green, blue in steps that can be told apart.
type Colour = [i64; 3];

/// An object while it is read: where it lies, and how it is turned and stretched.
#[derive(Clone, Copy, Default)]
struct Object {
    left: i64,
    top: i64,
    matrix: Option<[i64; 6]>,
    size: i64,
    /// How opaque it is, of 255; nothing if it is not to be seen at all.
    opacity: i64,
    /// Whether its inside is filled, and with which colour, if it is a single one.
    filled: bool,
    colour: Option<Colour>,
}

impl Object {
    fn of(tag: &Tag<'_>) -> Object {
        let of = |name| xml::attribute(tag, name).map(|value| lengths(&value)).unwrap_or_default();
        let corner = of("Boundary");
        let matrix: Option<[i64; 6]> = of("CTM").try_into().ok();
        let size = xml::attribute(tag, "Size").map_or(0, |size| length(&size));
        let said = |name| xml::attribute(tag, name);
        let opacity = if said("Visible").as_deref() == Some("false") { 0 } else { opacity(tag) };
        Object {
            left: corner.first().copied().unwrap_or(0),
            top: corner.get(1).copied().unwrap_or(0),
            matrix,
            size,
            opacity,
            // Letters are filled unless something else is said, paths are not.
            filled: said("Fill").map_or(xml::name(tag) == "TextObject", |filled| filled == "true"),
            colour: Some([0; 3]),
        }
    }

    /// Takes the colour that its inside is filled with.
    fn fill(&mut self, tag: &Tag<'_>) {
        self.opacity = self.opacity * opacity(tag) / 255;
        let of = |level: i64| level / UNIT / LEVELS;
        self.colour = match *xml::attribute(tag, "Value").map(|value| lengths(&value)).unwrap_or_default() {
            [grey] => Some([of(grey); 3]),
            [red, green, blue] => Some([red, green, blue].map(of)),
            [0, 0, 0, 0] => Some(PAPER),
            _ => None,
        };
    }

    /// A vector of the object on the page.
    fn turned(&self, x: i64, y: i64) -> (i64, i64) {
        let [a, b, c, d, ..] = self.matrix.unwrap_or([UNIT, 0, 0, UNIT, 0, 0]);
        let product = |p: i64, q: i64| p.saturating_mul(q) / UNIT;
        (product(a, x).saturating_add(product(c, y)), product(b, x).saturating_add(product(d, y)))
    }

    /// A point of the object on the page.
    fn point(&self, x: i64, y: i64) -> (Hundredths, Hundredths) {
        let (x, y) = self.turned(x, y);
        let [.., e, f] = self.matrix.unwrap_or_default();
        let on = |corner: i64, at: i64, shift: i64| hundredths(corner.saturating_add(at).saturating_add(shift));
        (on(self.left, x, e), on(self.top, y, f))
    }

    fn turn(&self) -> Turn {
        let (x, y) = self.turned(UNIT, 0);
        match (x.abs() >= y.abs(), x >= 0, y >= 0) {
            (true, true, _) => Turn::None,
            (true, false, _) => Turn::Over,
            (false, _, true) => Turn::Right,
            (false, _, false) => Turn::Left,
        }
    }

    /// How long a length along the line, and across it, is on the page.
    fn scaled(&self, along: i64) -> Hundredths {
        let (x, y) = self.turned(along, 0);
        hundredths(x.abs().max(y.abs()))
    }
}

/// A stretch of text while it is read.
#[derive(Default)]
struct Stretch {
    x: i64,
    y: i64,
    across: Vec<i64>,
    down: Vec<i64>,
    text: String,
}

/// A part of a path that is drawn without lifting the pen.
#[derive(Clone, Default)]
struct Part {
    corners: Vec<(Hundredths, Hundredths)>,
    segments: u32,
}

impl Part {
    /// Left, top, right, bottom.
    fn bounds(&self) -> Option<[Hundredths; 4]> {
        let (xs, ys) = (|| self.corners.iter().map(|(x, _)| *x), || self.corners.iter().map(|(_, y)| *y));
        Some([xs().min()?, ys().min()?, xs().max()?, ys().max()?])
    }

    /// True for an upright box.
    fn is_box(&self, [left, top, right, bottom]: [Hundredths; 4]) -> bool {
        let corner = |&(x, y): &(Hundredths, Hundredths)| (x == left || x == right) && (y == top || y == bottom);
        (4..=5).contains(&self.corners.len()) && self.segments <= 5 && self.corners.iter().all(corner)
    }
}

/// A page while it is drawn.
#[derive(Default)]
pub(super) struct Drawing {
    /// Its width and height.
    pub(super) area: (i64, i64),
    /// Letters and lines so far.
    pub(super) kept: usize,
    ink: Ink,
    object: Object,
    stretch: Stretch,
    /// What was filled, with its colour if it is a single one.
    grounds: Vec<([Hundredths; 4], Option<Colour>)>,
    compared: usize,
}

impl Drawing {
    /// On a page of that width and height.
    pub(super) fn on(area: (i64, i64)) -> Drawing {
        Drawing { area, ..Drawing::default() }
    }

    /// Draws a part. False if it breaks off.
    pub(super) fn draw(&mut self, part: &str) -> bool {
        let mut xml = Xml::new(part);
        let mut open: Vec<String> = Vec::new();
        loop {
            match xml.read() {
                Ok(Token::Open(tag)) => {
                    self.open(&tag);
                    open.push(xml::name(&tag).to_owned());
                }
                Ok(Token::Empty(tag)) => self.open(&tag),
                Ok(Token::Text(text)) => match open.last().map(String::as_str) {
                    Some("TextCode") => self.stretch.text.push_str(&text),
                    Some("AbbreviatedData") if open.iter().all(|name| name != "Clips") => self.path(&text),
                    Some("PhysicalBox") => {
                        if let [_, _, width, height] = *lengths(&text) {
                            self.area = (width, height);
                        }
                    }
                    _ => {}
                },
                Ok(Token::Close) => {
                    if open.pop().as_deref() == Some("TextCode") {
                        self.letters();
                    }
                }
                Ok(Token::End) => return true,
                Err(_) => return false,
            }
        }
    }

    /// What the page has on it, without what lies beside it.
    pub(super) fn finish(mut self) -> Ink {
        let (width, height) = (hundredths(self.area.0), hundredths(self.area.1));
        if width > 0 && height > 0 {
            let beside = |glyph: &mut Glyph| !holds([0, 0, width, height], glyph.centre());
            let away: Vec<Glyph> = self.ink.glyphs.extract_if(.., beside).collect();
            let solid = away.into_iter().filter(|glyph| glyph.character != ' ');
            self.ink.away.extend(solid.map(|glyph| (glyph, [0, 0, width, height])));
            self.ink.hidden = u32::try_from(self.ink.away.len()).unwrap_or(u32::MAX);
        }
        self.ink
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let of = |name| xml::attribute(tag, name).unwrap_or_default();
        match xml::name(tag) {
            "TextObject" | "PathObject" => self.object = Object::of(tag),
            "FillColor" => self.object.fill(tag),
            "ImageObject" => {
                if let [left, top, width, height] = *lengths(&of("Boundary")) {
                    let bounds = [left, top, left + width, top + height].map(hundredths);
                    self.ink.pictures.push((self.ink.pictures.len(), bounds));
                    self.grounds.push((bounds, None));
                }
            }
            "TextCode" => {
                // A stretch goes on where the one before it began, if it does not say so itself.
                let or = |name, before| xml::attribute(tag, name).map_or(before, |value| length(&value));
                let (x, y) = (or("X", self.stretch.x), or("Y", self.stretch.y));
                let (across, down) = (steps(&of("DeltaX")), steps(&of("DeltaY")));
                self.stretch = Stretch { x, y, across, down, text: String::new() };
            }
            _ => {}
        }
    }

    /// Prints the letters of a stretch.
    fn letters(&mut self) {
        let Stretch { x, y, across, down, text } = std::mem::take(&mut self.stretch);
        let begin = (x, y);
        let (mut x, mut y) = begin;
        let object = self.object;
        for (at, letter) in text.chars().enumerate() {
            self.kept += 1;
            if self.kept > INK_MAX {
                self.ink.overfull = true;
                break;
            }
            let wide = if is_wide(letter) { object.size } else { object.size / 2 };
            let step = across.get(at).copied();
            let (left, base) = object.point(x, y);
            let character = plain(letter);
            if character != '\0' {
                let advance = object.scaled(step.filter(|step| *step > 0).map_or(wide, |step| step.min(object.size)));
                let size = object.scaled(object.size);
                let turn = object.turn();
                self.letter(Glyph { character, x: left, y: base, advance, size, turn, seen: Seen::Text });
            }
            let turned = down.get(at).copied().unwrap_or(0);
            x = x.saturating_add(step.unwrap_or(if turned == 0 { wide } else { 0 }));
            y = y.saturating_add(turned);
        }
        (self.stretch.x, self.stretch.y) = begin;
    }

    /// Prints a letter, if it can be seen.
    fn letter(&mut self, glyph: Glyph) {
        let colour = self.object.colour.filter(|_| self.object.filled);
        let swallowed = colour.is_some() && self.ground(glyph.centre()) == colour;
        let unseen = self.object.opacity <= FAINT || swallowed;
        let glyphs = if unseen { &mut self.ink.covered } else { &mut self.ink.glyphs };
        if !unseen || glyph.character != ' ' {
            glyphs.push(glyph);
        }
    }

    /// The colour that lies under a point; none if it is not a single one.
    fn ground(&mut self, point: (Hundredths, Hundredths)) -> Option<Colour> {
        if self.compared > COMPARISONS_MAX {
            return None;
        }
        self.compared += self.grounds.len();
        let under = self.grounds.iter().rev().find(|(bounds, _)| holds(*bounds, point));
        under.map_or(Some(PAPER), |(_, colour)| *colour)
    }

    /// Draws the lines of a path.
    fn path(&mut self, data: &str) {
        if self.object.opacity <= FAINT {
            return;
        }
        let mut words = data.split_whitespace();
        let (mut at, mut begin) = ((0, 0), (0, 0));
        let mut part = Part::default();
        while let Some(word) = words.next() {
            let mut pair = || Some((length(words.next()?), length(words.next()?)));
            let weight = match word {
                "M" | "S" => {
                    self.part(&std::mem::take(&mut part));
                    at = pair().unwrap_or(at);
                    begin = at;
                    0
                }
                "L" => {
                    let to = pair().unwrap_or(at);
                    self.line(at, to);
                    at = to;
                    1
                }
                "C" => {
                    self.line(at, begin);
                    at = begin;
                    1
                }
                // Curves: their last point is where the next line begins.
                "Q" => {
                    at = (0..2).filter_map(|_| pair()).last().unwrap_or(at);
                    CURVE_SEGMENTS
                }
                "B" => {
                    at = (0..3).filter_map(|_| pair()).last().unwrap_or(at);
                    CURVE_SEGMENTS
                }
                _ => continue,
            };
            part.segments = part.segments.saturating_add(weight);
            if self.kept <= INK_MAX {
                part.corners.push(self.object.point(at.0, at.1));
            }
        }
        self.part(&part);
    }

    /// What a part of a path is besides its lines: a letter, or an area that hides what stood there.
    fn part(&mut self, part: &Part) {
        let Some(bounds) = part.bounds() else { return };
        if part.segments >= LETTER_SEGMENTS_MIN && is_letter_sized(bounds) && self.ink.shapes.len() < SHAPES_MAX {
            self.ink.shapes.push(Shape { bounds, form: part.segments });
        }
        if !self.object.filled || self.compared > COMPARISONS_MAX {
            return;
        }
        let opaque = self.object.opacity >= OPAQUE && part.is_box(bounds);
        if opaque {
            self.compared += self.ink.glyphs.len();
            let under = self.ink.glyphs.extract_if(.., |glyph| holds(bounds, glyph.centre()));
            self.ink.covered.extend(under.filter(|glyph| glyph.character != ' '));
        }
        self.grounds.push((bounds, self.object.colour.filter(|_| opaque)));
    }

    fn line(&mut self, from: (i64, i64), to: (i64, i64)) {
        self.kept += 1;
        if self.kept > INK_MAX {
            self.ink.overfull = true;
            return;
        }
        let ((x0, y0), (x1, y1)) = (self.object.point(from.0, from.1), self.object.point(to.0, to.1));
        let (wide, high) = ((x1 - x0).abs(), (y1 - y0).abs());
        if high <= wide / 50 {
            self.ink.pieces.level(Rule { at: y0, from: x0.min(x1), to: x0.max(x1) });
        } else if wide <= high / 50 {
            self.ink.pieces.upright(Rule { at: x0, from: y0.min(y1), to: y0.max(y1) });
        }
    }
}

/// How opaque a tag says that it is, of 255.
fn opacity(tag: &Tag<'_>) -> i64 {
    xml::attribute(tag, "Alpha").map_or(255, |alpha| length(&alpha) / UNIT).clamp(0, 255)
}

fn holds([left, top, right, bottom]: [Hundredths; 4], (x, y): (Hundredths, Hundredths)) -> bool {
    (left..=right).contains(&x) && (top..=bottom).contains(&y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_lines_lie_where_their_object_lies() {
        let part = r#"<Page><Content><TextObject Boundary="10 20 100 10" Size="5"><TextCode X="0" Y="4" DeltaX="5">合计</TextCode>
            </TextObject><PathObject Boundary="10 30 50 50"><AbbreviatedData>M 0 0 L 50 0 L 50 20</AbbreviatedData></PathObject></Content></Page>"#;
        let mut drawing = Drawing::default();
        assert!(drawing.draw(part));
        let read: Vec<(char, i32, i32)> = drawing.ink.glyphs.iter().map(|g| (g.character, g.x, g.y)).collect();
        assert_eq!(read, [('合', 2_834, 6_803), ('计', 4_251, 6_803)]);
        let (level, upright, _) = drawing.ink.pieces.rules();
        assert_eq!((level.len(), upright.len()), (1, 1));
        assert_eq!(upright[0], Rule { at: 17_007, from: 8_503, to: 14_173 });
    }
}
