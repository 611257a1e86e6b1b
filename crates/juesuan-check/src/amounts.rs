//! The amounts of money that running text prints, whether they were understood or not.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::{Place, Printed};

use crate::ledger::{Ledger, middle};
use crate::passages::{Passage, pattern};

/// The money of the running text, in 分, as its characters and as its figures say it. Made once a document: every list of it asks.
pub(crate) struct Money {
    /// The amounts of each passage, with the byte behind each; none of what is no paragraph.
    passages: Vec<Vec<(i128, usize)>>,
    /// Those that were understood.
    understood: BTreeSet<i128>,
    /// The passage that stands on each printed line; none where two do.
    lines: BTreeMap<Line, Option<usize>>,
}

/// A printed line: its page, its number, its upper and lower edge.
type Line = (Option<u32>, Option<u32>, Option<(i32, i32)>);

fn line(place: &Place) -> Line {
    (place.page, place.line, place.bounds.map(|[_, top, _, bottom]| (top, bottom)))
}

impl Money {
    pub(crate) fn new(passages: &[Passage<'_>], ledger: &Ledger<'_>) -> Money {
        let units = &ledger.catalog.lexicon.unit;
        let named = |word: &str| {
            let unit = units.iter().find(|unit| unit.words.iter().any(|own| own == word))?;
            unit.unit.filter(|unit| unit.fen().is_some())
        };
        // 万人 is no money: of all words of units the longest counts.
        let mut words: Vec<&str> = units.iter().flat_map(|unit| &unit.words).map(String::as_str).collect();
        words.sort_by_key(|word| Reverse(word.len()));
        let words: Vec<String> = words.into_iter().map(regex::escape).collect();
        let amount = pattern(&format!(r"([0-9][0-9,]*(?:\.[0-9]+)?)({})", words.join("|")));
        let amounts = |passage: &Passage<'_>| -> Vec<(i128, usize)> {
            let Some(amount) = amount.as_ref().filter(|_| passage.is_paragraph()) else { return Vec::new() };
            let parsed = amount.captures_iter(passage.text()).filter_map(|found| {
                let word = found.get(2)?;
                let digits: String = found.get(1)?.as_str().chars().filter(|c| *c != ',').collect();
                Some((middle(Printed::parse(&digits, named(word.as_str())?).ok()?), word.end()))
            });
            parsed.collect()
        };
        let texts = ledger.figures().filter(|(_, figure, _)| figure.place.table.is_none());
        let printed = texts.filter_map(|(_, figure, _)| figure.cell.number());
        let mut lines = BTreeMap::new();
        for (number, passage) in passages.iter().enumerate().filter(|(_, passage)| passage.is_paragraph()) {
            for origin in passage.text.origins().iter().filter(|origin| !origin.place.is_unknown()) {
                let only = lines.entry(line(&origin.place)).or_insert(Some(number));
                *only = only.filter(|own| *own == number);
            }
        }
        Money {
            lines,
            passages: passages.iter().map(amounts).collect(),
            understood: printed.map(|printed| middle(printed).abs()).collect(),
        }
    }

    /// How many passages there are.
    pub(crate) const fn count(&self) -> usize {
        self.passages.len()
    }

    /// The passage that stands at a place.
    pub(crate) fn passage(&self, place: &Place) -> Option<usize> {
        self.lines.get(&line(place)).copied().flatten()
    }

    /// Whether an amount was understood.
    pub(crate) fn is_understood(&self, amount: i128) -> bool {
        self.understood.contains(&amount)
    }

    /// The amounts of a passage.
    pub(crate) fn of(&self, passage: usize) -> &[(i128, usize)] {
        self.passages.get(passage).map_or(&[], Vec::as_slice)
    }
}
