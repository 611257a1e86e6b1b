//! A printed figure with all that is known of it.

use serde::{Deserialize, Serialize};

use crate::cell::Cell;
use crate::meaning::Meaning;
use crate::measure::Measure;
use crate::money::Money;
use crate::place::Place;

/// Index into [`crate::Package::figures`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FigureId(pub u32);

/// One printed place and what it asserts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// What it is a figure of. One place may assert several meanings (收、支总计均为 …): each holds.
    pub meanings: Vec<Meaning>,
    /// Which property is printed.
    pub measure: Measure,
    /// What stands there.
    pub cell: Cell,
    /// The amount in 分 behind it, where the accounts give it; `None` where only the print is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exact_fen: Option<Money>,
    /// Where it stands.
    pub place: Place,
}
