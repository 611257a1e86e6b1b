//! The crates of the workspace with their source files.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::file::File;

/// A crate of the workspace.
#[derive(Debug)]
pub struct Crate {
    /// Its name, e.g. `juesuan-model`.
    pub name: String,
    /// Crates of this workspace that it needs outside of tests.
    pub uses: BTreeSet<String>,
    /// True if it follows the lints of the workspace, `missing_docs` among them.
    pub follows_lints: bool,
    /// Its source files without tests, by path.
    pub files: Vec<File>,
}

/// The folder of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All crates below `crates/`, by name.
///
/// # Errors
/// What cannot be read or parsed, with its path.
pub fn crates() -> Result<Vec<Crate>, String> {
    let mut out = Vec::new();
    for folder in folders(&root().join("crates"))? {
        out.push(read(&folder)?);
    }
    out.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(out)
}

/// Names of all tests below `crates/`, in source files and in folders of tests.
///
/// # Errors
/// What cannot be read, with its path.
pub fn tests() -> Result<BTreeSet<String>, String> {
    let mut paths = Vec::new();
    collect(&root().join("crates"), &mut paths)?;
    let mut names = BTreeSet::new();
    for path in paths {
        let mut is_test = false;
        for line in text(&path)?.lines().map(str::trim) {
            let name =
                line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ").and_then(|rest| rest.split('(').next());
            names.extend(name.filter(|_| is_test).map(str::to_owned));
            // Between the mark and the name stand other attributes only.
            let begins = line == "#[test]" || line.starts_with("#[tokio::test");
            is_test = begins || (is_test && line.starts_with('#'));
        }
    }
    Ok(names)
}

fn read(folder: &Path) -> Result<Crate, String> {
    let path = folder.join("Cargo.toml");
    let manifest: toml::Table = text(&path)?.parse().map_err(|error| format!("{}: {error}", path.display()))?;
    let name = |table: &toml::Table| table.get("package")?.get("name")?.as_str().map(str::to_owned);
    let dependencies = manifest.get("dependencies").and_then(toml::Value::as_table);
    let own = |name: &&String| name.starts_with("juesuan");
    let follows = manifest.get("lints").and_then(|lints| lints.get("workspace")).and_then(toml::Value::as_bool);
    let mut paths = Vec::new();
    collect(&folder.join("src"), &mut paths)?;
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        files.push(File::parse(&folder.join("src"), &path, &text(&path)?)?);
    }
    // A module that is only declared for tests is none of the program, and neither is what lies below it.
    let tests: BTreeSet<String> = files.iter().flat_map(|file: &File| file.test_modules.clone()).collect();
    let is_test = |module: &[String]| {
        (1..=module.len()).any(|end| module.get(..end).is_some_and(|own| tests.contains(&own.join("::"))))
    };
    files.retain(|file| !is_test(&file.module));
    Ok(Crate {
        name: name(&manifest).ok_or_else(|| format!("{}: no package name", path.display()))?,
        uses: dependencies.map(|table| table.keys().filter(own).cloned().collect()).unwrap_or_default(),
        follows_lints: follows == Some(true),
        files,
    })
}

fn folders(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(entries.flatten().map(|entry| entry.path()).filter(|path| path.join("Cargo.toml").is_file()).collect())
}

fn collect(folder: &Path, out: &mut Vec<PathBuf>) -> Result<(), String> {
    for entry in fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, out)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            out.push(path);
        }
    }
    Ok(())
}

/// The text of a file.
///
/// # Errors
/// The path and what the system says.
pub fn text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
