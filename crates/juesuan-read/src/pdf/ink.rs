//! What a page has printed on it: glyphs, pieces of rulings, pictures.
//!
//! The only place where the floats of the format are touched. Everything leaves it as [`Hundredths`], clamped, so that
//! no absurd coordinate gets any further.
#![expect(clippy::float_arithmetic, reason = "geometry of a page; no money")]

use std::time::Instant;

use hayro_interpret::font::{Glyph as Shape, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape as _};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};
use juesuan_model::Seen;

use super::cover::{self, Clip, Layers, Look};
use super::outlines::Shape as Drawn;
use super::rulings::Pieces;

/// Hundredths of a point, from the top left corner of the page, y down.
pub(super) type Hundredths = i32;
/// One point.
pub(super) const POINT: Hundredths = 100;
/// Farthest coordinate that is kept: 200 inches, the largest page of the format.
const COORDINATE_MAX: f64 = 1_440_000.0;
/// Glyphs of one page that are kept; the fullest page of a real document has about 4,000.
const GLYPHS_MAX: usize = 200_000;
/// Glyphs that were cut away and are kept of one page.
const AWAY_MAX: usize = 20_000;
/// Size of letters in points below which nobody sees more than a speck of dust.
const LEGIBLE_MIN: f64 = 1.0;
/// Drawing operations of one page; the fullest page of a real document has a few thousand.
pub(super) const OPERATIONS_MAX: u32 = 500_000;

/// Which way a glyph runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Turn {
    /// Left to right.
    #[default]
    None,
    /// Top to bottom.
    Right,
    /// Right to left, upside down.
    Over,
    /// Bottom to top.
    Left,
}

/// One character where it is printed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    /// The character; U+FFFD if the file does not say which it is.
    pub(super) character: char,
    /// Begin of the base line.
    pub(super) x: Hundredths,
    /// Height of the base line.
    pub(super) y: Hundredths,
    /// Length along the base line.
    pub(super) advance: Hundredths,
    /// Height of the letters.
    pub(super) size: Hundredths,
    /// Which way it runs.
    pub(super) turn: Turn,
    /// How it was seen.
    pub(super) seen: Seen,
}

impl Glyph {
    /// Left edge, for a glyph that runs left to right.
    pub(super) fn left(&self) -> Hundredths {
        self.x
    }

    /// Right edge.
    pub(super) fn right(&self) -> Hundredths {
        self.x + self.advance
    }

    /// Upper edge of the letters.
    pub(super) fn top(&self) -> Hundredths {
        self.y - self.size * 22 / 25
    }

    /// Lower edge of the letters.
    pub(super) fn bottom(&self) -> Hundredths {
        self.y + self.size * 3 / 25
    }

    /// The middle of the letter, whichever way it runs: half-way along, and as far above the base line as half a capital is
    /// high.
    pub(super) fn centre(&self) -> (Hundredths, Hundredths) {
        let (along, up) = (self.advance / 2, self.size * 7 / 20);
        match self.turn {
            Turn::None => (self.x + along, self.y - up),
            Turn::Right => (self.x + up, self.y + along),
            Turn::Over => (self.x - along, self.y + up),
            Turn::Left => (self.x - up, self.y - along),
        }
    }

    /// Half-way between the edges.
    pub(super) fn middle(&self) -> (Hundredths, Hundredths) {
        (self.x + self.advance / 2, self.y - self.size * 19 / 50)
    }
}

