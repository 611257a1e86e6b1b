//! `juesuan codes`: look a code up, or load a bureau's full list.

use anyhow::Result;
use juesuan_catalog::{Catalog, Code};
use juesuan_office::{Error, State, prepare};

use crate::cli::{CodeTable, Codes};
use crate::terminal;

/// Runs one of the commands.
pub fn run(command: &Codes, catalog: &Catalog) -> Result<State> {
    match command {
        Codes::Show { code, year } => Ok(show(code, *year, catalog)),
        Codes::Import { file, into, kind } => {
            let kind = match kind {
                CodeTable::Function => prepare::Classification::Function,
                CodeTable::Economic => prepare::Classification::Economic,
            };
            let (target, count) = match prepare::import_codes(file, kind, into, catalog) {
                Ok(written) => written,
                Err(Error::Inputs(problems)) => {
                    terminal::problems(&problems);
                    return Ok(State::Unread);
                }
                Err(error) => return Err(error.into()),
            };
            terminal::say(format!(
                "装入 {count} 个科目，写在 {}。使用时加 --catalog {}",
                target.display(),
                into.display()
            ));
            Ok(State::Clean)
        }
    }
}

/// Most rows of a search by name.
const ROWS_MAX: usize = 40;

fn show(wanted: &str, year: Option<u16>, catalog: &Catalog) -> State {
    let wanted = wanted.trim();
    let valid = |row: &&Code| year.is_none_or(|year| row.valid_in(year));
    let both = [&catalog.functions, &catalog.economics].into_iter();
    let rows: Vec<&Code> = match wanted.bytes().all(|byte| byte.is_ascii_digit()) {
        true => both.flat_map(|codes| codes.rows(wanted)).filter(valid).collect(),
        // The words of the name in any order; a name that begins with them stands before others.
        false => both.flat_map(|codes| codes.search(wanted)).filter(valid).collect(),
    };
    for row in rows.iter().take(ROWS_MAX) {
        let bound = |year: Option<u16>| year.map_or_else(|| "　　".to_owned(), |y| y.to_string());
        terminal::say(format!(
            "{}　{}　{}　{}—{}　可信度 {:?}　来源 {}　{}",
            row.code,
            row.name,
            row.group,
            bound(row.valid_from),
            bound(row.valid_to),
            row.confidence,
            row.source,
            row.note
        ));
    }
    if rows.is_empty() {
        terminal::say(format!(
            "目录里没有 {wanted}。目录不是完整的官方表：查不到不说明这个编码不存在；可用 juesuan codes import 装入完整的科目表。"
        ));
        return State::Unread;
    }
    if let Some(more) = rows.len().checked_sub(ROWS_MAX).filter(|more| *more > 0) {
        terminal::say(format!("另有 {more} 个没有列出；请多写几个字，用空格隔开。"));
    }
    State::Clean
}
