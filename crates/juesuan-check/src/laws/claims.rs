//! What is said without a figure agrees with the figures: none or some (law of agreement), direction (law of order).

use std::cmp::Ordering;

use juesuan_model::printed::STEPS_PER_PERCENT;
use juesuan_model::{
    Against, Claim, Dimension, FigureId, Meaning, Measure, Message, Said, Severity, Statement, Verdict,
};

use crate::docket::{Docket, FIGURE, Heading};
use crate::laws::derivation::compared_with;
use crate::ledger::{Ledger, middle};

/// "无……" and "有……" against the amounts and counts.
pub(crate) fn existence(docket: &mut Docket<'_, '_>, heading: Heading<'_>) {
    let ledger = docket.ledger;
    for (number, claim) in ledger.package.claims.iter().enumerate() {
        for meaning in &claim.meanings {
            let meaning = ledger.canonical(meaning);
            // Names in a list of items are the subject of a rule.
            if claim.statement == Statement::Present && meaning.get(Dimension::Economic).is_some() {
                continue;
            }
            let said = |says: &'static str, figure: Option<FigureId>| {
                let subject = ledger.subject(&(meaning.clone(), Measure::Amount));
                Message::new(says).with("处", &claim.place).with("何", subject).with_some(FIGURE, figure)
            };
            match claim.statement {
                Statement::Absent => {
                    let (mut some, mut none) = (Vec::new(), Vec::new());
                    for id in within(ledger, &meaning) {
                        if let Some((printed, _)) = ledger.known(id) {
                            if printed.is_zero() { none.push(id) } else { some.push(id) }
                        }
                    }
                    // Each place that prints something contradicts; the first is named first.
                    let (figures, verdict) = match (some.is_empty(), none.first()) {
                        (false, _) => (some, Verdict::Broken),
                        (true, Some(first)) => (vec![*first], Verdict::Holds),
                        (true, None) => (Vec::new(), Verdict::NotApplicable),
                    };
                    let message = said("denied", figures.first().copied());
                    docket.say(heading, message, figures, verdict, Some(number));
                }
                Statement::Present => {
                    let first = ledger.quantity(&meaning).and_then(|p| p.first());
                    let verdict = match first.and_then(|id| ledger.known(id)) {
                        Some((printed, _)) if printed.is_zero() => Verdict::Broken,
                        Some(_) => Verdict::Holds,
                        None => Verdict::NotApplicable,
                    };
                    let message = said("affirmed", first);
                    docket.say(heading, message, first.into_iter().collect(), verdict, Some(number));
                }
                _ => {}
            }
        }
    }
}

/// 增加, 减少, 持平, 大于, 小于, 等于 against the sign of the change.
pub(crate) fn direction(docket: &mut Docket<'_, '_>, heading: Heading<'_>) {
    let ledger = docket.ledger;
    for (number, claim) in ledger.package.claims.iter().enumerate() {
        let (said, against) = match claim.statement {
            Statement::Up(against) => (Ordering::Greater, against),
            Statement::Down(against) => (Ordering::Less, against),
            Statement::Level(against) => (Ordering::Equal, against),
            _ => continue,
        };
        for meaning in &claim.meanings {
            let meaning = ledger.canonical(meaning);
            let (figures, fact) = sign(ledger, &meaning, against, claim);
            let (verdict, severity) = match fact {
                None => (Verdict::NotApplicable, heading.severity),
                Some(fact) if fact == said => (Verdict::Holds, heading.severity),
                // 0.08亿元 of 0.08亿元, 90.56%: the rate tells what the two prints are too coarse for.
                Some(Ordering::Equal) if completed(ledger, &meaning, against, claim) == Some(said) => {
                    (Verdict::Holds, heading.severity)
                }
                // 增加0万元 is the subject of a rule of wording.
                Some(Ordering::Equal) if is_change(ledger, &figures) => continue,
                // Two equal prints: the true amounts may differ by less than the print shows, but the word should be 持平.
                Some(Ordering::Equal) => (Verdict::Broken, Severity::Warning),
                Some(_) => (Verdict::Broken, heading.severity),
            };
            let message = Message::new("direction")
                .with("处", &claim.place)
                .with("何", ledger.subject(&(meaning.clone(), Measure::Amount)))
                .with("向", way(said, against))
                .with_some(FIGURE, (!figures.is_empty()).then(|| Said::list(figures.iter().copied())));
            docket.say(Heading { severity, ..heading }, message, figures, verdict, Some(number));
        }
    }
}

