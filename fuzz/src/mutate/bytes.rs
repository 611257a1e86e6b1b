//! Bytes, stretches of them, and words with which formats go wrong.

use crate::random::Random;

/// Numbers that are at an edge of something.
pub const NUMBERS: [&str; 12] = [
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
    "0.005",
];

/// Words with which formats go wrong.
const WORDS: [&str; 34] = [
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
    "../../a",
];

/// A number or a word.
pub fn word(random: &mut Random) -> &'static str {
    let list: &[&str] = if random.below(3) == 0 { &NUMBERS } else { &WORDS };
    random.of(list).copied().unwrap_or_default()
}

/// One change.
pub fn change(bytes: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    if bytes.is_empty() {
        bytes.extend_from_slice(word(random).as_bytes());
        return;
    }
    let at = random.below(bytes.len());
    let end = at + random.below((bytes.len() - at).min(200) + 1);
    match random.below(9) {
        0 => bytes[at] ^= 1 << random.below(8),
        1 => bytes[at] = u8::try_from(random.below(256)).unwrap_or(0),
        2 => drop(bytes.drain(at..end)),
        3 => bytes.truncate(at),
        4 => {
            // The same stretch again and again.
            let copies = bytes[at..end].repeat(random.times(7));
            bytes.splice(at..at, copies);
        }
        5 => drop(bytes.splice(at..at, word(random).bytes())),
        6 => drop(bytes.splice(at..end, word(random).bytes())),
        7 => {
            let from = random.below(other.len() + 1);
            let to = from + random.below((other.len() - from).min(400) + 1);
            bytes.splice(at..at, other[from..to].iter().copied());
        }
        _ => number(bytes, at, random),
    }
}

/// The first number behind `at` becomes another one.
fn number(bytes: &mut Vec<u8>, at: usize, random: &mut Random) {
    let Some(first) = bytes[at..].iter().position(u8::is_ascii_digit).map(|ahead| at + ahead) else { return };
    let last = bytes[first..].iter().position(|b| !b.is_ascii_digit()).map_or(bytes.len(), |ahead| first + ahead);
    let word = random.of(&NUMBERS).copied().unwrap_or_default();
    bytes.splice(first..last, word.bytes());
}
