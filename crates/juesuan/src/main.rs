//! The command line of juesuan: one file a command.
//!
//! - [`cli`] what people type, [`usage`] what they are told if it is wrong, [`exit`] how a run ends
//! - [`compile`] a folder to the whole package; [`evaluate`] its performance; [`indicators`] to choose from
//! - [`output`] checked packages to an output folder
//! - [`check`] findings of documents of any kind, [`read`] what was recognised of them
//! - `batch` many documents to an archive
//! - `serve` the window in the browser
//! - `copies` all that the window keeps, copied and brought back
//! - `query` questions to an archive of checked documents, and their ranking
//! - [`verify`] is it still what was approved
//! - [`new`] a folder to fill in, [`import`] from the ministry's workbook
//! - [`codes`] classification, [`rules`] rules and reference pages, [`notices`] licences of what is compiled in
//! - [`terminal`] what people see, [`columns`] in columns; [`panics`] what they see of a fault of the program itself

#[cfg(feature = "archive")]
mod batch;
mod catalog;
mod check;
mod cli;
mod codes;
mod columns;
mod compile;
#[cfg(feature = "serve")]
mod copies;
mod evaluate;
mod exit;
mod import;
mod indicators;
mod new;
mod notices;
mod output;
mod panics;
#[cfg(feature = "query")]
mod query;
mod read;
mod rules;
#[cfg(feature = "serve")]
mod serve;
mod terminal;
mod usage;
mod verify;

use std::process::ExitCode;

use clap::error::ErrorKind;
use juesuan_catalog::Catalog;
use juesuan_office::State;

use crate::cli::{Cli, Command};

fn main() -> ExitCode {
    if let Some(code) = juesuan_office::program::served() {
        return code;
    }
    exit::code(terminal::ended(panics::caught(whole)))
}

fn whole() -> State {
    let cli = match usage::parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() && error.kind() != ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            terminal::warn(usage::explained(&error));
            return State::Misuse;
        }
        Err(help) => {
            terminal::say(help.render().to_string().trim_end());
            return if help.use_stderr() { State::Misuse } else { State::Clean };
        }
    };
    run(&cli).unwrap_or_else(|error| {
        terminal::warn(format!("出错　{}", terminal::machine(&error)));
        exit::state(&error)
    })
}

fn run(cli: &Cli) -> anyhow::Result<State> {
    match &cli.command {
        Command::Verify(options) => return verify::run(options),
        #[cfg(feature = "serve")]
        Command::Backup(options) => return copies::backup(options),
        #[cfg(feature = "serve")]
        Command::Restore(options) => return copies::restore(options),
        Command::Catalog(command) => return catalog::run(command, &cli.catalog),
        Command::Notices => return Ok(notices::run()),
        _ => {}
    }
    let overlays: Vec<&std::path::Path> = cli.catalog.iter().map(AsRef::as_ref).collect();
    let catalog = match Catalog::load(&overlays) {
        Ok(catalog) => catalog,
        Err(problems) => {
            terminal::problems(&problems);
            return Ok(State::Unread);
        }
    };
    match &cli.command {
        Command::New(options) => new::run(options, &catalog),
        Command::Import(options) => import::run(options, &catalog),
        Command::Compile(options) => compile::run(options, &catalog),
        Command::Evaluate(options) => evaluate::run(options, &catalog),
        Command::Indicators(options) => indicators::run(options, &catalog),
        Command::Check(options) => check::run(options, &catalog),
        #[cfg(feature = "archive")]
        Command::Batch(options) => batch::run(options, cli, &catalog),
        #[cfg(feature = "archive")]
        Command::Worker(options) => batch::work(options, cli, &catalog),
        #[cfg(feature = "serve")]
        Command::Serve(options) => serve::run(options, catalog),
        #[cfg(feature = "query")]
        Command::Query(options) => query::run(options, &catalog),
        #[cfg(feature = "query")]
        Command::Rank(options) => query::ranked(options, &catalog),
        Command::Read(options) => read::run(options, &catalog),
        #[cfg(feature = "serve")]
        Command::Backup(options) => copies::backup(options),
        #[cfg(feature = "serve")]
        Command::Restore(options) => copies::restore(options),
        Command::Verify(options) => verify::run(options),
        Command::Catalog(command) => catalog::run(command, &cli.catalog),
        Command::Notices => Ok(notices::run()),
        Command::Codes(command) => codes::run(command, &catalog),
        Command::Rules => rules::list(&catalog),
        Command::Rule { code } => rules::explain(code, &catalog),
        Command::Reference { folder } => rules::reference(folder, &catalog),
    }
}
