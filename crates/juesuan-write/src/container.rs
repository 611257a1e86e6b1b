//! The ZIP container of office files, the same on every system.
//!
//! The directory of an archive says by which system each entry was made, and libraries write down the one that they run on. Office
//! programs ignore it; the same package must give the same bytes.

use zip::System;

/// The system that every entry names.
pub(crate) const MADE_BY: System = System::Unix;

/// First bytes of an entry of the directory.
const ENTRY: [u8; 4] = *b"PK\x01\x02";
/// First bytes of the end of the directory.
const END: [u8; 4] = *b"PK\x05\x06";
/// Size of an entry without its texts, and where in it the system stands and the lengths of its three texts.
const ENTRY_BYTES: usize = 46;
const SYSTEM_AT: usize = 5;
const LENGTHS_AT: [usize; 3] = [28, 30, 32];
/// Where in the end the offset of the directory stands.
const OFFSET_AT: usize = 16;

/// The archive with [`MADE_BY`] in every entry of its directory.
pub(crate) fn settled(mut archive: Vec<u8>) -> Vec<u8> {
    let Some(end) = archive.windows(END.len()).rposition(|window| window == END) else { return archive };
    let Some(mut at) = number(&archive, end + OFFSET_AT, 4) else { return archive };
    while archive.get(at..at + ENTRY.len()) == Some(ENTRY.as_slice()) {
        if let Some(system) = archive.get_mut(at + SYSTEM_AT) {
            *system = MADE_BY as u8;
        }
        let texts: usize = LENGTHS_AT.iter().filter_map(|length| number(&archive, at + length, 2)).sum();
        at += ENTRY_BYTES + texts;
    }
    archive
}

/// A number with its lowest byte first.
fn number(archive: &[u8], at: usize, bytes: usize) -> Option<usize> {
    let bytes = archive.get(at..at + bytes)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(system: System) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["a.xml", "媒体/图.png"] {
            zip.start_file(name, SimpleFileOptions::default().system(system)).unwrap();
            zip.write_all(b"PK\x01\x02").unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn an_archive_made_on_any_system_is_the_same() {
        let here = archive(MADE_BY);
        for system in [System::Dos, System::WindowsNTFS, System::OsDarwin] {
            let there = archive(system);
            assert_ne!(there, here);
            assert_eq!(settled(there), here);
        }
        assert_eq!(settled(here.clone()), here);
        assert_eq!(settled(b"no archive".to_vec()), b"no archive");
    }
}
