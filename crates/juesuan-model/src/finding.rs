//! A fault of a document, as data. What is said of it is made where it is printed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::figure::{Cited, ShownFigure};
use crate::message::{Message, Subject};
use crate::place::Place;
use crate::printed::Printed;
use crate::relation::RelationId;

/// How grave. Source: `error` is certainly wrong, `warning` a reader should explain, `notice` a hint or 尾差.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Certainly wrong; nothing is publishable while one stands.
    Error,
    /// A reader should explain it.
    Warning,
    /// A hint.
    Notice,
}

impl Severity {
    /// The word for people.
    pub const fn word(self) -> &'static str {
        match self {
            Severity::Error => "错误",
            Severity::Warning => "警告",
            Severity::Notice => "提示",
        }
    }
}

/// One cause, with everything that shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Code of the law or rule: two letters and three digits; never reused.
    pub code: String,
    /// By what the same fault is known again when the document is read anew, in whatever format.
    pub key: FindingKey,
    /// How grave.
    pub severity: Severity,
    /// What stands there, what should and why.
    pub message: Message,
    /// Where it shows, the wrong place first.
    pub spots: Vec<Spot>,
    /// How far apart the two are.
    #[serde(default)]
    pub difference: Option<Difference>,
    /// What probably happened.
    #[serde(default)]
    pub cause: Option<Cause>,
    /// What else points at it.
    #[serde(default)]
    pub evidence: Vec<Proof>,
}

/// Rule, meaning or words, and place in the structure of the document: no page, no number of a heading. Within a document
/// no two findings have the same one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FindingKey(pub String);

/// A place of a finding, and what stands there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// What it is to the finding.
    pub role: Role,
    /// The figure that stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figure: Option<ShownFigure>,
    /// The words that stand there, where they are no figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Quoted>,
    /// Where; `None` where an earlier spot of the finding stands at the same place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// What should stand there, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Printed>,
}

/// What a spot is to its finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// What is wrong, or missing, stands or should stand here.
    Wrong,
    /// Stands in the place of the wrong one, and the wrong one here.
    Exchanged,
    /// What is said here without a figure is wrong.
    Claim,
    /// The wrong words stand here again.
    Again,
    /// What is missing should stand here.
    Missing,
    /// Shows that it is wrong.
    Other,
}

/// Words of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quoted {
    /// Where they are from.
    pub from: Voice,
    /// The words.
    pub text: String,
}

/// Which part of the documents words are from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Voice {
    /// The text of the document itself.
    Document,
    /// One of two texts that are held against each other.
    Passage,
    /// A form of self-evaluation.
    Form,
    /// The budget as published.
    Budget,
}

/// How far two values are apart, in their unit; percentages by percentage points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Difference(pub Printed);

/// What probably happened; it closes the gap exactly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The figure of something else stands here.
    OtherMeaning {
        /// What stands here.
        value: Printed,
        /// Whose figure that is.
        of: Box<Subject>,
    },
    /// The figure of last year stands here.
    LastYear {
        /// What stands here.
        value: Printed,
    },
    /// The figure of last year stands where the change should.
    LastYearAsChange {
        /// What stands here.
        value: Printed,
    },
    /// Two figures stand each in the place of the other.
    Exchanged {
        /// The other one.
        with: Box<Cited>,
    },
    /// From a row on the figures of a column stand one row off.
    Slid {
        /// The first of them.
        from: Box<Cited>,
        /// Towards the first row.
        up: bool,
    },
    /// From a row on the figures of a table do not fit their rows.
    Displaced {
        /// The first of them.
        from: Box<Cited>,
    },
    /// + for −, or the reverse.
    SignTurned,
    /// The decimal point is off.
    PointMoved {
        /// By so many places.
        places: u8,
    },
    /// 元 for 万元, or the reverse.
    YuanAsWan,
    /// One digit is another.
    DigitWrong,
    /// Two digits stand the wrong way round.
    DigitsTurned,
    /// A digit is missing.
    DigitLost,
    /// There is a digit too many.
    DigitDoubled,
    /// Rounding only.
    Tail,
}

/// What else shows a fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// The other places that print the same, otherwise.
    Others(Message),
    /// Another relation that the fault breaks.
    Breaks(RelationId),
    /// The same relation at another place.
    Likewise(RelationId),
}

impl Spot {
    /// A figure.
    pub fn figure(role: Role, figure: ShownFigure) -> Spot {
        let place = Some(figure.place.clone());
        Spot { role, figure: Some(figure), words: None, place, expected: None }
    }

    /// Words.
    pub fn words(role: Role, from: Voice, text: impl Into<String>, place: Place) -> Spot {
        Spot { role, figure: None, words: Some(Quoted { from, text: text.into() }), place: Some(place), expected: None }
    }

    /// A place where nothing in particular stands.
    pub const fn at(role: Role, place: Place) -> Spot {
        Spot { role, figure: None, words: None, place: Some(place), expected: None }
    }
}

impl Finding {
    /// The places, in the order of the spots.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        self.spots.iter().filter_map(|spot| spot.place.as_ref())
    }
}
