//! The word that is being read, among its neighbours.

use juesuan_catalog::WordKind;
use juesuan_text::Text;

use super::token::{Piece, Token, is};

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

    /// True if the token behind is a word of this kind.
    pub fn is_before(&self, kind: WordKind) -> bool {
        self.next().is_some_and(|token| is(token, kind))
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
