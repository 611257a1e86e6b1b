//! Whole copies of the data folder, in a folder or in one file, and whether a folder is what was written. No window has to be open,
//! and one may be.

use std::fs::{self, File};
use std::future::Future;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use juesuan_store::{Audit, Error, Manifest, Result};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The file by which a data folder is known.
const DATABASE: &str = "desk.sqlite";
/// How a file is called that holds a copy.
const ENDING: &str = "zip";
/// Name of the copy in the folder in which it is made or unpacked.
const COPY: &str = "copy";
/// Longest file that an archive keeps in its older form.
const SHORT_BYTES: u64 = u32::MAX as u64;

/// True if a window has kept something in this folder.
pub fn is_data(folder: &Path) -> bool {
    folder.join(DATABASE).is_file()
}

/// Copies the data folder to `to`, which must not be there: a ZIP if its name ends so, else a folder.
///
/// # Errors
/// As [`juesuan_store::backup`].
pub fn backup(data: &Path, to: &Path) -> Result<Manifest> {
    if !is_archive(to) {
        return waited(juesuan_store::backup(data, to));
    }
    if to.exists() {
        return Err(Error::Exists(to.to_owned()));
    }
    let beside = Beside::of(to)?;
    let manifest = waited(juesuan_store::backup(data, &beside.copy()))?;
    let whole = beside.path.join(COPY).with_extension(ENDING);
    let file = File::create(&whole).map_err(failed(&whole))?;
    packed(&beside.copy(), file).and_then(|file| file.sync_all()).map_err(failed(&whole))?;
    // Nobody's file is written over, whenever it came.
    fs::hard_link(&whole, to).or_else(|_| fs::rename(&whole, to)).map_err(failed(to))?;
    Ok(manifest)
}

/// Brings a copy back, a folder or a ZIP, as the new data folder `to`, once everything in it is held against its digest.
///
/// # Errors
/// As [`juesuan_store::restore`]; [`Error::Damaged`] of an archive that is no copy.
pub fn restore(from: &Path, to: &Path) -> Result<Manifest> {
    if !from.is_file() {
        return waited(juesuan_store::restore(from, to));
    }
    let beside = Beside::of(to)?;
    let file = File::open(from).map_err(failed(from))?;
    unpacked(file, &beside.copy()).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => Error::Damaged(from.display().to_string()),
        _ => failed(from)(error),
    })?;
    waited(juesuan_store::restore(&beside.copy(), to))
}

/// Holds the data folder against itself.
///
/// # Errors
/// As [`juesuan_store::audit`].
pub fn audit(data: &Path) -> Result<Audit> {
    waited(juesuan_store::audit(data))
}

fn is_archive(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING))
}

fn waited<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(failed(Path::new("")))?.block_on(work)
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let what = path.display().to_string();
    move |source| match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::DiskFull,
        _ => Error::Machine { what, source },
    }
}

/// A folder beside a place in which something is made for it; it goes in the end. What a process that died left there goes first.
struct Beside {
    path: PathBuf,
}

impl Beside {
    fn of(place: &Path) -> Result<Beside> {
        let place = std::path::absolute(place).map_err(failed(place))?;
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let path = place.with_file_name(format!(".{name}.copying"));
        if path.exists() {
            fs::remove_dir_all(&path).map_err(failed(&path))?;
        }
        fs::create_dir_all(&path).map_err(failed(&path))?;
        Ok(Beside { path })
    }

    fn copy(&self) -> PathBuf {
        self.path.join(COPY)
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next try.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Packs a folder into an archive. What lies in a data folder is packed already or small: it is kept as it is.
///
/// # Errors
/// A disk that is full or fails.
pub fn packed<W: Write + Seek>(folder: &Path, to: W) -> io::Result<W> {
    let mut archive = ZipWriter::new(to);
    let mut paths = Vec::new();
    gather(folder, "", &mut paths)?;
    for path in paths {
        let mut file = File::open(folder.join(&path))?;
        let is_long = file.metadata()?.len() >= SHORT_BYTES;
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(is_long);
        archive.start_file(path, options)?;
        io::copy(&mut file, &mut archive)?;
    }
    Ok(archive.finish()?)
}

/// Paths of all files below a folder, with forward strokes, in order.
fn gather(root: &Path, front: &str, paths: &mut Vec<String>) -> io::Result<()> {
    let mut entries = fs::read_dir(root.join(front))?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if front.is_empty() { name } else { format!("{front}/{name}") };
        if entry.file_type()?.is_dir() { gather(root, &path, paths)? } else { paths.push(path) }
    }
    Ok(())
}

/// Unpacks an archive into a new folder. What leads out of it, or is no file of a copy, is no part of one.
fn unpacked(from: impl Read + Seek, folder: &Path) -> io::Result<()> {
    let strange = |_| io::Error::from(io::ErrorKind::InvalidData);
    let mut archive = ZipArchive::new(from).map_err(strange)?;
    for number in 0..archive.len() {
        let mut entry = archive.by_index(number).map_err(strange)?;
        if entry.is_dir() {
            continue;
        }
        let path = entry.enclosed_name().ok_or(io::ErrorKind::InvalidData)?;
        let place = folder.join(path);
        fs::create_dir_all(place.parent().unwrap_or(folder))?;
        // A file that is there twice could be read as either.
        let mut file = File::create_new(&place).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => io::ErrorKind::InvalidData.into(),
            _ => error,
        })?;
        io::copy(&mut entry, &mut file)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan_store::{Fault, FolderFace, Stamp, Store};

