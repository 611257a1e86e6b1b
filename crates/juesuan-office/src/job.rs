//! A run that somebody watches and may call off.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use juesuan_model::{PictureDigest, Place};
use juesuan_read::{Means, Picture, Piece, Shown, Sight};

use crate::error::Error;
use crate::state::State;

/// What a run is busy with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Reading documents of earlier years.
    ReadingPrior,
    /// Reading files and recognising what stands in them.
    Reading,
    /// Holding figures against each other.
    Checking,
    /// Making the files of an output.
    Writing,
}

/// How far a phase has come. A phase begins with `done` 0 and ends with `done` = `of`; `done` only grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The phase.
    pub phase: Phase,
    /// Documents, packages or files done.
    pub done: usize,
    /// Of how many; `None` while nobody can say, because folders and archives are still being looked through.
    pub of: Option<usize>,
}

/// Somebody who is told how far a run has come, from whichever thread comes along.
pub trait Watch: Sync {
    /// Is told. The run waits as long as this takes.
    fn progress(&self, progress: Progress);

    /// Is told that a picture is about to be read: its file, and its page where there are pages.
    fn picture(&self, _file: &str, _page: Option<u32>) {}

    /// Is told of a document that was checked by itself: its file, how it stands, and how many errors it has. What is found beside
    /// other documents comes later.
    fn document(&self, _file: &str, _state: State, _errors: usize) {}
}

impl<F: Fn(Progress) + Sync> Watch for F {
    fn progress(&self, progress: Progress) {
        self(progress);
    }
}

/// Calls a run off, from any thread. Clones are the same token.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks every run with this token to end; each does at its next document, package or phase.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// True once the run was called off.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Who watches a run, what calls it off, and what it reads documents with; by default nobody, nothing, and [`Means::default`].
#[derive(Clone, Copy, Default)]
pub struct Job<'a> {
    watch: Option<&'a dyn Watch>,
    cancel: Option<&'a Cancel>,
    means: Option<&'a Means>,
}

impl<'a> Job<'a> {
    /// A run that `watch` is told of.
    pub fn watched(watch: &'a dyn Watch) -> Job<'a> {
        Job { watch: Some(watch), ..Job::default() }
    }

    /// The same run, which `cancel` calls off.
    pub fn with_cancel(self, cancel: &'a Cancel) -> Job<'a> {
        Job { cancel: Some(cancel), ..self }
    }

    /// The same run, with documents read by these means. Who reads files of strangers gives it [`crate::means::usual`].
    pub fn with_means(self, means: &'a Means) -> Job<'a> {
        Job { means: Some(means), ..self }
    }

    /// The same run, which nothing calls off any more.
    pub(crate) fn uncancelled(self) -> Job<'a> {
        Job { cancel: None, ..self }
    }

    /// What documents are read with. Pictures are not begun any more once the run was called off: whoever reads with it looks afterwards
    /// whether it was ([`Job::go_on`]).
    pub(crate) fn means(self) -> Means {
        self.means_seen(&Pulse::default())
    }

    /// The same, which says in `pulse` which picture is read.
    pub(crate) fn means_seen(self, pulse: &Pulse) -> Means {
        let means = self.means.cloned().unwrap_or_default();
        if means.sight.version().is_empty() {
            return means;
        }
        let (cancel, pulse) = (self.cancel.cloned().unwrap_or_default(), pulse.clone());
        Means { sight: Arc::new(Watched { inner: means.sight, cancel, pulse }), ..means }
    }

    /// Tells which picture is read, if there is one that nobody was told of.
    pub(crate) fn beat(self, pulse: &Pulse) {
        let told = pulse.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let (Some(watch), Some(place)) = (self.watch, told) {
            watch.picture(place.file.as_deref().unwrap_or_default(), place.page);
        }
    }

    /// An error once the run was called off.
    pub(crate) fn go_on(self) -> Result<(), Error> {
        if self.cancel.is_some_and(Cancel::is_cancelled) { Err(Error::Cancelled) } else { Ok(()) }
    }

    /// Begins a phase of so many steps.
    pub(crate) fn phase(self, phase: Phase, of: Option<usize>) -> Result<Steps<'a>, Error> {
        self.go_on()?;
        self.tell(Progress { phase, done: 0, of });
        Ok(Steps { job: self, phase, of, done: Mutex::new(0) })
    }

    /// A document was checked by itself.
    pub(crate) fn document(self, file: &str, state: State, errors: usize) {
        if let Some(watch) = self.watch {
            watch.document(file, state, errors);
        }
    }

    fn tell(self, progress: Progress) {
        if let Some(watch) = self.watch {
            watch.progress(progress);
        }
    }
}

/// Which picture is read, from whichever thread it is; a clone is the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pulse(Arc<Mutex<Option<Place>>>);

/// Reads pictures as another one, until the run is called off.
struct Watched {
    inner: Arc<dyn Sight>,
    cancel: Cancel,
    pulse: Pulse,
}

impl Sight for Watched {
    fn look(&self, picture: &Picture) -> Vec<Piece> {
        if self.cancel.is_cancelled() {
            return Vec::new();
        }
        *self.pulse.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(picture.place.clone());
        self.inner.look(picture)
    }

    fn wants(&self, picture: &Picture) -> bool {
        !self.cancel.is_cancelled() && self.inner.wants(picture)
    }

    fn is_barred(&self, picture: &Picture) -> bool {
        self.inner.is_barred(picture)
    }

    fn correct(&self, picture: &PictureDigest, pieces: &mut [Piece]) {
        self.inner.correct(picture, pieces);
    }

    fn dots(&self, shown: &Shown) -> u64 {
        self.inner.dots(shown)
    }

    fn version(&self) -> String {
        self.inner.version()
    }
}

/// The steps of a phase, counted in whichever thread they are done.
pub(crate) struct Steps<'a> {
    job: Job<'a>,
    phase: Phase,
    of: Option<usize>,
    done: Mutex<usize>,
}

impl Steps<'_> {
    /// One more is done; an error if the run was called off.
    pub(crate) fn done(&self) -> Result<(), Error> {
        self.job.go_on()?;
        // Told within the lock: counts arrive in their order.
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        *done += 1;
        self.job.tell(Progress { phase: self.phase, done: *done, of: self.of });
        Ok(())
    }

    /// The phase is over, and what nobody could say is known.
    pub(crate) fn end(self) {
        let done = self.done.into_inner().unwrap_or_else(PoisonError::into_inner);
        if self.of.is_none() {
            self.job.tell(Progress { phase: self.phase, done, of: Some(done) });
        }
    }
}
