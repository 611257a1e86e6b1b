//! The report of many documents as web pages: a page each, and the index that leads to them.

use juesuan_catalog::Catalog;
use juesuan_write::report::{self, Documents as _, Overview, OverviewRow, SCRIPT, STYLE, Statistics, each};

use super::{Reported, pictures};
use crate::check::{Batch, taken_up};
use crate::error::Error;
use crate::folder::LISTING;
use crate::job::{Job, Phase};
use crate::outlet::Outlet;

/// Puts a page for each document into the outlet, with what they share, and gives the index. `folder` is where the pages lie as
/// the index sees it, `index` where that lies as they see it.
///
/// # Errors
/// An outlet that takes no more, or a run that was called off.
pub fn pages(
    reported: &Reported<'_, Batch>,
    (folder, index): (&str, &str),
    outlet: &dyn Outlet,
    catalog: &Catalog,
    job: Job<'_>,
) -> Result<String, Error> {
    let batch = reported.documents;
    let steps = job.phase(Phase::Writing, Some(batch.count()))?;
    let (mut rows, mut statistics, mut names) = (Vec::new(), Statistics::default(), String::new());
    let mut put = |name: &str, bytes: Vec<u8>| {
        names.push_str(name);
        names.push('\n');
        outlet.put(name, bytes)
    };
    put("style.css", STYLE.as_bytes().to_vec())?;
    put("script.js", SCRIPT.as_bytes().to_vec())?;
    for (number, document) in each(batch).enumerate() {
        let document = &*document.map_err(taken_up)?;
        let name = format!("{:04}.html", number + 1);
        // Each page may have as many pictures as one that stands alone.
        put(&name, report::page(document, catalog, &pictures(reported), index).into_bytes())?;
        rows.push(OverviewRow::of(document, format!("{folder}/{name}")));
        statistics.add(document, catalog);
        steps.done()?;
    }
    outlet.put(LISTING, names.into_bytes())?;
    let compared = batch.compared();
    let (rules, alike) = (statistics.rows(catalog), batch.alike());
    Ok(report::index(&Overview { rows: &rows, rules: &rules, compared: &compared, alike: &alike }, catalog))
}
