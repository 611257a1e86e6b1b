//! Lines of tables: what is darker than paper on both sides of it, for much longer than the strokes of letters.

use crate::plane::Plane;
use crate::shapes::{Groups, runs};

/// How much darker a line is than both sides, at least, and at most where a picture is full of noise.
const DARKER: [u8; 2] = [18, 110];
/// Lines shorter than so many tenths of the height of letters are strokes. From as many heights on as the second says, a line is one by itself;
/// what is shorter is one where both its ends meet such lines.
const LENGTH_MIN: usize = 12;
const LENGTH_ALONE: usize = 8;
/// So much of a line is there, in hundredths: of one by itself, which may be dotted, and of one that meets such lines. Of the strokes of letters
/// in a row less is.
const FILLED_ALONE: usize = 60;
const FILLED: usize = 92;
/// Pieces of lines of one direction, and lines; more are a drawing.
const PIECES_MAX: usize = 60_000;
const RULINGS_MAX: usize = 2_000;

/// A level line at a height, or an upright one at a distance, from one end to the other, in dots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ruling {
    /// Its first row or column.
    pub(crate) at: usize,
    /// Behind its last.
    pub(crate) until: usize,
    /// Where it begins.
    pub(crate) from: usize,
    /// Where it ends.
    pub(crate) to: usize,
}

impl Ruling {
    /// True if one of these runs across an end of it.
    fn ends_at(&self, end: usize, across: &[Ruling], reach: usize) -> bool {
        across.iter().any(|line| {
            line.at <= end + reach
                && end <= line.until + reach
                && line.from <= self.until + reach
                && self.at <= line.to + reach
        })
    }

    /// True if both go on in each other.
    fn touches(&self, next: &Ruling, gap: usize) -> bool {
        next.at <= self.until + 1
            && self.at <= next.until + 1
            && self.from <= next.to + gap
            && next.from <= self.to + gap
    }
}

/// All lines of a picture.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rulings {
    /// Level ones, from top to bottom.
    pub(crate) level: Vec<Ruling>,
    /// Upright ones, from left to right.
    pub(crate) upright: Vec<Ruling>,
}

/// How far beside a line it is looked whether it is darker: lines are not thicker.
pub(crate) fn beside(width: usize, height: usize) -> usize {
    (width.min(height) / 300).max(3)
}

impl Rulings {
    /// The lines of a straight picture with letters of that height.
    pub(crate) fn of(light: &Plane, letters: usize) -> Rulings {
        let beside = beside(light.width, light.height);
        let darker = darker(light);
        let planes = [ridges(light, beside, darker), ridges(&light.transposed(), beside, darker)];
        let (gap, alone) = ((letters / 10).max(beside) + 1, letters * LENGTH_ALONE);
        let [level, upright] = planes.each_ref().map(|plane| {
            let mut lines = joined(plane, darker, gap, [alone, FILLED_ALONE]);
            // What is thicker is an area, or the side of one.
            lines.retain(|line| line.until - line.at <= beside * 3);
            lines
        });
        if level.len() > RULINGS_MAX || upright.len() > RULINGS_MAX {
            return Rulings::default();
        }
        let [level_plane, upright_plane] = &planes;
        let short = |plane: &Plane, own: &[Ruling], across: &[Ruling]| {
            // Strokes that run up to a line by a trick of the light are fainter than lines.
            let dark = (darkness(plane, own) / 2).max(darker);
            let mut lines = joined(plane, dark, gap, [letters * LENGTH_MIN / 10, FILLED]);
            let ends = |line: &Ruling, end| line.ends_at(end, across, beside + 1);
            lines.retain(|line| {
                let is_short = line.to - line.from < alone && line.until - line.at <= beside * 3;
                is_short && ends(line, line.from) && ends(line, line.to)
            });
            lines
        };
        let short_level = short(level_plane, &level, &upright);
        let short_upright = short(upright_plane, &upright, &level);
        let all = |long: Vec<Ruling>, short: Vec<Ruling>| {
            let mut lines = [long, short].concat();
            lines.sort_unstable();
            lines
        };
        Rulings { level: all(level, short_level), upright: all(upright, short_upright) }
    }

    /// Takes the lines out of a plane of ink.
    pub(crate) fn erase(&self, ink: &mut Plane) {
        for line in &self.level {
            ink.fill([line.from.saturating_sub(2), line.at.saturating_sub(2), line.to + 2, line.until + 2], 0);
        }
        for line in &self.upright {
            ink.fill([line.at.saturating_sub(2), line.from.saturating_sub(2), line.until + 2, line.to + 2], 0);
        }
    }
}

