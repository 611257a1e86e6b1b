//! The dots of one picture of a page, for whoever reads pictures.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::kurbo::BezPath;
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps, InterpreterCache, SoftMask,
};

use super::foreign::{TIME_MAX, interpret};
use super::ink::{OPERATIONS_MAX, Stop};
use crate::sight::Dots;

/// Most dots of a picture: an A3 page at 600 dots an inch has 70 million.
pub(super) const DOTS_MAX: u64 = 80_000_000;
/// White paper behind what is transparent.
const PAPER: u16 = 255;

/// The dots of the picture that a page, which counts from 1, draws as its n-th, counted from 0.
pub(super) fn dots(data: &Arc<Vec<u8>>, page: u32, number: usize) -> Option<Dots> {
    let pdf = Pdf::new(Arc::clone(data)).ok()?;
    let cache = InterpreterCache::new();
    let index = usize::try_from(page.checked_sub(1)?).ok()?;
    let page = pdf.pages().get(index)?;
    let mut seeker = Seeker { left: number, operations: 0, until: Instant::now() + TIME_MAX, found: None };
    // The end of the search is a panic too: the interpreter knows no other way to be stopped.
    let _ = catch_unwind(AssertUnwindSafe(|| interpret(page, &pdf, &cache, &mut seeker)));
    seeker.found
}

/// Passes over everything but one picture.
struct Seeker {
    left: usize,
    operations: u32,
    until: Instant,
    found: Option<Dots>,
}

impl Seeker {
    fn count(&mut self) {
        self.operations += 1;
        let late = self.operations.is_multiple_of(64) && Instant::now() > self.until;
        if late || self.operations > OPERATIONS_MAX || self.found.is_some() {
            std::panic::resume_unwind(Box::new(Stop));
        }
    }
}

impl Device<'_> for Seeker {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {
        self.count();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {
        self.count();
    }

    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, '_>, _: DrawProps<'_>, _: &DrawMode) {
        self.count();
    }

    fn draw_image(&mut self, image: Image<'_, '_>, props: ImageDrawProps<'_>) {
        self.count();
        if let Some(left) = self.left.checked_sub(1) {
            self.left = left;
            return;
        }
        if u64::from(image.width()) * u64::from(image.height()) <= DOTS_MAX {
            let [a, b, c, d, ..] = props.transform.as_coeffs();
            self.found = decoded(&image).map(|dots| Lie::of([a, b, c, d]).upright(dots));
        }
        std::panic::resume_unwind(Box::new(Stop));
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

fn decoded(image: &Image<'_, '_>) -> Option<Dots> {
    let mut out = None;
    let grey = |luma: &[u8]| luma.iter().flat_map(|level| [*level; 3]).collect::<Vec<u8>>();
    match image {
        Image::Raster(raster) => raster.with_rgba(
            |data, alpha| {
                let (width, height) = (data.width(), data.height());
                let mut rgb = match data {
                    ImageData::Rgb(colours) => colours.data,
                    ImageData::Luma(luma) => grey(&luma.data),
                };
                if let Some(alpha) = alpha.filter(|alpha| (alpha.width, alpha.height) == (width, height)) {
                    on_paper(&mut rgb, &alpha.data);
                }
                out = Some(Dots { width, height, rgb });
            },
            None,
        ),
        // A mask is drawn with ink where it is set.
        Image::Stencil(stencil) => stencil.with_stencil(
            |luma, _| {
                let inverse: Vec<u8> = luma.data.iter().map(|level| u8::MAX - level).collect();
                out = Some(Dots { width: luma.width, height: luma.height, rgb: grey(&inverse) });
            },
            None,
        ),
    }
    let whole = |dots: &Dots| {
        let length = u64::from(dots.width) * u64::from(dots.height) * 3;
        length > 0 && u64::try_from(dots.rgb.len()).is_ok_and(|own| own == length)
    };
    out.filter(whole)
}

/// Lays what is transparent on white paper.
fn on_paper(rgb: &mut [u8], alpha: &[u8]) {
    for (dot, alpha) in rgb.chunks_exact_mut(3).zip(alpha) {
        for level in dot {
            let alpha = u16::from(*alpha);
            let mixed = (u16::from(*level) * alpha + PAPER * (PAPER - alpha)) / PAPER;
            *level = u8::try_from(mixed).unwrap_or(u8::MAX);
        }
    }
}

/// How a picture lies on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Lie {
    /// Its rows run down the page and not along it.
    turned: bool,
    /// What is left in it is right on the page, or its top is the bottom.
    back: [bool; 2],
}

impl Lie {
    /// By the coefficients of its transformation, y down.
    fn of([a, b, c, d]: [f64; 4]) -> Lie {
        if a.abs() >= b.abs() {
            Lie { turned: false, back: [a < 0.0, d < 0.0] }
        } else {
            Lie { turned: true, back: [c < 0.0, b < 0.0] }
        }
    }

    /// The dots as the page shows them.
    fn upright(self, dots: Dots) -> Dots {
        if self == (Lie { turned: false, back: [false; 2] }) {
            return dots;
        }
        let (width, height) = if self.turned { (dots.height, dots.width) } else { (dots.width, dots.height) };
        let mut rgb = Vec::with_capacity(dots.rgb.len());
        for y in 0..height {
            for x in 0..width {
                let x = if self.back[0] { width - 1 - x } else { x };
                let y = if self.back[1] { height - 1 - y } else { y };
                let (x, y) = if self.turned { (y, x) } else { (x, y) };
                let at =
                    usize::try_from((u64::from(y) * u64::from(dots.width) + u64::from(x)) * 3).unwrap_or(usize::MAX);
                rgb.extend(dots.rgb.get(at..at.saturating_add(3)).unwrap_or(&[u8::MAX; 3]));
            }
        }
        Dots { width, height, rgb }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dots(width: u32, height: u32, levels: &[u8]) -> Dots {
        Dots { width, height, rgb: levels.iter().flat_map(|level| [*level; 3]).collect() }
    }

    #[test]
    fn a_picture_is_turned_as_the_page_shows_it() {
        let picture = || dots(3, 2, &[1, 2, 3, 4, 5, 6]);
        assert_eq!(Lie::of([1.0, 0.0, 0.0, 1.0]).upright(picture()), picture());
        assert_eq!(Lie::of([-1.0, 0.0, 0.0, -1.0]).upright(picture()), dots(3, 2, &[6, 5, 4, 3, 2, 1]));
        // Its rows run down the page, the first of them at the right.
        assert_eq!(Lie::of([0.0, 1.0, -1.0, 0.0]).upright(picture()), dots(2, 3, &[4, 1, 5, 2, 6, 3]));
        assert_eq!(Lie::of([0.0, -1.0, 1.0, 0.0]).upright(picture()), dots(2, 3, &[3, 6, 2, 5, 1, 4]));
    }

    #[test]
    fn what_is_transparent_lies_on_white_paper() {
        let mut rgb = vec![0, 0, 0, 100, 100, 100];
        on_paper(&mut rgb, &[0, 255]);
        assert_eq!(rgb, [255, 255, 255, 100, 100, 100]);
    }
}
