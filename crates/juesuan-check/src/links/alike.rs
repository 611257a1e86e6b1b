//! Documents that print the same, or almost.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use juesuan_model::{Cell, Figure};
use rustc_hash::{FxHashMap, FxHasher};

use super::bench::Named;
use super::directory::Card;

/// Signs of a sketch.
const SKETCH: usize = 32;
/// Signs by which documents are found that may be almost the same.
const SIGNS: usize = 8;
/// Documents that are kept for a sign: however many share it, those after them find one like them among these.
const NEAR_MAX: usize = 100;
/// Different amounts of a document that can be told from others by them.
const AMOUNTS_MIN: usize = 20;
/// An odd number without order in its bits.
const ODD: u64 = 0x9e37_79b9_7f4a_7c15;

/// Documents that print the same numbers (`true`), or almost (`false`), by their numbers; each in one group at most.
pub fn alike(cards: &[Card]) -> Vec<(Vec<usize>, bool)> {
    let mut same: BTreeMap<(u64, &[u64]), Vec<usize>> = BTreeMap::new();
    for (number, card) in cards.iter().enumerate().filter(|(_, card)| card.sketch.len() == SKETCH) {
        same.entry((card.content, &card.sketch)).or_default().push(number);
    }
    let mut firsts: Vec<(usize, Vec<usize>, bool)> = Vec::new();
    // Those that are almost the same have one of their first signs in common.
    let mut known: FxHashMap<(usize, u64), Vec<usize>> = FxHashMap::default();
    let mut groups: Vec<Vec<usize>> = same.into_values().collect();
    groups.sort_unstable();
    for group in groups {
        let Some(card) = group.first().and_then(|first| cards.get(*first)) else { continue };
        let signs = || card.sketch.iter().copied().take(SIGNS).enumerate();
        let near: BTreeSet<usize> = signs().filter_map(|sign| known.get(&sign)).flatten().copied().collect();
        let like = |at: &usize| {
            let other = firsts.get(*at).and_then(|(first, ..)| cards.get(*first));
            other.is_some_and(|other| {
                let equal = card.sketch.iter().zip(&other.sketch).filter(|(own, theirs)| own == theirs).count();
                equal * 10 >= SKETCH * 9
            })
        };
        if let Some((_, known, same)) = near.into_iter().find(like).and_then(|at| firsts.get_mut(at)) {
            known.extend(group);
            *same = false;
            continue;
        }
        for sign in signs() {
            let sharing = known.entry(sign).or_default();
            if sharing.len() < NEAR_MAX {
                sharing.push(firsts.len());
            }
        }
        firsts.push((group.first().copied().unwrap_or(0), group, true));
    }
    firsts.into_iter().map(|(_, group, same)| (group, same)).filter(|(group, _)| group.len() > 1).collect()
}

/// Of each of so many orders of all amounts the first: two documents have as many in common as they have amounts.
pub(super) fn sketch(document: Named<'_>) -> Vec<u64> {
    let amount = |figure: &Figure| match figure.cell {
        Cell::Number(number) if number.mantissa != 0 => {
            let mut hasher = FxHasher::default();
            (number.mantissa, number.decimals, figure.meanings.first()).hash(&mut hasher);
            Some(hasher.finish())
        }
        _ => None,
    };
    let all: BTreeSet<u64> = document.package.figures.iter().filter_map(amount).collect();
    if all.len() < AMOUNTS_MIN {
        return Vec::new();
    }
    let order = |number: u64| {
        let by = ODD.wrapping_mul(2 * number + 1).rotate_left(31);
        all.iter().map(|own| (own ^ by).wrapping_mul(ODD).rotate_left(29).wrapping_mul(ODD)).min().unwrap_or(0)
    };
    (0..SKETCH as u64).map(order).collect()
}
