//! Many documents to an archive: sources are listed, workers check, rows are laid.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use juesuan_catalog::{BatchWords, Catalog};
use juesuan_inputs::whole;
use juesuan_model::Problem;

use crate::archive::Archive;
use crate::crew::{self, Hands};
use crate::error::{Result, machine};
use crate::list::{Closing, List, Offer, Offered, Wanted};
use crate::press::press;
use crate::source::{Found, Search};
use crate::watch::{Progress, Watch};

/// Contents that are noted in one write.
const OFFERS: usize = 200;

/// What is to be done.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    /// Folders, archives, files, and lists of these.
    pub sources: &'a [PathBuf],
    /// Who works.
    pub hands: Hands,
    /// Whether documents are checked that have a result.
    pub again: bool,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Batch {
    /// What was found in the sources.
    pub offered: Offered,
    /// How the check of it ended.
    pub closing: Closing,
    /// What could not be opened.
    pub problems: Vec<Problem>,
    /// Whether the run was called off.
    pub is_cancelled: bool,
    /// What the archive has now, by table: parts, rows, bytes.
    pub tables: Vec<(String, u64, u64, u64)>,
}

/// Checks what is new in the sources, and lays what was found into the archive.
///
/// # Errors
/// A work list or a disk that fails. What was done before stands, and the next run goes on from there.
pub fn batch(archive: &Archive, order: &Order<'_>, catalog: &Catalog, watch: &dyn Watch) -> Result<Batch> {
    let mut list = archive.list()?;
    let wanted = Wanted { key: archive.key(), run: list.run()?, again: order.again };
    let mut out = Batch::default();
    offer((archive, &catalog.batch), &mut list, (order, &wanted), watch, &mut out)?;
    list.begin()?;
    crew::work(archive, &mut list, &order.hands, watch)?;
    press(archive, &mut list, catalog, watch)?;
    out.is_cancelled = watch.is_cancelled();
    out.closing = list.closing(wanted.run)?;
    clear(archive, &mut list)?;
    out.tables = tables(&mut list, catalog)?;
    list.close()?;
    Ok(out)
}

/// Works on what somebody else has listed, until there is no more of it.
///
/// # Errors
/// As [`batch`].
pub fn work(archive: &Archive, hands: &Hands, watch: &dyn Watch) -> Result<()> {
    let mut list = archive.list()?;
    crew::work(archive, &mut list, hands, watch)?;
    list.close()
}

/// Lists everything before anybody works, so that each content is read by the first of all its names whoever is quickest.
fn offer(
    (archive, words): (&Archive, &BatchWords),
    list: &mut List,
    (order, wanted): (&Order<'_>, &Wanted),
    watch: &dyn Watch,
    out: &mut Batch,
) -> Result<()> {
    let mut waiting: Vec<Offer> = Vec::new();
    let mut found = 0;
    let Batch { offered, problems, .. } = out;
    let mut note = |list: &mut List, waiting: &mut Vec<Offer>| -> Result<()> {
        let Offered { fresh, known, doubled } = list.offer(waiting, wanted)?;
        offered.fresh += fresh;
        offered.known += known;
        offered.doubled += doubled;
        waiting.clear();
        Ok(())
    };
    for source in order.sources {
        let mut search = Search::new(words, archive.root(), |one| {
            if watch.is_cancelled() {
                return Err(juesuan_office::Error::Cancelled.into());
            }
            match one {
                Found::Problem(problem) => problems.push(problem),
                Found::Offer(offer, bytes) => {
                    if let Some(bytes) = bytes
                        && list.wants(&offer.digest, wanted)?
                    {
                        keep(&archive.content(&offer.digest), &bytes)?;
                    }
                    waiting.push(offer);
                    found += 1;
                }
            }
            if waiting.len() >= OFFERS {
                note(list, &mut waiting)?;
                watch.progress(Progress::Listing { found });
            }
            Ok(())
        });
        search.source(source)?;
    }
    watch.progress(Progress::Listing { found });
    note(list, &mut waiting)
}

/// Keeps what lies in no file of its own.
fn keep(path: &Path, bytes: &[u8]) -> Result<()> {
    if path.exists() { Ok(()) } else { whole::put(path, bytes).map_err(machine("write", path)) }
}

/// Removes contents that nobody will work on any more.
fn clear(archive: &Archive, list: &mut List) -> Result<()> {
    let kept = archive.contents();
    let settled: BTreeSet<String> =
        if kept.is_empty() { BTreeSet::new() } else { list.settled()?.into_iter().collect() };
    for digest in kept.iter().filter(|digest| settled.contains(*digest)) {
        let _ = fs::remove_file(archive.content(digest));
    }
    Ok(())
}

/// What the archive has, by table in the order of the catalogue.
fn tables(list: &mut List, catalog: &Catalog) -> Result<Vec<(String, u64, u64, u64)>> {
    let parts = list.parts(None)?;
    let tables = catalog.archive.tables.iter().map(|table| {
        let own = parts.iter().filter(|part| part.table == table.name);
        let sum = own.fold((0, 0, 0), |(parts, rows, bytes), part| (parts + 1, rows + part.rows, bytes + part.bytes));
        (table.name.clone(), sum.0, sum.1, sum.2)
    });
    Ok(tables.collect())
}
