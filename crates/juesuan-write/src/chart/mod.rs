//! Charts as SVG: one drawing for HTML, PDF and (as a picture) DOCX. All geometry is integer, in 1/100 pixel.

mod across;
mod axis;
mod bars;
mod canvas;
mod palette;
mod picture;
mod plot;
mod ring;
mod stack;
mod turn;

use juesuan_model::{Chart, ChartKind, Package, Unit};

use crate::markup::escape;
use canvas::{Canvas, pixels};
use plot::Plot;

pub use picture::{chart_png, picture_size};

/// Families that a viewer may have, screen and office; the last word is the viewer's own choice.
pub(crate) const FAMILIES_OF_VIEWERS: &str =
    "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, SimHei, FandolHei, sans-serif";

/// Draws a chart with its texts in these families, best first. Every category, every series and every printed value stands in it as text;
/// values are the figures' printed digits. Title and description carry the caption and the text alternative.
pub fn chart_svg(chart: &Chart, package: &Package, families: &str) -> String {
    let plot = Plot::new(chart, package);
    let canvas = match chart.kind {
        ChartKind::Bars if plot.unit == Unit::Percent.word() => across::draw(&plot),
        ChartKind::Bars => bars::draw(&plot),
        ChartKind::Ring => ring::draw(&plot),
        ChartKind::StackedBars => stack::draw(&plot),
    };
    finish(chart, &canvas, families)
}

/// The fill of the series or part with this index, as `#rrggbb`.
pub(crate) fn fill_of(index: usize) -> &'static str {
    palette::colour(index).fill
}

/// The colour of text on [`fill_of`].
pub(crate) fn ink_of(index: usize) -> &'static str {
    palette::colour(index).ink
}

fn finish(chart: &Chart, canvas: &Canvas, families: &str) -> String {
    let id = crate::markup::file_stem(&chart.key, "chart");
    let (width, height) = (pixels(canvas.width), pixels(canvas.height));
    let families = escape(families);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" font-family=\"{families}\">\
         <title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>{}</svg>\n",
        escape(&chart.caption),
        escape(&chart.alternative),
        canvas.body(),
    )
}
