//! `juesuan import`: from a workbook of the ministry's software, or a picture of last year's accounts, into a department's folder.

use anyhow::Result;
use juesuan_catalog::Catalog;
use juesuan_inputs::import::Imported;
use juesuan_office::{Error, State, prepare};
use juesuan_read::file::{Content, PICTURE};

use crate::cli::Import;
use crate::terminal;

/// Fills the folder and names what could not be placed.
pub fn run(options: &Import, catalog: &Catalog) -> Result<State> {
    match imported(options, catalog) {
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

/// Pictures and scans are last year's accounts; anything else is a workbook.
fn imported(options: &Import, catalog: &Catalog) -> Result<(Imported, State), Error> {
    let name = options.workbook.display().to_string();
    let bytes = juesuan_read::file::bytes(&options.workbook, &name).unwrap_or_default();
    match juesuan_read::file::content(&name, &bytes) {
        Ok(Content::Pdf | Content::Foreign(PICTURE)) => {
            terminal::watched(|job| prepare::import_pictured((&name, &bytes), &options.folder, catalog, job))
        }
        _ => prepare::import(&options.workbook, &options.folder, catalog),
    }
}
