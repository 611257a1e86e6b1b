//! What a browser sends, into the store: piece by piece, bounded, and nothing of it kept in memory.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::sync::Arc;

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;
use juesuan_read::files::{FileKind, Files, joined};
use juesuan_read::{FILE_BYTES_MAX, Zip};
use juesuan_store::{Contents, Digest};
use juesuan_text::shown;

use crate::desk::Desk;
use crate::fault::{Fault, Refusal};
use crate::guard::Visitor;
use crate::posted::SECRET;
use crate::stored::Sent;
use crate::token;

/// Most bytes of one request: some two thousand documents.
pub const BYTES_MAX: usize = 4 << 30;
/// Most files of one request, those in archives included: as many as are read of an archive.
const FILES_MAX: usize = juesuan_read::budget::FILES_MAX;
/// Deepest folder of an archive that is looked into.
const DEPTH_MAX: usize = juesuan_read::budget::FOLDERS_DEPTH_MAX;
/// How an archive is called.
const ARCHIVE: &str = "zip";
/// How an archive begins.
const MAGIC: &[u8] = b"PK";

/// What was sent with a form: its fields, and its files as trees.
pub struct Received {
    /// The fields that are no files, by name.
    pub fields: BTreeMap<String, String>,
    /// Files that were sent by themselves, folders, and archives as folders.
    pub trees: Vec<Sent>,
}

/// Takes a form with files. The secret of the session has to come first.
pub async fn received(desk: &Arc<Desk>, visitor: &Visitor, mut form: Multipart) -> Result<Received, Fault> {
    let (mut fields, mut trees) = (BTreeMap::new(), Trees::default());
    let mut admitted = false;
    while let Some(field) = form.next_field().await.map_err(|error| cut(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        if !admitted {
            let secret = if name == SECRET { text(field).await? } else { String::new() };
            if !token::same(&secret, &visitor.csrf) {
                return Err(Fault::Foreign);
            }
            admitted = true;
            continue;
        }
        match field.file_name().map(str::to_owned) {
            // A browser sends an empty file for a field in which none was chosen.
            Some(path) if path.is_empty() => {}
            Some(path) => {
                let file = spooled(desk, field).await?;
                let (desk, at) = (Arc::clone(desk), path);
                trees = tokio::task::spawn_blocking(move || trees.put(&at, file, desk.store.contents())).await??;
            }
            None => {
                fields.insert(name, text(field).await?);
            }
        }
    }
    Ok(Received { fields, trees: trees.into_sent() })
}

/// Why a form ends before its end.
fn cut(error: &MultipartError) -> Fault {
    let is_large = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
    Fault::Refused(if is_large { Refusal::TooLarge } else { Refusal::Form })
}

async fn text(field: Field<'_>) -> Result<String, Fault> {
    field.text().await.map_err(|error| cut(&error))
}

/// The bytes of a field in a file that nobody else sees.
async fn spooled(desk: &Desk, mut field: Field<'_>) -> Result<File, Fault> {
    let mut file = tempfile::tempfile_in(&desk.incoming)?;
    let mut length = 0u64;
    while let Some(piece) = field.chunk().await.map_err(|error| cut(&error))? {
        length += piece.len() as u64;
        if length > FILE_BYTES_MAX {
            return Err(Fault::Refused(Refusal::TooLarge));
        }
        file = tokio::task::spawn_blocking(move || file.write_all(&piece).map(|()| file)).await??;
    }
    Ok(file)
}

/// What was sent so far.
#[derive(Default)]
struct Trees {
    /// By the name of the folder, archive or file.
    sent: BTreeMap<String, BTreeMap<String, Digest>>,
    files: usize,
}

impl Trees {
    /// Takes a file under the path that the browser gave it.
    fn put(mut self, path: &str, mut file: File, contents: &Contents) -> Result<Trees, Fault> {
        let path = cleaned(path);
        let (top, below) = path.split_once('/').map_or((path.as_str(), ""), |(top, below)| (top, below));
        file.seek(SeekFrom::Start(0))?;
        if is_archive(&path)
            && let Some(archive) = opened(&path, &mut file)?
        {
            let mut inner = Vec::new();
            listed(&archive, "", DEPTH_MAX, &mut inner)?;
            let front = if below.is_empty() { String::new() } else { below.to_owned() };
            for path in inner {
                self.count()?;
                let digest = contents.put_from(archive.open(&path)?)?;
                let path = shown(&path);
                self.add(top, if front.is_empty() { path.into_owned() } else { joined(&front, &path) }, digest);
            }
            return Ok(self);
        }
        self.count()?;
        file.seek(SeekFrom::Start(0))?;
        let digest = contents.put_from(file)?;
        self.add(top, below.to_owned(), digest);
        Ok(self)
    }

    fn count(&mut self) -> Result<(), Fault> {
        self.files += 1;
        if self.files > FILES_MAX { Err(Fault::Refused(Refusal::TooMany)) } else { Ok(()) }
    }

    /// Two files of one name are two files.
    fn add(&mut self, top: &str, below: String, digest: Digest) {
        let is_taken = |trees: &BTreeMap<String, BTreeMap<String, Digest>>, name: &str| {
            trees
                .get(name)
                .is_some_and(|files| files.contains_key(&below) || below.is_empty() != files.contains_key(""))
        };
        let mut name = top.to_owned();
        let mut number = 2;
        while is_taken(&self.sent, &name) && self.sent.get(&name).and_then(|files| files.get(&below)) != Some(&digest) {
            name = numbered(top, number);
            number += 1;
        }
        self.sent.entry(name).or_default().insert(below, digest);
    }

    fn into_sent(self) -> Vec<Sent> {
        self.sent.into_iter().map(|(name, files)| Sent { name, files }).collect()
    }
}

/// `决算.pdf` → `决算 (2).pdf`.
pub fn numbered(name: &str, number: usize) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => format!("{stem} ({number}).{ending}"),
        _ => format!("{name} ({number})"),
    }
}

