//! Secrets that nobody guesses.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// Bytes of a secret.
const BYTES: usize = 24;

/// A new secret in hexadecimal digits.
///
/// # Errors
/// A system without random numbers.
pub fn secret() -> Result<String, getrandom::Error> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(hexadecimal(&bytes))
}

/// What is kept of a secret: nobody gets in with it.
pub fn digest(secret: &str) -> String {
    hexadecimal(&Sha256::digest(secret.as_bytes()))
}

/// Whether two secrets are the same, in a time that tells nothing of where they differ.
pub fn same(one: &str, other: &str) -> bool {
    let differing = one.bytes().zip(other.bytes()).fold(0, |all, (one, other)| all | (one ^ other));
    one.len() == other.len() && differing == 0
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_and_only_the_same_is_the_same() {
        let (one, other) = (secret().unwrap(), secret().unwrap());
        assert_eq!(one.len(), BYTES * 2);
        assert!(one != other && !same(&one, &other) && same(&one, &one.clone()));
        assert!(!same("", &one) && !same(&one, one.get(1..).unwrap()));
    }
}
