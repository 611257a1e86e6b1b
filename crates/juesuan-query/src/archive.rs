//! The folder of an archive: its manifest, and the parts that it names.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use juesuan_catalog::archive::ArchiveSchema;
use serde::Deserialize;

use crate::error::Error;

/// The manifest beside the tables.
const MANIFEST: &str = "manifest.json";
/// How the files of parts end.
pub(crate) const ENDING: &str = ".parquet";

/// An archive that may be asked.
#[derive(Clone, Debug)]
pub struct Archive {
    /// Its folder, as the system knows it.
    pub folder: PathBuf,
    /// What the manifest says.
    pub manifest: Manifest,
}

/// What an archive consists of; only what stands here counts.
#[derive(Clone, Debug, Deserialize)]
pub struct Manifest {
    /// Of the tables.
    pub version: u32,
    /// Digest of the catalogue with which the documents were checked.
    pub catalog: String,
    /// Version of the program.
    pub program: String,
    /// The files.
    pub parts: Vec<Part>,
}

/// One file with rows of one table, one year and one province.
#[derive(Clone, Debug, Deserialize)]
pub struct Part {
    /// The table.
    pub table: String,
    /// Below the folder of the archive, with forward slashes.
    pub path: String,
    /// How many rows.
    pub rows: u64,
    /// How many bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
}

impl Archive {
    /// Reads the manifest and looks whether every part is there in its size. Contents are not read.
    ///
    /// # Errors
    /// No manifest, one of another version, a part that is not there or leads out of the archive.
    pub fn open(folder: &Path, schema: &ArchiveSchema) -> Result<Archive, Error> {
        let no_archive = |fault: io::Error| Error::NoArchive { folder: folder.to_owned(), fault };
        let folder = folder.canonicalize().map_err(no_archive)?;
        let text = fs::read(folder.join(MANIFEST)).map_err(no_archive)?;
        let manifest: Manifest = serde_json::from_slice(&text)
            .map_err(|fault| no_archive(io::Error::new(ErrorKind::InvalidData, fault.to_string())))?;
        if manifest.version != schema.version {
            return Err(Error::Version { found: manifest.version, own: schema.version });
        }
        for part in &manifest.parts {
            part.check(&folder)?;
        }
        Ok(Archive { folder, manifest })
    }
}

impl Part {
    fn check(&self, folder: &Path) -> Result<(), Error> {
        let path = Path::new(&self.path);
        let stays = path.components().all(|part| matches!(part, Component::Normal(_)));
        if !stays || !path.starts_with(&self.table) || !self.path.ends_with(ENDING) {
            return Err(Error::Path(self.path.clone()));
        }
        match fs::metadata(folder.join(path)) {
            Ok(found) if found.is_file() && found.len() == self.bytes => Ok(()),
            _ => Err(Error::Part(self.path.clone())),
        }
    }
}
