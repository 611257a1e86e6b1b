//! Lines put together to one text that still knows where each character stands.

use juesuan_model::{Noted, Origin, Place, Seen};
use juesuan_read::{Beside, PageLine};

/// What only running text has.
pub(super) const RUNNING: [char; 3] = ['，', '。', '；'];

/// A text joined from printed lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joined {
    /// The lines one behind the other.
    pub text: String,
    /// Its characters: known, so that a line is added without looking at those before it.
    pub length: usize,
    /// True if it has marks of running text: known, for the same reason.
    pub runs: bool,
    /// Where each of them stands.
    pub origin: Vec<Origin>,
    /// Lines that were joined.
    pub lines: usize,
}

/// What stands between two lines whose ends are digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seam {
    /// The line was full: a number goes on.
    Closed,
    /// Two numbers that happen to meet.
    Open,
}

impl Joined {
    /// One line.
    pub fn line(line: &PageLine) -> Joined {
        let mut joined = Joined::default();
        joined.push(line, Seam::Open);
        joined
    }

    /// Adds a line.
    pub fn push(&mut self, line: &PageLine, seam: Seam) {
        let word = |c: char| c.is_ascii_alphanumeric();
        let digit = |c: char| c.is_ascii_digit();
        let (last, first) = (self.text.chars().next_back(), line.text.chars().next());
        if let (Some(last), Some(first)) = (last, first)
            && word(last)
            && word(first)
            && !(digit(last) && digit(first) && seam == Seam::Closed)
        {
            self.text.push(' ');
            self.length += 1;
        }
        let at = u32::try_from(self.length).unwrap_or(u32::MAX);
        self.text.push_str(&line.text);
        self.length += line.text.chars().count();
        self.runs |= line.text.contains(RUNNING);
        self.lines += 1;
        self.origin.extend(origins(line, at));
    }

    /// True if a bracket not far before its end is still open.
    pub fn is_inside(&self) -> bool {
        const LOOKED_AT: usize = 400;
        let mut closed = 0usize;
        let inside = |c: char| match c {
            ')' | '）' => {
                closed += 1;
                false
            }
            '(' | '（' => closed.checked_sub(1).inspect(|left| closed = *left).is_none(),
            _ => false,
        };
        self.text.chars().rev().take(LOOKED_AT).any(inside)
    }

    /// Where it begins.
    pub fn place(&self) -> Place {
        self.origin.first().map(|origin| origin.place.clone()).unwrap_or_default()
    }

    /// How it was seen.
    pub fn seen(&self) -> Seen {
        self.origin.iter().fold(Seen::Text, |seen, origin| seen.and(origin.seen))
    }

    /// True if it stands on one line.
    pub fn is_one_line(&self) -> bool {
        self.lines == 1
    }
}

/// Where the characters of a line stand, which is the `at`-th of its text and those behind it: on one page, or on several beside each
/// other.
fn origins(line: &PageLine, at: u32) -> Vec<Origin> {
    let whole = || Origin {
        at,
        place: line.place.clone(),
        edges: line.edges.clone(),
        seen: line.seen,
        noted: line.noted.clone(),
    };
    let Some(([_, top, _, bottom], false)) = line.place.bounds.map(|bounds| (bounds, line.beside.is_empty())) else {
        return vec![whole()];
    };
    let cuts = line.beside.iter().map(|page| line.edges.partition_point(|edge| *edge < page.from));
    let last = line.edges.len().saturating_sub(1);
    let mut cuts: Vec<usize> = [0].into_iter().chain(cuts.map(|cut| cut.min(last))).chain([last]).collect();
    cuts.dedup();
    let stretch = |pair: &[usize]| {
        let &[from, to] = pair else { return None };
        let edges = line.edges.get(from..=to)?;
        let bounds = Some([*edges.first()?, top, *edges.last()?, bottom]);
        let place = Beside::told(&line.beside, Place { bounds, ..line.place.clone() });
        let moved = place.bounds.map_or(0, |[left, ..]| left) - edges.first()?;
        let edges = edges.iter().map(|edge| edge + moved).collect();
        let noted = Noted::inside(&line.noted, &(from..to));
        Some(Origin { at: at + u32::try_from(from).ok()?, place, edges, seen: line.seen, noted })
    };
    let stretches: Vec<Origin> = cuts.windows(2).filter_map(stretch).collect();
    if stretches.is_empty() { vec![whole()] } else { stretches }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_inside_of_brackets_until_all_are_closed() {
        let inside = |text: &str| Joined { text: text.to_owned(), ..Joined::default() }.is_inside();
        for (text, told) in [
            ("得分99分（其中，优4个。", true),
            ("优（一）项（二）", false),
            ("（其中（一）项。", true),
            ("4个）。", false),
        ] {
            assert_eq!(inside(text), told, "{text}");
        }
    }

    #[test]
    fn the_characters_of_a_line_that_goes_on_on_the_page_beside_stand_on_both() {
        let line = PageLine {
            text: "合计31万元".to_owned(),
            place: Place { page: Some(4), bounds: Some([500, 9, 560, 19]), ..Place::default() },
            edges: vec![500, 510, 520, 525, 530, 540, 550],
            beside: vec![Beside { from: 525, left: 40, page: 9 }],
            ..PageLine::default()
        };
        let joined = Joined::line(&line);
        let told = |origin: &Origin| (origin.at, origin.place.page, origin.place.bounds, origin.edges.len());
        let told: Vec<_> = joined.origin.iter().map(told).collect();
        assert_eq!(told, [(0, Some(4), Some([500, 9, 525, 19]), 4), (3, Some(9), Some([40, 9, 65, 19]), 4)]);
        assert!(joined.is_one_line());
    }
}
