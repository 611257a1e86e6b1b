//! Sentences that leave more open than anybody says in one: what they say from there on is unread up to their end.

use super::here::Here;
use super::sentence::Reader;
use super::state::Mode;
use super::token::{Piece, Token};
use super::{Recognized, Unknown};

/// Brackets inside each other; people write two.
const BRACKETS_MAX: usize = 16;

impl Reader<'_> {
    /// True from where the sentence has left too much open; it then keeps nothing of what it said.
    pub(super) fn is_beyond(&mut self) -> bool {
        if self.state.is_overfull() || self.brackets.len() > BRACKETS_MAX {
            self.close();
            self.brackets.clear();
            self.state.give_up();
        }
        self.state.mode == Mode::Beyond
    }

    /// Only the end of the sentence matters, and numbers that somebody may miss.
    pub(super) fn in_what_is_beyond(&mut self, token: &Token, here: Here<'_>, out: &mut Recognized) {
        match &token.piece {
            Piece::Mark('。') => self.end_of_sentence(here.flow, token.start, out),
            Piece::Number(number) if number.is_figure() && number.unit().is_some() => {
                self.leave(Unknown::Subject, here, out);
            }
            _ => {}
        }
    }
}
