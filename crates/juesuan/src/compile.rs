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
use juesuan_office::{Draft, Error, Faces, State, Target, compile, publish_list};
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
        Err(Error::Stopped(stopped)) => return put_off(&stopped, options, catalog),
        Err(Error::Inputs(problems)) => return put_off(&problems.into(), options, catalog),
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
    if list::is_left(&Disk::new(&options.out), &Asked::of(made), catalog) {
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
