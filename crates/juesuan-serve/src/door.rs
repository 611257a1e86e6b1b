//! The address that lets one browser in.

use std::io;
use std::path::Path;

use crate::guard::ENTRANCE;

/// In the folder: the address that lets one browser in, for a second start of the program.
pub const ADDRESS: &str = "address";

/// What every address begins with.
const HOST: &str = "http://127.0.0.1:";

/// The address with this secret.
pub fn address(port: u16, secret: &str) -> String {
    format!("{HOST}{port}{ENTRANCE}?token={secret}")
}

/// The port of an address; `None` for what is none of ours.
pub fn port(address: &str) -> Option<u16> {
    address.strip_prefix(HOST)?.split_once(ENTRANCE)?.0.parse().ok()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_of_this_computer_has_a_port() {
        assert_eq!(port(&address(7000, "abc")), Some(7000));
        for other in ["", "http://127.0.0.1:7000", "http://evil.example:7000/enter?token=a", "file:///enter"] {
            assert_eq!(port(other), None, "{other}");
        }
    }
}
