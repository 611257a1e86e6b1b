//! The process that interprets: one question, one file, one answer.

use std::io::{self, ErrorKind};
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::sync::Arc;

use juesuan_read::FILE_BYTES_MAX;
use juesuan_read::interpreter::Question;

use super::{ARGUMENT, limits, wire};

/// Most bytes of a question.
const QUESTION_BYTES_MAX: u64 = 1 << 16;

/// Answers a question about a PDF, if that is what this program was started for; then it has to end with this code. Every
/// program whose [`super::Program`] is used calls it first.
pub fn served() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    let is_asked = arguments.next().is_some_and(|first| first == ARGUMENT) && arguments.next().is_none();
    is_asked.then(|| if serve().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Reads question and file from the standard input, and writes the messages of the answer to the standard output.
fn serve() -> io::Result<()> {
    limits::set();
    let mut source = io::stdin().lock();
    let bytes = wire::read(&mut source, QUESTION_BYTES_MAX)?;
    let file = wire::read(&mut source, FILE_BYTES_MAX)?;
    // Who asked counts what comes; this side only has to stop when nobody is there any more.
    let question = Question { bytes, answer_bytes_max: usize::MAX };
    let mut sink = io::stdout().lock();
    let mut written = Ok(());
    let interpreter = juesuan_read::pdf::in_thread();
    let answered = interpreter.ask(&question, &Arc::new(file), &mut |message| {
        written = wire::write(&mut sink, message);
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    written?;
    answered.map_err(|_| io::Error::from(ErrorKind::Other))?;
    wire::write(&mut sink, &[])
}
