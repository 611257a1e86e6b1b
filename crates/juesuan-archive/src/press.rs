//! Rows that lie in the work list to parts of the archive.
//!
//! One at a time, however many work: which documents stand together depends on nothing but what there is, so that the same
//! documents give the same parts. New parts are whole before the list knows them, the list knows them before the manifest names
//! them, and only then do those go whose place they take.

mod plan;

use std::collections::BTreeMap;

use juesuan_catalog::{ArchiveSchema, Catalog};
use sha2::{Digest, Sha256};

use crate::archive::Archive;
use crate::bundle::Bundle;
use crate::cursor::Cursor;
use crate::error::{Error, Result};
use crate::list::{Laid, List, Made, Swap};
use crate::rows::{self, FILES, Sheet};
use crate::watch::{Progress, Watch};
use crate::{arrow, manifest, sheaf};

use plan::{Group, Plan};

/// Characters of the name of a bundle.
const NAME: usize = 32;

/// The names of a document, each with the day when it was published.
type Names = Vec<(String, Option<String>)>;

/// Lays everything that waits, and names what there is in the manifest.
///
/// # Errors
/// A disk or a work list that fails: what stood before stands, and the next run does it again.
pub(crate) fn press(archive: &Archive, list: &mut List, catalog: &Catalog, watch: &dyn Watch) -> Result<()> {
    let _alone = archive.alone()?;
    archive.whole(&list.parts(None)?)?;
    let plan = Plan::of(list.bound()?);
    if !plan.is_empty() {
        let (mut done, of) = (0, plan.documents());
        let mut press = Press { archive, list: &mut *list, schema: &catalog.archive, old: BTreeMap::new() };
        let mut swap = Swap { gone: plan.gone, dropped: plan.dropped, made: Vec::new() };
        for group in &plan.groups {
            watch.progress(Progress::Laying { done, of });
            swap.made.push(press.lay(group)?);
            done += group.members.len();
        }
        watch.progress(Progress::Laying { done, of });
        list.swap(&swap)?;
    }
    let parts = list.parts(None)?;
    manifest::write(archive, &parts, &catalog.archive)?;
    archive.sweep(&parts, &catalog.archive)
}

/// Lays one bundle after the other.
struct Press<'a> {
    archive: &'a Archive,
    list: &'a mut List,
    schema: &'a ArchiveSchema,
    /// Parts of bundles that go, by bundle and table.
    old: BTreeMap<i64, Vec<(String, Cursor)>>,
}

impl Press<'_> {
    fn lay(&mut self, group: &Group) -> Result<Made> {
        let mut names = Vec::with_capacity(group.members.len());
        for member in &group.members {
            names.push(self.list.names(member.id)?);
        }
        let place = (self.archive.root(), self.schema);
        let name = name(self.schema, group, &names);
        let mut bundle = Bundle::new(place, group.partition.clone(), name, &self.archive.program());
        let mut made = Made { partition: group.partition.clone(), weight: 0, parts: Vec::new(), documents: Vec::new() };
        for (member, names) in group.members.iter().zip(&names) {
            match member.bundle.filter(|_| !member.sheaf) {
                Some(own) => self.copy(&mut bundle, own, &member.digest)?,
                None => self.unpack(&mut bundle, member.id)?,
            }
            self.files(&mut bundle, &member.digest, names)?;
            let key = if member.sheaf { &member.key } else { &member.laid };
            let names = u64::try_from(names.len()).unwrap_or_default();
            made.documents.push(Laid { id: member.id, key: key.clone(), names });
            made.weight += member.weight;
        }
        made.parts = bundle.finish()?;
        Ok(made)
    }

    /// Rows that a worker made.
    fn unpack(&mut self, bundle: &mut Bundle<'_>, document: i64) -> Result<()> {
        let packed = self.list.sheaf(document)?.ok_or_else(|| Error::Damaged(format!("sheaf {document}")))?;
        for (table, columns) in sheaf::unpack(&packed)?.tables() {
            let described = self.schema.table(table).ok_or_else(|| Error::Schema(table.to_owned()))?;
            let batch = arrow::batch(&arrow::schema(described), columns);
            bundle.write(table, &batch.map_err(|error| Error::Damaged(error.to_string()))?)?;
        }
        Ok(())
    }

    /// Rows that stand already.
    fn copy(&mut self, bundle: &mut Bundle<'_>, own: i64, document: &str) -> Result<()> {
        if !self.old.contains_key(&own) {
            let opened = self.opened(own)?;
            self.old.insert(own, opened);
        }
        for (table, cursor) in self.old.get_mut(&own).into_iter().flatten() {
            for batch in cursor.take(document)? {
                bundle.write(table, &batch)?;
            }
        }
        Ok(())
    }

    fn opened(&mut self, bundle: i64) -> Result<Vec<(String, Cursor)>> {
        let mut out = Vec::new();
        for part in self.list.parts(Some(bundle))? {
            // Names come from the list: it knows those that were added.
            if part.table != FILES.0 {
                let described = self.schema.table(&part.table).ok_or_else(|| Error::Schema(part.table.clone()))?;
                let cursor = Cursor::open(self.archive.root(), &part, arrow::schema(described))?;
                out.push((part.table, cursor));
            }
        }
        Ok(out)
    }

    fn files(&self, bundle: &mut Bundle<'_>, document: &str, names: &Names) -> Result<()> {
        let (table, columns) = FILES;
        let described = rows::known(self.schema, table, &columns)?;
        let mut sheet = Sheet::new(described);
        for (file, published) in names {
            sheet.row([document.into(), file.as_str().into(), published.as_deref().into()]);
        }
        let batch = arrow::batch(&arrow::schema(described), &sheet.done(table)?);
        bundle.write(table, &batch.map_err(|error| Error::Damaged(error.to_string()))?)
    }
}

/// By what a bundle is called: everything that its rows depend on.
fn name(schema: &ArchiveSchema, group: &Group, names: &[Names]) -> String {
    let mut all = Sha256::new();
    all.update(schema.version.to_le_bytes());
    for (member, names) in group.members.iter().zip(names) {
        let key = if member.sheaf { &member.key } else { &member.laid };
        for text in [&member.digest, key].into_iter().chain(names.iter().map(|(file, _)| file)) {
            all.update(text.as_bytes());
            all.update([0]);
        }
        for (_, published) in names {
            all.update(published.as_deref().unwrap_or_default().as_bytes());
            all.update([0]);
        }
    }
    let digits: String = all.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    digits.chars().take(NAME).collect()
}

#[cfg(test)]
mod tests;
