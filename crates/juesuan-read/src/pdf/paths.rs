//! Paths: what is a ruling, and what may be a letter.
#![expect(clippy::float_arithmetic, reason = "geometry of a page; no money")]

use hayro_interpret::DrawMode;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect};

use super::ink::{Collector, hundredths};
use super::outlines::{SHAPES_MAX, Shape, is_letter_sized};
use super::rulings::Rule;

/// Segments of one path that are looked at; more is a drawing, not a ruling.
const SEGMENTS_MAX: usize = 20_000;
/// Thickest line that is a ruling.
const THICKNESS_MAX: f64 = 3.0;
/// A shape of fewer segments is a ruling, a box, a mark, but hardly a letter.
const LETTER_SEGMENTS_MIN: u32 = 6;
/// A bow says as much as several straight pieces.
const CURVE_SEGMENTS: u32 = 3;

/// A part of a path that is drawn without lifting the pen.
#[derive(Clone, Copy)]
struct Part {
    area: Rect,
    segments: u32,
}

impl Collector {
    /// A path that is filled, its outline followed, or both.
    pub(super) fn path(&mut self, path: &BezPath, transform: Affine, mode: &DrawMode) {
        let (filled, stroked) = ways(mode);
        let mut part: Option<Part> = None;
        let (mut start, mut last) = (Point::ZERO, Point::ZERO);
        for element in path.elements().iter().take(SEGMENTS_MAX) {
            let (to, weight) = match *element {
                PathEl::MoveTo(to) => {
                    self.part(part.take(), filled);
                    start = transform * to;
                    last = start;
                    part = Some(Part { area: Rect::from_points(start, start), segments: 0 });
                    continue;
                }
                PathEl::LineTo(to) => (transform * to, 1),
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => (transform * to, CURVE_SEGMENTS),
                PathEl::ClosePath => (start, 1),
            };
            if stroked && weight == 1 {
                self.segment(last, to);
            }
            part = part.map(|part| Part { area: part.area.union_pt(to), segments: part.segments + weight });
            last = to;
        }
        self.part(part, filled);
    }

    /// Each part of a filled path by itself: producers fill many hairlines at once.
    fn part(&mut self, part: Option<Part>, filled: bool) {
        let Some(Part { area, segments }) = part else { return };
        if filled {
            self.area(area);
        }
        if segments >= LETTER_SEGMENTS_MIN {
            self.shape(area, segments);
        }
    }

    /// What has the size of a letter and can be seen. Letters of one form are alike.
    pub(super) fn shape(&mut self, area: Rect, form: u32) {
        let bounds = [area.x0, area.y0, area.x1, area.y1].map(hundredths);
        if is_letter_sized(bounds) && self.clip().contains(area.center()) && self.ink.shapes.len() < SHAPES_MAX {
            self.ink.shapes.push(Shape { bounds, form });
        }
    }

    pub(super) fn rectangle(&mut self, rect: &Rect, transform: Affine, mode: &DrawMode) {
        let area = transform.transform_rect_bbox(*rect);
        let (filled, stroked) = ways(mode);
        if filled {
            self.area(area);
        }
        if stroked {
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
}

/// Whether it is filled, and whether its outline is followed.
fn ways(mode: &DrawMode) -> (bool, bool) {
    match mode {
        DrawMode::Fill(_) => (true, false),
        DrawMode::Stroke(_) => (false, true),
        DrawMode::FillAndStroke(..) => (true, true),
        DrawMode::Invisible => (false, false),
    }
}
