//! What a page has printed on it: glyphs, pieces of rulings, pictures.
//!
//! The only place where the floats of the format are touched. Everything leaves it as [`Hundredths`], clamped, so that
//! no absurd coordinate gets any further.
#![expect(clippy::float_arithmetic, reason = "geometry of a page; no money")]

use std::time::Instant;

use hayro_interpret::font::{Glyph as Shape, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape as _};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};

use super::rulings::{Pieces, Rule};

/// Hundredths of a point, from the top left corner of the page, y down.
pub(super) type Hundredths = i32;
/// One point.
pub(super) const POINT: Hundredths = 100;
/// Farthest coordinate that is kept: 200 inches, the largest page of the format.
const COORDINATE_MAX: f64 = 1_440_000.0;
/// Glyphs of one page that are kept; the fullest page of a real document has about 4,000.
const GLYPHS_MAX: usize = 200_000;
/// Drawing operations of one page; the fullest page of a real document has a few thousand.
pub(super) const OPERATIONS_MAX: u32 = 500_000;
/// Segments of one path that are looked at; more is a drawing, not a ruling.
const SEGMENTS_MAX: usize = 20_000;
/// Thickest line that is a ruling.
const THICKNESS_MAX: f64 = 3.0;

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
    /// The pictures: which of all that are drawn it is, and its left, top, right, bottom.
    pub(super) pictures: Vec<(usize, [Hundredths; 4])>,
    /// Characters beyond the edge of the page or cut away.
    pub(super) hidden: u32,
    /// Characters that run slantwise, as water marks do.
    pub(super) slanted: u32,
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
    clips: Vec<Rect>,
    /// Pictures so far, those that cannot be seen among them.
    images: usize,
    operations: u32,
    budget: Budget,
}

impl Collector {
    /// For a page of that size in points of a document with that budget.
    pub(super) fn new(width: f32, height: f32, budget: Budget) -> Collector {
        let page = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        Collector { ink: Ink::default(), clips: vec![page], images: 0, operations: 0, budget }
    }

    /// What is left of the budget.
    pub(super) fn left(&self) -> Budget {
        Budget { operations: self.budget.operations.saturating_sub(self.operations), ..self.budget }
    }

    fn clip(&self) -> Rect {
        self.clips.last().copied().unwrap_or(Rect::ZERO)
    }

    fn count(&mut self) {
        self.operations += 1;
        let late = self.operations.is_multiple_of(64) && Instant::now() > self.budget.until;
        if late || self.operations > OPERATIONS_MAX.min(self.budget.operations) {
            self.ink.overfull = true;
            // Forms that call each other can draw without end; the interpreter knows no other way to be stopped.
            std::panic::resume_unwind(Box::new(Stop));
        }
    }

    /// A straight piece from one point to another, if it is level or upright and can be seen.
    fn segment(&mut self, from: Point, to: Point) {
        let clip = self.clip().inflate(1.0, 1.0);
        let (x0, x1) = (from.x.min(to.x), from.x.max(to.x));
        let (y0, y1) = (from.y.min(to.y), from.y.max(to.y));
        let level = y1 - y0 <= 0.75 && x1 - x0 > y1 - y0;
        let upright = x1 - x0 <= 0.75 && y1 - y0 > x1 - x0;
        let (x0, x1, y0, y1) = (x0.max(clip.x0), x1.min(clip.x1), y0.max(clip.y0), y1.min(clip.y1));
        if !(x0 <= x1 && y0 <= y1) {
            return;
        }
        if level {
            self.ink.pieces.level(Rule { at: hundredths((y0 + y1) / 2.0), from: hundredths(x0), to: hundredths(x1) });
        } else if upright {
            self.ink.pieces.upright(Rule { at: hundredths((x0 + x1) / 2.0), from: hundredths(y0), to: hundredths(y1) });
        }
    }

    /// A filled area: a ruling if it is thin.
    fn area(&mut self, area: Rect) {
        let (width, height) = (area.width(), area.height());
        let middle = area.center();
        if height <= THICKNESS_MAX && width >= height {
            self.segment(Point::new(area.x0, middle.y), Point::new(area.x1, middle.y));
        }
        if width <= THICKNESS_MAX && height >= width {
            self.segment(Point::new(middle.x, area.y0), Point::new(middle.x, area.y1));
        }
    }

