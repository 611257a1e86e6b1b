//! How a picture lies: by the lines of its tables, otherwise by the rows of its letters.

use crate::plane::Plane;
use crate::rulings::{beside, darker, ridges};
use crate::shapes::{Shape, runs, shapes};
use crate::warp::{Point, Warp, float};

/// A line is worth looking at from such a part of the width on.
const LONG: usize = 8;
/// Farthest slope that is set straight: 4.5 degrees.
const SLOPE_MAX: f32 = 0.08;
/// Edges of letters that are looked at.
const EDGES_MAX: usize = 40_000;
/// Dots as dark as this are ink.
const INK: u8 = 90;
/// Lines that lie in one box, at most; more are a drawing.
const TOGETHER_MAX: usize = 40;
/// Slopes of lines on both sides of a picture differ by so much where it was seen from the side.
const FANNED: f32 = 0.004;
/// Lines of one direction, and of the other, that have to agree before a picture is taken for one that was seen from the side.
const LINES_MIN: [usize; 2] = [2, 3];

/// A line that need not lie level: its ends.
#[derive(Clone, Copy, Debug)]
struct Long {
    from: Point,
    to: Point,
}

impl Long {
    fn slope(&self) -> f32 {
        (self.to[1] - self.from[1]) / (self.to[0] - self.from[0]).max(1.0)
    }

    fn middle(&self) -> f32 {
        (self.to[1] + self.from[1]) / 2.0
    }

    fn length(&self) -> f32 {
        self.to[0] - self.from[0]
    }
}

/// What sets a picture straight.
pub(crate) fn straight(ink: &Plane, light: &Plane) -> Warp {
    let (width, height) = (ink.width, ink.height);
    let (beside, darker) = (beside(width, height), darker(light));
    let level = longs(ridges(light, beside, darker), beside * 2);
    let upright = longs(ridges(&light.transposed(), beside, darker), beside * 2);
    if let Some(warp) = seen_from_the_side(&level, &upright, width, height) {
        return warp;
    }
    let slope = middle_slope(&level).or_else(|| middle_slope(&upright).map(|slope| -slope));
    match slope.unwrap_or_else(|| slope_of_rows(ink)) {
        slope if slope.abs() > SLOPE_MAX => Warp::none(width, height),
        slope => Warp::turned(width, height, slope),
    }
}

/// Lines that run more or less level, through those that cross them.
fn longs(mut ridges: Plane, crossing: usize) -> Vec<Long> {
    for y in 0..ridges.height {
        let found: Vec<(usize, usize)> = runs(ridges.row(y), 1).collect();
        for pair in found.windows(2) {
            if let [(from, end), (begin, to)] = pair
                && begin - end <= crossing
                && (end - from).min(to - begin) >= crossing
            {
                ridges.fill([*end, y, *begin, y + 1], 1);
            }
        }
    }
    let least = ridges.width / LONG;
    let lines =
        shapes(&ridges, 1).into_iter().filter(|shape| shape.width() >= least && shape.height() * 8 < shape.width());
    lines.filter_map(|line| ends(&ridges, &line)).collect()
}

/// Both ends of a line. Where the slope brings the end of one line to the height of the next one, both lie in one box: what begins at the left
/// is followed to the right.
fn ends(ridges: &Plane, line: &Shape) -> Option<Long> {
    let last = line.right - 1;
    let mut found = None;
    let begins = stretches(ridges, line, line.left);
    if begins.len() > TOGETHER_MAX {
        return None;
    }
    for begin in begins {
        let mut reached = vec![begin];
        for x in line.left + 1..line.right {
            let touches =
                |[first, last]: &[usize; 2]| reached.iter().any(|[from, to]| first <= &(to + 1) && from <= &(last + 1));
            reached = stretches(ridges, line, x).into_iter().filter(touches).take(TOGETHER_MAX).collect();
            if reached.is_empty() {
                break;
            }
        }
        let (Some([first, _]), Some([_, end])) = (reached.first(), reached.last()) else { continue };
        if found.is_some() {
            return None;
        }
        let middle = |x: usize, first: usize, last: usize| [float(x), float(first + last) / 2.0];
        found = Some(Long { from: middle(line.left, begin[0], begin[1]), to: middle(last, *first, *end) });
    }
    found
}

