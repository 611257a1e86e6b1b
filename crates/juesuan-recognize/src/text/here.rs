//! The word that is being read, among its neighbours.

use juesuan_catalog::{Reach, WordKind};
use juesuan_model::{Dimension, Unit};
use juesuan_text::Text;

use super::path::Path;
use super::token::{Number, Piece, Token, is};

/// A place among the tokens of a paragraph.
#[derive(Clone, Copy)]
pub struct Here<'t> {
    /// All of the paragraph.
    pub tokens: &'t [Token<'t>],
    /// The one that is being read.
    pub index: usize,
    /// The paragraph.
    pub flow: &'t Text<'t>,
}

impl<'t> Here<'t> {
    /// First character of the token.
    pub fn start(&self) -> usize {
        self.tokens.get(self.index).map_or(self.flow.chars().len(), |token| token.start)
    }

    /// Behind its last character.
    pub fn end(&self) -> usize {
        self.tokens.get(self.index).map_or(self.flow.chars().len(), |token| token.end)
    }

    /// The token before.
    pub fn before(&self) -> Option<&'t Token<'t>> {
        self.index.checked_sub(1).and_then(|before| self.tokens.get(before))
    }

    /// The token behind.
    pub fn next(&self) -> Option<&'t Token<'t>> {
        self.tokens.get(self.index + 1)
    }

