//! The address that lets one browser in.

use std::io;
use std::path::Path;

use crate::guard::ENTRANCE;

/// In the folder: the address that lets one browser in, for a second start of the program.
pub const ADDRESS: &str = "address";

/// The address with this secret.
pub fn address(port: u16, secret: &str) -> String {
    format!("http://127.0.0.1:{port}{ENTRANCE}?token={secret}")
}

/// Keeps the address where only this user reads it.
///
/// # Errors
/// A folder that takes no file.
pub fn keep(folder: &Path, address: &str) -> io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    io::Write::write_all(&mut file, address.as_bytes())?;
    file.persist(folder.join(ADDRESS)).map(drop).map_err(|error| error.error)
}
