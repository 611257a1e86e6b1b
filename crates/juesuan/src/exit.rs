//! Exit codes. Documented in the help text and in `docs/`.

use std::process::ExitCode;

use juesuan_office::State;

/// The exit code of a run that ended so.
pub fn code(state: State) -> ExitCode {
    ExitCode::from(match state {
        State::Clean => 0,
        State::Errors => 1,
        State::Unread => 2,
        State::Misuse => 3,
        State::Machine => 4,
    })
}

/// How a run ends that ends with this error.
pub fn state(error: &anyhow::Error) -> State {
    if let Some(refused) = error.downcast_ref::<Refused>() {
        return refused.state;
    }
    error.downcast_ref::<juesuan_office::Error>().map_or(State::Machine, juesuan_office::Error::state)
}

/// A command that was not carried out for a reason that is no fault of the machine.
#[derive(Debug)]
pub struct Refused {
    state: State,
    message: String,
}

impl Refused {
    /// A refusal with what to do, for people.
    pub fn error(state: State, message: impl Into<String>) -> anyhow::Error {
        anyhow::Error::new(Refused { state, message: message.into() })
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refused {}
