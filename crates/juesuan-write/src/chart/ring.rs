//! Parts of a whole as a ring; every part is named beside it.

use super::canvas::{Anchor, Canvas, INK, PX, pixels, spread, wrap};
use super::palette::colour;
use super::plot::Plot;
use super::turn::{TURN, point};

const WIDTH: i64 = 560 * PX;
const OUTER: i64 = 100 * PX;
const INNER: i64 = 56 * PX;
const LINE: i64 = 20 * PX;
/// Width of the names beside the ring.
const BESIDE: i64 = 136 * PX;

/// A part with its place on the ring, clockwise, 0 at twelve o'clock.
struct Part {
    index: usize,
    from: i64,
    to: i64,
    lines: Vec<String>,
}

impl Part {
    fn middle(&self) -> i64 {
        (self.from + self.to) / 2
    }

    fn height(&self) -> i64 {
        i64::try_from(self.lines.len()).unwrap_or(1) * LINE + 6 * PX
    }
}

pub(super) fn draw(plot: &Plot) -> Canvas {
    let (parts, without_room) = parts(plot);
    let (mut right, mut left): (Vec<&Part>, Vec<&Part>) =
        parts.iter().partition(|part| part.middle().rem_euclid(TURN) < TURN / 2);
    // From the top downwards, so that leader lines do not cross.
    right.sort_by_key(|part| part.middle().rem_euclid(TURN));
    left.sort_by_key(|part| std::cmp::Reverse(part.middle().rem_euclid(TURN)));
    let need = |side: &[&Part]| side.iter().map(|part| part.height()).sum::<i64>();
    let top = 36 * PX;
    let height = need(&left).max(need(&right)).max(2 * OUTER + 40 * PX);
    let centre = (WIDTH / 2, top + height / 2);

    let mut canvas = Canvas::new(WIDTH, 0);
    canvas.text((12 * PX, 25 * PX), Anchor::Start, INK, &plot.unit_line());
    for part in &parts {
        canvas.path(&outline(centre, part), colour(part.index).fill, "#ffffff");
    }
    labels(&mut canvas, &right, centre, (top, top + height), Anchor::Start);
    labels(&mut canvas, &left, centre, (top, top + height), Anchor::End);
    let below = top + height + 12 * PX;
    canvas.height = if without_room.is_empty() {
        below
    } else {
        canvas.legend(&without_room, (12 * PX, below), WIDTH - 12 * PX) + 6 * PX
    };
    canvas
}

/// Parts that have an angle, and the legend of those that have none (zero, blank or negative).
fn parts(plot: &Plot) -> (Vec<Part>, Vec<(String, &'static str)>) {
    let values: Vec<_> = plot.series.iter().flat_map(|series| &series.values).collect();
    let total: i128 = values.iter().filter_map(|value| value.size).filter(|size| *size > 0).sum();
    let (mut parts, mut without_room, mut before) = (Vec::new(), Vec::new(), 0i128);
    for (index, (name, value)) in plot.categories.iter().zip(values).enumerate() {
        match value.size {
            Some(size) if size > 0 => {
                let angle = |sum: i128| i64::try_from(sum * i128::from(TURN) / total).unwrap_or(0);
                let mut lines = wrap(name, BESIDE);
                lines.push(value.label.clone());
                parts.push(Part { index, from: angle(before), to: angle(before + size), lines });
                before += size;
            }
            _ => without_room.push((format!("{name} {}", value.label), colour(index).fill)),
        }
    }
    // The middle of the largest part points left: small ones then gather at the right, where there is room for names.
    let turned = parts.iter().max_by_key(|part| part.to - part.from).map_or(0, |part| TURN * 3 / 4 - part.middle());
    for part in &mut parts {
        part.from += turned;
        part.to += turned;
    }
    (parts, without_room)
}

fn outline(centre: (i64, i64), part: &Part) -> String {
    let at = |radius, angle| {
        let (x, y) = point(centre, radius, angle);
        format!("{} {}", pixels(x), pixels(y))
    };
    let (outer, inner) = (pixels(OUTER), pixels(INNER));
    if part.to - part.from >= TURN {
        // An arc from a point to itself draws nothing: two halves.
        let ring = |radius: i64, r: &str| {
            format!("M{} A{r} {r} 0 1 1 {} A{r} {r} 0 1 1 {} Z", at(radius, 0), at(radius, TURN / 2), at(radius, 0))
        };
        return format!("{} {}", ring(OUTER, &outer), ring(INNER, &inner));
    }
    let large = u8::from(part.to - part.from > TURN / 2);
    format!(
        "M{} A{outer} {outer} 0 {large} 1 {} L{} A{inner} {inner} 0 {large} 0 {} Z",
        at(OUTER, part.from),
        at(OUTER, part.to),
        at(INNER, part.to),
        at(INNER, part.from)
    )
}

fn labels(canvas: &mut Canvas, side: &[&Part], centre: (i64, i64), (top, bottom): (i64, i64), anchor: Anchor) {
    let wanted: Vec<(i64, i64)> =
        side.iter().map(|part| (point(centre, OUTER + 16 * PX, part.middle()).1, part.height())).collect();
    let direction = if matches!(anchor, Anchor::End) { -1 } else { 1 };
    for (part, middle) in side.iter().zip(spread(&wanted, top, bottom)) {
        let edge = point(centre, OUTER, part.middle());
        let knee = centre.0 + direction * (OUTER + 22 * PX);
        let end = (knee + direction * 8 * PX, middle);
        canvas.line(edge, (knee, middle), "#6b6b6b");
        canvas.line((knee, middle), end, "#6b6b6b");
        let mut y = middle - (part.height() - 6 * PX) / 2 + 14 * PX;
        for line in &part.lines {
            canvas.text((end.0 + direction * 4 * PX, y), anchor, INK, line);
            y += LINE;
        }
    }
}
