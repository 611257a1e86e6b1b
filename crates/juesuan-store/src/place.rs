//! How files and folders are made: a file beside its place, kept down to the disk, then renamed.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// A file that is written beside its place and goes when it is not finished.
pub(crate) struct Draft {
    path: PathBuf,
    file: Option<File>,
}

impl Draft {
    /// Begins a file in `folder`, which is on the disk of the place it will take.
    pub(crate) fn within(folder: &Path) -> io::Result<Draft> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let name = format!("{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = folder.join(name);
        let file = OpenOptions::new().write(true).create_new(true).open(&path)?;
        Ok(Draft { path, file: Some(file) })
    }

    /// Puts it in its place, whose folder is there.
    pub(crate) fn finish(mut self, place: &Path) -> io::Result<()> {
        if let Some(file) = self.file.take() {
            file.sync_all()?;
        }
        fs::rename(&self.path, place)?;
        keep_folder(place.parent().unwrap_or(Path::new(".")))
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().map_or(Err(io::ErrorKind::BrokenPipe.into()), |file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), File::flush)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // After a rename there is nothing left to remove; what cannot be removed goes when the store is opened next.
        drop(self.file.take());
        let _ = fs::remove_file(&self.path);
    }
}

/// Makes a folder, and those around it, for its owner only: it holds what was not published yet. One that is there stays as it is.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// Keeps the names in a folder down to the disk. Only Unix opens folders; elsewhere the file system's own journal has to do.
pub(crate) fn keep_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
