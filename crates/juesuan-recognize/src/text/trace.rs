//! How a text was read, sentence by sentence: for whoever wants to know why a figure means what it does.
//!
//! Collected only when somebody asks. In: the tokens and the state before each number. Out: what each number came to, with the
//! word, heading or rule that gave each coordinate, or why it was given up. Wording is not here.

use std::collections::BTreeMap;

use juesuan_catalog::WordKind;
use juesuan_model::{Against, Dimension, Meaning, Measure, Place};
use juesuan_text::Text;
use serde::Serialize;

use super::Unknown;
use super::here::Here;
use super::mark::Mark;
use super::state::State;
use super::token::{Number, Piece, Token};

pub use super::state::Stage;

/// How the paragraphs of a text were read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TextTrace {
    /// In the order of the text.
    pub paragraphs: Vec<ParagraphTrace>,
}

/// A paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ParagraphTrace {
    /// Number of its block in the document.
    pub block: Option<usize>,
    /// Heading of its section.
    pub section: String,
    /// The nearest heading above it inside the section.
    pub heading: Option<String>,
    /// Its sentences.
    pub sentences: Vec<SentenceTrace>,
}

/// A sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SentenceTrace {
    /// As printed.
    pub text: String,
    /// Where it begins.
    pub place: Place,
    /// What was known when it began.
    pub before: Known,
    /// What it was cut into.
    pub tokens: Vec<TokenTrace>,
    /// Its numbers.
    pub numbers: Vec<NumberTrace>,
}

/// What is known before a word is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Known {
    /// What the heading says.
    pub base: Meaning,
    /// What was named last.
    pub subject: Vec<Meaning>,
    /// True if that was something that is in no list.
    pub foreign: bool,
    /// Wholes whose parts are named.
    pub wholes: Vec<Meaning>,
    /// The stage.
    pub stage: Stage,
    /// The budget that the section named last.
    pub budget: Option<Against>,
    /// What is compared with.
    pub against: Option<Against>,
    /// A year other than the document's.
    pub year: Option<u16>,
}

/// A token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TokenTrace {
    /// As printed.
    pub text: String,
    /// What it is.
    pub kind: TokenKind,
    /// What the catalogue says that it names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub means: Vec<Meaning>,
    #[serde(skip)]
    start: usize,
    #[serde(skip)]
    end: usize,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    /// Digits with their unit.
    Number,
    /// A year.
    Year,
    /// A word of the lexicon.
    Word(WordKind),
    /// A path of the function classification.
    Function,
    /// A mark of punctuation or a bracket.
    Mark,
    /// The number of an item.
    Ordinal,
    /// Text that is in no list.
    Unknown,
}

/// A number and what it came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NumberTrace {
    /// As printed, with its unit.
    pub text: String,
    /// What it came to.
    pub came_to: CameTo,
}

/// What a number came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CameTo {
    /// A figure.
    Figure {
        /// Of what.
        meanings: Vec<Meaning>,
        /// Which property of it.
        measure: Measure,
        /// What gave each of its coordinates, its measure and its unit.
        reasons: Vec<Reason>,
    },
    /// A number of the performance part, with what that makes of it, if it knows more than the sentence.
    Performance(Option<(Meaning, Measure)>),
    /// No figure: a limit (100万元以上).
    Limit,
    /// No figure: a date, or a number of what is no quantity.
    Date,
    /// No figure: it has no unit, and nothing says what it counts.
    Bare,
    /// No figure of the accounts: results of work, or labels of a chart.
    Quiet,
    /// Given up.
    Unread {
        /// Why.
        why: Unknown,
        /// Text before it in its clause that is in no list.
        unknown: Vec<String>,
        /// True if it may belong to something that was named before and is in no list.
        foreign: bool,
    },
}

/// What gave one property of a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The property.
    pub what: What,
    /// Where it came from.
    pub from: Source,
    /// The words that said it; empty where none did.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// A property of a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A coordinate of its meaning.
    Coordinate(Dimension, String),
    /// Its measure.
    Measure,
    /// What it is compared with.
    Against,
    /// Its unit.
    Unit,
}

/// Where a property came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A word of this sentence, or of one before it from which it was carried over.
    Word,
    /// The whole whose parts are being named.
    Whole,
    /// The heading.
    Heading,
    /// A budget that the section named before.
    Before,
    /// The columns of the variant's table.
    Table,
    /// Other coordinates: a project is 项目支出, a theme is 支出.
    Implied,
    /// Nothing was said: what is usual.
    Usual,
}

