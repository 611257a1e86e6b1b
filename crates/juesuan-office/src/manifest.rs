//! What lies in an output folder: digests of every file, versions, and the ledger of relations.

use std::collections::BTreeMap;
use std::io::Read;

use juesuan_facts::Filing;
use juesuan_model::Tally;
use juesuan_read::Files;
use juesuan_read::files::{FileKind, full_name, joined};
use juesuan_read::package::APPROVAL;
use juesuan_write::escaped;
use juesuan_write::report::{ToldFinding, ToldRelation};
use serde::{Deserialize, Serialize};

use crate::digest::{Fingerprint, of_content};
use crate::error::Error;

/// Name of the manifest inside the output folder.
pub const MANIFEST: &str = "manifest.json";

/// The manifest.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Name and version of this program.
    pub program: String,
    /// SHA-256 over all catalogue files that were used.
    pub catalog_sha256: String,
    /// Approval, publication, secrecy clearance, what is withheld, contacts.
    pub filing: Filing,
    /// SHA-256 of each input file, by path below the input folder.
    pub inputs: BTreeMap<String, String>,
    /// SHA-256 of each file of faces that PDF and pictures were set with, by its name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub faces: BTreeMap<String, String>,
    /// SHA-256 of each output file, by path below the output folder.
    pub files: BTreeMap<String, String>,
    /// False while an error stands or something is missing in any document.
    pub publishable: bool,
    /// Each document, where there are several: one may be published while another is a draft.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Covered>,
    /// Why not.
    pub draft_reasons: Vec<String>,
    /// The four counts.
    pub tally: Tally,
    /// Findings.
    pub findings: Vec<ToldFinding>,
    /// Every relation that was looked at, with its verdict.
    pub ledger: Vec<ToldRelation>,
}

/// A document of an output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Covered {
    /// Whose.
    pub name: String,
    /// Folder of its files below the output; empty: the output itself.
    pub folder: String,
    /// False for a draft.
    pub publishable: bool,
}

/// How what lies there differs from the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Named in the manifest and not there.
    Missing(String),
    /// There with other content.
    Changed(String),
    /// There and not named.
    Added(String),
}

impl Manifest {
    /// Reads the manifest of an output, and its fingerprint.
    ///
    /// # Errors
    /// An output without one, and one that was changed so that it cannot be read, or that is not written as this program writes it.
    pub fn read(output: &dyn Files) -> Result<(Manifest, Fingerprint), Error> {
        let name = full_name(output, MANIFEST);
        if output.kind(MANIFEST) != Some(FileKind::File) {
            return Err(Error::NoManifest(name));
        }
        let mut bytes = Vec::new();
        let read = output.open(MANIFEST).and_then(|mut content| content.read_to_end(&mut bytes));
        read.map_err(|source| Error::Io { what: format!("读不了 {name}"), source })?;
        let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|_| Error::ManifestChanged(name.clone()))?;
        // What is there twice, behind the end or in another order says nothing to us, but could to another reader.
        if manifest.written()? != bytes {
            return Err(Error::ManifestChanged(name));
        }
        Ok((manifest, Fingerprint::of(&bytes)))
    }

    /// Its one form, of which the code is made.
    ///
    /// # Errors
    /// A library that cannot write it.
    pub(crate) fn written(&self) -> Result<Vec<u8>, Error> {
        let text = serde_json::to_string_pretty(self)
            .map_err(|error| Error::Write { what: "生成清单", source: error.into() })?;
        Ok(escaped(&text).into_bytes())
    }

    /// Compares the files of an output with the manifest.
    ///
    /// # Errors
    /// A folder or file that cannot be read.
    pub fn compare(&self, output: &dyn Files) -> Result<Vec<Difference>, Error> {
        let mut there = BTreeMap::new();
        digests(output, "", &mut there)?;
        let mut differences = Vec::new();
        if there.remove(MANIFEST).is_some_and(|digest| digest == LINK) {
            differences.push(Difference::Changed(MANIFEST.to_owned()));
        }
        // Made from the code, so that neither manifest nor code can cover it. It is for signatures and is not published.
        if there.get(APPROVAL).is_some_and(|digest| digest != LINK) {
            there.remove(APPROVAL);
        }
        for (path, digest) in &self.files {
            match there.remove(path) {
                None => differences.push(Difference::Missing(path.clone())),
                Some(now) if now != *digest => differences.push(Difference::Changed(path.clone())),
                Some(_) => {}
            }
        }
        differences.extend(there.into_keys().map(Difference::Added));
        Ok(differences)
    }
}

/// Stands for the digest of what is no file of its own.
const LINK: &str = "";

/// SHA-256 of every file below `folder`, by path.
fn digests(output: &dyn Files, folder: &str, into: &mut BTreeMap<String, String>) -> Result<(), Error> {
    let unlisted = |source| Error::Io { what: format!("打不开 {}", full_name(output, folder)), source };
    for entry in output.list(folder).map_err(unlisted)? {
        let path = joined(folder, &entry.name);
        if entry.link || entry.kind == FileKind::Other {
            // The program writes no links and no devices: somebody put it there, and where it leads may change.
            into.insert(path, LINK.to_owned());
        } else if entry.kind == FileKind::Folder {
            digests(output, &path, into)?;
        } else {
            let unread = |source| Error::Io { what: format!("读不了 {}", full_name(output, &path)), source };
            let digest = output.open(&path).and_then(of_content).map_err(unread)?;
            into.insert(path, digest);
        }
    }
    Ok(())
}
