//! The bulletin of the tasks of a quarter.

use anyhow::Result;
use juesuan_catalog::Catalog;
use juesuan_compile::inputs;
use juesuan_compile::inputs::Day;
use juesuan_compile::inputs::bulletin::{Quarter, bulletin, package, said};
use juesuan_model::Gravity;

use super::{internal, problems, target};
use crate::cli::Evaluate;
use crate::exit::Exit;
use crate::issue::publish;
use crate::terminal;

/// Says the bulletin, and writes it if an output folder was named.
pub fn run(options: &Evaluate, quarter: Quarter, date: Day, catalog: &Catalog) -> Result<Exit> {
    let progress = terminal::progress();
    progress.set_message("读取登记表");
    let read = match inputs::read(&options.folder, catalog) {
        Ok(read) => read,
        Err(problems) => {
            progress.finish_and_clear();
            terminal::problems(&problems);
            return Ok(Exit::Unread);
        }
    };
    let bulletin = bulletin(&read.records, catalog, quarter, date);
    progress.suspend(|| {
        problems(&read.problems);
        terminal::problems(&bulletin.problems);
        for line in said(&bulletin, &read.department, catalog) {
            terminal::say(line);
        }
    });
    let mut exit = Exit::Clean;
    if bulletin.tasks.is_none() || read.problems.iter().any(|problem| problem.gravity == Gravity::Fatal) {
        exit = Exit::Unread;
    }
    if let Some(out) = &options.out {
        let document = internal(String::new(), package(&bulletin, &read.department, catalog));
        let filing = read.department.filing();
        let made_from = target(options, out, (&filing, &read.digests));
        exit = exit.max(publish(vec![document], made_from, catalog, &progress)?.exit);
    }
    progress.finish_and_clear();
    Ok(exit)
}
