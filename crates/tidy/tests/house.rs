//! The code is as ARCHITECTURE.md and CONTRIBUTING.md say.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use juesuan_tidy::{circles, plan, repository, shrinking};

/// Most lines of a source file without its tests.
const FILE_LINES: usize = 400;
/// Most lines of a function.
const FUNCTION_LINES: usize = 60;

/// All crates, parsed once for all tests.
fn crates() -> &'static [repository::Crate] {
    static CRATES: LazyLock<Result<Vec<repository::Crate>, String>> = LazyLock::new(repository::crates);
    CRATES.as_ref().unwrap()
}

#[test]
fn crates_use_each_other_only_as_the_architecture_says() {
    let architecture = repository::text(&repository::root().join("ARCHITECTURE.md")).unwrap();
    let plan = plan::plan(&architecture).unwrap();
    let uses: BTreeMap<_, _> = crates().iter().map(|one| (one.name.clone(), one.uses.clone())).collect();
    assert_eq!(plan::strangers(&plan, &uses), Vec::<String>::new());
}

#[test]
fn no_circle_joins_modules_of_different_folders() {
    let mut across = Vec::new();
    for one in crates() {
        for circle in circles::circles(one) {
            let first = circle.first().map(|file| &file.folder);
            if circle.iter().any(|file| Some(&file.folder) != first) {
                let files: Vec<&str> = circle.iter().map(|file| file.path.as_str()).collect();
                across.push(format!("{}: {}", one.name, files.join(", ")));
            }
        }
    }
    assert!(across.is_empty(), "circles across folders:\n{}", across.join("\n"));
}

#[test]
fn files_and_functions_over_their_limit_are_on_a_list_that_only_shrinks() {
    let (mut files, mut functions) = (BTreeMap::new(), BTreeMap::new());
    for one in crates() {
        for file in &one.files {
            let path = format!("{}/{}", one.name, file.path);
            if file.lines > FILE_LINES {
                files.insert(path.clone(), file.lines);
            }
            for function in file.functions.iter().filter(|function| function.lines > FUNCTION_LINES) {
                functions.insert(format!("{path} {}", function.name), function.lines);
            }
        }
    }
    let held = [shrinking::hold("long-files", &files), shrinking::hold("long-functions", &functions)];
    let faults: Vec<String> = held.into_iter().filter_map(Result::err).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn chinese_literals_in_rust_only_become_fewer() {
    let counted = crates()
        .iter()
        .map(|one| (one.name.clone(), one.files.iter().map(|file| file.chinese_literals).sum::<usize>()));
    let counted = counted.filter(|(_, count)| *count > 0).collect();
    shrinking::hold("chinese-literals", &counted).unwrap_or_else(|faults| panic!("{faults}"));
}

#[test]
fn every_crate_follows_the_lints_that_ask_for_documentation() {
    let without: Vec<&str> = crates().iter().filter(|one| !one.follows_lints).map(|one| one.name.as_str()).collect();
    assert!(without.is_empty(), "no `[lints] workspace = true` in {without:?}");
}

#[test]
fn every_test_that_the_pages_of_threats_and_of_asvs_name_is_there() {
    let page = ["threats", "asvs"]
        .map(|page| repository::text(&repository::root().join(format!("docs/security/{page}.md"))).unwrap());
    let page = page.join("\n``\n");
    let targets = repository::text(&repository::root().join("fuzz/src/target.rs")).unwrap();
    let tests = repository::tests().unwrap();
    // Whatever is set as code and written like the name of a test, or of a target, is meant as one.
    let named: Vec<&str> = page.split('`').skip(1).step_by(2).collect();
    let (of_fuzzing, others): (Vec<&str>, Vec<&str>) = named.into_iter().partition(|name| name.starts_with("fuzz/"));
    let is_sentence = |name: &&str| {
        name.matches('_').count() > 1 && name.chars().all(|c| c == '_' || c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    let claims: Vec<&str> = others.into_iter().filter(is_sentence).collect();
    assert!(claims.len() > 30 && of_fuzzing.len() > 5, "{claims:?} {of_fuzzing:?}");
    let mut missing: Vec<&str> = claims.into_iter().filter(|name| !tests.contains(*name)).collect();
    missing.extend(
        of_fuzzing.into_iter().filter(|name| !targets.contains(&format!("\"{}\"", name.trim_start_matches("fuzz/")))),
    );
    assert!(missing.is_empty(), "no such tests: {missing:#?}");
}
