//! What lies in an output folder: digests of every file, versions, and the ledger of relations.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use juesuan_compile::inputs::Filing;
use juesuan_model::{Finding, Relation, Tally};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::exit::{Exit, Refused};

/// Name of the manifest inside the output folder.
pub const MANIFEST: &str = "manifest.json";

/// The manifest.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// Name and version of this program.
    pub program: String,
    /// SHA-256 over all catalogue files that were used.
    pub catalog_sha256: String,
    /// Approval, publication, secrecy clearance, what is withheld, contacts.
    pub filing: Filing,
    /// SHA-256 of each input file, by path below the input folder.
    pub inputs: BTreeMap<String, String>,
    /// SHA-256 of each output file, by path below the output folder.
    pub files: BTreeMap<String, String>,
    /// False while an error stands or something is missing.
    pub publishable: bool,
    /// Why not.
    pub draft_reasons: Vec<String>,
    /// The four counts.
    pub tally: Tally,
    /// Findings.
    pub findings: Vec<Finding>,
    /// Every relation that was looked at, with its verdict.
    pub ledger: Vec<Relation>,
}

/// How what lies there differs from the manifest.
#[derive(Debug, PartialEq, Eq)]
pub enum Difference {
    /// Named in the manifest and not there.
    Missing(String),
    /// There with other content.
    Changed(String),
    /// There and not named.
    Added(String),
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Manifest {
    /// Reads the manifest of an output folder.
    pub fn read(folder: &Path) -> Result<(Manifest, String)> {
        let path = folder.join(MANIFEST);
        if !path.is_file() {
            let message =
                format!("没有 {}：这不是 compile 的输出文件夹，或清单已被删去；请重新 compile", path.display());
            return Err(Refused::error(Exit::Unread, message));
        }
        let bytes = fs::read(&path).with_context(|| format!("读不了 {}", path.display()))?;
        let manifest = serde_json::from_slice(&bytes).map_err(|_| {
            let message = format!("{} 改动过，已不是原来的清单；请重新 compile，不要公开这一份", path.display());
            Refused::error(Exit::Findings, message)
        })?;
        Ok((manifest, fingerprint(&bytes)))
    }

    /// Compares the files of the folder with the manifest.
    pub fn compare(&self, folder: &Path) -> Result<Vec<Difference>> {
        let mut there = BTreeMap::new();
        digests(folder, folder, &mut there)?;
        there.remove(MANIFEST);
        let mut differences = Vec::new();
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

/// The short code that stands for a whole output: the first 16 hexadecimal digits of the manifest's SHA-256, in fours.
/// Whoever approves notes it; a changed manifest has another one.
pub fn fingerprint(manifest: &[u8]) -> String {
    let digest = sha256(manifest);
    let groups: Vec<&str> = (0..4).filter_map(|i| digest.get(4 * i..4 * i + 4)).collect();
    groups.join("-")
}

/// SHA-256 of every file below `folder`, by path relative to `root` with forward slashes.
pub fn digests(root: &Path, folder: &Path, into: &mut BTreeMap<String, String>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("打不开 {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            digests(root, &path, into)?;
        } else {
            let relative = path.strip_prefix(root).unwrap_or(&path);
            let key = relative.iter().map(|p| p.to_string_lossy()).collect::<Vec<_>>().join("/");
            let bytes = fs::read(&path).with_context(|| format!("读不了 {}", path.display()))?;
            into.insert(key, sha256(&bytes));
        }
    }
    Ok(())
}
