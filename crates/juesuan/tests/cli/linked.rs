//! A department and its units as published documents, held against each other; whose last year is compared.

#![allow(clippy::indexing_slicing, clippy::string_slice, reason = "a test that finds no such place has failed")]

use serde_json::Value;

use crate::checks::raised;
use crate::scratch::{Run, Scratch};

fn findings(run: &Run, code: &str) -> Vec<Value> {
    let report: Value = serde_json::from_str(&run.said).unwrap_or_else(|error| panic!("{error}\n{run}"));
    let documents = report["documents"].as_array().unwrap().iter();
    let all = documents.flat_map(|document| document["findings"].as_array().unwrap().clone());
    all.filter(|finding| finding["code"].as_str().unwrap().starts_with(code)).collect()
}

/// The department and its units as documents, by file.
fn pages(scratch: &Scratch) -> Vec<String> {
    let run = scratch.run(&["compile", "in", "--out", "out", "--formats", "docx,json"]);
    assert!(matches!(run.exit, Some(0 | 1)), "{run}");
    let files = scratch.files("out").into_keys().filter(|name| name.ends_with("决算.docx"));
    files.map(|name| format!("out/{name}")).collect()
}

fn check(scratch: &Scratch, files: &[String]) -> Run {
    let mut arguments = vec!["check"];
    arguments.extend(files.iter().map(String::as_str));
    arguments.extend(["--format", "json"]);
    scratch.run(&arguments)
}

#[test]
fn published_documents_of_a_department_and_its_units_are_linked_by_the_list_that_the_department_prints() {
    let scratch = Scratch::with("linked", "consolidated");
    let files = pages(&scratch);
    assert_eq!(files.len(), 7, "{files:?}");
    let run = check(&scratch, &files);
    let linked = findings(&run, "LK");
    let loud: Vec<&Value> = linked.iter().filter(|finding| finding["severity"] != "notice").collect();
    assert!(loud.is_empty(), "{loud:#?}");
    assert!(!findings(&run, "LK102").is_empty(), "what units pay each other is told, as a notice");
    // One unit prints other fiscal expenditure than the department counted.
    let unit = files.iter().find(|name| name.contains("执法支队")).unwrap();
    let package = format!("{}/package.json", unit.rsplit_once('/').unwrap().0);
    scratch.put(&package, raised(&scratch.json(&package)));
    let others = files.iter().filter(|file| *file != unit).chain([&package]).cloned();
    let files: Vec<String> = others.collect();
    let broken = findings(&check(&scratch, &files), "LK101");
    assert!(broken.iter().any(|finding| finding["severity"] == "error"), "{broken:#?}");
}

#[test]
fn the_accounts_of_another_body_or_scope_are_refused_as_last_years() {
    let scratch = Scratch::with("stranger", "consolidated");
    let files = pages(&scratch);
    let department = files.iter().find(|name| name.contains("部门决算")).unwrap();
    let unit = files.iter().find(|name| name.contains("执法支队")).unwrap();
    let run = scratch.run(&["check", department, "--prior", unit]);
    run.tells(&["没有用来核对", "云岭市林业行政执法支队的单位决算，不是云岭市林业局的部门决算"]);
    let own = scratch.run(&["check", department, "--prior", department]);
    assert!(!own.said.contains("没有用来核对"), "{own}");
}
