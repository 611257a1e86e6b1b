//! What nothing shines through: paints, lines as thick as letters, pictures whose masks leave nothing out.
#![expect(clippy::float_arithmetic, reason = "geometry of a page; no money")]

use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Stroke, StrokeOpts, stroke};
use hayro_interpret::pattern::{Pattern, ShadingPattern};
use hayro_interpret::shading::ShadingType;
use hayro_interpret::{BlendMode, DrawMode, DrawProps, FillRule, Image, Paint};

use super::cover::{Colour, OPAQUE, PAPER};

/// Dots of a mask that are looked at.
pub(super) const DOTS_MAX: usize = 1 << 20;
/// Straight segments of a line that is held against text; more is a drawing.
const LINE_SEGMENTS_MAX: usize = 40;
/// Thinner lines hide no letter.
const THICKNESS_MIN: f64 = 4.0;
/// A letter may be larger than a line that hides it by this much, so that nothing of it is seen but its edges.
const OVER: f64 = 1.3;
/// The least part of a dot that lets nothing through.
const FULL: u8 = 250;

/// What is filled on the page, how its inside is told, and how large the letters may be that it hides. A line is an area if it is thick.
pub(super) fn area(path: BezPath, props: &DrawProps<'_>, mode: &DrawMode) -> Option<(BezPath, FillRule, f64)> {
    match mode {
        DrawMode::Fill(rule) | DrawMode::FillAndStroke(rule, _) => Some((props.transform * path, *rule, f64::INFINITY)),
        DrawMode::Stroke(line) => {
            let wide = f64::from(line.line_width);
            let thick = wide * scale(props.transform);
            let straight = |element: &PathEl| !matches!(element, PathEl::QuadTo(..) | PathEl::CurveTo(..));
            let plain = path.elements().len() <= LINE_SEGMENTS_MAX && path.elements().iter().all(straight);
            if !plain || !line.dash_array.is_empty() || !thick.is_finite() || thick < THICKNESS_MIN {
                return None;
            }
            let area = stroke(path, &Stroke::new(wide), &StrokeOpts::default(), wide / 10.0);
            Some((props.transform * area, FillRule::NonZero, thick * OVER))
        }
        DrawMode::Invisible => None,
    }
}

/// By how much lengths grow where they grow least.
fn scale(transform: Affine) -> f64 {
    let [a, b, c, d, ..] = transform.as_coeffs();
    a.hypot(b).min(c.hypot(d))
}

/// Whether nothing shines through what is drawn with this paint.
pub(super) fn is_opaque(props: &DrawProps<'_>, colour: Option<Colour>) -> bool {
    is_solid(&props.paint) && props.soft_mask.is_none() && hides(props.blend_mode, colour)
}

fn is_solid(paint: &Paint<'_>) -> bool {
    match paint {
        Paint::Color(colour) => colour.to_rgba().components()[3] >= OPAQUE,
        Paint::Pattern(pattern) => match pattern.as_ref() {
            Pattern::Shading(shading) => is_full(shading),
            Pattern::Tiling(_) => false,
        },
    }
}

/// Colours that run into each other and fill all that they are asked to.
fn is_full(pattern: &ShadingPattern) -> bool {
    let shading = &pattern.shading;
    let on = matches!(*shading.shading_type, ShadingType::RadialAxial { axial: true, extend: [true, true], .. });
    pattern.opacity >= OPAQUE && shading.clip_path.is_none() && (on || shading.background.is_some())
}

/// Whether nothing of what lies under a colour is left where it is mixed with it in this way.
fn hides(blend: BlendMode, colour: Option<Colour>) -> bool {
    match blend {
        BlendMode::Normal => true,
        BlendMode::Screen | BlendMode::Lighten | BlendMode::ColorDodge => colour == Some(PAPER),
        BlendMode::Multiply | BlendMode::Darken | BlendMode::ColorBurn => colour == Some([0; 3]),
        _ => false,
    }
}

/// True for a picture that may leave out a part of its area.
pub(super) fn is_masked(image: &Image<'_, '_>) -> bool {
    match image {
        Image::Raster(raster) => {
            ["SMask", "Mask", "SMaskInData"].iter().any(|key| raster.stream().dict().contains_key(key))
        }
        Image::Stencil(_) => true,
    }
}

/// How many dots a picture has.
pub(super) fn dots(image: &Image<'_, '_>) -> usize {
    usize::try_from(u64::from(image.width()) * u64::from(image.height())).unwrap_or(usize::MAX)
}

/// True if the mask of a picture leaves nothing out.
pub(super) fn leaves_nothing_out(image: &Image<'_, '_>) -> bool {
    let mut whole = false;
    let full = |data: &[u8]| data.iter().all(|dot| *dot >= FULL);
    match image {
        Image::Raster(raster) => raster.with_rgba(|_, mask| whole = mask.is_none_or(|mask| full(&mask.data)), None),
        Image::Stencil(stencil) => {
            stencil.with_stencil(|mask, paint| whole = is_solid(paint) && full(&mask.data), None);
        }
    }
    whole
}
