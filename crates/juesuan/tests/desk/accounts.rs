//! A department from which accounts are made: an example that lies beside the code.

use std::io::Write as _;
use std::path::Path;

use crate::asked::{Ask, BOUNDARY, multipart};
use crate::desk::{Visitor, between};

/// Causes and other texts that people gave.
pub const TEXTS: &str = "narrative.toml";
/// A cause that is asked for, as it stands in the file of texts.
pub const CAUSE: &str = "\"收支总计.上年\"";

/// The files of the example that a department would send.
pub fn files() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/zengdu-2023");
    let (mut files, mut open) = (Vec::new(), vec![root.clone()]);
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let below = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                files.push((below, std::fs::read(path).unwrap()));
            }
        }
    }
    files.retain(|(path, _)| !path.ends_with(".md") && path != "expected.json");
    files.sort();
    files
}

/// The file of texts without one cause.
fn lacking(texts: &[u8]) -> Vec<u8> {
    let texts = std::str::from_utf8(texts).unwrap();
    let kept: Vec<&str> = texts.lines().filter(|line| !line.starts_with(CAUSE)).collect();
    assert!(kept.len() + 1 == texts.lines().count(), "{CAUSE} stands once in {texts}");
    kept.join("\n").into_bytes()
}

/// The same as an archive, as somebody sends it who has not yet given one cause.
pub fn archive_lacking_a_cause() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (path, bytes) in files() {
        archive.start_file(&path, zip::write::SimpleFileOptions::default()).unwrap();
        let bytes = if path == TEXTS { lacking(&bytes) } else { bytes };
        archive.write_all(&bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A form with files, as a browser sends it.
pub fn sending(visitor: &Visitor, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Ask {
    let body = multipart(&[&[("csrf", visitor.csrf.as_str())], fields].concat(), files);
    visitor.ask(path, &format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

/// Begins a folder with all files of the example; its address.
pub fn begin(visitor: &Visitor) -> String {
    begin_with(visitor, &files())
}

/// Begins a folder with these files; its address.
pub fn begin_with(visitor: &Visitor, files: &[(String, Vec<u8>)]) -> String {
    let paths: Vec<String> = files.iter().map(|(path, _)| format!("云岭/{path}")).collect();
    let sent: Vec<(&str, &[u8])> =
        paths.iter().zip(files).map(|(path, (_, bytes))| (path.as_str(), bytes.as_slice())).collect();
    let made = sending(visitor, "/make/new", &[("from", "filled")], &sent).send(visitor.port);
    if made.status == 303 {
        return made.leads();
    }
    format!("/make/{}", between(&made.is(200).text(), "<li><a href=\"/make/", "\"").split('/').next().unwrap())
}

/// Begins a folder with nothing but a name; its address.
pub fn begin_empty(visitor: &Visitor) -> String {
    let fields =
        [("from", "nothing"), ("name", "平远县图书馆"), ("year", "2024"), ("variant", "hubei"), ("level", "县")];
    sending(visitor, "/make/new", &fields, &[]).send(visitor.port).leads()
}

/// Compiles a folder; the address of the job.
pub fn compile(visitor: &Visitor, folder: &str) -> String {
    let job = visitor.post(&format!("{folder}/outputs"), &[]).leads();
    let told = visitor.over(&job);
    assert!(told.contains("编好了") || told.contains("没有编制"), "{told}");
    job
}
