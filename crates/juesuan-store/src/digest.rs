//! The name of a content.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::error::Error;

/// Letters of a digest.
const LETTERS: usize = 64;

/// SHA-256 of a content, as 64 small hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest(String);

impl Digest {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest::ended(Sha256::new_with_prefix(bytes))
    }

    /// The digest of what was fed to `sum`.
    pub(crate) fn ended(sum: Sha256) -> Digest {
        Digest(sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Its 64 letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Digest {
    type Err = Error;

    fn from_str(text: &str) -> Result<Digest, Error> {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() == LETTERS && text.bytes().all(is_digit) {
            Ok(Digest(text.to_owned()))
        } else {
            Err(Error::Refused(format!("{text:?} is no digest")))
        }
    }
}

impl TryFrom<String> for Digest {
    type Error = Error;

    fn try_from(text: String) -> Result<Digest, Error> {
        text.parse()
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> String {
        digest.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_64_small_hexadecimal_digits_and_nothing_else() {
        let digest = Digest::of(b"abc");
        assert_eq!(digest.as_str(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(digest.as_str().parse::<Digest>().unwrap(), digest);
        for wrong in ["", "ba78", &digest.as_str().to_uppercase(), &digest.as_str().replace('b', "/")] {
            assert!(wrong.parse::<Digest>().is_err(), "{wrong}");
        }
        assert!(serde_json::from_str::<Digest>("\"../../etc\"").is_err());
    }
}