/// Collects while a section is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Tracer {
    pub(super) out: TextTrace,
    /// Number of the block that is read.
    pub(super) block: Option<usize>,
    /// The nearest heading inside the section.
    pub(super) heading: Option<String>,
    /// The tokens of each paragraph that was read, by its number.
    words: BTreeMap<usize, Vec<TokenTrace>>,
}

impl Tracer {
    /// A section ends: nothing of it is referred to any more.
    pub(super) fn end_of_section(self) -> Tracer {
        Tracer { out: self.out, ..Tracer::default() }
    }

    /// A paragraph begins.
    pub(super) fn paragraph(&mut self, number: usize, section: &str, flow: &Text<'_>, tokens: &[Token]) {
        self.words.insert(number, tokens.iter().map(|token| traced(token, flow)).collect());
        let (block, heading) = (self.block, self.heading.clone());
        let section = section.to_owned();
        self.out.paragraphs.push(ParagraphTrace { block, section, heading, sentences: Vec::new() });
    }

    /// A sentence begins.
    pub(super) fn sentence(&mut self, number: usize, section: &str, here: Here<'_>, state: &State) {
        let ends = |token: &Token| matches!(token.piece, Piece::Mark('。' | '！' | '？'));
        let tokens = here.tokens.get(here.index..).unwrap_or_default();
        let count = tokens.iter().position(ends).map_or(tokens.len(), |end| end + 1);
        let end = tokens.get(count.saturating_sub(1)).map_or(here.end(), |token| token.end);
        let words = self.words.get(&number).and_then(|words| words.get(here.index..here.index + count));
        let sentence = SentenceTrace {
            text: here.flow.printed(here.start()..end),
            place: Place { section: Some(section.to_owned()), ..here.flow.place(here.start()..end) },
            before: Known::of(state),
            tokens: words.unwrap_or_default().to_vec(),
            numbers: Vec::new(),
        };
        if let Some(paragraph) = self.out.paragraphs.last_mut() {
            paragraph.sentences.push(sentence);
        }
    }

    /// A number was read.
    pub(super) fn number(&mut self, here: Here<'_>, came_to: CameTo) {
        let text = here.flow.printed(here.start()..here.end());
        if let Some(sentence) = self.out.paragraphs.last_mut().and_then(|paragraph| paragraph.sentences.last_mut()) {
            sentence.numbers.push(NumberTrace { text, came_to });
        }
    }

    /// A number was given up, with what was known before it.
    pub(super) fn unread(&self, at: Mark, here: Here<'_>, why: Unknown, before: &State) -> CameTo {
        let words = self.words.get(&at.paragraph).and_then(|words| words.get(..here.index)).unwrap_or_default();
        let clause = words.iter().rev().take_while(|word| word.kind != TokenKind::Mark);
        let unknown = clause.filter(|word| word.kind == TokenKind::Unknown).map(|word| word.text.clone());
        let mut unknown: Vec<String> = unknown.collect();
        unknown.reverse();
        CameTo::Unread { why, unknown, foreign: before.foreign }
    }

