//! SHA-256 as people and manifests write it.

use std::io::{self, Read};

use juesuan_catalog::Catalog;
use sha2::{Digest, Sha256};

/// Bytes that are read at once.
const CHUNK: usize = 1 << 16;

/// SHA-256 in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    shown(&Sha256::digest(bytes))
}

/// SHA-256 of all that can be read, in hexadecimal digits.
pub(crate) fn of_content(mut content: impl Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; CHUNK];
    loop {
        let length = content.read(&mut buffer)?;
        if length == 0 {
            return Ok(shown(&hash.finalize()));
        }
        hash.update(buffer.get(..length).unwrap_or_default());
    }
}

/// SHA-256 over all files of a catalogue with their paths.
pub(crate) fn of_catalog(catalog: &Catalog) -> String {
    let mut all = Vec::new();
    for (path, text) in catalog.source.all() {
        all.extend_from_slice(path.as_bytes());
        all.push(0);
        all.extend_from_slice(text.as_bytes());
        all.push(0);
    }
    sha256(&all)
}

/// The short code that stands for a whole output: the first 16 hexadecimal digits of the manifest's SHA-256, in fours.
/// Whoever approves notes it; a changed manifest has another one.
pub fn fingerprint(manifest: &[u8]) -> String {
    let digest = sha256(manifest);
    let groups: Vec<&str> = (0..4).filter_map(|i| digest.get(4 * i..4 * i + 4)).collect();
    groups.join("-")
}

fn shown(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
