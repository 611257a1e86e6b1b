//! One process a folder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::Path;

use crate::error::{Error, Result, machine};

/// Name of the file that is locked.
pub(crate) const NAME: &str = "desk.lock";
/// Most bytes of it that are read: whoever put them there need not be this program.
const BYTES_MAX: u64 = 32;

/// A folder that is taken until this goes. The system gives it free when the process ends, however that ends.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes `folder`, which is there.
    pub(crate) fn of(folder: &Path) -> Result<Lock> {
        let path = folder.join(NAME);
        let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = open.map_err(machine("cannot open", &path))?;
        match file.try_lock() {
            Ok(()) => {
                // On a full disk the folder is held all the same; only nobody can tell by whom.
                let _ = file.set_len(0).and_then(|()| write!(file, "{}", std::process::id()));
                Ok(Lock { _file: file })
            }
            Err(TryLockError::WouldBlock) => Err(Error::Taken { folder: folder.to_owned(), process: holder(&file) }),
            Err(TryLockError::Error(error)) => Err(machine("cannot lock", &path)(error)),
        }
    }
}

fn holder(file: &File) -> String {
    let mut text = String::new();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match file.take(BYTES_MAX).read_to_string(&mut text) {
        Ok(_) if is_number(&text) => text,
        _ => "?".to_owned(),
    }
}
