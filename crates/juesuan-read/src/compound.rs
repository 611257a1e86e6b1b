//! Compound files (XLS, DOC, encrypted XLSX): the names of their streams, and whether their chains are sound.
//!
//! The reader of XLS follows chains of sectors without end and asks for as many cells as a sheet says it has; both are
//! bounded here first.

use std::collections::BTreeSet;

use juesuan_text::part;

/// First bytes of every compound file.
pub const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// First number of a sector that is none (end of a chain, free, and the sectors of the table itself).
const SPECIAL: u32 = 0xFFFF_FFFA;

/// Streams below this size stand in small sectors of 64 bytes.
const SMALL_STREAM_BYTES: usize = 4096;

/// The directory of a compound file.
pub struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// The next sector of each.
    next: Vec<u32>,
    /// The next sector of each of the small sectors, in which short streams stand.
    next_small: Vec<u32>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: usize,
    links: [u32; 3],
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

impl<'a> Compound<'a> {
    /// `None` if the file is broken: sectors outside the file, chains in a circle.
    pub fn open(bytes: &'a [u8]) -> Option<Compound<'a>> {
        let sector = 1usize << u16_at(bytes, 30).filter(|shift| matches!(shift, 9 | 12))?;
        let mut file = Compound { bytes, sector, next: Vec::new(), next_small: Vec::new(), entries: Vec::new() };
        let numbers =
            |bytes: &[u8]| -> Vec<u32> { bytes.as_chunks().0.iter().copied().map(u32::from_le_bytes).collect() };
        // The table of sectors stands in sectors that the header lists, and further lists where those do not suffice.
        let mut listed: Vec<u32> = numbers(bytes.get(76..512)?);
        let mut list = u32_at(bytes, 68)?;
        let mut seen = BTreeSet::new();
        while list < SPECIAL && seen.insert(list) {
            let mut more = numbers(file.sector(list)?);
            list = more.pop()?;
            listed.extend(more);
        }
        for number in listed.into_iter().filter(|number| *number < SPECIAL) {
            let more = numbers(file.sector(number)?);
            file.next.extend(more);
            if file.next.len() > bytes.len() / sector * 2 + 2048 {
                return None;
            }
        }
        if circular(&file.next) {
            return None;
        }
        file.next_small = numbers(&file.chain(u32_at(bytes, 60)?));
        if circular(&file.next_small) {
            return None;
        }
        file.entries = file.chain(u32_at(bytes, 48)?).chunks_exact(128).map_while(entry).collect();
        (!file.entries.is_empty()).then_some(file)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let at = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.bytes.get(at..)?;
        Some(part(rest, ..self.sector))
    }

    fn chain(&self, start: u32) -> Vec<u8> {
        let mut out = Vec::new();
        let mut number = start;
        // Without circles a chain is no longer than the table.
        for _ in 0..=self.next.len() {
            let Some(sector) = (number < SPECIAL).then(|| self.sector(number)).flatten() else { break };
            out.extend_from_slice(sector);
            number = self.next.get(number as usize).copied().unwrap_or(u32::MAX);
        }
        out
    }

    /// Names of the streams and storages directly under the root: what the file is, whatever is embedded in it.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open: Vec<u32> = self.entries.first().map(|root| root.links[2]).into_iter().collect();
        while let Some(number) = open.pop() {
            let Some(entry) = self.entries.get(number as usize).filter(|_| seen.insert(number)) else { continue };
            names.push(entry.name.as_str());
            open.extend(&entry.links[..2]);
        }
        names.sort_unstable();
        names
    }

    /// The content of the first stream of this name, in any case of letters.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        let mut bytes =
            if entry.size < SMALL_STREAM_BYTES { self.small_chain(entry.start) } else { self.chain(entry.start) };
        bytes.truncate(entry.size);
        Some(bytes)
    }

    fn small_chain(&self, start: u32) -> Vec<u8> {
        let all = self.entries.first().map(|root| self.chain(root.start)).unwrap_or_default();
        let mut out = Vec::new();
        let mut number = start as usize;
        for _ in 0..=self.next_small.len() {
            let Some(sector) = all.get(number.saturating_mul(64)..).filter(|rest| !rest.is_empty()) else { break };
            out.extend_from_slice(part(sector, ..64));
            number = self.next_small.get(number).map_or(usize::MAX, |next| *next as usize);
        }
        out
    }
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let length = usize::from(u16_at(bytes, 64)?).saturating_sub(2).min(62);
    let units: Vec<u16> = part(bytes, ..length).as_chunks().0.iter().copied().map(u16::from_le_bytes).collect();
    Some(Entry {
        name: String::from_utf16_lossy(&units),
        start: u32_at(bytes, 116)?,
        size: usize::try_from(u32_at(bytes, 120)?).ok()?,
        links: [u32_at(bytes, 68)?, u32_at(bytes, 72)?, u32_at(bytes, 76)?],
    })
}

