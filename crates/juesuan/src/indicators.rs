//! `juesuan indicators`: usual indicators to choose from, on the screen or as rows for the sheet of indicators.

use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result};
use juesuan_catalog::{Catalog, IndicatorUse, UsualIndicator};
use juesuan_inputs::scaffold::indicator_sheet::{SHEET, rows};
use juesuan_inputs::whole::put_new;
use juesuan_office::State;

use crate::cli::{IndicatorFor, Indicators};
use crate::columns::columns;
use crate::exit::Refused;
use crate::terminal;

/// Looks up and shows or writes.
pub fn run(options: &Indicators, catalog: &Catalog) -> Result<State> {
    let wanted = match options.scope {
        Some(IndicatorFor::Whole) => IndicatorUse::Whole,
        Some(IndicatorFor::Project) => IndicatorUse::Project,
        None => IndicatorUse::Both,
    };
    let words = options.words.join(" ");
    let library = &catalog.performance.library;
    let found: Vec<&UsualIndicator> =
        library.search(&words).into_iter().filter(|own| own.scope().serves(wanted)).collect();
    if found.is_empty() {
        terminal::warn(format!(
            "指标库里没有同时含有“{words}”的指标。少写一个词，或换一个说法；juesuan indicators 列出全部。"
        ));
        return Ok(State::Unread);
    }
    match &options.csv {
        Some(path) => write(path, &found, catalog)?,
        None if words.trim().is_empty() => overview(&found),
        None => table(&found),
    }
    Ok(State::Clean)
}

/// All names by their places.
fn overview(found: &[&UsualIndicator]) {
    let mut places: Vec<&[String; 2]> = Vec::new();
    for own in found {
        if !places.contains(&&own.path) {
            places.push(&own.path);
        }
    }
    for path in places {
        let names: Vec<&str> = found.iter().filter(|own| own.path == *path).map(|own| own.name.as_str()).collect();
        terminal::say(format!("{}（{} 个）", path.join("／"), names.len()));
        terminal::say(format!("　　{}", names.join("　")));
    }
    terminal::say(format!(
        "共 {} 个。juesuan indicators 词 查单位、公式和佐证；加 --csv 文件 另存成可以粘贴的行。",
        found.len()
    ));
}

/// One row for each, and below it what proves it.
fn table(found: &[&UsualIndicator]) {
    let head = ["名称", "层级", "单位", "方向", "公式、要点"].map(str::to_owned).to_vec();
    let row = |own: &&UsualIndicator| {
        let texts = [own.name.as_str(), &own.path.join("／"), &own.unit, own.direction.word(), &own.point];
        texts.map(str::to_owned).to_vec()
    };
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(found.iter().map(row)).collect();
    let details = std::iter::once(None).chain(found.iter().map(Some));
    for (line, own) in columns(&rows).into_iter().zip(details) {
        terminal::say(line);
        if let Some(own) = own {
            terminal::say(format!("　　{}", detail(own)));
        }
    }
    terminal::say(format!("共 {} 个。", found.len()));
}

/// What else is known of it, on one line.
fn detail(own: &UsualIndicator) -> String {
    let mut parts = vec![format!("用于{}", own.scope().word()), format!("计分：{}", own.method)];
    if !own.usual.is_empty() {
        parts.push(format!("指标值通常写“{}”", own.usual));
    }
    if !own.computed.is_empty() {
        parts.push(format!("取数：{}", own.computed));
    }
    parts.push(format!("佐证：{}", own.evidence));
    if !own.aliases.is_empty() {
        parts.push(format!("又名：{}", own.aliases.join("、")));
    }
    parts.join("；")
}

/// Writes rows in the columns of the sheet of indicators. An existing file is never touched.
fn write(path: &Path, found: &[&UsualIndicator], catalog: &Catalog) -> Result<()> {
    let bytes = rows(found.iter().copied(), catalog.inputs.get(SHEET))?;
    match put_new(path, &bytes) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let message = format!("{}：已经有这个文件，没有改动；请换一个文件名", path.display());
            return Err(Refused::error(State::Misuse, message));
        }
        Err(error) => return Err(error).with_context(|| format!("写不了 {}", path.display())),
    }
    terminal::say(format!(
        "写出 {} 个指标到 {}。复制需要的行到 performance/ 的绩效指标表，再填项目名称、指标值和分值。",
        found.len(),
        path.display()
    ));
    Ok(())
}
