//! A relation between operands that was evaluated, and what each of its figures ought to be.

use juesuan_model::relation::{Form, Operand, Sense, Term};
use juesuan_model::{FigureId, Interval, Message, Printed, Severity, Spot, Verdict};

use crate::ledger::{Ledger, Value, last_place, middle};
use crate::quotient;

/// Where the integers of an interval end; far outside every budget.
pub(crate) const FAR: i128 = 1 << 100;

/// An evaluated relation.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// Code of the law or rule.
    pub(crate) code: String,
    /// What it says.
    pub(crate) message: Message,
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
    /// Where it shows, for what is no figure and no claim.
    pub(crate) spots: Vec<Spot>,
}

/// What an operand is worth in a ledger.
pub(crate) trait Worth {
    /// The values possible; `Err` with the verdict where there are none.
    fn interval(&self, ledger: &Ledger<'_>) -> Result<Interval, Verdict>;
    /// The printed digits as if exact.
    fn middle(&self, ledger: &Ledger<'_>) -> i128;
}

impl Worth for Operand {
    fn interval(&self, ledger: &Ledger<'_>) -> Result<Interval, Verdict> {
        match self {
            Operand::Figure(id) => match ledger.value(*id) {
                Value::Known { interval, .. } => Ok(interval),
                Value::Unreadable => Err(Verdict::Unreadable),
                Value::Absent => Err(Verdict::NotApplicable),
            },
            Operand::Given(given) => Ok(given.interval),
        }
    }

    fn middle(&self, ledger: &Ledger<'_>) -> i128 {
        match self {
            Operand::Figure(id) => ledger.known(*id).map_or(0, |(printed, _)| middle(printed)),
            Operand::Given(given) => given.middle,
        }
    }
}

/// A form with the values of a ledger.
pub(crate) trait Solve {
    /// The verdict, and whether it holds only within rounding.
    fn evaluate(&self, ledger: &Ledger<'_>) -> (Verdict, bool);
    /// The values of `figure` for which the relation would hold, the others being right. `None`: any value or none.
    fn expected(&self, figure: FigureId, ledger: &Ledger<'_>) -> Option<Interval>;
}

impl Solve for Form {
    fn evaluate(&self, ledger: &Ledger<'_>) -> (Verdict, bool) {
        match self {
            Form::Linear { sense, slack, .. } => {
                match sum(self.signed(), ledger) {
                    Err(verdict) => (verdict, false),
                    Ok(range) => {
                        let exact: i128 = self.signed().map(|(operand, factor)| factor * operand.middle(ledger)).sum();
                        // 9101.68 万元 beside 91016775.35 元 is rounding, no tail: nothing was added up.
                        let rounded = self.signed().count() == 2 && rounds(self, ledger);
                        compared(*sense, range, *slack, exact, rounded)
                    }
                }
            }
            Form::Quotient { percent, shares } => quotient::evaluate(*percent, shares, ledger).0,
            Form::Logic { .. } | Form::Fact { .. } => (Verdict::Broken, false),
        }
    }

    fn expected(&self, figure: FigureId, ledger: &Ledger<'_>) -> Option<Interval> {
        match self {
            Form::Linear { sense, slack, .. } => {
                let own = |(operand, _): &(&Operand, i128)| operand.figure() == Some(figure);
                let factor: i128 = self.signed().filter(own).map(|(_, factor)| factor).sum();
                if factor == 0 {
                    return None;
                }
                let rest = sum(self.signed().filter(|term| !own(term)), ledger).ok()?;
                // factor · x = −rest; widened by the slack. What may be as small or as large as it likes ends far out.
                let (low, high) = (-rest.high - slack, -rest.low + slack);
                let open = *sense != Sense::Equal;
                Some(if factor > 0 {
                    Interval { low: if open { -FAR } else { up(low, factor) }, high: high.div_euclid(factor) }
                } else {
                    Interval { low: up(-high, -factor), high: if open { FAR } else { (-low).div_euclid(-factor) } }
                })
            }
            Form::Quotient { percent, shares } => quotient::expected(*percent, shares, figure, ledger),
            Form::Logic { .. } | Form::Fact { .. } => None,
        }
    }
}

/// The verdict on a difference that should be nothing, or not above nothing; `exact` is that of the printed digits. What is
/// not above something but for rounding has no tail: nobody expects the two to be equal.
fn compared(sense: Sense, range: Interval, slack: i128, exact: i128, rounded: bool) -> (Verdict, bool) {
    match sense {
        Sense::Equal if range.low - slack <= 0 && 0 <= range.high + slack => (Verdict::Holds, exact != 0 && !rounded),
        Sense::AtMost | Sense::AtLeast if range.low - slack <= 0 => (Verdict::Holds, false),
        Sense::Below | Sense::Above if range.low - slack < 0 => (Verdict::Holds, exact >= 0),
        _ => (Verdict::Broken, false),
    }
}

/// True if the terms cancel out for values that round (四舍五入) to what is printed.
fn rounds(form: &Form, ledger: &Ledger<'_>) -> bool {
    let rounded = |operand: &Operand| match operand {
        Operand::Figure(id) => ledger.known(*id).map(|(printed, _)| printed.interval()),
        Operand::Given(given) => Some(given.interval),
    };
    let ranges = form.signed().map(|(operand, factor)| rounded(operand).map(|range| times(range, factor)));
    let range = ranges.collect::<Option<Vec<Interval>>>();
    let range = range.map(|all| all.into_iter().fold(Interval::exact(0), Interval::plus));
    range.is_some_and(|range| range.meets(Interval::exact(0)))
}

fn times(range: Interval, factor: i128) -> Interval {
    let ends = (range.low * factor, range.high * factor);
    Interval { low: ends.0.min(ends.1), high: ends.0.max(ends.1) }
}

/// The sum of operands times factors over all values possible.
fn sum<'t>(terms: impl Iterator<Item = (&'t Operand, i128)>, ledger: &Ledger<'_>) -> Result<Interval, Verdict> {
    let mut range = Interval::exact(0);
    let mut verdict = None;
    for (operand, factor) in terms {
        match operand.interval(ledger) {
            Ok(values) => range = range.plus(times(values, factor)),
            // What cannot be read weighs more than what does not exist.
            Err(Verdict::Unreadable) => verdict = Some(Verdict::Unreadable),
            Err(other) => verdict = verdict.or(Some(other)),
        }
    }
    verdict.map_or(Ok(range), Err)
}

/// Tolerance where amounts are added up: the ends of the intervals belong to them, as they do where one quantity is printed
/// twice. Amounts to the 分 have none.
pub(crate) fn sum_slack(terms: &[Term], ledger: &Ledger<'_>) -> i128 {
    let known = terms.iter().filter_map(|term| term.operand.figure().and_then(|id| ledger.known(id)));
    let rounded = |(printed, _): (Printed, Interval)| printed.unit.fen().is_some() && last_place(printed) > 1;
    i128::try_from(known.filter(|known| rounded(*known)).count()).unwrap_or(0)
}

/// Tolerance for a total with fewer decimals than all of its parts: 12,345,678 元 for 12,345,678.90 元 is cut off, not rounded.
pub(crate) fn cut_slack(total: FigureId, parts: &[Term], ledger: &Ledger<'_>) -> i128 {
    let step =
        |id: FigureId| ledger.known(id).filter(|(printed, _)| !printed.is_zero()).map(|known| last_place(known.0));
    let finest = parts.iter().filter_map(|term| term.operand.figure().and_then(step)).max();
    match (step(total), finest) {
        (Some(own), Some(finest)) if own > finest => own / 2,
        _ => 0,
    }
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
