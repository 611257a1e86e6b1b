//! What is compared with what: years, directions, shares, completions.

use std::cmp::Ordering;

use juesuan_catalog::{LexiconWord, WordKind};
use juesuan_model::Against;

use super::Recognized;
use super::here::Here;
use super::sentence::Reader;
use super::state::{Direction, Expected, Mode, State};
use super::token::Piece;

impl Reader<'_> {
    /// A year: of the amounts that follow, or of what is compared with.
    pub(super) fn year(&mut self, year: u16) {
        self.close();
        self.state.gap = false;
        if self.state.mode == Mode::Purpose {
            // 主要是2016年开展车改；接待费 5 万元: when something was done is no year of what follows.
            return;
        }
        let own = self.state.of_year.unwrap_or(self.entity.year);
        if self.state.than && year != own {
            self.state.than = false;
            self.against((year + 1 == own).then_some(Against::PriorYear));
        } else {
            let other = Some(year).filter(|year| *year != self.entity.year);
            self.state.year = other;
            // Of several years of a sentence, changes speak of the last.
            if !self.state.year_named || year > own {
                self.state.of_year = other;
            }
            self.state.year_named = true;
            self.state.usual_year = self.state.usual_year.filter(|_| year != self.entity.year);
        }
        self.state.marks.year = Some(self.at);
    }

    /// The year before the one that is spoken of.
    pub(super) fn last_year(&self) -> Option<u16> {
        self.state.of_year.unwrap_or(self.entity.year).checked_sub(1)
    }

    /// 支出 806 万元（2021 年为 768 万元），增加 38 万元: behind a bracket that tells last year's amount, changes compare with it.
    pub(super) fn amount_of_last_year(&mut self, inside: &State) {
        let last = self.last_year();
        if last.is_some() && inside.amount_year == last && self.state.amount_year != last {
            self.state.against = self.state.against.or(Some(Against::PriorYear));
        }
    }

    /// What is compared with, by the word that is being read.
    pub(super) fn against(&mut self, against: Option<Against>) {
        self.state.against = against;
        self.compared.extend(against);
        self.state.compared_near = true;
        self.state.compared_here = true;
        self.state.marks.against = Some(self.at);
    }

    /// What a change compares with: what its sentence names, else the one thing with which its section has compared until now.
    pub(super) fn base_of_change(&self) -> Option<Against> {
        let only = || self.compared.first().copied().filter(|_| self.compared.len() == 1);
        // 收入 26 万元，去年同期 25 万元，增加 1 万元: the amount of last year stands beside that of this.
        let beside = || self.apart().map(|(against, _)| against).filter(|against| *against == Against::PriorYear);
        self.state.against.or_else(beside).or_else(only).filter(|_| !self.state.strange_base)
    }

    /// 支出 2.05 万元，年初预算 2.95 万元，差值为 0.90 万元: what was spent less the budget, or this year less the last. Nobody can
    /// say it where two amounts of one thing do not stand before, or where the difference has a sign of its own.
    fn difference(&mut self, here: Here<'_>) {
        let next = here.rest().iter().find_map(|token| match &token.piece {
            Piece::Number(number) => Some(number),
            _ => None,
        });
        let signed = next.is_some_and(|number| number.digits.starts_with('-'));
        match self.apart().filter(|_| !signed) {
            Some((against, direction)) => {
                self.against(Some(against));
                (self.state.compared_near, self.state.than, self.state.known) = (false, false, true);
                self.expect(Expected::Change(direction));
            }
            None => self.state.gap = true,
        }
    }

    /// What the two amounts before compare with, and which way they lie apart.
    fn apart(&self) -> Option<(Against, Direction)> {
        let [first, last] = self.state.amounts.as_slice() else { return None };
        let (own, other, against) = match (first.stage, last.stage) {
            (None, Some(budget)) => (first, last, budget),
            (Some(budget), None) => (last, first, budget),
            _ if first.stage == last.stage && last.year == self.last_year() => (first, last, Against::PriorYear),
            _ if first.stage == last.stage && first.year == self.last_year() => (last, first, Against::PriorYear),
            _ => return None,
        };
        let same_year = own.year == other.year;
        if own.of != other.of || (against == Against::PriorYear) == same_year {
            return None;
        }
        Some(match own.printed.middle().cmp(&other.printed.middle()) {
            Ordering::Less => (against, Direction::Down),
            Ordering::Equal => (against, Direction::Level),
            Ordering::Greater => (against, Direction::Up),
        })
    }

    /// The measure of the next number, by the word that is being read.
    pub(super) fn expect(&mut self, expected: Expected) {
        self.state.expected = expected;
        self.state.marks.expected = Some(self.at);
    }

    /// A word that compares: direction, share, completion, and what with.
    pub(super) fn comparing(&mut self, entry: &LexiconWord, here: Here<'_>, out: &mut Recognized) {
        // 较上年增加（减少）0.80 万元: which of the two it is nobody has chosen.
        self.state.strange_base |= here.is_before_other_way(entry.kind);
        match entry.kind {
            WordKind::Up if here.ends_saying() => self.direction(Direction::Up, entry.then, here, out),
            WordKind::Down if here.ends_saying() => self.direction(Direction::Down, entry.then, here, out),
            WordKind::Level => self.direction(Direction::Level, entry.then, here, out),
            // 减少接待批次, 提高服务质量: what is done, not what the figure does.
            WordKind::Up | WordKind::Down => self.state.gap = true,
            WordKind::Difference => self.difference(here),
            WordKind::Reaching => {
                // 由上年的 12 万元增加到 15 万元.
                self.state.year = self.state.usual_year;
                (self.state.than, self.state.compared_near, self.state.known) = (false, false, true);
                self.expect(Expected::Amount);
            }
            WordKind::Share => self.expect(Expected::Share(None)),
            WordKind::Completion => {
                self.end_of_parts_completed(here);
                let against = self.state.against.filter(|against| *against != Against::PriorYear);
                self.expect(Expected::Completion(against));
            }
            WordKind::Than => {
                self.state.than = true;
                // 和 2022 年相比: the year has been taken for that of an amount.
                let last = self.entity.year.checked_sub(1);
                if self.state.year_near && self.state.year == last {
                    self.state.year = self.state.usual_year;
                    self.state.of_year = self.state.usual_year;
                    self.against(Some(Against::PriorYear));
                    self.state.than = false;
                }
            }
            WordKind::Prior => {
                // 上年 by itself is a year; with 比 or before a direction it is what is compared with.
                let compares = [WordKind::Up, WordKind::Down, WordKind::Level, WordKind::Than];
                if std::mem::take(&mut self.state.than) || compares.iter().any(|kind| here.is_before(*kind)) {
                    self.against(Some(Against::PriorYear));
                } else {
                    self.state.year = self.last_year();
                    self.state.marks.year = Some(self.at);
                }
                self.state.gap = false;
            }
            _ => {}
        }
    }
}
