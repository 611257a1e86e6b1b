//! `juesuan new`: a folder with commented examples and entry sheets.

use anyhow::Result;
use juesuan_catalog::Catalog;
use juesuan_inputs::scaffold::Answers;
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
    };
    let made = match prepare::new(&options.folder, &answers, catalog) {
        Ok(made) => made,
        Err(error @ Error::NoVariant { .. }) => {
            terminal::warn(error.to_string());
            return Ok(error.state());
        }
        Err(error) => return Err(error.into()),
    };
    for path in &made {
        terminal::say(format!("新建　{}", path.display()));
    }
    terminal::say(format!("新建 {} 个文件，已有的没有动。先看 {} 里的 README。", made.len(), options.folder.display()));
    Ok(State::Clean)
}
