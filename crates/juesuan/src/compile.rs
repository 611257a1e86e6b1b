//! `juesuan compile`: a folder to the whole package in every format, checked.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use juesuan_catalog::Catalog;
use juesuan_catalog::template::{Lack, Template};
use juesuan_compose::{Stopped, Tail};
use juesuan_facts::Filing;
use juesuan_inputs::Elimination;
use juesuan_office::folder::{put_file, refuse_inside};
use juesuan_office::list::{self, Asked, list_stopped};
use juesuan_office::manifest::MANIFEST;
use juesuan_office::{Draft, Error, Faces, Order, State, Target, compile, publish_list};
use juesuan_read::Disk;

use crate::cli::Compile;
use crate::exit::Refused;
use crate::output::{said, verdict, written};
use crate::terminal;

/// Most lines about what was read, and about what units paid each other.
const READ_TOLD: usize = 12;

/// Compiles, checks, writes.
pub fn run(options: &Compile, catalog: &Catalog) -> Result<State> {
    refuse_inside(&options.out, &options.folder)?;
    let tail = if options.close_tail { Tail::Close } else { Tail::Keep };
    let formats: Vec<juesuan_office::Format> = options.formats.iter().map(|format| (*format).into()).collect();
    let order = Order { tail, formats: &formats, fonts: &options.fonts };
    let folder = Disk::new(&options.folder);
    let draft = Draft::beside(&options.out)?;
    let made = match terminal::watched(|job| compile(&folder, &order, &draft, catalog, job)) {
        Ok(made) => made,
        Err(error) => {
            drop(draft);
            return match error {
                Error::Stopped(stopped) => put_off(&stopped, options, catalog),
                Error::Inputs(problems) => put_off(&problems.into(), options, catalog),
                error => Err(error.into()),
            };
        }
    };
    let accounts = &made.accounts;
    terminal::problems(&accounts.problems);
    terminal::grouped(&accounts.reading.lines().map(str::to_owned).collect::<Vec<String>>(), "", READ_TOLD);
    terminal::grouped(&accounts.eliminations.iter().map(eliminated).collect::<Vec<String>>(), "", READ_TOLD);
    if list::is_left(&Disk::new(&options.out), &Asked::of(accounts), catalog) {
        return Err(Refused::error(State::Misuse, unmoved(options, catalog)));
    }
    said(&made.published.found);
    draft.finish()?;
    written(&made.published, &made.faces, (&options.folder, &accounts.digests), &options.out);
    if !accounts.problems.is_empty() {
        terminal::say(format!("输入有 {} 处要核实，见前面各行。", accounts.problems.len()));
    }
    verdict(&made.published, accounts, catalog);
    if made.is_listed {
        terminal::say(format!(
            "缺的都在 {}：填好放进 {}，再编制一次。",
            options.out.join(&catalog.asks.file).display(),
            options.folder.display()
        ));
    }
    Ok(made.published.state)
}

/// Says what is wrong with the inputs, and writes the list of what is missing all the same: people see everything at once. Documents
/// of an earlier run stay as they are; then the list lies beside them.
fn put_off(stopped: &Stopped, options: &Compile, catalog: &Catalog) -> Result<State> {
    terminal::problems(&stopped.problems);
    let words = &catalog.asks.read;
    let untouched = || terminal::warn(format!("{}{}", words.faults, words.untouched));
    let Some(bytes) = list_stopped(stopped, catalog)? else {
        untouched();
        return Ok(State::Unread);
    };
    let file = catalog.asks.file.as_str();
    if list::is_left(&Disk::new(&options.out), &Asked::of_stopped(stopped), catalog) {
        untouched();
        terminal::warn(unmoved(options, catalog));
        return Ok(State::Unread);
    }
    let path = if holds_documents(&options.out, file) {
        let mut name = options.out.file_name().unwrap_or_default().to_os_string();
        name.push("-");
        name.push(file);
        let path = options.out.with_file_name(name);
        put_file(&path, &bytes)?;
        untouched();
        path
    } else {
        let filing = Filing::default();
        let (inputs, faces) = (BTreeMap::new(), Faces::find(&[], &[]));
        let target = Target { filing: &filing, inputs: &inputs, list: Some(&bytes), formats: &[], faces: &faces };
        let draft = Draft::beside(&options.out)?;
        publish_list(&target, &draft, catalog)?;
        draft.finish()?;
        terminal::warn(&words.faults);
        options.out.join(file)
    };
    terminal::warn(placed(&words.stopped, &path, options));
    Ok(State::Unread)
}

/// True if there is more in an output than a list.
fn holds_documents(out: &Path, list: &str) -> bool {
    let others = |name: &std::ffi::OsStr| name != list && name != MANIFEST;
    std::fs::read_dir(out).is_ok_and(|mut all| all.any(|entry| entry.is_ok_and(|entry| others(&entry.file_name()))))
}

/// What to do with a list that was filled in where it was written.
fn unmoved(options: &Compile, catalog: &Catalog) -> String {
    placed(&catalog.asks.read.moved, &options.out.join(&catalog.asks.file), options)
}

fn placed(template: &Template, list: &Path, options: &Compile) -> String {
    let words =
        BTreeMap::from([("清单", list.display().to_string()), ("文件夹", options.folder.display().to_string())]);
    template.text(&words, Lack::Word("")).unwrap_or_default()
}

fn eliminated(elimination: &Elimination) -> String {
    format!("抵销　{} → {}　{}　{} 元", elimination.payer, elimination.receiver, elimination.kind, elimination.amount)
}
