//! Formulas that say what the figures of the document should be.

use juesuan_catalog::formula::{Comparison, Condition, Formula, Variable};
use juesuan_model::relation::Form;
use juesuan_model::{FigureId, Verdict};

use super::members::At;
use super::truth::{is_strict, verdict};
use crate::case::Solve as _;

/// A comparison or implication that was evaluated.
pub(crate) struct Outcome {
    /// Its mathematics.
    pub(crate) form: Form,
    /// Verdict and tail.
    pub(crate) verdict: (Verdict, bool),
}

impl Outcome {
    /// One that names no value.
    fn logic(figures: Vec<FigureId>, verdict: Verdict) -> Outcome {
        let form = Form::Logic { figures };
        Outcome { form, verdict: (verdict, false) }
    }
}

/// Evaluates a formula: one outcome a comparison, or one for all of it where it is an implication.
pub(crate) fn evaluate(formula: &Formula, at: &At<'_, '_, '_>) -> Vec<Outcome> {
    if let Some(when) = &formula.when
        && at.truth(when) != Ok(true)
    {
        let verdict = at.truth(when).err().unwrap_or(Verdict::NotApplicable);
        return vec![Outcome::logic(mentioned(when, at), verdict)];
    }
    match formula.comparisons() {
        Some(comparisons) => comparisons.into_iter().map(|one| comparison(one, at)).collect(),
        None => {
            let follows = formula.follows.as_ref().map(|(_, follows)| mentioned(follows, at)).unwrap_or_default();
            let figures = follows.into_iter().chain(mentioned(&formula.claim, at)).collect();
            vec![Outcome::logic(figures, at.judge(formula))]
        }
    }
}

fn comparison(comparison: &Comparison, at: &At<'_, '_, '_>) -> Outcome {
    let sides = match at.sides(comparison) {
        // A side of which nothing is printed is not known to be nothing.
        Ok(sides) if sides.left.is_empty() || sides.right.is_empty() => {
            let figures = sides.left.iter().chain(&sides.right).filter_map(|term| term.operand.figure()).collect();
            return Outcome::logic(figures, Verdict::NotApplicable);
        }
        Ok(sides) => sides,
        Err(verdict) => return Outcome::logic(compared(comparison, at), verdict),
    };
    let (form, verdict) = match at.form(comparison, &sides) {
        Some(form) => {
            // Strict signs speak of the print: 0.00 is nothing for people.
            let verdict = match is_strict(comparison.sign) {
                true => (verdict(Ok(at.by_print(comparison, &sides))), false),
                false => form.evaluate(at.docket.ledger),
            };
            (form, verdict)
        }
        None => {
            let figures = sides.left.iter().chain(&sides.right).filter_map(|term| term.operand.figure()).collect();
            (Form::Logic { figures }, (verdict(Ok(at.by_print(comparison, &sides))), false))
        }
    };
    Outcome { form, verdict }
}

/// The figures that speak for the names of a condition.
fn mentioned(condition: &Condition, at: &At<'_, '_, '_>) -> Vec<FigureId> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(|part| mentioned(part, at)).collect(),
        Condition::Compare(comparison) => compared(comparison, at),
        Condition::InText { reference, .. } => at.in_text(reference).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn compared(comparison: &Comparison, at: &At<'_, '_, '_>) -> Vec<FigureId> {
    let products = comparison.left.iter().chain(&comparison.right);
    let named = products.filter_map(|product| match &product.of {
        Some(Variable::Meaning(reference)) => at.speaker(reference),
        _ => None,
    });
    named.collect()
}
