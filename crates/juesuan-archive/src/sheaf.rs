//! The rows of one document as bytes, on their way from who checked it to the parts of the archive.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use crate::error::{Error, Result};
use crate::rows::Rows;

/// The bytes of rows; the same for the same rows.
///
/// # Errors
/// None that are known: memory takes what is written.
pub(crate) fn pack(rows: &Rows) -> Result<Vec<u8>> {
    let plain = postcard::to_allocvec(rows).map_err(|error| Error::Damaged(error.to_string()))?;
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
    let written = packed.write_all(&plain).and_then(|()| packed.finish());
    written.map_err(|error| Error::Damaged(error.to_string()))
}

/// The rows of such bytes.
///
/// # Errors
/// [`Error::Damaged`] for bytes that are none.
pub(crate) fn unpack(bytes: &[u8]) -> Result<Rows> {
    let mut plain = Vec::new();
    let read = DeflateDecoder::new(bytes).read_to_end(&mut plain);
    read.map_err(|error| Error::Damaged(error.to_string()))?;
    postcard::from_bytes(&plain).map_err(|error| Error::Damaged(error.to_string()))
}
