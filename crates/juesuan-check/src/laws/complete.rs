//! Whether a list in running text names all there is: its shares add up to 100 %, or nothing else of its kind is printed
//! anywhere and every amount of its text was understood.

use std::collections::BTreeSet;

use juesuan_catalog::Catalog;
use juesuan_model::printed::STEPS_PER_PERCENT;
use juesuan_model::{Dimension, FigureId, Measure, Printed};

use crate::docket::Docket;
use crate::ledger::{Key, Ledger, last_place, middle};
use crate::passages::{Passage, pattern};

/// Paragraphs that a list goes on for at most.
const LONGEST: usize = 16;
/// What a paragraph ends with that was not cut off.
pub(crate) const ENDS: [char; 8] = ['。', '；', '！', '）', ')', ';', '.', '：'];

/// A list in running text.
#[derive(Clone, Copy)]
pub(crate) struct List<'p> {
    /// What its parts are parts of.
    pub(crate) total: FigureId,
    /// What it names.
    pub(crate) parts: &'p [FigureId],
}

impl List<'_> {
    /// True if the list says itself that it names all: each part with money has its share of the total, and they add up to
    /// 100 %.
    pub(crate) fn has_all_shares(self, ledger: &Ledger<'_>) -> bool {
        let Some((whole, _)) = ledger.keys(self.total).first() else { return false };
        let measure = Measure::Share { of: Box::new(whole.clone()) };
        let (mut sum, mut slack, mut count) = (0i128, 0i128, 0usize);
        for part in self.with_money(ledger) {
            let share = ledger.keys(part).iter().find_map(|key| ledger.spokesman(&(key.0.clone(), measure.clone())));
            let Some((share, _)) = share.and_then(|id| ledger.known(id)) else { return false };
            sum += middle(share);
            slack += last_place(share);
            count += 1;
        }
        count > 1 && (sum - 100 * STEPS_PER_PERCENT).abs() <= slack
    }

    /// True if the text breaks off behind its last part.
    pub(crate) fn breaks_off(self, docket: &Docket<'_, '_>) -> bool {
        let passages = docket.passages();
        let texts = self.texts(&passages, &self.with_money(docket.ledger), docket.ledger);
        let last =
            |text: &&[Passage<'_>]| text.iter().rfind(|p| p.is_paragraph()).map(|p| p.text().trim_end().to_owned());
        !texts.is_empty() && texts.iter().filter_map(last).all(|text| !text.ends_with(ENDS))
    }

    /// True if at least two of its parts have money, and all that its text prints was understood.
    pub(crate) fn is_read(self, docket: &Docket<'_, '_>) -> bool {
        let ledger = docket.ledger;
        let parts = self.with_money(ledger);
        if parts.len() < 2 {
            return false;
        }
        let passages = docket.passages();
        let understood = understood(ledger);
        self.texts(&passages, &parts, ledger).into_iter().any(|text| {
            let paragraphs = || text.iter().filter(|passage| passage.is_paragraph());
            paragraphs().next_back().is_some_and(|last| closes(last.text(), self.parts, ledger))
                && paragraphs()
                    .flat_map(|passage| amounts(passage.text(), ledger.catalog))
                    .all(|(amount, _)| understood.contains(&amount))
        })
    }

    /// True if its text lists more behind the last part: 等, what is no part of the total by its name, or an amount that was not
    /// understood.
    pub(crate) fn goes_on(self, docket: &Docket<'_, '_>) -> bool {
        let ledger = docket.ledger;
        let parts = self.with_money(ledger);
        let passages = docket.passages();
        let understood = understood(ledger);
        let mut texts = self.texts(&passages, &parts, ledger).into_iter();
        texts.any(|text| {
            let last = text.iter().rfind(|passage| passage.is_paragraph());
            last.is_some_and(|last| {
                let behind = behind(last.text(), self.parts, ledger);
                let list = behind.split(['。', '；', '）', ')']).next().unwrap_or_default();
                let strange = amounts(list, ledger.catalog).any(|(amount, _)| !understood.contains(&amount));
                has_more(behind, ledger) || strange
            })
        })
    }

    /// From a paragraph that prints the total to the last one behind it that prints a part, wherever all parts are among them.
    fn texts<'t, 'a>(
        self,
        passages: &'t [Passage<'a>],
        parts: &[FigureId],
        ledger: &Ledger<'_>,
    ) -> Vec<&'t [Passage<'a>]> {
        let prints = |passage: &Passage<'_>, id: FigureId| {
            let amount = ledger.package.figure(id).and_then(|figure| figure.cell.number());
            let own = |printed: Printed| {
                amounts(passage.text(), ledger.catalog).any(|(amount, _)| amount == middle(printed).abs())
            };
            passage.is_paragraph() && amount.is_some_and(own)
        };
        let from = |first: usize| {
            let near = passages.get(first..passages.len().min(first + LONGEST))?;
            let ends = parts.iter().map(|id| near.iter().position(|passage| prints(passage, *id)));
            near.get(..=ends.collect::<Option<Vec<usize>>>()?.into_iter().max()?)
        };
        let begins = passages.iter().enumerate().filter(|(_, passage)| prints(passage, self.total));
        begins.filter_map(|(first, _)| from(first)).collect()
    }

    fn with_money(self, ledger: &Ledger<'_>) -> Vec<FigureId> {
        let money = |id: &FigureId| ledger.known(*id).is_none_or(|(printed, _)| !printed.is_zero());
        self.parts.iter().copied().filter(money).collect()
    }
}

