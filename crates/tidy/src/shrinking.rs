//! Lists of what is still too large or too many. They only shrink: what is not on a list fails, and so does an entry that is
//! no longer needed, so that nothing grows back behind it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::repository::{root, text};

/// The file of a list.
pub fn path(name: &str) -> PathBuf {
    root().join("crates/tidy/lists").join(format!("{name}.toml"))
}

/// Holds what is there (entry → size) against the list `name`.
///
/// # Errors
/// One line for each entry that is new, has grown, has shrunk or is gone, with what to do; or why the list cannot be read.
pub fn hold(name: &str, there: &BTreeMap<String, usize>) -> Result<(), String> {
    let path = path(name);
    let listed: BTreeMap<String, usize> =
        toml::from_str(&text(&path)?).map_err(|error| format!("{}: {error}", path.display()))?;
    let faults = differences(&listed, there);
    if faults.is_empty() { Ok(()) } else { Err(format!("crates/tidy/lists/{name}.toml:\n{}", faults.join("\n"))) }
}

fn differences(listed: &BTreeMap<String, usize>, there: &BTreeMap<String, usize>) -> Vec<String> {
    let mut out = Vec::new();
    for (entry, size) in there {
        match listed.get(entry) {
            None => out.push(format!("  {entry}: {size}. It is not on the list: split it")),
            Some(allowed) if size > allowed => {
                out.push(format!("  {entry}: {size}, the list allows {allowed}: it may only shrink"))
            }
            Some(allowed) if size < allowed => {
                out.push(format!("  {entry}: {size}, the list still says {allowed}: write {size}"))
            }
            Some(_) => {}
        }
    }
    out.extend(
        listed
            .keys()
            .filter(|entry| !there.contains_key(*entry))
            .map(|entry| format!("  {entry}: done; take it off the list")),
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_newcomers_and_stale_entries_are_all_named() {
        let map = |entries: &[(&str, usize)]| entries.iter().map(|(name, size)| ((*name).to_owned(), *size)).collect();
        let listed = map(&[("a", 10), ("b", 10), ("c", 10), ("d", 10)]);
        assert_eq!(differences(&listed, &map(&[("a", 10), ("b", 11), ("c", 9), ("e", 1)])).len(), 4);
        assert_eq!(differences(&listed, &listed), Vec::<String>::new());
    }
}