/// True if some chain of the table comes back to itself.
fn circular(next: &[u32]) -> bool {
    // 0 not seen, else the number of the walk that saw it.
    let mut walks = vec![0u32; next.len()];
    for (walk, start) in (1u32..).zip(0..next.len()) {
        let mut at = start;
        while let Some(seen) = walks.get_mut(at) {
            if *seen == walk {
                return true;
            }
            if *seen != 0 {
                break;
            }
            *seen = walk;
            at = next.get(at).map_or(usize::MAX, |next| *next as usize);
        }
    }
    false
}

/// Cells that the sheets of a workbook stream span altogether, as their reader will ask memory for them.
pub fn cells_spanned(workbook: &[u8]) -> u64 {
    let mut all: u64 = 0;
    let mut sheet = Span::default();
    let mut at = 0;
    while let (Some(kind), Some(length)) = (u16_at(workbook, at), u16_at(workbook, at + 2)) {
        let data = workbook.get(at + 4..at + 4 + usize::from(length)).unwrap_or_default();
        match kind {
            // The beginning of a part: a new sheet.
            0x0809 => {
                all = all.saturating_add(sheet.cells());
                sheet = Span::default();
            }
            // What the sheet says it has.
            0x0200 if data.len() >= 12 => {
                let number = |at| u64::from(u32_at(data, at).unwrap_or(0));
                let column = |at| u64::from(u16_at(data, at).unwrap_or(0));
                let rows = number(4).wrapping_sub(number(0)).min(u64::from(u32::MAX));
                let columns = column(10).wrapping_sub(column(8)).min(u64::from(u32::MAX));
                all = all.saturating_add(rows.saturating_mul(columns));
            }
            0x0200 if data.len() >= 8 => sheet.add(u16_at(data, 2).unwrap_or(0), u16_at(data, 6).unwrap_or(0)),
            // Numbers, texts, formulas, and rows of numbers: row and column come first.
            0x0006 | 0x00BD | 0x00D6 | 0x00FD | 0x0203 | 0x0204 | 0x0205 | 0x027E => {
                if let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) {
                    let more = if kind == 0x00BD { data.len() / 6 } else { 0 };
                    sheet.add(row, column);
                    sheet.add(row, column.saturating_add(u16::try_from(more).unwrap_or(u16::MAX)));
                }
            }
            _ => {}
        }
        at += 4 + usize::from(length);
    }
    all.saturating_add(sheet.cells())
}

#[derive(Default)]
struct Span {
    corners: Option<([u16; 2], [u16; 2])>,
}

impl Span {
    fn add(&mut self, row: u16, column: u16) {
        let (low, high) = self.corners.get_or_insert(([row, column], [row, column]));
        *low = [low[0].min(row), low[1].min(column)];
        *high = [high[0].max(row), high[1].max(column)];
    }

    fn cells(&self) -> u64 {
        self.corners.map_or(0, |(low, high)| (u64::from(high[0] - low[0]) + 1) * (u64::from(high[1] - low[1]) + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_in_a_circle_is_found_and_two_chains_that_meet_are_none() {
        assert!(circular(&[1, 2, 0]));
        assert!(circular(&[0]));
        assert!(!circular(&[2, 2, u32::MAX]));
    }

    #[test]
    fn two_cells_in_opposite_corners_span_the_whole_sheet() {
        let number = |row: u16, column: u16| {
            let mut record = [0x0203u16, 14, row, column].map(u16::to_le_bytes).concat();
            record.extend([0; 10]);
            record
        };
        let stream = [number(0, 0), number(65_535, 255)].concat();
        assert_eq!(cells_spanned(&stream), 65_536 * 256);
    }
}
