//! What lies over text, and what lies under it: a page is read as it looks.
//!
//! An opaque area that is drawn later hides what stood there; text of the colour of its ground cannot be seen either. What
//! lets anything through (a high light, a stamp with a mask, a tint) hides nothing.
#![expect(clippy::float_arithmetic, reason = "geometry of a page; no money")]

use std::collections::BTreeSet;

use hayro_interpret::kurbo::{BezPath, PathEl, Point, Rect, Shape as _};
use hayro_interpret::{BlendMode, ClipPath, DrawMode, DrawProps, FillRule, Image, ImageDrawProps, Paint};

use super::ink::{Collector, Glyph, Hundredths, POINT};
use super::veil;

/// Forms inside each other that the interpreter draws.
const FORMS_DEPTH_MAX: usize = 50;
/// Thinner areas are rulings.
const AREA_MIN: f64 = 2.0;
/// Areas of a page that are remembered as ground of text.
const AREAS_MAX: usize = 20_000;
/// Segments of an area that is held against text; more is a drawing, through which text may be seen.
const SEGMENTS_MAX: usize = 200;
/// How often a letter of a page is held against an area; a full page of a real document needs a few million.
const COMPARISONS_MAX: usize = 50_000_000;
/// Forms that are no boxes, inside each other, to which drawing is cut; those inside them are taken for boxes.
const CUTS_MAX: usize = 8;
/// From here on nothing shines through.
pub(super) const OPAQUE: f32 = 0.95;
/// Up to here nothing is seen.
const FAINT: f32 = 0.03;
/// Levels of a colour that look the same.
const LEVELS: u8 = 8;
pub(super) const PAPER: Colour = [u8::MAX / LEVELS; 3];

/// Red, green, blue in steps that can be told apart.
pub(super) type Colour = [u8; 3];

/// The form of an area that is no box, and how what is inside of it is told.
type Form = (BezPath, FillRule);

/// What is cut away from drawing.
#[derive(Clone, Debug)]
pub(super) struct Clip {
    /// All that is left lies in it.
    pub(super) area: Rect,
    /// And all in it is left.
    pub(super) whole: bool,
    /// The form that is left, if it is no box.
    pub(super) form: Option<Form>,
}

/// How text is printed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Look {
    /// In one colour.
    Colour(Colour),
    /// In a pattern.
    Pattern,
    /// Not at all.
    Invisible,
}

impl Look {
    pub(super) fn of(paint: &Paint<'_>, mode: &DrawMode) -> Look {
        match (mode, paint) {
            (DrawMode::Invisible, _) => Look::Invisible,
            (_, Paint::Pattern(_)) => Look::Pattern,
            (_, Paint::Color(colour)) => {
                let colour = colour.to_rgba();
                let [red, green, blue, _] = colour.to_rgba8();
                match colour.components() {
                    [_, _, _, opacity] if opacity <= FAINT => Look::Invisible,
                    _ => Look::Colour([red, green, blue].map(|level| level / LEVELS)),
                }
            }
        }
    }
}

/// A filled area.
#[derive(Debug)]
struct Area {
    bounds: Rect,
    /// Its form, if it is no box.
    form: Option<Form>,
    /// Letters larger than this show beyond it: how thick a line is.
    largest: f64,
    /// Whether nothing shines through.
    opaque: bool,
    /// Its colour, if it is a single one.
    colour: Option<Colour>,
}

impl Area {
    /// True if a letter of that size with its middle at that point lies in it. What is no box and no larger than the letter is
    /// the letter itself, drawn.
    fn holds(&self, middle: Point, size: f64) -> bool {
        self.bounds.contains(middle)
            && size <= self.largest
            && self.form.as_ref().is_none_or(|form| {
                let larger = self.bounds.height().max(self.bounds.width()) > size * 1.2;
                larger && is_inside(form, middle)
            })
    }

    /// What it costs to ask whether a point lies in it.
    fn cost(&self) -> usize {
        self.form.as_ref().map_or(1, |(path, _)| path.elements().len().max(1))
    }
}

