//! `juesuan codes`: look a code up, or load a bureau's full list.

use std::fs;

use anyhow::{Context, Result};
use juesuan_catalog::Catalog;
use juesuan_compile::classification;

use crate::cli::{Classification, Codes};
use crate::exit::Exit;
use crate::terminal;

/// Runs one of the commands.
pub fn run(command: &Codes, catalog: &Catalog) -> Result<Exit> {
    match command {
        Codes::Show { code, year } => Ok(show(code, *year, catalog)),
        Codes::Import { file, into, kind } => {
            let (known, path) = match kind {
                Classification::Function => (&catalog.functions, "codes/function.tsv"),
                Classification::Economic => (&catalog.economics, "codes/economic.tsv"),
            };
            let (text, count) = match classification::import(file, known, catalog) {
                Ok(list) => list,
                Err(problems) => {
                    terminal::problems(&problems);
                    return Ok(Exit::Unread);
                }
            };
            let target = into.join(path);
            if let Some(folder) = target.parent() {
                fs::create_dir_all(folder).with_context(|| format!("建不了文件夹 {}", folder.display()))?;
            }
            fs::write(&target, text).with_context(|| format!("写不了 {}", target.display()))?;
            terminal::say(format!(
                "装入 {count} 个科目，写在 {}。使用时加 --catalog {}",
                target.display(),
                into.display()
            ));
            Ok(Exit::Clean)
        }
    }
}

fn show(code: &str, year: Option<u16>, catalog: &Catalog) -> Exit {
    let rows: Vec<_> = [&catalog.functions, &catalog.economics]
        .into_iter()
        .flat_map(|codes| codes.rows(code))
        .filter(|row| year.is_none_or(|year| row.valid_in(year)))
        .collect();
    for row in &rows {
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
            "目录里没有 {code}。目录不是完整的官方表：查不到不说明这个编码不存在；可用 juesuan codes import 装入完整的科目表。"
        ));
        return Exit::Unread;
    }
    Exit::Clean
}
