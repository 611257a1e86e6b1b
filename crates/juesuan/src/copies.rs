//! `juesuan backup` and `juesuan restore`: all that the window keeps, copied and brought back; and whether it is whole.

use std::path::Path;

use anyhow::Result;
use juesuan_office::State;
use juesuan_serve::{copies, said};
use juesuan_store::Error;

use crate::cli::{Backup, Restore};
use crate::exit::Refused;
use crate::terminal;

/// Copies a data folder.
pub fn backup(options: &Backup) -> Result<State> {
    let manifest = copies::backup(&options.data, &options.to).map_err(refused)?;
    terminal::say(said::copied(&manifest, &options.to));
    Ok(State::Clean)
}

/// Brings a copy back.
pub fn restore(options: &Restore) -> Result<State> {
    let manifest = copies::restore(&options.from, &options.to).map_err(refused)?;
    terminal::say(said::restored(&manifest, &options.to));
    Ok(State::Clean)
}

/// Says whether a data folder is what was written; `None` where no window has kept anything there.
pub fn verified(folder: &Path) -> Result<Option<State>> {
    if !copies::is_data(folder) {
        return Ok(None);
    }
    let audit = copies::audit(folder).map_err(refused)?;
    terminal::say(said::found(&audit));
    Ok(Some(if audit.faults.is_empty() { State::Clean } else { State::Errors }))
}

/// An error of the store with the state in which the run ends.
fn refused(error: Error) -> anyhow::Error {
    let state = match &error {
        Error::Damaged(_) | Error::Chain(_) => State::Errors,
        Error::NotFound(_) | Error::Newer { .. } => State::Unread,
        Error::Exists(_) | Error::Refused(_) => State::Misuse,
        _ => State::Machine,
    };
    Refused::error(state, said::why(&error))
}
