//! How a copy is made.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;

use super::beside::Beside;
use super::manifest::{FORM, Manifest};
use crate::chain::{self, Chain};
use crate::contents::{Contents, poured};
use crate::database::{self, reading};
use crate::error::{Error, Result, machine};
use crate::store::{FILES, Store};
use crate::threads::apart;

impl Store {
    /// As [`backup`] of its folder.
    ///
    /// # Errors
    /// As [`backup`].
    pub async fn backup(&self, to: &Path) -> Result<Manifest> {
        backup(self.root(), to).await
    }
}

/// Copies the folder of a store to the new folder `to`: the database as of one moment, all contents, and a manifest with their
/// digests. A store may be open there, in this process or another, and goes on writing.
///
/// # Errors
/// [`Error::Exists`]; [`Error::Taken`] while another makes the same; [`Error::NotFound`] of a folder without a database; [`Error::Damaged`] and [`Error::Chain`] where something
/// is not what was written, for such a copy would not be brought back; a disk that is full or fails. Nothing is left then; what a
/// process that was killed left beside `to` goes with the next copy to that place.
pub async fn backup(folder: &Path, to: &Path) -> Result<Manifest> {
    let path = folder.join(database::NAME);
    if !path.is_file() {
        return Err(Error::NotFound(path.display().to_string()));
    }
    let beside = Beside::of(to)?;
    let chain = snapshot(&path, &beside.path().join(database::NAME)).await?;
    // Contents are kept before the database names them and never removed: those of the snapshot are all there by now.
    let contents = Contents::at(folder.join(FILES));
    apart(move || filled(beside, &contents, chain)).await
}

/// Writes the database as of one moment to `to`, and holds its events against each other.
async fn snapshot(path: &Path, to: &Path) -> Result<Chain> {
    let readers = reading(path).await?;
    let name = to.to_str().ok_or_else(|| Error::Refused(format!("path {}", to.display())))?;
    let copied = sqlx::query("VACUUM INTO ?").bind(name).execute(&readers).await;
    readers.close().await;
    copied?;
    let readers = reading(to).await?;
    let chain = chain::verify(&mut *readers.acquire().await?).await;
    readers.close().await;
    chain
}

fn filled(beside: Beside, contents: &Contents, chain: Chain) -> Result<Manifest> {
    let path = beside.path().join(database::NAME);
    // Kept by opening it for writing: some systems keep nothing down to the disk through a file that is only read.
    let mut database = File::options().read(true).write(true).open(&path).map_err(machine("cannot open", &path))?;
    database.sync_all().map_err(machine("cannot keep", &path))?;
    let digest = poured(&mut database, &mut io::sink()).map_err(machine("cannot read", &path))?;
    let copies = Contents::made(beside.path().join(FILES))?;
    let mut manifest =
        Manifest { form: FORM, database: digest, events: chain.count, head: chain.head, contents: BTreeMap::new() };
    for digest in contents.all()? {
        let length = copies.take(contents, &digest)?;
        manifest.contents.insert(digest, length);
    }
    manifest.write(beside.path())?;
    beside.finish()?;
    Ok(manifest)
}
