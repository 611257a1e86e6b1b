//! The interpreter in a thread of its own: for whoever has no program to keep it apart in, and inside such a program.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use super::answer::answer;
use super::message::packed;
use crate::interpreter::{Interpreter, Lost, Question, Take};

/// Stack of the thread, for files whose objects are nested deeply.
const STACK_BYTES: usize = 64 << 20;
/// Messages that wait to be taken before the thread waits too.
const WAITING: usize = 4;

/// The interpreter in a thread of this program. Panics and endless drawings are caught; nothing bounds the memory that a file
/// makes it use, and a failed allocation ends the program. Who reads files of strangers runs it in a process with limits.
pub fn in_thread() -> Arc<dyn Interpreter> {
    Arc::new(Thread)
}

struct Thread;

impl Interpreter for Thread {
    fn ask(&self, question: &Question, file: &Arc<Vec<u8>>, take: Take<'_>) -> Result<(), Lost> {
        let task = postcard::from_bytes(&question.bytes).map_err(|_| Lost::Start)?;
        let (file, (sender, receiver)) = (Arc::clone(file), sync_channel::<Vec<u8>>(WAITING));
        let run = move || {
            answer(&task, &file, &mut |message| {
                let sent = packed(&message).is_ok_and(|bytes| sender.send(bytes).is_ok());
                if sent { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
        };
        let thread = std::thread::Builder::new().name("pdf".to_owned()).stack_size(STACK_BYTES);
        let thread = thread.spawn(run).map_err(|_| Lost::Start)?;
        for message in receiver {
            if take(&message).is_break() {
                // The thread ends by itself when nobody takes its next message.
                return Ok(());
            }
        }
        thread.join().map_err(|_| Lost::Broken)
    }
}
