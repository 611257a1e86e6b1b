//! Catalogue files by path: those embedded in the program, with the files of a folder laid over them.

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};
use juesuan_model::{Place, Problem};
use serde::de::DeserializeOwned;

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../catalog");

/// All catalogue files: path with forward slashes → content.
#[derive(Clone, Debug, Default)]
pub struct Source {
    files: BTreeMap<String, String>,
}

impl Source {
    /// The files that were embedded when the program was built.
    pub fn embedded() -> Source {
        let mut files = BTreeMap::new();
        collect(&EMBEDDED, &mut files);
        Source { files }
    }

    /// Files given by path and content.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Source {
        Source { files: files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect() }
    }

    /// Lays the files of `folder` over these: a file with the same path takes the place of the embedded one, others are
    /// added. Only `.toml` and `.tsv` files count.
    pub fn overlay(&mut self, folder: &Path) -> std::io::Result<()> {
        self.overlay_below(folder, folder)
    }

    fn overlay_below(&mut self, root: &Path, folder: &Path) -> std::io::Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                self.overlay_below(root, &path)?;
            } else if path.extension().is_some_and(|e| e == "toml" || e == "tsv") {
                let relative = path.strip_prefix(root).unwrap_or(&path);
                let key = relative.iter().map(|p| p.to_string_lossy()).collect::<Vec<_>>().join("/");
                self.files.insert(key, std::fs::read_to_string(&path)?);
            }
        }
        Ok(())
    }

    /// Content of one file.
    pub fn file(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// The line of a file on which a text stands first, for faults that are found after the file was parsed.
    pub fn line_of(&self, path: &str, text: &str) -> Option<u32> {
        let file = self.file(path)?;
        // A quote or a backslash is escaped in the file.
        let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
        let at = file.find(text).or_else(|| file.find(&escaped))?;
        u32::try_from(file.get(..at)?.matches('\n').count() + 1).ok()
    }

    /// Files below `folder` (ends with `/`) with this ending, in order of their paths.
    pub fn below<'a>(&'a self, folder: &'a str, ending: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .iter()
            .filter(move |(path, _)| path.starts_with(folder) && path.ends_with(ending))
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Line and column, counted from 1, at which some words stand first in a file.
    pub fn locate(&self, path: &str, words: &str) -> Option<(u32, usize)> {
        let text = self.file(path)?;
        let before = text.get(..text.find(words)?)?;
        let line = u32::try_from(before.matches('\n').count() + 1).ok()?;
        let column = before.rsplit('\n').next().map_or(0, |head| head.chars().count()) + 1;
        Some((line, column))
    }

    /// Every path with its content.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Reads one TOML file; a fault is a problem with the line.
    pub fn toml<T: DeserializeOwned>(&self, path: &str, problems: &mut Vec<Problem>) -> Option<T> {
        match self.file(path) {
            Some(text) => parse(path, text, problems),
            None => {
                problems
                    .push(Problem::fatal(at(path, None), "目录缺少此文件；请检查 --catalog 指定的文件夹或重新安装"));
                None
            }
        }
    }

    /// Reads every TOML file below `folder`.
    pub fn tomls<T: DeserializeOwned>(&self, folder: &str, problems: &mut Vec<Problem>) -> Vec<(String, T)> {
        self.below(folder, ".toml")
            .filter_map(|(path, text)| parse(path, text, problems).map(|value| (path.to_owned(), value)))
            .collect()
    }
}

/// Parses a TOML text that stands in `path`.
pub fn parse<T: DeserializeOwned>(path: &str, text: &str, problems: &mut Vec<Problem>) -> Option<T> {
    match toml::from_str(text) {
        Ok(value) => Some(value),
        Err(error) => {
            let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            problems.push(Problem::fatal(at(path, line), format!("TOML 写法有误：{}", error.message())));
            None
        }
    }
}

fn at(path: &str, line: Option<usize>) -> Place {
    Place { file: Some(path.to_owned()), line: line.and_then(|l| u32::try_from(l).ok()), ..Place::default() }
}

fn collect(dir: &Dir<'static>, files: &mut BTreeMap<String, String>) {
    for file in dir.files() {
        if let Some(text) = file.contents_utf8() {
            let key = file.path().iter().map(|p| p.to_string_lossy()).collect::<Vec<_>>().join("/");
            files.insert(key, text.to_owned());
        }
    }
    for below in dir.dirs() {
        collect(below, files);
    }
}