    /// All tokens behind.
    pub fn rest(&self) -> &'t [Token<'t>] {
        self.tokens.get(self.index + 1..).unwrap_or_default()
    }

    /// True for the first token of a sentence.
    pub fn begins_sentence(&self) -> bool {
        self.before().is_none_or(|token| matches!(token.piece, Piece::Mark('。' | '！' | '？')))
    }

    /// True directly behind text that is in no list.
    pub fn is_behind_unknown(&self) -> bool {
        self.before().is_some_and(|token| matches!(token.piece, Piece::Unknown))
    }

    /// True directly behind the number of an item.
    pub fn is_behind_ordinal(&self) -> bool {
        self.before().is_some_and(|token| matches!(token.piece, Piece::Ordinal))
    }

    /// True if the token behind is a word of this kind.
    pub fn is_before(&self, kind: WordKind) -> bool {
        self.next().is_some_and(|token| is(token, kind))
    }

    /// True for the first token in a bracket that stands behind a number: 18.50 万元（65.37%）.
    pub fn is_first_in_bracket_behind_number(&self) -> bool {
        let mut before = self.tokens.get(..self.index).unwrap_or_default().iter().rev();
        let opens = matches!(before.next().map(|token| &token.piece), Some(Piece::Open));
        opens && matches!(before.next().map(|token| &token.piece), Some(Piece::Number(_)))
    }

    /// True if more than one amount of the sentence has a rate alone in a bracket behind it: 教育支出 76 万元（76%）、住房保障支出 24 万元（24%）.
    pub fn is_among_bracketed_rates(&self) -> bool {
        let ends = |token: &Token<'_>| matches!(token.piece, Piece::Mark('。'));
        let before = self.tokens.get(..self.index).unwrap_or_default();
        let from = before.iter().rposition(ends).map_or(0, |at| at + 1);
        let number = |token: &Token<'_>, is: fn(Unit) -> bool| matches!(&token.piece, Piece::Number(own) if own.unit().is_some_and(is));
        let rated = |four: &&[Token<'_>]| match four {
            [amount, open, rate, close] => {
                number(amount, |unit| unit.fen().is_some())
                    && matches!(open.piece, Piece::Open)
                    && number(rate, |unit| unit == Unit::Percent)
                    && matches!(close.piece, Piece::Close)
            }
            _ => false,
        };
        let sentence = self.tokens.get(from..).unwrap_or_default();
        let end = sentence.iter().position(ends).unwrap_or(sentence.len());
        sentence.get(..end).unwrap_or_default().windows(4).filter(rated).count() > 1
    }

    /// The first character of a name that is in no list and ends here; none where words that compare, or that tell of stages and
    /// years, stand in it.
    pub fn begins_name(&self) -> Option<usize> {
        let before = self.tokens.get(..self.index).unwrap_or_default();
        let opens = |token: &&Token<'_>| {
            matches!(token.piece, Piece::Mark(_) | Piece::Ordinal | Piece::Number(_)) || is(token, WordKind::Part)
        };
        let from = before.iter().rposition(|token| opens(&token))? + 1;
        let name = before.get(from..)?;
        let names = |token: &Token<'_>| match &token.piece {
            Piece::Unknown => true,
            Piece::Word(word) => matches!(
                word.entry.kind,
                WordKind::Subject | WordKind::Count | WordKind::Other | WordKind::Glue | WordKind::And
            ),
            _ => false,
        };
        name.first().filter(|_| name.iter().all(names)).map(|token| token.start)
    }

    /// True if a percentage of what is read follows: 27 万元的 63.2%, （27 万元）的 63.2%.
    pub fn is_base_of_rate(&self) -> bool {
        let rest = match self.rest() {
            [close, rest @ ..] if matches!(close.piece, Piece::Close) => rest,
            rest => rest,
        };
        let [joint, rate, ..] = rest else { return false };
        is(joint, WordKind::Glue) && matches!(&rate.piece, Piece::Number(rate) if rate.unit() == Some(Unit::Percent))
    }

    /// True if the next number of a row follows: 612.35、618.80, some write 612.35，618.80.
    pub fn goes_on_with_number(&self) -> bool {
        let [joint, next, ..] = self.rest() else { return false };
        joins(joint) && matches!(next.piece, Piece::Number(_))
    }

    /// True directly before a number of things.
    pub fn is_before_things(&self) -> bool {
        let piece = |unit: Unit| unit == Unit::Piece;
        matches!(self.next().map(|token| &token.piece), Some(Piece::Number(number)) if number.unit().is_some_and(piece))
    }

    /// True if another number follows behind 、 or 和, or directly: 12 批、90 人次, 12 批 90 人次.
    pub fn goes_on_with_listed_number(&self) -> bool {
        !self.is_before_comma() && self.goes_on_with_number() || self.is_before_things()
    }

    fn is_before_comma(&self) -> bool {
        matches!(self.next().map(|token| &token.piece), Some(Piece::Mark('，')))
    }

    /// True for a number that goes on a row: 618.80 of 612.35、618.80.
    pub fn goes_on_row(&self) -> bool {
        let mut before = self.tokens.get(..self.index).unwrap_or_default().iter().rev();
        before.next().is_some_and(joins) && before.next().is_some_and(|t| matches!(t.piece, Piece::Number(_)))
    }

    /// True before a colon, a class of the function classification and its amount.
    pub fn is_before_list_of_classes(&self) -> bool {
        const CLASS: usize = 3;
        let [colon, class, amount, ..] = self.rest() else { return false };
        let of_class = |path: &Path| path.code.as_ref().is_some_and(|code| code.len() == CLASS);
        matches!(colon.piece, Piece::Mark('：'))
            && matches!(&class.piece, Piece::Function(path) if of_class(path))
            && matches!(amount.piece, Piece::Number(_))
    }

    /// True for a change in money of which the sentence has no second up to its end.
    pub fn is_only_of_its_kind(&self) -> bool {
        let money = |token: &Token<'_>| match &token.piece {
            Piece::Number(number) => number.unit().is_some_and(|unit| unit.fen().is_some()),
            _ => false,
        };
        let own = self.tokens.get(self.index).is_some_and(money);
        let changes = self.before().is_some_and(|token| is(token, WordKind::Up) || is(token, WordKind::Down));
        let ends = |token: &&Token<'_>| matches!(token.piece, Piece::Mark('。' | '；'));
        own && changes && !self.rest().iter().take_while(|token| !ends(token)).any(money)
    }

    /// True if the number that is next is told by itself: 较年初预算数超出 84.20 万元.
    pub fn is_before_number(&self) -> bool {
        let next = self.rest().iter().find(|token| !is(token, WordKind::Glue));
        next.is_some_and(|token| matches!(token.piece, Piece::Number(_)))
    }

    /// True directly between two numbers.
    pub fn is_between_numbers(&self) -> bool {
        let number = |token: Option<&Token<'_>>| token.is_some_and(|token| matches!(token.piece, Piece::Number(_)));
        number(self.before()) && number(self.next())
    }

    /// True if a stage and its amount come next: 年初预算为 5 万元.
    pub fn is_before_staged_amount(&self) -> bool {
        let mut rest = self.rest().iter().filter(|token| !is(token, WordKind::Glue));
        let staged = rest.next().is_some_and(|token| is(token, WordKind::Stage));
        staged && matches!(rest.next().map(|token| &token.piece), Some(Piece::Number(_)))
    }

    /// True directly behind a name, or behind a name and 为.
    pub fn is_directly_named(&self) -> bool {
        let mut before = self.tokens.get(..self.index).unwrap_or_default().iter().rev();
        let behind = before.find(|token| !is(token, WordKind::Glue));
        behind.is_some_and(|token| is(token, WordKind::Subject))
    }

    /// True directly before an amount.
    pub fn is_before_amount(&self) -> bool {
        let money = |number: &Number| number.unit().is_some_and(|unit| unit.fen().is_some());
        matches!(self.next().map(|token| &token.piece), Some(Piece::Number(number)) if money(number))
    }

    /// True if an amount comes next, and behind it how much of a budget it is.
    pub fn is_before_completed_amount(&self) -> bool {
        let mut rest = self.rest().iter().filter(|token| !is(token, WordKind::Glue));
        let amount = rest.next().is_some_and(|token| matches!(token.piece, Piece::Number(_)));
        let mark = rest.next().is_some_and(|token| matches!(token.piece, Piece::Mark('，')));
        amount && mark && rest.next().is_some_and(|token| is(token, WordKind::Completion))
    }

    /// True if how much of a budget it is follows: 46 万元，完成预算的 92%.
    pub fn is_before_completion(&self) -> bool {
        let fills = |token: &&Token<'_>| is(token, WordKind::Glue) || matches!(token.piece, Piece::Mark('，'));
        self.rest().iter().find(|token| !fills(token)).is_some_and(|token| is(token, WordKind::Completion))
    }

    /// The theme that is named first in the rest of the clause.
    pub fn theme_behind(&self) -> Option<String> {
        let clause = self.rest().iter().take_while(|token| !matches!(token.piece, Piece::Mark(_)));
        clause
            .filter_map(|token| if let Piece::Word(word) = &token.piece { Some(&word.entry.means) } else { None })
            .find_map(|means| means.iter().find_map(|meaning| meaning.get(Dimension::Theme).map(str::to_owned)))
    }

    /// True for one of two directions of which the writer was to strike out one: 大于（小于）, 大于/小于, 大于小于.
    pub fn is_alternative(&self) -> bool {
        let directs =
            |token: Option<&Token<'_>>| token.is_some_and(|token| is(token, WordKind::Up) || is(token, WordKind::Down));
        let joint = |token: Option<&Token<'_>>| {
            token.is_some_and(|token| match token.piece {
                Piece::Open => true,
                Piece::Unknown => self.flow.printed(token.start..token.end) == "/",
                _ => false,
            })
        };
        let at = |steps: usize| self.index.checked_sub(steps).and_then(|index| self.tokens.get(index));
        let (next, other) = (self.tokens.get(self.index + 1), self.tokens.get(self.index + 2));
        let opposite = |a: Option<&Token<'_>>, b: Option<&Token<'_>>| a.zip(b).is_some_and(|(a, b)| is_opposite(a, b));
        let own = self.tokens.get(self.index);
        let beside = opposite(own, next) || opposite(at(1), own);
        joint(next) && directs(other) || joint(at(1)) && directs(at(2)) || beside
    }

    /// True if a direction follows that has no number of its own.
    pub fn is_before_lone_direction(&self) -> bool {
        let fills = |token: &&Token<'_>| is(token, WordKind::Glue) || matches!(token.piece, Piece::Mark('，'));
        let mut rest = self.rest().iter().filter(|token| !fills(token));
        let directed = rest.next().is_some_and(|token| is(token, WordKind::Up) || is(token, WordKind::Down));
        directed && !matches!(rest.next().map(|token| &token.piece), Some(Piece::Number(_)))
    }

    /// True for a direction with the opposite one behind it, in brackets or not, and an amount that goes one way: 增加（减少）0.80 万元. A
    /// rate behind it goes the way of the amount.
    pub fn is_before_other_way(&self, own: WordKind) -> bool {
        let other = match own {
            WordKind::Up => WordKind::Down,
            WordKind::Down => WordKind::Up,
            _ => return false,
        };
        let zero = |digits: &str| digits.chars().all(|c| matches!(c, '0' | '.'));
        let rate = |number: &Number<'_>| number.unit() == Some(Unit::Percent);
        let some =
            |next: &Token<'_>| matches!(&next.piece, Piece::Number(number) if !zero(&number.digits) && !rate(number));
        match self.rest() {
            [word, next, ..] if is(word, other) => some(next),
            [open, word, close, next, ..] if is(word, other) => {
                matches!(open.piece, Piece::Open) && matches!(close.piece, Piece::Close) && some(next)
            }
            _ => false,
        }
    }

    /// True if a direction word ends what is said (增加。), or a number, a cause or the like follows; false where it governs
    /// text.
    pub fn ends_saying(&self) -> bool {
        let next = self.rest().iter().find(|token| !is(token, WordKind::Glue));
        next.is_none_or(|token| match &token.piece {
            Piece::Unknown | Piece::Function(_) => false,
            Piece::Word(word) => !matches!(word.entry.kind, WordKind::Subject | WordKind::Count | WordKind::Other),
            _ => true,
        })
    }
}

