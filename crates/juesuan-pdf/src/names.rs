//! What a font file says of itself. Font folders hold gigabytes, and one face of Chinese has ten or twenty megabytes of outlines: only the
//! directory and the tables are read that name a face and say which characters it has.

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
/// Tables that describe a face, and the most bytes that are read of each. A large table of characters has half a million.
const DESCRIBING: [&[u8; 4]; 9] = [b"MATH", b"OS/2", b"cmap", b"fvar", b"head", b"hhea", b"maxp", b"name", b"post"];
const DESCRIBING_MAX_BYTES: u32 = 8 << 20;
/// Bytes of the head of a face, and of an entry of its directory.
const HEAD_BYTES: usize = 12;
const ENTRY_BYTES: usize = 16;

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

/// A face of a font file without its outlines: enough to know its family, weight and characters.
///
/// # Errors
/// A file that cannot be read, or that ends before what its directory names.
pub(crate) fn description(path: &Path, index: u32) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let of_index = usize::try_from(index).ok().and_then(|index| face_offsets(&mut file).ok()?.get(index).copied());
    let face = u64::from(of_index.ok_or(io::ErrorKind::InvalidData)?);
    let version: [u8; 4] = read(&mut file, face)?;
    let count = u16::from_be_bytes(read(&mut file, face + 4)?).min(TABLES_MAX);
    let mut tables = Vec::new();
    for table in 0..u64::from(count) {
        let entry: [u8; ENTRY_BYTES] = read(&mut file, face + 12 + 16 * table)?;
        let [a, b, c, d, sums @ .., l0, l1, l2, l3] = entry;
        let [_, _, _, _, o0, o1, o2, o3] = sums;
        let length = u32::from_be_bytes([l0, l1, l2, l3]);
        if DESCRIBING.contains(&&[a, b, c, d]) && length <= DESCRIBING_MAX_BYTES {
            let mut data = vec![0; usize::try_from(length).unwrap_or(0)];
            file.seek(SeekFrom::Start(u64::from(u32::from_be_bytes([o0, o1, o2, o3]))))?;
            file.read_exact(&mut data)?;
            tables.push(([a, b, c, d], data));
        }
    }
    Ok(assembled(version, &tables))
}

/// A font file of these tables, in the order of their tags as they came.
fn assembled(version: [u8; 4], tables: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let four = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes();
    let mut out = version.to_vec();
    out.extend(u16::try_from(tables.len()).unwrap_or(0).to_be_bytes());
    out.resize(HEAD_BYTES, 0);
    let mut at = HEAD_BYTES + ENTRY_BYTES * tables.len();
    for (tag, data) in tables {
        out.extend(tag.iter().chain(&[0; 4]).chain(&four(at)).chain(&four(data.len())));
        at += data.len();
    }
    tables.iter().for_each(|(_, data)| out.extend(data));
    out
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
