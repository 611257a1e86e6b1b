//! Several workers, each a process of its own, watched by one that reads no document.
//!
//! Processes and not threads: a document that ends the program by a stack that overflows, by memory that the system takes back
//! or by a fault of a library ends one worker, whose documents are known and given back; time that ran out can be ended from
//! outside; and what a document has taken of memory is gone with the process. The price is a catalogue loaded once a process.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::archive::Archive;
use crate::error::{Error, Result, machine};
use crate::list::{Ending, List};
use crate::watch::{Progress, Watch};
use crate::worker::OUT_OF_TIME;

/// How often is looked who has ended.
const TICK: Duration = Duration::from_millis(50);
/// How often is told how far it is.
const TELL: Duration = Duration::from_millis(500);
/// Workers in a row that end sooner than this are not started for ever.
const SOON: Duration = Duration::from_secs(2);
/// How many of them.
const SOON_MAX: u32 = 20;

/// How a worker is started: a program that runs [`crate::Worker::run`] with the name that stands behind these arguments, and
/// ends when its input does.
#[derive(Clone, Debug)]
pub struct Hands {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// How many at once.
    pub count: usize,
}

/// One of them.
struct Hand {
    name: String,
    child: Child,
    since: Instant,
}

/// Works until there is no work, or the run is called off.
///
/// # Errors
/// A work list that fails, and workers that end as soon as they are started.
pub(crate) fn work(archive: &Archive, list: &mut List, hands: &Hands, watch: &dyn Watch) -> Result<()> {
    let key = archive.key();
    let mut crew = Crew { hands, all: Vec::new(), started: 0, soon: 0 };
    let mut told: Option<Instant> = None;
    loop {
        let standing = list.standing(&key)?;
        if told.is_none_or(|told| told.elapsed() > TELL) || !standing.is_open() {
            let done = standing.done + standing.poisoned;
            watch.progress(Progress::Checking { done, of: done + standing.waiting + standing.taken });
            told = Some(Instant::now());
        }
        if watch.is_cancelled() || !standing.is_open() {
            break;
        }
        let free = usize::try_from(standing.waiting + standing.taken).unwrap_or(usize::MAX);
        crew.fill(free.min(hands.count))?;
        thread::sleep(TICK);
        // Who calls a run off from the keyboard ends the workers too: that says nothing of what they had.
        if !watch.is_cancelled() {
            crew.release(list)?;
        }
    }
    crew.end(list, watch.is_cancelled())
}

struct Crew<'a> {
    hands: &'a Hands,
    all: Vec<Hand>,
    started: u64,
    /// Workers in a row that ended as soon as they were started.
    soon: u32,
}

impl Crew<'_> {
    /// Starts workers until there are so many.
    fn fill(&mut self, count: usize) -> Result<()> {
        while self.all.len() < count {
            let name = name(self.started);
            self.started += 1;
            let mut command = Command::new(&self.hands.program);
            // Its input is a pipe that nobody writes to: it ends with this process, however that ends.
            command.args(&self.hands.arguments).arg(&name).stdin(Stdio::piped()).stdout(Stdio::null());
            let child = command.spawn().map_err(machine("start", &self.hands.program))?;
            self.all.push(Hand { name, child, since: Instant::now() });
        }
        Ok(())
    }

    /// Gives back what those had taken who have ended.
    fn release(&mut self, list: &mut List) -> Result<()> {
        let mut still = Vec::new();
        for mut hand in std::mem::take(&mut self.all) {
            let failed = machine("start", &self.hands.program);
            let Some(status) = hand.child.try_wait().map_err(failed)? else {
                still.push(hand);
                continue;
            };
            let (ending, reason) = ending(status);
            let had = list.release(&hand.name, ending, reason)?;
            let by_itself = ending != Ending::Ended && status.code() != Some(OUT_OF_TIME);
            let is_soon = had == 0 && by_itself && hand.since.elapsed() < SOON;
            self.soon = if is_soon { self.soon + 1 } else { 0 };
        }
        self.all = still;
        if self.soon < SOON_MAX { Ok(()) } else { Err(Error::Workers) }
    }

    /// Lets those go who still run. Of a run that was called off nothing is said against what they had taken.
    fn end(&mut self, list: &mut List, is_cancelled: bool) -> Result<()> {
        for mut hand in std::mem::take(&mut self.all) {
            drop(hand.child.stdin.take());
            if is_cancelled {
                // It may be in the middle of a long document, which is begun anew the next time.
                let _ = hand.child.kill();
            }
            hand.child.wait().map_err(machine("start", &self.hands.program))?;
            list.release(&hand.name, Ending::CalledOff, "")?;
        }
        Ok(())
    }
}

impl Drop for Crew<'_> {
    fn drop(&mut self) {
        for hand in &mut self.all {
            let _ = hand.child.kill();
            let _ = hand.child.wait();
        }
    }
}

/// A name that no worker has or had: of its machine and process nobody needs to know.
fn name(number: u64) -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    format!("{}-{since}-{number}", std::process::id())
}

/// What the end of a worker says of the document that it had.
fn ending(status: ExitStatus) -> (Ending, &'static str) {
    if status.success() || status.code() == Some(OUT_OF_TIME) {
        return (Ending::CalledOff, "");
    }
    if was_ended(status) { (Ending::Ended, "ended") } else { (Ending::Crash, "crash") }
}

/// True for a process that did not end by itself.
#[cfg(unix)]
fn was_ended(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    /// SIGHUP, SIGINT, SIGQUIT, SIGKILL, SIGTERM.
    const FROM_OUTSIDE: [i32; 5] = [1, 2, 3, 9, 15];
    status.signal().is_some_and(|signal| FROM_OUTSIDE.contains(&signal))
}

/// Elsewhere a process that is ended has an exit code like others: a manager of tasks gives 1, the keyboard `STATUS_CONTROL_C_EXIT`.
#[cfg(not(unix))]
fn was_ended(status: ExitStatus) -> bool {
    const CONTROL_C: u32 = 0xc000_013a;
    status.code().is_some_and(|code| code == 1 || code.cast_unsigned() == CONTROL_C)
}