/// How much darker most of the lines are than what lies beside them: the middle of their darkest rows.
fn darkness(ridges: &Plane, lines: &[Ruling]) -> u8 {
    let dark = |line: &Ruling| {
        let mut rows = (line.at..line.until).map(|y| {
            let dots = ridges.row(y).get(line.from..line.to).unwrap_or_default();
            dots.iter().map(|dot| usize::from(*dot)).sum::<usize>() / dots.len().max(1)
        });
        rows.by_ref().max().unwrap_or(0)
    };
    let mut darks: Vec<usize> = lines.iter().map(dark).collect();
    darks.sort_unstable();
    darks.get(darks.len() / 2).and_then(|dark| u8::try_from(*dark).ok()).unwrap_or(0)
}

/// How much darker a line has to be than both sides: more than noise makes the dots of paper. Most neighbours on a page are both paper.
pub(crate) fn darker(light: &Plane) -> u8 {
    let mut counts = [0usize; 256];
    for y in (0..light.height).step_by(3) {
        let row = light.row(y);
        for (one, next) in row.iter().zip(row.iter().skip(1)) {
            if let Some(count) = counts.get_mut(usize::from(one.abs_diff(*next))) {
                *count += 1;
            }
        }
    }
    let all: usize = counts.iter().sum();
    let mut below = 0;
    let usual = counts.iter().position(|count| {
        below += count;
        below * 10 >= all * 8
    });
    let [least, most] = DARKER;
    u8::try_from(usual.unwrap_or(0) * 3).unwrap_or(u8::MAX).clamp(least, most)
}

/// How much darker a dot is than the lightest within so many dots above it, and below it; 0 where that says nothing. Letters that almost touch
/// a line leave some paper between.
pub(crate) fn ridges(light: &Plane, beside: usize, darker: u8) -> Plane {
    let (mut above, mut below) = (vec![0; light.width], vec![0; light.width]);
    Plane::from_rows(light.width, light.height, |y, row| {
        lightest(&mut above, (1..=beside).map(|far| y.checked_sub(far).map(|y| light.row(y))));
        lightest(&mut below, (1..=beside).map(|far| Some(light.row(y + far)).filter(|row| !row.is_empty())));
        for (slot, ((dot, above), below)) in row.iter_mut().zip(light.row(y).iter().zip(&above).zip(&below)) {
            let dark = (*above).min(*below).saturating_sub(*dot);
            *slot = if dark >= darker { dark } else { 0 };
        }
    })
}

/// The lightest dot of each column of some rows; what lies outside of the picture is white.
fn lightest<'p>(most: &mut [u8], rows: impl Iterator<Item = Option<&'p [u8]>>) {
    most.fill(0);
    for row in rows {
        match row {
            Some(row) => most.iter_mut().zip(row).for_each(|(most, dot)| *most = (*most).max(*dot)),
            None => most.fill(u8::MAX),
        }
    }
}

/// Level lines of stretches that are long enough and mostly there, gaps bridged, those of neighbouring rows put together.
fn joined(ridges: &Plane, dark: u8, gap: usize, [length, filled]: [usize; 2]) -> Vec<Ruling> {
    let mut pieces: Vec<Ruling> = Vec::new();
    for y in 0..ridges.height {
        let mut bridged: Vec<Vec<(usize, usize)>> = Vec::new();
        for (from, to) in runs(ridges.row(y), dark) {
            match bridged.last_mut() {
                Some(line) if line.last().is_some_and(|(_, end)| from <= end + gap) => line.push((from, to)),
                _ => bridged.push(vec![(from, to)]),
            }
        }
        for line in &bridged {
            let line = without_specks(line);
            let (Some((from, _)), Some((_, to))) = (line.first(), line.last()) else { continue };
            let dots: usize = line.iter().map(|(from, to)| to - from).sum();
            if to - from >= length && dots * 100 >= (to - from) * filled {
                pieces.push(Ruling { at: y, until: y + 1, from: *from, to: *to });
            }
        }
        if pieces.len() > PIECES_MAX {
            return Vec::new();
        }
    }
    let mut groups = Groups::new(pieces.len());
    let mut first = 0;
    for (number, piece) in pieces.iter().enumerate() {
        // Pieces lie row by row: only those of this row and the one before can go on in this one.
        while pieces.get(first).is_some_and(|before| before.until < piece.at) {
            first += 1;
        }
        for (other, before) in pieces.iter().enumerate().take(number).skip(first) {
            if before.touches(piece, gap) {
                groups.unite(other, number);
            }
        }
    }
    let mut lines: std::collections::BTreeMap<usize, Ruling> = std::collections::BTreeMap::new();
    for (number, piece) in pieces.iter().enumerate() {
        let line = lines.entry(groups.root(number)).or_insert(*piece);
        (line.at, line.until) = (line.at.min(piece.at), line.until.max(piece.until));
        (line.from, line.to) = (line.from.min(piece.from), line.to.max(piece.to));
    }
    let mut lines: Vec<Ruling> = lines.into_values().collect();
    lines.sort_unstable();
    lines
}

