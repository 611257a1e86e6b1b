//! Catalogue files by path: those embedded in the program, with the files of folders laid over them.
//!
//! A file of a folder does not take the place of the embedded one: what it says is laid over it key by key ([`mod@merge`]),
//! entries of lists by what names them ([`kinds`]). Every value keeps the position where it was written ([`written`]), so
//! that a fault names the file and line it came from, also when the two are one table ([`decode`], [`fault`]); so does a text
//! that is no TOML ([`syntax`]).

mod decode;
mod fault;
mod kinds;
mod merge;
mod people;
mod syntax;
mod written;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use juesuan_model::{Place, Problem};
use juesuan_text::system_fault;
use rust_embed::RustEmbed;
use serde::de::DeserializeOwned;

pub(crate) use merge::lay;
pub use people::parse_toml;
pub(crate) use written::{Entry, Value, Written};

/// The catalogue of the repository: in the program of a release build, read from its folder by any other, so that a changed
/// file of the catalogue builds nothing again.
#[derive(RustEmbed)]
#[folder = "../../catalog"]
struct Embedded;

/// Folders below a catalogue that are looked into. The catalogue itself needs three.
const DEEPEST: usize = 8;

/// All catalogue files by their paths with forward slashes.
#[derive(Clone, Debug, Default)]
pub struct Source {
    files: BTreeMap<String, Vec<Layer>>,
    /// First position that no text has.
    end: usize,
}

/// One text of a file: the embedded one, or what a folder lays over it. All texts stand behind each other in one line of
/// positions, so that a position alone tells the text and the place in it.
#[derive(Clone, Debug)]
pub(crate) struct Layer {
    /// As people know the file.
    label: String,
    pub(crate) text: Cow<'static, str>,
    /// Position of its first byte.
    start: usize,
}

impl Source {
    /// The files that were embedded when the program was built.
    pub fn embedded() -> Source {
        let mut source = Source::default();
        for path in Embedded::iter() {
            let text = Embedded::get(&path).and_then(|file| match file.data {
                Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
                Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
            });
            if let Some(text) = text {
                source.add(&path, path.to_string(), text);
            }
        }
        source
    }

