//! A relation between operands that was evaluated, and what each of its figures ought to be.

use juesuan_model::{FigureId, Interval, NamedValue, Place, Printed, Severity, Verdict};

use crate::ledger::{Ledger, Value, last_place, middle};
use crate::quotient;

/// Where the integers of an interval end; far outside every budget.
pub(crate) const FAR: i128 = 1 << 100;

/// A side of a relation.
#[derive(Clone, Debug)]
pub(crate) enum Operand {
    /// A figure of the package.
    Figure(FigureId),
    /// A value from outside: last year's package, a constant.
    Given {
        /// The values possible.
        interval: Interval,
        /// The value as if exact.
        middle: i128,
        /// For people.
        label: String,
    },
}

/// `factor` × `operand`.
#[derive(Clone, Debug)]
pub(crate) struct Term {
    /// What.
    pub(crate) operand: Operand,
    /// How often; negative: taken off.
    pub(crate) factor: i128,
}

/// Whether a sum is zero or not above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sense {
    /// Σ = 0.
    Zero,
    /// Σ ≤ 0.
    AtMostZero,
    /// Σ < 0.
    BelowZero,
}

/// One variable of a quotient: percent = 100 · Σ `part`·x ÷ Σ `whole`·x.
#[derive(Clone, Debug)]
pub(crate) struct Share {
    /// The variable.
    pub(crate) operand: Operand,
    /// Its factor above the line.
    pub(crate) part: i128,
    /// Its factor below the line.
    pub(crate) whole: i128,
}

/// The mathematics of a relation.
#[derive(Clone, Debug)]
pub(crate) enum Form {
    /// Σ terms against zero, with a tolerance on top of the intervals.
    Linear {
        /// What is added.
        terms: Vec<Term>,
        /// Against zero.
        sense: Sense,
        /// Tolerated beyond the intervals, as 尾差.
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
        /// Facts of one code about the same subject are one fault.
        subject: String,
    },
}

/// An evaluated relation.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// Code of the law or rule.
    pub(crate) code: String,
    /// The relation in words with the figures; for broken ones also what is wrong.
    pub(crate) text: String,
    /// Its mathematics.
    pub(crate) form: Form,
    /// What came out.
    pub(crate) verdict: Verdict,
    /// Holds only within rounding.
    pub(crate) tail: bool,
    /// How grave, if broken.
    pub(crate) severity: Severity,
    /// Index of the claim that it speaks of.
    pub(crate) claim: Option<usize>,
    /// Where it stands, for what is no figure and no claim.
    pub(crate) places: Vec<Place>,
    /// What stands there and what should, for what is no figure.
    pub(crate) values: Vec<NamedValue>,
}

impl Operand {
    /// The values possible; `Err` with the verdict where there are none.
    pub(crate) fn interval(&self, ledger: &Ledger<'_>) -> Result<Interval, Verdict> {
        match self {
            Operand::Figure(id) => match ledger.value(*id) {
                Value::Known { interval, .. } => Ok(interval),
                Value::Unreadable => Err(Verdict::Unreadable),
                Value::Absent => Err(Verdict::NotApplicable),
            },
            Operand::Given { interval, .. } => Ok(*interval),
        }
    }

    /// The printed digits as if exact.
    pub(crate) fn middle(&self, ledger: &Ledger<'_>) -> i128 {
        match self {
            Operand::Figure(id) => ledger.known(*id).map_or(0, |(printed, _)| middle(printed)),
            Operand::Given { middle, .. } => *middle,
        }
    }

    /// The figure, if it is one.
    pub(crate) const fn figure(&self) -> Option<FigureId> {
        match self {
            Operand::Figure(id) => Some(*id),
            Operand::Given { .. } => None,
        }
    }

    /// Print, if it is a figure that is known.
    pub(crate) fn printed(&self, ledger: &Ledger<'_>) -> Option<Printed> {
        ledger.known(self.figure()?).map(|(printed, _)| printed)
    }

    /// Digits for people.
    pub(crate) fn digits(&self, ledger: &Ledger<'_>) -> String {
        match self {
            Operand::Figure(id) => match ledger.value(*id) {
                Value::Known { printed, .. } => printed.digits(),
                Value::Unreadable => "（读不出）".to_owned(),
                Value::Absent => "（无）".to_owned(),
            },
            Operand::Given { label, .. } => label.clone(),
        }
    }
}

impl Term {
    /// + the figure.
    pub(crate) fn plus(id: FigureId) -> Term {
        Term { operand: Operand::Figure(id), factor: 1 }
    }

    /// − the figure.
    pub(crate) fn minus(id: FigureId) -> Term {
        Term { operand: Operand::Figure(id), factor: -1 }
    }
}

