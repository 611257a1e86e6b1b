//! A printed figure with all that is known of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::cell::Cell;
use crate::meaning::Meaning;
use crate::measure::Measure;
use crate::message::Subject;
use crate::money::Money;
use crate::place::Place;
use crate::printed::Printed;
use crate::seen::Seen;

/// Index into [`crate::Package::figures`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FigureId(pub u32);

/// One printed place and what it asserts.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
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
    /// How it was seen.
    #[serde(default, skip_serializing_if = "Seen::is_text")]
    pub seen: Seen,
}

/// What a figure says, for calculation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// A number with the decimals of its document, or a blank or dash that the form reads as nothing.
    Known(Printed),
    /// Something stands there that could not be read.
    Unreadable,
    /// There is no such place.
    Absent,
}

/// A figure with all that is needed to name it where its package is not at hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownFigure {
    /// Which one of its package.
    pub id: FigureId,
    /// The body whose document prints it, where several are spoken of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// What it is a figure of, by its first meaning; `None` where that is not known.
    pub subject: Option<Subject>,
    /// What stands there.
    pub cell: Cell,
    /// What that is for calculation.
    pub reads: Reading,
    /// How it was seen.
    #[serde(default, skip_serializing_if = "Seen::is_text")]
    pub seen: Seen,
    /// Where it stands; with the name of its file where several are spoken of.
    pub place: Place,
}

/// A figure that something is said of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cited {
    /// One of the package that the report is of.
    Own(FigureId),
    /// One of another package.
    Shown(Box<ShownFigure>),
}
