//! The bulletin of the tasks of a quarter.

use anyhow::Result;
use juesuan_catalog::Catalog;
use juesuan_compose::bulletin::Quarter;
use juesuan_office::State;
use juesuan_office::evaluate::bulletin;
use juesuan_read::Disk;
use juesuan_text::Day;

use super::{problems, refused, wanted};
use crate::cli::Evaluate;
use crate::output::{MadeFrom, write};
use crate::terminal;

/// Says the bulletin, and writes it if an output folder was named.
pub fn run(options: &Evaluate, quarter: Quarter, date: Day, catalog: &Catalog) -> Result<State> {
    let number = options.number.as_deref().unwrap_or_default();
    let folder = Disk::new(&options.folder);
    let told = match terminal::watched(|job| bulletin(&folder, (quarter, date), number, catalog, job)) {
        Ok(told) => told,
        Err(error) => return refused(error, ""),
    };
    problems(&told.problems);
    terminal::problems(&told.bulletin.problems);
    told.lines.iter().for_each(terminal::say);
    let Some(out) = &options.out else { return Ok(told.state) };
    let from = MadeFrom { folder: &options.folder, filing: &told.filing, inputs: &told.digests };
    Ok(told.state.max(write(vec![told.issue], from, wanted(options, out), catalog)?.state))
}
