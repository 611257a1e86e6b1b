//! How a copy is brought back.

use std::fs::File;
use std::path::Path;

use super::beside::Beside;
use super::manifest::Manifest;
use crate::audit::audit;
use crate::contents::Contents;
use crate::database::{self, Database};
use crate::error::{Error, Result, machine};
use crate::store::FILES;
use crate::threads::apart;

/// Makes the new folder `to` of the copy in `from`, in the form of this program. Everything is held against its digest, the
/// database against itself and its events against each other before the folder takes its place.
///
/// # Errors
/// [`Error::Exists`]; [`Error::Damaged`] of a copy that is not what was written; [`Error::Newer`]; a disk that is full or fails. There
/// is no folder `to` then.
pub async fn restore(from: &Path, to: &Path) -> Result<Manifest> {
    let beside = Beside::of(to)?;
    let from = from.to_owned();
    let (beside, manifest) = apart(move || copied(&from, beside)).await?;
    Database::open(&beside.path().join(database::NAME)).await?.close().await;
    let found = audit(beside.path()).await?;
    if let Some(fault) = found.faults.first() {
        return Err(Error::Damaged(fault.to_string()));
    }
    manifest.demand(found.chain.as_ref())?;
    apart(move || beside.finish()).await?;
    Ok(manifest)
}

fn copied(from: &Path, beside: Beside) -> Result<(Beside, Manifest)> {
    let manifest = Manifest::read(from)?;
    let path = from.join(database::NAME);
    let mut database = File::open(&path).map_err(machine("cannot open", &path))?;
    let digest = beside.copy(&mut database, database::NAME)?;
    if digest != manifest.database {
        return Err(Error::Damaged(format!("{} has digest {digest}", database::NAME)));
    }
    let contents = Contents::at(from.join(FILES));
    let copies = Contents::made(beside.path().join(FILES))?;
    for digest in manifest.contents.keys() {
        copies.take(&contents, digest).map_err(|error| match error {
            Error::NotFound(what) => Error::Damaged(format!("{what} is missing")),
            error => error,
        })?;
    }
    Ok((beside, manifest))
}
