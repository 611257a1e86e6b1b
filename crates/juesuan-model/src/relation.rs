//! A relation between figures, and what came out.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::figure::{FigureId, ShownFigure};
use crate::message::Message;
use crate::printed::{Interval, Printed};

/// Up to so many figures are looked through faster than sorted.
const FEW: usize = 16;

/// What can be said of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
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

/// Index into [`crate::package::Report::relations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RelationId(pub u32);

/// What is added up or divided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operand {
    /// A figure of the package.
    Figure(FigureId),
    /// A value from outside.
    Given(Given),
}

/// A value from outside the package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The values possible.
    pub interval: Interval,
    /// The value as if exact, in the integers of an interval.
    pub middle: i128,
    /// Where it is from.
    pub from: Source,
}

/// Where a value from outside the package is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The rule.
    Rule(Printed),
    /// The document of an earlier year of the same body.
    Earlier(Box<ShownFigure>),
    /// Another document of the same run.
    Beside(Box<ShownFigure>),
}

/// `factor` × `operand`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// What.
    pub operand: Operand,
    /// How often; negative: taken off.
    pub factor: i128,
}

/// What two sums should be to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sense {
    /// left = right.
    Equal,
    /// left ≤ right.
    AtMost,
    /// left < right.
    Below,
    /// left ≥ right.
    AtLeast,
    /// left > right.
    Above,
}

/// One variable of a quotient: percent = 100 · Σ `part`·x ÷ Σ `whole`·x.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The variable.
    pub operand: Operand,
    /// Its factor above the line.
    pub part: i128,
    /// Its factor below the line.
    pub whole: i128,
}

/// The mathematics of a relation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Two sums, with a tolerance on top of the intervals.
    Linear {
        /// What is added on the left.
        left: Vec<Term>,
        /// What left and right should be to each other.
        sense: Sense,
        /// What is added on the right.
        right: Vec<Term>,
        /// Tolerated beyond the intervals, as 尾差, in the integers of an interval.
        slack: i128,
    },
    /// A percentage and its operands.
    Quotient {
        /// The printed percentage.
        percent: FigureId,
        /// Operands.
        shares: Vec<Share>,
    },
    /// A condition on figures that names no value: signs, ranges, zero or not.
    Logic {
        /// Figures concerned, the doubtful first.
        figures: Vec<FigureId>,
    },
    /// Something that no figure repairs: a name, a missing note, a missing cause.
    Fact {
        /// Figures that show where.
        figures: Vec<FigureId>,
        /// Facts of one rule about the same subject are one fault; empty: the message tells which one it is.
        subject: String,
    },
}

/// One relation of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// Code of the law or rule.
    pub code: String,
    /// What it says.
    pub message: Message,
    /// Its mathematics.
    pub form: Form,
    /// What came out.
    pub verdict: Verdict,
    /// True where it holds only within rounding (尾差).
    #[serde(default)]
    pub tail: bool,
}

impl Operand {
    /// The figure, if it is one.
    pub const fn figure(&self) -> Option<FigureId> {
        match self {
            Operand::Figure(id) => Some(*id),
            Operand::Given(_) => None,
        }
    }
}

impl Given {
    /// A number of the rule.
    pub const fn number(value: i128, printed: Printed) -> Given {
        Given { interval: Interval::exact(value), middle: value, from: Source::Rule(printed) }
    }
}

impl Term {
    /// + the figure.
    pub const fn plus(id: FigureId) -> Term {
        Term { operand: Operand::Figure(id), factor: 1 }
    }

    /// − the figure.
    pub const fn minus(id: FigureId) -> Term {
        Term { operand: Operand::Figure(id), factor: -1 }
    }

    /// The same taken off.
    #[must_use]
    pub fn negated(&self) -> Term {
        Term { operand: self.operand.clone(), factor: -self.factor }
    }
}

/// The terms of what is no sum.
static NOTHING: Vec<Term> = Vec::new();

impl Form {
    /// The operands of which the sum is compared with zero, each with its factor: the side that may be the larger one is taken
    /// off. Nothing for what is no sum.
    pub fn signed(&self) -> impl Iterator<Item = (&Operand, i128)> {
        let (plus, minus) = match self {
            Form::Linear { left, sense: Sense::Equal | Sense::AtMost | Sense::Below, right, .. } => (left, right),
            Form::Linear { left, sense: Sense::AtLeast | Sense::Above, right, .. } => (right, left),
            Form::Quotient { .. } | Form::Logic { .. } | Form::Fact { .. } => (&NOTHING, &NOTHING),
        };
        let plus = plus.iter().map(|term| (&term.operand, term.factor));
        plus.chain(minus.iter().map(|term| (&term.operand, -term.factor)))
    }

    /// The figures, in the order of the form, each once.
    pub fn figures(&self) -> Vec<FigureId> {
        let mut out: Vec<FigureId> = match self {
            Form::Linear { .. } => self.signed().filter_map(|(operand, _)| operand.figure()).collect(),
            Form::Quotient { percent, shares } => {
                std::iter::once(*percent).chain(shares.iter().filter_map(|share| share.operand.figure())).collect()
            }
            Form::Logic { figures } | Form::Fact { figures, .. } => figures.clone(),
        };
        if out.len() > FEW {
            let mut seen = BTreeSet::new();
            out.retain(|id| seen.insert(*id));
            return out;
        }
        let mut each = Vec::with_capacity(out.len());
        out.into_iter().for_each(|id| {
            if !each.contains(&id) {
                each.push(id);
            }
        });
        each
    }
}

impl Relation {
    /// The figures that it joins, each once.
    pub fn figures(&self) -> Vec<FigureId> {
        self.form.figures()
    }
}

/// The four counts of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
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

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Tally>>(tallies: I) -> Tally {
        tallies.fold(Tally::default(), |sum, own| Tally {
            holds: sum.holds + own.holds,
            broken: sum.broken + own.broken,
            not_applicable: sum.not_applicable + own.not_applicable,
            unreadable: sum.unreadable + own.unreadable,
        })
    }
}

impl Tally {
    /// Counts verdicts.
    pub fn of(relations: &[Relation]) -> Tally {
        Tally::of_verdicts(relations.iter().map(|relation| relation.verdict))
    }

    /// The same of verdicts alone.
    pub fn of_verdicts(verdicts: impl Iterator<Item = Verdict>) -> Tally {
        let mut tally = Tally::default();
        for verdict in verdicts {
            match verdict {
                Verdict::Holds => tally.holds += 1,
                Verdict::Broken => tally.broken += 1,
                Verdict::NotApplicable => tally.not_applicable += 1,
                Verdict::Unreadable => tally.unreadable += 1,
            }
        }
        tally
    }
}
