//! How the numbers of an XLS file are shown: records of the stream of its workbook (MS-XLS 2.4: BoundSheet8, Format, XF, Number, RK,
//! MulRk, Formula).

use std::collections::BTreeMap;

use juesuan_text::part;

use crate::compound::Compound;
use crate::formats::{BUILT_IN, Shown, Way, way};

const BOUND_SHEET: u16 = 0x0085;
const FORMAT: u16 = 0x041E;
const XF: u16 = 0x00E0;
const NUMBER: u16 = 0x0203;
const RK: u16 = 0x027E;
const MUL_RK: u16 = 0x00BD;
const FORMULA: u16 = 0x0006;
const END: u16 = 0x000A;
/// Bytes of a format and a number in a row of numbers.
const RK_BYTES: usize = 6;
/// Cells of one workbook that are kept.
const CELLS_MAX: usize = 100_000;

/// The cells whose numbers are shown otherwise than they are stored, by the name of their sheet; none for a file that cannot be read.
pub fn shown(bytes: &[u8]) -> BTreeMap<String, Vec<Shown>> {
    let stream = Compound::open(bytes).and_then(|file| file.stream("Workbook")).unwrap_or_default();
    let mut formats: BTreeMap<u32, Way> = BUILT_IN.into();
    let mut styles: Vec<Option<Way>> = Vec::new();
    let mut sheets: Vec<(String, usize)> = Vec::new();
    for (id, body) in records(&stream, 0) {
        match id {
            FORMAT => {
                let way = text(part(body, 2..), 2).and_then(|code| way(&code));
                formats.extend(short(body, 0).map(u32::from).zip(way));
            }
            XF => styles.push(short(body, 2).and_then(|format| formats.get(&u32::from(format)).copied())),
            BOUND_SHEET => sheets.extend(text(part(body, 6..), 1).zip(long(body, 0))),
            _ => {}
        }
    }
    let mut left = CELLS_MAX;
    let mut found = BTreeMap::new();
    for (name, from) in sheets {
        let mut cells = Vec::new();
        for (id, body) in records(&stream, from) {
            let style = |at: usize| styles.get(usize::from(short(body, at)?)).copied().flatten();
            let place = |at: usize| short(body, at).map(usize::from);
            let Some((row, column)) = place(0).zip(place(2)) else { continue };
            match id {
                NUMBER | RK | FORMULA => {
                    cells.extend(style(4).map(|way| Shown { row, column, way }));
                }
                MUL_RK => {
                    let many = body.len().saturating_sub(RK_BYTES) / RK_BYTES;
                    let each = (0..many).filter_map(|at| Some((column + at, style(4 + at * RK_BYTES)?)));
                    cells.extend(each.map(|(column, way)| Shown { row, column, way }));
                }
                _ => {}
            }
            if cells.len() > left {
                return found;
            }
        }
        left -= cells.len();
        found.insert(name, cells);
    }
    found
}

/// The records of a stream from a place on, up to the end of the part that begins there.
fn records(stream: &[u8], from: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = from;
    std::iter::from_fn(move || {
        let rest = part(stream, at..);
        let (id, length) = (short(rest, 0)?, usize::from(short(rest, 2)?));
        at = at.saturating_add(4 + length);
        (id != END).then(|| (id, part(rest, 4..4 + length)))
    })
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let [low, high] = [short(bytes, at)?, short(bytes, at + 2)?];
    Some(usize::from(high) << 16 | usize::from(low))
}

/// A text behind its length, which takes one or two bytes; behind that says a bit whether its letters take two each.
fn text(bytes: &[u8], size: usize) -> Option<String> {
    let length = if size == 1 { usize::from(*bytes.first()?) } else { usize::from(short(bytes, 0)?) };
    let wide = *bytes.get(size)? & 1 == 1;
    let letters = part(bytes, size + 1..);
    let units: Vec<u16> = match wide {
        true => (0..length).map_while(|at| short(letters, 2 * at)).collect(),
        false => letters.iter().take(length).map(|letter| u16::from(*letter)).collect(),
    };
    Some(String::from_utf16_lossy(&units))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_records_are_read_as_they_are_packed() {
        assert_eq!(text(&[3, 0, b'0', b'.', b'0'], 1).as_deref(), Some("0.0"));
        assert_eq!(text(&[1, 0, 1, 0x68, 0x88], 2).as_deref(), Some("表"));
        let stream = [0xE0, 0, 2, 0, 7, 9, 0x0A, 0, 0, 0, 0xE0, 0, 0, 0];
        let read: Vec<(u16, Vec<u8>)> = records(&stream, 0).map(|(id, body)| (id, body.to_vec())).collect();
        assert_eq!(read, [(XF, vec![7, 9])]);
        assert!(records(&[0xE0, 0, 9], 0).next().is_none());
        assert!(shown(b"no workbook").is_empty());
    }
}