/// What was filled on a page so far.
#[derive(Debug, Default)]
pub(super) struct Layers {
    areas: Vec<Area>,
    /// Colours of theirs.
    colours: BTreeSet<Colour>,
    /// For each open group, whether what is drawn in it covers what lies under it, and whether nothing of it is seen.
    groups: Vec<(bool, bool)>,
    /// What it costs to hold one letter against all areas, and what it cost so far.
    cost: usize,
    spent: usize,
}

impl Layers {
    pub(super) fn open(&mut self, opacity: f32, masked: bool, blend: BlendMode) {
        self.groups.push((opacity >= OPAQUE && !masked && matches!(blend, BlendMode::Normal), opacity <= FAINT));
    }

    /// True if what is drawn now is not seen.
    pub(super) fn are_faint(&self) -> bool {
        self.groups.iter().any(|(_, faint)| *faint)
    }

    pub(super) fn close(&mut self) {
        self.groups.pop();
    }

    fn is_spent(&self) -> bool {
        self.spent > COMPARISONS_MAX || self.areas.len() >= AREAS_MAX
    }

    /// True if text of this colour cannot be told from what lies under it.
    pub(super) fn swallow(&mut self, colour: Colour, middle: Point, size: f64) -> bool {
        // Mostly there is nothing of the colour of the text, and no need to look which area lies under it.
        if (colour != PAPER && !self.colours.contains(&colour)) || self.is_spent() {
            return false;
        }
        self.spent += self.cost;
        match self.areas.iter().rev().find(|area| area.holds(middle, size)) {
            Some(area) => area.opaque && area.colour == Some(colour),
            None => colour == PAPER,
        }
    }

    /// Remembers an area as the ground of what comes later.
    fn push(&mut self, area: Area) {
        self.cost += area.cost();
        self.colours.extend(area.colour);
        self.areas.push(area);
    }
}

/// Those of what was covered that are lost: a letter may be printed again over what covers it.
pub(super) fn lost(covered: Vec<Glyph>, shown: &[Glyph]) -> Vec<Glyph> {
    let at = |glyph: &Glyph| (glyph.character, glyph.x.div_euclid(POINT), glyph.y.div_euclid(POINT));
    let shown: BTreeSet<_> = shown.iter().map(at).collect();
    let near = |glyph: &Glyph| {
        let (character, x, y) = at(glyph);
        (x - 1..=x + 1).any(|x| shown.range((character, x, y - 1)..=(character, x, y + 1)).next().is_some())
    };
    covered.into_iter().filter(|glyph| glyph.character != ' ' && !near(glyph)).collect()
}

impl Collector {
    pub(super) fn cut(&mut self, area: Rect, form: Option<&ClipPath>) {
        self.count();
        let (outer, whole) = self.clips.last().map_or((Rect::ZERO, true), |clip| (clip.area, clip.whole));
        let finite = area.width().is_finite() && area.height().is_finite();
        let inner = if finite { outer.intersect(area) } else { outer };
        let few = self.clips.iter().filter(|clip| clip.form.is_some()).count() < CUTS_MAX;
        let kept = form.filter(|clip| finite && few && clip.path.elements().len() <= SEGMENTS_MAX);
        let kept = kept.map(|clip| (clip.path.clone(), clip.fill));
        self.clips.push(Clip { area: inner, whole: whole && form.is_none(), form: kept });
        // Each form cuts to its box; one that would be drawn inside as many others as this is left out without a word.
        self.ink.overfull |= self.clips.len() > FORMS_DEPTH_MAX;
    }

    /// True if nothing that is drawn at this point is cut away.
    pub(super) fn shows(&mut self, point: Point) -> bool {
        let forms = || self.clips.iter().filter_map(|clip| clip.form.as_ref());
        self.layers.spent += forms().map(|(path, _)| path.elements().len()).sum::<usize>();
        self.clip().contains(point) && (self.layers.is_spent() || forms().all(|form| is_inside(form, point)))
    }

