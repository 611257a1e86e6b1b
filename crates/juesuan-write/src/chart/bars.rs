//! Groups of upright bars, one group a category; bars across where they are too many for their digits.

use super::across;
use super::axis::Axis;
use super::canvas::{Anchor, Canvas, INK, PX, text_width, wrap};
use super::palette::colour;
use super::plot::Plot;

const HEIGHT: i64 = 250 * PX;
const WIDTH: i64 = 560 * PX;

pub(super) fn draw(plot: &Plot) -> Canvas {
    let series = i64::try_from(plot.series.len().max(1)).unwrap_or(1);
    let groups = i64::try_from(plot.categories.len().max(1)).unwrap_or(1);
    let widest = plot.series.iter().flat_map(|s| &s.values).map(|v| text_width(&v.label)).max().unwrap_or(0);
    let width = WIDTH.max(90 * PX + groups * (series * 24 + 24) * PX);
    let mut canvas = Canvas::new(width, 0);
    let margin = 12 * PX;
    let mut top = margin;
    let entries: Vec<(String, &str)> =
        plot.series.iter().enumerate().map(|(i, s)| (s.name.clone(), colour(i).fill)).collect();
    canvas.text((margin, top + 13 * PX), Anchor::Start, INK, &plot.unit_line());
    top += 24 * PX;
    top = canvas.legend(&entries, (margin, top), width - margin);

    let sizes = || plot.series.iter().flat_map(|s| &s.values).filter_map(|v| v.size);
    let probe = Axis::new(sizes(), 0, HEIGHT);
    let left = margin + probe.label_width() + 8 * PX;
    let right = width - margin;
    let slot = (right - left) / groups;
    let gap = 16 * PX;
    let bar = ((slot - gap) / series).min(72 * PX);
    if widest > bar + 4 * PX {
        return across::draw(plot);
    }
    top += 20 * PX;
    let axis = Axis::new(sizes(), top, top + HEIGHT);
    axis.draw(&mut canvas, left, right);

    let zero = axis.y(0);
    for (s, series_row) in plot.series.iter().enumerate() {
        for (g, value) in series_row.values.iter().enumerate().take(plot.categories.len()) {
            let (s, g) = (i64::try_from(s).unwrap_or(0), i64::try_from(g).unwrap_or(0));
            let x = left + g * slot + (slot - bar * series) / 2 + s * bar;
            let y = value.size.map_or(zero, |size| axis.y(size));
            if value.size.is_some_and(|size| size != 0) {
                let fill = colour(usize::try_from(s).unwrap_or(0)).fill;
                canvas.rect((x + PX, y.min(zero)), (bar - 2 * PX, (y - zero).abs()), fill);
            }
            let middle = x + bar / 2;
            let baseline = if y > zero { y + 16 * PX } else { y - 5 * PX };
            canvas.text((middle, baseline), Anchor::Middle, INK, &value.label);
        }
    }
    let mut lowest = axis.bottom + if zero < axis.bottom { 18 * PX } else { 0 };
    let first_line = lowest + 20 * PX;
    for (g, category) in plot.categories.iter().enumerate() {
        let middle = left + i64::try_from(g).unwrap_or(0) * slot + slot / 2;
        let mut y = first_line;
        for line in wrap(category, slot - 6 * PX) {
            canvas.text((middle, y), Anchor::Middle, INK, &line);
            lowest = lowest.max(y);
            y += 18 * PX;
        }
    }
    canvas.height = lowest + margin;
    canvas
}
