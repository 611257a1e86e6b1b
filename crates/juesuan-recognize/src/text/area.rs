//! Whether a text tells both of an area (全县) and of its own government (县级): the words for them then say whose an amount is.

use juesuan_catalog::{LexiconWord, WordKind};
use juesuan_text::Text;

use super::lexicon::Words;
use super::path::Paths;
use super::sentence::Reader;
use super::token::{Piece, Token, cut};

impl Reader<'_> {
    /// 全县, 县级. In the text of a department what the whole area has is none of its amounts.
    pub(super) fn area(&mut self, entry: &LexiconWord) {
        let own = entry.means.first();
        if !self.entity.short.is_empty() && own.is_none() {
            self.close();
            self.state.gap = true;
        } else if self.of_areas {
            self.close();
            self.state.area = own.cloned();
            self.state.renamed = true;
        }
    }
}

/// True if sentences with amounts speak of the whole area, and others of its own government.
pub fn are_mixed<'a>(paragraphs: impl Iterator<Item = &'a Text<'a>>, words: &Words) -> bool {
    let (mut whole, mut own) = (false, false);
    for paragraph in paragraphs.filter(|paragraph| words.name_areas(paragraph.chars())) {
        let tokens = cut(paragraph, words, &Paths::default());
        for sentence in tokens.split(|token| matches!(token.piece, Piece::Mark('。'))) {
            let amount = |token: &Token<'_>| match &token.piece {
                Piece::Number(number) => number.unit().is_some_and(|unit| unit.fen().is_some()),
                _ => false,
            };
            if !sentence.iter().any(amount) {
                continue;
            }
            for token in sentence {
                if let Piece::Word(word) = &token.piece
                    && word.entry.kind == WordKind::Area
                {
                    whole |= word.entry.means.is_empty();
                    own |= !word.entry.means.is_empty();
                }
            }
        }
    }
    whole && own
}
