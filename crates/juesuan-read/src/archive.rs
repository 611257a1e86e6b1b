//! ZIP archives with bounds: a small file that would unpack to a large one is refused before memory is spent.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use juesuan_model::Problem;
use zip::ZipArchive;

use crate::budget::{PART_BYTES_MAX, RATIO_FREE_BYTES, RATIO_MAX};
use crate::file::{BROKEN, fault};
use crate::said::said;

/// An opened archive. Problems carry the name of the file that it is.
pub struct Archive<T: AsRef<[u8]>> {
    file: String,
    zip: ZipArchive<Cursor<T>>,
    twice: Vec<String>,
}

/// One entry of the directory of an archive.
pub struct Entry {
    /// Position, for [`Archive::unpack`].
    pub index: usize,
    /// Path inside the archive, `/` between folders, cleaned of `..` and drive letters.
    pub path: String,
    /// True for folders.
    pub folder: bool,
}

impl<T: AsRef<[u8]>> Archive<T> {
    /// Reads the directory of an archive.
    pub fn open(file: &str, bytes: T) -> Result<Archive<T>, Problem> {
        let open = |bytes| ZipArchive::new(Cursor::new(bytes)).map_err(|_| fault(file, BROKEN));
        let mut zip = open(bytes)?;
        let mut twice = Vec::new();
        if zip.has_duplicate_names() {
            let start = usize::try_from(zip.central_directory_start()).unwrap_or(usize::MAX);
            let bytes = zip.into_inner().into_inner();
            twice = repeated(bytes.as_ref().get(start..).unwrap_or_default());
            zip = open(bytes)?;
        }
        if overlaps(&mut zip) {
            return Err(fault(file, said("overlaid", &[])));
        }
        Ok(Archive { file: file.to_owned(), zip, twice })
    }

    /// Names that more than one entry has; of these only the last is there.
    pub fn twice(&self) -> &[String] {
        &self.twice
    }

    /// The entries in the order of the directory.
    pub fn entries(&mut self) -> Vec<Entry> {
        let names: Vec<Vec<u8>> = self.zip.file_names_raw().map(<[u8]>::to_vec).collect();
        let entry = |(index, raw): (usize, Vec<u8>)| {
            let name = name_of(&raw);
            Entry { index, folder: name.ends_with(['/', '\\']), path: cleaned(&name) }
        };
        names.into_iter().enumerate().map(entry).collect()
    }

    /// True if there is a part whose path begins with this, in any case of letters.
    pub fn has(&self, start: &str) -> bool {
        let begins = |raw: &[u8]| raw.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start.as_bytes()));
        self.zip.file_names_raw().any(begins)
    }

    /// The content of a part, if there is one of that path.
    pub fn part(&mut self, path: &str) -> Result<Option<Vec<u8>>, Problem> {
        let index = self.zip.file_names_raw().position(|raw| raw.eq_ignore_ascii_case(path.as_bytes()));
        index.map(|index| self.unpack(index, PART_BYTES_MAX)).transpose()
    }

    /// The content of an entry of at most `bytes_max` bytes.
    pub fn unpack(&mut self, index: usize, bytes_max: u64) -> Result<Vec<u8>, Problem> {
        let file = self.file.clone();
        let broken = |_| fault(&file, BROKEN);
        let (packed, encrypted) = {
            let raw = self.zip.by_index_raw(index).map_err(|_| broken(()))?;
            (raw.compressed_size(), raw.encrypted())
        };
        if encrypted {
            return Err(fault(&file, "压缩包加了密码；请解压后再读"));
        }
        let most = bytes_max.min(packed.saturating_mul(RATIO_MAX).max(RATIO_FREE_BYTES));
        let part = self.zip.by_index(index).map_err(|_| broken(()))?;
        let mut bytes = Vec::new();
        part.take(most + 1).read_to_end(&mut bytes).map_err(|_| broken(()))?;
        if bytes.len() as u64 > most {
            let size = most / 1024 / 1024;
            return Err(fault(
                &file,
                format!("解压后超过 {size} MB，与压缩前相差悬殊，不予读取；请检查来源，或拆成几个文件"),
            ));
        }
        Ok(bytes)
    }
}

/// True if two entries share packed bytes: a small archive then unpacks to any number of large files.
fn overlaps<T: AsRef<[u8]>>(zip: &mut ZipArchive<Cursor<T>>) -> bool {
    let mut ranges: Vec<(u64, u64)> = Vec::new();
    for index in 0..zip.len() {
        // What has no beginning cannot be unpacked either.
        let Ok(entry) = zip.by_index_raw(index) else { continue };
        let Some(start) = entry.data_start().filter(|_| entry.compressed_size() > 0) else { continue };
        ranges.push((start, start.saturating_add(entry.compressed_size())));
    }
    ranges.sort_unstable();
    ranges.iter().zip(ranges.iter().skip(1)).any(|((_, end), (next, _))| end > next)
}

/// The problem of an archive with two entries of one name: other programs may read the other one.
pub(crate) fn ambiguous(file: &str, path: &str) -> Problem {
    fault(file, format!("里面有两个“{path}”，分不清哪个算数；请改名后重新打包，或打开原件后另存"))
}

/// Names that a directory of an archive has more than once.
fn repeated(mut directory: &[u8]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut twice = Vec::new();
    while let Some(entry) = directory.strip_prefix(b"PK\x01\x02") {
        let number = |at: usize| match entry.get(at..at + 2) {
            Some([low, high]) => usize::from(u16::from_le_bytes([*low, *high])),
            _ => 0,
        };
        let (name, rest) = (number(24), number(26) + number(28));
        let Some(raw) = entry.get(42..42 + name) else { break };
        if !seen.insert(raw) {
            twice.push(cleaned(&name_of(raw)));
        }
        directory = entry.get(42 + name + rest..).unwrap_or_default();
    }
    twice
}

/// Archives made in China carry names in GBK without saying so; others say UTF-8, or are.
fn name_of(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(raw).0.into_owned(),
    }
}

/// The path without what could lead out of a folder, and without control characters.
pub(crate) fn cleaned(name: &str) -> String {
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    let parts = name.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | "..") && !part.ends_with(':'));
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere_outside() {
        assert_eq!(cleaned("../../etc/passwd"), "etc/passwd");
        assert_eq!(cleaned("C:\\公开\\决算.pdf"), "公开/决算.pdf");
        assert_eq!(cleaned("/决算/./表.xls"), "决算/表.xls");
    }

    #[test]
    fn names_in_gbk_are_read() {
        assert_eq!(name_of(&encoding_rs::GBK.encode("决算公开.pdf").0), "决算公开.pdf");
        assert_eq!(name_of("决算公开.pdf".as_bytes()), "决算公开.pdf");
    }
}
