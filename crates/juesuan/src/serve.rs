//! `juesuan serve`: the window in the browser.

use anyhow::Result;
use juesuan_catalog::Catalog;
use juesuan_office::State;
use juesuan_serve::{Options, said, usual_folder};

use crate::cli::Serve;
use crate::exit::Refused;
use crate::terminal;

/// Opens the window and keeps it open until somebody ends it.
pub fn run(options: &Serve, catalog: Catalog) -> Result<State> {
    let Some(folder) = options.data.clone().or_else(usual_folder) else {
        return Err(Refused::error(State::Misuse, said::homeless()));
    };
    let browser = !options.no_browser;
    let options = Options { folder, port: options.port, catalog, browser };
    juesuan_serve::run(options, |line| terminal::say(line))?;
    Ok(State::Clean)
}