impl Form {
    /// The verdict, and whether it holds only within rounding.
    pub(crate) fn evaluate(&self, ledger: &Ledger<'_>) -> (Verdict, bool) {
        match self {
            Form::Linear { terms, sense, slack } => match sum(terms, ledger) {
                Err(verdict) => (verdict, false),
                Ok(range) => {
                    let exact: i128 = terms.iter().map(|t| t.factor * t.operand.middle(ledger)).sum();
                    // 9101.68 万元 beside 91016775.35 元 is rounding, no tail: nothing was added up.
                    let rounded = terms.len() == 2 && range.low <= 0 && 0 <= range.high;
                    match sense {
                        Sense::Zero if range.low - slack <= 0 && 0 <= range.high + slack => {
                            (Verdict::Holds, exact != 0 && !rounded)
                        }
                        Sense::AtMostZero if range.low - slack <= 0 => (Verdict::Holds, exact > 0 && !rounded),
                        Sense::BelowZero if range.low - slack < 0 => (Verdict::Holds, exact >= 0),
                        Sense::Zero | Sense::AtMostZero | Sense::BelowZero => (Verdict::Broken, false),
                    }
                }
            },
            Form::Quotient { percent, shares } => quotient::evaluate(*percent, shares, ledger).0,
            Form::Logic { .. } | Form::Fact { .. } => (Verdict::Broken, false),
        }
    }

    /// The figures, in the order of the form.
    pub(crate) fn figures(&self) -> Vec<FigureId> {
        let mut out: Vec<FigureId> = match self {
            Form::Linear { terms, .. } => terms.iter().filter_map(|t| t.operand.figure()).collect(),
            Form::Quotient { percent, shares } => {
                std::iter::once(*percent).chain(shares.iter().filter_map(|s| s.operand.figure())).collect()
            }
            Form::Logic { figures } | Form::Fact { figures, .. } => figures.clone(),
        };
        let mut seen = std::collections::BTreeSet::new();
        out.retain(|id| seen.insert(*id));
        out
    }

    /// The values of `figure` for which the relation would hold, the others being right. `None`: any value or none.
    pub(crate) fn expected(&self, figure: FigureId, ledger: &Ledger<'_>) -> Option<Interval> {
        match self {
            Form::Linear { terms, sense, slack } => {
                let factor: i128 = terms.iter().filter(|t| t.operand.figure() == Some(figure)).map(|t| t.factor).sum();
                if factor == 0 {
                    return None;
                }
                let rest: Vec<Term> = terms.iter().filter(|t| t.operand.figure() != Some(figure)).cloned().collect();
                let rest = sum(&rest, ledger).ok()?;
                // factor · x = −rest; widened by the slack.
                let (low, high) = (-rest.high - slack, -rest.low + slack);
                let low = if *sense == Sense::Zero { low } else { -FAR };
                Some(if factor > 0 {
                    Interval { low: up(low, factor), high: high.div_euclid(factor) }
                } else {
                    Interval { low: up(-high, -factor), high: (-low).div_euclid(-factor) }
                })
            }
            Form::Quotient { percent, shares } => quotient::expected(*percent, shares, figure, ledger),
            Form::Logic { .. } | Form::Fact { .. } => None,
        }
    }
}

/// The sum of the terms over all values possible.
pub(crate) fn sum(terms: &[Term], ledger: &Ledger<'_>) -> Result<Interval, Verdict> {
    let mut range = Interval::exact(0);
    let mut verdict = None;
    for term in terms {
        match term.operand.interval(ledger) {
            Ok(values) => {
                let ends = (values.low * term.factor, values.high * term.factor);
                range = range.plus(Interval { low: ends.0.min(ends.1), high: ends.0.max(ends.1) });
            }
            // What cannot be read weighs more than what does not exist.
            Err(Verdict::Unreadable) => verdict = Some(Verdict::Unreadable),
            Err(other) => verdict = verdict.or(Some(other)),
        }
    }
    verdict.map_or(Ok(range), Err)
}

/// Tolerance where one quantity is printed twice: one unit of the coarser last place, or the envelope of the one that was
/// added up from printed parts.
pub(crate) fn agreement_slack(a: FigureId, b: FigureId, ledger: &Ledger<'_>) -> i128 {
    let (Some((a_print, _)), Some((b_print, _))) = (ledger.known(a), ledger.known(b)) else {
        return 0;
    };
    if a_print.unit.fen().is_none() {
        return 0;
    }
    let step = last_place(a_print).max(last_place(b_print));
    let envelope = [a, b].into_iter().filter_map(|id| ledger.readded(id)).max().unwrap_or(0);
    // Distance between the nearer ends of the intervals.
    step.max(envelope)
}

fn up(number: i128, divisor: i128) -> i128 {
    -((-number).div_euclid(divisor))
}
