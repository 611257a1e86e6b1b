//! `juesuan import`: from a workbook of the ministry's software into a department's folder.

use anyhow::Result;
use juesuan_catalog::Catalog;
use juesuan_office::{Error, State, prepare};

use crate::cli::Import;
use crate::terminal;

/// Fills the folder and names what could not be placed.
pub fn run(options: &Import, catalog: &Catalog) -> Result<State> {
    match prepare::import(&options.workbook, &options.folder, catalog) {
        Ok((imported, state)) => {
            terminal::problems(&imported.problems);
            if !imported.aside.is_empty() {
                let titles: Vec<&str> = imported.aside.iter().map(|aside| aside.said.as_str()).collect();
                terminal::say(format!("公开表用不到，没有装入　{}", titles.join("、")));
            }
            for path in imported.files.keys() {
                terminal::say(format!("写入　{}", options.folder.join(path).display()));
            }
            Ok(state)
        }
        Err(Error::Inputs(problems)) => {
            terminal::problems(&problems);
            terminal::warn("没有写入任何文件。");
            Ok(State::Unread)
        }
        Err(error) => Err(error.into()),
    }
}
