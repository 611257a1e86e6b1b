//! What a final account calls its 年初预算 is what the budget of the same body and year prints.

use juesuan_model::relation::Sense;
use juesuan_model::{Dimension, Meaning, Measure, Message, Verdict};

use super::bench::{Bench, Broken};

/// Amounts that name the stage `[with] stages`, without a theme.
pub(crate) fn initial_budget(bench: &mut Bench<'_, '_>) {
    finals(bench, false);
}

/// Amounts of themes (三公, 机关运行经费, 采购) that name one of the stages: 全年预算 may differ from the budget for a reason.
pub(crate) fn theme_budget(bench: &mut Bench<'_, '_>) {
    finals(bench, true);
}

fn finals(bench: &mut Bench<'_, '_>, themes: bool) {
    let (number, stages) = (bench.document, bench.words("stages"));
    let (Some(budget), Some(ledger)) = (bench.beside.budget, bench.ledger(number)) else { return };
    let keys = ledger.order().iter().filter(|key| concerned(key, stages, themes));
    let broken: Vec<Broken> = keys.filter_map(|key| one(bench, number, budget, key)).collect();
    bench.conclude(broken);
}

fn concerned((meaning, measure): &(Meaning, Measure), stages: &[String], themes: bool) -> bool {
    *measure == Measure::Amount
        && meaning.get(Dimension::Stage).is_some_and(|stage| stages.iter().any(|s| s == stage))
        && meaning.get(Dimension::Year).is_none()
        && meaning.get(Dimension::Theme).is_some() == themes
}

fn one(bench: &mut Bench<'_, '_>, number: usize, budget: usize, key: &(Meaning, Measure)) -> Option<Broken> {
    let plain = (key.0.clone().without(Dimension::Stage), key.1.clone());
    let subject = bench.subject(number, key);
    let unread = || Message::new("unread").with_some("何", subject.clone());
    let own = match bench.speaker(number, key) {
        Ok(id) => id?,
        Err(id) => {
            bench.say(unread(), vec![id], Verdict::Unreadable);
            return None;
        }
    };
    let there = match bench.speaker(budget, &plain) {
        Ok(id) => id?,
        Err(_) => {
            bench.say(unread(), vec![own], Verdict::Unreadable);
            return None;
        }
    };
    let (left, right) = ((number, own), (budget, there));
    let (verdict, tail, difference) = bench.compare(left, &[right])?;
    let message = Message::new("as-published")
        .with_some("何", subject)
        .with_some("决算", bench.cited(left))
        .with_some("预算", bench.cited(right));
    if verdict == Verdict::Broken {
        return Some(bench.broken(left, vec![right], message, difference));
    }
    let form = bench.sum(left, Sense::Equal, &[right]);
    bench.add(message, form, verdict, tail);
    None
}
