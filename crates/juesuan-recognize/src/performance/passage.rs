//! The blocks of a document as text that is compared, with the way back to where each character stands.

use std::ops::Range;

use juesuan_model::{Block, Origin, Part, Place, Seen, Table};
use juesuan_text::Text;

use super::book::Spot;

/// Longest quotation in a place, in characters.
const QUOTED: usize = 60;

/// A heading or a paragraph.
#[derive(Clone, Debug, Default)]
pub(crate) struct Passage<'d> {
    /// Number of the block in the document: of the titles of parts and all blocks in order, counted from 0.
    pub(super) block: usize,
    /// Level of a heading, 0 for the title of a part; `None`: running text.
    pub(super) level: Option<u8>,
    /// Heading of level 1 above it.
    pub(super) section: String,
    pub(super) text: Text<'d>,
}

/// A block as the performance part sees it.
#[derive(Clone, Debug)]
pub(crate) enum Piece<'d> {
    /// The title of a part, a heading or a paragraph.
    Text(Passage<'d>),
    /// A table.
    Table(&'d Table),
    /// A chart: nothing is said there.
    Chart,
}

/// The titles of parts and all blocks in order; the place in this list is the number of the block.
pub(crate) fn pieces(parts: &[Part]) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    for part in parts {
        let mut section = part.title.clone();
        let title = Passage::new(Some(0), &section, &part.title, &part.origin);
        out.push(Piece::Text(Passage { block: out.len(), ..title }));
        for block in &part.blocks {
            match block {
                Block::Heading { level, text, origin } => {
                    if *level <= 1 {
                        section.clone_from(text);
                    }
                    let heading = Passage::new(Some(*level), &section, text, origin);
                    out.push(Piece::Text(Passage { block: out.len(), ..heading }));
                }
                Block::Paragraph { runs, origin } => {
                    let printed: String = runs.iter().map(|run| run.text.as_str()).collect();
                    let passage = Passage::new(None, &section, &printed, origin);
                    out.push(Piece::Text(Passage { block: out.len(), ..passage }));
                }
                Block::Table(table) => out.push(Piece::Table(table)),
                Block::Chart(_) => out.push(Piece::Chart),
            }
        }
    }
    out
}

impl<'d> Passage<'d> {
    fn new(level: Option<u8>, section: &str, printed: &str, origins: &'d [Origin]) -> Passage<'d> {
        Passage { block: 0, level, section: section.to_owned(), text: Text::placed(printed, origins) }
    }

    /// The place of a stretch of compared characters, quoting the sentence around it.
    pub(super) fn place(&self, from: usize, to: usize) -> Place {
        let mut place = self.text.place(from..to);
        place.quote = Some(self.text.sentence(from, QUOTED));
        if place.section.is_none() && !self.section.is_empty() {
            place.section = Some(self.section.clone());
        }
        place
    }

    /// How a stretch of compared characters was seen.
    pub(super) fn seen(&self, from: usize, to: usize) -> Seen {
        self.text.seen(from..to)
    }
}

/// Passages one behind the other, with the way back to each.
#[derive(Clone, Debug, Default)]
pub(super) struct Stretch<'p> {
    /// As compared; a line break behind each passage.
    pub(super) chars: Vec<char>,
    /// Where each begins here, its first character that counts, and itself.
    passages: Vec<(usize, usize, &'p Passage<'p>)>,
}

impl<'p> Stretch<'p> {
    /// Joins the characters `from..to` of passages.
    pub(super) fn of(passages: impl IntoIterator<Item = (&'p Passage<'p>, usize, usize)>) -> Stretch<'p> {
        let mut out = Stretch::default();
        for (passage, from, to) in passages {
            out.passages.push((out.chars.len(), from, passage));
            out.chars.extend(passage.text.slice(from..to));
            out.chars.push('\n');
        }
        out
    }

    /// The place of a stretch of characters.
    pub(super) fn place(&self, from: usize, to: usize) -> Place {
        self.home(from)
            .map_or_else(Place::default, |(passage, at)| passage.place(at, at + to.saturating_sub(from).max(1)))
    }

    /// How a stretch of characters was seen.
    pub(super) fn seen(&self, from: usize, to: usize) -> Seen {
        self.home(from).map_or(Seen::Text, |(passage, at)| passage.seen(at, at + to.saturating_sub(from).max(1)))
    }

    /// Calls `mark` with the printed characters behind a stretch, in each of the paragraphs that it stands in.
    pub(super) fn each(&self, stretch: Range<usize>, mut mark: impl FnMut(usize, Range<usize>)) {
        for (index, (begin, inner, passage)) in self.passages.iter().enumerate() {
            let end = self.passages.get(index + 1).map_or(self.chars.len(), |(next, ..)| *next);
            let (first, last) = (stretch.start.max(*begin), stretch.end.min(end));
            if first < last {
                let position = |at: usize| passage.text.position(at - begin + inner);
                mark(passage.block, position(first)..position(last));
            }
        }
    }

    /// The printed character behind one of the stretch.
    pub(super) fn spot(&self, at: usize) -> Option<Spot> {
        self.home(at).map(|(passage, at)| Spot { block: passage.block, at: passage.text.position(at) })
    }

    /// True if a heading of level 1 or 2, or a part, begins at this character.
    pub(super) fn heading_at(&self, at: usize) -> bool {
        self.home(at).is_some_and(|(passage, inner)| inner == 0 && passage.level.is_some_and(|level| level <= 2))
    }

    /// Characters without line breaks as a text.
    pub(super) fn text(&self, from: usize, to: usize) -> String {
        self.chars.get(from..to).unwrap_or_default().iter().filter(|c| **c != '\n').collect()
    }

    fn home(&self, at: usize) -> Option<(&'p Passage<'p>, usize)> {
        let (begin, from, passage) = self.passages.iter().rfind(|(begin, ..)| *begin <= at)?;
        Some((passage, at - begin + from))
    }
}
