//! Who is told how far a batch is.

/// How far a batch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Sources are looked through: files that were found.
    Listing {
        /// How many.
        found: u64,
    },
    /// Documents are checked.
    Checking {
        /// Contents with a result, or that are tried no more.
        done: u64,
        /// Of how many.
        of: u64,
    },
    /// Rows are laid into parts.
    Laying {
        /// Documents whose rows were.
        done: usize,
        /// Of how many.
        of: usize,
    },
}

/// Somebody who is told how far a batch is, and who may call it off.
pub trait Watch {
    /// Is told. The run waits as long as this takes.
    fn progress(&self, progress: Progress);

    /// True once the run is to end with what it has.
    fn is_cancelled(&self) -> bool {
        false
    }
}

impl<F: Fn(Progress)> Watch for F {
    fn progress(&self, progress: Progress) {
        self(progress);
    }
}
