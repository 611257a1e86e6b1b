//! Bars across, one a value, its name before it and its digits behind it: how much of each aim was reached, with a line at the
//! aim, and groups that are too many to stand beside each other with digits that can be read.

use juesuan_model::Unit;

use super::axis::{round_step, tick_text};
use super::canvas::{Anchor, Canvas, INK, PX, pixels, text_width, wrap};
use super::palette::colour;
use super::plot::{Plot, STEPS, Series};

const WIDTH: i64 = 700 * PX;
/// Longest line of a name.
const NAME: i64 = 230 * PX;
const LINE: i64 = 18 * PX;
const BAR: i64 = 16 * PX;
const GAP: i64 = 9 * PX;
/// What is beyond is cut, with a mark across the bar: one result of many times its aim would make all others too short to compare.
const LIMIT: i128 = 150 * STEPS;
const TICK: i128 = 50 * STEPS;

/// What the scale holds, in whole ticks.
struct Reach {
    least: i128,
    most: i128,
    tick: i128,
}

impl Reach {
    fn of(plot: &Plot) -> Reach {
        let sizes = || plot.series.iter().flat_map(|own| &own.values).filter_map(|value| value.size);
        let (least, most) = (sizes().min().unwrap_or(0).min(0), sizes().max().unwrap_or(0).max(0));
        let is_share = plot.unit == Unit::Percent.word();
        let tick = if is_share { TICK } else { round_step((most - least).max(STEPS)) };
        let up = |size: i128| (size + tick - 1).div_euclid(tick) * tick;
        let most = if is_share { up(most).clamp(2 * TICK, LIMIT) } else { up(most).max(tick) };
        Reach { least: least.div_euclid(tick) * tick, most, tick }
    }
}

/// Where sizes stand between left and right.
struct Scale {
    left: i64,
    right: i64,
    reach: Reach,
}

impl Scale {
    fn x(&self, size: i128) -> i64 {
        let Reach { least, most, .. } = self.reach;
        let along = (size.clamp(least, most) - least) * i128::from(self.right - self.left) / (most - least);
        self.left + i64::try_from(along).unwrap_or(0)
    }
}

/// The size that all values of a row have, where it is the aim of the others.
fn aim(series: &Series) -> Option<i128> {
    let first = series.values.first()?.size?;
    series.values.iter().all(|value| value.size == Some(first)).then_some(first)
}

pub(super) fn draw(plot: &Plot) -> Canvas {
    let aims = |at: usize| plot.series.get(at).and_then(aim).filter(|_| at == 0 && plot.series.len() > 1);
    let bars: Vec<(usize, &Series)> = plot.series.iter().enumerate().filter(|(at, _)| aims(*at).is_none()).collect();
    let reach = Reach::of(plot);
    let (least, most, step) = (reach.least, reach.most, reach.tick);

    let names: Vec<Vec<String>> = plot.categories.iter().map(|name| wrap(name, NAME)).collect();
    let widest = names.iter().flatten().map(|line| text_width(line)).max().unwrap_or(0);
    let digits = bars.iter().flat_map(|(_, own)| &own.values).map(|value| text_width(&value.label)).max().unwrap_or(0);
    let margin = 12 * PX;
    let scale = Scale { left: margin + widest + 8 * PX, right: WIDTH - margin - digits - 8 * PX, reach };

    let mut canvas = Canvas::new(WIDTH, 0);
    canvas.text((margin, margin + 13 * PX), Anchor::Start, INK, &plot.unit_line());
    let entries = plot.series.iter().enumerate().map(|(at, own)| {
        let digits = aims(at).and(own.values.first()).map_or(String::new(), |value| format!("（{}）", value.label));
        (format!("{}{digits}", own.name), colour(at).fill)
    });
    let entries: Vec<(String, &str)> = entries.collect();
    let top = canvas.legend(&entries, (margin, margin + 24 * PX), WIDTH - margin) + 4 * PX;

    let thick = BAR * i64::try_from(bars.len().max(1)).unwrap_or(1);
    let height = |lines: &Vec<String>| (LINE * i64::try_from(lines.len()).unwrap_or(1)).max(thick) + GAP;
    let bottom = top + names.iter().map(height).sum::<i64>();
    let mut tick = least;
    while tick <= most {
        let x = scale.x(tick);
        canvas.line((x, top), (x, bottom), if tick == 0 { INK } else { "#d0d0d0" });
        canvas.text((x, bottom + 18 * PX), Anchor::Middle, "#4a4a4a", &tick_text(tick));
        tick += step;
    }
    let mut y = top;
    for (at, lines) in names.iter().enumerate() {
        let own = height(lines);
        named(&mut canvas, lines, scale.left - 6 * PX, y + own / 2);
        let mut bar = y + (own - thick) / 2;
        for (series, row) in &bars {
            if let Some(value) = row.values.get(at) {
                across(&mut canvas, &scale, value.size.unwrap_or(0), bar, colour(*series).fill);
                canvas.text((WIDTH - margin, bar + 14 * PX), Anchor::End, INK, &value.label);
            }
            bar += BAR;
        }
        y += own;
    }
    if let Some(size) = aims(0) {
        let x = scale.x(size);
        canvas.rect((x - PX, top), (2 * PX, bottom - top), colour(0).fill);
    }
    canvas.height = bottom + 18 * PX + margin;
    canvas
}

/// The lines of a name around a height, ending at `right`.
fn named(canvas: &mut Canvas, lines: &[String], right: i64, middle: i64) {
    let mut baseline = middle - LINE * i64::try_from(lines.len()).unwrap_or(1) / 2 + 15 * PX;
    for line in lines {
        canvas.text((right, baseline), Anchor::End, INK, line);
        baseline += LINE;
    }
}

/// A bar, and the mark of one that is cut.
fn across(canvas: &mut Canvas, scale: &Scale, size: i128, y: i64, fill: &str) {
    let (zero, end) = (scale.x(0), scale.x(size));
    if size != 0 {
        canvas.rect((zero.min(end), y + PX), ((end - zero).abs(), BAR - 2 * PX), fill);
    }
    if size > scale.reach.most {
        let (x, low) = (scale.right - 16 * PX, y + BAR);
        let [a, b, c, d] = [x + 4 * PX, x + 8 * PX, x + 4 * PX, x].map(pixels);
        let (y, low) = (pixels(y), pixels(low));
        canvas.path(&format!("M{a} {y}L{b} {y}L{c} {low}L{d} {low}Z"), "#ffffff", "#ffffff");
    }
}
