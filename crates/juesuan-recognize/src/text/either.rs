//! 支出 8 万元，年初预算 10 万元，其中：…: which of the two amounts the parts are parts of nobody says. Those that they add up to.

use juesuan_catalog::WordKind;
use juesuan_model::{Against, DocumentKind, Interval, Meaning, Printed};

use super::here::Here;
use super::sentence::Reader;
use super::state::{Amount, Stage};
use super::token::{Number, Piece, Token, is};

/// What was spent and its budget, told one behind the other.
#[derive(Clone, Debug)]
pub struct Both {
    of: Vec<Meaning>,
    spent: Printed,
    budget: Printed,
    against: Against,
}

impl Both {
    /// What was spent and, behind it, its budget.
    pub fn of(amounts: &[Amount]) -> Option<Both> {
        let [own, budget] = amounts else { return None };
        let against = budget.stage?;
        Some(Both { of: own.of.clone(), spent: own.printed, budget: budget.printed, against })
    }
}

impl Reader<'_> {
    /// Parts that add up to the budget alone are of the budget. Directly behind the two amounts, what adds up to neither may be of either.
    pub(super) fn parts_of_either(&mut self, here: Here<'_>) {
        let subject = self.state.subject.as_ref();
        let Some(both) = self.state.both.take().filter(|both| subject == Some(&both.of)) else { return };
        let Some(sum) = sum_of_parts(here.rest()).filter(|_| self.entity.kind != DocumentKind::Budget) else { return };
        let fits = |whole: Printed| sum.meets(whole.interval());
        if fits(both.spent) {
            return;
        }
        let mut before = here.tokens.get(..here.index).unwrap_or_default().iter().rev();
        let mark = matches!(before.next().map(|token| &token.piece), Some(Piece::Mark(mark)) if *mark != '。');
        let directly = mark && matches!(before.next().map(|token| &token.piece), Some(Piece::Number(_)));
        if fits(both.budget) {
            self.state.stage = Stage::Budget(both.against);
            self.state.amounts.clear();
        } else if directly {
            self.state.foreign_head = true;
        }
    }
}

/// Where what follows 其中 up to a cause or the end of the sentence lies together: the first amount of each clause that names something. None for
/// a single one, for parts that say themselves what stage they are of, and for parts that have parts.
fn sum_of_parts(rest: &[Token<'_>]) -> Option<Interval> {
    let goes_on = |token: &&Token<'_>| !matches!(token.piece, Piece::Mark('。')) && !is(token, WordKind::Cause);
    let sentence: Vec<&Token<'_>> = outside_brackets(rest.iter().take_while(goes_on));
    let clauses = || sentence.split(|token| matches!(token.piece, Piece::Mark(_)));
    if clauses().any(is_staged) || sentence.iter().any(|token| is(token, WordKind::Part)) {
        return None;
    }
    let amounts: Vec<Interval> = clauses().filter_map(amount_of).map(|amount| amount.interval()).collect();
    let sum = |a: Interval, b: Interval| Interval { low: a.low + b.low, high: a.high + b.high };
    (amounts.len() > 1).then(|| amounts.into_iter().reduce(sum)).flatten()
}

fn outside_brackets<'t>(tokens: impl Iterator<Item = &'t Token<'t>>) -> Vec<&'t Token<'t>> {
    let mut depth = 0usize;
    let mut out = Vec::new();
    for token in tokens {
        match token.piece {
            Piece::Open => depth += 1,
            Piece::Close => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(token),
            _ => {}
        }
    }
    out
}

/// True for a clause that says itself of which stage its amount is.
fn is_staged(clause: &[&Token<'_>]) -> bool {
    let number =
        clause.iter().find_map(|token| if let Piece::Number(number) = &token.piece { Some(number) } else { None });
    let money = number.and_then(Number::unit).is_some_and(|unit| unit.fen().is_some());
    money && clause.iter().any(|token| is(token, WordKind::Stage))
}

/// The amount of a clause that names something and compares nothing before it.
fn amount_of(clause: &[&Token<'_>]) -> Option<Printed> {
    let at = clause.iter().position(|token| matches!(token.piece, Piece::Number(_)))?;
    let (before, behind) = clause.split_at_checked(at)?;
    let named = |token: &&Token<'_>| is(token, WordKind::Subject) || matches!(token.piece, Piece::Function(_));
    let plain = |token: &&Token<'_>| {
        let kinds = [WordKind::Subject, WordKind::Glue, WordKind::And, WordKind::Count];
        kinds.iter().any(|kind| is(token, *kind)) || matches!(token.piece, Piece::Function(_) | Piece::Ordinal)
    };
    let number: &Number<'_> = match &behind.first()?.piece {
        Piece::Number(number) => number,
        _ => return None,
    };
    let unit = number.unit().filter(|unit| unit.fen().is_some())?;
    (before.iter().any(named) && before.iter().all(plain)).then(|| number.printed(unit)).flatten()
}
