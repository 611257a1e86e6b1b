//! 加上: what a government adds to the income or expense of a fund until it balances, and the sum of it all. What is added is of
//! that fund, and the sum is 收入总计 or 支出总计.

use juesuan_catalog::names::item;
use juesuan_catalog::{Reach, WordKind};
use juesuan_model::{Dimension, Meaning, Measure};

use super::Recognized;
use super::here::Here;
use super::number::Said;
use super::sentence::Reader;
use super::subject::Phrase;
use super::token::{Piece, Token};

/// What is being added up.
#[derive(Clone, Debug)]
pub struct Adding {
    fund: String,
    /// 收入 or 支出, and what has everything in it.
    item: &'static str,
    total: &'static str,
    /// The figures so far.
    parts: Vec<usize>,
    /// The sum was named.
    ended: bool,
}

impl Reader<'_> {
    /// 加上.
    pub(super) fn plus(&mut self, here: Here<'_>) {
        self.close();
        self.state.added = true;
        let mut sentence = here.rest().iter().take_while(|token| !matches!(token.piece, Piece::Mark('。')));
        self.state.adding = self.base_of_sum().filter(|_| sentence.any(|token| self.is_added(token)));
        self.state.gap = self.state.adding.is_none();
    }

    /// `国有资本经营支出 4000 万元，调出资金 2200 万元，支出总量 6600 万元`: what only governments add is added to the amount of the fund before it in
    /// the sentence, though nobody says so.
    pub(super) fn begins_adding(&mut self, means: &[Meaning]) {
        let [own] = means else { return };
        let node = own.get(Dimension::Theme).and_then(|theme| self.catalog.trees.node(Dimension::Theme, theme));
        let open = self.state.adding.is_none() && self.state.heads.is_empty();
        if !open || self.state.given.is_empty() || node.is_none_or(|node| !node.by_fund) {
            return;
        }
        let (item, fund) = (own.get(Dimension::Item), own.get(Dimension::Fund));
        let fits = |adding: &Adding| item == Some(adding.item) && fund.is_none_or(|fund| fund == adding.fund);
        self.state.adding = self.base_of_sum().filter(fits);
    }

    /// The last amount that was no part of another, if it is the income or expense of a fund.
    fn base_of_sum(&self) -> Option<Adding> {
        let (figure, means, _) = self.state.whole.as_ref()?;
        let [own] = means.as_slice() else { return None };
        let fund = own.get(Dimension::Fund)?.to_owned();
        let (item, total) = match own.get(Dimension::Item)? {
            item::INCOME => (item::INCOME, item::INCOME_TOTAL),
            item::EXPENSE => (item::EXPENSE, item::EXPENSE_TOTAL),
            _ => return None,
        };
        (own.coordinates().count() == 2).then(|| Adding { fund, item, total, parts: vec![*figure], ended: false })
    }

    /// True for a word that only governments add.
    fn is_added(&self, token: &Token<'_>) -> bool {
        let Piece::Word(word) = &token.piece else { return false };
        let theme = |means: &Meaning| {
            means.get(Dimension::Theme).and_then(|own| self.catalog.trees.node(Dimension::Theme, own))
        };
        word.entry.kind == WordKind::Subject && word.entry.means.iter().filter_map(theme).any(|node| node.by_fund)
    }

    /// What was named, of the fund that is being added up.
    pub(super) fn added(&self, means: Vec<Meaning>) -> Vec<Meaning> {
        let Some(adding) = &self.state.adding else { return means };
        let own = |meaning: Meaning| match meaning.get(Dimension::Fund) {
            None => meaning.with(Dimension::Fund, adding.fund.as_str()),
            Some(_) => meaning,
        };
        means.into_iter().map(own).collect()
    }

    /// 收入合计 behind what was added: it has everything in it.
    pub(super) fn sum_of_added(&mut self, phrase: &Phrase) -> Option<Vec<Meaning>> {
        let adding = self.state.adding.as_mut()?;
        let [own] = phrase.means.as_slice() else { return None };
        let named = own.get(Dimension::Item);
        if phrase.reach != Reach::Whole || !(named == Some(adding.item) || named == Some(adding.total)) {
            return None;
        }
        adding.ended = true;
        let total = Meaning::new().with(Dimension::Item, adding.total);
        Some(vec![total.with(Dimension::Fund, adding.fund.as_str())])
    }

    /// An amount was printed, as figure `at`: the base of a sum, a part of it, or the sum.
    pub(super) fn add(&mut self, (means, measure, printed): &Said, at: usize, out: &mut Recognized) {
        let staged = means.iter().any(|own| own.get(Dimension::Stage).or(own.get(Dimension::Year)).is_some());
        if *measure != Measure::Amount || staged || printed.unit.fen().is_none() {
            return;
        }
        match self.state.adding.take() {
            Some(adding) if adding.ended => {
                out.sums.push((at, adding.parts));
                self.state.added = false;
            }
            Some(mut adding) => {
                adding.parts.push(at);
                self.state.adding = Some(adding);
            }
            None if self.state.heads.is_empty() => {
                self.state.whole = Some((at, means.clone(), *printed));
                for fund in means.iter().filter_map(|own| own.get(Dimension::Fund)) {
                    if !self.state.funds.iter().any(|told| told == fund) {
                        self.state.funds.push(fund.to_owned());
                    }
                }
            }
            None => {}
        }
    }
}
