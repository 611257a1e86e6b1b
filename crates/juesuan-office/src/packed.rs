//! A checked document as bytes that are kept, and taken up by the same version of the program.

use std::io::{self, Read as _};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use juesuan_write::report::Checked;

/// The bytes of a document.
///
/// # Errors
/// None that are known: memory takes what is written.
pub fn pack(checked: &Checked) -> io::Result<Vec<u8>> {
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
    serde_json::to_writer(io::BufWriter::new(&mut packed), checked)?;
    packed.finish()
}

/// The document of such bytes.
///
/// # Errors
/// Bytes that are no such document.
pub fn unpack(bytes: &[u8]) -> io::Result<Checked> {
    let mut json = Vec::new();
    DeflateDecoder::new(bytes).read_to_end(&mut json)?;
    Ok(serde_json::from_slice(&json)?)
}
