//! `juesuan check`: findings of documents of any kind, read or compiled, alone or beside each other.

mod brief;
mod excerpt;
mod paint;
mod people;
mod reports;
mod settings;
mod summary;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use juesuan_catalog::Catalog;
use juesuan_catalog::batch::told;
use juesuan_check::Trial;
use juesuan_office::check::{Request, Selection, Waivers};
use juesuan_office::{Cache, Corrections, State, readings};
use juesuan_read::{Disk, Files, Means};
use juesuan_text::Day;

use crate::cli::Check;
use crate::exit::Refused;
use crate::terminal;

pub use paint::{padded, width};
pub use summary::identity;

/// Checks every document and prints or writes what was found.
pub fn run(options: &Check, catalog: &Catalog) -> Result<State> {
    let options = &settings::settled(options)?;
    reports::refuse_terminal(options)?;
    let waivers = waivers(options)?;
    let selection = Selection::new(&options.select, &options.ignore, catalog)?;
    let today = today(options)?;
    let (documents, prior): (Vec<Disk>, Vec<Disk>) = (disks(&options.files), disks(&options.prior));
    let (documents, prior) = (trees(&documents), trees(&prior));
    // Whether a correction fits is known only of pictures that are looked at.
    let cache = if options.no_cache || options.corrections.is_some() { None } else { cache(&options.files) };
    if let Some(seconds) = options.seconds {
        terminal::within(Duration::from_secs(u64::from(seconds.get())));
    }
    let trial = if options.preview { Trial::Runs } else { Trial::Waits };
    let request = Request {
        documents: &documents,
        prior: &prior,
        waivers: waivers.as_ref(),
        today,
        trial,
        selection: Some(&selection),
        cache: cache.as_ref(),
        partial: true,
    };
    let corrections = corrections(options)?;
    let given = corrections.clone();
    let folder = if options.no_cache { None } else { cache_folder() };
    let usual = |means: Means| {
        let means = match folder {
            Some(folder) => readings::kept(means, folder.join("pictures")),
            None => means,
        };
        corrections.with(means)
    };
    let batch = terminal::watched_with(usual, |job| juesuan_office::check::batch(&request, catalog, job))?;
    let idle = given.idle();
    if idle > 0 {
        terminal::warn(told(&catalog.report.coverage.corrections_idle, &[("count", &idle.to_string())]));
    }
    for problem in &batch.skipped {
        terminal::warn(problem.to_string());
    }
    for stranger in &batch.strangers {
        terminal::warn(format!("{stranger}，不是所核对的单位的，没有用来核对"));
    }
    reports::write(options, &documents, &batch, catalog)?;
    Ok(if reports::missing(&batch, catalog) { batch.state().max(State::Unread) } else { batch.state() })
}

/// What people name, as trees of files.
pub fn disks(paths: &[PathBuf]) -> Vec<Disk> {
    paths.iter().map(Disk::new).collect()
}

/// Any of these trees.
pub fn trees(disks: &[Disk]) -> Vec<&dyn Files> {
    disks.iter().map(|disk| disk as &dyn Files).collect()
}

/// Results of earlier runs, where there is more than one document: in the user's folder for what can be made again.
fn cache(files: &[PathBuf]) -> Option<Cache> {
    let several =
        |path: &PathBuf| path.is_dir() || path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
    if files.len() < 2 && !files.iter().any(several) {
        return None;
    }
    let folder = cache_folder()?;
    // Another build of the same version may come to other results.
    let build = std::env::current_exe().and_then(|path| path.metadata()).ok()?;
    let program = format!("{} {} {:?}", env!("CARGO_PKG_VERSION"), build.len(), build.modified().ok());
    Some(Cache::new(folder.join("check"), program))
}

/// The user's folder for what can be made again.
fn cache_folder() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home =
        || variable("HOME").map(|home| home.join(if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" }));
    let folder = if cfg!(windows) { variable("LOCALAPPDATA") } else { variable("XDG_CACHE_HOME").or_else(home) }?;
    Some(folder.join("juesuan"))
}

fn waivers(options: &Check) -> Result<Option<Waivers>> {
    let Some(path) = &options.waivers else { return Ok(None) };
    let (name, text) = text(path)?;
    Ok(Some(Waivers::parse(name, &text)?))
}

fn corrections(options: &Check) -> Result<Corrections> {
    let Some(path) = &options.corrections else { return Ok(Corrections::default()) };
    let (name, text) = text(path)?;
    Ok(Corrections::parse(&name, &text)?)
}

/// A file that people write: its name, and what it says.
fn text(path: &Path) -> Result<(String, String)> {
    let name = path.display().to_string();
    let read = juesuan_read::file::bytes(path, &name).and_then(|bytes| juesuan_read::text::decode(&name, &bytes));
    let text = read.map_err(|problem| Refused::error(State::Misuse, problem.to_string()))?;
    Ok((name, text))
}

fn today(options: &Check) -> Result<Option<Day>> {
    let Some(text) = &options.date else { return Ok(None) };
    let day = Day::parse_iso(text.trim());
    day.map(Some)
        .ok_or_else(|| Refused::error(State::Misuse, format!("--date 不能是“{text}”；请写成 2025-03-31 这样的日期")))
}