    /// An area is filled: what stood there is covered, and what is printed on it later has it as its ground.
    pub(super) fn lay(&mut self, path: BezPath, props: &DrawProps<'_>, mode: &DrawMode) {
        if self.layers.is_spent() && matches!(mode, DrawMode::Stroke(_)) {
            return;
        }
        let Some((path, rule, largest)) = veil::area(path, props, mode) else { return };
        let colour = match Look::of(&props.paint, mode) {
            Look::Colour(colour) => Some(colour),
            Look::Pattern | Look::Invisible => None,
        };
        let opaque = veil::is_opaque(props, colour) && path.elements().len() <= SEGMENTS_MAX;
        let bounds = path.bounding_box().intersect(self.clip());
        let form = (!is_box(&path) && opaque).then_some((path, rule));
        let covered = self.cover(Area { bounds, form, largest, opaque, colour });
        self.ink.covered.extend(covered);
    }

    /// A picture is laid over what stood there: scanners lay theirs over the text that they recognised.
    pub(super) fn lay_picture(&mut self, image: &Image<'_, '_>, props: &ImageDrawProps<'_>, bounds: Rect) {
        let [a, b, c, d, ..] = props.transform.as_coeffs();
        let upright = (a == 0.0 && d == 0.0) || (b == 0.0 && c == 0.0);
        let plain = upright && props.soft_mask.is_none() && matches!(props.blend_mode, BlendMode::Normal);
        let opaque = plain && self.is_whole(image, bounds);
        let covered = self.cover(Area { bounds, form: None, largest: f64::INFINITY, opaque, colour: None });
        self.ink.invisible.extend(covered);
    }

    /// True for a picture whose mask, if it has one, leaves nothing out. The mask is looked at where something stands under it.
    fn is_whole(&mut self, image: &Image<'_, '_>, bounds: Rect) -> bool {
        if !veil::is_masked(image) {
            return true;
        }
        let dots = veil::dots(image);
        let under = |glyph: &Glyph| bounds.contains(place(glyph).0);
        if dots > veil::DOTS_MAX || self.layers.is_spent() || !self.ink.glyphs.iter().any(under) {
            return false;
        }
        self.layers.spent += dots;
        veil::leaves_nothing_out(image)
    }

    /// Remembers an area, and takes out what stood there if nothing shines through.
    fn cover(&mut self, mut area: Area) -> Vec<Glyph> {
        let (width, height) = (area.bounds.width(), area.bounds.height());
        if width < AREA_MIN || height < AREA_MIN {
            return Vec::new();
        }
        if self.layers.is_spent() {
            self.ink.overfull = true;
            return Vec::new();
        }
        area.opaque &=
            self.clips.last().is_some_and(|clip| clip.whole) && self.layers.groups.iter().all(|(covers, _)| *covers);
        let mut covered = Vec::new();
        if area.opaque {
            self.layers.spent += self.ink.glyphs.len() * area.cost();
            covered.extend(self.ink.glyphs.extract_if(.., |glyph| {
                let (middle, size) = place(glyph);
                area.holds(middle, size)
            }));
        }
        self.layers.push(area);
        covered
    }
}

/// True if a point lies in a form.
fn is_inside((path, rule): &Form, point: Point) -> bool {
    match rule {
        FillRule::NonZero => path.winding(point) != 0,
        FillRule::EvenOdd => path.winding(point) % 2 != 0,
    }
}

/// True if a path is one upright box.
pub(super) fn is_box(path: &BezPath) -> bool {
    let elements = path.elements();
    let straight = |element: &PathEl| !matches!(element, PathEl::QuadTo(..) | PathEl::CurveTo(..));
    let bounds = path.bounding_box();
    (4..=6).contains(&elements.len())
        && elements.iter().all(straight)
        && (path.area().abs() - bounds.area()).abs() <= bounds.area() / 100.0
}

/// The middle of a letter and its size, in points.
fn place(glyph: &Glyph) -> (Point, f64) {
    let points = |length: Hundredths| f64::from(length) / f64::from(POINT);
    let (x, y) = glyph.centre();
    (Point::new(points(x), points(y)), points(glyph.size))
}