/// A path as it is kept: without what leads out of its folder or turns a line round, and with `/` between its parts.
fn cleaned(path: &str) -> String {
    let path = shown(path);
    let parts = path.split(['/', '\\']).map(|part| part.trim_matches([' ', '\t', '\n', '\r']));
    let kept: Vec<&str> = parts.filter(|part| !matches!(*part, "" | "." | "..") && !part.ends_with(':')).collect();
    if kept.is_empty() { "_".to_owned() } else { kept.join("/") }
}

fn is_archive(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending.eq_ignore_ascii_case(ARCHIVE))
}

/// A sound archive as a folder; whoever reads says what is wrong with any other.
fn opened(name: &str, file: &mut File) -> Result<Option<Zip>, Fault> {
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(file, &mut bytes)?;
    Ok(if bytes.starts_with(MAGIC) { Zip::open(name, bytes).ok() } else { None })
}

/// The files of an archive but those that lie aside.
fn listed(files: &dyn Files, folder: &str, depth: usize, out: &mut Vec<String>) -> std::io::Result<()> {
    for entry in files.list(folder)? {
        let path = joined(folder, &entry.name);
        match entry.kind {
            _ if entry.name.starts_with('.') || entry.name == "__MACOSX" => {}
            FileKind::Folder if depth > 0 => listed(files, &path, depth - 1, out)?,
            FileKind::File => out.push(path),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_never_leads_out_of_its_folder() {
        for (sent, kept) in [
            ("../../etc/passwd", "etc/passwd"),
            ("C:\\Users\\a\\决算.pdf", "Users/a/决算.pdf"),
            ("/a//b/./c", "a/b/c"),
            ("..", "_"),
            (" 决算\u{0}.pdf ", "决算□.pdf"),
            ("决算\u{202e}fdp.exe", "决算□fdp.exe"),
        ] {
            assert_eq!(cleaned(sent), kept);
        }
    }

    #[test]
    fn files_of_one_name_stay_two_and_the_same_file_is_one() {
        let (one, other) = (Digest::of(b"1"), Digest::of(b"2"));
        let mut trees = Trees::default();
        trees.add("决算.pdf", String::new(), one.clone());
        trees.add("决算.pdf", String::new(), other);
        trees.add("决算.pdf", String::new(), one);
        let names: Vec<String> = trees.into_sent().into_iter().map(|sent| sent.name).collect();
        assert_eq!(names, ["决算 (2).pdf", "决算.pdf"]);
        assert_eq!(numbered("决算", 3), "决算 (3)");
    }
}
