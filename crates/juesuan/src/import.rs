//! `juesuan import`: from a workbook of the ministry's software into a department's folder.

use anyhow::Result;
use juesuan_catalog::Catalog;

use crate::cli::Import;
use crate::exit::Exit;
use crate::terminal;

/// Fills the folder and names what could not be placed.
pub fn run(options: &Import, catalog: &Catalog) -> Result<Exit> {
    let imported = match juesuan_compile::import::import(&options.workbook, &options.folder, catalog) {
        Ok(imported) => imported,
        Err(problems) => {
            terminal::problems(&problems);
            terminal::warn("没有写入任何文件。");
            return Ok(Exit::Unread);
        }
    };
    terminal::problems(&imported.problems);
    for path in &imported.files {
        terminal::say(format!("写入　{}", path.display()));
    }
    Ok(if imported.problems.is_empty() { Exit::Clean } else { Exit::Unread })
}
