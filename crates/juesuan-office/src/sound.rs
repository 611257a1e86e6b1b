//! Whether a catalogue is sound: its files can be read, what they name is there, and the examples of its rules prove them.

use std::io;
use std::path::Path;

use juesuan_catalog::{Catalog, Rule, Source};
use juesuan_model::Problem;
use juesuan_read::Files;
use juesuan_read::budget::FOLDERS_DEPTH_MAX;
use juesuan_read::files::{FileKind, content, full_name, joined};

use crate::examples::examples;

/// What a sound catalogue has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Laws and rules.
    pub rules: usize,
    /// Their examples, each of which came out as its file says.
    pub examples: usize,
    /// Variants.
    pub variants: usize,
    /// Codes of the classifications.
    pub codes: usize,
    /// Kinds of input files.
    pub inputs: usize,
    /// Words of running text.
    pub words: usize,
    /// Usual indicators.
    pub indicators: usize,
}

/// What the catalogue of the program has with these folders laid over it, in order.
///
/// # Errors
/// Every fault of every file, or every example that does not come out, each with its file and line.
pub fn sound(folders: &[&Path]) -> Result<Counts, Vec<Problem>> {
    proved(&Catalog::load(folders)?)
}

/// The same of what somebody sent: folders, or files of the first level. Whoever sent a folder may have packed it into others: those
/// that hold nothing but one folder are passed over.
///
/// # Errors
/// Faults as those of [`sound`], known by the paths that were sent. Outside them a tree that cannot be read.
pub fn sound_sent(sent: &[&dyn Files]) -> io::Result<Result<Counts, Vec<Problem>>> {
    let (mut source, mut problems) = (Source::embedded(), Vec::new());
    for tree in sent {
        lay(*tree, &mut source, &mut problems)?;
    }
    Ok(Catalog::of(source, problems).and_then(|catalog| proved(&catalog)))
}

fn lay(tree: &dyn Files, source: &mut Source, problems: &mut Vec<Problem>) -> io::Result<()> {
    if tree.kind("") == Some(FileKind::File) {
        source.lay(tree.name().to_owned(), tree.name(), || content(tree, ""), problems);
        return Ok(());
    }
    let mut paths = Vec::new();
    gather(tree, "", FOLDERS_DEPTH_MAX, &mut paths)?;
    let front = front(&paths);
    for path in &paths {
        let below = path.get(front..).unwrap_or(path);
        source.lay(full_name(tree, path), below, || content(tree, path), problems);
    }
    Ok(())
}

fn proved(catalog: &Catalog) -> Result<Counts, Vec<Problem>> {
    let faults = examples(catalog);
    if faults.is_empty() { Ok(counts(catalog)) } else { Err(faults) }
}

fn counts(catalog: &Catalog) -> Counts {
    let rules = catalog.rulebook.rules();
    let mut variants: Vec<&str> = catalog.variants.iter().map(|variant| variant.key.as_str()).collect();
    variants.dedup();
    Counts {
        rules: catalog.rulebook.laws().len() + rules.len(),
        examples: rules.iter().map(|rule| Rule::examples(rule).count()).sum(),
        variants: variants.len(),
        codes: catalog.functions.len() + catalog.economics.len(),
        inputs: catalog.inputs.iter().count(),
        words: catalog.lexicon.word.len(),
        indicators: catalog.performance.library.iter().count(),
    }
}

/// The files of a tree that a catalogue may have, in the order of their paths.
fn gather(files: &dyn Files, folder: &str, deep: usize, out: &mut Vec<String>) -> io::Result<()> {
    let mut entries = files.list(folder)?;
    entries.sort_by(|one, other| one.name.cmp(&other.name));
    for entry in entries {
        let path = joined(folder, &entry.name);
        match entry.kind {
            FileKind::Folder if deep > 0 => gather(files, &path, deep - 1, out)?,
            FileKind::File if Source::reads(Path::new(&entry.name)) => out.push(path),
            _ => {}
        }
    }
    Ok(())
}

/// How many bytes of each path lead to the catalogue: while no file has a place of a catalogue and all lie in one folder, that is
/// passed over.
fn front(paths: &[String]) -> usize {
    let mut front = 0;
    loop {
        let below = || paths.iter().filter_map(|path| path.get(front..));
        let first = below().next().and_then(|path| path.split_once('/')).map(|(folder, _)| format!("{folder}/"));
        match first {
            Some(folder) if !below().any(Source::takes) && below().all(|path| path.starts_with(&folder)) => {
                front += folder.len();
            }
            _ => return front,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan_read::Memory;

    const RULE: &str = "severity = \"warning\"\n";
    const PATH: &str = "rules/TX113-cost-per-guest.toml";

    #[test]
    fn a_folder_that_was_sent_is_laid_over_the_catalogue_however_it_was_packed() {
        for before in ["", "own/", "desk/own/"] {
            let mut sent = Memory::folder("sent");
            sent.put(&format!("{before}{PATH}"), RULE);
            sent.put(&format!("{before}readme.txt"), "no part of it");
            let counts = sound_sent(&[&sent]).unwrap().unwrap();
            assert_eq!(counts, sound(&[]).unwrap(), "{before}: nothing was added");
        }
    }

    #[test]
    fn every_fault_is_told_with_the_path_that_was_sent_and_its_line() {
        let mut sent = Memory::folder("sent");
        sent.put(&format!("own/{PATH}"), "severity = \"warning\"\nseverty = 1\n");
        sent.put("own/rules/deep/TX113.toml", RULE);
        let problems = sound_sent(&[&sent]).unwrap().unwrap_err();
        let places: Vec<_> =
            problems.iter().map(|problem| (problem.place.file.as_deref(), problem.place.line)).collect();
        assert_eq!(
            places,
            [
                (Some("sent/own/rules/TX113-cost-per-guest.toml"), Some(2)),
                (Some("sent/own/rules/deep/TX113.toml"), None)
            ]
        );
    }

    #[test]
    fn an_example_that_does_not_come_out_is_a_fault() {
        let mut sent = Memory::folder("sent");
        let broken = "[[broken]]\nname = \"cheap\"\nfigures = [{ of = \"[支出·国内接待]\", print = \"1.00\" }, \
                      { of = \"[人次·国内接待]\", print = \"1000个\" }]\n";
        sent.put(PATH, broken);
        let problems = sound_sent(&[&sent]).unwrap().unwrap_err();
        let [problem] = problems.as_slice() else { panic!("{problems:?}") };
        assert_eq!((problem.place.file.as_deref(), problem.place.line), (Some(&*format!("sent/{PATH}")), Some(2)));
    }
}
