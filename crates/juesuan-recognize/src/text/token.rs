//! A paragraph cut into numbers with their units, years, words, function paths and marks.

use juesuan_catalog::{LexiconUnit, WordKind};
use juesuan_model::{Dimension, Printed, Unit};
use juesuan_text::ordinal::Style;
use juesuan_text::{Ordinal, Text, part};

use super::lexicon::{Word, Words};
use super::path::{self, Path, Paths};

/// What a stretch of a paragraph is.
#[derive(Clone, Debug)]
pub enum Piece<'a> {
    /// Digits with what stands behind them.
    Number(Number<'a>),
    /// 2023年, 2023年度.
    Year(u16),
    /// A word of the lexicon.
    Word(&'a Word),
    /// …（类）…（款）…（项）.
    Function(Path),
    /// ， ； 。 ： 、
    Mark(char),
    /// 1. / （一）/ 2、 at the beginning of a sentence.
    Ordinal,
    /// (
    Open,
    /// )
    Close,
    /// Text that is in no list.
    Unknown,
}

/// A printed number.
#[derive(Clone, Debug)]
pub struct Number<'a> {
    /// Digits with the point and the sign.
    pub digits: String,
    /// What it counts, if a unit stands behind it.
    pub unit: Option<&'a LexiconUnit>,
    /// True for 100万元以上 and the like: a limit, no figure.
    pub limit: bool,
}

impl Number<'_> {
    /// The number in a unit; `None` where it has too many digits.
    pub fn printed(&self, unit: Unit) -> Option<Printed> {
        Printed::parse(&self.digits, unit).ok()
    }

    /// True for a date, or a number of what is no quantity.
    pub fn is_date(&self) -> bool {
        self.unit.is_some_and(|unit| unit.unit.is_none())
    }

    /// True unless it is a date or a limit.
    pub fn is_figure(&self) -> bool {
        !self.limit && !self.is_date()
    }

    /// The unit of the lexicon.
    pub fn unit(&self) -> Option<Unit> {
        self.unit.and_then(|unit| unit.unit)
    }
}

/// A piece and the compared characters it covers.
#[derive(Clone, Debug)]
pub struct Token<'a> {
    /// What it is.
    pub piece: Piece<'a>,
    /// First character.
    pub start: usize,
    /// Behind the last one.
    pub end: usize,
}

/// Cuts a paragraph.
pub fn cut<'a>(flow: &Text<'_>, words: &'a Words, paths: &Paths) -> Vec<Token<'a>> {
    let chars = flow.chars();
    let mut found = path::find(chars, paths).into_iter().peekable();
    let mut tokens: Vec<Token> = Vec::new();
    let mut position = 0;
    while position < chars.len() {
        while found.next_if(|path| path.start < position).is_some() {}
        let (piece, length) = match found.next_if(|path| path.start == position) {
            Some(path) => {
                let length = path.end - path.start;
                (Piece::Function(path), length)
            }
            None => piece_at(chars, position, &tokens, words),
        };
        let end = position + length.max(1);
        match (&piece, tokens.last_mut()) {
            (Piece::Unknown, Some(Token { piece: Piece::Unknown, end: last, .. })) => *last = end,
            _ => tokens.push(Token { piece, start: position, end }),
        }
        position = end;
    }
    share_units(&mut tokens);
    tokens
}

/// 612.35、618.80 万元, 上年 2.08 减少 0.03 万元: a number with decimals has the unit of the next one of its row, or of the change
/// behind it.
fn share_units(tokens: &mut [Token<'_>]) {
    let mut next: Option<&LexiconUnit> = None;
    for token in tokens.iter_mut().rev() {
        let joins = is(token, WordKind::And) || is(token, WordKind::Up) || is(token, WordKind::Down);
        match &mut token.piece {
            Piece::Number(number) => {
                if number.unit.is_none() && number.digits.contains('.') {
                    number.unit = next;
                }
                next = number.unit.filter(|unit| unit.unit.is_some_and(|unit| unit != Unit::Piece));
            }
            Piece::Mark('、' | '，') => {}
            _ if joins => {}
            _ => next = None,
        }
    }
}

fn piece_at<'a>(chars: &[char], position: usize, before: &[Token], words: &'a Words) -> (Piece<'a>, usize) {
    let rest = part(chars, position..);
    let Some(&first) = rest.first() else { return (Piece::Unknown, 1) };
    let opens = matches!(
        before.last().map(|token| &token.piece),
        None | Some(Piece::Mark('。' | '；' | '：') | Piece::Ordinal | Piece::Open)
    );
    if opens && let Some(ordinal) = Ordinal::at(rest) {
        return (Piece::Ordinal, ordinal.length);
    }
    // …，二、2023 年公务接待费 5 万元: items that nobody put on lines of their own.
    let comma = matches!(before.last().map(|token| &token.piece), Some(Piece::Mark('，')));
    if comma && let Some(ordinal) = Ordinal::at(rest).filter(|own| own.style == Style::Chinese) {
        let digits: Vec<char> = part(rest, ordinal.length..).iter().copied().take_while(char::is_ascii_digit).collect();
        if year(&digits.iter().collect::<String>(), part(rest, ordinal.length + digits.len()..)).is_some() {
            return (Piece::Ordinal, ordinal.length);
        }
    }
    if first.is_ascii_digit()
        || (first == '-' && rest.get(1).is_some_and(char::is_ascii_digit) && !after_digit(chars, position))
    {
        let compared = before.last().is_some_and(|token| is(token, WordKind::Than));
        return number(rest, words, compared);
    }
    if let Some((word, length)) =
        words.at(rest).filter(|(word, length)| !stands_alone(word, *length, rest, before, words))
    {
        return (Piece::Word(word), given_up(word, length, rest, words).unwrap_or(length));
    }
    match first {
        '(' => (Piece::Open, 1),
        ')' => (Piece::Close, 1),
        mark @ ('，' | '；' | '。' | '：' | '、' | '！' | '？') => (Piece::Mark(mark), 1),
        _ => (Piece::Unknown, 1),
    }
}

