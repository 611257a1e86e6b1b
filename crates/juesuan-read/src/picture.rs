//! A page of a PDF as a picture, for reports that show where a finding stands.
//!
//! Costs a rasterizer to build: behind the feature `pictures`. A face that the file does not bring along is drawn with the
//! nearest of the fourteen standard ones, Chinese in such a face stays blank.
#![expect(clippy::float_arithmetic, reason = "geometry of a page; no money")]

use std::sync::Arc;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use juesuan_model::{Place, Problem};

/// Most dots of one picture: an A3 page at 300 dots an inch.
const DOTS_MAX: f32 = 18_000_000.0;
/// Stack of the thread that draws, for files whose objects are nested deeply.
const STACK_BYTES: usize = 64 << 20;

/// Draws a page, which counts from 1, as a PNG with so many dots an inch; fewer if the page is huge.
///
/// # Errors
/// A doubt if the file is no PDF that can be read, has no such page, or cannot be drawn.
pub fn png(bytes: &[u8], page: u32, dpi: u16) -> Result<Vec<u8>, Problem> {
    let place = Place { page: Some(page), ..Place::default() };
    let failed = |what: &str| Problem::doubt(place.clone(), what.to_owned());
    let data = Arc::new(bytes.to_vec());
    let thread = std::thread::Builder::new().name("picture".to_owned()).stack_size(STACK_BYTES);
    let run = thread.spawn(move || draw(data, page, dpi)).map_err(|_| failed("无法绘制该页"))?;
    run.join().map_err(|_| failed("该页结构损坏，无法绘制"))?.map_err(failed)
}

/// Draws, in the thread.
fn draw(data: Arc<Vec<u8>>, page: u32, dpi: u16) -> Result<Vec<u8>, &'static str> {
    let pdf = Pdf::new(data).map_err(|_| "不是可读的 PDF，无法绘制")?;
    let index = page.checked_sub(1).and_then(|index| usize::try_from(index).ok()).ok_or("页码从 1 开始")?;
    let page = pdf.pages().get(index).ok_or("没有这一页")?;
    let (width, height) = page.render_dimensions();
    let wished = f32::from(dpi.clamp(10, 600)) / 72.0;
    let largest = (DOTS_MAX / (width * height)).sqrt().min(f32::from(u16::MAX) / width.max(height));
    let scale = wished.min(largest);
    // Less than a dot on one side: a page of absurd proportions.
    if !scale.is_finite() || width * scale < 1.0 || height * scale < 1.0 {
        return Err("页面尺寸异常，无法绘制");
    }
    let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let cache = RenderCache::new();
    let picture = render(page, &cache, &InterpreterSettings::default(), &RenderSettings::default(), &settings);
    picture.into_png().map_err(|_| "无法保存图片")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_pdf_and_a_page_that_is_not_there_are_said_so() {
        assert!(png(b"no pdf", 1, 72).unwrap_err().message.contains("PDF"));
        assert!(png(crate::pdf::tests::ONE_PAGE, 2, 72).unwrap_err().message.contains("没有这一页"));
    }

    #[test]
    fn a_page_is_drawn_at_its_resolution() {
        let picture = png(crate::pdf::tests::ONE_PAGE, 1, 144).unwrap();
        assert_eq!(picture.get(..8), Some(b"\x89PNG\r\n\x1a\n".as_slice()));
        // The head of the format holds width and height: 200 by 100 points at two dots a point.
        assert_eq!(picture.get(16..24), Some([0, 0, 1, 144, 0, 0, 0, 200].as_slice()));
    }
}
