//! A relation between figures, and what came out.

use serde::{Deserialize, Serialize};

use crate::figure::FigureId;

/// What can be said of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// True values inside the printed intervals satisfy it.
    Holds,
    /// No true values can.
    Broken,
    /// The document is not one that it speaks of, or prints neither side.
    NotApplicable,
    /// A figure it needs could not be read.
    Unreadable,
}

/// One relation of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// Code of the law or rule.
    pub code: String,
    /// The relation in words, with the figures.
    pub text: String,
    /// Figures it joins.
    pub figures: Vec<FigureId>,
    /// What came out.
    pub verdict: Verdict,
    /// True where it holds only within rounding (尾差).
    #[serde(default)]
    pub tail: bool,
}

/// The four counts of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Relations that hold.
    pub holds: usize,
    /// Relations that are broken.
    pub broken: usize,
    /// Relations that do not apply.
    pub not_applicable: usize,
    /// Relations whose figures could not be read.
    pub unreadable: usize,
}

impl Tally {
    /// Counts verdicts.
    pub fn of(relations: &[Relation]) -> Tally {
        let mut tally = Tally::default();
        for relation in relations {
            match relation.verdict {
                Verdict::Holds => tally.holds += 1,
                Verdict::Broken => tally.broken += 1,
                Verdict::NotApplicable => tally.not_applicable += 1,
                Verdict::Unreadable => tally.unreadable += 1,
            }
        }
        tally
    }
}
