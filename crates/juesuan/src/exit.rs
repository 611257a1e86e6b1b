//! Exit codes. Documented in the help text and in `docs/`.

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// No error stands.
    Clean = 0,
    /// Errors stand: not publishable.
    Findings = 1,
    /// The input has faults, or something could not be read.
    Unread = 2,
    /// The command was not understood.
    Usage = 3,
    /// The machine failed: disk, rights.
    Machine = 4,
}
