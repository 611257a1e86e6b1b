//! Whether a list in running text names all there is: its shares add up to 100 %, or nothing else of its kind is printed
//! anywhere and every amount of its text was understood.

use std::collections::BTreeSet;
use std::ops::Range;

use juesuan_model::printed::STEPS_PER_PERCENT;
use juesuan_model::{Dimension, FigureId, Measure};

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
        let texts = self.texts(docket, &self.with_money(docket.ledger));
        let paragraphs =
            |text: Range<usize>| passages.get(text).unwrap_or_default().iter().filter(|p| p.is_paragraph());
        let last = |text| paragraphs(text).next_back().map(|p| p.text().trim_end().to_owned());
        !texts.is_empty() && texts.into_iter().filter_map(last).all(|text| !text.ends_with(ENDS))
    }

    /// True if it has at least two parts, one of them with money, and all that its text prints was understood.
    pub(crate) fn is_read(self, docket: &Docket<'_, '_>) -> bool {
        let parts = self.with_money(docket.ledger);
        if parts.is_empty() || self.parts.len() < 2 {
            return false;
        }
        let (passages, money) = (docket.passages(), docket.money());
        self.texts(docket, &parts).into_iter().any(|text| {
            let last = text.clone().rev().find(|number| passages.get(*number).is_some_and(Passage::is_paragraph));
            last.is_some_and(|last| self.closes(docket, last))
                && text.clone().all(|number| is_filled_in(docket, number))
                && text.flat_map(|number| money.of(number)).all(|(amount, _)| money.is_understood(*amount))
        })
    }

    /// True if all money that its text prints was understood.
    pub(crate) fn is_understood(self, docket: &Docket<'_, '_>) -> bool {
        let money = docket.money();
        let texts = self.texts(docket, &self.with_money(docket.ledger));
        texts
            .into_iter()
            .any(|text| text.flat_map(|number| money.of(number)).all(|(amount, _)| money.is_understood(*amount)))
    }

    /// True if its text lists more behind the last part: 等, what is no part of the total by its name, or an amount that was not
    /// understood.
    pub(crate) fn goes_on(self, docket: &Docket<'_, '_>) -> bool {
        let (passages, money) = (docket.passages(), docket.money());
        let mut texts = self.texts(docket, &self.with_money(docket.ledger)).into_iter();
        texts.any(|mut text| {
            let last = text.rfind(|number| passages.get(*number).is_some_and(Passage::is_paragraph));
            last.is_some_and(|last| {
                let (from, behind) = self.behind(docket, last);
                let list = behind.split(['。', '；', '）', ')']).next().unwrap_or_default();
                let own = money.of(last).iter().filter(|(_, end)| (from + 1..=from + list.len()).contains(end));
                let strange = own.into_iter().any(|(amount, _)| !money.is_understood(*amount));
                has_more(&behind, docket.ledger) || strange
            })
        })
    }

    /// True if a paragraph comes to its end, and does not say behind the last part of the list that there are more.
    fn closes(self, docket: &Docket<'_, '_>, number: usize) -> bool {
        let passages = docket.passages();
        passages.get(number).is_some_and(|passage| passage.text().trim_end().ends_with(ENDS))
            && !has_more(&self.behind(docket, number).1, docket.ledger)
    }

    /// The text of a paragraph behind the last part of the list, with the byte where it begins.
    fn behind(self, docket: &Docket<'_, '_>, number: usize) -> (usize, String) {
        let ledger = docket.ledger;
        let known = self.parts.iter().filter_map(|id| ledger.known(*id));
        let own: BTreeSet<i128> = known.map(|(printed, _)| middle(printed).abs()).collect();
        let money = docket.money();
        let end = money.of(number).iter().rfind(|(amount, _)| own.contains(amount)).map(|(_, end)| *end);
        let passages = docket.passages();
        let behind = end.and_then(|end| passages.get(number)?.text().get(end..)).unwrap_or_default();
        (end.unwrap_or_default(), behind.to_owned())
    }

    /// From a paragraph that prints the total to the last one behind it that prints a part, wherever all parts are among them:
    /// their numbers.
    fn texts(self, docket: &Docket<'_, '_>, parts: &[FigureId]) -> Vec<Range<usize>> {
        let (package, money) = (docket.ledger.package, docket.money());
        let prints = |number: usize, id: FigureId| {
            let amount = package.figure(id).and_then(|figure| figure.cell.number());
            amount.is_some_and(|own| money.of(number).iter().any(|(amount, _)| *amount == middle(own).abs()))
        };
        let from = |first: usize| {
            let near = first..money.count().min(first + LONGEST);
            let ends = parts.iter().map(|id| near.clone().find(|number| prints(*number, *id)));
            Some(first..ends.collect::<Option<Vec<usize>>>()?.into_iter().max()? + 1)
        };
        // The list stands behind the total itself, not behind another amount of the same size.
        let own = package.figure(self.total).and_then(|figure| money.passage(&figure.place));
        let first = |number: &usize| own.is_none_or(|own| own == *number) && prints(*number, self.total);
        (0..money.count()).filter(first).filter_map(from).collect()
    }

    fn with_money(self, ledger: &Ledger<'_>) -> Vec<FigureId> {
        let money = |id: &FigureId| ledger.known(*id).is_none_or(|(printed, _)| !printed.is_zero());
        self.parts.iter().copied().filter(money).collect()
    }
}

/// True if a paragraph has no placeholder where an amount should stand.
fn is_filled_in(docket: &Docket<'_, '_>, number: usize) -> bool {
    let passages = docket.passages();
    let text = passages.get(number).map_or("", Passage::text);
    !docket.ledger.catalog.recognition.placeholders.iter().any(|mark| text.contains(mark.as_str()))
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

/// True if what stands behind the last part of a list says that there are more.
pub(crate) fn has_more(behind: &str, ledger: &Ledger<'_>) -> bool {
    let goes_on =
        |words: &String| pattern(words).is_some_and(|words| words.find(behind).is_some_and(|found| found.start() == 0));
    ledger.catalog.rulebook.open.iter().any(goes_on)
}