/// True for 增加 and 减少, either way round.
fn is_opposite(a: &Token<'_>, b: &Token<'_>) -> bool {
    is(a, WordKind::Up) && is(b, WordKind::Down) || is(a, WordKind::Down) && is(b, WordKind::Up)
}

/// True for what stands between the numbers of a row.
fn joins(token: &Token<'_>) -> bool {
    is(token, WordKind::And) || matches!(token.piece, Piece::Mark('、' | '，'))
}

/// True if the tokens begin with a clause that tells of an amount or a rate in known words alone, with what it is compared:
/// 支出决算为年初预算的 98%.
pub fn tells_on(tokens: &[Token]) -> bool {
    let known = |token: &&Token| matches!(token.piece, Piece::Word(_) | Piece::Year(_));
    let clause: Vec<&Token> = tokens.iter().take_while(known).collect();
    let compares = |kind: WordKind| clause.iter().any(|token| is(token, kind));
    let number = tokens.get(clause.len()).and_then(|token| match &token.piece {
        Piece::Number(number) => number.unit(),
        _ => None,
    });
    let measured = number.is_some_and(|unit| unit.fen().is_some() || unit == Unit::Percent);
    measured && (compares(WordKind::Stage) || compares(WordKind::Completion))
}

/// True if the tokens begin with a name of its own and its amount.
pub fn names_with_amount(tokens: &[Token]) -> bool {
    let filling = |token: &&Token| {
        is(token, WordKind::Glue)
            || is(token, WordKind::Subject)
            || is(token, WordKind::Stage)
            || matches!(token.piece, Piece::Year(_) | Piece::Function(_) | Piece::Ordinal)
    };
    let phrase: Vec<&Token> = tokens.iter().take_while(filling).collect();
    let named = phrase.iter().any(|token| match &token.piece {
        Piece::Function(_) => true,
        Piece::Word(word) => word.entry.reach != Reach::Weak && !word.entry.means.is_empty(),
        _ => false,
    });
    named && matches!(tokens.get(phrase.len()).map(|token| &token.piece), Some(Piece::Number(_)))
}
