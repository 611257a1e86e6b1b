//! What a unit prints is part of what its department prints.

use juesuan_catalog::names::item;
use juesuan_model::relation::Sense;
use juesuan_model::{Dimension, Meaning, Measure, Message, Verdict};

use super::bench::{Bench, Broken};

/// Coordinates by which two documents name different things in the same words.
const NOT_SHARED: [Dimension; 2] = [Dimension::Unit, Dimension::Project];

/// Fiscal funds, themes and counts of this year and others, for a unit and each department that lists it.
pub(crate) fn not_more(bench: &mut Bench<'_, '_>) {
    let unit = bench.document;
    for (department, all_there) in bench.beside.departments.iter().copied() {
        let Some(ledger) = bench.ledger(unit) else { continue };
        let keys: Vec<&(Meaning, Measure)> = ledger.order().iter().filter(|key| is_part(bench, key)).collect();
        // Where the document of every unit is there, this year's figures are added up by another rule.
        let alone = |key: &&(Meaning, Measure)| !all_there || key.0.get(Dimension::Year).is_some();
        let broken = keys.into_iter().filter(alone).filter_map(|key| one(bench, unit, department, key)).collect();
        bench.conclude(broken);
    }
}

/// Flows and counts: balances may be negative elsewhere, and what units pay each other is not in the department's.
fn is_part(bench: &Bench<'_, '_>, (meaning, measure): &(Meaning, Measure)) -> bool {
    let own = meaning.get(Dimension::Item).unwrap_or("");
    let fiscal = meaning.get(Dimension::Fund).is_some_and(|fund| bench.words("funds").iter().any(|f| f == fund));
    let flow = [item::INCOME, item::EXPENSE].contains(&own) && (fiscal || meaning.get(Dimension::Theme).is_some());
    let counted = *measure == Measure::Count && !bench.words("except").iter().any(|word| word == own);
    NOT_SHARED.iter().all(|dimension| meaning.get(*dimension).is_none())
        && (counted || *measure == Measure::Amount && flow)
}

fn one(bench: &mut Bench<'_, '_>, unit: usize, department: usize, key: &(Meaning, Measure)) -> Option<Broken> {
    let (part, whole) = (bench.values(unit, key), bench.values(department, key));
    let subject = bench.subject(unit, key);
    let message = |bench: &Bench<'_, '_>, left, right| {
        Message::new("part")
            .with_some("何", subject.clone())
            .with_some("单位", bench.cited(left))
            .with_some("部门", bench.cited(right))
    };
    let (left, right) = ((unit, *part.first()?), (department, *whole.first()?));
    // A document may contradict itself; then two printings that fit are enough here.
    let pairs = || part.iter().flat_map(|own| whole.iter().map(move |all| ((unit, *own), (department, *all))));
    let fits = |bench: &Bench<'_, '_>, (left, right)| {
        bench
            .compare(left, &[right])
            .is_none_or(|(verdict, _, difference)| verdict != Verdict::Broken || difference < 0)
    };
    if let Some((left, right)) = pairs().find(|pair| fits(bench, *pair)) {
        let form = bench.sum(left, Sense::AtMost, &[right]);
        bench.add(message(bench, left, right), form, Verdict::Holds, false);
        return None;
    }
    let (_, _, difference) = bench.compare(left, &[right])?;
    let message = message(bench, left, right);
    Some(Broken { sense: Sense::AtMost, ..bench.broken(left, vec![right], message, difference) })
}
