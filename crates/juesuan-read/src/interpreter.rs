//! Where the foreign interpreter of PDF runs: the door between who asks it and who keeps it apart.
//!
//! Both sides speak in messages of bytes: a [`Question`] goes in with the file, its answer comes out in order, a message as soon
//! as it is known, so that what was read before the interpreter was lost is kept. What the messages hold is known only to
//! [`crate::pdf`], at both ends.

use std::ops::ControlFlow;
use std::sync::Arc;

/// Most bytes of one message; a page of a report drawn at a hundred dots an inch has a fifth of a million.
pub const MESSAGE_BYTES_MAX: usize = 32 << 20;

/// What is asked of the interpreter, and how much it may answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The question itself, as [`crate::pdf::in_thread`] understands it.
    pub bytes: Vec<u8>,
    /// Most bytes of all messages of the answer together.
    pub answer_bytes_max: usize,
}

/// Takes the messages of an answer; a break says that no more are wanted.
pub type Take<'t> = &'t mut dyn FnMut(&[u8]) -> ControlFlow<()>;

/// Runs the interpreter on files of strangers. Whatever it does there must not reach who asked.
pub trait Interpreter: Send + Sync {
    /// Asks a question about a file; `take` gets each message of the answer in order, none longer than [`MESSAGE_BYTES_MAX`].
    ///
    /// # Errors
    /// Why the answer has no end. What was taken until then stands.
    fn ask(&self, question: &Question, file: &Arc<Vec<u8>>, take: Take<'_>) -> Result<(), Lost>;
}

/// Why an answer has no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// It could not be started.
    Start,
    /// It ran out of memory or stack, or stumbled over what no file should hold.
    Broken,
    /// It took longer than any document needs.
    Time,
    /// It answered more than any document holds.
    Size,
}
