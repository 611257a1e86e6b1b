//! Changes of inputs that keep to their structure: one part of an archive, one element, object, cell or sentence becomes
//! another. Changes of bytes, which break the structure, are the smaller part.
//!
//! In reading order: [`bytes`] any bytes; [`archive`] members of a ZIP; [`markup`] elements and attributes; [`pdf`] objects, lengths,
//! references; [`json`] values; [`lines`] lines and values of TOML; [`table`] cells of CSV; [`sentence`] clauses and what stands between them.

mod archive;
mod bytes;
mod json;
mod lines;
mod markup;
mod pdf;
mod sentence;
mod table;

use crate::random::Random;

/// Largest input made.
const BYTES_MAX: usize = 512 * 1024;
/// Archives inside archives that are opened.
const DEPTH_MAX: usize = 3;

/// A change of one of the seeds.
pub fn change(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let pick = |random: &mut Random| random.of(seeds).cloned().unwrap_or_default();
    let mut bytes = pick(random);
    let other = pick(random);
    for _ in 0..=random.below(3) {
        piece(&mut bytes, &other, random, 0);
    }
    bytes.truncate(BYTES_MAX);
    bytes
}

/// One change, of the kind that fits what the bytes are; `other` is of the same kind and lends what is put in.
fn piece(bytes: &mut Vec<u8>, other: &[u8], random: &mut Random, depth: usize) {
    if random.below(8) == 0 {
        return bytes::change(bytes, other, random);
    }
    let begins = |what: &[u8]| bytes.trim_ascii_start().starts_with(what);
    let changed = if begins(b"PK") && depth < DEPTH_MAX {
        archive::change(bytes, random, depth)
    } else if begins(b"%PDF") {
        pdf::change(bytes, random)
    } else if begins(b"{") {
        json::change(bytes, random)
    } else if begins(b"<") {
        markup::change(bytes, random)
    } else {
        text(bytes, random)
    };
    match changed {
        Some(changed) => *bytes = changed,
        None => bytes::change(bytes, other, random),
    }
}

/// Text may be a table, TOML or sentences: each way of changing it does something to all of them.
fn text(bytes: &[u8], random: &mut Random) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let changed = match random.below(3) {
        0 => table::change(text, random),
        1 => lines::change(text, random),
        _ => sentence::change(text, random),
    };
    Some(changed.into_bytes())
}

/// `bytes` with `range` replaced by `middle`.
fn replaced(bytes: &[u8], range: std::ops::Range<usize>, middle: &[u8]) -> Vec<u8> {
    [&bytes[..range.start], middle, &bytes[range.end..]].concat()
}
