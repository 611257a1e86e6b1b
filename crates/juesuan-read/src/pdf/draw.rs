//! Pages of a PDF as pictures, for reports that show where a finding stands.
//!
//! Costs a rasterizer to build: behind the feature `pictures`. A face that the file does not bring along is drawn with the
//! nearest of the fourteen standard ones, Chinese in such a face stays blank. Before a page is drawn its operations are
//! counted without drawing them ([`Meter`]): the rasterizer has no bounds of its own.
#![expect(clippy::float_arithmetic, reason = "geometry of a page; no money")]

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache, InterpreterSettings,
    SoftMask,
};
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::BezPath;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use serde::{Deserialize, Serialize};

use super::answer::Give;
use super::drawn::DOTS_MAX;
use super::foreign::interpret;
use super::ink::Stop;
use super::message::{Message, Task, ask};
use super::told;
use crate::interpreter::{Interpreter, MESSAGE_BYTES_MAX};

/// Most dots of one picture: an A3 page at 300 dots an inch.
const PAGE_DOTS_MAX: f32 = 18_000_000.0;
/// Drawing operations of a page that is drawn; the fullest page of a real document has a few thousand.
const OPERATIONS_MAX: u32 = 60_000;
/// Groups of a page that are put together by themselves, each as large as the page; a page full of slides has some dozens.
const GROUPS_MAX: u32 = 400;
/// What a message may have around its picture.
const AROUND_BYTES: usize = 1 << 10;

/// Pages as pictures, from the first on: a PNG each, or why there is none.
pub type Drawn = Vec<Result<Vec<u8>, &'static str>>;

/// Why a page is not drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Undrawn {
    /// It is drawn in more steps than any page of a document.
    Steps,
    /// Its pictures have more dots than any scan.
    Dots,
    /// What it draws is broken, or its proportions are absurd.
    Broken,
    /// The pictures of the pages before it have taken all the room.
    Room,
}

/// Draws these pages of a document, from 1, with so many dots an inch (fewer if a page is huge) and at most so many bytes together.
pub fn draw(interpreter: &dyn Interpreter, file: &Arc<Vec<u8>>, pages: &[u32], dpi: u16, bytes_max: usize) -> Drawn {
    let mut drawn = Drawn::new();
    if pages.is_empty() {
        return drawn;
    }
    let around = pages.len().saturating_mul(AROUND_BYTES);
    let task = Task::Draw { pages: pages.to_vec(), dpi, bytes_max };
    let asked = ask(interpreter, &task, bytes_max.saturating_add(around), file, |message| {
        if let Message::Drawn { png } = message {
            drawn.push(png.map_err(reason));
        }
    });
    let rest = match asked {
        Ok(()) => reason(Undrawn::Broken),
        Err(lost) => told(lost),
    };
    drawn.resize(pages.len(), Err(rest));
    drawn
}

/// Why a page is not drawn, for people.
fn reason(undrawn: Undrawn) -> &'static str {
    match undrawn {
        Undrawn::Steps => "绘制指令超过上限",
        Undrawn::Dots => "图片的点数超过上限",
        Undrawn::Broken => "页面结构或尺寸异常",
        Undrawn::Room => "报告里的页面图已达总量上限",
    }
}

/// Draws, and gives each page as soon as it is drawn.
pub(super) fn pages(
    file: &Arc<Vec<u8>>,
    wanted: &[u32],
    dpi: u16,
    bytes_max: usize,
    give: Give<'_>,
) -> ControlFlow<()> {
    let Ok(pdf) = Pdf::new(Arc::clone(file)) else { return ControlFlow::Continue(()) };
    let (metered, rendered) = (InterpreterCache::new(), RenderCache::new());
    let mut left = bytes_max;
    for number in wanted {
        let at = usize::try_from(*number).ok().and_then(|number| number.checked_sub(1));
        let draw = || {
            let page = at.and_then(|at| pdf.pages().get(at)).ok_or(Undrawn::Broken)?;
            Meter::default().measure(page, &pdf, &metered)?;
            png(page, &rendered, dpi)
        };
        let drawn = match left {
            0 => Err(Undrawn::Room),
            _ => catch_unwind(AssertUnwindSafe(draw)).unwrap_or(Err(Undrawn::Broken)),
        };
        let png = drawn.and_then(|png| {
            // The first that does not fit ends it: a report does not show every other page.
            left = left.checked_sub(png.len()).filter(|_| png.len() + AROUND_BYTES < MESSAGE_BYTES_MAX).unwrap_or(0);
            if left == 0 { Err(Undrawn::Room) } else { Ok(png) }
        });
        give(Message::Drawn { png })?;
    }
    ControlFlow::Continue(())
}

/// A page as a PNG.
fn png<'a>(page: &'a Page<'a>, cache: &RenderCache<'a>, dpi: u16) -> Result<Vec<u8>, Undrawn> {
    let (width, height) = page.render_dimensions();
    let wished = f32::from(dpi.clamp(10, 600)) / 72.0;
    let largest = (PAGE_DOTS_MAX / (width * height)).sqrt().min(f32::from(u16::MAX) / width.max(height));
    let scale = wished.min(largest);
    // Less than a dot on one side: a page of absurd proportions.
    if !scale.is_finite() || width * scale < 1.0 || height * scale < 1.0 {
        return Err(Undrawn::Broken);
    }
    let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let picture = render(page, cache, &InterpreterSettings::default(), &RenderSettings::default(), &settings);
    picture.into_png().map_err(|_| Undrawn::Broken)
}

/// Counts what drawing a page would cost.
#[derive(Default)]
struct Meter {
    operations: u32,
    groups: u32,
    dots: u64,
    over: Option<Undrawn>,
}

