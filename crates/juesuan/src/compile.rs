//! `juesuan compile`: a folder to the whole package in every format, checked.

use std::collections::BTreeMap;

use anyhow::Result;
use juesuan_catalog::Catalog;
use juesuan_catalog::template::Lack;
use juesuan_compose::Tail;
use juesuan_inputs::Elimination;
use juesuan_office::folder::refuse_inside;
use juesuan_office::{Error, State, compile, list};
use juesuan_read::Disk;

use crate::cli::Compile;
use crate::exit::Refused;
use crate::output::{MadeFrom, Wanted, said, verdict, write};
use crate::terminal;

/// Compiles, checks, writes.
pub fn run(options: &Compile, catalog: &Catalog) -> Result<State> {
    refuse_inside(&options.out, &options.folder)?;
    let tail = if options.close_tail { Tail::Close } else { Tail::Keep };
    let compiled = match terminal::watched(|job| compile(&Disk::new(&options.folder), tail, catalog, job)) {
        Ok(compiled) => compiled,
        Err(Error::Inputs(problems)) => {
            terminal::problems(&problems);
            terminal::warn("没有编制：请先改正以上输入错误。输出文件夹没有改动。");
            return Ok(State::Unread);
        }
        Err(error) => return Err(error.into()),
    };
    let made = &compiled.accounts;
    terminal::problems(&made.problems);
    if !made.reading.is_empty() {
        terminal::say(&made.reading);
    }
    for elimination in &made.eliminations {
        terminal::say(eliminated(elimination));
    }
    if list::is_left(&Disk::new(&options.out), made, catalog) {
        return Err(Refused::error(State::Misuse, unmoved(options, catalog)));
    }
    said(&compiled.issues);
    let list = list::list(made, catalog)?;
    let (inputs, list) = (&made.digests, list.as_deref());
    let from = MadeFrom { folder: &options.folder, filing: &made.filing, inputs, list };
    let wanted = Wanted { out: &options.out, formats: &options.formats, fonts: &options.fonts };
    let published = write(compiled.issues, from, wanted, catalog)?;
    if !made.problems.is_empty() {
        terminal::say(format!("输入有 {} 处要核实，见前面各行。", made.problems.len()));
    }
    verdict(&published, made, catalog);
    if list.is_some() {
        terminal::say(format!(
            "缺的都在 {}：填好放进 {}，再编制一次。",
            options.out.join(&catalog.asks.file).display(),
            options.folder.display()
        ));
    }
    Ok(published.state)
}

/// What to do with a list that was filled in where it was written.
fn unmoved(options: &Compile, catalog: &Catalog) -> String {
    let words = BTreeMap::from([
        ("清单", options.out.join(&catalog.asks.file).display().to_string()),
        ("文件夹", options.folder.display().to_string()),
    ]);
    catalog.asks.read.moved.text(&words, Lack::Word("")).unwrap_or_default()
}

fn eliminated(elimination: &Elimination) -> String {
    format!("抵销　{} → {}　{}　{} 元", elimination.payer, elimination.receiver, elimination.kind, elimination.amount)
}
