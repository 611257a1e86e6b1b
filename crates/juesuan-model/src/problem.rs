//! A fault of an input file, as data. All of them are named in one run.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::place::Place;

/// Whether the run can go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gravity {
    /// No accounts can be made from this.
    Fatal,
    /// Two sources contradict each other. The accounts are made, but only as a draft.
    Contradiction,
    /// The accounts are made; a person should look.
    Doubt,
}

/// What is wrong in an input file, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Whether the run can go on.
    pub gravity: Gravity,
    /// File, row and column.
    pub place: Place,
    /// What stands there, what should stand there, what to do; in Chinese.
    pub message: String,
}

impl Problem {
    /// A problem that stops the run once all of them are known.
    pub fn fatal(place: Place, message: impl Into<String>) -> Problem {
        Problem { gravity: Gravity::Fatal, place, message: message.into() }
    }

    /// Two sources that say different things of the same.
    pub fn contradiction(place: Place, message: impl Into<String>) -> Problem {
        Problem { gravity: Gravity::Contradiction, place, message: message.into() }
    }

    /// A problem that a person should look at.
    pub fn doubt(place: Place, message: impl Into<String>) -> Problem {
        Problem { gravity: Gravity::Doubt, place, message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}：{}", self.place, self.message)
    }
}