/// A page after its drawing operations have run.
#[derive(Debug, Default)]
pub(super) struct Ink {
    /// What can be seen.
    pub(super) glyphs: Vec<Glyph>,
    /// Text that is laid invisibly over a picture, as scanners do.
    pub(super) invisible: Vec<Glyph>,
    /// Pieces of lines.
    pub(super) pieces: Pieces,
    /// Shapes that have the size of letters.
    pub(super) shapes: Vec<Drawn>,
    /// The pictures: which of all that are drawn it is, and its left, top, right, bottom.
    pub(super) pictures: Vec<(usize, [Hundredths; 4])>,
    /// Characters beyond the edge of the page or cut away.
    pub(super) hidden: u32,
    /// Those of them that are kept, each with the area outside of which it was cut away: left, top, right, bottom.
    pub(super) away: Vec<(Glyph, [Hundredths; 4])>,
    /// Characters that an area lies over, or that have the colour of what lies under them.
    pub(super) covered: Vec<Glyph>,
    /// Characters that run slantwise, as water marks do.
    pub(super) slanted: u32,
    /// True if something belongs to a layer that is off.
    pub(super) layered: bool,
    /// True if there was more than is kept.
    pub(super) overfull: bool,
}

/// Stops the interpreter of the page; caught where it was started.
pub(super) struct Stop;

/// What a document may still cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    /// Drawing operations.
    pub(super) operations: u32,
    /// When to stop.
    pub(super) until: Instant,
}

impl Budget {
    /// True if nothing more can be read.
    pub(super) fn is_spent(&self) -> bool {
        self.operations == 0 || Instant::now() > self.until
    }
}

/// Collects what is drawn.
pub(super) struct Collector {
    pub(super) ink: Ink,
    pub(super) clips: Vec<Clip>,
    pub(super) layers: Layers,
    /// Pictures so far, those that cannot be seen among them.
    images: usize,
    operations: u32,
    budget: Budget,
}

impl Collector {
    /// For a page of that size in points of a document with that budget.
    pub(super) fn new(width: f32, height: f32, budget: Budget) -> Collector {
        let page = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let clips = vec![Clip { area: page, whole: true, form: None }];
        Collector { ink: Ink::default(), clips, layers: Layers::default(), images: 0, operations: 0, budget }
    }

    /// What is left of the budget.
    pub(super) fn left(&self) -> Budget {
        Budget { operations: self.budget.operations.saturating_sub(self.operations), ..self.budget }
    }

    pub(super) fn clip(&self) -> Rect {
        self.clips.last().map_or(Rect::ZERO, |clip| clip.area)
    }

    pub(super) fn count(&mut self) {
        self.operations += 1;
        let late = self.operations.is_multiple_of(64) && Instant::now() > self.budget.until;
        if late || self.operations > OPERATIONS_MAX.min(self.budget.operations) {
            self.ink.overfull = true;
            // Forms that call each other can draw without end; the interpreter knows no other way to be stopped.
            std::panic::resume_unwind(Box::new(Stop));
        }
    }

    fn glyph(&mut self, shape: &Shape<'_>, transform: Affine, look: Look) {
        let coefficients = transform.as_coeffs();
        if !coefficients.iter().all(|c| c.is_finite()) {
            return;
        }
        let [a, b, c, d, x, y] = coefficients;
        let along = a.hypot(b) * 1000.0;
        let size = c.hypot(d) * 1000.0;
        let advance = match shape {
            Shape::Outline(outline) => outline.advance_width(),
            Shape::Type3(drawn) => drawn.advance_width(),
        };
        // A substituted face is stretched to the width of the one that was asked for: the smaller scale is that of the
        // text.
        let advance = f64::from(advance.unwrap_or(500.0)) / 1000.0 * along.min(size);
        let Some(turn) = turn(a, b) else {
            self.ink.slanted += 1;
            return;
        };
        let characters = characters(shape);
        let (run_x, run_y) = (a / along * 1000.0, b / along * 1000.0);
        let share = 1.0 / f64::from(u8::try_from(characters.chars().count()).unwrap_or(1).max(1));
        let clip = self.clip();
        for (index, character) in characters.chars().enumerate() {
            let offset = advance * share * f64::from(u8::try_from(index).unwrap_or(0));
            let glyph = Glyph {
                character: super::characters::plain(character),
                x: hundredths(x + run_x * offset),
                y: hundredths(y + run_y * offset),
                advance: hundredths(advance * share),
                size: hundredths(size),
                turn,
                seen: Seen::Text,
            };
            if glyph.character == '\0' {
                continue;
            }
            let centre = Point::new(
                x + run_x * (offset + advance * share / 2.0) + c / size.max(0.001) * 1000.0 * size * 0.35,
                y + run_y * (offset + advance * share / 2.0) + d / size.max(0.001) * 1000.0 * size * 0.35,
            );
            if !self.shows(centre) {
                self.ink.hidden += u32::from(glyph.character != ' ');
                if glyph.character != ' ' && self.ink.away.len() < AWAY_MAX {
                    self.ink.away.push((glyph, [clip.x0, clip.y0, clip.x1, clip.y1].map(hundredths)));
                }
            } else if self.ink.glyphs.len() + self.ink.invisible.len() >= GLYPHS_MAX {
                self.ink.overfull = true;
            } else {
                match look {
                    Look::Invisible => self.ink.invisible.push(glyph),
                    Look::Colour(_) | Look::Pattern if size < LEGIBLE_MIN && glyph.character != ' ' => {
                        self.ink.covered.push(glyph);
                    }
                    Look::Colour(colour) if self.layers.swallow(colour, centre, size) => self.ink.covered.push(glyph),
                    Look::Colour(_) | Look::Pattern => self.ink.glyphs.push(glyph),
                }
            }
        }
    }
}