    fn rectangle(&mut self, rect: &Rect, transform: Affine, mode: &DrawMode) {
        let area = transform.transform_rect_bbox(*rect);
        if matches!(mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..)) {
            self.area(area);
        }
        if matches!(mode, DrawMode::Stroke(_) | DrawMode::FillAndStroke(..)) {
            let corners = [
                Point::new(area.x0, area.y0),
                Point::new(area.x1, area.y0),
                Point::new(area.x1, area.y1),
                Point::new(area.x0, area.y1),
            ];
            for (corner, next) in corners.iter().zip(corners.iter().cycle().skip(1)) {
                self.segment(*corner, *next);
            }
        }
    }

    fn strokes(&mut self, path: &BezPath, transform: Affine) {
        let (mut start, mut last) = (Point::ZERO, Point::ZERO);
        for element in path.elements().iter().take(SEGMENTS_MAX) {
            let next = match *element {
                PathEl::MoveTo(to) => {
                    start = transform * to;
                    last = start;
                    continue;
                }
                PathEl::LineTo(to) => transform * to,
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => {
                    last = transform * to;
                    continue;
                }
                PathEl::ClosePath => start,
            };
            self.segment(last, next);
            last = next;
        }
    }

    /// Each closed part of a filled path by itself: producers fill many hairlines at once.
    fn fills(&mut self, path: &BezPath, transform: Affine) {
        let mut part: Option<Rect> = None;
        for element in path.elements().iter().take(SEGMENTS_MAX) {
            let to = match *element {
                PathEl::MoveTo(to) => {
                    if let Some(done) = part.take() {
                        self.area(done);
                    }
                    to
                }
                PathEl::LineTo(to) | PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => to,
                PathEl::ClosePath => continue,
            };
            let point = transform * to;
            part = Some(part.map_or_else(|| Rect::from_points(point, point), |rect| rect.union_pt(point)));
        }
        if let Some(done) = part {
            self.area(done);
        }
    }

    fn glyph(&mut self, shape: &Shape<'_>, transform: Affine, visible: bool) {
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
        let turn = match (a.abs() >= b.abs() * 5.0, b.abs() >= a.abs() * 5.0) {
            (true, _) if a > 0.0 => Turn::None,
            (true, _) => Turn::Over,
            (_, true) if b > 0.0 => Turn::Right,
            (_, true) => Turn::Left,
            _ => {
                self.ink.slanted += 1;
                return;
            }
        };
        let text = shape.as_unicode();
        let mut one = [' '; 1];
        let many: Vec<char>;
        let characters: &[char] = match text {
            Some(BfString::Char(character)) => {
                one[0] = character;
                &one
            }
            Some(BfString::String(text)) => {
                many = text.chars().take(8).collect();
                &many
            }
            None => {
                one[0] = char::REPLACEMENT_CHARACTER;
                &one
            }
        };
        let (run_x, run_y) = (a / along * 1000.0, b / along * 1000.0);
        let share = 1.0 / f64::from(u8::try_from(characters.len()).unwrap_or(1).max(1));
        let clip = self.clip();
        for (index, character) in characters.iter().enumerate() {
            let offset = advance * share * f64::from(u8::try_from(index).unwrap_or(0));
            let glyph = Glyph {
                character: super::characters::plain(*character),
                x: hundredths(x + run_x * offset),
                y: hundredths(y + run_y * offset),
                advance: hundredths(advance * share),
                size: hundredths(size),
                turn,
            };
            if glyph.character == '\0' {
                continue;
            }
            // The middle of the letter: half-way along, and as far above the base line as half a capital is high.
            let centre = Point::new(
                x + run_x * (offset + advance * share / 2.0) + c / size.max(0.001) * 1000.0 * size * 0.35,
                y + run_y * (offset + advance * share / 2.0) + d / size.max(0.001) * 1000.0 * size * 0.35,
            );
            if !clip.contains(centre) {
                self.ink.hidden += u32::from(glyph.character != ' ');
            } else if self.ink.glyphs.len() + self.ink.invisible.len() >= GLYPHS_MAX {
                self.ink.overfull = true;
            } else if visible {
                self.ink.glyphs.push(glyph);
            } else {
                self.ink.invisible.push(glyph);
            }
        }
    }
}

impl Device<'_> for Collector {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'_>, mode: &DrawMode) {
        self.count();
        if matches!(mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..)) {
            self.fills(path, props.transform);
        }
        if matches!(mode, DrawMode::Stroke(_) | DrawMode::FillAndStroke(..)) {
            self.strokes(path, props.transform);
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'_>, mode: &DrawMode) {
        self.count();
        self.rectangle(rect, props.transform, mode);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.push_clip_rect(&clip.path.bounding_box());
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.count();
        let outer = self.clip();
        let inner = outer.intersect(*rect);
        let inner = if rect.width().is_finite() && rect.height().is_finite() { inner } else { outer };
        self.clips.push(inner);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {
        self.count();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, mode: &DrawMode) {
        self.count();
        let visible = !matches!(mode, DrawMode::Invisible);
        for glyph in run.glyphs() {
            self.glyph(glyph, props.transform * glyph.transform(), visible);
        }
    }

    fn draw_image(&mut self, image: Image<'_, '_>, props: ImageDrawProps<'_>) {
        self.count();
        let pixels = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let area = props.transform.transform_rect_bbox(pixels).intersect(self.clip());
        if area.width() > 0.0 && area.height() > 0.0 && self.ink.pictures.len() < 1_000 {
            let bounds = [area.x0, area.y0, area.x1, area.y1].map(hundredths);
            self.ink.pictures.push((self.images, bounds));
        }
        self.images += 1;
    }

    fn pop_clip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    fn pop_transparency_group(&mut self) {}
}

/// A length in points as hundredths; not a number is 0.
#[expect(clippy::cast_possible_truncation, reason = "clamped before")]
pub(super) fn hundredths(points: f64) -> Hundredths {
    (points * 100.0).round().clamp(-COORDINATE_MAX, COORDINATE_MAX) as i32
}
