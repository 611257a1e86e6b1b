//! What is judged of an indicator by its values.

use juesuan_catalog::formula::things::{IndicatorNumber, IndicatorText};
use juesuan_evaluate::Aim;
use juesuan_model::printed::STEPS_PER_PERCENT;
use juesuan_model::{FigureId, Indicator, Operator, Target, Unit};
use juesuan_text::{plain, unit};

use crate::ledger::{Ledger, middle};

/// 100 % in the integers of an interval.
const HUNDRED: i128 = 100 * STEPS_PER_PERCENT;
/// A number of an indicator.
pub(super) const fn number(indicator: &Indicator, which: IndicatorNumber) -> Option<FigureId> {
    match which {
        IndicatorNumber::Weight => indicator.weight,
        IndicatorNumber::Score => indicator.score,
        IndicatorNumber::Target => indicator.target.value,
        IndicatorNumber::TargetUpto => indicator.target.upto,
        IndicatorNumber::Reached => indicator.actual.value,
        IndicatorNumber::ReachedUpto => indicator.actual.upto,
    }
}

/// A text of an indicator; `None` for those of the changes of its target, which the indicator does not know.
pub(super) fn text(indicator: &Indicator, which: IndicatorText) -> Option<String> {
    Some(match which {
        IndicatorText::Name => indicator.name().to_owned(),
        IndicatorText::Path => indicator.path.join(""),
        IndicatorText::Target => indicator.target.text.clone(),
        IndicatorText::Reached => indicator.actual.text.clone(),
        IndicatorText::TargetUnit => unit_of(&indicator.target).to_owned(),
        IndicatorText::ReachedUnit => unit_of(&indicator.actual).to_owned(),
        IndicatorText::Reason => indicator.reason.clone(),
        IndicatorText::Approved => indicator.approved.as_ref()?.text.clone(),
        IndicatorText::Changed | IndicatorText::ChangedOn => return None,
    })
}

/// A unit without what multiplies it; nothing where there is no number.
fn unit_of(target: &Target) -> &str {
    if target.value.is_some() { unit::multiple(&target.unit).0 } else { "" }
}

/// True if the number reached is certainly not the number aimed at; what cannot be compared is not unmet.
pub(crate) fn is_unmet(ledger: &Ledger<'_>, indicator: &Indicator) -> bool {
    let known = |id| ledger.known(id).map(|(_, interval)| interval);
    let (target, actual) = (&indicator.target, &indicator.actual);
    let (Some(aim), Some(reached)) = (target.value.and_then(known), actual.value.and_then(known)) else { return false };
    if target.unit != actual.unit || actual.upto.is_some() {
        return false;
    }
    match target.operator {
        Some(Operator::AtMost | Operator::LessThan) => reached.low > aim.high,
        Some(Operator::Between) => {
            let upto = target.upto.and_then(known);
            reached.high < aim.low || upto.is_some_and(|upto| reached.low > upto.high)
        }
        Some(Operator::AtLeast | Operator::Exactly | Operator::MoreThan) => reached.high < aim.low,
        None => false,
    }
}

/// True if the value reached is the value aimed at, to the digit or word for word.
pub(super) fn same_value(ledger: &Ledger<'_>, indicator: &Indicator) -> bool {
    let value = |id: Option<FigureId>| id.and_then(|id| ledger.known(id)).map(|(printed, _)| middle(printed));
    match (value(indicator.target.value), value(indicator.actual.value)) {
        (Some(aim), Some(reached)) => aim == reached && indicator.target.upto.is_none(),
        _ => same_text(&indicator.target.text, &indicator.actual.text),
    }
}

/// True if the value aimed at is a number that is not met to the digit every day, as nothing and 100 % are.
pub(super) fn is_telling(ledger: &Ledger<'_>, indicator: &Indicator) -> bool {
    let known = indicator.target.value.and_then(|id| ledger.known(id));
    known
        .is_some_and(|(printed, _)| !(printed.is_zero() || printed.unit == Unit::Percent && middle(printed) == HUNDRED))
}

/// True if the value reached lies so far above the value aimed at that the scheme of points asks why.
pub(super) fn is_far_over(ledger: &Ledger<'_>, indicator: &Indicator) -> bool {
    let performance = &ledger.catalog.performance;
    let place = || performance.profile_of(ledger.package.entity.demands().unwrap_or_default());
    let profile = performance.profile(&ledger.package.performance.profile).or_else(place);
    let of = |target: &Target| Aim::parse(&target.text, &performance.values);
    let (aim, reached) = (of(&indicator.target), of(&indicator.actual));
    profile.is_some_and(|profile| juesuan_evaluate::far_over(&aim, &reached, profile).is_some())
}

/// True if two values are the same but for white space and the forms of their signs.
pub(crate) fn same_text(a: &str, b: &str) -> bool {
    plain(a).trim_start_matches('=') == plain(b).trim_start_matches('=')
}
