//! Outputs that were changed after approval: `verify` calls nothing the same that is not.

use std::collections::BTreeMap;

use anyhow::{Result, anyhow};
use juesuan_facts::Filing;
use juesuan_model::Tally;
use juesuan_office::digest::{Fingerprint, sha256};
use juesuan_office::manifest::{MANIFEST, Manifest};
use juesuan_office::verify;
use juesuan_read::files::{FileKind, content, joined};
use juesuan_read::{Files, Memory, Zip};

use super::Target;
use crate::{seeds, shape};

/// Files of the output, the manifest aside.
const FILES: [(&str, &str); 3] =
    [("决算.docx", "PK 甲"), ("site/index.html", "<html>甲</html>"), ("package.json", "{}")];

/// The files of an output with the manifest that was approved.
fn files() -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files: BTreeMap<String, Vec<u8>> =
        FILES.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    let manifest = Manifest {
        program: "juesuan".to_owned(),
        catalog_sha256: sha256(b"catalog"),
        filing: Filing::default(),
        inputs: BTreeMap::from([("department.toml".to_owned(), sha256(b"department"))]),
        faces: BTreeMap::new(),
        files: files.iter().map(|(path, bytes)| (path.clone(), sha256(bytes))).collect(),
        documents: Vec::new(),
        publishable: true,
        draft_reasons: Vec::new(),
        tally: Tally::default(),
        findings: Vec::new(),
        ledger: Vec::new(),
    };
    files.insert(MANIFEST.to_owned(), serde_json::to_vec_pretty(&manifest)?);
    Ok(files)
}

/// The output as an archive.
pub fn output() -> Result<Vec<u8>> {
    seeds::packed(files()?.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())))
}

/// An output held against the manifest in it, and against the code of the one that was approved.
pub fn outputs() -> Result<Target> {
    let approved = files()?;
    let manifest = approved.get(MANIFEST).ok_or_else(|| anyhow!("no manifest"))?;
    let code = Fingerprint::of(manifest).to_string();
    let mut untouched = Memory::folder("输出");
    approved.iter().for_each(|(path, bytes)| untouched.put(path, bytes.clone()));
    let same = verify(&untouched, Some(&code)).map_err(|error| anyhow!("{error}"))?.is_same();
    assert!(same, "what was approved is called changed");
    Ok(Box::new(move |input| {
        let Ok(output) = Zip::open("输出", input.to_vec()) else { return 0 };
        let mut there = BTreeMap::new();
        collect(&output, "", &mut there);
        if verify(&output, Some(&code)).is_ok_and(|verified| verified.is_same()) {
            assert!(there == approved, "a changed output is called the one that was approved");
        }
        match verify(&output, None) {
            Err(error) => shape::hash(error.to_string().as_bytes()),
            Ok(verified) => {
                if verified.is_same() {
                    fits(&there);
                }
                shape::counts(&[verified.differences.len(), verified.manifest.files.len()])
            }
        }
    }))
}

fn collect(output: &dyn Files, folder: &str, there: &mut BTreeMap<String, Vec<u8>>) {
    for entry in output.list(folder).unwrap_or_default() {
        let path = joined(folder, &entry.name);
        match entry.kind {
            FileKind::Folder => collect(output, &path, there),
            _ => drop(there.insert(path.clone(), content(output, &path).unwrap_or_default())),
        }
    }
}

/// Every file stands in the manifest with its digest, as any other program reads it.
fn fits(there: &BTreeMap<String, Vec<u8>>) {
    let manifest = there.get(MANIFEST).map(Vec::as_slice).unwrap_or_default();
    let read: serde_json::Value = serde_json::from_slice(manifest).unwrap_or_default();
    for (path, bytes) in there.iter().filter(|(path, _)| path.as_str() != MANIFEST) {
        assert!(read["files"][path] == sha256(bytes).as_str(), "{path} is not the file of the manifest");
    }
    assert_eq!(read["files"].as_object().map_or(0, serde_json::Map::len), there.len() - 1, "a file is not there");
}
