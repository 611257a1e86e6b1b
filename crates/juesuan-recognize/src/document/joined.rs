//! Lines put together to one text that still knows where each character stands.

use juesuan_model::{Origin, Place, Seen};
use juesuan_read::PageLine;

/// A text joined from printed lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joined {
    /// The lines one behind the other.
    pub text: String,
    /// Its characters: known, so that a line is added without looking at those before it.
    pub length: usize,
    /// Where each of them stands.
    pub origin: Vec<Origin>,
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
        self.origin.push(Origin { at, place: line.place.clone(), edges: line.edges.clone(), seen: line.seen });
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
        self.origin.len() == 1
    }
}
