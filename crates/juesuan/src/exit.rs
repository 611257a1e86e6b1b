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

/// A command that was not carried out for a reason that is no fault of the machine.
#[derive(Debug)]
pub struct Refused {
    /// How the run ends.
    pub exit: Exit,
    message: String,
}

impl Refused {
    /// A refusal with what to do, for people.
    pub fn error(exit: Exit, message: impl Into<String>) -> anyhow::Error {
        anyhow::Error::new(Refused { exit, message: message.into() })
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refused {}
