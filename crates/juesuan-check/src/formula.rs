//! Formulas over a package: what the syntax trees of `juesuan_catalog::formula` come to.

use juesuan_catalog::formula::{Comparison, Formula, Link, Product, Reference, Sign};
use juesuan_model::Verdict;
use juesuan_model::relation::{Form, Given, Operand, Sense, Source, Term};

use crate::case::{Solve as _, Worth as _, agreement_slack};
use crate::ledger::{Ledger, middle};

/// A comparison or implication that was evaluated.
pub(crate) struct Outcome {
    /// Its mathematics.
    pub(crate) form: Form,
    /// Verdict and tail.
    pub(crate) verdict: (Verdict, bool),
}

/// Evaluates a formula: one outcome a comparison, or one for the implication. `code` stands for the placeholder.
pub(crate) fn evaluate(formula: &Formula, code: Option<&str>, ledger: &Ledger<'_>) -> Vec<Outcome> {
    match &formula.right {
        None => formula.left.iter().map(|c| comparison(c, code, ledger)).collect(),
        Some((link, right)) => vec![implication(&formula.left, *link, right, code, ledger)],
    }
}

/// Whether all comparisons hold for the printed digits; `None` where one cannot be answered.
pub(crate) fn truth(comparisons: &[Comparison], code: Option<&str>, ledger: &Ledger<'_>) -> Result<bool, Verdict> {
    let mut all = true;
    let mut missing = None;
    for comparison in comparisons {
        match sides(comparison, code, ledger) {
            Ok((left, right, _)) => {
                let total = |terms: &[Term]| terms.iter().map(|t| t.factor * t.operand.middle(ledger)).sum::<i128>();
                let (left, right) = (total(&left), total(&right));
                all &= match comparison.sign {
                    Sign::Equal => left == right,
                    Sign::Different => left != right,
                    Sign::AtMost => left <= right,
                    Sign::AtLeast => left >= right,
                    Sign::Less => left < right,
                    Sign::More => left > right,
                };
            }
            Err(Verdict::Unreadable) => missing = Some(Verdict::Unreadable),
            Err(other) => missing = missing.or(Some(other)),
        }
    }
    missing.map_or(Ok(all), Err)
}

fn comparison(comparison: &Comparison, code: Option<&str>, ledger: &Ledger<'_>) -> Outcome {
    let (left, right, scale) = match sides(comparison, code, ledger) {
        // A side of which nothing is printed is not known to be nothing.
        Ok((left, right, _)) if left.is_empty() || right.is_empty() => {
            let figures = left.iter().chain(&right).filter_map(|term| term.operand.figure()).collect();
            let (form, verdict) = (Form::Logic { figures }, (Verdict::NotApplicable, false));
            return Outcome { form, verdict };
        }
        Ok(sides) => sides,
        Err(verdict) => {
            let figures = mentioned(std::slice::from_ref(comparison), code, ledger);
            return Outcome { form: Form::Logic { figures }, verdict: (verdict, false) };
        }
    };
    let equal_slack = slack(&left, &right, ledger) * scale;
    let linear = |sense, slack| Form::Linear { left: left.clone(), sense, right: right.clone(), slack };
    let form = match comparison.sign {
        Sign::Equal => linear(Sense::Equal, equal_slack),
        Sign::AtMost => linear(Sense::AtMost, 0),
        Sign::AtLeast => linear(Sense::AtLeast, 0),
        Sign::Less => linear(Sense::Below, 0),
        Sign::More => linear(Sense::Above, 0),
        Sign::Different => {
            Form::Logic { figures: left.iter().chain(&right).filter_map(|t| t.operand.figure()).collect() }
        }
    };
    let verdict = match comparison.sign {
        // Strict signs speak of the print: 0.00 is nothing for people.
        Sign::Different | Sign::Less | Sign::More => match truth(std::slice::from_ref(comparison), code, ledger) {
            Ok(true) => (Verdict::Holds, false),
            Ok(false) => (Verdict::Broken, false),
            Err(verdict) => (verdict, false),
        },
        Sign::Equal | Sign::AtMost | Sign::AtLeast => form.evaluate(ledger),
    };
    Outcome { form, verdict }
}

/// One figure against one figure is the same quantity printed twice.
fn slack(left: &[Term], right: &[Term], ledger: &Ledger<'_>) -> i128 {
    match (left, right) {
        ([Term { operand: Operand::Figure(a), factor: 1 }], [Term { operand: Operand::Figure(b), factor: 1 }]) => {
            agreement_slack(*a, *b, ledger)
        }
        _ => 0,
    }
}

