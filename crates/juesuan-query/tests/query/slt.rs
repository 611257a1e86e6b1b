//! The questions of the `.slt` files, with the answers that DuckDB gives too.

use std::fs;
use std::path::{Path, PathBuf};

use juesuan_query::{Asked, Engine, Error, Limits, out};

use crate::made;

struct Record {
    line: usize,
    sorted: bool,
    question: String,
    rows: Vec<String>,
}

#[test]
fn the_questions_of_the_slt_files_have_their_answers() {
    let folder = made::small();
    let engine = Engine::open(folder.path(), made::catalog(), Limits::default()).unwrap();
    let mut asked = 0;
    for path in files() {
        for record in records(&fs::read_to_string(&path).unwrap()) {
            let mut rows = match answer(&engine, &record.question) {
                Ok(rows) => rows,
                Err(fault) => panic!("{}:{} {}", path.display(), record.line, fault.told(&made::catalog().query.words)),
            };
            if record.sorted {
                rows.sort();
            }
            assert_eq!(rows.join("\n"), record.rows.join("\n"), "{}:{}", path.display(), record.line);
            asked += 1;
        }
    }
    assert!(asked > 30, "{asked}");
}

#[test]
fn every_named_question_stands_in_the_slt_files() {
    let texts: String = files().iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    for question in made::catalog().query.questions.iter() {
        let asked = texts.lines().any(|line| {
            line.strip_prefix("question ").is_some_and(|rest| rest.split(' ').next() == Some(question.key.as_str()))
        });
        assert!(asked, "{}", question.key);
    }
}

fn answer(engine: &Engine<'_>, question: &str) -> Result<Vec<String>, Error> {
    let catalog = made::catalog();
    let answer = match question.strip_prefix("question ") {
        None => engine.ask(question, Vec::new())?,
        Some(rest) => {
            let (name, given) = rest.split_once(' ').unwrap_or((rest, ""));
            if let Some(sheet) = name.strip_prefix("ranking:") {
                let sheet = catalog.query.ranking.sheets.iter().find(|own| own.name == sheet).unwrap();
                engine.ask(&sheet.sql, Vec::new())?
            } else {
                let set: Vec<(String, String)> = given.split_whitespace().map(setting).collect();
                Asked::new(&catalog.query.questions, name, &set)?.ask(engine)?
            }
        }
    };
    let told = |cell: Option<String>| match cell {
        None => "NULL".to_owned(),
        Some(text) if text.is_empty() => "(empty)".to_owned(),
        Some(text) => text,
    };
    out::rows(answer).map(|row| Ok(row?.into_iter().map(told).collect::<Vec<_>>().join("\t"))).collect()
}

/// `name=value`; a list is a file beside the tests.
fn setting(text: &str) -> (String, String) {
    let (name, value) = text.split_once('=').unwrap();
    let value = if value.ends_with(".csv") { tests().join(value).display().to_string() } else { value.to_owned() };
    (name.to_owned(), value)
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn files() -> Vec<PathBuf> {
    let entries = fs::read_dir(tests().join("slt")).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn records(text: &str) -> Vec<Record> {
    let mut records = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((at, head)) = lines.next() {
        if !head.starts_with("query") {
            continue;
        }
        let question: Vec<&str> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "----").collect();
        let mut rows: Vec<String> =
            lines.by_ref().map(|(_, line)| line.to_owned()).take_while(|line| !line.is_empty()).collect();
        let sorted = head.ends_with("rowsort");
        if sorted {
            rows.sort();
        }
        records.push(Record { line: at + 1, sorted, question: question.join("\n"), rows });
    }
    records
}
