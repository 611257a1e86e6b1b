//! Paths within a folder.

use crate::error::{Error, Result};

/// Most bytes of a path.
const BYTES_MAX: usize = 1000;

/// Refuses a path that could lead out of its folder, or that some system cannot keep: it is relative, with forward strokes.
pub(crate) fn demand(path: &str) -> Result<()> {
    let is_name = |name: &str| !matches!(name, "" | "." | "..") && !name.contains(is_foreign);
    if path.len() <= BYTES_MAX && path.split('/').all(is_name) {
        Ok(())
    } else {
        Err(Error::Refused(format!("path {path:?}")))
    }
}

fn is_foreign(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_their_folder_on_every_system() {
        for good in ["budget.csv", "registers/vehicles.csv", "填报表.xlsx", "..a", "a b"] {
            assert!(demand(good).is_ok(), "{good}");
        }
        let long = "a".repeat(1001);
        for bad in ["", "/etc", "a/../b", "..", "a//b", "a/", "./a", "a\\b", "C:a", "a\0", "a\nb", &long] {
            assert!(demand(bad).is_err(), "{bad}");
        }
    }
}
