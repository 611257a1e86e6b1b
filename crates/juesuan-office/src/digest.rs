//! SHA-256 as people and manifests write it.

use std::fmt;
use std::io::{self, Read, Write};
use std::str::FromStr;

use juesuan_catalog::Catalog;
use sha2::{Digest, Sha256};

use crate::error::Error;

/// Bytes that are read at once.
const CHUNK: usize = 1 << 16;

/// SHA-256 in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    shown(&Sha256::digest(bytes))
}

/// SHA-256 of all that can be read, in hexadecimal digits.
pub(crate) fn of_content(mut content: impl Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; CHUNK];
    loop {
        let length = content.read(&mut buffer)?;
        if length == 0 {
            return Ok(shown(&hash.finalize()));
        }
        hash.update(buffer.get(..length).unwrap_or_default());
    }
}

/// SHA-256 over all files of a catalogue with their paths.
pub fn of_catalog(catalog: &Catalog) -> String {
    let mut all = Vec::new();
    for (path, text) in catalog.source.all() {
        all.extend_from_slice(path.as_bytes());
        all.push(0);
        all.extend_from_slice(text.as_bytes());
        all.push(0);
    }
    sha256(&all)
}

/// Bytes of a SHA-256 that a person compares: 160 bits. Two manifests with the same 64 bits were found in seven minutes on two cores.
const COMPARED_BYTES: usize = 20;
/// Groups of the digest of one file on the sheet of approval.
const FIRST_GROUPS: usize = 4;
/// Hexadecimal digits of a group.
const GROUP: usize = 4;

/// The code that stands for a whole output: the first 160 bits of the manifest's SHA-256, as ten groups of four hexadecimal digits.
/// Whoever approves notes it; a changed manifest has another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint([u8; COMPARED_BYTES]);

impl Fingerprint {
    /// The code of a manifest.
    pub fn of(manifest: &[u8]) -> Fingerprint {
        Fingerprint::compared(&Sha256::digest(manifest))
    }

    fn compared(digest: &[u8]) -> Fingerprint {
        let mut code = [0; COMPARED_BYTES];
        code.iter_mut().zip(digest).for_each(|(own, byte)| *own = *byte);
        Fingerprint(code)
    }
}

/// Passes on what is written and knows its code.
pub(crate) struct Fingerprinting<W> {
    sink: W,
    hash: Sha256,
}

impl<W: Write> Fingerprinting<W> {
    /// Before this one.
    pub(crate) fn new(sink: W) -> Fingerprinting<W> {
        Fingerprinting { sink, hash: Sha256::new() }
    }

    /// The code of all that was written.
    pub(crate) fn end(self) -> Fingerprint {
        Fingerprint::compared(&self.hash.finalize())
    }
}

impl<W: Write> Write for Fingerprinting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.sink.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&grouped(&shown(&self.0)))
    }
}

impl FromStr for Fingerprint {
    type Err = Error;

    /// A code as somebody noted it: in any case of letters, with any hyphens or spaces between its groups, or none.
    fn from_str(noted: &str) -> Result<Fingerprint, Error> {
        let refused = || Error::NotACode(noted.to_owned());
        let digits = juesuan_text::plain(noted).to_lowercase();
        let digits: Vec<char> = digits.chars().filter(|c| *c != '-').collect();
        let mut code = [0; COMPARED_BYTES];
        if digits.len() != 2 * COMPARED_BYTES {
            return Err(refused());
        }
        for (own, pair) in code.iter_mut().zip(digits.chunks_exact(2)) {
            let byte = pair.iter().try_fold(0, |byte, digit| Some(byte * 16 + digit.to_digit(16)?));
            *own = byte.and_then(|byte| u8::try_from(byte).ok()).ok_or_else(refused)?;
        }
        Ok(Fingerprint(code))
    }
}

/// Digits in groups with hyphens, as people compare them on paper and on a screen.
fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % GROUP == 0 {
            out.push('-');
        }
        out.push(digit);
    }
    out
}

/// The first groups of a SHA-256 in hexadecimal digits: enough to tell files apart on a sheet, not to bind them.
pub(crate) fn first_groups(sha256: &str) -> String {
    let first: String = sha256.chars().take(FIRST_GROUPS * GROUP).collect();
    grouped(&first)
}

fn shown(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_ten_groups_and_is_known_however_it_was_noted() {
        let code = Fingerprint::of(b"manifest");
        let shown = code.to_string();
        assert_eq!(shown.split('-').map(str::len).collect::<Vec<_>>(), [4; 10]);
        for noted in [
            shown.clone(),
            shown.to_uppercase(),
            shown.replace('-', " "),
            shown.replace('-', "—"),
            shown.replace('-', "－"),
        ] {
            assert_eq!(noted.parse::<Fingerprint>().unwrap(), code, "{noted}");
        }
        assert_ne!(Fingerprint::of(b"manifesT"), code);
    }

    #[test]
    fn what_is_shorter_or_longer_or_no_code_is_refused() {
        let long = format!("{}-0000", Fingerprint::of(b""));
        for noted in ["", "433f-252d-0910-43d7", "同意公开", "+433f252d091043d7433f252d091043d7433f252d", long.as_str()]
        {
            assert!(matches!(noted.parse::<Fingerprint>(), Err(Error::NotACode(_))), "{noted}");
        }
        let signs = format!("+f{}", "00".repeat(COMPARED_BYTES - 1));
        assert!(signs.parse::<Fingerprint>().is_err(), "a sign is no digit");
    }
}
