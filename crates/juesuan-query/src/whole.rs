//! A file that is whole or not there.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

use crate::error::Error;

/// Writes beside the place where the file will stand, and puts it there when everything has been written.
///
/// # Errors
/// What the writing says, or a place where nothing can be written; then what stood there stands there still.
pub fn put<T>(path: &Path, write: impl FnOnce(&mut BufWriter<&File>) -> Result<T, Error>) -> Result<T, Error> {
    let faulty = |fault| Error::Write { path: path.to_owned(), fault };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = beside(folder).map_err(faulty)?;
    let mut buffer = BufWriter::new(beside.as_file());
    let done = match write(&mut buffer) {
        Err(Error::Machine(fault)) => return Err(faulty(fault)),
        done => done?,
    };
    buffer.flush().map_err(faulty)?;
    drop(buffer);
    beside.as_file().sync_all().map_err(faulty)?;
    beside.persist(path).map_err(|fault| faulty(fault.error))?;
    Ok(done)
}

/// A file of no name yet that others may read as any new file: a web server shows the page of a ranking.
fn beside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}
