//! Streams that unpack to more than any document needs: found before anything is unpacked into memory.
//!
//! The interpreter unpacks whole streams and keeps those of pages. Here each is unpacked into nothing, and counted.

use std::io::Read;

use flate2::read::ZlibDecoder;
use memchr::memmem;

/// Bytes of all streams together, unpacked. The largest real document seen has 25 million.
const UNPACKED_MAX: u64 = 400_000_000;
/// Bytes of a stream in a packing that is not counted here; the best of them makes a thousand out of one.
const PACKED_MAX: usize = 200_000;
/// The most that one byte of deflate makes.
const DEFLATE_RATIO: u64 = 1_032;
/// Bytes before the data in which its dictionary is looked for.
const DICTIONARY_BYTES: usize = 2_048;

/// True if the file cannot be unpacked within bounds.
pub(super) fn is_bomb(bytes: &[u8]) -> bool {
    let mut unpacked = 0u64;
    // What is still allowed to come out of single packings that were not counted.
    let mut uncounted = UNPACKED_MAX / DEFLATE_RATIO;
    let mut buffer = vec![0u8; 1 << 16];
    let end = memmem::Finder::new(b"endstream");
    let mut from = 0;
    while let Some(found) = bytes.get(from..).and_then(|rest| memmem::find(rest, b"stream")) {
        let at = from + found;
        from = at + 6;
        let is_end = at.checked_sub(3).and_then(|before| bytes.get(before..at)) == Some(b"end");
        let data = bytes.get(from..).unwrap_or_default();
        let data = data.strip_prefix(b"\r\n").or_else(|| data.strip_prefix(b"\n")).unwrap_or(data);
        if is_end {
            continue;
        }
        let Some(length) = end.find(data).or(Some(data.len())) else { continue };
        let data = data.get(..length).unwrap_or_default();
        let head = bytes.get(at.saturating_sub(DICTIONARY_BYTES)..at).unwrap_or_default();
        let head = memmem::rfind(head, b" obj").map_or(head, |begin| head.get(begin..).unwrap_or(head));
        let has = |name: &[u8]| memmem::find(head, name).is_some();
        from = at + 6 + length;
        // Pictures are not unpacked to read a page.
        if has(b"/Image") {
            continue;
        }
        let flates = memmem::find_iter(head, b"/Fl")
            .filter(|at| !head.get(at + 3..).is_some_and(|r| r.starts_with(b"ags")))
            .count();
        unpacked += match flates {
            0 if has(b"/LZW") || has(b"/RunLength") || has(b"/RL") => {
                u64::from(data.len() > PACKED_MAX) * (UNPACKED_MAX + 1)
            }
            0 => 0,
            1 if data.len() as u64 <= uncounted => {
                uncounted -= data.len() as u64;
                0
            }
            1 => count(ZlibDecoder::new(data), &mut buffer),
            2 => count(ZlibDecoder::new(ZlibDecoder::new(data)), &mut buffer),
            _ => UNPACKED_MAX + 1,
        };
        if unpacked > UNPACKED_MAX {
            return true;
        }
    }
    false
}

/// Bytes that come out, as far as they come out at all.
fn count(mut unpacked: impl Read, buffer: &mut [u8]) -> u64 {
    let mut sum = 0;
    while sum <= UNPACKED_MAX {
        match unpacked.read(buffer) {
            Ok(0) | Err(_) => break,
            Ok(bytes) => sum += bytes as u64,
        }
    }
    sum
}
