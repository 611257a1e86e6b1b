//! `juesuan notices`: the licences of what is compiled into the program, so that the program alone carries them.

use juesuan_office::State;

use crate::terminal;

/// What `scripts/notices.py` makes of Cargo.lock.
const NOTICES: &str = include_str!("../../../THIRD-PARTY-NOTICES");

/// Prints them.
pub fn run() -> State {
    terminal::put(NOTICES.as_bytes());
    State::Clean
}
