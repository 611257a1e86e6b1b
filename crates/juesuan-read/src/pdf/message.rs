//! What goes to the interpreter and comes from it, and its form on the way.

use std::ops::ControlFlow;
use std::sync::Arc;

use juesuan_model::{PageSize, Seen};
use serde::{Deserialize, Serialize};

use super::notes::Notes;
use crate::grid::Grid;
use crate::interpreter::{Interpreter, Lost, MESSAGE_BYTES_MAX, Question};
use crate::pages::Beside;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Task {
    /// Every page: [`Message::Opened`], then a [`Message::Page`] each; or [`Message::Refused`].
    Read,
    /// The dots of what a page draws as its n-th picture, counted from 0: [`Message::Size`], then its [`Message::Rows`].
    Picture { page: u32, number: usize },
    /// These pages, from 1, as pictures of so many dots an inch, and of so many bytes together: a [`Message::Drawn`] each.
    #[cfg(feature = "pictures")]
    Draw { pages: Vec<u32>, dpi: u16, bytes_max: usize },
}

/// A part of an answer.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Message {
    /// The document can be read and has so many pages, of these sizes as far as they are read.
    Opened { pages: u32, sizes: Vec<PageSize> },
    /// It cannot be read.
    Refused(Refusal),
    /// What stands on a page, in reading order, and what was not read of it. Of a page that is told again the last counts.
    Page { number: u32, pieces: Vec<Found>, notes: Box<Notes> },
    /// Width and height of a picture in dots.
    Size { width: u32, height: u32 },
    /// Red, green and blue of its next dots.
    Rows(Vec<u8>),
    /// The next page as a PNG, or why there is none.
    #[cfg(feature = "pictures")]
    Drawn { png: Result<Vec<u8>, super::draw::Undrawn> },
}

/// Why a document cannot be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Refusal {
    /// It asks for a password.
    Encrypted,
    /// It is no PDF, or damaged beyond repair.
    Invalid,
}

/// One thing on a page, with its left, top, right and bottom in points.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Found {
    /// A line of text, as [`crate::pages::PageLine`].
    Line { text: String, bounds: [i32; 4], edges: Vec<i32>, size: u16, seen: Seen, beside: Vec<Beside> },
    /// A table.
    Grid(Grid),
    /// What the page draws as its n-th picture, and how many percent of the page it covers.
    Picture { bounds: [i32; 4], cover: u8, number: usize },
}

/// A task or message as bytes.
pub(super) fn packed(said: &impl Serialize) -> postcard::Result<Vec<u8>> {
    postcard::to_extend(said, Vec::new())
}

/// Asks `interpreter` about `file`; `take` gets what it answers, at most so many bytes.
///
/// # Errors
/// Why the answer has no end.
pub(super) fn ask(
    interpreter: &dyn Interpreter,
    task: &Task,
    answer_bytes_max: usize,
    file: &Arc<Vec<u8>>,
    mut take: impl FnMut(Message),
) -> Result<(), Lost> {
    let question = Question { bytes: packed(task).map_err(|_| Lost::Start)?, answer_bytes_max };
    let mut left = answer_bytes_max;
    let mut refused = None;
    let ended = interpreter.ask(&question, file, &mut |bytes| {
        let fits = left.checked_sub(bytes.len()).filter(|_| bytes.len() <= MESSAGE_BYTES_MAX);
        let read = fits.ok_or(Lost::Size).and_then(|rest| {
            left = rest;
            postcard::from_bytes(bytes).map_err(|_| Lost::Broken)
        });
        match read {
            Ok(message) => {
                take(message);
                ControlFlow::Continue(())
            }
            Err(lost) => {
                refused = Some(lost);
                ControlFlow::Break(())
            }
        }
    });
    refused.map_or(ended, Err)
}
