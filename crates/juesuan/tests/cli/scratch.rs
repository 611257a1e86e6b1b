//! Scratch folders and runs of the program.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder of one test; gone when the test ends.
pub struct Scratch(PathBuf);

impl Scratch {
    /// An empty folder. `name` tells tests apart.
    pub fn new(name: &str) -> Scratch {
        let folder = std::env::temp_dir().join(format!("juesuan-cli-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Scratch(folder)
    }

    /// A folder `in` that is a copy of an example.
    pub fn with(name: &str, example: &str) -> Scratch {
        let scratch = Scratch::new(name);
        copy(&examples().join(example), &scratch.path("in"));
        scratch
    }

    /// A path below the folder.
    pub fn path(&self, below: &str) -> PathBuf {
        self.0.join(below)
    }

    /// Writes a file and the folders above it.
    pub fn put(&self, below: &str, content: impl AsRef<[u8]>) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Changes a text file; the change must change something.
    pub fn edit(&self, below: &str, change: impl Fn(&str) -> String) {
        let before = fs::read_to_string(self.path(below)).unwrap();
        let after = change(&before);
        assert_ne!(before, after, "{below} is as it was");
        self.put(below, after);
    }

    /// Runs the program in this folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.output(Command::new(env!("CARGO_BIN_EXE_juesuan")).args(arguments))
    }

    /// Runs a command in this folder.
    pub fn output(&self, command: &mut Command) -> Run {
        let output = command.current_dir(&self.0).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Run { exit: output.status.code(), said: text(output.stdout), warned: text(output.stderr) }
    }

    /// Compiles `in` to `out` in the formats that need no faces.
    pub fn compile(&self) -> Run {
        self.run(&["compile", "in", "--out", "out", "--formats", "docx,xlsx,html,json"])
    }

    /// Compiles `in` to `out`, JSON only.
    pub fn compile_json(&self) -> Run {
        self.run(&["compile", "in", "--out", "out", "--formats", "json"])
    }

    /// Every file below a folder, by path with forward slashes.
    pub fn files(&self, below: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path(below), "", &mut files);
        files
    }

    /// A text file.
    pub fn text(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).unwrap()
    }

    /// A JSON file.
    pub fn json(&self, below: &str) -> serde_json::Value {
        serde_json::from_str(&self.text(below)).unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// How a run ended.
#[derive(Debug)]
pub struct Run {
    /// Exit code; `None` if a signal ended it.
    pub exit: Option<i32>,
    /// Standard output.
    pub said: String,
    /// Error output.
    pub warned: String,
}

impl Run {
    /// Fails unless the program ended with this code.
    #[track_caller]
    pub fn ends_with(self, exit: i32) -> Run {
        assert_eq!(self.exit, Some(exit), "{self}");
        self
    }

    /// Fails unless both outputs together hold each of the texts.
    #[track_caller]
    pub fn tells(&self, texts: &[&str]) {
        let all = format!("{}{}", self.warned, self.said);
        let missing: Vec<&&str> = texts.iter().filter(|text| !all.contains(**text)).collect();
        assert!(missing.is_empty(), "not told: {missing:#?}\n{self}");
    }
}

impl std::fmt::Display for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "exit {:?}\n--- error output\n{}\n--- output\n{}", self.exit, self.warned, self.said)
    }
}

/// The examples of the repository.
pub fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { fs::write(&target, fs::read(&path).unwrap()).unwrap() }
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files)
        } else {
            drop(files.insert(name, fs::read(&path).unwrap()))
        }
    }
}

/// All XML of a DOCX in one text.
pub fn docx_text(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        if file.name().unwrap().ends_with(".xml") {
            file.read_to_string(&mut text).unwrap();
        }
    }
    text
}
