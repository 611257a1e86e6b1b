//! The foreign interpreter of PDF in a process of its own: what a file can cost there is bounded by the system, and what
//! happens to it is a problem of that file.
//!
//! - `asked` the side of who reads: starts the process, sends the file, takes the answer, and ends the process when that
//!   takes too long
//! - `limits`, `serve` the side of the process: bounds itself, then answers
//! - `wire` how messages follow each other between the two

mod asked;
mod limits;
mod serve;
mod wire;

use std::path::PathBuf;
use std::time::Duration;

pub use serve::served;

/// First and only argument of a program that is to answer questions about a PDF.
const ARGUMENT: &str = "--interpret-pdf";
/// Time for a whole answer, on a machine that has much else to do: the time of the processor has a bound of its own.
const ANSWER_TIME: Duration = Duration::from_secs(300);
/// Time until the next message: a page of a real document takes some milliseconds.
const MESSAGE_TIME: Duration = Duration::from_secs(30);

/// A program that calls [`served`] when it begins, started anew for each question about a PDF.
#[derive(Clone, Debug)]
pub struct Program {
    path: PathBuf,
    arguments: Vec<String>,
    answer: Duration,
    message: Duration,
}

impl Program {
    /// The program that is running. Only for one that calls [`served`] before anything else. Where the system does not say
    /// which file that is, nothing can be started, and every PDF is a problem that says so.
    pub fn this() -> Program {
        // The link leads to the running program also after its file has been replaced by a newer one.
        let link = PathBuf::from("/proc/self/exe");
        let is_there = cfg!(target_os = "linux") && link.exists();
        let path = if is_there { link } else { std::env::current_exe().unwrap_or_default() };
        Program { path, arguments: vec![ARGUMENT.to_owned()], answer: ANSWER_TIME, message: MESSAGE_TIME }
    }
}
