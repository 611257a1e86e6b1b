//! Bytes one after the other, each stretch with its length before it. A message of no bytes says that the answer is whole.

use std::io::{self, ErrorKind, Read, Write};

/// Writes a stretch of bytes.
///
/// # Errors
/// Nobody reads it any more, or it is longer than 4 GB.
pub(super) fn write(sink: &mut dyn Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(|_| io::Error::from(ErrorKind::InvalidInput))?;
    sink.write_all(&length.to_le_bytes())?;
    sink.write_all(bytes)?;
    sink.flush()
}

/// Reads a stretch of at most so many bytes.
///
/// # Errors
/// It ends before its end, or says that it is longer.
pub(super) fn read(source: &mut dyn Read, bytes_max: u64) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    source.read_exact(&mut length)?;
    let length = u64::from(u32::from_le_bytes(length));
    if length > bytes_max {
        return Err(ErrorKind::InvalidData.into());
    }
    let mut bytes = Vec::new();
    // Grows with what comes: a length that nothing follows takes no memory.
    source.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_short_or_too_long_is_no_message() {
        let mut sent = Vec::new();
        write(&mut sent, b"page").unwrap();
        write(&mut sent, b"").unwrap();
        let mut source = sent.as_slice();
        assert_eq!(read(&mut source, 4).unwrap(), b"page");
        assert_eq!(read(&mut source, 4).unwrap(), b"");
        assert_eq!(read(&mut source, 4).unwrap_err().kind(), ErrorKind::UnexpectedEof);
        assert_eq!(read(&mut &sent[..6], 4).unwrap_err().kind(), ErrorKind::UnexpectedEof);
        assert_eq!(read(&mut sent.as_slice(), 3).unwrap_err().kind(), ErrorKind::InvalidData);
    }
}
