//! Signatures of passages, cut into bands on the disk: passages that share a band are candidates.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, Write};

use super::Id;
use super::stretch::mixed;

/// Bands of a signature.
const BANDS: usize = 32;
/// Smallest hashes that a band joins.
const ROWS: usize = 4;
/// Bytes of a record: hash of the band, document, passage.
const RECORD: usize = 16;
/// Bytes of a file that is sorted at once.
const FILE_MAX: u64 = 256 << 20;

/// Files of bands; each band has several of them where one would be too large.
pub(super) struct Bands {
    files: Vec<BufWriter<File>>,
    /// Files of a band.
    split: usize,
    /// What makes a hash of a stretch, for each smallest hash.
    seeds: Vec<u64>,
}

/// Two passages, the smaller one first.
pub(super) type Pair = (Id, Id);

impl Bands {
    /// For so many passages. The files have no names and are gone with the process.
    pub fn new(passages: u64) -> std::io::Result<Bands> {
        let bytes = passages.saturating_mul(RECORD as u64);
        let split = usize::try_from(bytes.div_ceil(FILE_MAX)).unwrap_or(usize::MAX).max(1);
        let files = (0..BANDS.saturating_mul(split)).map(|_| tempfile::tempfile().map(BufWriter::new));
        let seeds = (1..=BANDS * ROWS).map(|number| mixed(number as u64) | 1).collect();
        Ok(Bands { files: files.collect::<Result<_, _>>()?, split, seeds })
    }

    /// Takes the own stretches of a passage.
    pub fn put(&mut self, id: Id, stretches: &[u64]) -> std::io::Result<()> {
        let mut least = [u64::MAX; BANDS * ROWS];
        for stretch in stretches {
            for (least, seed) in least.iter_mut().zip(&self.seeds) {
                *least = (*least).min(stretch.wrapping_mul(*seed).rotate_left(29));
            }
        }
        for (band, rows) in least.chunks(ROWS).enumerate() {
            let hash = rows.iter().fold(band as u64, |hash, least| mixed(hash ^ least));
            let split = usize::try_from(hash % self.split as u64).unwrap_or(0);
            let Some(file) = self.files.get_mut(band * self.split + split) else { continue };
            file.write_all(&hash.to_le_bytes())?;
            file.write_all(&id.document.to_le_bytes())?;
            file.write_all(&id.passage.to_le_bytes())?;
        }
        Ok(())
    }

    /// Candidates of different documents, sorted, each once. Of many that share a band each meets the first and its neighbour: what is
    /// alike is joined to chains in any case.
    pub fn pairs(self) -> std::io::Result<Vec<Pair>> {
        let mut pairs: Vec<Pair> = Vec::new();
        for file in self.files {
            let mut file = file.into_inner().map_err(|fault| fault.into_error())?;
            file.rewind()?;
            let mut records = records(BufReader::new(file))?;
            records.sort_unstable();
            for group in records.chunk_by(|a, b| a.0 == b.0) {
                let Some((_, first)) = group.first() else { continue };
                for pair in group.windows(2) {
                    let [(_, before), (_, own)] = pair else { continue };
                    pairs.extend([first, before].into_iter().map(|other| (*other, *own)));
                }
            }
            pairs.retain(|(a, b)| a.document != b.document);
            pairs.sort_unstable();
            pairs.dedup();
        }
        Ok(pairs)
    }
}

fn records(mut file: impl Read) -> std::io::Result<Vec<(u64, Id)>> {
    let mut out = Vec::new();
    let mut record = [0u8; RECORD];
    loop {
        match file.read_exact(&mut record) {
            Err(fault) if fault.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(out),
            done => done?,
        }
        let whole = u128::from_le_bytes(record);
        let id = Id { document: low((whole >> 64) as u64), passage: low((whole >> 96) as u64) };
        out.push((whole as u64, id));
    }
}

/// The lower half.
fn low(bits: u64) -> u32 {
    bits as u32
}
