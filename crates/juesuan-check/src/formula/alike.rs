//! Members of a set that have the same text.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::formula::{Condition, Field};

use super::members::{At, Member};

/// The members that have a text and are what they should be besides, put together by its letters and digits.
pub(crate) fn alike<'q, 'l, 'a>(
    members: Vec<At<'q, 'l, 'a>>,
    such: &[Condition],
    field: Field,
) -> Vec<Vec<At<'q, 'l, 'a>>> {
    let mut groups: BTreeMap<String, Vec<At<'q, 'l, 'a>>> = BTreeMap::new();
    for at in members {
        let Some(text) = at.telling(field).filter(|_| such.iter().all(|one| at.truth(one) == Ok(true))) else {
            continue;
        };
        let letters: String = text.words.chars().filter(|c| c.is_alphanumeric()).collect();
        if !letters.is_empty() {
            groups.entry(letters).or_default().push(at);
        }
    }
    groups.into_values().collect()
}

/// How many there are: what several places say of one project counts once.
pub(crate) fn how_many(group: &[At<'_, '_, '_>]) -> usize {
    let evaluations: BTreeSet<&str> = group
        .iter()
        .filter(|at| matches!(at.members.last(), Some(Member::Evaluation(_))))
        .filter_map(|at| at.evaluation().map(|evaluation| evaluation.project.as_str()))
        .collect();
    if evaluations.is_empty() { group.len() } else { evaluations.len() }
}
