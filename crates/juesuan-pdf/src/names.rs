//! The names inside a font file. Font folders hold gigabytes: only the directory and the name table are read.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use ttf_parser::name_id;

/// Largest name table read. Real ones hold a few thousand bytes; this bounds broken files.
const NAME_TABLE_MAX_BYTES: u32 = 1 << 20;
/// Most faces read from one collection. Noto CJK has 10.
const FACES_MAX: u32 = 64;
/// Most tables of one face.
const TABLES_MAX: u16 = 256;

/// One face of a font file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FaceNames {
    /// Position in the file; 0 unless the file is a collection.
    pub index: u32,
    /// Family, full and PostScript names in all languages, lower case.
    pub names: BTreeSet<String>,
}

/// The faces of a font file. A file that is not a font has none.
pub(crate) fn faces(path: &Path) -> io::Result<Vec<FaceNames>> {
    let mut file = File::open(path)?;
    let mut faces = Vec::new();
    for (index, offset) in (0..).zip(face_offsets(&mut file)?) {
        if let Some(names) = names_at(&mut file, offset)? {
            faces.push(FaceNames { index, names });
        }
    }
    Ok(faces)
}

fn face_offsets(file: &mut File) -> io::Result<Vec<u32>> {
    let tag = read::<4>(file, 0)?;
    if &tag != b"ttcf" {
        return Ok(vec![0]);
    }
    let count = u32::from_be_bytes(read(file, 8)?).min(FACES_MAX);
    (0..count).map(|face| Ok(u32::from_be_bytes(read(file, 12 + 4 * u64::from(face))?))).collect()
}

fn names_at(file: &mut File, face: u32) -> io::Result<Option<BTreeSet<String>>> {
    let face = u64::from(face);
    let tables = u16::from_be_bytes(read(file, face + 4)?).min(TABLES_MAX);
    for table in 0..u64::from(tables) {
        let record = face + 12 + 16 * table;
        if &read::<4>(file, record)? != b"name" {
            continue;
        }
        let start = u32::from_be_bytes(read(file, record + 8)?);
        let bytes = u32::from_be_bytes(read(file, record + 12)?).min(NAME_TABLE_MAX_BYTES);
        let mut data = Vec::new();
        file.seek(SeekFrom::Start(u64::from(start)))?;
        file.by_ref().take(u64::from(bytes)).read_to_end(&mut data)?;
        return Ok(decode(&data));
    }
    Ok(None)
}

fn decode(table: &[u8]) -> Option<BTreeSet<String>> {
    let table = ttf_parser::name::Table::parse(table)?;
    let wanted = [name_id::FAMILY, name_id::FULL_NAME, name_id::POST_SCRIPT_NAME, name_id::TYPOGRAPHIC_FAMILY];
    let names = table
        .names
        .into_iter()
        .filter(|name| wanted.contains(&name.name_id))
        .filter_map(|name| name.to_string())
        .map(|name| name.to_lowercase())
        .collect();
    Some(names)
}

fn read<const N: usize>(file: &mut File, at: u64) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}