/// The stretches of a column that belong to lines in a box: first and last row.
fn stretches(ridges: &Plane, line: &Shape, x: usize) -> Vec<[usize; 2]> {
    let mut found: Vec<[usize; 2]> = Vec::new();
    for y in (line.top..line.bottom).filter(|y| ridges.at(x, *y).is_some_and(|dark| dark > 0)) {
        match found.last_mut() {
            Some([_, last]) if *last + 1 == y => *last = y,
            _ => found.push([y, y]),
        }
    }
    found
}

/// The slope of most lines; `None` without lines.
fn middle_slope(lines: &[Long]) -> Option<f32> {
    let mut slopes: Vec<(f32, f32)> = lines.iter().map(|line| (line.slope(), line.length())).collect();
    slopes.sort_by(|one, other| one.0.total_cmp(&other.0));
    let half = slopes.iter().map(|(_, length)| length).sum::<f32>() / 2.0;
    let mut sum = 0.0;
    slopes
        .into_iter()
        .find(|(_, length)| {
            sum += length;
            sum >= half
        })
        .map(|(slope, _)| slope)
}

/// Where lines fan out as those of a page do that lies before a camera: what makes a rectangle of what they enclose.
fn seen_from_the_side(level: &[Long], upright: &[Long], width: usize, height: usize) -> Option<Warp> {
    let [fewer, more] = LINES_MIN;
    if level.len().min(upright.len()) < fewer || level.len().max(upright.len()) < more {
        return None;
    }
    let (level, upright) = (Fan::of(level)?, Fan::of(upright)?);
    let fanned = |fan: &Fan| (fan.at(fan.last) - fan.at(fan.first)).abs() > FANNED;
    let sheared = (level.at(level.first) + level.at(level.last) + upright.at(upright.first) + upright.at(upright.last))
        .abs()
        > FANNED * 2.0;
    if !fanned(&level) && !fanned(&upright) && !sheared {
        return None;
    }
    let corner = |y: f32, x: f32| meeting(&level, y, &upright, x, float(width) / 2.0, float(height) / 2.0);
    let corners = [
        corner(level.first, upright.first)?,
        corner(level.first, upright.last)?,
        corner(level.last, upright.last)?,
        corner(level.last, upright.first)?,
    ];
    Warp::squared(width, height, corners)
}

/// How the slope of lines grows from the first to the last.
struct Fan {
    first: f32,
    last: f32,
    begin: f32,
    growth: f32,
}

impl Fan {
    /// By least squares, longer lines counting for more; `None` if they do not agree.
    fn of(lines: &[Long]) -> Option<Fan> {
        let weight: f32 = lines.iter().map(Long::length).sum();
        let mean =
            |value: &dyn Fn(&Long) -> f32| lines.iter().map(|line| value(line) * line.length()).sum::<f32>() / weight;
        let (place, slope) = (mean(&Long::middle), mean(&Long::slope));
        let spread = mean(&|line| (line.middle() - place).powi(2));
        if weight < 1.0 || spread < 1.0 {
            return None;
        }
        let growth = mean(&|line| (line.middle() - place) * (line.slope() - slope)) / spread;
        let begin = slope - growth * place;
        let off = mean(&|line| (line.slope() - begin - growth * line.middle()).abs());
        let places = lines.iter().map(Long::middle);
        let (first, last) = (places.clone().fold(f32::MAX, f32::min), places.fold(0.0, f32::max));
        let fan = Fan { first, last, begin, growth };
        (off < FANNED && fan.at(first).abs() < SLOPE_MAX * 2.0 && fan.at(last).abs() < SLOPE_MAX * 2.0).then_some(fan)
    }

    /// The slope of a line at a place.
    fn at(&self, place: f32) -> f32 {
        self.begin + self.growth * place
    }
}

/// Where a level and an upright line meet that have these heights and distances in the middle of the picture.
fn meeting(level: &Fan, y: f32, upright: &Fan, x: f32, middle_x: f32, middle_y: f32) -> Option<Point> {
    let (down, along) = (level.at(y), upright.at(x));
    let under = 1.0 - down * along;
    // y' = y + down (x' - middle_x) and x' = x + along (y' - middle_y).
    let right = (x + along * (y - down * middle_x - middle_y)) / under;
    (under.abs() > 0.1).then_some([right, y + down * (right - middle_x)])
}

