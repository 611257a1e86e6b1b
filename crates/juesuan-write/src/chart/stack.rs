//! Upright bars made of parts, one bar a category.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, INK, PX, spread, text_width, wrap};
use super::palette::colour;
use super::plot::Plot;

const HEIGHT: i64 = 280 * PX;
/// A part lower than this carries its label outside.
const ROOM_FOR_TEXT: i64 = 19 * PX;

/// One part of a bar.
struct Piece<'a> {
    top: i64,
    bottom: i64,
    series: usize,
    label: &'a str,
}

pub(super) fn draw(plot: &Plot) -> Canvas {
    let count = i64::try_from(plot.categories.len().max(1)).unwrap_or(1);
    let widest = plot.series.iter().flat_map(|s| &s.values).map(|v| text_width(&v.label)).max().unwrap_or(0);
    let margin = 12 * PX;
    let width = (560 * PX).max(90 * PX + count * (2 * widest + 60 * PX));
    let mut canvas = Canvas::new(width, 0);
    let entries: Vec<(String, &str)> =
        plot.series.iter().enumerate().map(|(i, s)| (s.name.clone(), colour(i).fill)).collect();
    canvas.text((margin, margin + 13 * PX), Anchor::Start, INK, &plot.unit_line());
    let top = canvas.legend(&entries, (margin, margin + 24 * PX), width - margin) + 14 * PX;

    let ends = |g: usize| -> (i128, i128) {
        plot.series
            .iter()
            .filter_map(|s| s.values.get(g).and_then(|v| v.size))
            .fold((0, 0), |(low, high), size| if size < 0 { (low + size, high) } else { (low, high + size) })
    };
    let axis = Axis::new((0..plot.categories.len()).flat_map(|g| <[i128; 2]>::from(ends(g))), top, top + HEIGHT);
    let (left, right) = (margin + axis.label_width() + 8 * PX, width - margin);
    axis.draw(&mut canvas, left, right);
    let slot = (right - left) / count;
    let bar = (slot - widest - 40 * PX).clamp(widest.min(60 * PX) + 8 * PX, 110 * PX);

    let mut lowest = axis.bottom;
    for (g, category) in plot.categories.iter().enumerate() {
        let start = left + i64::try_from(g).unwrap_or(0) * slot;
        let x = start + (slot - bar - widest - 20 * PX).max(0) / 2;
        draw_bar(&mut canvas, &pieces(plot, &axis, g), (x, bar), (top - 14 * PX, axis.bottom + 10 * PX));
        let mut y = axis.bottom + 20 * PX;
        for line in wrap(category, slot - 6 * PX) {
            canvas.text((x + bar / 2, y), Anchor::Middle, INK, &line);
            lowest = lowest.max(y);
            y += 18 * PX;
        }
    }
    canvas.height = lowest + margin;
    canvas
}

fn pieces<'a>(plot: &'a Plot, axis: &Axis, category: usize) -> Vec<Piece<'a>> {
    let (mut above, mut below) = (0i128, 0i128);
    let mut out = Vec::new();
    for (series, row) in plot.series.iter().enumerate() {
        let Some(value) = row.values.get(category) else {
            continue;
        };
        let size = value.size.unwrap_or(0);
        let from = if size < 0 { &mut below } else { &mut above };
        let (a, b) = (axis.y(*from), axis.y(*from + size));
        *from += size;
        out.push(Piece { top: a.min(b), bottom: a.max(b), series, label: &value.label });
    }
    out
}

fn draw_bar(canvas: &mut Canvas, pieces: &[Piece<'_>], (x, bar): (i64, i64), (top, bottom): (i64, i64)) {
    let mut outside: Vec<&Piece<'_>> = Vec::new();
    for piece in pieces {
        let height = piece.bottom - piece.top;
        let colour = colour(piece.series);
        if height > 0 {
            canvas.rect((x, piece.top), (bar, height), colour.fill);
        }
        if height >= ROOM_FOR_TEXT && text_width(piece.label) <= bar - 4 * PX {
            let middle = (piece.top + piece.bottom) / 2;
            canvas.text((x + bar / 2, middle + 5 * PX), Anchor::Middle, colour.ink, piece.label);
        } else if !piece.label.is_empty() {
            outside.push(piece);
        }
    }
    outside.sort_by_key(|piece| (piece.top + piece.bottom, std::cmp::Reverse(piece.series)));
    let wanted: Vec<(i64, i64)> = outside.iter().map(|p| ((p.top + p.bottom) / 2, 18 * PX)).collect();
    for (piece, centre) in outside.iter().zip(spread(&wanted, top, bottom)) {
        let middle = (piece.top + piece.bottom) / 2;
        canvas.line((x + bar, middle), (x + bar + 12 * PX, centre), "#6b6b6b");
        canvas.rect((x + bar + 13 * PX, centre - 4 * PX), (8 * PX, 8 * PX), colour(piece.series).fill);
        canvas.text((x + bar + 25 * PX, centre + 5 * PX), Anchor::Start, INK, piece.label);
    }
}