    /// Files by path, for tests.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Source {
        let mut source = Source::default();
        for (path, text) in files {
            source.add(path, (*path).to_owned(), Cow::Owned((*text).to_owned()));
        }
        source
    }

    fn add(&mut self, path: &str, label: String, text: Cow<'static, str>) {
        let start = self.end;
        // One position more, for what is missing at the very end of a text.
        self.end += text.len() + 1;
        self.files.entry(path.to_owned()).or_default().push(Layer { label, text, start });
    }

    /// Lays the files of `folder` over these. Only `.toml` and `.tsv` files count. What cannot be read, and a file that the
    /// catalogue has no use for, are problems.
    pub fn overlay(&mut self, folder: &Path, problems: &mut Vec<Problem>) {
        let mut files = Vec::new();
        list(folder, DEEPEST, &mut files, problems);
        files.sort();
        for file in files {
            let label = file.display().to_string();
            let path = slashed(file.strip_prefix(folder).unwrap_or(&file));
            // To open a pipe would wait for whoever writes into it.
            let plain = if file.is_file() { Ok(()) } else { Err(std::io::ErrorKind::InvalidInput.into()) };
            self.lay(label, &path, || plain.and_then(|()| std::fs::read(&file)), problems);
        }
    }

    /// Lays one file over these, known to people as `label` and read with `bytes`. What cannot be read, and a file that the
    /// catalogue has no use for, are problems.
    pub fn lay(
        &mut self,
        label: String,
        path: &str,
        bytes: impl FnOnce() -> std::io::Result<Vec<u8>>,
        problems: &mut Vec<Problem>,
    ) {
        let place = Place { file: Some(label.clone()), ..Place::default() };
        if !Source::takes(path) {
            problems.push(Problem::fatal(place, kinds::unknown(path)));
            return;
        }
        let text = |bytes| String::from_utf8(bytes).map_err(|_| std::io::Error::from(std::io::ErrorKind::InvalidData));
        match bytes().and_then(text) {
            Ok(text) => self.add(path, label, Cow::Owned(text)),
            Err(error) => problems.push(Problem::fatal(
                place,
                format!("读不了这个目录文件，应当是 UTF-8 编码的普通文件：{}", system_fault(&error)),
            )),
        }
    }

    /// True if a catalogue has files of this path.
    pub fn takes(path: &str) -> bool {
        kinds::known(path)
    }

    /// True if a file of this name may be one of a catalogue; all others in its folder are left alone.
    pub fn reads(path: &Path) -> bool {
        path.extension().is_some_and(|ending| ending == "toml" || ending == "tsv")
    }

    /// The texts of one file, the embedded one first.
    pub(crate) fn layers(&self, path: &str) -> &[Layer] {
        self.files.get(path).map_or(&[], Vec::as_slice)
    }

    /// Paths of the files below `folder` (ends with `/`) with this ending, in order.
    pub fn below<'a>(&'a self, folder: &'a str, ending: &'a str) -> impl Iterator<Item = &'a str> {
        self.files.keys().filter(move |path| path.starts_with(folder) && path.ends_with(ending)).map(String::as_str)
    }

    /// Every text with the path of its file; what is laid over a file follows it.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().flat_map(|(path, layers)| layers.iter().map(|layer| (path.as_str(), layer.text.as_ref())))
    }

    /// Reads one TOML file with what is laid over it. Each fault is a problem with its file and line; what is left without
    /// the faulty entries is given, so that one run names the faults of all files.
    pub fn toml<T: DeserializeOwned>(&self, path: &str, problems: &mut Vec<Problem>) -> Option<T> {
        let written = self.written(path, problems)?;
        self.decode(&written, problems).or_else(|| {
            let embedded = self.layers(path).first()?.parse().ok()?;
            decode::decode(&embedded).0
        })
    }

    /// Reads every TOML file below `folder`.
    pub fn tomls<T: DeserializeOwned>(&self, folder: &str, problems: &mut Vec<Problem>) -> Vec<(String, T)> {
        self.below(folder, ".toml").filter_map(|path| Some((path.to_owned(), self.toml(path, problems)?))).collect()
    }

    /// One TOML file with what is laid over it, as it is written. A text that is no TOML is a problem and left out.
    pub(crate) fn written(&self, path: &str, problems: &mut Vec<Problem>) -> Option<Written<'_>> {
        let layers = self.layers(path);
        if layers.is_empty() {
            let place = Place { file: Some(path.to_owned()), ..Place::default() };
            problems.push(Problem::fatal(place, "目录缺少此文件；请检查 --catalog 指定的文件夹或重新安装"));
        }
        let mut merged: Option<Written<'_>> = None;
        for layer in layers {
            let over = match layer.parse() {
                Ok(over) => over,
                Err(faults) => {
                    let told = faults.into_iter();
                    problems.extend(told.map(|(at, message)| Problem::fatal(self.place(at), message)));
                    continue;
                }
            };
            match &mut merged {
                None => merged = Some(merge::alone(over)),
                Some(under) => {
                    let faults = merge::merge(under, over, path);
                    problems.extend(faults.into_iter().map(|(at, fault)| Problem::fatal(self.place(at), fault)));
                }
            }
        }
        merged
    }

    /// A value of a file as what it should be; each fault is a problem.
    pub(crate) fn decode<T: DeserializeOwned>(&self, written: &Written<'_>, problems: &mut Vec<Problem>) -> Option<T> {
        let (value, faults) = decode::decode(written);
        problems.extend(
            faults.iter().map(|f| Problem::fatal(f.at.map_or_else(Place::default, |at| self.place(at)), f.told())),
        );
        value
    }

    /// File and line of a position.
    pub(crate) fn place(&self, position: usize) -> Place {
        let Some(layer) = self.layer(position) else { return Place::default() };
        let before = layer.text.get(..position - layer.start).unwrap_or(&layer.text);
        let line = u32::try_from(before.matches('\n').count() + 1).ok();
        Place { file: Some(layer.label.clone()), line, ..Place::default() }
    }

    /// A fault of what a file says, at the place where it says it. `words` lead there from the outside: what names the entry
    /// (its code, its key), then what is wrong in it. The last of them that is found gives the place.
    pub fn fault(&self, path: &str, words: &[&str], message: impl Into<String>) -> Problem {
        let place = match self.find(path, words) {
            Some(position) => self.place(position),
            None => Place { file: Some(path.to_owned()), ..Place::default() },
        };
        Problem::fatal(place, message)
    }

    /// A fault of a whole file, at the first line of what was laid over it last.
    pub(crate) fn fault_of_file(&self, path: &str, message: impl Into<String>) -> Problem {
        let place = self.layers(path).last().map(|layer| self.place(layer.start));
        Problem::fatal(place.unwrap_or_default(), message)
    }

    /// True if a position lies in what a folder lays over a file, not in the file itself.
    pub(crate) fn is_laid_over(&self, path: &str, position: usize) -> bool {
        self.layers(path).first().is_some_and(|first| position > first.start + first.text.len())
    }

    /// Where a word stands below some keys of a file.
    pub(crate) fn place_below(&self, path: &str, keys: &[&str], word: &str) -> Option<Place> {
        let file = self.written(path, &mut Vec::new())?;
        let table = keys.iter().try_fold(&file, |table, key| table.get(key))?;
        table.find(&[word]).map(|at| self.place(at))
    }

    /// True if some words stand in a file.
    pub(crate) fn says(&self, path: &str, words: &str) -> bool {
        self.find(path, &[words]).is_some()
    }

    /// Column, counted from 1, at which the last of some words begins; see [`Source::fault`].
    pub(crate) fn column(&self, path: &str, words: &[&str]) -> Option<usize> {
        let position = self.find(path, words)?;
        let layer = self.layer(position)?;
        let at = position - layer.start;
        // Behind the quotation mark; a text with escapes begins where its quotation mark stands.
        let at = words.last().and_then(|word| layer.text.get(at..)?.find(word)).map_or(at, |behind| at + behind);
        let before = layer.text.get(..at)?;
        Some(before.rsplit('\n').next().map_or(0, |head| head.chars().count()) + 1)
    }

    fn find(&self, path: &str, words: &[&str]) -> Option<usize> {
        self.written(path, &mut Vec::new())?.find(words)
    }

    /// The text that has a position.
    fn layer(&self, position: usize) -> Option<&Layer> {
        let mut layers = self.files.values().flatten();
        layers.find(|layer| (layer.start..=layer.start + layer.text.len()).contains(&position))
    }
}