impl Meter {
    /// Goes through a page without drawing it.
    fn measure<'a>(mut self, page: &Page<'a>, pdf: &'a Pdf, cache: &InterpreterCache<'a>) -> Result<(), Undrawn> {
        let run = catch_unwind(AssertUnwindSafe(|| interpret(page, pdf, cache, &mut self)));
        match (self.over, run) {
            (Some(over), _) => Err(over),
            (None, Err(_)) => Err(Undrawn::Broken),
            (None, Ok(())) => Ok(()),
        }
    }

    fn count(&mut self) {
        self.operations += 1;
        self.stop_if(self.operations > OPERATIONS_MAX, Undrawn::Steps);
    }

    /// Forms that call each other can draw without end; the interpreter knows no other way to be stopped.
    fn stop_if(&mut self, over: bool, reason: Undrawn) {
        if over {
            self.over = Some(reason);
            std::panic::resume_unwind(Box::new(Stop));
        }
    }
}

impl Device<'_> for Meter {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {
        self.count();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {
        self.count();
        self.groups += 1;
        self.stop_if(self.groups > GROUPS_MAX, Undrawn::Steps);
    }

    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, '_>, _: DrawProps<'_>, _: &DrawMode) {
        self.count();
    }

    fn draw_image(&mut self, image: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.count();
        self.dots = self.dots.saturating_add(u64::from(image.width()) * u64::from(image.height()));
        self.stop_if(self.dots > DOTS_MAX, Undrawn::Dots);
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::super::{in_thread, tests::ONE_PAGE};
    use super::*;
    use crate::means::Means;

    fn drawn(bytes: &[u8], pages: u32, dpi: u16, bytes_max: usize) -> Drawn {
        let pages: Vec<u32> = (1..=pages).collect();
        draw(&*in_thread(), &Arc::new(bytes.to_vec()), &pages, dpi, bytes_max)
    }

    #[test]
    fn what_is_no_pdf_and_a_page_that_is_not_there_have_no_picture() {
        assert_eq!(drawn(b"no pdf", 1, 72, 1 << 20), [Err("页面结构或尺寸异常")]);
        let pages = drawn(ONE_PAGE, 2, 72, 1 << 20);
        assert!(matches!(pages.as_slice(), [Ok(_), Err(_)]));
    }

    #[test]
    fn a_page_is_drawn_at_its_resolution() {
        let pages = drawn(ONE_PAGE, 1, 144, 1 << 20);
        let picture = pages[0].as_ref().unwrap();
        assert_eq!(picture.get(..8), Some(b"\x89PNG\r\n\x1a\n".as_slice()));
        // The head of the format holds width and height: 200 by 100 points at two dots a point.
        assert_eq!(picture.get(16..24), Some([0, 0, 1, 144, 0, 0, 0, 200].as_slice()));
    }

    #[test]
    fn a_picture_shows_the_whole_page_as_large_as_it_was_read() {
        let entries = ["", "/Rotate 90", "/CropBox[10 10 150 95]", "/CropBox[10.4 10 150 95]/Rotate 90", "/UserUnit 2"];
        for entries in entries {
            let page = format!("MediaBox[0 0 200 100]{entries}");
            let bytes =
                String::from_utf8(ONE_PAGE.to_vec()).unwrap().replace("MediaBox[0 0 200 100]", &page).into_bytes();
            let means = Means::default();
            let size = super::super::read("x.pdf", &bytes, &means).unwrap().sizes[0];
            let png = drawn(&bytes, 1, 100, 1 << 20).remove(0).unwrap();
            let dots = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
            let is = |dots: u32, points: u32| dots.abs_diff(points * 100 / 72) <= 1;
            assert!(is(dots(16), size.width) && is(dots(20), size.height), "{entries} {size:?}");
        }
    }

    #[test]
    fn pictures_take_no_more_room_than_there_is() {
        assert_eq!(drawn(ONE_PAGE, 1, 144, 50), [Err("报告里的页面图已达总量上限")]);
    }

    /// A page that draws the drawing `/A`, made of these objects.
    fn calling(objects: &str) -> Vec<u8> {
        format!(
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
             3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources 9 0 R>>endobj\n\
             4 0 obj<</Length 5>>stream\n/A Do\nendstream endobj\n9 0 obj<</XObject<</A 5 0 R/B 6 0 R>>>>endobj\n\
             {objects}trailer<</Root 1 0 R>>\n%%EOF"
        )
        .into_bytes()
    }

    #[test]
    fn a_page_that_would_be_drawn_without_end_or_with_too_many_dots_is_not_begun() {
        let form = |number: u32, group: &str, content: &str| {
            let head = format!("/Type/XObject/Subtype/Form/BBox[0 0 200 100]/Resources 9 0 R{group}");
            format!("{number} 0 obj<<{head}/Length {}>>stream\n{content}\nendstream endobj\n", content.len())
        };
        let twice = form(5, "", "0 0 9 9 re f /B Do /B Do /B Do") + &form(6, "", "0 0 9 9 re f /A Do /A Do /A Do");
        assert_eq!(drawn(&calling(&twice), 1, 72, 1 << 20), [Err("绘制指令超过上限")]);
        let group = form(5, "", &"/B Do ".repeat(500)) + &form(6, "/Group<</S/Transparency>>", "0 0 9 9 re f");
        assert_eq!(drawn(&calling(&group), 1, 72, 1 << 20), [Err("绘制指令超过上限")]);
        let image = "5 0 obj<</Type/XObject/Subtype/Image/Width 60000/Height 60000/ImageMask true/BitsPerComponent 1\
             /Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 60000/Rows 60000>>/Length 2>>stream\n\0\0\nendstream endobj\n";
        assert_eq!(drawn(&calling(image), 1, 72, 1 << 20), [Err("图片的点数超过上限")]);
    }
}
