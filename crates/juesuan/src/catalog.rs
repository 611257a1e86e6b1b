//! `juesuan catalog check`: whether a bureau's own catalogue is sound.

use std::path::{Path, PathBuf};

use anyhow::Result;
use juesuan_office::sound::Counts;
use juesuan_office::{State, sound};

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
    match sound(&folders) {
        Ok(counts) => {
            terminal::say(said(counts));
            Ok(State::Clean)
        }
        Err(problems) => {
            for problem in &problems {
                terminal::say(format!("{problem}"));
            }
            terminal::say(format!("目录有 {} 处差错", problems.len()));
            Ok(State::Errors)
        }
    }
}

fn said(counts: Counts) -> String {
    let Counts { rules, examples, variants, codes, inputs, words, indicators } = counts;
    format!(
        "目录没有差错：{rules} 条规则，{examples} 个例子都与所写的相符；{variants} 个版式，{codes} 个科目，{inputs} 种输入文件，{words} 条正文词汇，{indicators} 个常用绩效指标"
    )
}
