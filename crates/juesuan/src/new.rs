//! `juesuan new`: a folder with the workbook to fill in.

use anyhow::Result;
use juesuan_catalog::Catalog;
use juesuan_inputs::scaffold::Answers;
use juesuan_office::prepare::Entry;
use juesuan_office::{Error, State, prepare};

use crate::cli::New;
use crate::terminal;

/// Makes the files that are not there yet.
pub fn run(options: &New, catalog: &Catalog) -> Result<State> {
    let answers = Answers {
        name: options.name.clone(),
        year: options.year,
        variant: options.variant.clone(),
        level: options.level.clone(),
        region: options.region.clone(),
        units: Vec::new(),
    };
    let entry = if options.sheets { Entry::Folder } else { Entry::Workbook };
    let made = match prepare::new(&options.folder, &answers, entry, catalog) {
        Ok(made) => made,
        Err(error @ (Error::NoVariant { .. } | Error::NoLevel { .. })) => {
            terminal::warn(error.to_string());
            return Ok(error.state());
        }
        Err(error) => return Err(error.into()),
    };
    for path in &made {
        terminal::say(format!("新建　{}", path.display()));
    }
    let first = if options.sheets { "README.md" } else { &catalog.entry.file };
    terminal::say(format!("新建 {} 个文件，已有的没有动。先看 {}。", made.len(), options.folder.join(first).display()));
    Ok(State::Clean)
}
