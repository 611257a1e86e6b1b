//! A new folder: complete, commented, readable, never over what is there.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot build its fixture has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use juesuan_catalog::Catalog;
use juesuan_inputs::scaffold::{Answers, Scaffold, path_of};
use juesuan_inputs::{Mapping, read, sheet};
use juesuan_model::{Dimension, Gravity, Meaning};
use juesuan_read::Disk;

fn catalog() -> Catalog {
    Catalog::load(&[]).unwrap_or_else(|p| panic!("{p:#?}"))
}

fn answers(variant: &str) -> Answers {
    Answers {
        name: "甲县\"政府\"办公室".to_owned(), year: 2023, variant: variant.to_owned(), ..Answers::default()
    }
}

fn fresh(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scaffold").join(name);
    let _ = fs::remove_dir_all(&root);
    root
}

#[test]
fn a_new_folder_reads_without_error_and_states_nothing_that_nobody_entered() {
    for variant in ["hubei", "shanghai"] {
        let root = fresh(variant);
        let made = Scaffold::sheets(&catalog(), &answers(variant)).unwrap().write(&root).unwrap();
        assert!(made.len() > 12, "{made:#?}");
        let inputs = read(&Disk::new(&root), &catalog()).unwrap();
        let fatal: Vec<String> =
            inputs.problems.iter().filter(|p| p.gravity == Gravity::Fatal).map(ToString::to_string).collect();
        assert_eq!(fatal, Vec::<String>::new());
        assert_eq!(inputs.department.name, "甲县\"政府\"办公室");
        let untouched = inputs.problems.iter().filter(|p| p.message.contains("还没有填写")).count();
        let sheets = catalog()
            .inputs
            .iter()
            .filter(|spec| !spec.sample && !matches!(spec.folder.as_str(), "books" | ""))
            .count();
        assert_eq!(untouched, sheets);
        let vehicles = Meaning::new().with(Dimension::Item, "车辆");
        assert_eq!(inputs.facts.amount(&catalog().trees, &vehicles, ""), None);
    }
}

#[test]
fn every_entry_sheet_has_the_head_that_its_reader_finds_and_an_example_that_it_skips() {
    let (root, catalog) = (fresh("sheets"), catalog());
    Scaffold::sheets(&catalog, &answers("hubei")).unwrap().write(&root).unwrap();
    let mut problems = Vec::new();
    for spec in juesuan_inputs::scaffold::entered(&catalog) {
        let grids = juesuan_read::grids(&root.join(path_of(spec))).unwrap();
        let records = sheet::read_entered(&grids, spec, &Mapping::default(), &catalog.sheet_words, &mut problems);
        assert_eq!(records, None, "{}", spec.key);
        assert!(problems.iter().all(|p| p.gravity == Gravity::Doubt), "{problems:#?}");
        let header = juesuan_inputs::header::find(&grids[0], spec, &Mapping::default()).unwrap();
        assert_eq!(header.columns.len(), spec.column.len(), "{}", spec.key);
    }
}

#[test]
fn the_causes_that_the_sections_demand_stand_in_the_narrative_to_be_filled_in() {
    let root = fresh("narrative");
    Scaffold::sheets(&catalog(), &answers("hubei")).unwrap().write(&root).unwrap();
    let text = fs::read_to_string(root.join("narrative.toml")).unwrap();
    for key in ["# \"收支总计.上年\" = \"\"", "# \"三公.出国任务\" = \"\"", "# \"年初预算.<编码>\" = \"\""]
    {
        assert!(text.contains(key), "{key}\n{text}");
    }
    let filled = text.replace("# \"收支总计.上年\" = \"\"", "\"收支总计.上年\" = \"人员增加\"");
    fs::write(root.join("narrative.toml"), filled).unwrap();
    assert_eq!(read(&Disk::new(&root), &catalog()).unwrap().narrative.cause["收支总计.上年"], "人员增加");
}

#[test]
fn an_existing_file_is_never_touched_and_the_same_answers_give_the_same_bytes() {
    let (first, second) = (fresh("first"), fresh("second"));
    fs::create_dir_all(&first).unwrap();
    fs::write(first.join("department.toml"), "mine").unwrap();
    let made = Scaffold::sheets(&catalog(), &answers("hubei")).unwrap().write(&first).unwrap();
    assert_eq!(fs::read_to_string(first.join("department.toml")).unwrap(), "mine");
    assert!(!made.contains(&first.join("department.toml")));
    assert_eq!(Scaffold::sheets(&catalog(), &answers("hubei")).unwrap().write(&first).unwrap(), Vec::<PathBuf>::new());
    Scaffold::sheets(&catalog(), &answers("hubei")).unwrap().write(&second).unwrap();
    for path in made {
        let other = second.join(path.strip_prefix(&first).unwrap());
        assert_eq!(fs::read(&path).unwrap(), fs::read(&other).unwrap(), "{}", other.display());
    }
}

#[test]
fn behind_the_sheet_of_indicators_stand_the_usual_ones_in_its_columns() {
    let (root, catalog) = (fresh("indicators"), catalog());
    Scaffold::sheets(&catalog, &answers("hubei")).unwrap().write(&root).unwrap();
    let spec = catalog.inputs.get(juesuan_inputs::scaffold::indicator_sheet::SHEET).unwrap();
    let grids = juesuan_read::grids(&root.join(path_of(spec))).unwrap();
    let [entry, _, usual] = grids.as_slice() else { panic!("{} sheets", grids.len()) };
    let find = |grid| juesuan_inputs::header::find(grid, spec, &Mapping::default()).unwrap();
    assert_eq!(find(entry).columns, find(usual).columns);
    assert_eq!(usual.rows.len(), catalog.performance.library.iter().count() + 1);
}
