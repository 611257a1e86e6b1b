//! A sentence that its paragraph leaves open, and the paragraph that goes on with it.

use juesuan_catalog::WordKind;
use juesuan_text::Text;

use super::Recognized;
use super::sentence::Reader;
use super::state::Mode;
use super::token::{Piece, Token};

impl Reader<'_> {
    /// True if a paragraph goes on with what the one before said: that ended in ；, or this begins with 其中. One with a number of its
    /// own begins again.
    pub(super) fn goes_on(&self, tokens: &[Token<'_>]) -> bool {
        match tokens.first().map(|token| &token.piece) {
            Some(Piece::Word(word)) if word.entry.kind == WordKind::Part && word.entry.means.is_empty() => {
                !self.state.part_open
            }
            Some(Piece::Ordinal) | None => false,
            Some(_) => self.state.open,
        }
    }

    /// Behind ；, wherever it stands.
    pub(super) fn end_of_item(&mut self, flow: &Text<'_>, at: usize, out: &mut Recognized) {
        self.end_of_absence(flow, at, out);
        self.state.clause();
        self.state.several.clear();
        self.state.named_here = false;
        self.state.end_aside();
        if self.state.heads.iter().filter(|head| !head.lasting).count() > 1 {
            self.state.heads.pop();
        }
    }

    /// The end of a paragraph: that of its sentence too, unless it ends in ；.
    pub(super) fn end_of_paragraph(&mut self, tokens: &[Token<'_>], flow: &Text<'_>, out: &mut Recognized) {
        let end = flow.chars().len();
        self.close();
        let open = matches!(tokens.last().map(|token| &token.piece), Some(Piece::Mark('；')));
        match self.state.mode {
            Mode::Cause(start) if open => {
                self.cause(flow, start, end, out);
                self.state.mode = Mode::Statement;
                self.end_of_item(flow, end, out);
            }
            Mode::Statement | Mode::Purpose if open => {}
            _ => self.end_of_sentence(flow, end, out),
        }
        self.end_of_list(flow, out);
        self.state.open = open;
    }
}
