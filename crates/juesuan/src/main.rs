//! The command line of juesuan: one file a command.
//!
//! - [`cli`] what people type, [`exit`] how a run ends
//! - [`compile`] a folder to the whole package, [`formats`] and [`pdf`] the package to files
//! - [`check`] findings of a package
//! - [`verify`] is it still what was approved; [`manifest`], [`folder`] what lies there
//! - [`new`] a folder to fill in, [`import`] from the ministry's workbook
//! - [`codes`] classification, [`rules`] rules and reference pages
//! - [`terminal`] what people see

mod check;
mod cli;
mod codes;
mod compile;
mod exit;
mod folder;
mod formats;
mod import;
mod manifest;
mod new;
mod pdf;
mod rules;
mod terminal;
mod verify;

use std::process::ExitCode;

use clap::Parser;
use juesuan_catalog::Catalog;

use crate::cli::{Cli, Command};
use crate::exit::Exit;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(help) => {
            let exit = if help.use_stderr() { Exit::Usage } else { Exit::Clean };
            return match help.print() {
                Ok(()) => ExitCode::from(exit as u8),
                Err(_) => ExitCode::from(Exit::Machine as u8),
            };
        }
    };
    let exit = run(&cli).unwrap_or_else(|error| {
        eprintln!("出错　{error:#}");
        Exit::Machine
    });
    ExitCode::from(exit as u8)
}

fn run(cli: &Cli) -> anyhow::Result<Exit> {
    if let Command::Verify(options) = &cli.command {
        return verify::run(options);
    }
    let overlays: Vec<&std::path::Path> = cli.catalog.iter().map(AsRef::as_ref).collect();
    let catalog = match Catalog::load(&overlays) {
        Ok(catalog) => catalog,
        Err(problems) => {
            terminal::problems(&problems);
            return Ok(Exit::Unread);
        }
    };
    match &cli.command {
        Command::New(options) => new::run(options, &catalog),
        Command::Import(options) => import::run(options, &catalog),
        Command::Compile(options) => compile::run(options, &catalog),
        Command::Check(options) => check::run(options, &catalog),
        Command::Verify(options) => verify::run(options),
        Command::Codes(command) => codes::run(command, &catalog),
        Command::Rules => rules::list(&catalog),
        Command::Rule { code } => rules::explain(code, &catalog),
        Command::Reference { folder } => rules::reference(folder, &catalog),
    }
}
