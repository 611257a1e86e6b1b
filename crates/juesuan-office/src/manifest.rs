//! What lies in an output folder: digests of every file, versions, and the ledger of relations.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, BufReader, Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use juesuan_facts::Filing;
use juesuan_model::Tally;
use juesuan_read::files::{FileKind, full_name, joined};
use juesuan_read::package::APPROVAL;
use juesuan_read::{FILE_BYTES_MAX, Files};
use juesuan_write::escaped;
use juesuan_write::report::{ToldFinding, ToldRelation};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::digest::{Fingerprint, of_content};
use crate::error::Error;
use crate::folder::UNOPENED;

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
        let text = serde_json::to_string_pretty(self).map_err(unwritten)?;
        Ok(escaped(&text).into_bytes())
    }

    /// The same form, with these relations as its ledger, into a sink. Of hundreds of documents they are never all at hand.
    ///
    /// # Errors
    /// A sink that takes no more.
    pub(crate) fn write_with(&self, ledgers: &[Ledger], sink: &mut dyn Write) -> io::Result<()> {
        let whole = self.written().map_err(io::Error::other)?;
        let head = whole.strip_suffix(NO_LEDGER).unwrap_or(&whole);
        sink.write_all(head)?;
        let mut filled = ledgers.iter().filter(|ledger| !ledger.0.is_empty()).peekable();
        if filled.peek().is_none() {
            return sink.write_all(NO_LEDGER);
        }
        for (number, ledger) in filled.enumerate() {
            sink.write_all(if number == 0 { b"[" } else { b"," })?;
            io::copy(&mut DeflateDecoder::new(ledger.0.as_slice()), sink)?;
        }
        sink.write_all(LEDGER_END)
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

/// How a manifest ends that has no relations, and one that has some.
const NO_LEDGER: &[u8] = b"[]\n}";
const LEDGER_END: &[u8] = b"\n  ]\n}";

fn unwritten(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::Write { what: "生成清单", source: error.into() }
}

/// The relations of a document as they stand in a manifest, packed until it is written.
pub(crate) struct Ledger(Vec<u8>);

impl Ledger {
    /// Of these.
    ///
    /// # Errors
    /// A library that cannot write them.
    pub(crate) fn of(relations: &[ToldRelation]) -> Result<Ledger, Error> {
        /// Relations as deep as they stand in a manifest.
        #[derive(Serialize)]
        struct Alone<'a> {
            ledger: &'a [ToldRelation],
        }
        if relations.is_empty() {
            return Ok(Ledger(Vec::new()));
        }
        let text = escaped(&serde_json::to_string_pretty(&Alone { ledger: relations }).map_err(unwritten)?);
        let inner =
            text.split_once('[').and_then(|(_, behind)| behind.rsplit_once("\n  ]")).map_or("", |(inner, _)| inner);
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
        let packed = packed.write_all(inner.as_bytes()).and_then(|()| packed.finish());
        packed.map(Ledger).map_err(unwritten)
    }
}

/// The paths of the files that an earlier output listed; nothing where what lies there is no manifest.
pub(crate) fn listed(output: &dyn Files) -> Option<BTreeSet<String>> {
    let content = output.open(MANIFEST).ok()?;
    let mut listed = None;
    // Behind the files stand the relations of all documents, often a hundred times as much: reading ends before them, as with a fault.
    let _ = Listed(&mut listed)
        .deserialize(&mut serde_json::Deserializer::from_reader(BufReader::new(content.take(FILE_BYTES_MAX))));
    let paths = listed?.into_keys();
    Some(paths.chain([MANIFEST, APPROVAL].map(str::to_owned)).collect())
}

/// Takes from a manifest what it lists.
struct Listed<'l>(&'l mut Option<BTreeMap<String, String>>);

impl<'de> DeserializeSeed<'de> for Listed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Listed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a manifest")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        let mut is_manifest = false;
        while let Some(name) = fields.next_key::<String>()? {
            match name.as_str() {
                "files" if is_manifest => {
                    *self.0 = Some(fields.next_value()?);
                    return Ok(());
                }
                name => {
                    is_manifest |= name == "catalog_sha256";
                    fields.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// A folder of an output that cannot be listed.
fn unlisted(output: &dyn Files, folder: &str, source: std::io::Error) -> Error {
    Error::Io { what: format!("{UNOPENED} {}", full_name(output, folder)), source }
}

/// The paths of all files below a folder.
///
/// # Errors
/// A folder that cannot be listed.
pub(crate) fn paths(output: &dyn Files, folder: &str, into: &mut Vec<String>) -> Result<(), Error> {
    let unlisted = |source| unlisted(output, folder, source);
    for entry in output.list(folder).map_err(unlisted)? {
        let path = joined(folder, &entry.name);
        if entry.kind == FileKind::Folder && !entry.link {
            paths(output, &path, into)?;
        } else {
            into.push(path);
        }
    }
    Ok(())
}

/// Stands for the digest of what is no file of its own.
const LINK: &str = "";

/// SHA-256 of every file below `folder`, by path.
fn digests(output: &dyn Files, folder: &str, into: &mut BTreeMap<String, String>) -> Result<(), Error> {
    let unlisted = |source| unlisted(output, folder, source);
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

#[cfg(test)]
mod tests {
    use juesuan_model::Verdict;

    use super::*;

    #[test]
    fn a_manifest_whose_relations_come_document_by_document_is_the_one_that_is_written_whole() {
        let relation = |number: usize| ToldRelation {
            code: format!("SUM{number:03}"),
            text: "甲[乙]\n  ]\u{202e}".to_owned(),
            figures: Vec::new(),
            verdict: Verdict::Holds,
            tail: false,
        };
        let manifest = |ledger: Vec<ToldRelation>| Manifest {
            program: "juesuan".to_owned(),
            catalog_sha256: String::new(),
            filing: Filing::default(),
            inputs: BTreeMap::new(),
            faces: BTreeMap::new(),
            files: BTreeMap::new(),
            publishable: true,
            documents: Vec::new(),
            draft_reasons: Vec::new(),
            tally: Tally::default(),
            findings: Vec::new(),
            ledger,
        };
        for counts in [&[][..], &[0, 0], &[3], &[0, 2, 0, 1]] {
            let documents: Vec<Vec<ToldRelation>> =
                counts.iter().map(|count| (0..*count).map(relation).collect()).collect();
            let ledgers: Vec<Ledger> = documents.iter().map(|own| Ledger::of(own).unwrap()).collect();
            let mut written = Vec::new();
            manifest(Vec::new()).write_with(&ledgers, &mut written).unwrap();
            assert!(written == manifest(documents.concat()).written().unwrap(), "{counts:?}");
        }
    }
}
