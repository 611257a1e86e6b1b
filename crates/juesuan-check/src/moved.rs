//! Figures that stand in each other's places, and what becomes of the relations once they are put right.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::relation::{Form, Given, Operand, Share, Source, Term};
use juesuan_model::{FigureId, Interval, Verdict};

use crate::case::Solve as _;
use crate::docket::Docket;
use crate::ledger::{Ledger, middle};

/// Where the right value of a figure stands: in the place of another one.
pub(crate) type Moves = BTreeMap<FigureId, FigureId>;

/// The relations that each figure stands in, broken or not.
pub(crate) struct Standings(BTreeMap<FigureId, Vec<usize>>);

/// What putting figures right does.
pub(crate) struct Outcome {
    /// The broken relations that hold then; conditions that name no value are thought to follow from the others.
    pub(crate) repaired: Vec<usize>,
    /// How many of them name values.
    pub(crate) count: usize,
    /// The values that the lost figures may have.
    pub(crate) lost: BTreeMap<FigureId, Interval>,
}

impl Standings {
    pub(crate) fn of(docket: &Docket<'_, '_>) -> Standings {
        let mut of: BTreeMap<FigureId, Vec<usize>> = BTreeMap::new();
        for (number, case) in docket.cases.iter().enumerate() {
            if matches!(case.verdict, Verdict::Broken | Verdict::Holds) && !matches!(case.form, Form::Fact { .. }) {
                case.form.figures().into_iter().for_each(|id| of.entry(id).or_default().push(number));
            }
        }
        Standings(of)
    }

    /// What comes of the moves; `lost` are figures whose right values stand nowhere. `None` if anything that they touch stays
    /// broken, or breaks.
    pub(crate) fn outcome(&self, docket: &Docket<'_, '_>, moves: &Moves, lost: &[FigureId]) -> Option<Outcome> {
        let touched = moves.keys().chain(lost).filter_map(|id| self.0.get(id));
        let touched: BTreeSet<usize> = touched.flatten().copied().collect();
        let mut out = Outcome { repaired: Vec::new(), count: 0, lost: BTreeMap::new() };
        for number in touched {
            let case = docket.cases.get(number)?;
            let broken = case.verdict == Verdict::Broken;
            let Some(form) = moved(&case.form, moves, docket.ledger) else {
                out.repaired.extend(broken.then_some(number));
                continue;
            };
            let figures = form.figures();
            let free: Vec<FigureId> = lost.iter().copied().filter(|id| figures.contains(id)).collect();
            match free.as_slice() {
                [] if form.evaluate(docket.ledger).0 == Verdict::Broken => return None,
                [one] => {
                    if let Some(values) = form.expected(*one, docket.ledger) {
                        let known = out.lost.get(one).copied().unwrap_or(values);
                        let both = Interval { low: known.low.max(values.low), high: known.high.min(values.high) };
                        if both.low > both.high {
                            return None;
                        }
                        out.lost.insert(*one, both);
                    }
                }
                _ => {}
            }
            out.count += usize::from(broken);
            out.repaired.extend(broken.then_some(number));
        }
        Some(out)
    }
}

/// A relation with the figures in their right places; `None` for one that names no value.
fn moved(form: &Form, moves: &Moves, ledger: &Ledger<'_>) -> Option<Form> {
    let place = |id: FigureId| moves.get(&id).copied().unwrap_or(id);
    // A value, not a figure: what should stand in its place is another question.
    let operand = |operand: &Operand| match operand.figure().and_then(|id| moves.get(&id)) {
        Some(from) => ledger.known(*from).map_or(Operand::Figure(*from), |(printed, interval)| {
            Operand::Given(Given { interval, middle: middle(printed), from: Source::Rule(printed) })
        }),
        None => operand.clone(),
    };
    let side = |terms: &[Term]| -> Vec<Term> {
        terms.iter().map(|t| Term { operand: operand(&t.operand), factor: t.factor }).collect()
    };
    match form {
        Form::Linear { left, sense, right, slack } => {
            Some(Form::Linear { left: side(left), sense: *sense, right: side(right), slack: *slack })
        }
        Form::Quotient { percent, shares } => Some(Form::Quotient {
            percent: place(*percent),
            shares: shares.iter().map(|s| Share { operand: operand(&s.operand), ..s.clone() }).collect(),
        }),
        Form::Logic { .. } | Form::Fact { .. } => None,
    }
}