impl Device<'_> for Collector {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'_>, mode: &DrawMode) {
        self.count();
        self.path(path, props.transform, mode);
        self.lay(path.clone(), &props, mode);
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'_>, mode: &DrawMode) {
        self.count();
        self.rectangle(rect, props.transform, mode);
        self.lay(rect.to_path(0.1), &props, mode);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.cut(clip.path.bounding_box(), (!cover::is_box(&clip.path)).then_some(clip));
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.cut(*rect, None);
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'_>>, blend: BlendMode) {
        self.count();
        self.layers.open(opacity, mask.is_some(), blend);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, mode: &DrawMode) {
        self.count();
        let look = if self.layers.are_faint() { Look::Invisible } else { Look::of(&props.paint, mode) };
        for glyph in run.glyphs() {
            self.glyph(glyph, props.transform * glyph.transform(), look);
        }
    }

    fn draw_image(&mut self, image: Image<'_, '_>, props: ImageDrawProps<'_>) {
        self.count();
        let pixels = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let area = props.transform.transform_rect_bbox(pixels).intersect(self.clip());
        if area.width() > 0.0 && area.height() > 0.0 && self.ink.pictures.len() < 1_000 {
            let bounds = [area.x0, area.y0, area.x1, area.y1].map(hundredths);
            self.ink.pictures.push((self.images, bounds));
            // Letters are also printed as a small picture each.
            self.shape(area, image.width().wrapping_mul(image.height()));
        }
        self.images += 1;
        self.lay_picture(&image, &props, area);
    }

    fn pop_clip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    fn pop_transparency_group(&mut self) {
        self.layers.close();
    }
}

/// Which way a letter runs, by the first two coefficients of its transformation; none if it runs slantwise.
fn turn(along: f64, across: f64) -> Option<Turn> {
    match (along.abs() >= across.abs() * 5.0, across.abs() >= along.abs() * 5.0) {
        (true, _) if along > 0.0 => Some(Turn::None),
        (true, _) => Some(Turn::Over),
        (_, true) if across > 0.0 => Some(Turn::Right),
        (_, true) => Some(Turn::Left),
        _ => None,
    }
}

/// The characters that a letter of a font stands for: several for a ligature, U+FFFD if the file does not say.
fn characters(shape: &Shape<'_>) -> String {
    match shape.as_unicode() {
        Some(BfString::Char(character)) => character.into(),
        Some(BfString::String(text)) => text.chars().take(8).collect(),
        None => char::REPLACEMENT_CHARACTER.into(),
    }
}

/// A length in points as hundredths; not a number is 0.
#[expect(clippy::cast_possible_truncation, reason = "clamped before")]
pub(super) fn hundredths(points: f64) -> Hundredths {
    (points * 100.0).round().clamp(-COORDINATE_MAX, COORDINATE_MAX) as i32
}
