//! Rulings: what producers draw as strokes, thin areas or thousands of short pieces, as whole lines.

use super::ink::{Hundredths, POINT};

/// Pieces that are gathered before they are joined; bounds memory.
const PIECES_BEFORE_JOINING: usize = 20_000;
/// Lines of one direction on one page; more is a drawing.
pub(super) const RULES_MAX: usize = 1_500;
/// Pieces so near to each other are one line.
const TOLERANCE: Hundredths = 2 * POINT;
/// Shorter than this is no line: a dot, a stroke of a drawn letter.
const LENGTH_MIN: Hundredths = 5 * POINT;

/// A level line at height `at`, or an upright one at distance `at`; from one end to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rule {
    /// Where it lies.
    pub(super) at: Hundredths,
    /// Its begin.
    pub(super) from: Hundredths,
    /// Its end.
    pub(super) to: Hundredths,
}

/// Pieces of lines as they are drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Pieces {
    level: Vec<Rule>,
    upright: Vec<Rule>,
    /// Pieces after which joining is tried again; grows so that joining stays cheap.
    room: usize,
    /// True if some were left out because there were too many.
    pub(super) overfull: bool,
}

impl Pieces {
    /// Adds a level piece.
    pub(super) fn level(&mut self, piece: Rule) {
        self.level.push(piece);
        self.make_room();
    }

    /// Adds an upright piece.
    pub(super) fn upright(&mut self, piece: Rule) {
        self.upright.push(piece);
        self.make_room();
    }

    /// Adds the pieces of a page that lies so far to the right.
    pub(super) fn add(&mut self, more: Pieces, right: Hundredths) {
        self.level.extend(more.level.into_iter().map(|r| Rule { from: r.from + right, to: r.to + right, ..r }));
        self.upright.extend(more.upright.into_iter().map(|r| Rule { at: r.at + right, ..r }));
        self.overfull |= more.overfull;
        self.make_room();
    }

    fn make_room(&mut self) {
        let pieces = self.level.len() + self.upright.len();
        if pieces < self.room.max(PIECES_BEFORE_JOINING) {
            return;
        }
        join(&mut self.level);
        join(&mut self.upright);
        let left = self.level.len() + self.upright.len();
        if left > PIECES_BEFORE_JOINING * 8 {
            self.overfull = true;
            self.level.truncate(PIECES_BEFORE_JOINING);
            self.upright.truncate(PIECES_BEFORE_JOINING);
        }
        self.room = (self.level.len() + self.upright.len()) * 2;
    }

    /// The whole lines, level and upright, each ordered by place.
    pub(super) fn rules(mut self) -> (Vec<Rule>, Vec<Rule>, bool) {
        join(&mut self.level);
        join(&mut self.upright);
        for rules in [&mut self.level, &mut self.upright] {
            rules.retain(|rule| rule.to - rule.from >= LENGTH_MIN);
            if rules.len() > RULES_MAX {
                self.overfull = true;
                rules.clear();
            }
        }
        (self.level, self.upright, self.overfull)
    }

    /// Takes a page with another direction of reading: the two kinds change places as `turn` says for each.
    pub(super) fn turned(self, level: impl Fn(Rule) -> Rule, upright: impl Fn(Rule) -> Rule, swap: Swap) -> Pieces {
        let levels = self.level.into_iter().map(level).collect();
        let uprights = self.upright.into_iter().map(upright).collect();
        let (level, upright) = match swap {
            Swap::Yes => (uprights, levels),
            Swap::No => (levels, uprights),
        };
        Pieces { level, upright, room: self.room, overfull: self.overfull }
    }
}

/// Whether level lines become upright ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Swap {
    /// They do: a quarter turn.
    Yes,
    /// They do not: half a turn.
    No,
}

/// Joins pieces that lie on one line and touch, in place.
fn join(pieces: &mut Vec<Rule>) {
    pieces.sort_unstable();
    let mut joined: Vec<Rule> = Vec::new();
    let mut rest = pieces.as_mut_slice();
    while let Some(first) = rest.first() {
        let first = first.at;
        let mut count = 1;
        while let (Some(next), Some(last)) = (rest.get(count), rest.get(count - 1)) {
            if next.at - last.at > POINT || next.at - first > TOLERANCE {
                break;
            }
            count += 1;
        }
        let (group, after) = rest.split_at_mut(count);
        rest = after;
        let at = first + (group.last().map_or(first, |last| last.at) - first) / 2;
        group.sort_unstable_by_key(|piece| (piece.from, piece.to));
        let begin = joined.len();
        for piece in group {
            match joined.get_mut(begin..).and_then(<[Rule]>::last_mut) {
                Some(open) if piece.from <= open.to + TOLERANCE => open.to = open.to.max(piece.to),
                _ => joined.push(Rule { at, ..*piece }),
            }
        }
    }
    *pieces = joined;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_of_short_pieces_are_one_line() {
        let mut pieces = Pieces::default();
        for index in 0..50_000 {
            pieces.level(Rule { at: 1_000 + index % 3 * 20, from: index * 10, to: index * 10 + 9 });
        }
        let (level, upright, overfull) = pieces.rules();
        assert_eq!((level.len(), upright.len(), overfull), (1, 0, false));
        assert_eq!((level[0].from, level[0].to), (0, 499_999));
    }

    #[test]
    fn lines_of_neighbouring_rows_stay_apart() {
        let mut pieces = Pieces::default();
        for at in [0, 900, 1_800] {
            pieces.level(Rule { at, from: 0, to: 10_000 });
        }
        assert_eq!(pieces.rules().0.len(), 3);
    }
}
