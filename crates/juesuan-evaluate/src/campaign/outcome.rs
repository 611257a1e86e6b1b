//! What was met, what was not, and what nobody can say: as the printed points show it, so that a text never denies them.

use juesuan_model::{Number, Quantity, Unit};

use super::indicator::IndicatorLine;
use super::subject::Subject;
use crate::score::Met;

/// Something that was aimed at.
#[derive(Clone, Copy, Debug)]
pub enum Goal<'a> {
    /// Spending the budget.
    Execution,
    /// An indicator.
    Line(&'a IndicatorLine),
}

/// True if fewer points are printed than there could be; `None`: one of them is not known.
fn lost(points: Option<Number>, weight: Option<Number>, decimals: u8) -> Option<bool> {
    let printed = |number: Number| number.printed(Unit::Point, decimals);
    Some(printed(points?)?.mantissa < printed(weight?)?.mantissa)
}

/// Indicators that ended so.
pub fn lines(subject: &Subject, met: Met) -> impl Iterator<Item = &IndicatorLine> {
    subject.lines.iter().filter(move |line| line.outcome() == met)
}

/// What was not met, the execution of the budget first.
pub fn unmet(subject: &Subject, decimals: u8) -> Vec<Goal<'_>> {
    let execution = execution_unmet(subject, decimals).then_some(Goal::Execution);
    execution.into_iter().chain(lines(subject, Met::Unmet).map(Goal::Line)).collect()
}

/// True if the execution cost points, or, where it gives none, money was left.
fn execution_unmet(subject: &Subject, decimals: u8) -> bool {
    let points = subject.execution.as_ref().and_then(|scored| scored.points);
    if let Some(lost) = lost(points, subject.execution_weight, decimals) {
        return lost;
    }
    let short = subject.rate.is_some_and(|rate| rate < Number::whole(100));
    // The whole without points for execution is judged by its indicators alone.
    short && !subject.is_whole() && subject.amount(Quantity::Executed).is_some()
}
