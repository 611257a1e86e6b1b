//! Last year's figures of a body that was made of several: what is known of each of them, added up.

use std::collections::BTreeSet;

use juesuan_catalog::Catalog;
use juesuan_catalog::origin::PriorWords;
use juesuan_facts::record::Record;
use juesuan_facts::{Amount, Fact, Facts};
use juesuan_model::{Dimension, Meaning, Place, Problem};

use crate::entered::texts::UNIT;
use crate::origin::is_one;
use crate::prior::{Published, Taken, shown, state_published};
use crate::read::Inputs;
use crate::words::filled;
use crate::{of_unit, stated};

/// Coordinates from which a meaning is too special for an example; the year is one.
const PLAIN: usize = 3;
/// How many sums are told in full.
const EXAMPLES: usize = 2;

/// One body before the merger.
#[derive(Clone, Debug, Default)]
pub struct Before<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its accounts of last year.
    pub documents: Vec<&'a Published>,
}

/// What was taken of the bodies before.
#[derive(Clone, Debug, Default)]
pub struct Summed {
    /// Of each document of each body.
    pub taken: Vec<Vec<Taken>>,
    /// One line for people each: what the sheet of figures gave, what was added up.
    pub said: Vec<String>,
    /// Bodies of which nothing is known. Then nothing was added up.
    pub lacking: Vec<String>,
}

/// States the sums of what is known of every body before: a figure that is not known of one of them is not known of the whole.
pub fn state_sums(
    bodies: &[Before<'_>],
    inputs: &mut Inputs,
    catalog: &Catalog,
    problems: &mut Vec<Problem>,
) -> Summed {
    let mut out = Summed::default();
    let words = &catalog.origins.prior;
    let year = inputs.department.year;
    let mut known: Vec<Facts> = Vec::new();
    for body in bodies {
        let mut facts = Facts::default();
        out.taken.push(state_published(&body.documents, &mut facts, problems));
        let rows = rows_of(inputs, body.name);
        stated::state(&rows, &catalog.trees, Some(year.saturating_sub(1)), year, &mut facts, problems);
        if !rows.is_empty() {
            out.said.push(filled(&words.sheet, &[("name", body.name), ("count", &rows.len().to_string())]));
        }
        if facts.stated().next().is_none() {
            out.lacking.push(body.name.to_owned());
        }
        known.push(facts);
    }
    if out.lacking.is_empty() {
        out.said.extend(add_up(&known, inputs, catalog));
    }
    out
}

/// The rows of the sheet of last year's figures that name a body.
fn rows_of(inputs: &Inputs, name: &str) -> Vec<Record> {
    let rows = inputs.records.get(of_unit::PRIOR).map_or(&[][..], Vec::as_slice);
    let own = |row: &&Record| row.filled(UNIT).is_some_and(|unit| is_one(unit, &[name.to_owned()]));
    rows.iter().filter(own).cloned().collect()
}

/// States what all of them know; gives what is said of it.
fn add_up(known: &[Facts], inputs: &mut Inputs, catalog: &Catalog) -> Option<String> {
    let last = inputs.department.year.saturating_sub(1).to_string();
    let is_of_last = |meaning: &&Meaning| meaning.get(Dimension::Year) == Some(last.as_str());
    let meanings: BTreeSet<Meaning> =
        known.iter().flat_map(|facts| facts.stated().map(|(meaning, _)| meaning)).filter(is_of_last).cloned().collect();
    let words = &catalog.origins.prior;
    let (mut count, mut examples, mut first) = (0usize, Vec::new(), None);
    let is_plain = |meaning: &Meaning| meaning.get(Dimension::Stage).is_none() && meaning.coordinates().count() < PLAIN;
    for meaning in meanings {
        // What was entered for the merged body itself is not added up again.
        if inputs.facts.amount(&catalog.trees, &meaning, "").is_some() {
            continue;
        }
        let parts: Option<Vec<Amount>> = known.iter().map(|facts| facts.amount(&catalog.trees, &meaning, "")).collect();
        let Some(parts) = parts else { continue };
        let Some(total) = sum(&parts) else { continue };
        let places: Vec<Place> = known.iter().map(|facts| place_of(facts, &meaning)).collect();
        let joined: Vec<String> = places.iter().map(ToString::to_string).filter(|place| !place.is_empty()).collect();
        let place = Place { file: Some(joined.join(&words.plus)), ..Place::default() };
        if !total.is_zero() && parts.len() > 1 {
            let told = || equation(&meaning, total, &parts, &places, words);
            if is_plain(&meaning) && examples.len() < EXAMPLES {
                examples.push(told());
            }
            first.get_or_insert_with(told);
        }
        count += 1;
        inputs.facts.state(meaning, Fact { amount: total, place, form: String::new() });
    }
    let example = if examples.is_empty() { first.unwrap_or_default() } else { examples.join("；") };
    (count > 0 && !example.is_empty())
        .then(|| filled(&words.sum, &[("count", &count.to_string()), ("example", &example)]))
}

fn equation(meaning: &Meaning, total: Amount, parts: &[Amount], places: &[Place], words: &PriorWords) -> String {
    let one = |(amount, place): (&Amount, &Place)| {
        filled(&words.part, &[("amount", &shown(*amount)), ("place", &place.to_string())])
    };
    let parts: Vec<String> = parts.iter().zip(places).map(one).collect();
    let meaning = meaning.clone().without(Dimension::Year).to_string();
    let words_of = [("meaning", meaning.as_str()), ("total", &shown(total)), ("parts", &parts.join(&words.plus))];
    filled(&words.equals, &words_of)
}

fn place_of(facts: &Facts, meaning: &Meaning) -> Place {
    let mut stated = facts.stated().filter(|(own, _)| *own == meaning);
    stated.next().map(|(_, fact)| fact.place.clone()).unwrap_or_default()
}

/// Counts with counts, money with money.
fn sum(parts: &[Amount]) -> Option<Amount> {
    let count = |amount: &Amount| match amount {
        Amount::Count(number) => Some(*number),
        Amount::Exact(_) | Amount::Printed(_) => None,
    };
    match parts.iter().map(count).collect::<Option<Vec<i64>>>() {
        Some(counts) => counts.into_iter().try_fold(0i64, i64::checked_add).map(Amount::Count),
        None => Amount::sum(parts),
    }
}

#[cfg(test)]
mod tests {
    use juesuan_model::Money;

    use super::*;

    #[test]
    fn amounts_add_up_to_the_fen_and_counts_only_with_counts() {
        let exact = |yuan| Amount::Exact(Money::from_yuan(yuan));
        assert_eq!(sum(&[exact(3), exact(4)]), Some(exact(7)));
        assert_eq!(sum(&[Amount::Count(2), Amount::Count(5)]), Some(Amount::Count(7)));
        assert_eq!(sum(&[Amount::Count(2), exact(5)]), None);
    }
}