/// True for 中 where no name stands directly before it, or neither a mark nor a name behind it; for 加 where no mark stands before it, or no
/// name behind it; for 等 where no names stand before and behind it.
fn stands_alone(word: &Word, length: usize, rest: &[char], before: &[Token], words: &Words) -> bool {
    let joined = word.entry.kind == WordKind::Within && word.entry.joined;
    let behind = part(rest, length..);
    if word.entry.kind == WordKind::Rest {
        let natures = |next: &Word| next.entry.means.iter().any(|own| own.get(Dimension::Nature).is_some());
        let named = before.last().is_some_and(|token| matches!(token.piece, Piece::Word(_)));
        return !(named && words.at(behind).is_some_and(|(next, _)| natures(next)));
    }
    if word.entry.kind == WordKind::Plus && word.entry.joined {
        let marked = before.last().is_some_and(|token| matches!(token.piece, Piece::Mark(_)));
        return !(marked && words.at(behind).is_some_and(|(next, _)| next.entry.kind == WordKind::Subject));
    }
    let goes_on = matches!(behind.first(), Some('，' | '：'))
        || words.at(behind).is_some_and(|(next, _)| next.entry.kind == WordKind::Subject);
    let named = |token: &Token<'_>| is(token, WordKind::Subject) || is(token, WordKind::Stage);
    joined && !(goes_on && before.last().is_some_and(named))
}

/// 加上级补助收入, 加上解支出: 加上 whose last character begins a name is 加.
fn given_up(word: &Word, length: usize, rest: &[char], words: &Words) -> Option<usize> {
    let shorter = length.checked_sub(1).filter(|length| *length > 0 && word.entry.kind == WordKind::Plus)?;
    let names =
        |from: usize| words.at(part(rest, from..)).is_some_and(|(next, _)| next.entry.kind == WordKind::Subject);
    (names(shorter) && !names(length)).then_some(shorter)
}

fn after_digit(chars: &[char], position: usize) -> bool {
    position.checked_sub(1).and_then(|before| chars.get(before)).is_some_and(char::is_ascii_digit)
}

fn number<'a>(rest: &[char], words: &'a Words, compared: bool) -> (Piece<'a>, usize) {
    let mut end = usize::from(rest.first() == Some(&'-'));
    let mut point = false;
    while let Some(c) = rest.get(end) {
        let decimal = *c == '.' && !point && rest.get(end + 1).is_some_and(char::is_ascii_digit);
        if !c.is_ascii_digit() && !decimal {
            break;
        }
        point |= decimal;
        end += 1;
    }
    // 2025.1.1 is a day.
    if point && rest.get(end) == Some(&'.') && rest.get(end + 1).is_some_and(char::is_ascii_digit) {
        let length = rest.iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
        return (Piece::Unknown, length);
    }
    let digits: String = part(rest, ..end).iter().collect();
    if let Some(year) = year(&digits, part(rest, end..)) {
        return (Piece::Year(year.0), end + year.1);
    }
    // 11 项目: the unit is not a part of a longer word.
    let word = words.at(part(rest, end..)).map_or(0, |(_, length)| length);
    let unit = words.unit_at(part(rest, end..)).filter(|(_, length)| *length >= word);
    let end = end + unit.map_or(0, |(_, length)| length);
    if let Some(length) = glued_year(&digits, words.year).filter(|_| unit.is_some_and(|(unit, _)| is_large(unit))) {
        // 与 2019352.80 万元相比: the year before, whose 年 is lost. Anywhere else nobody can say where the year ends.
        let year = part(rest, ..length).iter().collect::<String>().parse();
        return match year {
            Ok(year) if compared => (Piece::Year(year), length),
            _ => (Piece::Number(Number { digits, unit: None, limit: false }), end),
        };
    }
    let limit = words.limit_at(part(rest, end..));
    let number = Number { digits, unit: unit.map(|(unit, _)| unit), limit: limit.is_some() };
    (Piece::Number(number), end + limit.unwrap_or(0))
}

/// The length of a year at the beginning of digits that go on: this year or the one before, and an amount with decimals.
fn glued_year(digits: &str, year: u16) -> Option<usize> {
    const DIGITS: usize = 4;
    let first: u16 = digits.get(..DIGITS)?.parse().ok()?;
    let (whole, _) = digits.get(DIGITS..)?.split_once('.')?;
    let amount = whole.len() > 1 && !whole.starts_with('0');
    (amount && (first == year || first + 1 == year)).then_some(DIGITS)
}

/// True for units in which an amount hardly has seven digits.
fn is_large(unit: &LexiconUnit) -> bool {
    matches!(unit.unit, Some(Unit::WanYuan | Unit::YiYuan))
}

/// The year, and how many characters behind the digits belong to it. 年 of 年初 and 年末 stays.
fn year(digits: &str, behind: &[char]) -> Option<(u16, usize)> {
    let year: u16 = digits.parse().ok().filter(|year| (1990..2100).contains(year) && digits.len() == 4)?;
    if behind.first() != Some(&'年') {
        return None;
    }
    Some((
        year,
        match behind.get(1) {
            Some('度') => 2,
            Some('初' | '末') => 0,
            _ => 1,
        },
    ))
}

/// True if a token is a word of this kind.
pub fn is(token: &Token, kind: WordKind) -> bool {
    matches!(&token.piece, Piece::Word(word) if word.entry.kind == kind)
}
