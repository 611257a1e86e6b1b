//! How a run ends, for whoever has to act on it.

/// How a run ended; the graver of two is the greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// No error stands, and everything was read.
    #[default]
    Clean,
    /// Errors stand: not publishable.
    Errors,
    /// The input has faults, or something could not be read.
    Unread,
    /// What was asked for cannot be done as it was asked.
    Misuse,
    /// The machine failed: disk, rights.
    Machine,
}
