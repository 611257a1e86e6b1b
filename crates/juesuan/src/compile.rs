//! `juesuan compile`: a folder to the whole package in every format, checked.

use anyhow::Result;
use juesuan_catalog::Catalog;
use juesuan_compile::{Elimination, Tail, accounts};

use crate::cli::Compile;
use crate::exit::Exit;
use crate::folder::refuse_inside;
use crate::issue::{Target, issues, publish, said};
use crate::terminal;

/// Compiles, checks, writes.
pub fn run(options: &Compile, catalog: &Catalog) -> Result<Exit> {
    refuse_inside(&options.out, &options.folder)?;
    let progress = terminal::progress();
    progress.set_message("读取输入");
    let tail = if options.close_tail { Tail::Close } else { Tail::Keep };
    let made = match accounts(&options.folder, catalog, tail) {
        Ok(made) => made,
        Err(problems) => {
            progress.finish_and_clear();
            terminal::problems(&problems);
            terminal::warn("没有编制：请先改正以上输入错误。输出文件夹没有改动。");
            return Ok(Exit::Unread);
        }
    };
    terminal::problems(&made.problems);
    if !made.reading.is_empty() {
        terminal::say(&made.reading);
    }
    for elimination in &made.eliminations {
        terminal::say(eliminated(elimination));
    }
    progress.set_message("核对");
    let issues = issues(&made, catalog);
    progress.suspend(|| issues.iter().for_each(said));
    let target = Target {
        filing: &made.filing,
        inputs: &made.digests,
        out: &options.out,
        formats: &options.formats,
        fonts: &options.fonts,
    };
    let published = publish(issues, target, catalog, &progress)?;
    if !made.problems.is_empty() {
        terminal::say(format!("输入有 {} 处要核实，见前面各行。", made.problems.len()));
    }
    published.said();
    Ok(published.exit)
}

fn eliminated(elimination: &Elimination) -> String {
    format!("抵销　{} → {}　{}　{} 元", elimination.payer, elimination.receiver, elimination.kind, elimination.amount)
}
