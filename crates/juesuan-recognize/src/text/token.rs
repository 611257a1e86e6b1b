//! A paragraph cut into numbers with their units, years, words, function paths and marks.

use juesuan_catalog::{LexiconUnit, WordKind};
use juesuan_model::{Printed, Unit};
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
    tokens
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
    if first.is_ascii_digit()
        || (first == '-' && rest.get(1).is_some_and(char::is_ascii_digit) && !after_digit(chars, position))
    {
        return number(rest, words);
    }
    if let Some((word, length)) = words.at(rest) {
        return (Piece::Word(word), length);
    }
    match first {
        '(' => (Piece::Open, 1),
        ')' => (Piece::Close, 1),
        mark @ ('，' | '；' | '。' | '：' | '、' | '！' | '？') => (Piece::Mark(mark), 1),
        _ => (Piece::Unknown, 1),
    }
}

fn after_digit(chars: &[char], position: usize) -> bool {
    position.checked_sub(1).and_then(|before| chars.get(before)).is_some_and(char::is_ascii_digit)
}

fn number<'a>(rest: &[char], words: &'a Words) -> (Piece<'a>, usize) {
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
    let limit = words.limit_at(part(rest, end..));
    let number = Number { digits, unit: unit.map(|(unit, _)| unit), limit: limit.is_some() };
    (Piece::Number(number), end + limit.unwrap_or(0))
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
