//! `juesuan new`: a folder with commented examples and entry sheets.

use anyhow::{Context, Result};
use juesuan_catalog::Catalog;
use juesuan_compile::scaffold::{Answers, scaffold};

use crate::cli::New;
use crate::exit::Exit;
use crate::terminal;

/// Makes the files that are not there yet.
pub fn run(options: &New, catalog: &Catalog) -> Result<Exit> {
    if !catalog.writable().any(|v| v.key == options.variant && v.since <= options.year) {
        let known: Vec<String> = catalog.writable().map(|v| format!("{}（{}）", v.key, v.name)).collect();
        terminal::warn(format!("没有模板“{}”。可选：{}", options.variant, known.join("、")));
        return Ok(Exit::Usage);
    }
    let answers = Answers {
        name: options.name.clone(),
        year: options.year,
        variant: options.variant.clone(),
        level: options.level.clone(),
        region: options.region.clone(),
    };
    let made =
        scaffold(&options.folder, catalog, &answers).with_context(|| format!("建不了 {}", options.folder.display()))?;
    for path in &made {
        terminal::say(format!("新建　{}", path.display()));
    }
    terminal::say(format!("新建 {} 个文件，已有的没有动。先看 {} 里的 README。", made.len(), options.folder.display()));
    Ok(Exit::Clean)
}
