//! Moulds of a load, composed for real. Shared by the example that writes a load and the test of it.

use std::collections::BTreeSet;

use juesuan_catalog::Catalog;
use juesuan_compose::accounts::{Accounts, Tail, accounts};
use juesuan_model::{Block, FigureId, Package, Verdict};
use juesuan_read::files::Memory;
use juesuan_simulate::load::books::{self, Year};
use juesuan_simulate::load::mould::{Mould, Pattern, Season};
use juesuan_simulate::load::words::Words;
use juesuan_simulate::load::world::Size;
use juesuan_simulate::profile::Profile;

/// Last year's package inside an input folder.
const PRIOR: &str = "prior/package.json";

/// So many moulds: the trades by turns, and of each the kinds of departments by turns.
pub fn moulds(words: &Words, catalog: &Catalog, size: &Size, count: usize) -> Result<Vec<Mould>, String> {
    (0..count).map(|number| mould(words, catalog, size, number)).collect()
}

fn mould(words: &Words, catalog: &Catalog, size: &Size, number: usize) -> Result<Mould, String> {
    let trades = words.trades.len().max(1);
    let at = number % trades;
    let trade = words.trades.get(at).ok_or("no trade")?;
    // Seeds that differ by eight make departments of one kind.
    let kind = u64::try_from(number / trades + at).unwrap_or(0) % 8;
    let seed = size.seed.wrapping_mul(1 << 20) + u64::try_from(number).unwrap_or(0) * 8 + kind;
    let years = u16::try_from(size.years).map_err(|_| "too many years")?;
    let mut seasons = Vec::new();
    let mut before: Vec<Package> = Vec::new();
    for year in books::years(&Profile::varied(seed), words, trade, size.first_year, years) {
        let packages =
            composed(&year, &before, catalog).map_err(|told| format!("{} {}: {told}", trade.key, year.year))?;
        let patterns =
            packages.iter().map(|package| Pattern::new(package.clone(), compared(package, catalog))).collect();
        seasons.push(Season { year: year.year, slots: year.slots, patterns });
        before = packages;
    }
    Ok(Mould { trade: at, seasons })
}

/// The documents of a year: the department's, then those of its units.
fn composed(year: &Year, before: &[Package], catalog: &Catalog) -> Result<Vec<Package>, String> {
    let mut files = Memory::folder("");
    for (path, text) in &year.folder.files {
        files.put(path, text.as_bytes());
    }
    for (number, package) in before.iter().enumerate() {
        let json = serde_json::to_vec(package).map_err(|error| error.to_string())?;
        let below = if number == 0 { String::new() } else { format!("units/{}/", package.entity.name) };
        files.put(&format!("{below}{PRIOR}"), json);
    }
    let Accounts { department, units, .. } =
        accounts(&files, catalog, Tail::Keep).map_err(|problems| format!("{problems:#?}"))?;
    Ok(std::iter::once(department).chain(units.into_iter().map(|unit| unit.package)).collect())
}

/// The figures of relations that hold and of which every figure is printed: a wrong one breaks them.
fn compared(package: &Package, catalog: &Catalog) -> BTreeSet<FigureId> {
    let report = juesuan_check::check(package, catalog, &[]);
    let shown = printed(package);
    let held = report.relations.into_iter().filter(|r| r.verdict == Verdict::Holds && r.code != "YR105");
    held.map(|r| r.figures()).filter(|ids| ids.iter().all(|id| shown.contains(id))).flatten().collect()
}

/// The figures that a page shows: all but zeros, which it may leave out.
fn printed(package: &Package) -> BTreeSet<FigureId> {
    let mut ids = BTreeSet::new();
    for block in package.document.parts.iter().flat_map(|part| &part.blocks) {
        match block {
            Block::Paragraph { runs, .. } => ids.extend(runs.iter().filter_map(|run| run.figure)),
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.text.is_empty());
                ids.extend(cells.filter(|cell| cell.text != "0.00").filter_map(|cell| cell.figure));
            }
            Block::Heading { .. } | Block::Chart(_) => {}
        }
    }
    ids
}
