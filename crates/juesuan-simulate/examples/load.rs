//! Writes a load: many published documents of bodies that nobody has, and what is so about them.
//!
//! `cargo run --release -p juesuan-simulate --example load -- --into FOLDER --bodies 1000 --years 3 --seed 1`
//!
//! | argument | |
//! |---|---|
//! | `--into FOLDER` | where to: `documents/<province>/<county>/<year>/…` and `truth/*.csv` |
//! | `--bodies N` | departments and units; each publishes once a year (1000) |
//! | `--years N`, `--first YEAR` | how many years, from which on (3, 2022) |
//! | `--seed N` | the same number gives the same bytes (1) |
//! | `--moulds N` | departments that are composed for real, of which all others are casts (24) |
//! | `--pdf`, `--docx`, `--text` | of a hundred documents so many in this format (10, 2, 3); the rest is HTML |
//! | `--missing`, `--faulty`, `--copying` | of a hundred documents so many are missing, have a fault, a passage of another (2, 8, 6) |
//! | `--torn`, `--apart`, `--template` | of a hundred departments, units, counties so many contradict last year, their department, have one fault in all documents of a year (2, 2, 3) |
//! | `--budgets`, `--other-budgets` | of a hundred bodies so many publish budgets too, of a hundred budgets so many are not what the accounts say (10, 5) |
//! | `--list` | writes no documents, only what is so |
//! | `--jobs N` | threads (1) |

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::{Context, Result, anyhow, bail};
use juesuan_catalog::Catalog;
use juesuan_simulate::load::fate::{Issue, Shares};
use juesuan_simulate::load::truth::Truth;
use juesuan_simulate::load::words::Words;
use juesuan_simulate::load::world::Size;
use juesuan_simulate::load::written::{Load, Made};
use juesuan_write::FontSource;

#[path = "../tests/moulds/mod.rs"]
mod moulds;

/// What was asked for.
struct Arguments {
    into: PathBuf,
    size: Size,
    shares: Shares,
    moulds: usize,
    list: bool,
    jobs: usize,
}

fn arguments() -> Result<Arguments> {
    let size = Size { seed: 1, bodies: 1000, years: 3, first_year: 2022 };
    let mut out = Arguments { into: PathBuf::new(), size, shares: Shares::default(), moulds: 24, list: false, jobs: 1 };
    let mut given = std::env::args().skip(1);
    while let Some(name) = given.next() {
        if name == "--list" {
            out.list = true;
            continue;
        }
        let value = given.next().with_context(|| format!("{name} needs a value"))?;
        let number = || value.parse::<usize>().with_context(|| format!("{name} {value}"));
        let percent = || value.parse::<i64>().with_context(|| format!("{name} {value}"));
        match name.as_str() {
            "--into" => out.into = PathBuf::from(&value),
            "--bodies" => out.size.bodies = number()?,
            "--years" => out.size.years = number()?,
            "--first" => out.size.first_year = value.parse()?,
            "--seed" => out.size.seed = value.parse()?,
            "--moulds" => out.moulds = number()?,
            "--jobs" => out.jobs = number()?,
            "--pdf" => out.shares.pdf = percent()?,
            "--docx" => out.shares.docx = percent()?,
            "--text" => out.shares.text = percent()?,
            "--missing" => out.shares.missing = percent()?,
            "--faulty" => out.shares.faulty = percent()?,
            "--copying" => out.shares.copying = percent()?,
            "--torn" => out.shares.torn = percent()?,
            "--apart" => out.shares.apart = percent()?,
            "--budgets" => out.shares.budgets = percent()?,
            "--other-budgets" => out.shares.other_budgets = percent()?,
            "--template" => out.shares.template = percent()?,
            _ => bail!("there is no {name}; the arguments are listed at the top of examples/load.rs"),
        }
    }
    if out.into.as_os_str().is_empty() {
        bail!("--into FOLDER is missing");
    }
    Ok(out)
}

fn main() -> Result<()> {
    let wanted = arguments()?;
    let catalog = Catalog::load(&[]).map_err(|problems| anyhow!("{problems:?}"))?;
    let words = Words::load()?;
    let begun = Instant::now();
    let moulds = moulds::moulds(&words, &catalog, &wanted.size, wanted.moulds).map_err(|told| anyhow!(told))?;
    println!("{} moulds in {:.1} s", moulds.len(), begun.elapsed().as_secs_f64());
    let load = Load::new(wanted.size, wanted.shares, words, moulds);
    let begun = Instant::now();
    let (truth, written) = write(&load, &catalog, &wanted)?;
    let seconds = begun.elapsed().as_secs_f64();
    let folder = wanted.into.join("truth");
    std::fs::create_dir_all(&folder)?;
    for (name, text) in truth.files() {
        std::fs::write(folder.join(name), text)?;
    }
    println!("{} bodies, {written} documents in {seconds:.1} s", load.bodies.len());
    Ok(())
}

/// Writes the documents, a stretch of them at a time by several threads; what is so is added in order.
fn write(load: &Load, catalog: &Catalog, wanted: &Arguments) -> Result<(Truth, usize)> {
    const STRETCH: usize = 512;
    let issues: Vec<Issue> = load.issues().collect();
    let documents = wanted.into.join("documents");
    let (mut truth, mut written) = (Truth::default(), 0);
    for stretch in issues.chunks(STRETCH) {
        let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        std::thread::scope(|scope| {
            for _ in 0..wanted.jobs.max(1) {
                scope.spawn(|| {
                    while let Some(issue) = stretch.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let made = one(load, catalog, *issue, (!wanted.list).then_some(&documents));
                        if let Ok(mut done) = done.lock() {
                            done.push((*issue, made));
                        }
                    }
                });
            }
        });
        let mut done = done.into_inner().unwrap_or_default();
        done.sort_by_key(|(issue, _)| *issue);
        for (issue, made) in done {
            let made = made?;
            written += usize::from(made.is_some());
            truth.add(load, issue, made.as_ref());
        }
    }
    Ok((truth, written))
}

/// Makes a document and writes it.
fn one(load: &Load, catalog: &Catalog, issue: Issue, folder: Option<&PathBuf>) -> Result<Option<Made>> {
    let Some(mut made) = load.document(issue) else { return Ok(None) };
    if let Some(folder) = folder {
        let path = folder.join(Path::new(&made.path));
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let bytes = match made.bytes(&load.size, issue) {
            Some(bytes) => bytes,
            None => juesuan_write::docx(&made.package, &FontSource::default(), catalog)?,
        };
        std::fs::write(path, bytes)?;
        if let Some(budget) = &made.budget {
            std::fs::write(folder.join(&budget.path), budget.bytes(&load.size, issue))?;
        }
    }
    // The truth does not need what the document says.
    made.package = juesuan_model::Package::default();
    Ok(Some(made))
}
