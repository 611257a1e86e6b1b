//! A checked document as bytes that are kept, and taken up by the same version of the program.

use std::io::{self, Read as _};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use juesuan_write::report::Checked;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The bytes of a document.
///
/// # Errors
/// None that are known: memory takes what is written.
pub fn pack(checked: &Checked) -> io::Result<Vec<u8>> {
    packed(checked)
}

/// The bytes of anything.
pub(crate) fn packed(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
    serde_json::to_writer(io::BufWriter::new(&mut packed), value)?;
    packed.finish()
}

/// The document of such bytes.
///
/// # Errors
/// Bytes that are no such document.
pub fn unpack(bytes: &[u8]) -> io::Result<Checked> {
    unpacked(bytes)
}

/// What such bytes are of.
pub(crate) fn unpacked<T: DeserializeOwned>(bytes: &[u8]) -> io::Result<T> {
    let mut json = Vec::new();
    DeflateDecoder::new(bytes).read_to_end(&mut json)?;
    Ok(serde_json::from_slice(&json)?)
}