fn implication(
    left: &[Comparison],
    link: Link,
    right: &[Comparison],
    code: Option<&str>,
    ledger: &Ledger<'_>,
) -> Outcome {
    let (a, b) = (truth(left, code, ledger), truth(right, code, ledger));
    let verdict = match (link, a, b) {
        (Link::Then, Ok(false), _) => Verdict::NotApplicable,
        (_, Err(Verdict::Unreadable), _) | (_, _, Err(Verdict::Unreadable)) => Verdict::Unreadable,
        (_, Err(other), _) | (_, _, Err(other)) => other,
        (Link::Then, Ok(true), Ok(b)) => {
            if b {
                Verdict::Holds
            } else {
                Verdict::Broken
            }
        }
        (Link::Same, Ok(a), Ok(b)) => {
            if a == b {
                Verdict::Holds
            } else {
                Verdict::Broken
            }
        }
    };
    let mut figures = mentioned(right, code, ledger);
    figures.extend(mentioned(left, code, ledger));
    Outcome { form: Form::Logic { figures }, verdict: (verdict, false) }
}

/// The figures that speak for the references.
fn mentioned(comparisons: &[Comparison], code: Option<&str>, ledger: &Ledger<'_>) -> Vec<juesuan_model::FigureId> {
    comparisons
        .iter()
        .flat_map(|c| c.left.iter().chain(&c.right))
        .filter_map(|p| p.reference.as_ref())
        .filter_map(|r| {
            let printings = ledger.quantity(&meaning_of(r, code, ledger))?;
            printings.first().or_else(|| printings.unreadable.first().copied())
        })
        .collect()
}

fn meaning_of(reference: &Reference, code: Option<&str>, ledger: &Ledger<'_>) -> juesuan_model::Meaning {
    let meaning = match code {
        Some(code) if reference.placeholder => reference.meaning.clone().with(juesuan_model::Dimension::Function, code),
        _ => reference.meaning.clone(),
    };
    ledger.canonical(&meaning)
}

type Sides = (Vec<Term>, Vec<Term>, i128);

/// Both sides as whole multiples of figures, at a common scale.
fn sides(comparison: &Comparison, code: Option<&str>, ledger: &Ledger<'_>) -> Result<Sides, Verdict> {
    let decimals = comparison.left.iter().chain(&comparison.right).map(|p| p.decimals).max().unwrap_or(0);
    let mut verdict = None;
    let mut side = |products: &[Product]| {
        let mut terms = Vec::new();
        for product in products {
            match term(product, decimals, code, ledger) {
                Ok(found) => terms.extend(found),
                Err(Verdict::Unreadable) => verdict = Some(Verdict::Unreadable),
                Err(other) => verdict = verdict.or(Some(other)),
            }
        }
        terms
    };
    let (left, right) = (side(&comparison.left), side(&comparison.right));
    verdict.map_or(Ok((left, right, 10i128.pow(decimals))), Err)
}

/// Factors beyond this have no meaning in a formula about budgets, and their products would not fit.
const LARGEST_FACTOR: i128 = 1_000_000_000_000_000_000;

fn term(product: &Product, decimals: u32, code: Option<&str>, ledger: &Ledger<'_>) -> Result<Option<Term>, Verdict> {
    let factor = 10i128
        .checked_pow(decimals - product.decimals)
        .and_then(|scale| scale.checked_mul(product.fen)?.checked_mul(product.mantissa))
        .filter(|factor| factor.abs() < LARGEST_FACTOR)
        .ok_or(Verdict::NotApplicable)?;
    let Some(reference) = &product.reference else {
        let operand = Operand::Given(Given::number(factor, product.printed()));
        return Ok(Some(Term { operand, factor: 1 }));
    };
    let meaning = meaning_of(reference, code, ledger);
    if let Some(printings) = ledger.quantity(&meaning) {
        if let Some(id) = printings.first() {
            return Ok(Some(Term { operand: Operand::Figure(id), factor }));
        }
        if !printings.unreadable.is_empty() {
            return Err(Verdict::Unreadable);
        }
    }
    let earlier = ledger.earlier(&meaning);
    if let Some((then, meaning)) = &earlier
        && let Some((printed, interval, ids)) = then.quantity(meaning).and_then(|p| p.values.first())
        && let Some(id) = ids.first()
    {
        let from = Source::Earlier(Box::new(then.shown(*id)));
        let operand = Operand::Given(Given { interval: *interval, middle: middle(*printed), from });
        return Ok(Some(Term { operand, factor }));
    }
    if reference.optional { Ok(None) } else { Err(Verdict::NotApplicable) }
}
