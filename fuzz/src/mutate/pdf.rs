//! Objects of a PDF: dropped, doubled, exchanged; lengths, references and operators changed. Its table of places is then
//! wrong, as it is in files that were mended by hand: readers look for the objects themselves.

use std::ops::Range;

use super::{bytes, replaced};
use crate::random::Random;

/// Names after which a value decides how much is read.
const KEYS: [&[u8]; 12] = [
    b"/Length",
    b"/Count",
    b"/Kids",
    b"/MediaBox",
    b"/Filter",
    b"/Contents",
    b"/Font",
    b"/Type",
    b"/Resources",
    b"/Parent",
    b"/Subtype",
    b"/Root",
];

/// Values that are no good after one of these names.
const VALUES: [&str; 10] = [
    " 0",
    " -1",
    " 99999999",
    " 3 0 R",
    " 4 0 R",
    "[3 0 R 3 0 R]",
    "/Fl#61teDecode",
    "[/ASCIIHexDecode/FlateDecode]",
    "<<>>",
    " null",
];

/// One change; `None` where there is no object.
pub fn change(pdf: &[u8], random: &mut Random) -> Option<Vec<u8>> {
    let objects = objects(pdf);
    let object = random.of(&objects)?.clone();
    Some(match random.below(8) {
        0 => replaced(pdf, object, &[]),
        1 => {
            let copies = pdf[object.clone()].repeat(random.times(3));
            replaced(pdf, object, &copies)
        }
        2 => {
            let other = pdf[random.of(&objects)?.clone()].to_vec();
            replaced(pdf, object, &other)
        }
        3 | 4 => value(pdf, random)?,
        5 => reference(pdf, random)?,
        _ => operator(pdf, random)?,
    })
}

fn found(pdf: &[u8], what: &[u8]) -> Vec<usize> {
    (0..pdf.len()).filter(|at| pdf[*at..].starts_with(what)).collect()
}

/// What stands between ` obj` and `endobj`.
fn objects(pdf: &[u8]) -> Vec<Range<usize>> {
    let ends = found(pdf, b"endobj");
    let begins = found(pdf, b" obj").into_iter().map(|at| at + 4);
    begins.filter_map(|begin| Some(begin..*ends.iter().find(|end| **end >= begin)?)).collect()
}

fn value(pdf: &[u8], random: &mut Random) -> Option<Vec<u8>> {
    let key = *random.of(&KEYS)?;
    let at = *random.of(&found(pdf, key))? + key.len();
    let own = &pdf[at..];
    // Up to the next name or the end of the dictionary.
    let end = own.iter().skip(1).position(|byte| matches!(byte, b'/' | b'>')).map_or(own.len(), |end| end + 1);
    let value = *random.of(&VALUES)?;
    Some(replaced(pdf, at..at + end, value.as_bytes()))
}

/// A reference leads to another object, or to its own.
fn reference(pdf: &[u8], random: &mut Random) -> Option<Vec<u8>> {
    let end = *random.of(&found(pdf, b" 0 R"))?;
    let start = pdf[..end].iter().rposition(|byte| !byte.is_ascii_digit()).map_or(0, |before| before + 1);
    Some(replaced(pdf, start..end, random.below(12).to_string().as_bytes()))
}

/// A line of a content stream is dropped, repeated, or gets another number.
fn operator(pdf: &[u8], random: &mut Random) -> Option<Vec<u8>> {
    let begin = *random.of(&found(pdf, b"stream\n"))? + 7;
    let end = begin + found(&pdf[begin..], b"endstream").first()?;
    let lines: Vec<&[u8]> = pdf[begin..end].split(|byte| *byte == b'\n').collect();
    let chosen = random.below(lines.len());
    let mut made = Vec::new();
    let way = random.below(3);
    for (index, line) in lines.into_iter().enumerate() {
        let mut line = [line, b"\n"].concat();
        if index == chosen {
            match way {
                0 => line.clear(),
                1 => line = line.repeat(random.times(8)),
                _ => bytes::change(&mut line, &pdf[begin..end], random),
            }
        }
        made.extend(line);
    }
    Some(replaced(pdf, begin..end, &made))
}