    /// A data folder with a setting and a content that a folder of accounts names.
    async fn data(folder: &Path) -> juesuan_store::Digest {
        let store = Store::open(folder).await.unwrap();
        let stamp = Stamp::new(1, "李会计");
        store.set(&stamp, "person", &serde_json::json!("李会计")).await.unwrap();
        let face =
            FolderFace { body: "林业局".into(), year: Some(2023), variant: "hubei".into(), title: String::new() };
        let own = store.add_folder(&stamp, &face).await.unwrap();
        let digest = store.contents().put(b"a budget").unwrap();
        store.put_entry(&stamp, own, "budget.csv", &digest, None).await.unwrap();
        store.close().await;
        digest
    }

    fn written(folder: &Path) -> juesuan_store::Digest {
        tokio::runtime::Runtime::new().unwrap().block_on(data(folder))
    }

    #[test]
    fn a_copy_in_a_file_and_one_in_a_folder_bring_everything_back() {
        let scratch = tempfile::tempdir().unwrap();
        let at = |name: &str| scratch.path().join(name);
        written(&at("data"));
        for name in ["copy.zip", "copy"] {
            let made = backup(&at("data"), &at(name)).unwrap();
            assert!(matches!(backup(&at("data"), &at(name)), Err(Error::Exists(_))), "{name} is not written over");
            let back = at(&format!("back of {name}"));
            assert_eq!(restore(&at(name), &back).unwrap(), made);
            let (before, after) = (audit(&at("data")).unwrap(), audit(&back).unwrap());
            assert_eq!((&after.faults, &after), (&Vec::new(), &before));
        }
        let left = fs::read_dir(scratch.path()).unwrap().count();
        assert_eq!(left, 5, "nothing else is left");
    }

    #[test]
    fn a_copy_of_which_a_byte_was_changed_is_not_brought_back() {
        let scratch = tempfile::tempdir().unwrap();
        let at = |name: &str| scratch.path().join(name);
        let digest = written(&at("data"));
        backup(&at("data"), &at("copy")).unwrap();
        let content =
            at("copy").join("files").join(digest.as_str().get(..2).unwrap()).join(digest.as_str().get(2..).unwrap());
        fs::write(&content, b"a Budget").unwrap();
        packed(&at("copy"), File::create(at("copy.zip")).unwrap()).unwrap();
        fs::write(at("no.zip"), b"PK no archive").unwrap();
        for name in ["copy", "copy.zip", "no.zip"] {
            assert!(matches!(restore(&at(name), &at("back")), Err(Error::Damaged(_))), "{name}");
            assert!(!at("back").exists());
        }
        fs::write(
            at("data").join("files").join(digest.as_str().get(..2).unwrap()).join(digest.as_str().get(2..).unwrap()),
            b"x",
        )
        .unwrap();
        assert_eq!(audit(&at("data")).unwrap().faults, [Fault::Changed(digest)]);
    }

    #[test]
    fn an_archive_writes_nothing_outside_its_folder_and_no_file_twice() {
        let scratch = tempfile::tempdir().unwrap();
        let archive = scratch.path().join("a.zip");
        let mut zip = ZipWriter::new(File::create(&archive).unwrap());
        zip.start_file("../outside", SimpleFileOptions::default()).unwrap();
        zip.write_all(b"x").unwrap();
        zip.finish().unwrap();
        assert!(restore(&archive, &scratch.path().join("back")).is_err());
        assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 1, "only the archive");
    }
}
