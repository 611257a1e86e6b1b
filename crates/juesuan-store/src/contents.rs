//! Files by their digest.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::digest::Digest;
use crate::error::{Error, Result, machine};
use crate::place::{Draft, keep_folder};

/// Bytes that are read at a time.
const PIECE_BYTES: usize = 64 * 1024;
/// Folder of files that are being written, within the folder of contents.
const DRAFTS: &str = "drafts";

/// Files by their digest, in `files/ab/cdef…`. They are written once and never changed. All calls block; several threads may
/// call at once.
#[derive(Clone, Debug)]
pub struct Contents {
    folder: PathBuf,
}

impl Contents {
    /// The contents in `folder`, which is made; drafts of a process that died go.
    pub(crate) fn made(folder: PathBuf) -> Result<Contents> {
        let drafts = folder.join(DRAFTS);
        fs::create_dir_all(&drafts).map_err(machine("cannot make", &drafts))?;
        for draft in fs::read_dir(&drafts).map_err(machine("cannot read", &drafts))? {
            let draft = draft.map_err(machine("cannot read", &drafts))?.path();
            fs::remove_file(&draft).map_err(machine("cannot remove", &draft))?;
        }
        Ok(Contents::at(folder))
    }

    /// The contents in `folder` as they are.
    pub(crate) const fn at(folder: PathBuf) -> Contents {
        Contents { folder }
    }

    /// Keeps `bytes`. When this returns they are on the disk.
    ///
    /// # Errors
    /// A disk that is full or fails.
    pub fn put(&self, bytes: &[u8]) -> Result<Digest> {
        self.put_from(bytes)
    }

    /// Keeps all that `from` gives, piece by piece.
    ///
    /// # Errors
    /// A disk that is full or fails, and what `from` fails with.
    pub fn put_from(&self, mut from: impl Read) -> Result<Digest> {
        let drafts = self.folder.join(DRAFTS);
        let mut draft = Draft::within(&drafts).map_err(machine("cannot write in", &drafts))?;
        let digest = poured(&mut from, &mut draft).map_err(machine("cannot write in", &drafts))?;
        // What lies there damaged is made good by sending it again.
        if self.verify(&digest).is_ok() {
            return Ok(digest);
        }
        let place = self.path(&digest);
        self.keep(draft, &place).map_err(machine("cannot write", &place))?;
        Ok(digest)
    }

    fn keep(&self, draft: Draft, place: &Path) -> io::Result<()> {
        if let Some(folder) = place.parent().filter(|folder| !folder.is_dir()) {
            fs::create_dir_all(folder)?;
            keep_folder(&self.folder)?;
        }
        draft.finish(place)
    }

    /// The content with that digest; whether it still is of that digest only [`Contents::verify`] asks.
    ///
    /// # Errors
    /// [`Error::NotFound`], and a disk that fails.
    pub fn read(&self, digest: &Digest) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open(digest)?.read_to_end(&mut bytes).map_err(machine("cannot read", &self.path(digest)))?;
        Ok(bytes)
    }

    /// Opens the content with that digest for reading.
    ///
    /// # Errors
    /// [`Error::NotFound`], and a disk that fails.
    pub fn open(&self, digest: &Digest) -> Result<File> {
        let path = self.path(digest);
        File::open(&path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => Error::NotFound(format!("content/{digest}")),
            _ => machine("cannot open", &path)(source),
        })
    }

    /// True if there is a content with that digest.
    pub fn has(&self, digest: &Digest) -> bool {
        self.path(digest).is_file()
    }

    /// Reads the content with that digest and holds it against the digest.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::NotFound`], and a disk that fails.
    pub fn verify(&self, digest: &Digest) -> Result<()> {
        let mut file = self.open(digest)?;
        let found = poured(&mut file, &mut io::sink()).map_err(machine("cannot read", &self.path(digest)))?;
        if found == *digest { Ok(()) } else { Err(changed(digest, &found)) }
    }

    /// Refuses a digest that no content has.
    pub(crate) fn demand(&self, digest: &Digest) -> Result<()> {
        if self.has(digest) { Ok(()) } else { Err(Error::NotFound(format!("content/{digest}"))) }
    }

    /// The digests of all contents, in order.
    pub(crate) fn all(&self) -> Result<Vec<Digest>> {
        let mut all = Vec::new();
        for shelf in names(&self.folder)?.iter().filter(|shelf| *shelf != DRAFTS) {
            // What is no content lies there by somebody else's doing.
            let digests = names(&self.folder.join(shelf))?.into_iter();
            all.extend(digests.filter_map(|rest| format!("{shelf}{rest}").parse::<Digest>().ok()));
        }
        all.sort_unstable();
        Ok(all)
    }

    /// Copies a content of `other` and says its length in bytes.
    pub(crate) fn take(&self, other: &Contents, digest: &Digest) -> Result<u64> {
        let mut file = other.open(digest)?;
        let length = file.metadata().map_err(machine("cannot read", &other.path(digest)))?.len();
        let found = self.put_from(&mut file)?;
        if found == *digest { Ok(length) } else { Err(changed(digest, &found)) }
    }

    fn path(&self, digest: &Digest) -> PathBuf {
        let (shelf, rest) = digest.as_str().split_at(2);
        self.folder.join(shelf).join(rest)
    }
}

/// Copies all of `from` and says what its digest is.
pub(crate) fn poured(from: &mut impl Read, to: &mut impl Write) -> io::Result<Digest> {
    let mut sum = Sha256::new();
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        let read = match from.read(&mut piece) {
            Ok(0) => return Ok(Digest::ended(sum)),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        let bytes = piece.get(..read).unwrap_or_default();
        sum.update(bytes);
        to.write_all(bytes)?;
    }
}

fn changed(digest: &Digest, found: &Digest) -> Error {
    Error::Damaged(format!("content/{digest} has digest {found}"))
}

/// Names in a folder; none of what is no folder.
fn names(folder: &Path) -> Result<Vec<String>> {
    let failed = || machine("cannot read", folder);
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Ok(Vec::new()),
        entries => entries.map_err(failed())?,
    };
    let mut names = Vec::new();
    for entry in entries {
        names.extend(entry.map_err(failed())?.file_name().into_string());
    }
    Ok(names)
}