    /// A number became a figure, with what was known before it.
    pub(super) fn figure(
        &self,
        at: Mark,
        number: &Number<'_>,
        (meanings, measure): (&[Meaning], &Measure),
        before: &State,
    ) -> CameTo {
        let mut reasons: Vec<Reason> = Vec::new();
        for (dimension, node) in meanings.iter().flat_map(Meaning::coordinates) {
            let what = What::Coordinate(dimension, node.to_owned());
            if !reasons.iter().any(|reason| reason.what == what) {
                let (from, words) = self.coordinate(at, dimension, node, before);
                reasons.push(Reason { what, from, words });
            }
        }
        let marks = &before.marks;
        let (measured, against) = match measure {
            Measure::Amount => (None, None),
            Measure::Count | Measure::Score => (marks.counted, None),
            Measure::Change(_) | Measure::Growth(_) => (marks.expected, marks.against),
            Measure::Share { .. } => (marks.expected, None),
            Measure::Completion(_) => (marks.expected, marks.stage.max(marks.budget)),
        };
        reasons.push(self.said(What::Measure, measured));
        if against.is_some() {
            reasons.push(self.said(What::Against, against));
        }
        let unit = if number.unit.is_some() { Source::Word } else { Source::Usual };
        let text = self.text(Some(at));
        let words = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '，' | '-'));
        reasons.push(Reason { what: What::Unit, from: unit, words: words.to_owned() });
        CameTo::Figure { meanings: meanings.to_vec(), measure: measure.clone(), reasons }
    }

    fn said(&self, what: What, mark: Option<Mark>) -> Reason {
        let from = if mark.is_some() { Source::Word } else { Source::Usual };
        Reason { what, from, words: self.text(mark) }
    }

    fn coordinate(&self, at: Mark, dimension: Dimension, node: &str, before: &State) -> (Source, String) {
        let marks = &before.marks;
        match (dimension, before.stage) {
            (Dimension::Stage, Stage::SomeBudget) if before.budget.is_none() => {
                return (Source::Table, self.text(marks.stage));
            }
            (Dimension::Stage, Stage::SomeBudget) => return (Source::Before, self.text(marks.budget)),
            (Dimension::Stage, _) => return (Source::Word, self.text(marks.stage)),
            (Dimension::Year, _) => return (Source::Word, self.text(marks.year)),
            _ => {}
        }
        let named = [marks.subject, marks.counted].into_iter().find_map(|mark| self.naming(mark, dimension, node));
        if let Some(word) = named {
            return (Source::Word, word);
        }
        let of = |meaning: &Meaning| meaning.get(dimension) == Some(node);
        if let Some(head) = before.heads.iter().rev().find(|head| head.means.iter().any(of)) {
            return (Source::Whole, self.text(head.mark));
        }
        if of(&before.base) {
            let section = self.out.paragraphs.last().map(|paragraph| paragraph.section.clone());
            return (Source::Heading, self.heading.clone().or(section).unwrap_or_default());
        }
        // 均, 分别: what the number speaks of stands somewhere before it.
        if let Some(word) = self.naming(Some(Mark { start: 0, ..at }), dimension, node) {
            return (Source::Word, word);
        }
        (Source::Implied, String::new())
    }

    /// The last word at a mark that names a node.
    fn naming(&self, mark: Option<Mark>, dimension: Dimension, node: &str) -> Option<String> {
        let names = |word: &&TokenTrace| word.means.iter().any(|means| means.get(dimension) == Some(node));
        self.words(mark?).rfind(names).map(|word| word.text.clone())
    }

    fn words(&self, mark: Mark) -> impl DoubleEndedIterator<Item = &TokenTrace> {
        let words = self.words.get(&mark.paragraph).map(Vec::as_slice).unwrap_or_default();
        words.iter().filter(move |word| mark.start <= word.start && word.end <= mark.end)
    }

    fn text(&self, mark: Option<Mark>) -> String {
        mark.map(|mark| self.words(mark).map(|word| word.text.as_str()).collect()).unwrap_or_default()
    }
}

fn traced(token: &Token, flow: &Text<'_>) -> TokenTrace {
    let (kind, means) = match &token.piece {
        Piece::Number(_) => (TokenKind::Number, Vec::new()),
        Piece::Year(_) => (TokenKind::Year, Vec::new()),
        Piece::Word(word) => {
            let code = word.economic.iter().map(|code| Meaning::new().with(Dimension::Economic, code.as_str()));
            (TokenKind::Word(word.entry.kind), word.entry.means.iter().cloned().chain(code).collect())
        }
        Piece::Function(path) => {
            let code = path.code.iter().map(|code| Meaning::new().with(Dimension::Function, code.as_str()));
            (TokenKind::Function, code.collect())
        }
        Piece::Mark(_) | Piece::Open | Piece::Close => (TokenKind::Mark, Vec::new()),
        Piece::Ordinal => (TokenKind::Ordinal, Vec::new()),
        Piece::Unknown => (TokenKind::Unknown, Vec::new()),
    };
    let (start, end) = (token.start, token.end);
    TokenTrace { text: flow.printed(start..end), kind, means, start, end }
}

impl Known {
    fn of(state: &State) -> Known {
        Known {
            base: state.base.clone(),
            subject: state.subject.clone().unwrap_or_default(),
            foreign: state.foreign,
            wholes: state.heads.iter().flat_map(|head| head.means.clone()).collect(),
            stage: state.stage,
            budget: state.budget,
            against: state.against,
            year: state.year,
        }
    }
}
