//! Whose change it is that stands behind the parts of a whole: that of the whole, where its rate is right for the whole alone, or
//! it is more than the part.

use juesuan_catalog::WordKind;
use juesuan_model::printed::STEPS_PER_PERCENT;
use juesuan_model::{Against, Printed, Unit};

use super::here::Here;
use super::sentence::Reader;
use super::state::Direction;
use super::token::{Piece, Token, is};

impl Reader<'_> {
    /// 甲 9 万元，其中：乙 3 万元，丙 6 万元，同比增加 1 万元，增长 12.5%: what goes on is said of the whole again.
    pub(super) fn end_of_parts(&mut self, direction: Direction, here: Here<'_>) {
        let in_list = self.state.after_list || self.state.heads.last().is_some_and(|head| !head.lasting);
        let Some((_, means, whole)) = self.state.whole.clone().filter(|_| in_list) else { return };
        let (Some(part), Some((change, rate))) = (self.state.amount, change_with_rate(here.rest())) else { return };
        if self.state.subject.as_ref() == Some(&means) || self.state.foreign {
            return;
        }
        let fits = |amount: Printed| match rate {
            Some(rate) => is_rate(direction, amount, change, rate),
            // 甲 90 万元，其中：乙 88 万元，丙 2 万元，较上年增加 6 万元: more than 丙 is.
            None => direction == Direction::Up && change.middle() <= amount.middle(),
        };
        if fits(whole) && !fits(part) {
            self.state.heads.clear();
            (self.state.subject, self.state.after_list) = (Some(means), false);
        }
    }

    /// 甲 9 万元，其中：乙 3 万元，丙 6 万元。完成预算 10 万元的 90%: of the whole, where the rate is right for the whole alone; where it is
    /// not right for the part that was named last either, nobody can say of which.
    pub(super) fn end_of_parts_completed(&mut self, here: Here<'_>) {
        let Some((_, means, whole)) = self.state.whole.clone().filter(|_| self.state.after_list) else { return };
        if self.state.subject.as_ref() == Some(&means) || self.state.foreign {
            return;
        }
        let fits =
            |amount: Printed| budget_with_rate(here).is_some_and(|(budget, rate)| is_share(amount, budget, rate));
        match (fits(whole), self.state.amount.is_some_and(fits)) {
            (true, false) => {
                self.state.heads.clear();
                (self.state.subject, self.state.after_list) = (Some(means), false);
            }
            (false, false) => self.state.gap = true,
            _ => {}
        }
    }

    /// 原因是…，与上年相比减少 3 万元，减少 25%: inside a cause, the same thing compared with another year than the cause speaks of.
    /// Certain where the rate is that of the amount, or where a cause of its own follows.
    pub(super) fn compares_again(&self, tokens: &[Token<'_>]) -> bool {
        let told = self.state.against.or(self.state.compared);
        let year = |token: &Token<'_>| match token.piece {
            Piece::Year(year) => Some(year) == self.last_year(),
            _ => is(token, WordKind::Prior),
        };
        let names = |token: &&Token<'_>| {
            year(token) || [WordKind::Than, WordKind::Stage, WordKind::Glue].iter().any(|kind| is(token, *kind))
        };
        let base: Vec<&Token<'_>> = tokens.iter().take_while(names).collect();
        let than = base.iter().any(|token| is(token, WordKind::Than)) && base.iter().any(|token| year(token));
        let Some((direct, rest)) = tokens.get(base.len()..).and_then(<[Token<'_>]>::split_first) else { return false };
        let direction = match (is(direct, WordKind::Up), is(direct, WordKind::Down)) {
            (true, _) => Direction::Up,
            (_, true) => Direction::Down,
            _ => return false,
        };
        let fits = |amount| matches!(change_with_rate(rest), Some((change, Some(rate))) if is_rate(direction, amount, change, rate));
        let money = matches!(rest.first().map(|token| &token.piece), Some(Piece::Number(_)));
        let sentence = rest.iter().take_while(|token| !matches!(token.piece, Piece::Mark('。' | '；')));
        let caused = sentence.clone().any(|token| is(token, WordKind::Cause));
        let budget = told.is_some_and(|told| told != Against::PriorYear);
        budget && than && money && (caused || self.state.amount.is_some_and(fits))
    }
}

/// 决算数小于预算数的主要原因是…: inside a cause, that of the difference to the budget.
pub(super) fn opens_cause_of_budget(tokens: &[Token<'_>]) -> bool {
    let mut rest = tokens.iter().filter(|token| !is(token, WordKind::Glue));
    let mut next = |kinds: &[WordKind]| rest.next().is_some_and(|token| kinds.iter().any(|kind| is(token, *kind)));
    let direction = [WordKind::Up, WordKind::Down, WordKind::Level];
    next(&[WordKind::Stage]) && next(&direction) && next(&[WordKind::Stage]) && next(&[WordKind::Cause])
}

/// The budget and the rate of its completion, where both follow.
fn budget_with_rate(here: Here<'_>) -> Option<(Printed, Printed)> {
    let fills = |token: &&Token<'_>| is(token, WordKind::Glue) || is(token, WordKind::Stage);
    let mut rest = here.rest().iter().filter(|token| !fills(token) && !matches!(token.piece, Piece::Unknown));
    let budget = printed(&rest.next()?.piece, |unit| unit.fen().is_some())?;
    let rate = printed(&rest.next()?.piece, |unit| unit == Unit::Percent)?;
    Some((budget, rate))
}

/// True if an amount is this share of another, but for its last place.
fn is_share(amount: Printed, of: Printed, rate: Printed) -> bool {
    let place = STEPS_PER_PERCENT / 10i128.pow(u32::from(rate.decimals).min(4));
    let miss = (amount.middle() * 100 * STEPS_PER_PERCENT - rate.middle() * of.middle()).abs();
    of.middle() > 0 && miss <= of.middle() * place
}

/// The change that follows, and its rate behind it.
fn change_with_rate(tokens: &[Token<'_>]) -> Option<(Printed, Option<Printed>)> {
    let fills = |token: &&Token<'_>| is(token, WordKind::Glue) || matches!(token.piece, Piece::Mark('，'));
    let directs = |token: &&Token<'_>| is(token, WordKind::Up) || is(token, WordKind::Down);
    let mut rest = tokens.iter().filter(|token| !fills(token));
    let change = printed(&rest.next()?.piece, |unit| unit.fen().is_some())?;
    let rated = rest.next().is_some_and(|token| directs(&token));
    let rate = rest.next().filter(|_| rated).and_then(|token| printed(&token.piece, |unit| unit == Unit::Percent));
    Some((change, rate))
}

fn printed(piece: &Piece<'_>, fits: impl Fn(Unit) -> bool) -> Option<Printed> {
    let Piece::Number(number) = piece else { return None };
    number.unit().filter(|unit| fits(*unit)).and_then(|unit| number.printed(unit))
}

/// True if this much change of an amount is this rate of what it was, but for its last place.
fn is_rate(direction: Direction, amount: Printed, change: Printed, rate: Printed) -> bool {
    let change = change.middle();
    let base = match direction {
        Direction::Down => amount.middle() + change,
        Direction::Up | Direction::Level => amount.middle() - change,
    };
    let place = STEPS_PER_PERCENT / 10i128.pow(u32::from(rate.decimals).min(4));
    let miss = (change * 100 * STEPS_PER_PERCENT - rate.middle() * base).abs();
    change != 0 && base > 0 && miss <= base * place
}