/// How what was spent lies to its budget, by the rate that the section of a claim prints.
fn completed(ledger: &Ledger<'_>, meaning: &Meaning, against: Against, claim: &Claim) -> Option<Ordering> {
    let section = claim.place.section.as_deref();
    let rate = ledger.printings(&(meaning.clone(), Measure::Completion(against)))?;
    let (printed, _) = ledger.known(near(rate.distinct(ledger, section), ledger, section)?)?;
    Some(middle(printed).cmp(&(100 * STEPS_PER_PERCENT)))
}

fn is_change(ledger: &Ledger<'_>, figures: &[FigureId]) -> bool {
    figures.iter().flat_map(|id| ledger.keys(*id)).any(|key| matches!(key.1, Measure::Change(_)))
}

/// The way of a change.
pub(crate) fn way(direction: Ordering, against: Against) -> Message {
    let says = match (direction, against) {
        (Ordering::Greater, Against::PriorYear) => "up-from-prior",
        (Ordering::Less, Against::PriorYear) => "down-from-prior",
        (Ordering::Equal, Against::PriorYear) => "level-with-prior",
        (Ordering::Greater, _) => "over-budget",
        (Ordering::Less, _) => "under-budget",
        (Ordering::Equal, _) => "level-with-budget",
    };
    Message::new(says).with("对", against)
}

/// The sign of the change as the figures print it: the change itself, else amount and what it is compared with.
pub(crate) fn sign(
    ledger: &Ledger<'_>,
    meaning: &Meaning,
    against: Against,
    claim: &Claim,
) -> (Vec<FigureId>, Option<Ordering>) {
    let section = claim.place.section.as_deref();
    let change = ledger.printings(&(meaning.clone(), Measure::Change(against)));
    if let Some(id) = change.and_then(|p| near(p.distinct(ledger, section), ledger, section)) {
        let sign = ledger.known(id).map(|(printed, _)| printed.mantissa.cmp(&0));
        return (vec![id], sign);
    }
    let now = ledger.quantity(meaning).and_then(|p| near(p.distinct(ledger, section), ledger, section));
    let then = ledger.quantity(&compared_with(ledger, meaning, against));
    let then = then.and_then(|p| near(p.distinct(ledger, section), ledger, section));
    match (now, then) {
        (Some(now), Some(then)) => {
            let value = |id| ledger.known(id).map(|(printed, _)| middle(printed));
            (vec![now, then], value(now).zip(value(then)).map(|(a, b)| a.cmp(&b)))
        }
        _ => (Vec::new(), None),
    }
}

fn near(ids: Vec<FigureId>, ledger: &Ledger<'_>, section: Option<&str>) -> Option<FigureId> {
    let here =
        ids.iter().find(|id| ledger.place(**id).and_then(|p| p.section.as_deref()) == section && section.is_some());
    here.or(ids.first()).copied()
}

/// Every figure of this version (stage, year) whose meaning lies inside.
fn within(ledger: &Ledger<'_>, meaning: &Meaning) -> Vec<FigureId> {
    let trees = ledger.trees();
    let selector = trees.selector(meaning);
    let mut ids = Vec::new();
    for (inner, measure) in ledger.order() {
        let same = |d| inner.get(d) == meaning.get(d);
        if matches!(measure, Measure::Amount | Measure::Count)
            && same(Dimension::Stage)
            && same(Dimension::Year)
            && (inner == meaning || same(Dimension::Theme) && selector.selects(trees, inner))
        {
            ids.extend(ledger.printings(&(inner.clone(), measure.clone())).into_iter().flat_map(|p| p.ids()));
        }
    }
    ids
}
