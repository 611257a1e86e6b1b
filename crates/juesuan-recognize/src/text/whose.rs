//! Whose change it is that stands behind the parts of a whole: that of the whole, where its rate is right for the whole alone.

use juesuan_catalog::WordKind;
use juesuan_model::printed::STEPS_PER_PERCENT;
use juesuan_model::{Printed, Unit};

use super::here::Here;
use super::sentence::Reader;
use super::state::Direction;
use super::token::{Piece, Token, is};

impl Reader<'_> {
    /// 甲 9 万元，其中：乙 3 万元，丙 6 万元，同比增加 1 万元，增长 12.5%: what goes on is said of the whole again.
    pub(super) fn end_of_parts(&mut self, direction: Direction, here: Here<'_>) {
        let in_list = self.state.after_list || self.state.heads.last().is_some_and(|head| !head.lasting);
        let Some((_, means, whole)) = self.state.whole.clone().filter(|_| in_list) else { return };
        let (Some(part), Some((change, rate))) = (self.state.amount, change_with_rate(here)) else { return };
        if self.state.subject.as_ref() == Some(&means) || self.state.foreign {
            return;
        }
        let fits = |amount: Printed| is_rate(direction, amount, change, rate);
        if fits(whole) && !fits(part) {
            self.state.heads.clear();
            (self.state.subject, self.state.after_list) = (Some(means), false);
        }
    }
}

/// The change and its rate, where both follow.
fn change_with_rate(here: Here<'_>) -> Option<(Printed, Printed)> {
    let fills = |token: &&Token<'_>| is(token, WordKind::Glue) || matches!(token.piece, Piece::Mark('，'));
    let directs = |token: &&Token<'_>| is(token, WordKind::Up) || is(token, WordKind::Down);
    let mut rest = here.rest().iter().filter(|token| !fills(token));
    let change = printed(&rest.next()?.piece, |unit| unit.fen().is_some())?;
    rest.next().filter(directs)?;
    let rate = printed(&rest.next()?.piece, |unit| unit == Unit::Percent)?;
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