/// True if something that lies inside a meaning is printed, other than as nothing.
pub(crate) fn is_printed(ledger: &Ledger<'_>, (meaning, measure): &Key) -> bool {
    let inside = |inner: &Key| {
        let trees = ledger.trees();
        let same = |dimension| inner.0.get(dimension) == meaning.get(dimension);
        inner.1 == *measure
            && same(Dimension::Stage)
            && same(Dimension::Year)
            && meaning.coordinates().all(|(dimension, node)| {
                inner.0.get(dimension).is_some_and(|own| own == node || trees.contains(dimension, node, own))
            })
    };
    let money = |key: &Key| {
        let printings = ledger.printings(key);
        printings.is_some_and(|p| !p.unreadable.is_empty() || p.values.iter().any(|(printed, _, _)| !printed.is_zero()))
    };
    ledger.order().iter().any(|key| inside(key) && money(key))
}

/// True if a paragraph comes to its end, and does not say behind the last part of a list that there are more.
fn closes(text: &str, parts: &[FigureId], ledger: &Ledger<'_>) -> bool {
    text.trim_end().ends_with(ENDS) && !has_more(behind(text, parts, ledger), ledger)
}

/// The amounts of running text that were understood, in 分.
fn understood(ledger: &Ledger<'_>) -> BTreeSet<i128> {
    let texts = ledger.figures().filter(|(_, figure, _)| figure.place.table.is_none());
    texts.filter_map(|(_, figure, _)| figure.cell.number()).map(|printed| middle(printed).abs()).collect()
}

/// The text behind the last part of a list.
fn behind<'t>(text: &'t str, parts: &[FigureId], ledger: &Ledger<'_>) -> &'t str {
    let own: BTreeSet<i128> =
        parts.iter().filter_map(|id| ledger.known(*id)).map(|(printed, _)| middle(printed).abs()).collect();
    let end = amounts(text, ledger.catalog).filter(|(amount, _)| own.contains(amount)).map(|(_, end)| end).last();
    end.and_then(|end| text.get(end..)).unwrap_or_default()
}

/// True if what stands behind the last part of a list says that there are more.
fn has_more(behind: &str, ledger: &Ledger<'_>) -> bool {
    let goes_on =
        |words: &String| pattern(words).is_some_and(|words| words.find(behind).is_some_and(|found| found.start() == 0));
    ledger.catalog.rulebook.open.iter().any(goes_on)
}

/// The amounts of money of a text, in 分, with the byte behind each.
fn amounts(text: &str, catalog: &Catalog) -> impl Iterator<Item = (i128, usize)> {
    let named = |word: &str| {
        let unit = catalog.lexicon.unit.iter().find(|unit| unit.words.iter().any(|own| own == word))?;
        unit.unit.filter(|unit| unit.fen().is_some())
    };
    // 万人 is no money: of all words of units the longest counts.
    let mut words: Vec<&str> = catalog.lexicon.unit.iter().flat_map(|unit| &unit.words).map(String::as_str).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let words: Vec<String> = words.into_iter().map(regex::escape).collect();
    let found: Vec<(i128, usize)> = pattern(&format!(r"([0-9][0-9,]*(?:\.[0-9]+)?)({})", words.join("|")))
        .map(|amount| {
            let parsed = amount.captures_iter(text).filter_map(|found| {
                let word = found.get(2)?;
                let digits: String = found.get(1)?.as_str().chars().filter(|c| *c != ',').collect();
                Some((middle(Printed::parse(&digits, named(word.as_str())?).ok()?), word.end()))
            });
            parsed.collect()
        })
        .unwrap_or_default();
    found.into_iter()
}