impl Layer {
    /// The text as TOML, or its faults with their positions.
    fn parse(&self) -> Result<Written<'_>, Vec<(usize, String)>> {
        Written::parse(&self.text, self.start)
    }

    /// Its lines, each with its position.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut at = self.start;
        self.text.split('\n').map(move |line| {
            let start = at;
            at += line.len() + 1;
            (start, line.trim_end_matches('\r'))
        })
    }
}

fn list(folder: &Path, deep: usize, files: &mut Vec<PathBuf>, problems: &mut Vec<Problem>) {
    let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let entries = match entries {
        Ok(entries) => entries,
        Err(error) => {
            let place = Place { file: Some(folder.display().to_string()), ..Place::default() };
            problems.push(Problem::fatal(place, format!("读不了这个目录文件夹：{}", system_fault(&error))));
            return;
        }
    };
    for path in entries.into_iter().map(|entry| entry.path()) {
        if path.is_dir() {
            if deep > 0 {
                list(&path, deep - 1, files, problems);
            }
        } else if Source::reads(&path) {
            files.push(path);
        }
    }
}

/// The name of a file of `folder` without its ending.
pub(crate) fn stem<'p>(path: &'p str, folder: &str) -> &'p str {
    let name = path.strip_prefix(folder).unwrap_or(path);
    name.strip_suffix(".toml").unwrap_or(name)
}

fn slashed(path: &Path) -> String {
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests;
