//! What of a paragraph somebody else reads: a number in it is one figure, and has one reader.

use std::collections::BTreeMap;
use std::ops::Range;

use juesuan_model::{Meaning, Measure, Printed};

/// The characters of a printed paragraph that have another reader, counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owned {
    /// Numbers, by their first character.
    pub numbers: BTreeMap<usize, OwnNumber>,
    /// Results of work, and labels of charts: a number without a meaning there is none of the accounts.
    pub quiet: Vec<Range<usize>>,
    /// What is said there is said of something else: no claim about the accounts.
    pub aside: Vec<Range<usize>>,
    /// Lines that stood in columns: what looks like a sentence there is none, and its numbers mean nothing.
    pub scattered: Vec<Range<usize>>,
}

/// A number that somebody else reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnNumber {
    /// Its number among those of its reader.
    pub id: usize,
    /// What its reader makes of the digits.
    pub printed: Printed,
    /// What it is a figure of.
    pub told: Told,
}

/// Who says what a number is a figure of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Told {
    /// The sentence around it.
    #[default]
    BySentence,
    /// Its reader.
    ByReader(Meaning, Measure),
    /// Nobody can: the sentence would be wrong.
    ByNobody,
}

impl Owned {
    /// True if a number at this character that has no meaning is none of the accounts.
    pub fn is_quiet(&self, at: usize) -> bool {
        holds(&self.quiet, at)
    }

    /// True if nothing is claimed of the accounts at this character.
    pub fn is_aside(&self, at: usize) -> bool {
        holds(&self.aside, at)
    }

    /// True if this character stood in a column.
    pub fn is_scattered(&self, at: usize) -> bool {
        holds(&self.scattered, at)
    }
}

fn holds(ranges: &[Range<usize>], at: usize) -> bool {
    ranges.iter().any(|range| range.contains(&at))
}
