//! What a run of `check` is asked for: the command line, and where it is silent the file of settings.

use std::path::{Path, PathBuf};

use anyhow::Result;
use juesuan_catalog::parse_toml;
use juesuan_model::Problem;
use juesuan_office::State;
use serde::Deserialize;

use crate::cli::{Check, CheckFormat};
use crate::exit::Refused;
use crate::terminal;

/// The file of settings that is looked for in the current folder.
const NAME: &str = "juesuan.toml";

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Settings {
    check: Wishes,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Wishes {
    select: Vec<String>,
    ignore: Vec<String>,
    format: Option<CheckFormat>,
    statistics: bool,
    waivers: Option<PathBuf>,
    preview: bool,
}

/// The options with what the file of settings says where they are silent. That a file was used is told: it may hide findings.
///
/// # Errors
/// A file that was named and cannot be read, or one that is no file of settings.
pub fn settled(options: &Check) -> Result<Check> {
    let mut out = options.clone();
    let path = match &options.config {
        Some(path) => path.clone(),
        None if !options.isolated && Path::new(NAME).exists() => PathBuf::from(NAME),
        None => return Ok(out),
    };
    let name = path.display().to_string();
    let refused = |problem: Problem| Refused::error(State::Misuse, problem.to_string());
    let read = juesuan_read::file::bytes(&path, &name).and_then(|bytes| juesuan_read::text::decode(&name, &bytes));
    let settings: Settings = read.and_then(|text| parse_toml(&name, &text)).map_err(refused)?;
    let wishes = settings.check;
    let beside = path.parent().unwrap_or(Path::new(""));
    if out.select.is_empty() {
        out.select = wishes.select;
    }
    if out.ignore.is_empty() {
        out.ignore = wishes.ignore;
    }
    out.format = out.format.or(wishes.format);
    out.statistics |= wishes.statistics;
    out.waivers = out.waivers.or_else(|| wishes.waivers.map(|waivers| beside.join(waivers)));
    out.preview |= wishes.preview;
    terminal::warn(format!("按 {name} 的设置核对"));
    Ok(out)
}
