//! The side of who reads: one process for one question.

use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use juesuan_read::Interpreter;
use juesuan_read::interpreter::{Lost, MESSAGE_BYTES_MAX, Question, Take};

use super::{Program, wire};

/// Messages that wait to be taken before the process waits too.
const WAITING: usize = 4;
/// Stack of the threads that only move bytes.
const STACK_BYTES: usize = 256 << 10;
/// Time in which a process is gone that has closed its output.
#[cfg(unix)]
const END_TIME: Duration = Duration::from_secs(1);

impl Interpreter for Program {
    fn ask(&self, question: &Question, file: &Arc<Vec<u8>>, take: Take<'_>) -> Result<(), Lost> {
        let mut process = Process(self.start().map_err(|_| Lost::Start)?);
        let (Some(mut sink), Some(mut source)) = (process.0.stdin.take(), process.0.stdout.take()) else {
            return Err(Lost::Start);
        };
        // Both in threads of their own: a process that does not read, or does not answer, is ended all the same.
        thread::scope(move |scope| {
            // Goes when this is over, and lets both threads go, whatever they wait for.
            let mut process = process;
            let (sender, receiver) = sync_channel(WAITING);
            let builder = || thread::Builder::new().stack_size(STACK_BYTES);
            let sending = builder().spawn_scoped(scope, move || {
                // What was not sent is not answered either: the end of the answer says so.
                let _ = wire::write(&mut sink, &question.bytes).and_then(|()| wire::write(&mut sink, file));
            });
            let receiving = builder().spawn_scoped(scope, move || receive(&mut source, &sender));
            match sending.and(receiving).map_err(|_| Lost::Start).and_then(|_| self.follow(&receiver, take)) {
                Err(Lost::Broken) if process.ran_out_of_time() => Err(Lost::Time),
                asked => asked,
            }
        })
    }
}

impl Program {
    fn start(&self) -> io::Result<Child> {
        let mut command = Command::new(&self.path);
        // Who calls the run off does not mean a file that is being read: the program ends it, or lets it end.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        // Nothing that it says to people is for people.
        command.args(&self.arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()
    }

    /// Hands on messages until the answer is whole, or the time is over.
    fn follow(&self, messages: &Receiver<io::Result<Vec<u8>>>, take: Take<'_>) -> Result<(), Lost> {
        let until = Instant::now() + self.answer;
        loop {
            let left = until.saturating_duration_since(Instant::now()).min(self.message);
            match messages.recv_timeout(left) {
                Ok(Ok(message)) if message.is_empty() => return Ok(()),
                Ok(Ok(message)) if take(&message).is_break() => return Ok(()),
                Ok(Ok(_)) => {}
                Ok(Err(error)) if error.kind() == io::ErrorKind::InvalidData => return Err(Lost::Size),
                Err(RecvTimeoutError::Timeout) => return Err(Lost::Time),
                Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => return Err(Lost::Broken),
            }
        }
    }
}

/// A process that is ended, and taken from the list of those that run, when nobody needs it any more.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Process {
    /// True if the system ended it, which has just fallen silent, because its time of the processor was over.
    #[cfg(unix)]
    fn ran_out_of_time(&mut self) -> bool {
        use std::os::unix::process::ExitStatusExt as _;
        let until = Instant::now() + END_TIME;
        while Instant::now() < until {
            if let Ok(Some(status)) = self.0.try_wait() {
                return status.signal() == Some(rustix::process::Signal::XCPU.as_raw());
            }
            thread::sleep(Duration::from_millis(1));
        }
        false
    }

    #[cfg(not(unix))]
    fn ran_out_of_time(&mut self) -> bool {
        false
    }
}

/// Reads messages until one says that it is the last, or nothing more comes.
fn receive(source: &mut dyn Read, sender: &SyncSender<io::Result<Vec<u8>>>) {
    loop {
        let message = wire::read(source, MESSAGE_BYTES_MAX as u64);
        let is_last = message.as_ref().map_or(true, Vec::is_empty);
        if sender.send(message).is_err() || is_last {
            return;
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::ops::ControlFlow;
    use std::path::PathBuf;

    use super::*;

    /// What is heard of a process that does this, and how it ends for who asked.
    fn asked(script: &str, file: usize) -> (Vec<Vec<u8>>, Result<(), Lost>) {
        let arguments = vec!["-c".to_owned(), script.to_owned()];
        let (answer, message) = (Duration::from_secs(20), Duration::from_secs(2));
        let program = Program { path: PathBuf::from("/bin/sh"), arguments, answer, message };
        let question = Question { bytes: vec![1], answer_bytes_max: 100 };
        let mut heard = Vec::new();
        let ended = program.ask(&question, &Arc::new(vec![0; file]), &mut |message| {
            heard.push(message.to_vec());
            if heard.len() < 1_000 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        (heard, ended)
    }

    /// A message of one byte.
    const SAY: &str = "printf '\\001\\000\\000\\000x';";

    #[test]
    fn whatever_becomes_of_the_process_is_told_and_what_it_said_before_is_kept() {
        let one = vec![b"x".to_vec()];
        let whole = format!("{SAY} printf '\\000\\000\\000\\000'; sleep 100");
        assert_eq!(asked(&whole, 9), (one.clone(), Ok(())), "nobody waits for it after its last word");
        assert_eq!(asked(&format!("{SAY} kill -KILL $$"), 9), (one.clone(), Err(Lost::Broken)));
        assert_eq!(asked(&format!("{SAY} kill -XCPU $$"), 9), (one.clone(), Err(Lost::Time)));
        assert_eq!(asked(&format!("{SAY} exit 0"), 9), (one.clone(), Err(Lost::Broken)), "without its last word");
        assert_eq!(asked(&format!("{SAY} printf '\\377\\377\\377\\377'"), 9), (one, Err(Lost::Size)));
    }

    #[test]
    fn a_process_that_neither_reads_nor_speaks_is_ended() {
        // More than a pipe holds: who asks would wait for ever.
        assert_eq!(asked("exec sleep 100", 1 << 20), (Vec::new(), Err(Lost::Time)));
    }

    #[test]
    fn a_process_that_never_stops_speaking_is_ended() {
        let (heard, ended) = asked(&format!("while :; do {SAY} done"), 9);
        assert_eq!((heard.len(), ended), (1_000, Ok(())));
    }

    #[test]
    fn what_cannot_be_started_is_told() {
        let program = Program { path: PathBuf::from("/nowhere"), ..Program::this() };
        let question = Question { bytes: Vec::new(), answer_bytes_max: 0 };
        let ended = program.ask(&question, &Arc::new(Vec::new()), &mut |_| ControlFlow::Continue(()));
        assert_eq!(ended, Err(Lost::Start));
    }
}