/// The slope at which the upper edges of letters stand in rows most sharply.
fn slope_of_rows(ink: &Plane) -> f32 {
    let mut edges: Vec<Point> = Vec::new();
    for y in 1..ink.height {
        let (above, row) = (ink.row(y - 1), ink.row(y));
        let upper = row.iter().zip(above).enumerate().filter(|(_, (dot, above))| **dot >= INK && **above < INK);
        edges.extend(upper.map(|(x, _)| [float(x), float(y)]));
    }
    let step = edges.len().div_ceil(EDGES_MAX).max(1);
    let edges: Vec<Point> = edges.into_iter().step_by(step).collect();
    if edges.len() < 200 {
        return 0.0;
    }
    let sharpness = |slope: f32| -> u64 {
        let mut rows = vec![0u32; ink.height * 2];
        for [x, y] in &edges {
            let at = y - slope * x + float(ink.height) / 2.0;
            if let Some(row) = crate::warp::index(at).and_then(|at| rows.get_mut(at)) {
                *row += 1;
            }
        }
        rows.iter().map(|count| u64::from(*count) * u64::from(*count)).sum()
    };
    let best = |middle: f32, step: f32, steps: i16| {
        let slopes = (-steps..=steps).map(|number| middle + f32::from(number) * step);
        slopes.max_by_key(|slope| (sharpness(*slope), slope.abs() < step / 2.0)).unwrap_or(middle)
    };
    let coarse = best(0.0, 0.004, 20);
    best(coarse, 0.0005, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ruled(source: &Warp) -> Plane {
        let (width, height) = (source.width, source.height);
        Plane::from_rows(width, height, |y, row| {
            for (x, dot) in row.iter_mut().enumerate() {
                let [u, v] = source.source([float(x), float(y)]);
                let on = |at: f32, step: f32| (at / step - (at / step).round()).abs() * step < 1.2;
                let inside = (100.0..900.0).contains(&u) && (100.0..700.0).contains(&v);
                *dot = if inside && (on(v, 50.0) || on(u, 100.0)) { 30 } else { 255 };
            }
        })
    }

    fn inverted(light: &Plane) -> Plane {
        Plane::from_rows(light.width, light.height, |y, row| {
            for (slot, dot) in row.iter_mut().zip(light.row(y)) {
                *slot = 255 - dot;
            }
        })
    }

    #[test]
    fn a_table_that_was_turned_lies_level_again() {
        for slope in [-0.035, -0.012, 0.0, 0.012, 0.035] {
            let light = ruled(&Warp::turned(1000, 800, slope));
            let warp = straight(&inverted(&light), &light);
            let [left, right] = [[0.0, 400.0], [1000.0, 400.0]].map(|at| warp.source(at));
            let found = (right[1] - left[1]) / (right[0] - left[0]);
            assert!((found + slope).abs() < 0.001, "{found} {slope}");
        }
    }

    #[test]
    fn lines_that_end_at_the_height_at_which_the_next_one_begins_are_not_taken_for_level() {
        // Rows 50 apart, 800 wide: at this slope one ends where the next begins, and both lie in one box.
        for slope in [-0.0625, 0.0625] {
            let light = ruled(&Warp::turned(1000, 800, slope));
            let mut found = longs(ridges(&light, 3, 18), 6);
            found.retain(|line| line.length() > 700.0);
            assert!(found.len() > 8, "{found:?}");
            assert!(found.iter().all(|line| (line.slope() + slope).abs() < 0.004), "{slope} {found:?}");
        }
    }

    #[test]
    fn a_table_seen_from_the_side_has_right_angles_again() {
        let corners = [[120.0, 90.0], [880.0, 110.0], [930.0, 720.0], [80.0, 700.0]];
        let light = ruled(&Warp::squared(1000, 800, corners).unwrap());
        let warp = straight(&inverted(&light), &light);
        let again = warp.of(&light, 255);
        let level = longs(ridges(&again, 3, 18), 6);
        // An end is found to within the thickness of a line.
        let mean = level.iter().map(Long::slope).sum::<f32>() / float(level.len());
        assert!(level.len() > 8 && mean.abs() < 0.001, "{mean} {level:?}");
        assert!(level.iter().all(|line| line.slope().abs() < 0.007), "{level:?}");
    }

    #[test]
    fn rows_of_letters_show_how_a_page_without_tables_lies() {
        let ink = Plane::from_rows(800, 600, |y, row| {
            for (x, dot) in row.iter_mut().enumerate() {
                let line = (y * 100).abs_diff(x * 2 + 3_000) % 3_000 < 1_400;
                *dot = if line && x % 20 < 14 { 255 } else { 0 };
            }
        });
        assert!((slope_of_rows(&ink) - 0.02).abs() < 0.002, "{}", slope_of_rows(&ink));
    }
}
