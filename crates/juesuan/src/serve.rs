//! `juesuan serve`: the window in the browser.

use std::path::PathBuf;

use anyhow::Result;
use juesuan_catalog::Catalog;
use juesuan_office::State;
use juesuan_serve::Options;

use crate::cli::Serve;
use crate::exit::Refused;
use crate::terminal;

/// Opens the window and keeps it open until somebody ends it.
pub fn run(options: &Serve, catalog: Catalog) -> Result<State> {
    let Some(folder) = options.data.clone().or_else(usual) else {
        return Err(Refused::error(State::Misuse, juesuan_serve::said::homeless()));
    };
    let browser = !options.no_browser;
    let options = Options { folder, port: options.port, catalog, browser };
    juesuan_serve::run(options, |said| terminal::say(said))?;
    Ok(State::Clean)
}

/// Where a user keeps the data of programs.
fn usual() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let below = if cfg!(target_os = "macos") { "Library/Application Support" } else { ".local/share" };
    let home = || variable("HOME").map(|home| home.join(below));
    let data = if cfg!(windows) { variable("LOCALAPPDATA") } else { variable("XDG_DATA_HOME").or_else(home) }?;
    Some(data.join("juesuan").join("desk"))
}
