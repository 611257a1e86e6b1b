//! A paragraph while it is made: pieces that become runs, figures and claims once it is certain that they are printed.

use juesuan_catalog::Announced;
use juesuan_catalog::section::SlotPath;
use juesuan_model::{
    Ask, Cell, Claim, Figure, FigureId, Mark, Meaning, Measure, Money, Package, Place, Printed, Quantity, Run, Seen,
    Statement, Topic,
};
use juesuan_text::part_of_text;

/// A figure before it has a place.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Of what.
    pub meanings: Vec<Meaning>,
    /// Which property.
    pub measure: Measure,
    /// Value with its sign.
    pub printed: Printed,
    /// To the 分.
    pub exact: Option<Money>,
    /// Digits as they stand in the text.
    pub digits: String,
    /// The slot and version whose amount this is.
    pub path: Option<SlotPath>,
    /// Number of the list and of its element, for amounts that add up.
    pub element: Option<usize>,
}

/// A piece of a paragraph.
#[derive(Clone, Debug)]
pub enum Bit {
    /// Text.
    Text(String),
    /// Bold text.
    Strong(String),
    /// Something that must be supplied.
    Missing {
        /// Printed inside 【】.
        text: String,
        /// What is asked for.
        ask: Box<Ask>,
    },
    /// Something that may have to be supplied once something else is known; nothing is printed of it.
    Foreseen(Box<Ask>),
    /// A figure.
    Figure(Draft),
    /// Something said without a figure.
    Claim(Vec<Meaning>, Statement),
    /// A key of narrative.toml that was used.
    Used(String),
    /// What follows is this of an evaluation.
    Announced(Announced),
}

/// What a paragraph says of an evaluation at one of its characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Announcement {
    /// From here on the text is about this.
    Text(Topic),
    /// The word here is this.
    Word(Topic, String),
    /// The number here is this.
    Number(Quantity, FigureId),
}

/// What a paragraph became.
#[derive(Debug, Default)]
pub struct Line {
    /// Printed.
    pub runs: Vec<Run>,
    /// Figures with slot and list.
    pub figures: Vec<(FigureId, Option<SlotPath>, Option<usize>)>,
    /// What is asked for.
    pub asks: Vec<Ask>,
    /// Keys used.
    pub used: Vec<String>,
    /// What is said of an evaluation, each with the number of the printed character where it begins.
    pub announced: Vec<(usize, Announcement)>,
}

/// What was announced and did not come yet.
#[derive(Debug, Default)]
struct Awaited {
    number: Option<Quantity>,
    word: Option<Topic>,
}

impl Line {
    /// Puts figures and claims into the package, each with the sentence it stands in.
    pub fn commit(bits: Vec<Bit>, section: &str, package: &mut Package) -> Line {
        let text: String = bits.iter().map(Bit::shown).collect();
        let (mut line, mut awaited) = (Line::default(), Awaited::default());
        let (mut position, mut printed) = (0, 0);
        for bit in bits {
            let place = || Place {
                section: Some(section.to_owned()),
                quote: Some(sentence_at(&text, position).to_owned()),
                ..Place::default()
            };
            let length = bit.shown().len();
            let characters = bit.shown().chars().count() + if matches!(bit, Bit::Missing { .. }) { 2 } else { 0 };
            match bit {
                Bit::Text(text) => {
                    let word = awaited.word.take_if(|_| !text.is_empty());
                    line.announced.extend(word.map(|topic| (printed, Announcement::Word(topic, text.clone()))));
                    line.text(text, Mark::Plain);
                }
                Bit::Strong(text) => line.text(text, Mark::Strong),
                Bit::Missing { text, ask } => {
                    line.text(text, Mark::Missing);
                    line.ask(*ask, section);
                    awaited = Awaited::default();
                }
                Bit::Figure(draft) => {
                    let id = package.push(Figure {
                        meanings: draft.meanings,
                        measure: draft.measure,
                        cell: Cell::Number(draft.printed),
                        exact_fen: draft.exact,
                        seen: Seen::Text,
                        place: place(),
                    });
                    let number = awaited.number.take();
                    line.announced.extend(number.map(|quantity| (printed, Announcement::Number(quantity, id))));
                    line.runs.push(Run { text: draft.digits, figure: Some(id), mark: Mark::Plain });
                    line.figures.push((id, draft.path, draft.element));
                }
                Bit::Claim(meanings, statement) => {
                    package.claims.push(Claim { meanings, statement, place: place(), seen: Seen::Text })
                }
                Bit::Foreseen(ask) => line.ask(*ask, section),
                Bit::Used(key) => line.used.push(key),
                Bit::Announced(Announced::Number(quantity)) => awaited.number = Some(quantity),
                Bit::Announced(Announced::Text(Topic::Grade)) => awaited.word = Some(Topic::Grade),
                Bit::Announced(Announced::Text(topic)) => line.announced.push((printed, Announcement::Text(topic))),
            }
            position += length;
            printed += characters;
        }
        line
    }

    /// What is printed, what is missing in its brackets.
    pub fn printed(&self) -> String {
        let shown = |run: &Run| match run.mark {
            Mark::Missing => format!("【{}】", run.text),
            Mark::Plain | Mark::Strong => run.text.clone(),
        };
        self.runs.iter().map(shown).collect()
    }

    /// Asks for something; what does not say where it stands stands here.
    fn ask(&mut self, mut ask: Ask, section: &str) {
        if ask.place.is_unknown() {
            ask.place.section = Some(section.to_owned());
        }
        self.asks.push(ask);
    }

    fn text(&mut self, text: String, mark: Mark) {
        if text.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            Some(last) if last.figure.is_none() && last.mark == mark && mark != Mark::Missing => {
                last.text.push_str(&text)
            }
            _ => self.runs.push(Run { text, figure: None, mark }),
        }
    }
}

impl From<&str> for Bit {
    fn from(text: &str) -> Bit {
        Bit::Text(text.to_owned())
    }
}

impl Bit {
    /// What a reader sees of it.
    pub fn shown(&self) -> &str {
        match self {
            Bit::Text(text) | Bit::Strong(text) | Bit::Missing { text, .. } => text,
            Bit::Figure(draft) => &draft.digits,
            Bit::Claim(..) | Bit::Used(_) | Bit::Announced(_) | Bit::Foreseen(_) => "",
        }
    }
}

/// The sentence around a byte position.
fn sentence_at(text: &str, position: usize) -> &str {
    let stop = '。';
    let start = part_of_text(text, ..position).rfind(stop).map_or(0, |i| i + stop.len_utf8());
    let end = part_of_text(text, position..).find(stop).map_or(text.len(), |i| position + i + stop.len_utf8());
    part_of_text(text, start..end)
}
