//! `juesuan catalog check`: whether a bureau's own catalogue is sound.

use std::path::{Path, PathBuf};

use anyhow::Result;
use juesuan_catalog::{Catalog, Rule};
use juesuan_office::State;

use crate::cli;
use crate::terminal;

/// Runs one of the commands. The catalogue is not loaded before: its faults are what is asked for.
pub fn run(command: &cli::CatalogCommand, overlays: &[PathBuf]) -> Result<State> {
    let cli::CatalogCommand::Check { folder } = command;
    let folders: Vec<&Path> = overlays.iter().chain(folder).map(AsRef::as_ref).collect();
    let mut unread = false;
    for folder in &folders {
        if let Err(error) = std::fs::read_dir(folder) {
            let error = anyhow::Error::new(error).context(format!("读不了文件夹 {}", folder.display()));
            terminal::warn(terminal::machine(&error));
            unread = true;
        }
    }
    if unread {
        return Ok(State::Unread);
    }
    let problems = match Catalog::load(&folders) {
        Err(problems) => problems,
        Ok(catalog) => {
            let problems = juesuan_office::examples(&catalog);
            if problems.is_empty() {
                terminal::say(counts(&catalog));
                return Ok(State::Clean);
            }
            problems
        }
    };
    for problem in &problems {
        terminal::say(format!("{problem}"));
    }
    terminal::say(format!("目录有 {} 处差错", problems.len()));
    Ok(State::Errors)
}

/// What a sound catalogue has.
fn counts(catalog: &Catalog) -> String {
    let rules = catalog.rulebook.rules();
    let examples: usize = rules.iter().map(|rule| Rule::examples(rule).count()).sum();
    let mut variants: Vec<&str> = catalog.variants.iter().map(|variant| variant.key.as_str()).collect();
    variants.dedup();
    format!(
        "目录没有差错：{} 条规则，{examples} 个例子都与所写的相符；{} 个版式，{} 个科目，{} 种输入文件，{} 条正文词汇，{} 个常用绩效指标",
        catalog.rulebook.laws().len() + rules.len(),
        variants.len(),
        catalog.functions.len() + catalog.economics.len(),
        catalog.inputs.iter().count(),
        catalog.lexicon.word.len(),
        catalog.performance.library.iter().count()
    )
}
