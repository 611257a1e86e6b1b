//! Changes of inputs: bytes, stretches, words that matter to the formats; inside archives the parts are changed.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Largest input made.
const BYTES_MAX: usize = 512 * 1024;

/// Numbers that depend on the seed alone.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// Xorshift.
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Below `end`, which is more than zero.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 1).unwrap_or(0) % end.max(1)
    }
}

/// Words with which formats go wrong.
const WORDS: [&str; 44] = [
    "0",
    "-1",
    "65535",
    "65536",
    "4294967295",
    "2147483648",
    "99999999999999999999",
    "1e308",
    "-0.0",
    "NaN",
    "０１２",
    "%1%2%9",
    "\u{0}",
    "\u{feff}",
    "\u{3000}",
    "\u{a0}",
    "<",
    ">",
    "&#x110000;",
    "&amp;",
    "&x;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>",
    "<w:tbl><w:tr><w:tc>",
    "</w:tc></w:tr></w:tbl>",
    "<w:p>",
    "</w:p>",
    "<w:vMerge/>",
    "<w:gridSpan w:val='9999999'/>",
    "<table>",
    "<td rowspan=0 colspan=99999>",
    "</table>",
    "<tr>",
    "</tr>",
    "<pre>",
    "<ol start=4294967295><li>",
    "<svg>",
    "\"",
    "''",
    "，",
    "万元",
    "[收入, 基金=",
];

/// A change of one of the seeds.
pub fn change(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let seed = &seeds[random.below(seeds.len())];
    let other = &seeds[random.below(seeds.len())];
    // Most changes of an archive happen inside it; the others break the archive itself.
    if seed.starts_with(b"PK")
        && random.below(8) > 0
        && let Some(changed) = inside(seed, random)
    {
        return changed;
    }
    let mut bytes = seed.clone();
    for _ in 0..=random.below(4) {
        step(&mut bytes, other, random);
    }
    bytes.truncate(BYTES_MAX);
    bytes
}

fn inside(archive: &[u8], random: &mut Random) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(archive)).ok()?;
    let chosen = random.below(archive.len());
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let part = archive.by_index(index).ok()?;
        let name = part.name().ok()?.into_owned();
        let mut bytes = Vec::new();
        part.take(BYTES_MAX as u64).read_to_end(&mut bytes).ok()?;
        parts.push((name, bytes));
    }
    let other = parts[random.below(parts.len())].1.clone();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (index, (name, mut bytes)) in parts.into_iter().enumerate() {
        if index == chosen {
            for _ in 0..=random.below(4) {
                step(&mut bytes, &other, random);
            }
            bytes.truncate(BYTES_MAX);
        }
        out.start_file(name, SimpleFileOptions::default()).ok()?;
        out.write_all(&bytes).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}

/// One change.
fn step(bytes: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    if bytes.is_empty() {
        bytes.extend_from_slice(WORDS[random.below(WORDS.len())].as_bytes());
        return;
    }
    let at = random.below(bytes.len());
    let end = at + random.below((bytes.len() - at).min(200) + 1);
    match random.below(10) {
        0 => bytes[at] ^= 1 << random.below(8),
        1 => bytes[at] = u8::try_from(random.below(256)).unwrap_or(0),
        2 => drop(bytes.drain(at..end)),
        3 => bytes.truncate(at),
        4 => {
            // The same stretch again and again.
            let stretch = bytes[at..end].to_vec();
            let times = 1 << random.below(8);
            let copies = stretch.repeat(times);
            bytes.splice(at..at, copies);
        }
        5 | 6 => {
            let word = WORDS[random.below(WORDS.len())].as_bytes();
            bytes.splice(at..at, word.iter().copied());
        }
        7 => {
            let word = WORDS[random.below(WORDS.len())].as_bytes();
            bytes.splice(at..end, word.iter().copied());
        }
        8 => {
            let from = random.below(other.len() + 1);
            let to = from + random.below((other.len() - from).min(400) + 1);
            bytes.splice(at..at, other[from..to].iter().copied());
        }
        _ => {
            // A number in the text becomes another one.
            let Some(first) = bytes[at..].iter().position(u8::is_ascii_digit).map(|ahead| at + ahead) else { return };
            let last =
                bytes[first..].iter().position(|b| !b.is_ascii_digit()).map_or(bytes.len(), |ahead| first + ahead);
            let word = WORDS[random.below(10)].as_bytes();
            bytes.splice(first..last, word.iter().copied());
        }
    }
}