/// The stretches of a line without those at its ends that are shorter than the paper before the next one: specks of a scan that lie near.
fn without_specks(mut line: &[(usize, usize)]) -> &[(usize, usize)] {
    while let [(from, to), (begin, _), ..] = line
        && to - from < begin - to
    {
        line = line.get(1..).unwrap_or_default();
    }
    while let [.., (_, end), (from, to)] = line
        && to - from < from - end
    {
        line = line.get(..line.len() - 1).unwrap_or_default();
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of two by two cells, with the strokes of letters in one of them and a shaded head.
    fn table() -> Plane {
        Plane::from_rows(600, 400, |y, row| {
            for (x, dot) in row.iter_mut().enumerate() {
                let line = [50, 150, 250].contains(&y) && (40..=560).contains(&x) && x % 9 != 0
                    || [40, 300, 560].contains(&x) && (50..=250).contains(&y);
                let stroke = y == 100 && (60..90).contains(&x) || x == 70 && (90..115).contains(&y);
                let shaded = (52..150).contains(&y) && (302..560).contains(&x);
                *dot = if line || stroke {
                    40
                } else if shaded {
                    200
                } else {
                    255
                };
            }
        })
    }

    #[test]
    fn lines_are_found_also_where_they_are_dotted_and_strokes_are_not() {
        let found = Rulings::of(&table(), 22);
        let at = |rulings: &[Ruling]| rulings.iter().map(|line| line.at).collect::<Vec<_>>();
        assert_eq!(at(&found.level), [50, 150, 250]);
        assert_eq!(at(&found.upright), [40, 300, 560]);
        assert!(found.level.iter().all(|line| line.from <= 42 && line.to >= 558), "{:?}", found.level);
    }

    #[test]
    fn noise_is_no_line_and_does_not_lengthen_any() {
        let clean = table();
        // A number for each dot that looks like chance.
        let chance = |x: usize, y: usize| {
            let mixed = x.wrapping_mul(2_654_435_761).wrapping_add(y.wrapping_mul(40_503)) >> 7;
            mixed ^ (x * y)
        };
        let light = Plane::from_rows(clean.width, clean.height, |y, row| {
            for (x, (slot, dot)) in row.iter_mut().zip(clean.row(y)).enumerate() {
                *slot = dot.saturating_sub(u8::try_from(chance(x, y) % 40).unwrap());
            }
        });
        assert!(darker(&light) > darker(&clean));
        let found = Rulings::of(&light, 22);
        let at = |rulings: &[Ruling]| rulings.iter().map(|line| line.at).collect::<Vec<_>>();
        assert_eq!(at(&found.level), [50, 150, 250]);
        assert_eq!(at(&found.upright), [40, 300, 560]);
        assert!(found.level.iter().all(|line| line.from >= 38 && line.to <= 563), "{:?}", found.level);
    }

    #[test]
    fn specks_beside_the_end_of_a_line_are_none_of_it_and_its_dots_are() {
        assert_eq!(without_specks(&[(3, 4), (8, 9), (12, 80), (82, 90), (94, 95)]), [(12, 80), (82, 90)]);
        let dotted: Vec<(usize, usize)> = (0..20).map(|number| (number * 4, number * 4 + 2)).collect();
        assert_eq!(without_specks(&dotted), dotted);
        assert!(without_specks(&[]).is_empty());
    }

    #[test]
    fn erased_lines_leave_the_strokes() {
        let light = table();
        let mut ink = Plane::from_rows(600, 400, |y, row| {
            for (slot, dot) in row.iter_mut().zip(light.row(y)) {
                *slot = 255 - dot;
            }
        });
        Rulings::of(&light, 22).erase(&mut ink);
        assert_eq!((ink.at(100, 150), ink.at(300, 200)), (Some(0), Some(0)));
        assert_eq!(ink.at(65, 100), Some(215));
    }
}
