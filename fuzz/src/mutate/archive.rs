//! Members of a ZIP: one is changed, dropped, doubled or renamed, and all are packed again.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::{BYTES_MAX, piece};
use crate::random::Random;

/// Names under which a file should not lie.
const NAMES: [&str; 9] =
    ["../a.txt", "/etc/a.txt", "C:\\a.txt", "CON", "a/../b.txt", "a\u{202e}txt.b", "\u{0}", "[Content_Types].xml", " "];

struct Member {
    name: String,
    bytes: Vec<u8>,
}

/// One change of the archive; `None` for what is none.
pub fn change(archive: &[u8], random: &mut Random, depth: usize) -> Option<Vec<u8>> {
    let mut members = members(archive)?;
    let chosen = random.below(members.len());
    let mut twin = None;
    match random.below(16) {
        0 => drop(members.remove(chosen)),
        1 => twin = Some(twin_of(&mut members, chosen)),
        2 => members.get_mut(chosen)?.name = (*random.of(&NAMES)?).to_owned(),
        3 => {
            let name = random.of(&members)?.name.clone();
            let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
            let own = members.get_mut(chosen)?;
            own.name = format!("{folder}/{}", own.name.rsplit('/').next().unwrap_or_default());
        }
        4 => {
            let content = random.of(&members)?.bytes.clone();
            members.get_mut(chosen)?.bytes = content;
        }
        _ => {
            let other = random.of(&members)?.bytes.clone();
            let own = &mut members.get_mut(chosen)?.bytes;
            piece(own, &other, random, depth + 1);
            own.truncate(BYTES_MAX);
        }
    }
    let packed = packed(&members, random)?;
    Some(match twin {
        Some((made, wanted)) => renamed(packed, made.as_bytes(), wanted.as_bytes()),
        None => packed,
    })
}

fn members(archive: &[u8]) -> Option<Vec<Member>> {
    let mut archive = ZipArchive::new(Cursor::new(archive)).ok()?;
    let mut members = Vec::new();
    for index in 0..archive.len() {
        let part = archive.by_index(index).ok()?;
        let name = part.name().ok()?.into_owned();
        let mut bytes = Vec::new();
        part.take(BYTES_MAX as u64).read_to_end(&mut bytes).ok()?;
        members.push(Member { name, bytes });
    }
    (!members.is_empty()).then_some(members)
}

/// Adds a second member that will go by the same name. A writer of archives refuses that: it is written under a name
/// of the same length, which is changed in the finished archive.
fn twin_of(members: &mut Vec<Member>, chosen: usize) -> (String, String) {
    let Member { name, bytes } = &members[chosen];
    let (name, bytes) = (name.clone(), bytes.clone());
    let made = format!("{}~", name.strip_suffix(|c: char| c.is_ascii()).unwrap_or_default());
    members.push(Member { name: made.clone(), bytes });
    (made, name)
}

fn renamed(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    if from.len() == to.len() && !from.is_empty() {
        for at in 0..bytes.len().saturating_sub(from.len()) {
            if bytes[at..].starts_with(from) {
                bytes[at..at + to.len()].copy_from_slice(to);
            }
        }
    }
    bytes
}

fn packed(members: &[Member], random: &mut Random) -> Option<Vec<u8>> {
    let methods = [CompressionMethod::Stored, CompressionMethod::Deflated];
    let options = SimpleFileOptions::default().compression_method(*random.of(&methods)?);
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for member in members {
        out.start_file(member.name.as_str(), options).ok()?;
        out.write_all(&member.bytes).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}
