//! What a copy holds.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::chain::Chain;
use crate::digest::Digest;
use crate::error::{Error, Result, machine};

/// Name of the manifest in a copy.
pub(super) const NAME: &str = "manifest.json";
/// The form that this program writes.
pub(super) const FORM: u32 = 1;
/// Most bytes that are read of one: some 2,000,000 contents.
const BYTES_MAX: u64 = 256 << 20;

/// What a copy holds, each part with its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Form of the copy: 1.
    pub form: u32,
    /// Digest of the database.
    pub database: Digest,
    /// Number of events in it.
    pub events: u64,
    /// Hash of the last event; empty without any.
    pub head: String,
    /// Contents with their length in bytes.
    pub contents: BTreeMap<Digest, u64>,
}

impl Manifest {
    /// Reads the manifest in `folder`.
    pub(super) fn read(folder: &Path) -> Result<Manifest> {
        let path = folder.join(NAME);
        let file = File::open(&path).map_err(machine("cannot open", &path))?;
        let mut text = String::new();
        file.take(BYTES_MAX).read_to_string(&mut text).map_err(machine("cannot read", &path))?;
        let manifest: Manifest =
            serde_json::from_str(&text).map_err(|error| Error::Damaged(format!("{NAME}: {error}")))?;
        match manifest.form {
            FORM => Ok(manifest),
            found => Err(Error::Newer { known: FORM.into(), found: found.into() }),
        }
    }

    /// Writes it into `folder` and keeps it down to the disk.
    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        let path = folder.join(NAME);
        let text = serde_json::json!(self).to_string();
        let mut file = File::create(&path).map_err(machine("cannot write", &path))?;
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(machine("cannot write", &path))
    }

    /// Refuses a chain of events that is not the one it names.
    pub(super) fn demand(&self, chain: Option<&Chain>) -> Result<()> {
        let is = chain.is_some_and(|chain| (chain.count, &chain.head) == (self.events, &self.head));
        if is { Ok(()) } else { Err(Error::Damaged(format!("the events are not those of {NAME}"))) }
    }
}
